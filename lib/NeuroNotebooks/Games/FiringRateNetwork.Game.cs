
namespace NeuroNotebooks.Games;

/// <content>The game: what each neuron pays, how it would answer, and how far a state is from a Nash equilibrium.</content>
/// <remarks>
/// <code>
/// E^i = E^i_int + E^i_act        E^i_int = ½ (1 − W_ii) x_i² − x_i Σ_{j≠i} W_ij x_j − u_i x_i        E^i_act = g_i(x_i)
/// F_i = ∂E^i_int/∂x_i = ((I − W) x − u)_i                                              τ_i x_i' = −x_i + prox_{g_i}(x_i − F_i)
/// </code>
/// </remarks>
public sealed partial class FiringRateNetwork
{
    /// <summary>E^i_int, what neuron i pays for its interactions.</summary>
    public double InteractionCost(int i, ReadOnlySpan<double> x)
    {
        RequireNeuron(i, x);
        OwnCost own = CostOf(i, x);
        return 0.5 * own.Curvature * x[i] * x[i] - own.Linear * x[i];
    }

    /// <summary>E^i_act = g_i(x_i), what neuron i pays for firing; +∞ outside the range of its activation.</summary>
    public double ActivationCost(int i, ReadOnlySpan<double> x)
    {
        RequireNeuron(i, x);
        return Activations[i].G(x[i]);
    }

    /// <summary>E^i = E^i_int + E^i_act, the energy of neuron i.</summary>
    public double NeuronEnergy(int i, ReadOnlySpan<double> x)
    {
        RequireNeuron(i, x);
        return CostOf(i, x).At(x[i]);
    }

    /// <summary>F(x) = (I − W) x − u: each neuron's slope of its own interaction cost.</summary>
    public double[] PseudoGradient(ReadOnlySpan<double> x)
    {
        Require.Length(Count, x.Length, nameof(x), "neuron");
        var gradient = new double[Count];
        for (int i = 0; i < Count; i++) gradient[i] = x[i] - InputOf(i, x);
        return gradient;
    }

    /// <summary>The rate at which neuron i pays least while the others hold theirs.</summary>
    /// <exception cref="InvalidOperationException">The cost has no minimum, as for an unbounded activation with W_ii > 1.</exception>
    public double BestResponse(int i, ReadOnlySpan<double> x)
    {
        RequireNeuron(i, x);
        return CostOf(i, x).Minimiser() ?? throw new InvalidOperationException(
            $"cost of neuron {i} ({Labels[i]}) is unbounded below: no best response, because its self-excitation "
            + $"W[{i}, {i}] = {weights[i * Count + i]:0.####} outgrows the cost of {Activations[i]}; "
            + $"saturate the activation or keep W[{i}, {i}] < 1.");
    }

    /// <summary>
    /// Σ_i of what neuron i would save by moving alone to its best response (Nikaido-Isoda): zero exactly at Nash equilibria.
    /// </summary>
    /// <returns>≥ 0; +∞ when a rate lies outside the range of its activation or a neuron's cost is unbounded below.</returns>
    public double NashGap(ReadOnlySpan<double> x)
    {
        Require.Length(Count, x.Length, nameof(x), "neuron");
        double gap = 0.0;
        for (int i = 0; i < Count; i++) gap += CostOf(i, x).GainFromMoving(x[i]);
        return gap;
    }

    /// <summary>The energy that all neurons share, if there is one.</summary>
    /// <returns>
    /// A potential when W is symmetric, a weighted one when a positive diagonal P makes P W symmetric (to 1e-12), else null. A pair with
    /// W_ij W_ji &lt; 0, excitation answered by inhibition, never has one.
    /// </returns>
    public Potential? PotentialOrNull()
    {
        var p = new double[Count];
        for (int root = 0; root < Count; root++)
        {
            if (p[root] != 0.0) continue;
            p[root] = 1.0;
            var queue = new Queue<int>([root]);
            while (queue.TryDequeue(out int i))
                for (int j = 0; j < Count; j++)
                {
                    double toI = weights[i * Count + j], toJ = weights[j * Count + i];
                    if (i == j || (toI == 0.0 && toJ == 0.0)) continue;
                    if (toI * toJ <= 0.0) return null;
                    double weight = p[i] * toI / toJ;
                    if (p[j] == 0.0)
                    {
                        p[j] = weight;
                        queue.Enqueue(j);
                    }
                    else if (Math.Abs(p[j] - weight) > 1e-12 * weight) return null;
                }
        }
        return new Potential(this, [.. p]);
    }

    /// <summary>E^i at every neuron's own axis: the cost of firing z while the others hold their rates.</summary>
    internal OwnCost CostOf(int i, ReadOnlySpan<double> x)
    {
        double self = weights[i * Count + i];
        return new OwnCost(Activations[i], 1.0 - self, InputOf(i, x) - self * x[i]);
    }

    private void RequireNeuron(int i, ReadOnlySpan<double> x)
    {
        Require.InRange(i, 0, Count - 1);
        Require.Length(Count, x.Length, nameof(x), "neuron");
    }
}
