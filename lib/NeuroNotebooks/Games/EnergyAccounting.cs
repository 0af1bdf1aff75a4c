using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>Who moves whose energy: the energy of every neuron along a trajectory, and its rate of change split by cause.</summary>
/// <remarks>
/// <code>
/// dE^i/dt = Own + Externality,     Own = ∂E^i/∂x_i · x_i'  ≤ −τ_i x_i'²,     Externality = −x_i Σ_{j≠i} W_ij x_j'
/// </code>
/// Each neuron only ever descends its own energy; the others may lift it. At a kink of g the derivative is taken in the direction of x_i'.
/// </remarks>
/// <param name="Times">The trajectory's times, unit of τ.</param>
/// <param name="Energy">E^i, [time][neuron].</param>
/// <param name="Own">What the neuron's own motion does to its energy per unit of time, [time][neuron].</param>
/// <param name="Externality">What the motion of the others does to it, [time][neuron].</param>
/// <param name="SquaredVelocity">x_i'², [time][neuron].</param>
public sealed record EnergyAccounting(
    ImmutableArray<double> Times,
    ImmutableArray<ImmutableArray<double>> Energy,
    ImmutableArray<ImmutableArray<double>> Own,
    ImmutableArray<ImmutableArray<double>> Externality,
    ImmutableArray<ImmutableArray<double>> SquaredVelocity)
{
    /// <summary>The accounts of a network along one of its trajectories; rates must lie in the ranges of the activations.</summary>
    public static EnergyAccounting Of(FiringRateNetwork network, Trajectory trajectory)
    {
        Require.NotNull(network);
        Require.NotNull(trajectory);
        Require.Length(network.Count, trajectory.States[0].Length, nameof(trajectory), "neuron");

        int n = network.Count;
        var velocity = new double[n];
        var (energy, own, externality, squared) = (Rows(), Rows(), Rows(), Rows());
        VectorField motion = network.Motion;
        foreach (ImmutableArray<double> state in trajectory.States)
        {
            ReadOnlySpan<double> x = state.AsSpan();
            motion(0.0, x, velocity);
            var (e, o, ext, sq) = (new double[n], new double[n], new double[n], new double[n]);
            for (int i = 0; i < n; i++)
            {
                double fromOthers = 0.0;
                for (int j = 0; j < n; j++)
                    if (j != i) fromOthers += network.Weight(i, j) * velocity[j];
                double slope = x[i] - network.InputOf(i, x) + network.Activations[i].GSlope(x[i], velocity[i]);

                e[i] = network.NeuronEnergy(i, x);
                o[i] = velocity[i] == 0.0 ? 0.0 : slope * velocity[i];
                ext[i] = -x[i] * fromOthers;
                sq[i] = velocity[i] * velocity[i];
            }
            energy.Add([.. e]);
            own.Add([.. o]);
            externality.Add([.. ext]);
            squared.Add([.. sq]);
        }
        return new EnergyAccounting(
            trajectory.Times, energy.ToImmutable(), own.ToImmutable(), externality.ToImmutable(), squared.ToImmutable());

        ImmutableArray<ImmutableArray<double>>.Builder Rows() =>
            ImmutableArray.CreateBuilder<ImmutableArray<double>>(trajectory.States.Length);
    }

    /// <summary>One neuron's column of <see cref="Energy"/>, <see cref="Own"/> or <see cref="Externality"/>, along time.</summary>
    public static double[] Column(ImmutableArray<ImmutableArray<double>> rows, int neuron)
    {
        if (rows.IsDefaultOrEmpty) throw new ArgumentException("rows is empty: expected the accounts of at least one time.", nameof(rows));
        Require.InRange(neuron, 0, rows.Min(row => row.IsDefault ? 0 : row.Length) - 1);
        return [.. rows.Select(row => row[neuron])];
    }
}
