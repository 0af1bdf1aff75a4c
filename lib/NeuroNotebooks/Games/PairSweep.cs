using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>An E-I pair at one strength of self-excitation; NaN where no state has both firing.</summary>
/// <param name="WEE">w_EE.</param>
/// <param name="RestE">x_E, a.u.</param>
/// <param name="RestI">x_I, a.u.</param>
/// <param name="AnswerOfE">∂x_E/∂u_I.</param>
/// <param name="AnswerOfI">∂x_I/∂u_I; below zero is the paradoxical effect.</param>
/// <param name="MaxRealPart">Largest real part of the eigenvalues, per unit of time.</param>
/// <param name="IsLds">Whether W − I is Lyapunov diagonally stable.</param>
/// <param name="Kind">What the state is to the players; null where there is none.</param>
/// <param name="Stability">What it is to the motion; null where there is none.</param>
public sealed record PairSweepPoint(
    double WEE, double RestE, double RestI, double AnswerOfE, double AnswerOfI, double MaxRealPart, Decision IsLds,
    EquilibriumKind? Kind, Stability? Stability);

/// <summary>Sweeps of a Wilson-Cowan pair; everything is computed from the network, not from the closed forms.</summary>
public static class PairSweep
{
    /// <summary>The state where both fire, along w_EE.</summary>
    /// <param name="pair">The other parameters.</param>
    /// <param name="selfExcitation">The values of w_EE, ≥ 0.</param>
    public static ImmutableArray<PairSweepPoint> OverSelfExcitation(WilsonCowanPair pair, IEnumerable<double> selfExcitation)
    {
        Require.NotNull(pair);
        Require.NotNull(selfExcitation);
        return [.. selfExcitation.Select(wEE =>
        {
            Require.NotNegative(wEE, nameof(selfExcitation));
            return At(pair with { WEE = wEE });
        })];
    }

    private static PairSweepPoint At(WilsonCowanPair pair)
    {
        FiringRateNetwork network = pair.Network();
        Decision lds = DiagonalStability.Test(network.Interaction()).IsLds;
        Equilibrium? rest = EquilibriumEnumerator.All(network).Isolated.FirstOrDefault(state => state.Active.Length == 2);
        if (rest is null) return new PairSweepPoint(pair.WEE, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, lds, null, null);

        double[,] sensitivity = network.Sensitivity(rest.Rates.AsSpan());
        return new PairSweepPoint(
            pair.WEE, rest.Rates[0], rest.Rates[1], sensitivity[0, 1], sensitivity[1, 1], rest.MaxRealPart, lds, rest.Kind, rest.Stability);
    }
}
