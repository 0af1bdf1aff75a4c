using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Θ(t, x) of a metric M = ΘᵀΘ that moves with time and state.</summary>
/// <param name="t">Time.</param>
/// <param name="x">State, n.</param>
/// <param name="theta">Receives Θ, n · n, row after row; invertible.</param>
public delegate void MetricField(double t, ReadOnlySpan<double> x, Span<double> theta);

/// <summary>How fast neighbours of a trajectory may part at each of its records: the matrix measure of the Jacobian there.</summary>
/// <param name="Times">When, ascending.</param>
/// <param name="Measures">μ(J) at each time, 1/time; below zero, the flow contracts there.</param>
/// <remarks>
/// It speaks for the records of one trajectory, not for a region. The largest Lyapunov exponent is at most the mean, and that at most
/// <see cref="Max"/>.
/// </remarks>
public sealed record ContractionRateAlong(ImmutableArray<double> Times, ImmutableArray<double> Measures)
{
    private const double Difference = 1e-6;

    /// <summary>When, ascending.</summary>
    public ImmutableArray<double> Times { get; } = Require.Some(Times);

    /// <summary>μ(J) at each time, 1/time; below zero, the flow contracts there.</summary>
    public ImmutableArray<double> Measures { get; } = OneEach(Times, Measures);

    /// <summary>The largest measure; its negative is the rate that holds all along.</summary>
    public double Max => Measures.Max();

    /// <summary>The mean over time, by trapezoids between the records.</summary>
    public double Mean
    {
        get
        {
            if (Times.Length == 1) return Measures[0];
            double sum = 0.0;
            for (int k = 1; k < Times.Length; k++) sum += 0.5 * (Measures[k] + Measures[k - 1]) * (Times[k] - Times[k - 1]);
            return sum / (Times[^1] - Times[0]);
        }
    }

    /// <summary>The part of the records with a measure below zero, from 0 to 1.</summary>
    public double FractionNegative => Measures.Count(measure => measure < 0.0) / (double)Measures.Length;

    /// <summary>The measures in a constant quadratic metric.</summary>
    /// <param name="trajectory">The trajectory.</param>
    /// <param name="jacobian">∂f/∂x.</param>
    /// <param name="metric">The metric, of as many dimensions as the states.</param>
    /// <exception cref="ArgumentException">The metric is of another size, or a Jacobian is not finite.</exception>
    public static ContractionRateAlong Of(Trajectory trajectory, JacobianField jacobian, Metric metric)
    {
        Require.NotNull(metric);
        return Measured(trajectory, jacobian, n =>
        {
            Require.Length(n, metric.Dimension, nameof(metric), "variable");
            return (_, _, J) => MatrixMeasure.Of(J, metric);
        });
    }

    /// <summary>The measures in a norm.</summary>
    /// <param name="trajectory">The trajectory.</param>
    /// <param name="jacobian">∂f/∂x.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="weights">Weights as <see cref="Norm"/> defines them, above zero; all 1 if left out.</param>
    /// <exception cref="ArgumentException">There is another number of weights, or a Jacobian is not finite.</exception>
    public static ContractionRateAlong Of(
        Trajectory trajectory, JacobianField jacobian, Norm norm, params ReadOnlySpan<double> weights)
    {
        double[] copy = weights.ToArray();
        for (int i = 0; i < copy.Length; i++) Require.Positive(copy[i], $"weights[{i}]");
        Require.Defined(norm);
        return Measured(trajectory, jacobian, n =>
        {
            if (copy.Length > 0) Require.Length(n, copy.Length, nameof(weights), "variable");
            return (_, _, J) => copy.Length == 0 ? MatrixMeasure.Of(J, norm) : MatrixMeasure.Of(J, norm, copy);
        });
    }

    /// <summary>The measures in a metric that moves with time and state: those of the generalised Jacobian (Θ' + Θ J) Θ⁻¹.</summary>
    /// <param name="trajectory">The trajectory.</param>
    /// <param name="motion">f, along which Θ' is taken: a central difference over a time of 10⁻⁶ of the trajectory's duration.</param>
    /// <param name="jacobian">∂f/∂x.</param>
    /// <param name="theta">Θ.</param>
    /// <exception cref="ArgumentException">Θ is singular or not finite somewhere, or a Jacobian is not finite.</exception>
    public static ContractionRateAlong InMovingMetric(Trajectory trajectory, VectorField motion, JacobianField jacobian, MetricField theta)
    {
        Require.NotNull(motion);
        Require.NotNull(theta);
        return Measured(trajectory, jacobian, n =>
        {
            double span = trajectory.Times[^1] - trajectory.Times[0], h = Difference * (span > 0.0 ? span : 1.0);
            double[] slope = new double[n], moved = new double[n];
            return (t, x, J) =>
            {
                motion(t, x, slope);
                double[,] before = At(-h), here = At(0.0), after = At(h), change = Dense.Scaled(Dense.Sum(after, before, -1.0), 0.5 / h);
                return MatrixMeasure.Of(GeneralizedJacobian.Of(here, change, J), Norm.L2);

                double[,] At(double shift)
                {
                    var matrix = new double[n, n];
                    Vectors.AddScaled<double>(x, shift, slope, moved);
                    theta(t + shift, moved, matrix.AsSpan());
                    Require.Finite(matrix, nameof(theta));
                    return matrix;
                }
            };
        });
    }

    private static ImmutableArray<double> OneEach(ImmutableArray<double> Times, ImmutableArray<double> Measures)
    {
        Require.Length(Require.Some(Times).Length, Require.Some(Measures).Length, nameof(Measures), "time");
        return Measures;
    }

    private delegate double MeasureAt(double t, double[] x, double[,] J);

    private static ContractionRateAlong Measured(Trajectory trajectory, JacobianField jacobian, Func<int, MeasureAt> prepare)
    {
        Require.NotNull(trajectory);
        Require.NotNull(jacobian);
        int n = trajectory.States[0].Length;
        MeasureAt measure = prepare(n);
        var J = new double[n, n];
        var measures = new double[trajectory.Times.Length];
        for (int k = 0; k < measures.Length; k++)
        {
            double[] x = [.. trajectory.States[k]];
            jacobian(trajectory.Times[k], x, J.AsSpan());
            Require.Finite(J, nameof(jacobian));
            measures[k] = measure(trajectory.Times[k], x, J);
        }
        return new ContractionRateAlong(trajectory.Times, [.. measures]);
    }
}
