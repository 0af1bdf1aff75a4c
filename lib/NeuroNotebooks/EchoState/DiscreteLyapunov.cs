using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.EchoState;

/// <summary>Solves C = A C Aᵀ + Q.</summary>
public static class DiscreteLyapunov
{
    private const int Doublings = 60;

    /// <summary>C = Σ A^k Q A^kᵀ, by doubling: the first 2^m terms after m products.</summary>
    /// <param name="A">N × N, finite, spectral radius below 1.</param>
    /// <param name="Q">N × N, finite, symmetric.</param>
    /// <returns>N × N, symmetric.</returns>
    /// <exception cref="ArgumentException">A has a spectral radius of 1 or above, or Q is not symmetric.</exception>
    public static double[,] Solve(double[,] A, double[,] Q)
    {
        Require.Matrix(A);
        int n = A.GetLength(0);
        Require.Shape(Q, n, n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                if (Q[i, j] != Q[j, i]) throw new ArgumentException($"Q[{i}, {j}] is {Q[i, j]}, but Q[{j}, {i}] is {Q[j, i]}: expected a symmetric matrix.", nameof(Q));
        double radius = Spectrum.Radius(A);
        if (!(radius < 1.0)) throw new ArgumentException($"A has the spectral radius {radius:g6}: expected one below 1, else the sum has no end.", nameof(A));

        double[,] power = A, sum = Q;
        for (int m = 0; m < Doublings; m++)
        {
            double[,] added = Dense.Product(Dense.Product(power, sum), Dense.Transpose(power));
            sum = Symmetric(Dense.Sum(sum, added));
            if (Dense.LargestEntry(added) <= 1e-17 * Dense.LargestEntry(sum)) break;
            power = Dense.Product(power, power);
        }
        return sum;
    }

    private static double[,] Symmetric(double[,] a) => Dense.Build(a.GetLength(0), a.GetLength(0), (i, j) => 0.5 * (a[i, j] + a[j, i]));
}
