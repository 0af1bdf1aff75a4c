using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuroNotebooks.Numerics;

/// <summary>Cholesky factors and inverses of small symmetric positive definite matrices, row-major in one array.</summary>
internal static class SymmetricPositive
{
    /// <summary>Replaces the lower triangle of a by its Cholesky factor L.</summary>
    /// <param name="a">n × n, row-major; the upper triangle is neither read nor written.</param>
    /// <param name="n">Rows.</param>
    /// <returns>False if a pivot is not above zero: the matrix is then not positive definite in floating point.</returns>
    public static bool TryFactor(Span<double> a, int n)
    {
        for (int i = 0; i < n; i++)
        {
            Span<double> row = a.Slice(i * n, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = a.Slice(j * n, j + 1);
                row[j] = (row[j] - Dot(row[..j], other[..j])) / other[j];
            }
            double pivot = row[i] - Dot(row[..i], row[..i]);
            if (!(pivot > 0.0)) return false;
            row[i] = Math.Sqrt(pivot);
        }
        return true;
    }

    /// <summary>The inverse of L Lᵀ, n × n, row-major.</summary>
    public static double[] Inverse(ReadOnlySpan<double> factor, int n)
    {
        var lowerInverse = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            Span<double> row = lowerInverse.AsSpan(i * n, i + 1);
            row[i] = 1.0;
            for (int k = 0; k < i; k++) AddScaled(row[..(k + 1)], -factor[i * n + k], lowerInverse.AsSpan(k * n, k + 1));
            double pivot = factor[i * n + i];
            for (int j = 0; j <= i; j++) row[j] /= pivot;
        }

        var inverse = new double[n * n];
        for (int k = 0; k < n; k++)
        {
            ReadOnlySpan<double> row = lowerInverse.AsSpan(k * n, k + 1);
            for (int i = 0; i <= k; i++) AddScaled(inverse.AsSpan(i * n, k + 1), row[i], row);
        }
        return inverse;
    }

    /// <summary>Σ x_i y_i.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x), ys = MemoryMarshal.Cast<double, Vector<double>>(y);
        var sums = Vector<double>.Zero;
        for (int i = 0; i < xs.Length; i++) sums += xs[i] * ys[i];
        double sum = Vector.Sum(sums);
        for (int i = xs.Length * Vector<double>.Count; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    private static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        for (int j = 0; j < target.Length; j++) target[j] += factor * source[j];
    }
}
