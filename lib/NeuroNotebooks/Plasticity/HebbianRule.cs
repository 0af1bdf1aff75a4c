using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>S = ±K∘zzᵀ: synapses between neurons that are active together grow (Hebbian) or shrink (anti-Hebbian).</summary>
/// <remarks>
/// ∘ multiplies entry by entry. With the minus sign an excitatory synapse follows an anti-Hebbian rule and an inhibitory one, whose weight is
/// negative, a Hebbian rule. K∘zzᵀ = diag(z) K diag(z), so K positive semidefinite makes −K∘zzᵀ negative semidefinite (Schur).
/// Source: Kozachkov, Lundqvist, Slotine, Miller, PLoS Comput. Biol. 16:e1007659 (2020).
/// </remarks>
public sealed class HebbianRule : IPlasticityRule
{
    private readonly double k;
    private readonly double[]? rates;
    private readonly int count;

    private HebbianRule(bool grows, double k, double[,]? rates)
    {
        (Grows, this.k) = (grows, k);
        if (rates is not null) (this.rates, count) = ([.. rates.Cast<double>()], rates.GetLength(0));
    }

    /// <summary>Whether synapses between neurons that are active together grow.</summary>
    public bool Grows { get; }

    /// <inheritdoc/>
    public string Name => Grows ? "Hebbian" : "anti-Hebbian";

    /// <inheritdoc/>
    public bool OnlyUnlearns => !Grows;

    /// <inheritdoc/>
    public int? Neurons => rates is null ? null : count;

    /// <summary>S = k zzᵀ.</summary>
    /// <param name="k">Learning rate, zero or above, 1/time.</param>
    public static HebbianRule Hebbian(double k)
    {
        Require.NotNegative(k);
        return new HebbianRule(true, k, null);
    }

    /// <summary>S = −k zzᵀ.</summary>
    /// <param name="k">Learning rate, zero or above, 1/time.</param>
    public static HebbianRule AntiHebbian(double k)
    {
        Require.NotNegative(k);
        return new HebbianRule(false, k, null);
    }

    /// <summary>S = K∘zzᵀ.</summary>
    /// <param name="K">Learning rates, n × n, 1/time: symmetric, above zero, positive semidefinite.</param>
    /// <exception cref="ArgumentException">K is not all of these; the message names the entry or the eigenvalue.</exception>
    public static HebbianRule Hebbian(double[,] K) => new(true, 1.0, CheckedRates(K));

    /// <summary>S = −K∘zzᵀ.</summary>
    /// <param name="K">Learning rates, n × n, 1/time: symmetric, above zero, positive semidefinite.</param>
    /// <exception cref="ArgumentException">K is not all of these; the message names the entry or the eigenvalue.</exception>
    public static HebbianRule AntiHebbian(double[,] K) => new(false, 1.0, CheckedRates(K));

    /// <summary>Learning rates that differ from synapse to synapse: CᵀC scaled to a largest entry of 1, plus 0.01 (1 + δ_ij), C even on (0, 1).</summary>
    /// <param name="count">n, at least 1.</param>
    /// <param name="random">The draws of C, n² of them.</param>
    /// <returns>n × n: symmetric, above zero, positive definite.</returns>
    public static double[,] RandomRates(int count, Philox random)
    {
        Require.Positive(count);
        var C = new double[count, count];
        random.Uniforms(C.AsSpan());
        double[,] K = Dense.Product(Dense.Transpose(C), C);
        double largest = Dense.LargestEntry(K);
        // one triangle twice: a product's two are equal up to rounding only
        return Dense.Build(count, count, (i, j) => K[Math.Max(i, j), Math.Min(i, j)] / largest + (i == j ? 0.02 : 0.01));
    }

    /// <summary>The learning rate of one synapse, 1/time.</summary>
    /// <param name="i">The neuron it ends at, zero or above.</param>
    /// <param name="j">The neuron it comes from, zero or above.</param>
    public double RateOf(int i, int j)
    {
        Require.InRange(i, 0, rates is null ? int.MaxValue : count - 1);
        Require.InRange(j, 0, rates is null ? int.MaxValue : count - 1);
        return rates is null ? k : rates[i * count + j];
    }

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<double> z, ReadOnlySpan<double> W, ReadOnlySpan<double> memory, Span<double> S)
    {
        int n = RuleShapes.Check(z, W, S, Neurons);
        for (int i = 0; i < n; i++)
        {
            Span<double> row = S.Slice(i * n, n);
            double scale = (Grows ? k : -k) * z[i];
            if (rates is null) Vectors.Scale(z, scale, row);
            else Vectors.MultiplyScaled(z, rates.AsSpan(i * n, n), scale, row);
        }
    }

    private static double[,] CheckedRates(double[,] K)
    {
        Require.Square(K);
        Require.Finite(K);
        int n = K.GetLength(0);
        if (n == 0) throw new ArgumentException("K is 0 × 0: expected a learning rate for each synapse.", nameof(K));
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                if (K[i, j] != K[j, i])
                    throw new ArgumentException($"K[{i}, {j}] is {K[i, j]}, but K[{j}, {i}] is {K[j, i]}: expected a symmetric matrix.", nameof(K));
                if (!(K[i, j] > 0.0))
                    throw new ArgumentException($"K[{i}, {j}] is {K[i, j]}: expected learning rates above zero.", nameof(K));
            }
        double[] eigenvalues = Spectrum.OfSymmetricPart(K);
        double least = eigenvalues.Min();
        if (least < -1e-12 * eigenvalues.Max())
            throw new ArgumentException(
                $"K has the eigenvalue {least:g6}: expected a positive semidefinite matrix, else some activity strengthens what should weaken.",
                nameof(K));
        return K;
    }
}

internal static class RuleShapes
{
    /// <summary>n, if z, W and S are of a network of n neurons, and of as many as the rule is for.</summary>
    public static int Check(ReadOnlySpan<double> z, ReadOnlySpan<double> W, ReadOnlySpan<double> S, int? neurons = null)
    {
        Require.Length(neurons ?? z.Length, z.Length, nameof(z), "neuron of the rule");
        Require.Length(z.Length * z.Length, W.Length, nameof(W), "pair of neurons");
        Require.Length(z.Length * z.Length, S.Length, nameof(S), "pair of neurons");
        return z.Length;
    }
}
