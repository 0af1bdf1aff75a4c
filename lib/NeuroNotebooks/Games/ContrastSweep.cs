using System.Collections.Immutable;

namespace NeuroNotebooks.Games;

/// <summary>Two competing pairs at one strength of cross inhibition.</summary>
/// <param name="WX">w_x.</param>
/// <param name="Gain">Contrast gain G; +∞ from the critical w_x on.</param>
/// <param name="SlowTime">1/|λ| of the slow eigenvalue, unit of τ; +∞ from the critical w_x on.</param>
/// <param name="RestStates">How many rest states there are with equal drives.</param>
/// <param name="StableStates">How many of them attract.</param>
/// <param name="LdsOptimum">min over P of trace n of λ_max(P A + Aᵀ P).</param>
public sealed record CrossSweepPoint(double WX, double Gain, double SlowTime, int RestStates, int StableStates, double LdsOptimum);

/// <summary>Sweeps of the lateral-inhibition microcircuit.</summary>
public static class ContrastSweep
{
    /// <summary>C_out of two pairs with drives 1 ± C_in, from the network's rest state; any activation.</summary>
    /// <param name="circuit">A circuit with one rest state.</param>
    /// <param name="contrastIn">The values of C_in, 0 to 1.</param>
    /// <param name="activation">Of all cells; ReLU if null.</param>
    /// <exception cref="InvalidOperationException">w_x is at or above the critical value: there are several equilibria.</exception>
    public static double[] OverInput(CrossInhibition circuit, IEnumerable<double> contrastIn, Activation? activation = null)
    {
        Require.NotNull(circuit);
        Require.NotNull(contrastIn);
        _ = circuit.Gain;        // refuses circuits without a single contrast
        return [.. contrastIn.Select(contrast =>
        {
            Require.InRange(contrast, 0.0, 1.0, nameof(contrastIn));
            FiringRateNetwork network = circuit.Network([1.0 + contrast, 1.0 - contrast], activation);
            NashResult rest = new SemismoothNewton().Solve(network, new double[network.Count]).OrThrow();
            return Contrast.Michelson(Math.Max(0.0, rest.Rates[0]), Math.Max(0.0, rest.Rates[1]));
        })];
    }

    /// <summary>Gain, slow time and number of rest states of two pairs along w_x.</summary>
    /// <param name="circuit">The other parameters.</param>
    /// <param name="crossInhibition">The values of w_x, ≥ 0.</param>
    public static ImmutableArray<CrossSweepPoint> OverCrossInhibition(CrossInhibition circuit, IEnumerable<double> crossInhibition)
    {
        Require.NotNull(circuit);
        Require.NotNull(crossInhibition);
        return [.. crossInhibition.Select(wX =>
        {
            Require.NotNegative(wX, nameof(crossInhibition));
            Require.NotNegative(wX, nameof(crossInhibition));
            CrossInhibition at = circuit with { WX = wX };
            FiringRateNetwork network = at.Network([1.0, 1.0]);
            RestStates states = EquilibriumEnumerator.All(network);
            bool single = at.Rivalry < 1.0;
            return new CrossSweepPoint(
                wX, single ? at.Gain : double.PositiveInfinity, single ? -1.0 / at.SlowEigenvalue : double.PositiveInfinity,
                states.Isolated.Length, states.Stable.Count(), DiagonalStability.Optimum(network.Interaction()).Value);
        })];
    }
}
