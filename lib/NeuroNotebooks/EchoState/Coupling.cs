using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.EchoState;

/// <summary>Reservoirs joined into one, with the factor that the way of joining certifies.</summary>
/// <param name="W">The weights of the whole.</param>
/// <param name="Factor">
/// Distances in <paramref name="Metric"/> shrink at least by it in a step, for every input, at leak 1; 1 or above certifies nothing.
/// </param>
/// <param name="Metric">The metric.</param>
public sealed record CoupledReservoir(double[,] W, double Factor, Metric Metric)
{
    /// <summary>Whether the whole is certified to forget.</summary>
    public bool IsCertified => Factor < 1.0;
}

/// <summary>Ways of joining two reservoirs, at leak 1, and what they promise. Blocks are judged by q = their largest singular value.</summary>
/// <remarks>All derived: nothing but the title of Kozachkov et al., Combination and Stability Properties of Echo-State Networks (SfN 2018), is known.</remarks>
public static class Coupling
{
    /// <summary>Side by side, without a connection: factor max q.</summary>
    /// <param name="W1">n₁ × n₁, finite.</param>
    /// <param name="W2">n₂ × n₂, finite.</param>
    public static CoupledReservoir Parallel(double[,] W1, double[,] W2)
    {
        var (n1, n2) = Sizes(W1, W2);
        return new CoupledReservoir(
            Joined(W1, new double[n1, n2], new double[n2, n1], W2), Math.Max(Spectrum.Norm(W1), Spectrum.Norm(W2)), Metric.Identity(n1 + n2));
    }

    /// <summary>The first drives the second: safe whatever G is, in the metric diag(I, ε² I).</summary>
    /// <param name="W1">n₁ × n₁, finite.</param>
    /// <param name="W2">n₂ × n₂, finite.</param>
    /// <param name="G">n₂ × n₁, finite.</param>
    /// <param name="margin">How far the factor may lie above max q, as a part of 1 − max q; above 0 and below 1.</param>
    public static CoupledReservoir Cascade(double[,] W1, double[,] W2, double[,] G, double margin = 0.5)
    {
        var (n1, n2) = Sizes(W1, W2);
        Require.Shape(G, n2, n1);
        if (!(margin > 0.0 && margin < 1.0))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, $"margin is {margin}: expected a number above 0 and below 1.");
        double largest = Math.Max(Spectrum.Norm(W1), Spectrum.Norm(W2)), gain = Spectrum.Norm(G);
        // the norm is at most max q + ε ‖G‖
        double room = margin * Math.Max(1.0 - largest, 0.0), epsilon = gain > 0.0 && room > 0.0 ? Math.Min(1.0, room / gain) : 1.0;
        double[] weights = new double[n1 + n2];
        weights.AsSpan(0, n1).Fill(1.0);
        weights.AsSpan(n1).Fill(epsilon * epsilon);
        return new CoupledReservoir(Joined(W1, new double[n1, n2], G, W2), largest + epsilon * gain, Metric.Diagonal(weights));
    }

    /// <summary>Feedback through a rotation, (R(θ) ⊗ I) blkdiag(W₁, W₂): factor max q for every angle.</summary>
    /// <param name="W1">n × n, finite.</param>
    /// <param name="W2">n × n, finite.</param>
    /// <param name="angle">θ, radians, finite.</param>
    /// <exception cref="ArgumentException">The blocks have different sizes.</exception>
    public static CoupledReservoir Rotation(double[,] W1, double[,] W2, double angle)
    {
        var (n1, n2) = Sizes(W1, W2);
        if (n1 != n2)
            throw new ArgumentException($"W2 is {n2} × {n2} and W1 {n1} × {n1}: a rotation needs blocks of one size.", nameof(W2));
        Require.Finite(angle);
        double c = Math.Cos(angle), s = Math.Sin(angle);
        return new CoupledReservoir(
            Joined(Dense.Scaled(W1, c), Dense.Scaled(W2, -s), Dense.Scaled(W1, s), Dense.Scaled(W2, c)),
            Math.Max(Spectrum.Norm(W1), Spectrum.Norm(W2)), Metric.Identity(2 * n1));
    }

    /// <summary>Any feedback: certified if (1 − q₁)(1 − q₂) &gt; ‖G‖ ‖H‖.</summary>
    /// <param name="W1">n₁ × n₁, finite.</param>
    /// <param name="W2">n₂ × n₂, finite.</param>
    /// <param name="G">From the first to the second, n₂ × n₁, finite.</param>
    /// <param name="H">From the second to the first, n₁ × n₂, finite.</param>
    /// <returns>
    /// The factor is the spectral radius of the gain matrix (q₁, ‖H‖; ‖G‖, q₂), reached within 10⁻⁹ by the block weights of the metric.
    /// </returns>
    public static CoupledReservoir SmallGain(double[,] W1, double[,] W2, double[,] G, double[,] H)
    {
        var (n1, n2) = Sizes(W1, W2);
        Require.Shape(G, n2, n1);
        Require.Shape(H, n1, n2);
        double q1 = Spectrum.Norm(W1), q2 = Spectrum.Norm(W2), g = Spectrum.Norm(G), h = Spectrum.Norm(H);
        // weights 1 and ε² turn the gains into (q₁, h/ε; ε g, q₂), whose norm is least where they are equal
        double floor = 1e-9 * (1.0 + Math.Max(q1, q2)), epsilon = Math.Sqrt(Math.Max(h, floor * 1e-3) / Math.Max(g, floor * 1e-3));
        double factor = NormOf(q1, h / epsilon, epsilon * g, q2);
        double[] weights = new double[n1 + n2];
        weights.AsSpan(0, n1).Fill(1.0);
        weights.AsSpan(n1).Fill(epsilon * epsilon);
        return new CoupledReservoir(Joined(W1, H, G, W2), factor, Metric.Diagonal(weights));
    }

    /// <summary>The raw skew coupling (W₁, −g Gᵀ; g G, W₂): safe in continuous time, NOT in discrete time, so only its own norm certifies.</summary>
    /// <param name="W1">n₁ × n₁, finite.</param>
    /// <param name="W2">n₂ × n₂, finite.</param>
    /// <param name="G">n₂ × n₁, finite.</param>
    /// <param name="gain">g, finite.</param>
    public static CoupledReservoir RawSkew(double[,] W1, double[,] W2, double[,] G, double gain)
    {
        var (n1, n2) = Sizes(W1, W2);
        Require.Shape(G, n2, n1);
        Require.Finite(gain);
        double[,] W = Joined(W1, Dense.Scaled(Dense.Transpose(G), -gain), Dense.Scaled(G, gain), W2);
        return new CoupledReservoir(W, Spectrum.Norm(W), Metric.Identity(n1 + n2));
    }

    /// <summary>The factor of x ↦ x + a(−x + φ(W x) + L x) with L = −Lᵀ: √((1 − a)² + a² ‖L‖²) + a ‖W‖; exact for W = 0.</summary>
    /// <param name="W">N × N, finite.</param>
    /// <param name="L">N × N, finite, antisymmetric.</param>
    /// <param name="leak">a, above 0 and at most 1.</param>
    /// <exception cref="ArgumentException">L is not antisymmetric.</exception>
    public static double LeakySkewFactor(double[,] W, double[,] L, double leak)
    {
        Require.Matrix(W);
        int n = W.GetLength(0);
        Require.Shape(L, n, n);
        LeakRange.Check(leak);
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
                if (L[i, j] != -L[j, i])
                    throw new ArgumentException($"L[{i}, {j}] is {L[i, j]} and L[{j}, {i}] is {L[j, i]}: expected an antisymmetric matrix.", nameof(L));
        double turn = Spectrum.Norm(L);
        return Math.Sqrt((1.0 - leak) * (1.0 - leak) + leak * leak * turn * turn) + leak * Spectrum.Norm(W);
    }

    /// <summary>The leak below which <see cref="LeakySkewFactor"/> is below 1: 2 (1 − ‖W‖)/(1 + ‖L‖² − ‖W‖²), itself excluded.</summary>
    /// <param name="turn">‖L‖, zero or above.</param>
    /// <param name="norm">‖W‖, zero or above; without recurrent weights the bound is exact, 2/(1 + ‖L‖²).</param>
    /// <returns>Above 1 where every leak is safe; 0 where none is certified, that is from ‖W‖ = 1 on.</returns>
    public static double LargestLeak(double turn, double norm = 0.0)
    {
        Require.NotNegative(turn);
        Require.NotNegative(norm);
        // (1 − a)² + a² ‖L‖² < (1 − a ‖W‖)², divided by a
        return norm < 1.0 ? 2.0 * (1.0 - norm) / (1.0 + turn * turn - norm * norm) : 0.0;
    }

    private static (int First, int Second) Sizes(double[,] W1, double[,] W2)
    {
        Require.Matrix(W1);
        Require.Matrix(W2);
        return (W1.GetLength(0), W2.GetLength(0));
    }

    private static double[,] Joined(double[,] a, double[,] b, double[,] c, double[,] d)
    {
        int n1 = a.GetLength(0), n2 = d.GetLength(0);
        return Dense.Build(n1 + n2, n1 + n2, (i, j) =>
            i < n1 ? j < n1 ? a[i, j] : b[i, j - n1] : j < n1 ? c[i - n1, j] : d[i - n1, j - n1]);
    }

    private static double NormOf(double a, double b, double c, double d)
    {
        double sum = a * a + b * b + c * c + d * d, determinant = a * d - b * c;
        return Math.Sqrt(0.5 * (sum + Math.Sqrt(Math.Max(0.0, sum * sum - 4.0 * determinant * determinant))));
    }
}
