using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>The best that any diagonal P of trace n can do for a matrix.</summary>
/// <param name="Value">
/// min over P of λ_max(P A + Aᵀ P), attained at <paramref name="P"/>; below zero exactly for Lyapunov diagonally stable A.
/// </param>
/// <param name="P">The diagonal, summing to n.</param>
/// <param name="LowerBound">
/// No diagonal of trace n gives less than this, by duality; the distance to <paramref name="Value"/> bounds its error.
/// </param>
public sealed record DiagonalOptimum(double Value, ImmutableArray<double> P, double LowerBound);

/// <summary>Lyapunov diagonal stability (LDS): whether a diagonal P &gt; 0 makes P A + Aᵀ P negative definite.</summary>
/// <remarks>
/// For A = W − I it proves that a firing-rate network has at most one rest state, for any drive and any slopes from 0 to 1, locally
/// stable for any time constants. Sources: Barker, Berman, Plemmons, Lin. Multilin. Alg. 5:249 (1978), the dual certificate; Redheffer,
/// SIAM J. Alg. Disc. Meth. 6:551 (1985), Shorten and Narendra, IEEE TAC 54:128 (2009), n = 3; Arcak and Sontag, Automatica 42:1531 (2006).
/// </remarks>
public static class DiagonalStability
{
    /// <summary>
    /// Decides whether A is Lyapunov diagonally stable; the answer carries a certificate that was checked before it is returned.
    /// </summary>
    /// <param name="A">n × n, finite; a network's <see cref="FiringRateNetwork.Interaction"/>.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>Proved with a P, refuted with an H, or undecided for matrices within rounding of the boundary.</returns>
    /// <remarks>
    /// Tries, block by irreducible block: the diagonal's signs, closed forms for n ≤ 3, P = I, Perron weights of the comparison matrix,
    /// then an interior-point search. O(n³) a step; below a second for n = 100.
    /// </remarks>
    public static DiagonalStabilityResult Test(double[,] A, CancellationToken cancellation = default)
    {
        RequireMatrix(A);
        List<int[]> blocks = StrongComponents.Of(A);
        if (blocks.Count == 1) return TestBlock(A, cancellation);

        var parts = new List<DiagonalStabilityResult>();
        foreach (int[] block in blocks)
        {
            DiagonalStabilityResult part = TestBlock(Submatrix(A, block), cancellation);
            if (part.IsLds == Decision.Refuted)
                return DiagonalStabilityResult.Refuted(A, Embed(part.H!, block, A.GetLength(0)), part.Method);
            parts.Add(part);
        }
        return parts.All(part => part.IsLds == Decision.Proved)
            ? Cascade(A, blocks, parts)
            : DiagonalStabilityResult.Undecided(A, parts.First(part => part.IsLds == Decision.Undecided).Method);
    }

    /// <summary>
    /// min over diagonal P of trace n of λ_max(P A + Aᵀ P), to about 1e-9 of the largest entry for small n, 1e-6 for n = 100.
    /// </summary>
    /// <param name="A">n × n, finite.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static DiagonalOptimum Optimum(double[,] A, CancellationToken cancellation = default)
    {
        RequireMatrix(A);
        DiagonalLmiSolution solution = DiagonalLmi.Minimise([A], gap: 1e-10, cancellation: cancellation);
        return new DiagonalOptimum(LargestEigenvalue(A, solution.P), [.. solution.P], solution.LowerBound);
    }

    /// <summary>For 2 × 2 matrices: the open interval of ratios d = p₂/p₁ that prove stability, or null if A is not LDS.</summary>
    /// <remarks>a₂₁² d² + (2 a₁₂ a₂₁ − 4 a₁₁ a₂₂) d + a₁₂² &lt; 0; the interval may reach to +∞.</remarks>
    public static (double Low, double High)? Lds2Interval(double[,] A)
    {
        RequireSize(A, 2);
        return Interval(A[0, 0], A[0, 1], A[1, 0], A[1, 1]);
    }

    /// <summary>For 3 × 3 matrices: the open interval of ratios d = p₂/p₁ that can be completed by a p₃, or null if A is not LDS.</summary>
    /// <remarks>a₃₃ &lt; 0, and the intervals of the leading 2 × 2 blocks of A and of A⁻¹ overlap.</remarks>
    public static (double Low, double High)? Lds3Interval(double[,] A)
    {
        RequireSize(A, 3);
        double det = A[0, 0] * Minor(1, 2, 1, 2) - A[0, 1] * Minor(1, 2, 0, 2) + A[0, 2] * Minor(1, 2, 0, 1);
        if (A[2, 2] >= 0.0 || det >= 0.0) return null;
        var first = Interval(A[0, 0], A[0, 1], A[1, 0], A[1, 1]);
        var second = Interval(Minor(1, 2, 1, 2) / det, -Minor(0, 2, 1, 2) / det, -Minor(1, 2, 0, 2) / det, Minor(0, 2, 0, 2) / det);
        if (first is not { } one || second is not { } other) return null;
        var (low, high) = (Math.Max(one.Low, other.Low), Math.Min(one.High, other.High));
        return low < high ? (low, high) : null;

        double Minor(int r0, int r1, int c0, int c1) => A[r0, c0] * A[r1, c1] - A[r0, c1] * A[r1, c0];
    }

    /// <summary>The bound secⁿ(π/n) of the secant criterion; +∞ for n ≤ 2.</summary>
    public static double SecantBound(int n)
    {
        Require.Positive(n);
        return n <= 2 ? double.PositiveInfinity : Math.Pow(1.0 / Math.Cos(Math.PI / n), n);
    }

    /// <summary>Whether a ring of cells with one sign-inverting connection is LDS: exactly if ∏ γ_i/d_i &lt; secⁿ(π/n).</summary>
    /// <param name="ratios">γ_i/d_i, each cell's gain over its decay, ≥ 0.</param>
    public static bool SecantCriterion(params ReadOnlySpan<double> ratios)
    {
        if (ratios.IsEmpty) throw new ArgumentException("ratios is empty: expected one per cell of the ring.", nameof(ratios));
        double product = 1.0;
        for (int i = 0; i < ratios.Length; i++)
        {
            Require.NotNegative(ratios[i], $"ratios[{i}]");
            product *= ratios[i];
        }
        return product < SecantBound(ratios.Length);
    }

    internal static double LargestEigenvalue(double[,] A, IReadOnlyList<double> p)
    {
        int n = p.Count;
        var q = Matrix<double>.Build.Dense(n, n, (i, j) => p[i] * A[i, j] + p[j] * A[j, i]);
        return q.Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real);
    }

    private static void RequireSquare(double[,] A)
    {
        Require.Square(A);
        if (A.Length == 0) throw new ArgumentException("A is 0 × 0: expected at least one row.", nameof(A));
        Require.Finite(A);
    }

    private static DiagonalStabilityResult TestBlock(double[,] A, CancellationToken cancellation)
    {
        int n = A.GetLength(0);
        for (int i = 0; i < n; i++)
            if (A[i, i] >= 0.0) return DiagonalStabilityResult.Refuted(A, Embed(new[,] { { 1.0 } }, [i], n), LdsMethod.DiagonalEntry);

        foreach (var (method, candidate) in Candidates(A))
            if (candidate() is { } p && LdsCertificate.Proves(A, p, 0.0)) return DiagonalStabilityResult.Proved(A, p, method);

        // run on until the margin is at least half of the best possible one, so that the certificate is not needlessly thin
        DiagonalLmiSolution solution = DiagonalLmi.Minimise(
            [A], (upper, lower) => lower > 0.0 || (upper < 0.0 && upper - lower < -upper), gap: 1e-11, cancellation: cancellation);
        if (LdsCertificate.Proves(A, solution.P, 0.0)) return DiagonalStabilityResult.Proved(A, solution.P, LdsMethod.InteriorPoint);

        double[,] h = Symmetric(solution.Duals[0], n);
        return LdsCertificate.Refutes(A, h)
            ? DiagonalStabilityResult.Refuted(A, h, LdsMethod.InteriorPoint)
            : DiagonalStabilityResult.Undecided(A, LdsMethod.InteriorPoint);
    }

    private static IEnumerable<(LdsMethod Method, Func<double[]?> Candidate)> Candidates(double[,] A)
    {
        int n = A.GetLength(0);
        if (n <= 3) yield return (LdsMethod.ClosedForm, () => n == 1 ? [1.0] : n == 2 ? OfTwo(A) : OfThree(A));
        else
        {
            yield return (LdsMethod.Identity, () => [.. Enumerable.Repeat(1.0, n)]);
            yield return (LdsMethod.ComparisonMatrix, () => PerronWeights(A));
        }
    }

    private static double[]? OfTwo(double[,] A) => Lds2Interval(A) is { } d ? [1.0, Middle(d)] : null;

    private static double[]? OfThree(double[,] A)
    {
        if (Lds3Interval(A) is not { } interval) return null;
        double d = Middle(interval);
        // with p₁ = 1, p₂ = d: −Q is positive definite iff 2|a₃₃| p₃ > (b + p₃ c)ᵀ S⁻¹ (b + p₃ c), a parabola in p₃; take its top
        double s11 = -2.0 * A[0, 0], s22 = -2.0 * d * A[1, 1], s12 = -(A[0, 1] + d * A[1, 0]), det = s11 * s22 - s12 * s12;
        double b1 = A[0, 2], b2 = d * A[1, 2], c1 = A[2, 0], c2 = A[2, 1];
        double Form(double x1, double x2, double y1, double y2) => (s22 * x1 * y1 - s12 * (x1 * y2 + x2 * y1) + s11 * x2 * y2) / det;
        double linear = -2.0 * A[2, 2] - 2.0 * Form(b1, b2, c1, c2), quadratic = Form(c1, c2, c1, c2);
        return [1.0, d, linear / (2.0 * quadratic)];
    }

    /// <summary>
    /// p_i = l_i / r_i with l, r &gt; 0 solving Cᵀ l = 1, C r = 1 for the comparison matrix C of A; null unless C is an M-matrix.
    /// </summary>
    private static double[]? PerronWeights(double[,] A)
    {
        int n = A.GetLength(0);
        var comparison = Matrix<double>.Build.Dense(n, n, (i, j) => i == j ? Math.Abs(A[i, j]) : -Math.Abs(A[i, j]));
        if (!MatrixClasses.IsMMatrix(comparison.ToArray())) return null;
        var ones = Vector<double>.Build.Dense(n, 1.0);
        return [.. comparison.Transpose().LU().Solve(ones).PointwiseDivide(comparison.LU().Solve(ones))];
    }

    /// <summary>
    /// Joins the certificates of the blocks of a block-triangular matrix: every block counts little enough beside those that drive it.
    /// </summary>
    private static DiagonalStabilityResult Cascade(double[,] A, List<int[]> blocks, List<DiagonalStabilityResult> parts)
    {
        var members = new List<int>();
        var weights = new List<double>();
        for (int k = 0; k < blocks.Count; k++)
        {
            members.AddRange(blocks[k]);
            double[,] leading = Submatrix(A, [.. members]);
            double share = weights.Count == 0 ? 1.0 : weights.Max();
            double[] joined = [];
            do
            {
                joined = [.. weights, .. parts[k].P.Select(p => share * p)];
                share *= 0.25;
            }
            while (share > 1e-250 && !LdsCertificate.Proves(leading, joined, 0.0));
            weights = [.. joined];
        }

        var diagonal = new double[members.Count];
        for (int i = 0; i < members.Count; i++) diagonal[members[i]] = weights[i];
        return LdsCertificate.Proves(A, diagonal, 0.0)
            ? DiagonalStabilityResult.Proved(A, diagonal, LdsMethod.Cascade)
            : DiagonalStabilityResult.Undecided(A, LdsMethod.Cascade);
    }

    private static (double Low, double High)? Interval(double a11, double a12, double a21, double a22)
    {
        double det = a11 * a22 - a12 * a21;
        if (a11 >= 0.0 || a22 >= 0.0 || det <= 0.0) return null;
        double top = 4.0 * a11 * a22 - 2.0 * a12 * a21 + 4.0 * Math.Sqrt(a11 * a22 * det);
        return (2.0 * a12 * a12 / top, top / (2.0 * a21 * a21));
    }

    private static double Middle((double Low, double High) interval) =>
        interval.Low > 0.0 && double.IsFinite(interval.High) ? Math.Sqrt(interval.Low) * Math.Sqrt(interval.High)
        : double.IsFinite(interval.High) ? 0.5 * interval.High
        : 2.0 * interval.Low + 1.0;

    private static double[,] Submatrix(double[,] A, int[] rows)
    {
        var part = new double[rows.Length, rows.Length];
        for (int i = 0; i < rows.Length; i++)
            for (int j = 0; j < rows.Length; j++) part[i, j] = A[rows[i], rows[j]];
        return part;
    }

    private static double[,] Embed(double[,] part, int[] rows, int n)
    {
        var whole = new double[n, n];
        for (int i = 0; i < rows.Length; i++)
            for (int j = 0; j < rows.Length; j++) whole[rows[i], rows[j]] = part[i, j];
        return whole;
    }

    private static double[,] Symmetric(double[] rowMajor, int n)
    {
        var matrix = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++) matrix[i, j] = matrix[j, i] = rowMajor[i * n + j];
        return matrix;
    }

    private static void RequireMatrix(double[,] A)
    {
        Require.Square(A);
        Require.Finite(A);
        if (A.Length == 0) throw new ArgumentException("A is 0 × 0: expected at least one row.", nameof(A));
    }

    private static void RequireSize(double[,] A, int n)
    {
        RequireMatrix(A);
        if (A.GetLength(0) != n)
            throw new ArgumentException($"A is {A.GetLength(0)} × {A.GetLength(0)}: expected {n} × {n}; Test takes any size.", nameof(A));
    }
}
