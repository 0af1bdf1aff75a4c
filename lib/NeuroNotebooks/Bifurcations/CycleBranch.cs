using System.Collections.Immutable;

namespace NeuroNotebooks.Bifurcations;

/// <summary>A curve of limit cycles along one parameter, with its folds.</summary>
/// <param name="Along">Which parameter was varied.</param>
/// <param name="Points">The cycles, in the order of the curve.</param>
/// <param name="Folds">Where a stable and an unstable cycle meet: the parameter turns.</param>
/// <param name="End">Why the curve ends.</param>
public sealed record CycleBranch(
    int Along, ImmutableArray<PeriodicOrbit> Points, ImmutableArray<PeriodicOrbit> Folds, CurveEnd End)
{
    /// <summary>Follows the cycles through folds, in the direction in which the parameter rises or falls at first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">A cycle of the model.</param>
    /// <param name="along">Which parameter to vary.</param>
    /// <param name="low">The curve ends where the parameter falls below this.</param>
    /// <param name="high">The curve ends where the parameter rises above this, at least <paramref name="low"/>.</param>
    /// <param name="downwards">Whether to begin with a falling parameter.</param>
    /// <param name="options">Steps, tolerance, limits.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The start is no cycle of the model.</exception>
    /// <remarks>
    /// Single shooting: good for cycles whose multipliers stay below some thousands. The plane on which a lap begins moves with the curve,
    /// so that a shrinking cycle does not lose it.
    /// </remarks>
    public static CycleBranch Follow(
        OdeModel model, PeriodicOrbit start, int along, double low, double high, bool downwards = false, ContinuationOptions? options = null)
    {
        Require.NotNull(model);
        Require.NotNull(start);
        model.CheckParameter(along, nameof(along));
        model.Check(start.State.AsSpan(), nameof(start), start.Parameters.AsSpan(), nameof(start));
        Require.Finite(low);
        Require.InRange(high, low, double.MaxValue);
        options ??= new ContinuationOptions();

        var problem = new CycleProblem(model, [.. start.Parameters], [along], start.Period, options);
        var tracer = new CurveTracer(problem, options);
        double[] seed = new double[model.Dimension + 2];
        seed[^1] = downwards ? -1.0 : 1.0;
        var last = tracer.First([.. start.State, start.Period, start.Parameters[along]], seed)
            ?? throw new InvalidOperationException("The start is no cycle of this model: find one with PeriodicOrbit.Find.");

        var points = new List<PeriodicOrbit> { problem.At(last.Z) };
        var folds = ImmutableArray.CreateBuilder<PeriodicOrbit>();
        CurveEnd? end = null;
        // a step of a quarter of the amplitude cannot jump through the Hopf point where the branch begins
        foreach (var next in tracer.Follow(last, _ => 0.25 * problem.Amplitude(points[^1])))
        {
            var orbit = problem.At(next.Z);
            if (tracer.Between(last, next, point => point.Tangent[^1]) is { } fold) folds.Add(problem.At(fold.Z));
            points.Add(orbit);
            last = next;
            end = !(next.Z[^1] >= low && next.Z[^1] <= high) ? CurveEnd.LeftRange
                : orbit.Period > options.LongestPeriod ? CurveEnd.PeriodDiverged
                : problem.Amplitude(orbit) < options.SmallestAmplitude ? CurveEnd.AmplitudeVanished
                : points.Count >= options.MaxPoints ? CurveEnd.PointLimit : null;
            if (end is not null) break;
        }
        return new CycleBranch(along, [.. points], folds.DrainToImmutable(), end ?? CurveEnd.StepTooSmall);
    }
}
