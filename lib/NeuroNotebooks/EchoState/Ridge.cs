using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.EchoState;

/// <summary>Ridge regression with several targets in one solve.</summary>
public static class Ridge
{
    /// <summary>The weights w that minimise ‖X w − y‖² + λ ‖w‖² for each column y.</summary>
    /// <param name="X">T samples of N features, T × N, finite.</param>
    /// <param name="Y">T samples of K targets, T × K, finite.</param>
    /// <param name="penalty">λ, zero or above; zero needs features that are independent.</param>
    /// <returns>N × K.</returns>
    /// <exception cref="ArgumentException">There are fewer samples than features, a shape does not fit, or XᵀX + λ I is singular.</exception>
    public static double[,] Fit(double[,] X, double[,] Y, double penalty = 1e-8)
    {
        Require.NotEmpty(X);
        Require.Finite(X);
        Require.NotEmpty(Y);
        Require.Finite(Y);
        Require.NotNegative(penalty);
        int samples = X.GetLength(0), features = X.GetLength(1), targets = Y.GetLength(1);
        Require.Length(samples, Y.GetLength(0), nameof(Y), "sample");
        if (samples < features)
            throw new ArgumentException($"X has {samples} samples of {features} features: expected at least as many samples as features.", nameof(X));
        MatrixView<double> across = new MatrixView<double>(X).Transposed;
        double[,] gram = new double[features, features], right = new double[features, targets];
        LinearAlgebra.Multiply(across, X, gram.AsSpan());
        LinearAlgebra.Multiply(across, Y, right.AsSpan());
        for (int i = 0; i < features; i++) gram[i, i] += penalty;
        try
        {
            return Matrix<double>.Build.DenseOfArray(gram).Cholesky().Solve(Matrix<double>.Build.DenseOfArray(right)).ToArray();
        }
        catch (ArgumentException)
        {
            throw new ArgumentException($"X has features that depend on each other: raise penalty above {penalty}.", nameof(X));
        }
    }
}
