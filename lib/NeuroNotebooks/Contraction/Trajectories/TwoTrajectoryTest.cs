using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Two trajectories under one input: how fast they close in on each other.</summary>
/// <param name="Times">When, ascending.</param>
/// <param name="Distances">Their distance in the metric at each time.</param>
/// <param name="Floor">Distances at or below it are rounding: the slopes use the times before the first such distance.</param>
public sealed record TwoTrajectoryTest(ImmutableArray<double> Times, ImmutableArray<double> Distances, double Floor)
{
    private const double Rounding = 1e-12;

    /// <summary>When, ascending.</summary>
    public ImmutableArray<double> Times { get; } = Require.Some(Times);

    /// <summary>Their distance in the metric at each time.</summary>
    public ImmutableArray<double> Distances { get; } = OneEach(Times, Distances);

    /// <summary>The slope of ln distance from each record to the next, before the floor, 1/time.</summary>
    public ImmutableArray<double> Slopes
    {
        get
        {
            int count = Usable;
            var slopes = new double[Math.Max(0, count - 1)];
            for (int k = 0; k < slopes.Length; k++) slopes[k] = Math.Log(Distances[k + 1] / Distances[k]) / (Times[k + 1] - Times[k]);
            return [.. slopes];
        }
    }

    /// <summary>The least-squares slope of ln distance before the floor, 1/time; not a number with fewer than two distances above it.</summary>
    public double Slope => SlopeBetween(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The steepest rise from one record to the next: two trajectories of a system of rate c never exceed −c. Not a number without a step.</summary>
    public double WorstSlope => Slopes is { IsEmpty: false } slopes ? slopes.Max() : double.NaN;

    /// <summary>The least-squares slope of ln distance over a stretch, before the floor, 1/time.</summary>
    /// <param name="from">Start of the stretch.</param>
    /// <param name="to">Its end.</param>
    /// <returns>Not a number with fewer than two distances above the floor.</returns>
    public double SlopeBetween(double from, double to)
    {
        int[] chosen = [.. Enumerable.Range(0, Usable).Where(k => Times[k] >= from && Times[k] <= to)];
        if (chosen.Length < 2) return double.NaN;
        double meanTime = chosen.Average(k => Times[k]), meanLog = chosen.Average(k => Math.Log(Distances[k]));
        return chosen.Sum(k => (Times[k] - meanTime) * (Math.Log(Distances[k]) - meanLog))
            / chosen.Sum(k => (Times[k] - meanTime) * (Times[k] - meanTime));
    }

    /// <summary>The first time from which on the distance stays at or below a part of the first one; null if it does not until the end.</summary>
    /// <param name="part">From 0 to 1.</param>
    public double? TimeToShrinkTo(double part)
    {
        Require.InRange(part, 0.0, 1.0);
        int k = Distances.Length;
        while (k > 0 && Distances[k - 1] <= part * Distances[0]) k--;
        return k < Distances.Length ? Times[k] : null;
    }

    /// <summary>The test on two trajectories with the same times.</summary>
    /// <param name="one">One of them.</param>
    /// <param name="two">The other.</param>
    /// <param name="metric">How to measure their distance; the Euclidean one if null.</param>
    /// <exception cref="ArgumentException">Their times, or the sizes of their states or of the metric, differ.</exception>
    public static TwoTrajectoryTest Of(Trajectory one, Trajectory two, Metric? metric = null)
    {
        Require.NotNull(one);
        Require.NotNull(two);
        int n = one.States[0].Length;
        Require.Length(n, two.States[0].Length, nameof(two), "variable");
        metric ??= Metric.Identity(n);
        Require.Length(n, metric.Dimension, nameof(metric), "variable");
        Require.Length(one.Times.Length, two.Times.Length, nameof(two), "record of one");
        var distances = new double[one.Times.Length];
        double largest = 0.0;
        for (int k = 0; k < distances.Length; k++)
        {
            if (one.Times[k] != two.Times[k])
                throw new ArgumentException($"two has its record {k} at t = {two.Times[k]}: expected {one.Times[k]}, as in one.", nameof(two));
            Require.Finite(one.States[k].AsSpan(), nameof(one));
            Require.Finite(two.States[k].AsSpan(), nameof(two));
            distances[k] = metric.Distance(one.States[k].AsSpan(), two.States[k].AsSpan());
            largest = Math.Max(largest, metric.NormOf(one.States[k].AsSpan()));
        }
        return new TwoTrajectoryTest(one.Times, [.. distances], Rounding * Math.Max(largest, distances[0]));
    }

    /// <summary>Runs a flow from two starts by Runge-Kutta steps of fourth order, and tests the trajectories.</summary>
    /// <param name="field">dx/dt = f(t, x).</param>
    /// <param name="one">A start, n, finite.</param>
    /// <param name="two">Another, n, finite.</param>
    /// <param name="duration">How long, above zero.</param>
    /// <param name="step">The step, above zero.</param>
    /// <param name="metric">How to measure their distance; the Euclidean one if null.</param>
    /// <param name="recordEvery">How many steps between two records.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="InvalidOperationException">A trajectory left the finite numbers.</exception>
    public static TwoTrajectoryTest Run(
        VectorField field, ReadOnlySpan<double> one, ReadOnlySpan<double> two, double duration, double step, Metric? metric = null,
        int recordEvery = 1)
    {
        if (one.IsEmpty) throw new ArgumentException("one is empty: expected at least one variable.", nameof(one));
        Require.Length(one.Length, two.Length, nameof(two), "variable");
        Require.Finite(one);
        Require.Finite(two);
        return Of(
            OdeSolver.RungeKutta4(field, one, duration, step, recordEvery).OrThrow(),
            OdeSolver.RungeKutta4(field, two, duration, step, recordEvery).OrThrow(), metric);
    }

    private static ImmutableArray<double> OneEach(ImmutableArray<double> Times, ImmutableArray<double> Distances)
    {
        Require.Length(Require.Some(Times).Length, Require.Some(Distances).Length, nameof(Distances), "time");
        return Distances;
    }

    private int Usable
    {
        get
        {
            int k = 0;
            while (k < Distances.Length && Distances[k] > Floor) k++;
            return k;
        }
    }
}
