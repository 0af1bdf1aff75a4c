using System.Collections.Immutable;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>How well the sample can be read off monkeys' prefrontal cortex through the trial, and how alike a network's curve is.</summary>
/// <remarks>
/// Mean accuracy of a linear decoder over six sessions, eight objects (chance 0.125), in bins of 0.2 s from 0.2 s before the sample's onset.
/// Source: result files of Kozachkov et al., PLoS Comput Biol 18:e1010776 (2022), CC BY 4.0, averaged into bins.
/// </remarks>
public static class PrefrontalCurves
{
    /// <summary>Width of a bin, s.</summary>
    public const double BinSeconds = 0.2;

    /// <summary>Where the first bin begins, s from the sample's onset.</summary>
    public const double FirstSeconds = -0.2;

    /// <summary>Delay of 4 s, no distractor.</summary>
    public static ImmutableArray<double> FourSeconds { get; } =
    [
        .131, .210, .245, .221, .187, .162, .153, .145, .140, .143, .152, .148, .155, .150, .157, .144, .145, .154, .151, .145, .154, .161, .159, .150, .165, .209,
    ];

    /// <summary>Delay of 4 s with a distractor.</summary>
    public static ImmutableArray<double> FourSecondsDistracted { get; } =
    [
        .125, .220, .264, .236, .168, .164, .147, .147, .146, .146, .148, .131, .135, .144, .146, .143, .140, .146, .132, .128, .131, .131, .133, .133, .154, .216,
    ];

    /// <summary>Delay of 1 s, no distractor.</summary>
    public static ImmutableArray<double> OneSecond { get; } =
    [
        .125, .209, .243, .239, .183, .176, .150, .151, .145, .154, .210, .181, .199, .184, .169, .141, .140, .135, .129, .136, .129, .120, .125, .130, .127, .121,
    ];

    /// <summary>Delay of 2 s, no distractor.</summary>
    public static ImmutableArray<double> TwoSeconds { get; } =
    [
        .123, .209, .251, .222, .176, .166, .149, .140, .146, .138, .131, .152, .149, .163, .157, .198, .174, .190, .184, .154, .152, .140, .134, .133, .131, .120,
    ];

    /// <summary>Centres of the bins, s from the sample's onset.</summary>
    public static ImmutableArray<double> Seconds { get; } =
        [.. Enumerable.Range(0, FourSeconds.Length).Select(k => FirstSeconds + (k + 0.5) * BinSeconds)];

    /// <summary>A curve averaged into the same bins.</summary>
    /// <param name="curve">Values at some times.</param>
    /// <param name="timesMs">The times from the start of the trial, ms.</param>
    /// <param name="sampleOnsetMs">When the sample begins, ms.</param>
    /// <returns>One mean per bin; not a number where no time falls in.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ImmutableArray<double> Binned(IReadOnlyList<double> curve, IReadOnlyList<double> timesMs, double sampleOnsetMs)
    {
        Require.NotNull(curve);
        Require.NotNull(timesMs);
        Require.Finite(sampleOnsetMs);
        Require.Length(curve.Count, timesMs.Count, nameof(timesMs), "value of the curve");
        var inBin = Enumerable.Range(0, curve.Count)
            .ToLookup(k => (int)Math.Floor(((timesMs[k] - sampleOnsetMs) / 1000.0 - FirstSeconds) / BinSeconds + 1e-9), k => curve[k]);
        return [.. Enumerable.Range(0, FourSeconds.Length).Select(bin => inBin[bin].DefaultIfEmpty(double.NaN).Average())];
    }

    /// <summary>Pearson's correlation of two curves over the bins in which both have a value.</summary>
    /// <param name="curve">A network's curve in bins.</param>
    /// <param name="reference">The cortex's curve.</param>
    /// <exception cref="ArgumentException">The lengths differ, or fewer than three bins have values.</exception>
    public static double Similarity(IReadOnlyList<double> curve, IReadOnlyList<double> reference)
    {
        Require.NotNull(curve);
        Require.NotNull(reference);
        Require.Length(reference.Count, curve.Count, nameof(curve), "bin");
        (double X, double Y)[] both = [.. curve.Zip(reference).Where(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second))];
        if (both.Length < 3) throw new ArgumentException($"curve has {both.Length} bins with values in both: expected at least 3.", nameof(curve));
        double x = both.Average(p => p.X), y = both.Average(p => p.Y);
        return both.Sum(p => (p.X - x) * (p.Y - y)) / Math.Sqrt(both.Sum(p => (p.X - x) * (p.X - x)) * both.Sum(p => (p.Y - y) * (p.Y - y)));
    }
}
