using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>What activity does to the synapses: the S of W' = −γ W + S.</summary>
/// <remarks>To bring one's own rule, implement <see cref="Push"/>; a rule that remembers something also the other two.</remarks>
public interface IPlasticityRule
{
    /// <summary>What figures and messages call it.</summary>
    string Name { get; }

    /// <summary>Whether S + Sᵀ is negative semidefinite whatever the activity, so that μ₂(W) can only fall, and not faster than it leaks.</summary>
    bool OnlyUnlearns { get; }

    /// <summary>How many neurons the rule is for; null if any number will do.</summary>
    int? Neurons => null;

    /// <summary>How many numbers of its own the rule remembers, which start at zero.</summary>
    /// <param name="neurons">n.</param>
    int MemoryLength(int neurons) => 0;

    /// <summary>Writes S.</summary>
    /// <param name="z">Activity, n.</param>
    /// <param name="W">Weights, n · n, row after row.</param>
    /// <param name="memory">What it remembers.</param>
    /// <param name="S">Receives S, n · n, row after row: row = postsynaptic.</param>
    void Push(ReadOnlySpan<double> z, ReadOnlySpan<double> W, ReadOnlySpan<double> memory, Span<double> S);

    /// <summary>Writes the rate of change of what it remembers.</summary>
    /// <param name="z">Activity, n.</param>
    /// <param name="memory">What it remembers.</param>
    /// <param name="change">Receives the rates, as many.</param>
    void Remember(ReadOnlySpan<double> z, ReadOnlySpan<double> memory, Span<double> change)
    {
    }
}

/// <summary>What a rule does, as a matrix.</summary>
public static class PlasticityRuleExtensions
{
    /// <summary>S at an activity, for weights and a memory of zero.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="z">Activity, n, finite, at least one number.</param>
    /// <returns>n × n.</returns>
    public static double[,] PushAt(this IPlasticityRule rule, params ReadOnlySpan<double> z)
    {
        Require.NotNull(rule);
        if (z.IsEmpty) throw new ArgumentException("z is empty: expected one number per neuron.", nameof(z));
        Require.Finite(z);
        var S = new double[z.Length, z.Length];
        rule.Push(z, new double[z.Length * z.Length], new double[rule.MemoryLength(z.Length)], S.AsSpan());
        return S;
    }
}
