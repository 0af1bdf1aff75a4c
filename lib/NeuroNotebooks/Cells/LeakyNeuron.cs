namespace NeuroNotebooks.Cells;

/// <summary>The leaky integrate-and-fire neuron: a membrane that forgets, a threshold, a reset.</summary>
/// <remarks>
/// <code>
/// τ v' = E − v + I          when v reaches the threshold:  v ← reset, held there for the refractory time
/// </code>
/// I is the current times the membrane's resistance, mV. Between spikes the equation is solved exactly. Source: Lapicque (1907); Gerstner,
/// Kistler, Naud, Paninski, Neuronal Dynamics (2014), section 1.3.
/// </remarks>
/// <param name="TimeConstant">τ, ms, above zero.</param>
/// <param name="Rest">E, mV.</param>
/// <param name="Threshold">mV.</param>
/// <param name="Reset">mV, below the threshold.</param>
/// <param name="Refractory">ms, zero or above.</param>
public sealed record LeakyNeuron(double TimeConstant, double Rest, double Threshold, double Reset, double Refractory)
{
    /// <summary>A common choice: τ = 20 ms, rest and reset −70 mV, threshold −50 mV, 2 ms of refractoriness.</summary>
    public static LeakyNeuron Typical { get; } = new(20.0, -70.0, -50.0, -70.0, 2.0);

    /// <inheritdoc cref="LeakyNeuron(double, double, double, double, double)" path="/param[@name='TimeConstant']"/>
    public double TimeConstant { get; } = Require.InRange(TimeConstant, 1e-6, 1e9);

    /// <inheritdoc cref="LeakyNeuron(double, double, double, double, double)" path="/param[@name='Rest']"/>
    public double Rest { get; } = Require.InRange(Rest, -1e6, 1e6, nameof(Rest));

    /// <inheritdoc cref="LeakyNeuron(double, double, double, double, double)" path="/param[@name='Threshold']"/>
    public double Threshold { get; } = Require.InRange(Threshold, -1e6, 1e6, nameof(Threshold));

    /// <inheritdoc cref="LeakyNeuron(double, double, double, double, double)" path="/param[@name='Reset']"/>
    public double Reset { get; } = Reset < Threshold ? Require.InRange(Reset, -1e6, 1e6, nameof(Reset))
        : throw new ArgumentOutOfRangeException(nameof(Reset), Reset, $"Reset is {Reset} mV: expected less than the threshold of {Threshold} mV.");

    /// <inheritdoc cref="LeakyNeuron(double, double, double, double, double)" path="/param[@name='Refractory']"/>
    public double Refractory { get; } = Require.InRange(Refractory, 0.0, 1e6, nameof(Refractory));

    /// <summary>The least constant input that makes it spike, mV: threshold − rest.</summary>
    public double Rheobase => Threshold - Rest;

    /// <summary>The rate under a constant input, Hz: 1000 / (refractory + τ ln((E + I − reset)/(E + I − threshold))), zero up to the rheobase.</summary>
    /// <param name="input">I, mV.</param>
    public double Rate(double input)
    {
        Require.Finite(input);
        double target = Rest + input;
        return target <= Threshold ? 0.0 : 1000.0 / (Refractory + TimeConstant * Math.Log((target - Reset) / (target - Threshold)));
    }

    /// <summary>Follows the cell under a protocol of injected current; exact but for the grid of the spikes.</summary>
    /// <param name="protocol">I, mV.</param>
    /// <param name="duration">How long, ms.</param>
    /// <param name="step">The step, ms.</param>
    public VoltageTrace Simulate(CurrentProtocol protocol, double duration, double step)
    {
        Require.NotNull(protocol);
        int steps = VoltageTrace.Steps(duration, step);
        double v = Rest, decay = Math.Exp(-step / TimeConstant), wait = 0.0;
        var recorder = new VoltageTrace.Recorder(steps);
        for (int k = 0; k < steps; k++)
        {
            double target = Rest + protocol.At(k * step);
            if (wait > 0.5 * step) wait -= step;
            else v = target + (v - target) * decay;
            bool spiked = v >= Threshold;
            recorder.Add(k * step, v, 0.0, spiked);
            if (spiked) (v, wait) = (Reset, Refractory);
        }
        return recorder.Trace(duration);
    }
}
