namespace NeuroNotebooks.Cells;

/// <summary>The adaptive exponential integrate-and-fire neuron: a leak, an exponential upstroke, and a current that adapts.</summary>
/// <remarks>
/// <code>
/// C v' = −g (v − E) + g Δ exp((v − T)/Δ) − w + I          τ w' = a (v − E) − w
/// when v reaches T + 5 Δ:  v ← reset,  w ← w + b
/// </code>
/// Units: mV, ms, pF, nS, pA. Source: Brette and Gerstner, J. Neurophysiol. 94:3637 (2005); rest points and their loss: Touboul and Brette,
/// Biol. Cybern. 99:319 (2008).
/// </remarks>
/// <param name="Capacitance">C, pF, above zero.</param>
/// <param name="Leak">g, nS, above zero.</param>
/// <param name="Rest">E, mV.</param>
/// <param name="Threshold">T, mV.</param>
/// <param name="Slope">Δ, mV, above zero.</param>
/// <param name="Subthreshold">a, nS, above −g.</param>
/// <param name="TimeConstant">τ of the adaptation, ms, above zero.</param>
/// <param name="Jump">b, pA.</param>
/// <param name="Reset">mV.</param>
public sealed record AdaptiveExponentialNeuron(
    double Capacitance, double Leak, double Rest, double Threshold, double Slope, double Subthreshold, double TimeConstant, double Jump, double Reset)
{
    /// <summary>The regular spiking cell of Brette and Gerstner (2005).</summary>
    public static AdaptiveExponentialNeuron RegularSpiking { get; } = new(281.0, 30.0, -70.6, -50.4, 2.0, 4.0, 144.0, 80.5, -70.6);

    /// <inheritdoc cref="AdaptiveExponentialNeuron(double, double, double, double, double, double, double, double, double)" path="/param[@name='Capacitance']"/>
    public double Capacitance { get; } = Require.InRange(Capacitance, 1e-6, 1e9, nameof(Capacitance));

    /// <inheritdoc cref="AdaptiveExponentialNeuron(double, double, double, double, double, double, double, double, double)" path="/param[@name='Leak']"/>
    public double Leak { get; } = Require.InRange(Leak, 1e-6, 1e9, nameof(Leak));

    /// <inheritdoc cref="AdaptiveExponentialNeuron(double, double, double, double, double, double, double, double, double)" path="/param[@name='Rest']"/>
    public double Rest { get; } = Require.InRange(Rest, -1e6, 1e6, nameof(Rest));

    /// <inheritdoc cref="AdaptiveExponentialNeuron(double, double, double, double, double, double, double, double, double)" path="/param[@name='Threshold']"/>
    public double Threshold { get; } = Require.InRange(Threshold, -1e6, 1e6, nameof(Threshold));

    /// <inheritdoc cref="AdaptiveExponentialNeuron(double, double, double, double, double, double, double, double, double)" path="/param[@name='Slope']"/>
    public double Slope { get; } = Require.InRange(Slope, 1e-3, 1e3, nameof(Slope));

    /// <inheritdoc cref="AdaptiveExponentialNeuron(double, double, double, double, double, double, double, double, double)" path="/param[@name='Subthreshold']"/>
    public double Subthreshold { get; } = Subthreshold > -Leak ? Require.InRange(Subthreshold, -1e9, 1e9, nameof(Subthreshold))
        : throw new ArgumentOutOfRangeException(nameof(Subthreshold), Subthreshold, $"Subthreshold is {Subthreshold} nS: expected more than −Leak, {-Leak} nS.");

    /// <inheritdoc cref="AdaptiveExponentialNeuron(double, double, double, double, double, double, double, double, double)" path="/param[@name='TimeConstant']"/>
    public double TimeConstant { get; } = Require.InRange(TimeConstant, 1e-6, 1e9, nameof(TimeConstant));

    /// <inheritdoc cref="AdaptiveExponentialNeuron(double, double, double, double, double, double, double, double, double)" path="/param[@name='Jump']"/>
    public double Jump { get; } = Require.InRange(Jump, -1e9, 1e9, nameof(Jump));

    /// <inheritdoc cref="AdaptiveExponentialNeuron(double, double, double, double, double, double, double, double, double)" path="/param[@name='Reset']"/>
    public double Reset { get; } = Reset < Threshold + 5.0 * Slope ? Require.InRange(Reset, -1e6, 1e6, nameof(Reset))
        : throw new ArgumentOutOfRangeException(nameof(Reset), Reset, $"Reset is {Reset} mV: expected less than the peak.");

    /// <summary>The voltage that makes a spike, mV: T + 5 Δ.</summary>
    public double Peak => Threshold + 5.0 * Slope;

    /// <summary>The current at which rest and threshold vanish in a fold, pA: (g + a)(T − E − Δ + Δ ln(1 + a/g)).</summary>
    public double FoldCurrent => (Leak + Subthreshold) * (Threshold - Rest - Slope + Slope * Math.Log(1.0 + Subthreshold / Leak));

    /// <summary>The current at which rest begins to ring for ever, pA; null if it reaches the fold first, which is so for a τ ≤ C.</summary>
    public double? HopfCurrent
    {
        get
        {
            double ratio = Capacitance / (Leak * TimeConstant);
            return Subthreshold / Leak > ratio
                ? (Leak + Subthreshold) * (Threshold - Rest - Slope + Slope * Math.Log(1.0 + ratio)) + Slope * Leak * (Subthreshold / Leak - ratio)
                : null;
        }
    }

    /// <summary>The least current at which rest is lost, pA.</summary>
    public double Rheobase => HopfCurrent ?? FoldCurrent;

    /// <summary>The rate of change between spikes.</summary>
    /// <param name="v">Voltage, mV.</param>
    /// <param name="w">Adaptation, pA.</param>
    /// <param name="current">I, pA.</param>
    /// <returns>v' in mV/ms, w' in pA/ms.</returns>
    public (double V, double W) Derivative(double v, double w, double current) => (
        (Leak * (Rest - v) + Leak * Slope * Math.Exp((v - Threshold) / Slope) - w + current) / Capacitance,
        (Subthreshold * (v - Rest) - w) / TimeConstant);

    /// <summary>Follows the cell from rest under a protocol of injected current, with Euler steps in double precision.</summary>
    /// <param name="protocol">I, pA.</param>
    /// <param name="duration">How long, ms.</param>
    /// <param name="step">The step, ms; 0.01 to 0.1 serve.</param>
    /// <exception cref="UnstableIntegrationException">The voltage fell below −1000 mV or is no number.</exception>
    public VoltageTrace Simulate(CurrentProtocol protocol, double duration, double step)
    {
        Require.NotNull(protocol);
        int steps = VoltageTrace.Steps(duration, step);
        var recorder = new VoltageTrace.Recorder(steps);
        double v = Rest, w = 0.0;
        for (int k = 0; k < steps; k++)
        {
            var (dv, dw) = Derivative(v, w, protocol.At(k * step));
            v += step * dv;
            w += step * dw;
            bool spiked = v >= Peak;
            if (!spiked) UnstableIntegrationException.ThrowUnlessWithin(v, -1e3, Peak, "v", k * step, step);
            double shown = Math.Min(v, Peak);
            if (spiked) (v, w) = (Reset, w + Jump);
            recorder.Add(k * step, shown, w, spiked);
        }
        return recorder.Trace(duration);
    }
}
