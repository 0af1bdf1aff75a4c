namespace NeuroNotebooks.Cells;

/// <summary>A spiking neuron in two variables: a quadratic membrane and one slow recovery current.</summary>
/// <remarks>
/// <code>
/// v' = 0.04 v² + 5 v + 140 − u + I          u' = a (b v − u)
/// when v reaches 30 mV:  v ← c,  u ← u + d
/// </code>
/// Units: time ms; v, c mV; u, d, I mV/ms; a, b 1/ms.
/// Source: Izhikevich, IEEE Trans. Neural Networks 14:1569 (2003), eqs 1 and 2; presets from its Figure 2.
/// </remarks>
/// <param name="A">Rate of recovery, 1/ms.</param>
/// <param name="B">Sensitivity of the recovery to v, 1/ms.</param>
/// <param name="C">Reset voltage, mV.</param>
/// <param name="D">What a spike adds to u, mV/ms.</param>
public sealed partial record IzhikevichNeuron(double A, double B, double C, double D)
{
    /// <summary>The voltage that makes a spike, mV.</summary>
    public const double Peak = 30.0;

    /// <summary>Coefficients of the membrane: 1/(mV ms), 1/ms, mV/ms.</summary>
    internal const double Quadratic = 0.04, Linear = 5.0, Offset = 140.0;

    /// <summary>Regular spiking: the commonest cell of cortex, which tires.</summary>
    public static IzhikevichNeuron RegularSpiking { get; } = new(0.02, 0.20, -65.0, 8.0);

    /// <summary>Intrinsically bursting: a burst, then single spikes.</summary>
    public static IzhikevichNeuron IntrinsicallyBursting { get; } = new(0.02, 0.20, -55.0, 4.0);

    /// <summary>Chattering: burst after burst.</summary>
    public static IzhikevichNeuron Chattering { get; } = new(0.02, 0.20, -50.0, 2.0);

    /// <summary>Fast spiking: an interneuron that hardly tires.</summary>
    public static IzhikevichNeuron FastSpiking { get; } = new(0.10, 0.20, -65.0, 2.0);

    /// <summary>Thalamo-cortical: tonic from rest, a burst when released from hyperpolarisation.</summary>
    public static IzhikevichNeuron ThalamoCortical { get; } = new(0.02, 0.25, -65.0, 0.05);

    /// <summary>Resonator: rings below threshold.</summary>
    public static IzhikevichNeuron Resonator { get; } = new(0.10, 0.26, -65.0, 2.0);

    /// <summary>Low-threshold spiking: an interneuron that fires early and tires.</summary>
    public static IzhikevichNeuron LowThresholdSpiking { get; } = new(0.02, 0.25, -65.0, 2.0);

    /// <inheritdoc cref="IzhikevichNeuron(double, double, double, double)" path="/param[@name='A']"/>
    public double A { get; init => field = Require.Finite(value, nameof(A)); } = Require.Finite(A, nameof(A));

    /// <inheritdoc cref="IzhikevichNeuron(double, double, double, double)" path="/param[@name='B']"/>
    public double B { get; init => field = Require.Finite(value, nameof(B)); } = Require.Finite(B, nameof(B));

    /// <inheritdoc cref="IzhikevichNeuron(double, double, double, double)" path="/param[@name='C']"/>
    public double C { get; init => field = Require.Finite(value, nameof(C)); } = Require.Finite(C, nameof(C));

    /// <inheritdoc cref="IzhikevichNeuron(double, double, double, double)" path="/param[@name='D']"/>
    public double D { get; init => field = Require.Finite(value, nameof(D)); } = Require.Finite(D, nameof(D));

    /// <summary>The rate of change between spikes, eq. 1.</summary>
    /// <param name="v">Voltage, mV.</param>
    /// <param name="u">Recovery, mV/ms.</param>
    /// <param name="current">Input I, mV/ms.</param>
    /// <returns>v' in mV/ms, u' in mV/ms².</returns>
    public (double V, double U) Derivative(double v, double u, double current) =>
        ((Quadratic * v + Linear) * v + Offset - u + current, A * (B * v - u));

    /// <summary>Follows a cell under a protocol of injected current, in double precision.</summary>
    /// <param name="protocol">The current.</param>
    /// <param name="duration">How long, ms.</param>
    /// <param name="step">The step, ms.</param>
    /// <param name="scheme">How a step is made.</param>
    /// <param name="startV">Voltage at the start, mV.</param>
    /// <param name="startU">Recovery at the start, mV/ms; b v unless given.</param>
    /// <exception cref="UnstableIntegrationException">The voltage left the range from −200 mV to 10⁶ mV.</exception>
    /// <remarks>A step is known by the time it begins at: the current is that of this time, and a spike bears it.</remarks>
    public VoltageTrace Simulate(
        CurrentProtocol protocol, double duration, double step, IzhikevichScheme scheme, double startV = -65.0, double? startU = null)
    {
        Require.NotNull(protocol);
        Require.NotNull(scheme);
        Require.Finite(startV);
        Require.Finite(startU ?? 0.0, nameof(startU));
        int steps = VoltageTrace.Steps(duration, step);
        var recorder = new VoltageTrace.Recorder(steps);
        double v = startV, u = startU ?? B * startV;
        for (int k = 0; k < steps; k++)
        {
            double time = k * step;
            bool spiked = Advance(ref v, ref u, protocol.At(time), step, scheme, out double shown);
            UnstableIntegrationException.ThrowUnlessWithin(shown, -200.0, 1e6, "v", time, step);
            recorder.Add(time, shown, u, spiked);
        }
        return recorder.Trace(duration);
    }

    /// <summary>One step; <paramref name="shown"/> is the voltage before a reset.</summary>
    private bool Advance(ref double v, ref double u, double current, double step, IzhikevichScheme scheme, out double shown)
    {
        double h = step / scheme.Divisions, part = h / scheme.VoltageParts;
        bool spiked = false;
        shown = v;
        for (int s = 0; s < scheme.Divisions; s++)
        {
            double old = v;
            for (int p = 0; p < scheme.VoltageParts; p++) v += part * ((Quadratic * v + Linear) * v + Offset - u + current);
            u += h * A * (B * (scheme.RecoveryFollows ? v : old) - u);
            if (!spiked) shown = v;
            if (!(v >= Peak)) continue;
            spiked = true;
            v = C;
            u += D;
        }
        return spiked;
    }
}
