namespace NeuroNotebooks.Numerics;

/// <summary>The exponential of a matrix, by the Taylor series of a small part of it, squared back.</summary>
internal static class MatrixExponential
{
    private const int Terms = 14;       // 2⁻¹ to the 15th over 15! is below 2⁻⁵³

    public static double[,] Of(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double norm = 0.0;
        for (int i = 0; i < n; i++)
        {
            double sum = 0.0;
            for (int j = 0; j < n; j++) sum += Math.Abs(matrix[i, j]);
            norm = Math.Max(norm, sum);
        }
        int squarings = norm > 0.5 ? Math.Min(60, 2 + Math.ILogB(norm)) : 0;
        double[,] small = Dense.Scaled(matrix, Math.ScaleB(1.0, -squarings));
        double[,] sumOfTerms = Dense.Identity(n), term = Dense.Identity(n);
        for (int k = 1; k <= Terms; k++)
        {
            term = Dense.Scaled(Dense.Product(term, small), 1.0 / k);
            sumOfTerms = Dense.Sum(sumOfTerms, term);
        }
        for (int k = 0; k < squarings; k++) sumOfTerms = Dense.Product(sumOfTerms, sumOfTerms);
        return sumOfTerms;
    }
}
