namespace NeuroNotebooks.Games;

/// <summary>A lateral-inhibition microcircuit: K pairs, each I cell inhibits its own E cell by w_s and the others by w_x.</summary>
/// <remarks>
/// <code>
/// a = 1 − w_EE    d = 1 + w_II    β_s = w_IE w_s/d    β_x = w_IE w_x/d    C = (E₁ − E₂)/(E₁ + E₂)
/// K = 2:  E₁ ∓ E₂ = (u₁ ∓ u₂)/(a + β_s ∓ β_x)      C_out = min(1, G C_in)      G = (a + β_s + β_x)/(a + β_s − β_x)
/// </code>
/// It sharpens contrast G-fold and takes all from C_in = 1/G on; with β_x ≥ a + β_s it is multistable. Source: the motif of Betteti et al.,
/// arXiv:2512.05252; closed forms derived.
/// </remarks>
/// <param name="WEE">Self-excitation of E, ≥ 0, below 1.</param>
/// <param name="WII">Self-inhibition of I, ≥ 0.</param>
/// <param name="WIE">Excitation of each I by its E, ≥ 0.</param>
/// <param name="WS">w_s, inhibition of the own E, ≥ 0.</param>
/// <param name="WX">w_x, inhibition of every other E, ≥ 0.</param>
public sealed record CrossInhibition(double WEE, double WII, double WIE, double WS, double WX)
{
    /// <summary>"micro": w_EE = 0.2, w_II = 0, w_IE = 1, w_s = 0, w_x = 0.6; gain 7.</summary>
    public static CrossInhibition Micro { get; } = new(0.2, 0.0, 1.0, 0.0, 0.6);

    /// <summary>"WTA": micro with w_x = 1.2; multistable.</summary>
    public static CrossInhibition WinnerTakeAll { get; } = Micro with { WX = 1.2 };

    /// <summary>a = 1 − w_EE.</summary>
    public double A => 1.0 - WEE;

    /// <summary>d = 1 + w_II.</summary>
    public double D => 1.0 + WII;

    /// <summary>β_s = w_IE w_s/d, inhibition of an E cell by itself through its I.</summary>
    public double BetaS => WIE * WS / D;

    /// <summary>β_x = w_IE w_x/d, inhibition of an E cell by another.</summary>
    public double BetaX => WIE * WX / D;

    /// <summary>s = β_x/(a + β_s); several equilibria from 1 on.</summary>
    public double Rivalry => BetaX / (A + BetaS);

    /// <summary>The w_x at which several equilibria begin: (a + β_s) d/w_IE.</summary>
    public double CriticalWX => (A + BetaS) * D / WIE;

    /// <summary>a + β_s + β_x, the feed-forward weight that hands the sum of two rates on unchanged to a next layer.</summary>
    public double SumPreservingWeight => A + BetaS + BetaX;

    /// <summary>G, the contrast gain of two pairs.</summary>
    /// <exception cref="InvalidOperationException">w_x is at or above the critical value: there are several equilibria.</exception>
    public double Gain => BetaX < A + BetaS ? (A + BetaS + BetaX) / (A + BetaS - BetaX) : throw new InvalidOperationException(
        $"w_x = {WX:0.######} is at or above (a + β_s) d/w_IE = {CriticalWX:0.######}: several equilibria, no single contrast; "
        + "lower w_x or enumerate the rest states.");

    /// <summary>C_out = min(1, G C_in) for two pairs.</summary>
    /// <param name="contrastIn">C_in, 0 to 1.</param>
    /// <exception cref="InvalidOperationException">There are several equilibria.</exception>
    public double ContrastOut(double contrastIn)
    {
        Require.InRange(contrastIn, 0.0, 1.0);
        return Math.Min(1.0, Gain * contrastIn);
    }

    /// <summary>
    /// The slow eigenvalue: how fast the difference of two pairs settles where all cells fire, per τ (real part, where it is complex).
    /// </summary>
    public double SlowEigenvalue
    {
        get
        {
            double sum = A + D, discriminant = sum * sum - 4.0 * D * (A + BetaS - BetaX);
            return 0.5 * (-sum + Math.Sqrt(Math.Max(0.0, discriminant)));
        }
    }

    /// <summary>
    /// The largest rivalry s at which K pairs with w_s = 0 are Lyapunov diagonally stable: 1 for K ≤ 4, then 8 (K − 2)/K².
    /// </summary>
    public static double LdsLimit(int pairs)
    {
        Require.InRange(pairs, 2, int.MaxValue);
        return pairs <= 4 ? 1.0 : 8.0 * (pairs - 2.0) / ((double)pairs * pairs);
    }

    /// <summary>The ratios p_I/p_E that prove K pairs diagonally stable; null if none does.</summary>
    /// <remarks>
    /// The set of certificates is convex and keeps its place when pairs are swapped, so it holds one with equal weights for all E and for
    /// all I cells. With those the problem splits into one 2 × 2 matrix for the sum of all pairs and one for their differences.
    /// </remarks>
    /// <param name="pairs">K, at least 2.</param>
    public (double Low, double High)? LdsInterval(int pairs)
    {
        Require.InRange(pairs, 2, int.MaxValue);
        if (DiagonalStability.Lds2Interval(Mode(WS + (pairs - 1) * WX)) is not { } sum
            || DiagonalStability.Lds2Interval(Mode(WS - WX)) is not { } difference)
            return null;
        var (low, high) = (Math.Max(sum.Low, difference.Low), Math.Min(sum.High, difference.High));
        return low < high ? (low, high) : null;
    }

    /// <summary>Whether I − W of K ≥ 2 pairs with w_s = 0 is a P-matrix: exactly if s &lt; 1.</summary>
    public bool IsPMatrix => WS == 0.0 ? Rivalry < 1.0 : throw new InvalidOperationException(
        $"w_s = {WS:0.######}: the closed form needs w_s = 0; use MatrixClasses.IsPMatrix.");

    /// <summary>The circuit whose w_x gives two pairs this gain.</summary>
    /// <param name="gain">G, at least 1.</param>
    public CrossInhibition WithGain(double gain)
    {
        Require.Finite(gain);
        Require.InRange(gain, 1.0, double.MaxValue);
        return this with { WX = CriticalWX * (gain - 1.0) / (gain + 1.0) };
    }

    /// <summary>How many layers turn a contrast into a discrete winner: ⌈ln(1/C)/ln G⌉.</summary>
    /// <param name="contrast">C, above 0 and at most 1.</param>
    public int LayersToWinner(double contrast)
    {
        Require.InRange(contrast, double.Epsilon, 1.0);
        // a contrast that is a power of 1/G in exact numbers must not cost one layer more by rounding
        return (int)Math.Max(0.0, Math.Ceiling(Math.Log(1.0 / contrast) / Math.Log(Gain) - 1e-12));
    }

    /// <summary>The network, neurons E₁ … E_K, I₁ … I_K, τ = 1.</summary>
    /// <param name="drive">Drives of the E cells, K ≥ 2, a.u.; I cells have none.</param>
    /// <param name="activation">Of all cells; ReLU if null.</param>
    public FiringRateNetwork Network(ReadOnlySpan<double> drive, Activation? activation = null)
    {
        int pairs = drive.Length;
        if (pairs < 2) throw new ArgumentException($"drive has {pairs} entries: expected at least 2, one per pair.", nameof(drive));
        Require.Finite(drive);
        var w = new double[2 * pairs, 2 * pairs];
        for (int k = 0; k < pairs; k++)
        {
            w[k, k] = WEE;
            w[pairs + k, k] = WIE;
            w[pairs + k, pairs + k] = -WII;
            for (int l = 0; l < pairs; l++) w[k, pairs + l] = k == l ? -WS : -WX;
        }
        return new FiringRateNetwork(w, [.. drive, .. new double[pairs]], activation ?? Activation.Relu)
            .WithLabels(Circuits.Names(pairs, pairs)).WithTypes(Circuits.Types(pairs, pairs));
    }

    /// <summary>The weights.</summary>
    public override string ToString() => $"w_EE = {WEE:g6}, w_II = {WII:g6}, w_IE = {WIE:g6}, w_s = {WS:g6}, w_x = {WX:g6}";

    private double[,] Mode(double inhibition) => new[,] { { -A, -inhibition }, { WIE, -D } };
}
