using System.Collections.Immutable;

namespace NeuroNotebooks.Games;

/// <summary>K excitatory cells that share one inhibitory cell: a winner-take-all of any precision that stays diagonally stable.</summary>
/// <remarks>
/// <code>
/// a = 1 − w_EE    d = 1 + w_II    κ = w_EI w_IE/(a d)
/// E_k = max(0, u_k − θ)/a,     θ = κ Σ_j max(0, u_j − θ) = κ Σ_{j ≤ m} u_(j)/(1 + m κ) with m winners, u_(1) ≥ u_(2) ≥ …
/// </code>
/// One winner exactly if u_(2)/u_(1) ≤ κ/(1 + κ). Source: the motif of Betteti et al., arXiv:2512.05252; closed forms derived.
/// </remarks>
/// <param name="WEE">Self-excitation of E, ≥ 0, below 1.</param>
/// <param name="WII">Self-inhibition of I, ≥ 0.</param>
/// <param name="WIE">Excitation of I by every E, ≥ 0.</param>
/// <param name="WEI">Inhibition of every E by I, ≥ 0.</param>
public sealed record PooledInhibition(double WEE, double WII, double WIE, double WEI)
{
    /// <summary>"pool": w = (0.5, 1, 1, 2), κ = 2.</summary>
    public static PooledInhibition Pool { get; } = new(0.5, 1.0, 1.0, 2.0);

    /// <summary>The five drives that go with <see cref="Pool"/>: 1, 0.95, 0.9, 0.7, 0.3.</summary>
    public static ImmutableArray<double> PoolDrive { get; } = [1.0, 0.95, 0.9, 0.7, 0.3];

    /// <summary>a = 1 − w_EE.</summary>
    public double A => 1.0 - WEE;

    /// <summary>d = 1 + w_II.</summary>
    public double D => 1.0 + WII;

    /// <summary>κ = w_EI w_IE/(a d), the strength of the pool.</summary>
    public double Kappa => WEI * WIE / (A * D);

    /// <summary>1 + 2 κ, the contrast gain of two cells.</summary>
    public double GainOfTwo => 1.0 + 2.0 * Kappa;

    /// <summary>κ/(1 + κ): the runner-up is silent if its drive is at most this share of the winner's.</summary>
    public double SingleWinnerRatio => Kappa / (1.0 + Kappa);

    /// <summary>The smallest relative margin 1 − u_(2)/u_(1) that is resolved to one winner: 1/(1 + κ).</summary>
    public double SmallestMargin => 1.0 / (1.0 + Kappa);

    /// <summary>The κ from which a relative margin δ is resolved to one winner: 1/δ − 1.</summary>
    /// <param name="margin">δ = 1 − u_(2)/u_(1), above 0 and at most 1.</param>
    public static double KappaForMargin(double margin)
    {
        Require.InRange(margin, double.Epsilon, 1.0);
        return 1.0 / margin - 1.0;
    }

    /// <summary>The pool with another κ, by way of w_EI.</summary>
    public PooledInhibition WithKappa(double kappa)
    {
        Require.NotNegative(kappa);
        Require.Positive(WIE);
        return this with { WEI = kappa * A * D / WIE };
    }

    /// <summary>θ, the common threshold that the pool settles at, a.u.</summary>
    /// <param name="drive">Drives of the E cells, ≥ 0, a.u.</param>
    /// <exception cref="ArgumentException">A drive is below zero: the formula is for drives ≥ 0.</exception>
    public double Threshold(params ReadOnlySpan<double> drive)
    {
        for (int k = 0; k < drive.Length; k++)
            if (!(drive[k] >= 0.0) || double.IsInfinity(drive[k]))
                throw new ArgumentException(
                    $"drive[{k}] is {drive[k]}: the pool's closed form holds for finite drives ≥ 0; solve the network for others.",
                    nameof(drive));

        double[] falling = [.. drive];
        Array.Sort(falling);
        double sum = 0.0, threshold = 0.0;
        for (int m = 1; m <= falling.Length && falling[^m] > threshold; m++)
        {
            sum += falling[^m];
            threshold = Kappa * sum / (1.0 + m * Kappa);
        }
        return threshold;
    }

    /// <summary>E₁ … E_K and I at the rest state, a.u.</summary>
    /// <param name="drive">Drives of the E cells, ≥ 0, a.u.</param>
    /// <exception cref="ArgumentException">A drive is below zero.</exception>
    public double[] Rates(params ReadOnlySpan<double> drive)
    {
        double threshold = Threshold(drive);
        var rates = new double[drive.Length + 1];
        for (int k = 0; k < drive.Length; k++) rates[k] = Math.Max(0.0, drive[k] - threshold) / A;
        rates[^1] = WIE / D * rates.Sum();
        return rates;
    }

    /// <summary>The network, neurons E₁ … E_K, I, τ = 1.</summary>
    /// <param name="drive">Drives of the E cells, K ≥ 1, a.u.; the I cell has none.</param>
    /// <param name="activation">Of all cells; ReLU if null.</param>
    public FiringRateNetwork Network(ReadOnlySpan<double> drive, Activation? activation = null)
    {
        int cells = drive.Length;
        if (cells == 0) throw new ArgumentException("drive has no entries: expected at least 1, one per E cell.", nameof(drive));
        Require.Finite(drive);
        var w = new double[cells + 1, cells + 1];
        for (int k = 0; k < cells; k++)
        {
            w[k, k] = WEE;
            w[k, cells] = -WEI;
            w[cells, k] = WIE;
        }
        w[cells, cells] = -WII;
        return new FiringRateNetwork(w, [.. drive, 0.0], activation ?? Activation.Relu)
            .WithLabels(Circuits.Names(cells, 1)).WithTypes(Circuits.Types(cells, 1));
    }
}
