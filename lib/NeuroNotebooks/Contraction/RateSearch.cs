using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Follows the central path to the quadratic metric of fastest contraction, for a hull of matrices or for a sector of slopes.</summary>
/// <remarks>
/// <code>
/// largest c with M ≻ 0:    M J_k + J_kᵀ M + 2 c M ⪯ 0                                       (hull)
///                          ( M A + Aᵀ M + 2 c M    M B + Cᵀ S Λ ; ·    −2 Λ ) ⪯ 0,  Λ ≻ 0   (sector)
/// </code>
/// A generalised eigenvalue problem, quasi-convex in (M, c). Each stage solves, in coordinates where the metric reached so far is the
/// identity, for the least t with t I in place of the zero, centred for a weight s that grows from stage to stage; the level c stands as
/// far above the rate attained as the stage can be off. So the level and the path converge together (Dinkelbach's rule inside one barrier path) and nothing is
/// bisected. The duals Z_k bound c from above: Σ sym((J_k + c I) Z_k) ≻ 0 excludes the rate c for every metric.
/// Source: Boyd, El Ghaoui, Feron, Balakrishnan (1994), ch. 2; Crouzeix and Ferland, Math. Program. 52:191 (1991) for the level.
/// </remarks>
internal sealed class RateSearch
{
    private const double Growth = 10.0;
    private const double WorstCondition = 1e13;
    private const int MostStages = 60;

    private readonly int n;
    private readonly bool diagonalOnly;
    private readonly List<double[,]> hull;                  // empty for a sector
    private readonly (double[,] A, double[,] B, double[,] C)? sector;       // of the activations that matter; C holds S C
    private Metric metric;
    private double[] multipliers = [];

    /// <summary>A search over a hull of matrices.</summary>
    public RateSearch(IEnumerable<double[,]> hull, Metric start, bool diagonalOnly)
    {
        (n, this.hull, metric, this.diagonalOnly, BestMetric) = (start.Dimension, [.. hull], start, diagonalOnly, start);
        foreach (double[,] matrix in this.hull) BoundBySlowestMode(matrix);
        BestRate = RateOf(InOwnCoordinates());
    }

    /// <summary>A search over a sector of slopes: over all B D S C with 0 ≤ D ≤ I.</summary>
    public RateSearch(double[,] a, double[,] b, double[,] slopedC, Metric start, bool diagonalOnly) : this([a], start, diagonalOnly)
    {
        (hull, sector, UpperBound, Duals) = ([], (a, b, slopedC), double.PositiveInfinity, []);
        multipliers = BestMultipliers = Sector.FirstMultipliers(InOwnCoordinates());
        BestRate = RateOf(InOwnCoordinates());
    }

    /// <summary>The metric with the best rate so far.</summary>
    public Metric BestMetric { get; private set; }

    /// <summary>The rate that the best metric attains; a sector's is a lower bound for its family.</summary>
    public double BestRate { get; private set; }

    /// <summary>λ of the best metric; empty for a hull.</summary>
    public double[] BestMultipliers { get; private set; } = [];

    /// <summary>No metric of the kind asked does better; +∞ for a sector.</summary>
    public double UpperBound { get; private set; } = double.PositiveInfinity;

    /// <summary>What proves the upper bound: matrices J_k of the hull, each with a Y_k such that Z_k = Y_k Y_kᵀ.</summary>
    public IReadOnlyList<(double[,] Jacobian, double[,] Factor)> Duals { get; private set; } = [];

    /// <summary>Newton steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>A gap of the size of the matrices themselves, to start from when nothing is known.</summary>
    public double WholeGap
    {
        get
        {
            Coordinates own = InOwnCoordinates();
            double largest = own.Matrices.Max(matrix => Math.Sqrt(Vectors.Dot<double>(matrix, matrix) / n));
            return 4.0 * Math.Max(largest, Math.Sqrt((Vectors.Dot<double>(own.B, own.B) + Vectors.Dot<double>(own.C, own.C)) / n));
        }
    }

    /// <summary>Goes on until the bounds are within the tolerance, one of them passes the target, or rounding stops it.</summary>
    /// <param name="tolerance">On the rate, absolute.</param>
    /// <param name="target">The rate to decide on; null for the best.</param>
    /// <param name="worse">Matrices that grow faster in a metric than the hull does, to be added to it; null for a hull that is complete.</param>
    /// <param name="cancellation">Stops the search.</param>
    public void Run(double tolerance, double? target, Func<Metric, double, IEnumerable<double[,]>>? worse, CancellationToken cancellation)
    {
        double gap = WholeGap;
        bool settled = worse is null;
        for (int stage = 0; stage < MostStages && gap > 1e-2 * tolerance; stage++)
        {
            if (target is { } asked && (UpperBound <= asked || (settled && BestRate >= asked))) return;
            if (settled && UpperBound - BestRate <= tolerance) return;
            Coordinates own = InOwnCoordinates();
            // a level above what can be had: there the duals prove that it cannot; a hair below the target, as the proof needs a hair
            double level = target - tolerance ?? Math.Min(RateOf(own) + 2.0 * gap, UpperBound);
            if (!double.IsFinite(level)) return;
            MatrixInequality problem = Problem(own, level, gap + 2.0 * Math.Max(0.0, level - RateOf(own)));
            if (!problem.IsFeasible) return;
            bool moved = problem.Centre(problem.BarrierDegree / gap, cancellation: cancellation);
            Steps += problem.Steps;
            if (sector is null) Bound(own, level, problem.Duals());
            if (!moved || Next(problem.Value(0)) is not { } next) return;

            // what the centre of this stage attains, and what stands without it, both over a hull that may have grown
            var stood = (Metric: metric, Multipliers: multipliers);
            (metric, multipliers) = (next, sector is null ? [] : problem.Value(1));
            double narrow = RateOf(InOwnCoordinates());
            bool grew = worse is not null && Add(worse(metric, -narrow));
            double attained = RateOf(InOwnCoordinates());
            var moves = (Metric: metric, Multipliers: multipliers);
            (metric, multipliers) = stood;
            double kept = RateOf(InOwnCoordinates());
            if (attained > kept) (metric, multipliers) = moves;
            (BestRate, BestMetric, BestMultipliers, settled) = (Math.Max(attained, kept), metric, multipliers, !grew);
            // no finer than what this stage still moved, or what new matrices took away
            gap = Math.Max(gap / Growth, Math.Min(gap, Math.Max(narrow - attained, 0.5 * (attained - kept))));
        }
    }

    private bool Add(IEnumerable<double[,]> matrices)
    {
        int before = hull.Count;
        foreach (double[,] matrix in matrices)
        {
            hull.Add(matrix);
            BoundBySlowestMode(matrix);
        }
        return hull.Count > before;
    }

    /// <summary>The matrices in coordinates where the metric is the identity, row-major: the hull, or A, B and S C of the sector.</summary>
    internal sealed record Coordinates(int N, double[][] Matrices, double[] B, double[] C);

    private Coordinates InOwnCoordinates() => sector is var (a, b, c)
        ? new Coordinates(n, [Rows(metric.InOwnCoordinates(a))], Rows(Dense.Product(metric.Factor(), b)), Rows(metric.TimesInverseFactor(c)))
        : new Coordinates(n, [.. hull.Select(matrix => Rows(metric.InOwnCoordinates(matrix)))], [], []);

    private static double[] Rows(double[,] matrix) => matrix.AsSpan().ToArray();

    /// <summary>The rate that the present metric and multipliers attain.</summary>
    private double RateOf(Coordinates own)
    {
        if (sector is not null) return Sector.RateOf(own, multipliers);
        double largest = double.NegativeInfinity;
        foreach (double[] matrix in own.Matrices)
        {
            double[] symmetric = [.. matrix];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < i; j++) symmetric[i * n + j] = symmetric[j * n + i] = 0.5 * (matrix[i * n + j] + matrix[j * n + i]);
            largest = Math.Max(largest, SymmetricEigen.Values(symmetric, n)[n - 1]);
        }
        return -largest;
    }

    private MatrixInequality Problem(Coordinates own, double level, double t)
    {
        var unknown = new LmiUnknown(n, diagonalOnly);
        double[] identity = Dense.Identity(n).AsSpan().ToArray(), start = diagonalOnly ? [.. Enumerable.Repeat(1.0, n)] : identity;
        if (sector is not null)
            return new MatrixInequality(
                [unknown, new LmiUnknown(multipliers.Length, IsDiagonal: true)], [Sector.Constraint(own, level)], [start, multipliers], t);
        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        return new MatrixInequality([unknown], [.. own.Matrices.Select(matrix =>
        {
            double[] shifted = [.. matrix];
            for (int i = 0; i < n; i++) shifted[i * n + i] += level;
            return new LmiConstraint(n, ones, [new LmiTerm(0, identity, shifted)]);
        })], [start], t);
    }

    /// <summary>The metric Θᵀ X Θ; null if it is too ill-conditioned to go on.</summary>
    private Metric? Next(double[] x)
    {
        if (diagonalOnly)
        {
            double[] entries = [.. x.Select((entry, i) => entry * metric[i, i])];
            return entries.All(entry => entry > 0.0 && double.IsFinite(entry)) && entries.Max() < WorstCondition * entries.Min()
                ? Metric.Diagonal(entries)
                : null;
        }
        double[,] theta = metric.Factor(), product = Dense.Product(Dense.Transpose(theta), Dense.Product(Dense.Build(n, n, (i, j) => x[i * n + j]), theta));
        double[] values = Spectrum.OfSymmetricPart(product);
        return values[0] > 0.0 && values[^1] < WorstCondition * values[0] ? Metric.Of(product) : null;
    }

    /// <summary>The level is excluded for every metric if the duals make Σ sym((J_k + level I) Z_k) definite.</summary>
    private void Bound(Coordinates own, double level, double[][] duals)
    {
        if (!(level < UpperBound)) return;
        var growth = new double[n * n];
        for (int k = 0; k < duals.Length; k++)
        {
            double[] product = Flat.Product(own.Matrices[k], duals[k], n, n, n);
            Vectors.AddScaled(growth, 1.0, product, growth.AsSpan());
            Vectors.AddScaled(growth, level, duals[k], growth.AsSpan());
        }
        double[] symmetric = Spectrum.SymmetricPart(Dense.Build(n, n, (i, j) => growth[i * n + j]));
        bool excluded = diagonalOnly
            ? Enumerable.Range(0, n).All(i => symmetric[i * n + i] > 0.0)
            : SymmetricPositive.TryFactor(symmetric, n);
        if (!excluded) return;
        UpperBound = level;
        double[,] inverse = metric.TimesInverseFactor(Dense.Identity(n));
        Duals = [.. duals.Select((dual, k) => (hull[k], Dense.Product(inverse, Factor(dual))))];
    }

    private double[,] Factor(double[] dual)
    {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++) dual[i * n + j] = 0.5 * (dual[i * n + j] + dual[j * n + i]);
        // a dual on the edge of the cone counts as zero; the proof is checked without it
        if (!SymmetricPositive.TryFactor(dual, n)) return new double[n, 1];
        return Dense.Build(n, n, (i, j) => j <= i ? dual[i * n + j] : 0.0);
    }

    /// <summary>No metric makes a single matrix contract faster than its slowest mode v: Z = Re(v v*).</summary>
    private void BoundBySlowestMode(double[,] matrix)
    {
        var decomposition = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(matrix).Evd();
        int slowest = Enumerable.Range(0, n).MaxBy(k => decomposition.EigenValues[k].Real);
        var value = decomposition.EigenValues[slowest];
        if (diagonalOnly || !(-value.Real < UpperBound)) return;
        UpperBound = -value.Real;
        // a conjugate pair keeps the real and the imaginary part of its vector in two neighbouring columns
        int other = value.Imaginary > 0.0 ? slowest + 1 : value.Imaginary < 0.0 ? slowest - 1 : slowest;
        Duals = [(matrix, Dense.Build(n, other == slowest ? 1 : 2, (i, j) => decomposition.EigenVectors[i, j == 0 ? slowest : other]))];
    }
}
