using System.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>A gate with a threshold: how open it comes to rest, and how fast, are sigmoids of the voltage.</summary>
/// <remarks>
/// <code>
/// x∞ = σ((V − V_x) / k_x)        τ = τ⁻ + (τ⁺ − τ⁻) σ((V − V_τ) / k_τ)        σ(z) = 1 / (1 + e⁻ᶻ)
/// </code>
/// Source: reconstructed from the abstract of Chizhov et al., Biol. Cybern. 117:433 (2023), "threshold criteria".
/// </remarks>
public sealed record ThresholdGate
{
    private readonly bool switchesWithGate;

    /// <summary>A gate whose time constant switches at the gate's own threshold.</summary>
    /// <param name="threshold">V_x, mV.</param>
    /// <param name="slope">k_x, mV, not zero; below zero for a gate that closes when V rises.</param>
    /// <param name="above">τ⁺, the time constant above threshold, ms, above zero.</param>
    /// <param name="below">τ⁻, the time constant below threshold, ms, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ThresholdGate(double threshold, double slope, double above, double below)
        : this(threshold, slope, above, below, threshold, slope) { }

    /// <summary>A gate whose time constant switches at a threshold of its own.</summary>
    /// <param name="threshold">V_x, mV.</param>
    /// <param name="slope">k_x, mV, not zero; below zero for a gate that closes when V rises.</param>
    /// <param name="above">τ⁺, ms, above zero.</param>
    /// <param name="below">τ⁻, ms, above zero.</param>
    /// <param name="timeThreshold">V_τ, mV.</param>
    /// <param name="timeSlope">k_τ, mV, not zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ThresholdGate(double threshold, double slope, double above, double below, double timeThreshold, double timeSlope)
    {
        Require.Finite(threshold);
        RequireSlope(slope, nameof(slope));
        Require.Finite(timeThreshold);
        RequireSlope(timeSlope, nameof(timeSlope));
        (Threshold, Slope, TauAbove, TauBelow, TimeThreshold, TimeSlope) = (threshold, slope, above, below, timeThreshold, timeSlope);
        switchesWithGate = timeThreshold == threshold && timeSlope == slope;
    }

    /// <summary>V_x, mV.</summary>
    public double Threshold { get; }

    /// <summary>k_x, mV.</summary>
    public double Slope { get; }

    /// <summary>τ⁺, ms, above zero.</summary>
    public double TauAbove { get; init => field = Checked.Positive(value); }

    /// <summary>τ⁻, ms, above zero.</summary>
    public double TauBelow { get; init => field = Checked.Positive(value); }

    /// <summary>V_τ, mV.</summary>
    public double TimeThreshold { get; }

    /// <summary>k_τ, mV.</summary>
    public double TimeSlope { get; }

    /// <summary>x∞: how open the gate is after long at a voltage, from 0 to 1.</summary>
    /// <param name="voltage">V, mV.</param>
    public double Steady(double voltage) => Sigmoid((voltage - Threshold) / Slope);

    /// <summary>τ at a voltage, ms.</summary>
    /// <param name="voltage">V, mV.</param>
    public double TimeConstant(double voltage) => TauBelow + (TauAbove - TauBelow) * Sigmoid((voltage - TimeThreshold) / TimeSlope);

    /// <summary>The same gate with all its voltages moved.</summary>
    /// <param name="millivolts">By how much, mV, finite.</param>
    public ThresholdGate Shifted(double millivolts)
    {
        Require.Finite(millivolts);
        return new(Threshold + millivolts, Slope, TauAbove, TauBelow, TimeThreshold + millivolts, TimeSlope);
    }

    /// <summary>(x∞ − x)/τ, 1/ms, in every lane.</summary>
    /// <remarks>With one division, multiplied out in e = exp((V_x − V)/k_x): x∞ = 1/(1 + e), τ = (τ⁺ + τ⁻ e)/(1 + e).</remarks>
    internal Vector<double> Velocity(Vector<double> v, Vector<double> x)
    {
        var e = Vector.Exp((Vector.Create(Threshold) - v) * (1.0 / Slope));
        var distance = Vector<double>.One - x - x * e;
        if (switchesWithGate) return distance / (Vector.Create(TauAbove) + TauBelow * e);
        var d = Vector.Exp((Vector.Create(TimeThreshold) - v) * (1.0 / TimeSlope));
        return distance * (Vector<double>.One + d) / ((Vector<double>.One + e) * (Vector.Create(TauAbove) + TauBelow * d));
    }

    private static double Sigmoid(double z) => 1.0 / (1.0 + Math.Exp(-z));

    private static void RequireSlope(double slope, string name)
    {
        if (!double.IsFinite(slope) || slope == 0.0)
            throw new ArgumentOutOfRangeException(name, slope, $"{name} is {slope}: expected a finite number of mV other than zero.");
    }
}
