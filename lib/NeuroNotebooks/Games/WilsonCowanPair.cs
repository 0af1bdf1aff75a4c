namespace NeuroNotebooks.Games;

/// <summary>One excitatory and one inhibitory population (Wilson-Cowan), with the closed forms of its rest state where both fire.</summary>
/// <remarks>
/// <code>
/// W = [ w_EE  −w_EI ]      Δ = (1 − w_EE)(1 + w_II) + w_EI w_IE
///     [ w_IE  −w_II ]      x_E = ((1 + w_II) u_E − w_EI u_I)/Δ       x_I = ((1 − w_EE) u_I + w_IE u_E)/Δ
/// </code>
/// Lyapunov diagonally stable exactly if w_EE &lt; 1, however strong the loop. Below 1 more drive to I raises I and lowers E
/// (antagonistic); above 1 both fall together (cooperative, the paradoxical effect of inhibition-stabilised networks) and the rest state
/// is no Nash equilibrium. Source: derived for the model of Betteti et al., arXiv:2512.05252; the effect: Tsodyks et al., J. Neurosci.
/// 17:4382 (1997).
/// </remarks>
/// <param name="WEE">Self-excitation, ≥ 0.</param>
/// <param name="WEI">Inhibition of E by I, ≥ 0.</param>
/// <param name="WIE">Excitation of I by E, ≥ 0.</param>
/// <param name="WII">Self-inhibition of I, ≥ 0.</param>
/// <param name="UE">Drive of E, a.u.</param>
/// <param name="UI">Drive of I, a.u.</param>
/// <param name="TauE">Time constant of E, above zero.</param>
/// <param name="TauI">Time constant of I, above zero.</param>
public sealed record WilsonCowanPair(
    double WEE, double WEI, double WIE, double WII, double UE, double UI, double TauE = 1.0, double TauI = 1.0)
{
    /// <summary>WC-A: w = (0.5, 1, 1, 0.5), u = (1, 0.2); one stable Nash equilibrium at (26/35, 22/35).</summary>
    public static WilsonCowanPair Antagonistic { get; } = new(0.5, 1.0, 1.0, 0.5, 1.0, 0.2);

    /// <summary>
    /// WC-B: as WC-A with w_EE = 1.5, inhibition-stabilised; one stable rest state at (5.2, 3.6) that is no Nash equilibrium.
    /// </summary>
    public static WilsonCowanPair Cooperative { get; } = Antagonistic with { WEE = 1.5 };

    /// <summary>WC-bi: w = (2, 0.5, 0.5, 0), u = (−0.5, 0), bistable once saturated at <see cref="BistableMaximum"/>.</summary>
    public static WilsonCowanPair Bistable { get; } = new(2.0, 0.5, 0.5, 0.0, -0.5, 0.0);

    /// <summary>The highest rate of the bistable pair, 4 a.u.</summary>
    public const double BistableMaximum = 4.0;

    /// <summary>Δ, the determinant of I − W.</summary>
    public double Delta => (1.0 - WEE) * (1.0 + WII) + WEI * WIE;

    /// <summary>The rest state where both fire, of a ReLU pair; null where it does not exist.</summary>
    public (double E, double I)? Rest
    {
        get
        {
            double e = ((1.0 + WII) * UE - WEI * UI) / Delta, i = ((1.0 - WEE) * UI + WIE * UE) / Delta;
            return e > 0.0 && i > 0.0 && double.IsFinite(e) ? (e, i) : null;
        }
    }

    /// <summary>∂x_E/∂u_I and ∂x_I/∂u_I where both fire: how the pair answers drive to I.</summary>
    public (double OfE, double OfI) AnswerToInhibitoryDrive => (-WEI / Delta, (1.0 - WEE) / Delta);

    /// <summary>Whether the pair is Lyapunov diagonally stable: exactly if w_EE &lt; 1 (for w_II ≥ 0 and a loop w_EI w_IE ≥ 0).</summary>
    public bool IsLds => WEE < 1.0;

    /// <summary>
    /// τ_I/τ_E at which the state where both fire loses its stability (Hopf): (1 + w_II)/(w_EE − 1); +∞ for w_EE ≤ 1, NaN if Δ ≤ 0.
    /// </summary>
    public double HopfRatio => Delta <= 0.0 ? double.NaN : WEE <= 1.0 ? double.PositiveInfinity : (1.0 + WII) / (WEE - 1.0);

    /// <summary>The network, neurons E and I.</summary>
    /// <param name="activation">Of both; ReLU if null.</param>
    /// <exception cref="ArgumentException">A weight below zero breaks Dale's law.</exception>
    public FiringRateNetwork Network(Activation? activation = null) =>
        new FiringRateNetwork(new[,] { { WEE, -WEI }, { WIE, -WII } }, [UE, UI], activation ?? Activation.Relu)
            .WithTimeConstants(TauE, TauI).WithLabels("E", "I").WithTypes(NeuronType.Excitatory, NeuronType.Inhibitory);
}
