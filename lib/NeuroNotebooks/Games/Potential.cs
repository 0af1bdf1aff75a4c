using System.Collections.Immutable;

namespace NeuroNotebooks.Games;

/// <summary>The energy of a network whose neurons all descend one function.</summary>
/// <remarks>
/// <code>
/// E(x) = Σ_i p_i (½ x_i ((I − W) x)_i − u_i x_i + g_i(x_i)),     P W symmetric,     ∂E/∂x_i = p_i ∂E^i/∂x_i
/// </code>
/// With p = 1 and τ = 1, dE/dt ≤ −‖x'‖² along the network's motion.
/// </remarks>
public sealed class Potential
{
    private readonly FiringRateNetwork network;

    internal Potential(FiringRateNetwork network, ImmutableArray<double> weights) => (this.network, Weights) = (network, weights);

    /// <summary>p, one per neuron, above zero; all 1 when W is symmetric.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>Whether W itself is symmetric, so that the neurons share one and the same energy.</summary>
    public bool IsExact => Weights.All(weight => Math.Abs(weight - 1.0) <= 1e-12);

    /// <summary>E at rates x, n; +∞ outside the ranges of the activations.</summary>
    public double Energy(ReadOnlySpan<double> x)
    {
        Require.Length(network.Count, x.Length, nameof(x), "neuron");
        double energy = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            double drive = network.Drive[i], recurrent = network.InputOf(i, x) - drive;
            energy += Weights[i] * (0.5 * x[i] * (x[i] - recurrent) - drive * x[i] + network.Activations[i].G(x[i]));
        }
        return energy;
    }

    /// <summary>E along a trajectory, one value per recorded time.</summary>
    public double[] Along(Numerics.Trajectory trajectory)
    {
        Require.NotNull(trajectory);
        Require.Length(network.Count, trajectory.End.Length, nameof(trajectory), "neuron");
        return [.. trajectory.States.Select(state => Energy(state.AsSpan()))];
    }
}
