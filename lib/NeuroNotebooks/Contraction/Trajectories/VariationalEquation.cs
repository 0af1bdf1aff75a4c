using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>A trajectory with its fundamental matrix: a small displacement δ of the start arrives as Φ(t) δ.</summary>
/// <param name="Times">When, ascending.</param>
/// <param name="States">The state at each time, n.</param>
/// <param name="Fundamental">Φ at each time, n × n; Φ(0) = I.</param>
/// <param name="Status">Completed, or NonFinite with everything until then.</param>
public sealed record VariationalEquation(
    ImmutableArray<double> Times, ImmutableArray<ImmutableArray<double>> States, ImmutableArray<double[,]> Fundamental,
    IntegrationStatus Status)
{
    /// <summary>When, ascending.</summary>
    public ImmutableArray<double> Times { get; } = Require.Some(Times);

    /// <summary>The state at each time, n.</summary>
    public ImmutableArray<ImmutableArray<double>> States { get; } = Require.Some(States);

    /// <summary>Φ at each time, n × n; Φ(0) = I.</summary>
    public ImmutableArray<double[,]> Fundamental { get; } = Require.Some(Fundamental);

    /// <summary>Solves x' = f(t, x), Φ' = J(t, x) Φ, Φ(0) = I with Runge-Kutta steps of fourth order.</summary>
    /// <param name="field">f.</param>
    /// <param name="jacobian">J = ∂f/∂x.</param>
    /// <param name="start">The state at t = 0, n, finite.</param>
    /// <param name="duration">How long, above zero.</param>
    /// <param name="step">The step, above zero; made smaller so that a whole number of steps fills the duration.</param>
    /// <param name="recordEvery">How many steps between two records; start and end are always recorded.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static VariationalEquation Solve(
        VectorField field, JacobianField jacobian, ReadOnlySpan<double> start, double duration, double step, int recordEvery = 1)
    {
        Require.NotNull(field);
        Require.NotNull(jacobian);
        OdeSolver.CheckStart(start, duration);
        OdeSolver.CheckStep(step, duration);
        Require.Positive(recordEvery);

        int n = start.Length, steps = (int)Math.Ceiling(duration / step * (1.0 - 1e-12));
        var stepper = new RungeKuttaTangent(field, jacobian, start.ToArray(), TangentFrame.Identity(n));
        var (times, states, matrices) = (new List<double>(), new List<ImmutableArray<double>>(), new List<double[,]>());
        Record(0.0);
        for (int k = 1; k <= steps; k++)
        {
            stepper.Step((k - 1) * duration / steps, duration / steps);
            if (!Vectors.AllFinite(stepper.State) || !Vectors.AllFinite(stepper.Frame.Values))
                return new VariationalEquation([.. times], [.. states], [.. matrices], IntegrationStatus.NonFinite);
            if (k % recordEvery == 0 || k == steps) Record(k * duration / steps);
        }
        return new VariationalEquation([.. times], [.. states], [.. matrices], IntegrationStatus.Completed);

        void Record(double time)
        {
            double[] columns = stepper.Frame.Values;
            double[,] matrix = Dense.Build(n, n, (i, j) => columns[j * n + i]);
            times.Add(time);
            states.Add([.. stepper.State]);
            matrices.Add(matrix);
        }
    }
}
