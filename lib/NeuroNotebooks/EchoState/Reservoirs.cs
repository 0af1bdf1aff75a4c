using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.EchoState;

/// <summary>Weight matrices that reservoirs are made of.</summary>
public static class Reservoirs
{
    /// <summary>A random orthogonal matrix times a factor: every singular value is the factor.</summary>
    /// <param name="count">N, at least 1.</param>
    /// <param name="factor">The factor, zero or above.</param>
    /// <param name="random">The stream of the draw.</param>
    /// <returns>N × N, from the even distribution over orthogonal matrices.</returns>
    public static double[,] Orthogonal(int count, double factor, Philox random)
    {
        Require.NotNegative(factor);
        var qr = Matrix<double>.Build.DenseOfArray(Gaussian(count, random)).QR();
        Matrix<double> q = qr.Q, r = qr.R;
        // the sign of R's diagonal makes the distribution even (Mezzadri, Notices AMS 54:592, 2007)
        return Dense.Build(count, count, (i, j) => factor * q[i, j] * (r[j, j] < 0.0 ? -1.0 : 1.0));
    }

    /// <summary>A random antisymmetric matrix that turns all planes alike: every singular value is the factor, but one is 0 if the count is odd.</summary>
    /// <param name="count">N, at least 2.</param>
    /// <param name="factor">The factor, zero or above.</param>
    /// <param name="random">The stream of the draw.</param>
    /// <returns>N × N, exactly antisymmetric.</returns>
    public static double[,] Skew(int count, double factor, Philox random)
    {
        Require.InRange(count, 2, int.MaxValue);
        Require.NotNegative(factor);
        double[,] q = Orthogonal(count, 1.0, random), L = new double[count, count];
        for (int i = 0; i < count; i++)
            for (int j = 0; j < i; j++)
            {
                double turn = 0.0;
                for (int k = 0; k + 1 < count; k += 2) turn += q[i, k] * q[j, k + 1] - q[i, k + 1] * q[j, k];
                (L[i, j], L[j, i]) = (factor * turn, -(factor * turn));
            }
        return L;
    }

    /// <summary>Independent normal weights of mean 0 and variance 1/N.</summary>
    /// <param name="count">N, at least 1.</param>
    /// <param name="random">The stream of the draw.</param>
    /// <returns>N × N.</returns>
    public static double[,] Gaussian(int count, Philox random)
    {
        Require.Positive(count);
        var W = new double[count, count];
        random.Normals(W.AsSpan());
        foreach (ref double weight in W.AsSpan()) weight /= Math.Sqrt(count);
        return W;
    }

    /// <summary>A ring: unit i drives unit i + 1 with one weight, the last drives the first.</summary>
    /// <param name="count">N, at least 1.</param>
    /// <param name="weight">The weight, finite.</param>
    public static double[,] Ring(int count, double weight)
    {
        Require.Positive(count);
        Require.Finite(weight);
        var W = new double[count, count];
        for (int i = 0; i < count; i++) W[(i + 1) % count, i] = weight;
        return W;
    }

    /// <summary>The matrix scaled to a spectral radius.</summary>
    /// <param name="W">N × N, finite, not empty.</param>
    /// <param name="radius">The radius asked for, zero or above.</param>
    /// <exception cref="ArgumentException">The spectral radius of W is zero, so that no factor reaches another.</exception>
    public static double[,] WithSpectralRadius(double[,] W, double radius)
    {
        Require.Matrix(W);
        Require.NotNegative(radius);
        double own = Spectrum.Radius(W);
        // eigenvalues of a nilpotent matrix come out as a root of the rounding error
        if (!(own > 1e-12 * Dense.LargestEntry(W)) || IsNilpotent(W))
            throw new ArgumentException("W has the spectral radius 0: no factor gives it another; scale its norm instead.", nameof(W));
        return Dense.Scaled(W, radius / own);
    }

    /// <summary>The matrix scaled to a spectral norm.</summary>
    /// <param name="W">N × N, finite, not empty.</param>
    /// <param name="norm">The largest singular value asked for, zero or above.</param>
    /// <exception cref="ArgumentException">W is zero.</exception>
    public static double[,] WithNorm(double[,] W, double norm)
    {
        Require.Matrix(W);
        Require.NotNegative(norm);
        double own = Spectrum.Norm(W);
        if (own == 0.0) throw new ArgumentException("W is zero: no factor gives it another norm.", nameof(W));
        return Dense.Scaled(W, norm / own);
    }

    /// <summary>Input weights even between −size and size.</summary>
    /// <param name="count">N, at least 1.</param>
    /// <param name="size">Zero or above.</param>
    /// <param name="random">The stream of the draw.</param>
    public static double[] InputWeights(int count, double size, Philox random)
    {
        Require.Positive(count);
        Require.NotNegative(size);
        var weights = new double[count];
        random.Uniforms(weights);
        for (int i = 0; i < count; i++) weights[i] = size * (2.0 * weights[i] - 1.0);
        return weights;
    }

    /// <summary>Whether no path of synapses returns: every power from the N-th on is then zero, whatever the weights.</summary>
    internal static bool IsNilpotent(double[,] W)
    {
        int n = W.GetLength(0);
        var open = new bool[n];
        // peel off units that nobody left feeds; what cannot be peeled lies on a cycle
        for (bool peeled = true; peeled;)
        {
            peeled = false;
            for (int i = 0; i < n; i++)
                if (!open[i] && Enumerable.Range(0, n).All(j => open[j] || W[i, j] == 0.0)) peeled = open[i] = true;
        }
        return open.All(gone => gone);
    }
}
