using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>How long a circuit takes to make up its mind.</summary>
public static class Settling
{
    /// <summary>The last time at which the difference of two rates is off its final value by more than a share of it.</summary>
    /// <param name="network">A network with one attracting rest state.</param>
    /// <param name="first">The neuron whose rate counts up.</param>
    /// <param name="second">The neuron whose rate counts down.</param>
    /// <param name="share">The share, above 0 and below 1.</param>
    /// <param name="step">Runge-Kutta step, above zero, unit of τ.</param>
    /// <param name="longest">Gives up after this time, above zero, unit of τ.</param>
    /// <param name="cancellation">Stops the integration.</param>
    /// <returns>The time from a silent start, unit of τ, to within one step.</returns>
    /// <exception cref="InvalidOperationException">
    /// No rest state was found, the difference ends at zero, or it did not settle in time.
    /// </exception>
    public static double Time(
        FiringRateNetwork network, int first, int second, double share = 0.01, double step = 0.05, double longest = 1e6,
        CancellationToken cancellation = default)
    {
        Require.NotNull(network);
        Require.InRange(first, 0, network.Count - 1);
        Require.InRange(second, 0, network.Count - 1);
        Require.InRange(share, double.Epsilon, 1.0);
        Require.Positive(step);
        Require.Positive(longest);

        NashResult rest = new SemismoothNewton().Solve(network, new double[network.Count], cancellation: cancellation).OrThrow();
        double final = rest.Rates[first] - rest.Rates[second], late = 0.0;
        if (final == 0.0)
            throw new InvalidOperationException($"rates {first} and {second} end up equal: their difference has nothing to settle at.");

        double[] state = new double[network.Count];
        for (double began = 0.0; began < longest; began += 400.0 * step)
        {
            Trajectory stretch = network.Simulate(state, 400.0 * step, step, cancellation: cancellation);
            for (int k = 0; k < stretch.Times.Length; k++)
            {
                double off = Math.Abs(stretch.States[k][first] - stretch.States[k][second] - final);
                if (off > share * Math.Abs(final)) late = began + stretch.Times[k];
            }

            state = [.. stretch.End];
            // every rate this near to the end of its way: nothing is left that could push the difference out again
            double distance = Enumerable.Range(0, state.Length).Max(i => Math.Abs(state[i] - rest.Rates[i]));
            if (distance <= 0.1 * share * Math.Abs(final)) return late;
        }
        throw new InvalidOperationException(
            $"the difference had not settled within {longest:g4}: does a silent start lead to the rest state at all?");
    }
}
