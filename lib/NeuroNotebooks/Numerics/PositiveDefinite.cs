namespace NeuroNotebooks.Numerics;

/// <summary>Proofs of positive definiteness in floating point.</summary>
/// <remarks>
/// A Cholesky factorisation that runs to its end on a matrix whose diagonal was lowered by a bound on every rounding error proves the
/// matrix positive definite. Source: Rump, Verification of positive definiteness, BIT 46:433 (2006).
/// </remarks>
internal static class PositiveDefinite
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    /// <summary>
    /// Whether every symmetric matrix within <paramref name="error"/> of <paramref name="matrix"/>, entry by entry, is proved positive
    /// definite.
    /// </summary>
    /// <param name="matrix">Symmetric, n × n; only the lower triangle is read.</param>
    /// <param name="error">Bounds on the errors of the entries, n × n, ≥ 0; only the lower triangle is read.</param>
    /// <returns>True is a proof; false says nothing.</returns>
    public static bool IsProved(double[,] matrix, double[,] error)
    {
        int n = matrix.GetLength(0);
        var scale = new double[n];
        for (int i = 0; i < n; i++)
        {
            if (!(matrix[i, i] > 0.0) || double.IsInfinity(matrix[i, i])) return false;
            // powers of two scale without rounding, and bring weights of any size to a diagonal near 1
            scale[i] = Math.ScaleB(1.0, -Math.ILogB(matrix[i, i]) / 2);
        }

        var lower = new double[n * n];
        var rowError = new double[n];
        double trace = 0.0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double s = scale[i] * scale[j], e = s * error[i, j];
                lower[i * n + j] = s * matrix[i, j];
                rowError[i] += e;
                if (j < i) rowError[j] += e;
            }
            trace += lower[i * n + i];
        }
        // Rump's bound is (n + 1) u times the trace; the factor of four also covers the rounding of the shift and of the sums here
        double shift = 4.0 * ((n + 2) * UnitRoundoff * trace + rowError.Max()) + 1e-290;
        for (int i = 0; i < n; i++) lower[i * n + i] -= shift;
        return SymmetricPositive.TryFactor(lower, n);
    }
}
