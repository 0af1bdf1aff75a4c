using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Turns one cloud of points onto another.</summary>
public static class Procrustes
{
    /// <summary>The orthogonal matrix Q that minimises ‖X Q − Y‖.</summary>
    /// <param name="X">Points × dimensions, to be turned.</param>
    /// <param name="Y">As many points, to be met.</param>
    /// <returns>Dimensions × dimensions: a rotation, or a rotation with a reflection.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <remarks>Source: Schönemann, Psychometrika 31:1 (1966).</remarks>
    public static double[,] Rotation(double[,] X, double[,] Y)
    {
        Require.NotEmpty(X);
        Require.Finite(X);
        Require.NotEmpty(Y);
        Require.Shape(Y, X.GetLength(0), X.GetLength(1));
        var svd = Matrix<double>.Build.DenseOfArray(X).TransposeThisAndMultiply(Matrix<double>.Build.DenseOfArray(Y)).Svd();
        return (svd.U * svd.VT).ToArray();
    }

    /// <summary>X Q with the best Q.</summary>
    /// <param name="X">Points × dimensions, to be turned.</param>
    /// <param name="Y">As many points, to be met.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double[,] Align(double[,] X, double[,] Y) =>
        (Matrix<double>.Build.DenseOfArray(X ?? throw new ArgumentNullException(nameof(X))) * Matrix<double>.Build.DenseOfArray(Rotation(X, Y))).ToArray();
}
