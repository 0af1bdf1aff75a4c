using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>S = −k e zᵀ with the error e = W z − y: the weights learn to answer z with y.</summary>
/// <remarks>μ(S) has no sign of its own: measure it along a run.</remarks>
public sealed class DeltaRule : IPlasticityRule
{
    /// <summary>Makes the rule.</summary>
    /// <param name="k">Learning rate, zero or above, 1/time.</param>
    /// <param name="target">y, one number per neuron, finite.</param>
    public DeltaRule(double k, params ReadOnlySpan<double> target)
    {
        Require.NotNegative(k);
        if (target.IsEmpty) throw new ArgumentException("target is empty: expected one number per neuron.", nameof(target));
        Require.Finite(target);
        (Rate, Target) = (k, [.. target]);
    }

    /// <summary>k, 1/time.</summary>
    public double Rate { get; }

    /// <summary>y, n.</summary>
    public ImmutableArray<double> Target { get; }

    /// <inheritdoc/>
    public string Name => "delta";

    /// <inheritdoc/>
    public int? Neurons => Target.Length;

    /// <inheritdoc/>
    public bool OnlyUnlearns => false;

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<double> z, ReadOnlySpan<double> W, ReadOnlySpan<double> memory, Span<double> S)
    {
        int n = RuleShapes.Check(z, W, S, Neurons);
        for (int i = 0; i < n; i++)
        {
            double error = Vectors.Dot(W.Slice(i * n, n), z) - Target[i];
            Vectors.Scale(z, -Rate * error, S.Slice(i * n, n));
        }
    }
}
