using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Numerics;

/// <summary>What the data say about one parameter when all others are free to make up for it.</summary>
/// <param name="Parameter">Which parameter.</param>
/// <param name="Values">Its held values, ascending; the best value among them.</param>
/// <param name="Costs">The lowest Σ r² found at each.</param>
/// <param name="Interval">Where the cost is less than 3.84 above its minimum, by straight lines between the values; null at an open end.</param>
public sealed record ParameterProfile(
    int Parameter, ImmutableArray<double> Values, ImmutableArray<double> Costs, (double? Low, double? High) Interval)
{
    /// <summary>Whether the data bound the parameter on both sides, within the values tried.</summary>
    public bool IsIdentified => Interval is { Low: not null, High: not null };
}

/// <summary>Profile likelihoods at a least-squares fit whose residuals are in units of their noise.</summary>
/// <remarks>
/// The others are re-fitted by Gauss-Newton steps with the Jacobian at the best point, each accepted only if it lowers the cost: what is
/// found is an upper bound of the profile, tight near the best point. 3.84 is the 95 % point of χ² with one degree of freedom.
/// Source: Raue et al., Bioinformatics 25:1923 (2009).
/// </remarks>
public static class ProfileLikelihood
{
    private const double Rise = 3.841459;

    /// <summary>The profile of one parameter.</summary>
    /// <param name="residuals">r at a point, in units of its noise.</param>
    /// <param name="fit">The best point, with the Jacobian there.</param>
    /// <param name="parameter">Which parameter to hold.</param>
    /// <param name="offsets">By how much to move it from its best value, at least one.</param>
    /// <param name="rounds">Gauss-Newton steps at each value, at least 1.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ParameterProfile Of(
        Func<double[], double[]> residuals, LeastSquaresFit fit, int parameter, ReadOnlySpan<double> offsets, int rounds = 3,
        CancellationToken cancellation = default)
    {
        Require.NotNull(residuals);
        Require.NotNull(fit);
        Require.InRange(parameter, 0, fit.Parameters.Length - 1);
        if (offsets.IsEmpty) throw new ArgumentException("offsets is empty: expected at least one.", nameof(offsets));
        Require.Finite(offsets);
        Require.Positive(rounds);
        var step = Step(fit, parameter);
        double best = fit.Parameters[parameter];
        var points = new List<(double Value, double Cost)> { (best, fit.Cost) };
        foreach (double offset in offsets)
        {
            if (offset == 0.0) continue;
            points.Add((best + offset, Refitted(residuals, fit, step, parameter, offset, rounds, cancellation)));
        }
        points.Sort();
        int at = points.FindIndex(point => point.Value == best);
        return new ParameterProfile(
            parameter, [.. points.Select(point => point.Value)], [.. points.Select(point => point.Cost)],
            (Crossing(points, at, -1), Crossing(points, at, 1)));
    }

    /// <summary>The matrix that turns residuals into a Gauss-Newton step of all parameters but one.</summary>
    private static Matrix<double>? Step(LeastSquaresFit fit, int held)
    {
        var jacobian = Matrix<double>.Build.DenseOfArray(fit.Jacobian);
        return jacobian.ColumnCount == 1 ? null : jacobian.RemoveColumn(held).PseudoInverse();
    }

    private static double Refitted(
        Func<double[], double[]> residuals, LeastSquaresFit fit, Matrix<double>? step, int held, double offset, int rounds,
        CancellationToken cancellation)
    {
        double[] at = [.. fit.Parameters];
        at[held] += offset;
        if (step is not null)
        {
            // the linear model's answer first: it is where the others would go
            double[] moved = [.. fit.Residuals.Select((r, i) => r + fit.Jacobian[i, held] * offset)];
            at = Added(at, step, moved, held, 1.0);
        }
        double[] now = Bounds.Residuals(residuals, at);
        double cost = now.Sum(r => r * r);
        for (int round = 1; round < rounds && step is not null; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] trial = Added(at, step, now, held, 1.0), then = Bounds.Residuals(residuals, trial);
            double found = then.Sum(r => r * r);
            if (!(found < cost)) break;
            (at, now, cost) = (trial, then, found);
        }
        return cost;
    }

    private static double[] Added(double[] at, Matrix<double> step, double[] residuals, int held, double part)
    {
        var move = step * Vector<double>.Build.Dense(residuals);
        return [.. at.Select((value, i) => i == held ? value : value - part * move[i < held ? i : i - 1])];
    }

    private static double? Crossing(List<(double Value, double Cost)> points, int at, int side)
    {
        double level = points[at].Cost + Rise;
        for (int k = at + side; k >= 0 && k < points.Count; k += side)
        {
            var (inner, outer) = (points[k - side], points[k]);
            if (outer.Cost >= level)
                return inner.Value + (outer.Value - inner.Value) * (level - inner.Cost) / (outer.Cost - inner.Cost);
        }
        return null;
    }
}
