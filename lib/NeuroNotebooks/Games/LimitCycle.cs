using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>A rhythm that a network settles into.</summary>
/// <param name="Lowest">The lowest rate of each neuron, a.u.</param>
/// <param name="Highest">The highest rate of each neuron, a.u.</param>
/// <param name="Period">Mean time between upward crossings of the middle of neuron 0's range, unit of τ.</param>
/// <param name="Lap">The motion over the observed time.</param>
public sealed record LimitCycle(ImmutableArray<double> Lowest, ImmutableArray<double> Highest, double Period, Trajectory Lap)
{
    /// <summary>Looks for a rhythm of neuron 0.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">Rates to start from, n.</param>
    /// <param name="transient">How long to wait, above zero, unit of τ.</param>
    /// <param name="observed">How long to watch, above zero; several periods.</param>
    /// <param name="step">Runge-Kutta step, above zero.</param>
    /// <returns>
    /// The rhythm; null if neuron 0 moves less than 1e-6 (relative to its rate above 1) or does not cross its middle twice.
    /// </returns>
    public static LimitCycle? Find(
        FiringRateNetwork network, ReadOnlySpan<double> start, double transient = 300.0, double observed = 300.0, double step = 0.01)
    {
        Require.NotNull(network);
        Require.Positive(transient);
        Require.Positive(observed);
        Require.Positive(step);
        int rarely = (int)Math.Clamp(transient / step, 1.0, 1e9);
        Trajectory lap = network.Simulate(network.Simulate(start, transient, step, rarely).End.AsSpan(), observed, step);
        double[][] rates = [.. Enumerable.Range(0, network.Count).Select(lap.Component)];
        ImmutableArray<double> lowest = [.. rates.Select(rate => rate.Min())], highest = [.. rates.Select(rate => rate.Max())];
        if (!(highest[0] - lowest[0] > 1e-6 * (1.0 + highest[0]))) return null;

        double middle = 0.5 * (lowest[0] + highest[0]);
        double[] crossings = [.. Enumerable.Range(1, rates[0].Length - 1)
            .Where(k => rates[0][k - 1] < middle && rates[0][k] >= middle)
            .Select(k => (Before: k - 1, Share: (middle - rates[0][k - 1]) / (rates[0][k] - rates[0][k - 1])))
            .Select(at => lap.Times[at.Before] + at.Share * (lap.Times[at.Before + 1] - lap.Times[at.Before]))];
        return crossings.Length < 2 ? null
            : new LimitCycle(lowest, highest, (crossings[^1] - crossings[0]) / (crossings.Length - 1), lap);
    }
}
