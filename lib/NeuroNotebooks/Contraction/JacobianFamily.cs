using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Where the activation of a recurrent network sits.</summary>
public enum NetworkForm
{
    /// <summary>x' = −x + W φ(x) + u: the state is an activation, Jacobian −I + W D.</summary>
    Hopfield,

    /// <summary>x' = −x + φ(W x + u): the state is a firing rate, Jacobian −I + D W.</summary>
    FiringRate,

    /// <summary>x' = −x + W x + u: no activation, Jacobian −I + W.</summary>
    Linear,
}

/// <summary>All Jacobians that a system can have: what a certificate speaks about.</summary>
/// <remarks>
/// <code>
/// sloped:   J = A + B D C,   D = diag(d),   0 ≤ d_k ≤ s_k for every activation k
/// hull:     J any mixture of given matrices
/// </code>
/// Both are convex, and so is a matrix measure: what holds at the corners (every d_k zero or s_k, every given matrix) holds everywhere.
/// Immutable. Rates are in units of one over the time constant that the matrices are written for.
/// </remarks>
public sealed partial class JacobianFamily
{
    /// <summary>The most activations whose 2ᵐ corners are visited one by one.</summary>
    public const int MostCorners = 14;

    private readonly double[,] a, b, c;
    private readonly double[] slopes;
    private readonly double[][,] hull;

    private JacobianFamily(double[,] a, double[,] b, double[,] c, double[] slopes) => (this.a, this.b, this.c, this.slopes, hull) = (a, b, c, slopes, []);

    private JacobianFamily(double[][,] hull) : this(hull[0], new double[hull[0].GetLength(0), 0], new double[0, hull[0].GetLength(0)], []) =>
        this.hull = hull;

    /// <summary>The one Jacobian of x' = A x + u.</summary>
    /// <param name="A">n × n, finite.</param>
    public static JacobianFamily Linear(double[,] A)
    {
        Require.Matrix(A);
        return new JacobianFamily((double[,])A.Clone(), new double[A.GetLength(0), 0], new double[0, A.GetLength(0)], []);
    }

    /// <summary>Every mixture of given Jacobians.</summary>
    /// <param name="jacobians">At least one, all n × n, finite.</param>
    public static JacobianFamily Hull(params IEnumerable<double[,]> jacobians)
    {
        IReadOnlyList<double[,]> all = Require.Each(jacobians);
        Require.Matrix(all[0], "jacobians[0]");
        for (int k = 1; k < all.Count; k++) Require.Shape(all[k], all[0].GetLength(0), all[0].GetLength(0), $"jacobians[{k}]");
        return all.Count == 1 ? Linear(all[0]) : new JacobianFamily([.. all.Select(matrix => (double[,])matrix.Clone())]);
    }

    /// <summary>A recurrent network with weights W and activations of slopes from 0 to given bounds.</summary>
    /// <param name="W">Weights, n × n, finite; row = postsynaptic.</param>
    /// <param name="form">Where the activation sits.</param>
    /// <param name="maxSlopes">Steepest slopes g, one for all or one per neuron, above zero; 1 if left out. A linear network has none.</param>
    public static JacobianFamily Network(double[,] W, NetworkForm form = NetworkForm.Hopfield, params ReadOnlySpan<double> maxSlopes)
    {
        Require.Matrix(W);
        int n = W.GetLength(0);
        double[] slopes = Slopes(n, maxSlopes);
        double[,] leak = Dense.Scaled(Dense.Identity(n), -1.0), weights = (double[,])W.Clone();
        return form switch
        {
            NetworkForm.Hopfield => new JacobianFamily(leak, weights, Dense.Identity(n), slopes),
            NetworkForm.FiringRate => new JacobianFamily(leak, Dense.Identity(n), weights, slopes),
            NetworkForm.Linear => Linear(Dense.Sum(weights, leak)),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, $"form is {form}: expected Hopfield, FiringRate or Linear."),
        };
    }

    /// <summary>A general system with slope-restricted activations, x' = A x + B φ(C x) + u.</summary>
    /// <param name="A">n × n, finite.</param>
    /// <param name="B">n × m, finite.</param>
    /// <param name="C">m × n, finite.</param>
    /// <param name="maxSlopes">Steepest slopes, one for all or one per activation, above zero; 1 if left out.</param>
    public static JacobianFamily Lurie(double[,] A, double[,] B, double[,] C, params ReadOnlySpan<double> maxSlopes)
    {
        Require.Matrix(A);
        Require.NotNull(B);
        Require.NotNull(C);
        int n = A.GetLength(0), m = B.GetLength(1);
        Require.Shape(B, n, m);
        Require.Shape(C, m, n);
        return new JacobianFamily((double[,])A.Clone(), (double[,])B.Clone(), (double[,])C.Clone(), Slopes(m, maxSlopes));
    }

    /// <summary>Number of states n.</summary>
    public int Dimension => a.GetLength(0);

    /// <summary>Number of activations m; zero for a hull.</summary>
    public int Activations => slopes.Length;

    /// <summary>Whether the corners are few enough to be visited one by one.</summary>
    public bool HasFewCorners => slopes.Length <= MostCorners;

    /// <summary>The same family with a linear coupling added: every J becomes J + L.</summary>
    /// <param name="L">n × n, finite.</param>
    public JacobianFamily WithCoupling(double[,] L)
    {
        Require.Shape(L, Dimension, Dimension);
        return IsHull
            ? new JacobianFamily([.. hull.Select(matrix => Dense.Sum(matrix, L))])
            : new JacobianFamily(Dense.Sum(a, L), b, c, slopes);
    }

    /// <summary>Every J transposed.</summary>
    public JacobianFamily Transposed() => IsHull
        ? new JacobianFamily([.. hull.Select(Dense.Transpose)])
        : new JacobianFamily(Dense.Transpose(a), Dense.Transpose(c), Dense.Transpose(b), slopes);

    /// <summary>The Jacobian at given slopes.</summary>
    /// <param name="at">One slope per activation, from zero to its bound.</param>
    /// <exception cref="InvalidOperationException">The family is a hull.</exception>
    public double[,] At(params ReadOnlySpan<double> at)
    {
        if (IsHull) throw new InvalidOperationException("This family is a hull of matrices and has no slopes.");
        Require.Length(slopes.Length, at.Length, nameof(at), "activation");
        for (int k = 0; k < at.Length; k++) Require.InRange(at[k], 0.0, slopes[k], $"at[{k}]");
        return AtSlopes(at.ToArray());
    }

    /// <summary>The corner at which neighbouring states part fastest in a metric.</summary>
    /// <param name="metric">Of dimension n.</param>
    /// <exception cref="ArgumentException">There are more than 14 activations, or the metric has another dimension.</exception>
    /// <remarks>Exact within rounding: all 2ᵐ corners are visited; most are dismissed by one Cholesky factorisation.</remarks>
    public WorstCorner Worst(Metric metric)
    {
        Require.NotNull(metric);
        RequireFewCorners();
        int worst = CornersFrom(metric).Last();
        return new WorstCorner(MatrixMeasure.Of(Corner(worst), metric), Corner(worst), [.. SlopesAt(worst)]);
    }

    /// <summary>The largest spectral abscissa over all corners, 1/time: above zero, some constant slopes make the system unstable.</summary>
    /// <exception cref="ArgumentException">There are more than 14 activations.</exception>
    /// <remarks>Below zero it proves nothing: slopes that switch can part trajectories all the same (<see cref="SwitchingPair"/>).</remarks>
    public double LargestAbscissa()
    {
        RequireFewCorners();
        return Enumerable.Range(0, CornerCount).Max(corner => Spectrum.Abscissa(Corner(corner)));
    }

    /// <summary>
    /// The corners that were the worst in a metric, and above a given measure, when all are visited in turn; the last is the worst of all.
    /// </summary>
    internal IEnumerable<int> CornersFrom(Metric metric, double measure = double.NegativeInfinity)
    {
        JacobianFamily own = InCoordinatesOf(metric);
        int n = Dimension;
        bool all = double.IsNegativeInfinity(measure);
        var slack = new double[n * n];
        for (int corner = 0; corner < own.CornerCount; corner++)
        {
            double[] symmetric = Spectrum.SymmetricPart(own.Corner(corner));
            if (!double.IsNegativeInfinity(measure))
            {
                for (int i = 0; i < slack.Length; i++) slack[i] = -symmetric[i];
                for (int i = 0; i < n; i++) slack[i * n + i] += measure;
                if (SymmetricPositive.TryFactor(slack, n)) continue;
            }
            double here = SymmetricEigen.Values(symmetric, n)[n - 1];
            if (!(here > measure)) continue;
            measure = here;
            yield return corner;
        }
        if (all && double.IsNegativeInfinity(measure)) yield return 0;        // not a number anywhere
    }

    /// <summary>Slopes at a corner where the measure is large: activations are switched one by one as long as that raises it.</summary>
    internal double[] ClimbFrom(Metric metric)
    {
        JacobianFamily own = InCoordinatesOf(metric);
        double[] at = [.. slopes];
        double Growth() => SymmetricEigen.Values(Spectrum.SymmetricPart(own.AtSlopes(at)), Dimension)[^1];
        double best = Growth();
        for (int k = 0; k < at.Length; k++)
        {
            at[k] = slopes[k] - at[k];
            if (Growth() is var here && here > best) best = here;
            else at[k] = slopes[k] - at[k];
        }
        return at;
    }

    internal bool IsHull => hull.Length > 0;

    internal (double[,] A, double[,] B, double[,] C, double[] Slopes) Parts => (a, b, c, slopes);

    internal IReadOnlyList<double[,]> HullMatrices => hull;

    internal int CornerCount => IsHull ? hull.Length : 1 << slopes.Length;

    internal double[,] Corner(int corner) => IsHull ? hull[corner] : AtSlopes(SlopesAt(corner));

    internal void RequireFewCorners()
    {
        if (!HasFewCorners)
            throw new ArgumentException(
                $"The family has {slopes.Length} activations: its 2^{slopes.Length} corners are visited only up to {MostCorners}. "
                + "Ask for a certificate, whose multipliers bear any size.");
    }

    /// <summary>Θ J Θ⁻¹ for every J.</summary>
    internal JacobianFamily InCoordinatesOf(Metric metric)
    {
        if (metric.Dimension != Dimension)
            throw new ArgumentException($"The metric has dimension {metric.Dimension}: expected {Dimension}, as the family.", nameof(metric));
        return IsHull
            ? new JacobianFamily([.. hull.Select(metric.InOwnCoordinates)])
            : new JacobianFamily(metric.InOwnCoordinates(a), Dense.Product(metric.Factor(), b), metric.TimesInverseFactor(c), slopes);
    }

    internal double[] SlopesAt(int corner) => [.. slopes.Select((slope, k) => (corner >> k & 1) * slope)];

    internal double[,] AtSlopes(double[] at)
    {
        var jacobian = (double[,])a.Clone();
        int n = Dimension;
        Span<double> rows = jacobian.AsSpan();
        ReadOnlySpan<double> from = c.AsSpan();
        for (int k = 0; k < at.Length; k++)
        {
            if (at[k] == 0.0) continue;
            for (int i = 0; i < n; i++)
                if (b[i, k] != 0.0)
                    Vectors.AddScaled(rows.Slice(i * n, n), at[k] * b[i, k], from.Slice(k * n, n), rows.Slice(i * n, n));
        }
        return jacobian;
    }

    internal static double[] Slopes(int count, ReadOnlySpan<double> maxSlopes)
    {
        if (maxSlopes.Length > 1) Require.Length(count, maxSlopes.Length, nameof(maxSlopes), "activation");
        for (int i = 0; i < maxSlopes.Length; i++) Require.Positive(maxSlopes[i], $"maxSlopes[{i}]");
        return maxSlopes.Length > 1
            ? maxSlopes.ToArray()
            : [.. Enumerable.Repeat(maxSlopes.IsEmpty ? 1.0 : maxSlopes[0], count)];
    }
}

/// <summary>The corner of a family at which neighbouring states part fastest.</summary>
/// <param name="Measure">The matrix measure there, the largest of the family, 1/time; below zero the whole family contracts.</param>
/// <param name="Jacobian">The Jacobian there, n × n.</param>
/// <param name="Slopes">The slope of each activation there; empty for a hull.</param>
public sealed record WorstCorner(double Measure, double[,] Jacobian, ImmutableArray<double> Slopes);
