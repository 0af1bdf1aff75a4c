using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Numerics;

/// <summary>Eigenvalues and singular values of a square matrix, and the numbers that stability is judged by.</summary>
public static class Spectrum
{
    /// <summary>All eigenvalues, in no particular order.</summary>
    /// <param name="A">n × n, finite, not empty.</param>
    public static Complex[] Eigenvalues(double[,] A)
    {
        Require.Matrix(A);
        return [.. Matrix<double>.Build.DenseOfArray(A).Evd().EigenValues];
    }

    /// <summary>The spectral abscissa, max Re λ: below zero exactly for Hurwitz matrices.</summary>
    /// <param name="A">n × n, finite, not empty.</param>
    public static double Abscissa(double[,] A) => Eigenvalues(A).Max(value => value.Real);

    /// <summary>The spectral radius, max |λ|.</summary>
    /// <param name="A">n × n, finite, not empty.</param>
    public static double Radius(double[,] A) => Eigenvalues(A).Max(value => value.Magnitude);

    /// <summary>The eigenvalues of the symmetric part (A + Aᵀ)/2, ascending.</summary>
    /// <param name="A">n × n, finite, not empty; symmetric or not.</param>
    public static double[] OfSymmetricPart(double[,] A)
    {
        Require.Matrix(A);
        return SymmetricEigen.Values(SymmetricPart(A), A.GetLength(0));
    }

    /// <summary>The spectral norm: the largest singular value.</summary>
    /// <param name="A">m × n, finite, not empty.</param>
    /// <remarks>The root of an eigenvalue of AᵀA, so that values far below the largest are lost; the largest has full precision.</remarks>
    public static double Norm(double[,] A)
    {
        Require.NotEmpty(A);
        Require.Finite(A);
        int n = A.GetLength(1);
        double largest = 0.0;
        foreach (double entry in A) largest = Math.Max(largest, Math.Abs(entry));
        if (largest == 0.0) return 0.0;
        double scale = Math.ScaleB(1.0, -Math.ILogB(largest));
        double[,] scaled = Dense.Scaled(A, scale);
        double[,] gram = Dense.Product(Dense.Transpose(scaled), scaled);
        return Math.Sqrt(Math.Max(0.0, SymmetricEigen.Values(gram.AsSpan(), n)[n - 1])) / scale;
    }

    /// <summary>(A + Aᵀ)/2, row-major.</summary>
    internal static double[] SymmetricPart(double[,] A)
    {
        int n = A.GetLength(0);
        var symmetric = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++) symmetric[i * n + j] = symmetric[j * n + i] = 0.5 * A[i, j] + 0.5 * A[j, i];
        return symmetric;
    }
}
