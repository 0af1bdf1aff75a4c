namespace NeuroNotebooks.Games;

/// <summary>Classes of matrices on which the number of equilibria depends.</summary>
public static class MatrixClasses
{
    /// <summary>The largest matrix whose principal minors are tested: 2²⁰ of them.</summary>
    public const int LargestForP = 20;

    /// <summary>
    /// Whether all principal minors are above zero. For M = I − W this is exactly when a ReLU network has one rest state for every drive.
    /// </summary>
    /// <param name="M">n × n, n ≤ 20, finite.</param>
    /// <remarks>
    /// Recursion over Schur complements, O(2ⁿ), in floating point: a minor within rounding of zero may come out either way.
    /// Source: Tsatsomeros and Li, BIT 40:410 (2000).
    /// </remarks>
    public static bool IsPMatrix(double[,] M)
    {
        Require.Square(M);
        Require.Finite(M);
        if (M.GetLength(0) > LargestForP)
            throw new ArgumentException(
                $"M has {M.GetLength(0)} rows and 2^{M.GetLength(0)} − 1 principal minors: the test stops at {LargestForP} rows; "
                + "DiagonalStability.Test on −M proves as much and takes more.", nameof(M));
        return IsP(M);
    }

    /// <summary>
    /// Whether M is a nonsingular M-matrix: off-diagonal entries ≤ 0 and leading principal minors above zero, so that M⁻¹ ≥ 0.
    /// </summary>
    /// <param name="M">n × n, finite.</param>
    public static bool IsMMatrix(double[,] M)
    {
        Require.Square(M);
        Require.Finite(M);
        int n = M.GetLength(0);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (i != j && M[i, j] > 0.0) return false;

        for (double[,] rest = M; n > 0; n--)
        {
            if (!(rest[0, 0] > 0.0)) return false;
            rest = SchurComplement(rest);
        }
        return true;
    }

    private static bool IsP(double[,] M) =>
        M.GetLength(0) == 0 || (M[0, 0] > 0.0 && IsP(WithoutFirst(M)) && IsP(SchurComplement(M)));

    private static double[,] WithoutFirst(double[,] M) => Rest(M, (i, j) => M[i, j]);

    private static double[,] SchurComplement(double[,] M) => Rest(M, (i, j) => M[i, j] - M[i, 0] * M[0, j] / M[0, 0]);

    private static double[,] Rest(double[,] M, Func<int, int, double> entry)
    {
        int n = M.GetLength(0) - 1;
        var rest = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) rest[i, j] = entry(i + 1, j + 1);
        return rest;
    }
}
