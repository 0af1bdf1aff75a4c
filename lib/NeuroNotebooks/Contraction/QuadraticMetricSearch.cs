using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Settings of a search for a metric.</summary>
public sealed record MetricSearchOptions
{
    private readonly double tolerance = 1e-7;

    /// <summary>Distance of the bounds at which the search ends, relative to the size of the Jacobians; from 1e-10 to 1.</summary>
    public double Tolerance
    {
        get => tolerance;
        init
        {
            Require.InRange(value, 1e-10, 1.0);
            tolerance = value;
        }
    }

    /// <summary>Whether only diagonal metrics are wanted.</summary>
    public bool DiagonalOnly { get; init; }
}

/// <summary>The quadratic metric in which a family of Jacobians contracts fastest.</summary>
/// <remarks>
/// <code>
/// largest c such that some M ≻ 0 has M J + Jᵀ M + 2 c M ⪯ 0 for every J of the family
/// </code>
/// Up to 14 activations the corners decide, those that matter found one by one; the answer is then the best possible, with a proof that
/// no metric does better. Beyond, multipliers stand for the corners: what is found is proved, what is not found may still exist. O(n⁶) a
/// Newton step for a full metric: milliseconds for n = 10, a tenth of a second for n = 50.
/// </remarks>
public static class QuadraticMetricSearch
{
    private const int MostCornersAtOnce = 4;

    /// <summary>The fastest rate over all metrics.</summary>
    /// <param name="family">The Jacobians.</param>
    /// <param name="options">Settings; the defaults if left out.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static MetricSearchResult FastestRate(
        JacobianFamily family, MetricSearchOptions? options = null, CancellationToken cancellation = default) =>
        Search(family, null, options ?? new MetricSearchOptions(), cancellation);

    /// <summary>Whether some metric has at least a given rate; stops as soon as that is decided.</summary>
    /// <param name="family">The Jacobians.</param>
    /// <param name="rate">The rate asked for, 1/time; may be negative.</param>
    /// <param name="options">Settings; the defaults if left out.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static MetricSearchResult WithRate(
        JacobianFamily family, double rate, MetricSearchOptions? options = null, CancellationToken cancellation = default)
    {
        Require.Finite(rate);
        return Search(family, rate, options ?? new MetricSearchOptions(), cancellation);
    }

    /// <summary>The best multipliers for a given metric, and the rate they prove.</summary>
    internal static (double[] Multipliers, double Rate) MultipliersFor(JacobianFamily family, Metric metric)
    {
        JacobianFamily own = family.InCoordinatesOf(metric);
        int[] used = Used(own);
        if (used.Length == 0) return (new double[family.Activations], -Spectrum.OfSymmetricPart(own.Parts.A)[^1]);
        var (a, b, c) = SectorOf(own, used);
        var coordinates = new RateSearch.Coordinates(
            family.Dimension, [a.AsSpan().ToArray()], b.AsSpan().ToArray(), c.AsSpan().ToArray());
        double[] best = Sector.FirstMultipliers(coordinates);
        double rate = Sector.RateOf(coordinates, best), size = 1.0 + Math.Abs(rate);
        for (double gap = size; gap > 1e-9 * size; gap /= 10.0)
        {
            var problem = new MatrixInequality(
                [new LmiUnknown(used.Length, IsDiagonal: true)], [Sector.ForFixedMetric(coordinates)], [best], gap - 2.0 * rate, keepTrace: false);
            if (!problem.IsFeasible || !problem.Centre(problem.BarrierDegree / gap)) break;
            double[] next = problem.Value(0);
            double attained = Sector.RateOf(coordinates, next);
            if (attained > rate) (best, rate) = (next, attained);
        }
        return (Spread(best, used, family.Activations), rate);
    }

    private static MetricSearchResult Search(JacobianFamily family, double? target, MetricSearchOptions options, CancellationToken cancellation)
    {
        Require.NotNull(family);
        double size = family.IsHull ? family.HullMatrices.Max(Dense.LargestEntry) : Dense.LargestEntry(family.AtSlopes(family.Parts.Slopes));
        double tolerance = options.Tolerance * Math.Max(size, 1e-300);
        return family.HasFewCorners
            ? OverCorners(family, target, tolerance, options.DiagonalOnly, cancellation)
            : OverSector(family, target, tolerance, options.DiagonalOnly, cancellation);
    }

    /// <summary>Corners join the search where its metric fails them; a handful of the 2ᵐ decides.</summary>
    private static MetricSearchResult OverCorners(
        JacobianFamily family, double? target, double tolerance, bool diagonalOnly, CancellationToken cancellation)
    {
        Metric start = Metric.Identity(family.Dimension);
        var known = new HashSet<int>();
        IEnumerable<double[,]> Worse(Metric metric, double measure) =>
            [.. family.CornersFrom(metric, measure).TakeLast(MostCornersAtOnce).Where(known.Add).Select(family.Corner)];

        var search = new RateSearch(Worse(start, double.NegativeInfinity), start, diagonalOnly);
        search.Run(tolerance, target, Worse, cancellation);
        RateRefutation? proof = RateRefutation.From(search.Duals, search.UpperBound, diagonalOnly);
        return MetricSearchResult.From(
            family, search.BestMetric, [], -family.Worst(search.BestMetric).Measure, search.UpperBound, proof, target, search.Steps);
    }

    private static MetricSearchResult OverSector(
        JacobianFamily family, double? target, double tolerance, bool diagonalOnly, CancellationToken cancellation)
    {
        Metric start = Metric.Identity(family.Dimension);
        int[] used = Used(family);
        var (a, b, c) = SectorOf(family, used);
        var search = new RateSearch(a, b, c, start, diagonalOnly);
        search.Run(tolerance, target, null, cancellation);

        // a single Jacobian bounds the rate of all: the fastest-growing of a few corners
        double[][] candidates = [new double[family.Activations], family.Parts.Slopes, family.ClimbFrom(search.BestMetric)];
        double[,] slowest = candidates.Select(family.AtSlopes).MaxBy(Spectrum.Abscissa)!;
        var alone = new RateSearch([slowest], start, diagonalOnly);
        alone.Run(tolerance, null, null, cancellation);
        RateRefutation? proof = RateRefutation.From(alone.Duals, alone.UpperBound, diagonalOnly);
        return MetricSearchResult.From(
            family, search.BestMetric, Spread(search.BestMultipliers, used, family.Activations), search.BestRate, alone.UpperBound, proof, target,
            search.Steps + alone.Steps);
    }

    private static int[] Used(JacobianFamily family)
    {
        var (_, b, c, slopes) = family.Parts;
        int n = family.Dimension;
        return [.. Enumerable.Range(0, slopes.Length).Where(k => slopes[k] > 0.0
            && Enumerable.Range(0, n).Any(i => b[i, k] != 0.0) && Enumerable.Range(0, n).Any(j => c[k, j] != 0.0))];
    }

    private static (double[,] A, double[,] B, double[,] SlopedC) SectorOf(JacobianFamily family, int[] used)
    {
        var (a, b, c, slopes) = family.Parts;
        int n = family.Dimension;
        return (a, Dense.Build(n, used.Length, (i, k) => b[i, used[k]]), Dense.Build(used.Length, n, (k, j) => slopes[used[k]] * c[used[k], j]));
    }

    // λ of S C is λ of C itself: the inequality holds S C Λ; an activation without effect takes any λ
    private static double[] Spread(double[] multipliers, int[] used, int count)
    {
        var all = new double[count];
        for (int k = 0; k < used.Length; k++) all[used[k]] = multipliers[k];
        return all;
    }
}
