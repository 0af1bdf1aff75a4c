namespace NeuroNotebooks.Plasticity;

/// <summary>S = ±k (z − z̄)(z − z̄)ᵀ with a running mean, θ z̄' = z − z̄, that starts at zero.</summary>
/// <param name="K">k, learning rate, zero or above, 1/time.</param>
/// <param name="Theta">θ, time constant of the mean, above zero.</param>
/// <param name="Grows">Whether synapses of correlated neurons grow; else they shrink (anti-covariance).</param>
/// <remarks>Source: Sejnowski, J. Math. Biol. 4:303 (1977), for the growing form.</remarks>
public sealed record CovarianceRule(double K, double Theta, bool Grows = false) : IPlasticityRule
{
    /// <summary>k, learning rate, zero or above, 1/time.</summary>
    public double K { get; } = CheckedRate(K);

    /// <summary>θ, time constant of the mean, above zero.</summary>
    public double Theta { get; } = CheckedTime(Theta);

    /// <inheritdoc/>
    public string Name => Grows ? "covariance" : "anti-covariance";

    /// <inheritdoc/>
    public bool OnlyUnlearns => !Grows;

    /// <inheritdoc/>
    public int MemoryLength(int neurons) => neurons;

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<double> z, ReadOnlySpan<double> W, ReadOnlySpan<double> memory, Span<double> S)
    {
        int n = RuleShapes.Check(z, W, S);
        Require.Length(n, memory.Length, nameof(memory), "neuron");
        for (int i = 0; i < n; i++)
        {
            double scale = (Grows ? K : -K) * (z[i] - memory[i]);
            for (int j = 0; j < n; j++) S[i * n + j] = scale * (z[j] - memory[j]);
        }
    }

    /// <inheritdoc/>
    public void Remember(ReadOnlySpan<double> z, ReadOnlySpan<double> memory, Span<double> change)
    {
        Require.Length(z.Length, memory.Length, nameof(memory), "neuron");
        Require.Length(z.Length, change.Length, nameof(change), "neuron");
        for (int i = 0; i < z.Length; i++) change[i] = (z[i] - memory[i]) / Theta;
    }

    private static double CheckedRate(double K)
    {
        Require.NotNegative(K);
        return K;
    }

    private static double CheckedTime(double Theta)
    {
        Require.Positive(Theta);
        return Theta;
    }
}
