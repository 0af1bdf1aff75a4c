using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>A constant quadratic metric: ‖x‖_M = √(xᵀ M x) with M symmetric positive definite.</summary>
/// <remarks>
/// With M = Θᵀ Θ it is the Euclidean norm of Θ x; Θ here is the upper triangular Cholesky factor, or √M for a diagonal M. Immutable.
/// Source: Lohmiller and Slotine, Automatica 34:683 (1998).
/// </remarks>
public sealed class Metric
{
    private const double Asymmetry = 1e-10;

    private readonly double[]? diagonal;
    private readonly double[,]? full;
    private readonly double[] lower = [];           // M = L Lᵀ, row-major, of a full metric
    private readonly Lazy<(double Smallest, double Largest)> range;

    private Metric(double[] diagonal)
    {
        this.diagonal = diagonal;
        range = new(() => (diagonal.Min(), diagonal.Max()));
    }

    private Metric(double[,] full, double[] lower)
    {
        this.full = full;
        this.lower = lower;
        range = new(() =>
        {
            double[] values = Spectrum.OfSymmetricPart(full);
            return (values[0], values[^1]);
        });
    }

    /// <summary>The Euclidean metric.</summary>
    /// <param name="n">Dimension, above zero.</param>
    public static Metric Identity(int n)
    {
        Require.Positive(n);
        return new Metric([.. Enumerable.Repeat(1.0, n)]);
    }

    /// <summary>A diagonal metric, √(Σ p_i x_i²).</summary>
    /// <param name="weights">p, at least one, each above zero and finite.</param>
    public static Metric Diagonal(params ReadOnlySpan<double> weights)
    {
        if (weights.IsEmpty) throw new ArgumentException("weights is empty: expected one per state.", nameof(weights));
        for (int i = 0; i < weights.Length; i++) Require.Positive(weights[i], $"weights[{i}]");
        return new Metric(weights.ToArray());
    }

    /// <summary>The metric with a given matrix.</summary>
    /// <param name="M">n × n, symmetric within 1e-10 of its largest entry, positive definite.</param>
    /// <exception cref="ArgumentException">The matrix is not; the message names its smallest eigenvalue.</exception>
    public static Metric Of(double[,] M)
    {
        Require.Matrix(M);
        int n = M.GetLength(0);
        double tolerance = Asymmetry * Dense.LargestEntry(M);
        var symmetric = new double[n, n];
        bool isDiagonal = true;
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                if (Math.Abs(M[i, j] - M[j, i]) > tolerance)
                    throw new ArgumentException($"M is not symmetric: M[{i}, {j}] is {M[i, j]} and M[{j}, {i}] is {M[j, i]}.", nameof(M));
                symmetric[i, j] = symmetric[j, i] = 0.5 * M[i, j] + 0.5 * M[j, i];
                isDiagonal &= i == j || M[i, j] == 0.0;
            }

        double[] lower = symmetric.AsSpan().ToArray();
        if (!SymmetricPositive.TryFactor(lower, n) || PivotsAreRounding(lower, symmetric))
            throw new ArgumentException(
                $"M is not positive definite: its smallest eigenvalue is {Spectrum.OfSymmetricPart(M)[0]:g6}; a metric needs all above zero.",
                nameof(M));
        for (int i = 0; i < n; i++) lower.AsSpan(i * n + i + 1, n - i - 1).Clear();
        return isDiagonal ? new Metric([.. Enumerable.Range(0, n).Select(i => M[i, i])]) : new Metric(symmetric, lower);
    }

    // a pivot that is nothing but the rounding of its diagonal entry stands for zero
    private static bool PivotsAreRounding(double[] lower, double[,] M)
    {
        int n = M.GetLength(0);
        for (int i = 0; i < n; i++)
            if (!(lower[i * n + i] * lower[i * n + i] > n * Math.ScaleB(M[i, i], -52))) return true;
        return false;
    }

    /// <summary>The metric M = Θᵀ Θ, the Euclidean norm of Θ x.</summary>
    /// <param name="theta">Θ, n × n, invertible.</param>
    /// <exception cref="ArgumentException">Θᵀ Θ is not positive definite in floating point.</exception>
    public static Metric FromFactor(double[,] theta)
    {
        Require.Matrix(theta);
        double[,] product = Dense.Product(Dense.Transpose(theta), theta);
        try
        {
            return Of(product);
        }
        catch (ArgumentException refused)
        {
            throw new ArgumentException($"theta is singular in double precision: {refused.Message}", nameof(theta), refused);
        }
    }

    /// <summary>The block-diagonal metric of several parts side by side.</summary>
    /// <param name="parts">At least one.</param>
    public static Metric Blocks(params IEnumerable<Metric> parts)
    {
        Metric[] all = [.. Require.Each(parts)];
        return all.All(part => part.IsDiagonal)
            ? new Metric([.. all.SelectMany(part => part.diagonal!)])
            : Of(Dense.Blocks([.. all.Select(part => part.ToMatrix())]));
    }

    /// <summary>Number of states n.</summary>
    public int Dimension => diagonal?.Length ?? full!.GetLength(0);

    /// <summary>Whether M is diagonal.</summary>
    public bool IsDiagonal => diagonal is not null;

    /// <summary>The diagonal of M, n.</summary>
    public ImmutableArray<double> DiagonalEntries => [.. Enumerable.Range(0, Dimension).Select(i => this[i, i])];

    /// <summary>The smallest eigenvalue of M, above zero.</summary>
    public double SmallestEigenvalue => range.Value.Smallest;

    /// <summary>The largest eigenvalue of M.</summary>
    public double LargestEigenvalue => range.Value.Largest;

    /// <summary>Largest over smallest eigenvalue: distances in M and in the plain norm differ by at most its root.</summary>
    public double ConditionNumber => LargestEigenvalue / SmallestEigenvalue;

    /// <summary>One entry of M.</summary>
    public double this[int row, int column]
    {
        get
        {
            Require.InRange(row, 0, Dimension - 1);
            Require.InRange(column, 0, Dimension - 1);
            return full is not null ? full[row, column] : row == column ? diagonal![row] : 0.0;
        }
    }

    /// <summary>M, n × n, a copy.</summary>
    public double[,] ToMatrix() => diagonal is not null ? Dense.Diagonal(diagonal) : (double[,])full!.Clone();

    /// <summary>Θ with M = Θᵀ Θ, n × n, upper triangular.</summary>
    public double[,] Factor()
    {
        int n = Dimension;
        return diagonal is not null
            ? Dense.Diagonal([.. diagonal.Select(Math.Sqrt)])
            : Dense.Build(n, n, (i, j) => lower[j * n + i]);
    }

    /// <summary>M⁻¹ as a metric: the one in which the transposed system is judged.</summary>
    public Metric Inverse()
    {
        if (diagonal is not null) return Diagonal([.. diagonal.Select(entry => 1.0 / entry)]);
        int n = Dimension;
        double[] inverse = SymmetricPositive.Inverse(lower, n);
        return Of(Dense.Build(n, n, (i, j) => inverse[Math.Max(i, j) * n + Math.Min(i, j)]));
    }

    /// <summary>The metric factor · M; rates and measures do not notice.</summary>
    /// <param name="factor">Above zero.</param>
    public Metric Scaled(double factor)
    {
        Require.Positive(factor);
        return diagonal is not null ? Diagonal([.. diagonal.Select(entry => factor * entry)]) : Of(Dense.Scaled(full!, factor));
    }

    /// <summary>√(xᵀ M x).</summary>
    /// <param name="x">Length n, finite.</param>
    public double NormOf(ReadOnlySpan<double> x)
    {
        Require.Length(Dimension, x.Length, nameof(x), "row of the metric");
        Require.Finite(x);
        int n = x.Length;
        double sum = 0.0;
        if (diagonal is not null)
            for (int i = 0; i < n; i++) sum += diagonal[i] * x[i] * x[i];
        else
            for (int j = 0; j < n; j++)
            {
                double entry = 0.0;
                for (int i = j; i < n; i++) entry += lower[i * n + j] * x[i];
                sum += entry * entry;
            }
        return Math.Sqrt(sum);
    }

    /// <summary>‖x − y‖_M.</summary>
    /// <param name="x">Length n, finite.</param>
    /// <param name="y">Length n, finite.</param>
    public double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Require.Length(Dimension, y.Length, nameof(y), "row of the metric");
        Require.Length(Dimension, x.Length, nameof(x), "row of the metric");
        double[] gap = x.ToArray();
        for (int i = 0; i < gap.Length; i++) gap[i] -= y[i];
        return NormOf(gap);
    }

    /// <summary>The induced norm of a matrix, the largest ‖A x‖_M / ‖x‖_M.</summary>
    /// <param name="A">n × n, finite.</param>
    public double InducedNorm(double[,] A) => Spectrum.Norm(InOwnCoordinates(A));

    /// <summary>Θ A Θ⁻¹, in whose coordinates the metric is the identity.</summary>
    /// <param name="A">n × n, finite.</param>
    public double[,] InOwnCoordinates(double[,] A)
    {
        Require.Shape(A, Dimension, Dimension);
        int n = Dimension;
        if (diagonal is not null)
        {
            double[] root = [.. diagonal.Select(Math.Sqrt)];
            return Dense.Build(n, n, (i, j) => i == j ? A[i, j] : root[i] * A[i, j] / root[j]);
        }

        return TimesInverseFactor(Dense.Product(Factor(), A));
    }

    /// <summary>X Θ⁻¹, for X of n columns.</summary>
    internal double[,] TimesInverseFactor(double[,] X)
    {
        int n = Dimension;
        if (diagonal is not null) return Dense.Build(X.GetLength(0), n, (i, j) => X[i, j] / Math.Sqrt(diagonal[j]));

        // Θ = Lᵀ: solve Y Lᵀ = X row by row
        var solution = (double[,])X.Clone();
        for (int i = 0; i < X.GetLength(0); i++)
        {
            Span<double> row = solution.AsSpan().Slice(i * n, n);
            for (int j = 0; j < n; j++)
                row[j] = (row[j] - Vectors.Dot<double>(row[..j], lower.AsSpan(j * n, j))) / lower[j * n + j];
        }
        return solution;
    }

    /// <summary>The kind, the size and the condition number in one line.</summary>
    public override string ToString() =>
        diagonal is not null && diagonal.All(entry => entry == diagonal[0])
            ? $"identity metric, n = {Dimension}"
            : $"{(IsDiagonal ? "diagonal" : "full")} metric, n = {Dimension}, condition number {ConditionNumber:g4}";
}
