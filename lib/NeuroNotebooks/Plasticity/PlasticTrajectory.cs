using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>Activity and weights recorded along time.</summary>
/// <param name="Times">When, ascending.</param>
/// <param name="States">x at each time, n.</param>
/// <param name="Synapses">W at each time, n · n, row after row.</param>
/// <param name="BlowUpTime">When a state left ±10⁶, if one did; the records end before.</param>
public sealed record PlasticTrajectory(
    ImmutableArray<double> Times, ImmutableArray<ImmutableArray<double>> States, ImmutableArray<ImmutableArray<double>> Synapses,
    double? BlowUpTime = null) : Trajectory(Times, States)
{
    /// <summary>W at each time, n · n, row after row.</summary>
    public ImmutableArray<ImmutableArray<double>> Synapses { get; init; } = Checked(Synapses, States);

    /// <summary>n, how many neurons.</summary>
    public int Count => States[0].Length;

    /// <summary>W at one of the times, n × n.</summary>
    /// <param name="index">Which time.</param>
    public double[,] Weights(int index)
    {
        Require.InRange(index, 0, Times.Length - 1);
        var matrix = new double[Count, Count];
        Synapses[index].AsSpan().CopyTo(matrix.AsSpan());
        return matrix;
    }

    /// <summary>(W + Wᵀ)/2 at one of the times, n × n.</summary>
    /// <param name="index">Which time.</param>
    public double[,] SymmetricPart(int index) => MatrixParts.Symmetric(Weights(index));

    /// <summary>(W − Wᵀ)/2 at one of the times, n × n.</summary>
    /// <param name="index">Which time.</param>
    public double[,] AntisymmetricPart(int index) => MatrixParts.Antisymmetric(Weights(index));

    /// <summary>The eigenvalues of the symmetric part of W along time: n curves, the smallest eigenvalue first.</summary>
    public ImmutableArray<ImmutableArray<double>> SymmetricSpectrum()
    {
        double[][] at = [.. Enumerable.Range(0, Times.Length).Select(k => Spectrum.OfSymmetricPart(Weights(k)))];
        return [.. Enumerable.Range(0, Count).Select(i => (ImmutableArray<double>)[.. at.Select(values => values[i])])];
    }

    /// <summary>One synapse along time.</summary>
    /// <param name="i">The neuron it ends at.</param>
    /// <param name="j">The neuron it comes from.</param>
    public double[] Synapse(int i, int j)
    {
        Require.InRange(i, 0, Count - 1);
        Require.InRange(j, 0, Count - 1);
        return [.. Synapses.Select(weights => weights[i * Count + j])];
    }

    /// <summary>The same run as one trajectory of n + n² states: activity, then weights row after row, as <see cref="PlasticFlow"/> has them.</summary>
    public Trajectory AllStates() =>
        new(Times, [.. States.Zip(Synapses, (x, weights) => (ImmutableArray<double>)[.. x, .. weights])]);

    /// <summary>The mean squared difference of all n + n² states, neurons and synapses, at each time that both runs recorded.</summary>
    /// <param name="other">Another run of a network of the same size with the same times, as far as it got.</param>
    public double[] MeanSquaredDistance(PlasticTrajectory other)
    {
        Require.NotNull(other);
        Require.Length(Count, other.Count, nameof(other), "neuron");
        var distances = new double[Math.Min(Times.Length, other.Times.Length)];
        for (int k = 0; k < distances.Length; k++)
        {
            if (Times[k] != other.Times[k])
                throw new ArgumentException($"other has its record {k} at t = {other.Times[k]}: expected {Times[k]}, as in this run.", nameof(other));
            distances[k] = (Squared(States[k], other.States[k]) + Squared(Synapses[k], other.Synapses[k])) / (Count + Count * Count);
        }
        return distances;

        static double Squared(ImmutableArray<double> a, ImmutableArray<double> b)
        {
            double sum = 0.0;
            for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
            return sum;
        }
    }

    /// <summary>How long it ran, and where it blew up if it did.</summary>
    public override string ToString() => BlowUpTime is { } time
        ? $"{Count} neurons, a state left ±{PlasticNetwork.LargestState:g1} at t = {time:g6}"
        : $"{Count} neurons to t = {Times[^1]:g6}, {Times.Length} records";

    private static ImmutableArray<ImmutableArray<double>> Checked(
        ImmutableArray<ImmutableArray<double>> Synapses, ImmutableArray<ImmutableArray<double>> States)
    {
        if (States.IsDefaultOrEmpty || States[0].IsDefault)
            throw new ArgumentException("States is empty: expected one state for each time.", nameof(States));
        if (Synapses.IsDefault || Synapses.Length != States.Length)
            throw new ArgumentException($"Synapses has {(Synapses.IsDefault ? 0 : Synapses.Length)} entries: expected one for each time.", nameof(Synapses));
        int expected = States[0].Length * States[0].Length;
        for (int k = 0; k < Synapses.Length; k++)
            if (Synapses[k].IsDefault || Synapses[k].Length != expected)
                throw new ArgumentException($"Synapses[{k}] has another length than {expected}, one entry per pair of neurons.", nameof(Synapses));
        return Synapses;
    }

    internal sealed class Builder
    {
        private readonly ImmutableArray<double>.Builder times = ImmutableArray.CreateBuilder<double>();
        private readonly ImmutableArray<ImmutableArray<double>>.Builder
            states = ImmutableArray.CreateBuilder<ImmutableArray<double>>(), synapses = ImmutableArray.CreateBuilder<ImmutableArray<double>>();

        public void Add(double time, PlasticRun run)
        {
            times.Add(time);
            states.Add([.. run.X]);
            synapses.Add([.. run.Weights]);
        }

        public PlasticTrajectory Finish(double? blowUpTime) =>
            new(times.ToImmutable(), states.ToImmutable(), synapses.ToImmutable(), blowUpTime);
    }
}

/// <summary>A matrix taken apart: W = S + A with S symmetric and A antisymmetric.</summary>
public static class MatrixParts
{
    /// <summary>(W + Wᵀ)/2.</summary>
    /// <param name="W">n × n.</param>
    public static double[,] Symmetric(double[,] W) => Mixed(W, 1.0);

    /// <summary>(W − Wᵀ)/2.</summary>
    /// <param name="W">n × n.</param>
    public static double[,] Antisymmetric(double[,] W) => Mixed(W, -1.0);

    /// <summary>√Σ W_ij².</summary>
    /// <param name="W">m × n.</param>
    public static double FrobeniusNorm(double[,] W)
    {
        Require.NotNull(W);
        double sum = 0.0;
        foreach (double entry in W) sum += entry * entry;
        return Math.Sqrt(sum);
    }

    private static double[,] Mixed(double[,] W, double sign)
    {
        Require.Square(W);
        int n = W.GetLength(0);
        var part = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) part[i, j] = 0.5 * (W[i, j] + sign * W[j, i]);
        return part;
    }
}
