using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>Checks of certificates of diagonal stability, with a bound on every rounding error: true is a proof.</summary>
public static class LdsCertificate
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    /// <summary>Whether −(P A + Aᵀ P) − margin · I is proved positive definite for this diagonal.</summary>
    /// <param name="A">n × n, finite.</param>
    /// <param name="p">The diagonal of P, n.</param>
    /// <param name="margin">≥ 0.</param>
    /// <returns>True is a proof; false says nothing.</returns>
    public static bool Proves(double[,] A, ReadOnlySpan<double> p, double margin)
    {
        Require.Square(A);
        Require.Finite(A);
        Require.Length(A.GetLength(0), p.Length, nameof(p), "row of A");
        Require.NotNegative(margin);

        int n = p.Length;
        double[,] matrix = new double[n, n], error = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            if (!(p[i] > 0.0) || double.IsInfinity(p[i])) return false;
            for (int j = 0; j <= i; j++)
            {
                double first = p[i] * A[i, j], second = p[j] * A[j, i], shift = i == j ? margin : 0.0;
                matrix[i, j] = -(first + second) - shift;
                error[i, j] = 4.0 * UnitRoundoff * (Math.Abs(first) + Math.Abs(second) + shift);
            }
        }
        return PositiveDefinite.IsProved(matrix, error);
    }

    /// <summary>
    /// Whether H is proved nonzero, positive semidefinite and to have (A H)_ii ≥ 0 for all i, so that A is not diagonally stable.
    /// </summary>
    /// <param name="A">n × n, finite.</param>
    /// <param name="H">n × n, symmetric; rows and columns of zeros are allowed.</param>
    /// <returns>True is a proof; false says nothing.</returns>
    public static bool Refutes(double[,] A, double[,] H)
    {
        Require.Square(A);
        Require.Finite(A);
        Require.Square(H);
        Require.Length(A.GetLength(0), H.GetLength(0), nameof(H), "row of A");

        int n = H.GetLength(0);
        int[] support = [.. Enumerable.Range(0, n).Where(i => Enumerable.Range(0, n).Any(j => H[i, j] != 0.0))];
        if (support.Length == 0) return false;

        var block = new double[support.Length, support.Length];
        for (int i = 0; i < support.Length; i++)
            for (int j = 0; j < support.Length; j++)
            {
                if (H[support[i], support[j]] != H[support[j], support[i]]) return false;
                block[i, j] = H[support[i], support[j]];
            }
        if (!PositiveDefinite.IsProved(block, new double[support.Length, support.Length])) return false;

        for (int i = 0; i < n; i++)
        {
            double size = 0.0;
            for (int j = 0; j < n; j++) size += Math.Abs(A[i, j] * H[j, i]);
            if (!(Growth(A, H, i) >= 2.0 * (n + 1) * UnitRoundoff * size)) return false;
        }
        return true;
    }

    /// <summary>(A H)_ii.</summary>
    internal static double Growth(double[,] A, double[,] H, int i)
    {
        double sum = 0.0;
        for (int j = 0; j < H.GetLength(0); j++) sum += A[i, j] * H[j, i];
        return sum;
    }
}
