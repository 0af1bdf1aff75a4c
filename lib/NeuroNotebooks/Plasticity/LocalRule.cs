namespace NeuroNotebooks.Plasticity;

/// <summary>A rule in which a synapse sees only its two neurons and its own weight: S_ij = f(z_i, z_j, W_ij).</summary>
/// <remarks>
/// Oja's rule, for instance, is <c>new LocalRule("Oja", (post, pre, w) => k * post * (pre - post * w))</c>. To bring a rule that is not local,
/// implement <see cref="IPlasticityRule"/>.
/// </remarks>
public sealed class LocalRule : IPlasticityRule
{
    private readonly Func<double, double, double, double> push;

    /// <summary>Makes a rule.</summary>
    /// <param name="name">What figures and messages call it.</param>
    /// <param name="push">f: postsynaptic activity, presynaptic activity, weight.</param>
    public LocalRule(string name, Func<double, double, double, double> push)
    {
        Require.NotNull(name);
        Require.NotNull(push);
        (Name, this.push) = (name, push);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool OnlyUnlearns => false;

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<double> z, ReadOnlySpan<double> W, ReadOnlySpan<double> memory, Span<double> S)
    {
        int n = RuleShapes.Check(z, W, S);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) S[i * n + j] = push(z[i], z[j], W[i * n + j]);
    }
}
