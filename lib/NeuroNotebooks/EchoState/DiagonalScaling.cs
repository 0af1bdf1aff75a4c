using System.Collections.Immutable;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.EchoState;

/// <summary>A diagonal Θ above zero that makes the norm of Θ W Θ⁻¹ small: slopes of the units commute with it, so it serves any input.</summary>
/// <param name="Scales">θ, one per unit, above zero; the largest is 1.</param>
/// <param name="Norm">The largest singular value of Θ W Θ⁻¹.</param>
public sealed record DiagonalScaling(ImmutableArray<double> Scales, double Norm)
{
    private const double Tolerance = 1e-7, SmallestScale = 1e-12;

    /// <summary>θ, one per unit, above zero; the largest is 1.</summary>
    public ImmutableArray<double> Scales { get; } = Positive(Scales);

    /// <summary>The metric M = Θ² it stands for.</summary>
    public Metric Metric => Contraction.Metric.Diagonal([.. Scales.Select(scale => scale * scale)]);

    /// <summary>The norm of Θ W Θ⁻¹ for given scales.</summary>
    /// <param name="W">N × N, finite, not empty.</param>
    /// <param name="scales">θ, N, above zero.</param>
    public static DiagonalScaling Of(double[,] W, params ReadOnlySpan<double> scales)
    {
        Require.Matrix(W);
        Require.Length(W.GetLength(0), scales.Length, nameof(scales), "unit");
        for (int i = 0; i < scales.Length; i++) Require.Positive(scales[i], $"scales[{i}]");
        return Measured(W, scales.ToArray());
    }

    /// <summary>Perron scales, θ_i² = left over right Perron vector of |W|: their norm is the spectral radius of |W|, or just above it.</summary>
    /// <param name="W">N × N, finite, not empty.</param>
    /// <remarks>The vectors are those of |W| plus a little on every entry if |W| is reducible, so that none has a zero.</remarks>
    public static DiagonalScaling Perron(double[,] W)
    {
        Require.Matrix(W);
        int n = W.GetLength(0);
        double lift = 1e-9 * Dense.LargestEntry(W);
        if (lift == 0.0) return Measured(W, [.. Enumerable.Repeat(1.0, n)]);
        double[,] size = Dense.Build(n, n, (i, j) => Math.Abs(W[i, j]) + lift);
        double[] right = PowerVector(size), left = PowerVector(Dense.Transpose(size));
        return Measured(W, [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(left[i] / right[i]))]);
    }

    /// <summary>The smallest norm over all diagonal scalings, from the Perron scales downhill.</summary>
    /// <param name="W">N × N, finite, not empty.</param>
    /// <returns>Scales that came within about 10⁻⁷ of the smallest norm, or the best found.</returns>
    /// <remarks>
    /// The norm is a convex function of ln θ where it is smooth and its largest singular value alone; the search follows a smooth upper bound,
    /// tr((ΘWΘ⁻¹)ᵀ(ΘWΘ⁻¹))^p)^(1/2p) with p rising, and never returns a worse scaling than the Perron one or the identity.
    /// </remarks>
    public static DiagonalScaling Search(double[,] W)
    {
        DiagonalScaling perron = Perron(W), plain = Of(W, [.. Enumerable.Repeat(1.0, W.GetLength(0))]);
        DiagonalScaling best = perron.Norm < plain.Norm ? perron : plain;
        DiagonalScaling found = ScalingDescent.From(W, best);
        return found.Norm < best.Norm ? found : best;
    }

    internal static DiagonalScaling Measured(double[,] W, double[] scales)
    {
        double largest = scales.Max();
        for (int i = 0; i < scales.Length; i++) scales[i] = Math.Max(scales[i] / largest, SmallestScale);
        int n = scales.Length;
        return new DiagonalScaling([.. scales], Spectrum.Norm(Dense.Build(n, n, (i, j) => i == j ? W[i, j] : scales[i] * W[i, j] / scales[j])));
    }

    private static ImmutableArray<double> Positive(ImmutableArray<double> Scales)
    {
        Require.Some(Scales);
        for (int i = 0; i < Scales.Length; i++) Require.Positive(Scales[i], $"{nameof(Scales)}[{i}]");
        return Scales;
    }

    private static double[] PowerVector(double[,] size)
    {
        int n = size.GetLength(0);
        double[] v = [.. Enumerable.Repeat(1.0, n)];
        for (int round = 0; round < 10_000; round++)
        {
            // half a step towards the image: a ring would swing for ever
            double[] image = Dense.Product(size, v);
            double scale = image.Max(), moved = 0.0;
            for (int i = 0; i < n; i++)
            {
                double next = 0.5 * (v[i] + image[i] / scale);
                moved = Math.Max(moved, Math.Abs(next - v[i]) / next);
                v[i] = next;
            }
            double top = v.Max();
            for (int i = 0; i < n; i++) v[i] /= top;
            if (moved < Tolerance) break;
        }
        return v;
    }
}
