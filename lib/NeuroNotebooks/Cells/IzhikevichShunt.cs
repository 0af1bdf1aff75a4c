using System.Collections.Immutable;
using System.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>Izhikevich's neuron under current and shunting conductance, both scaled by its slope at rest.</summary>
/// <remarks>
/// <code>
/// v' = 0.04 v² + 5 v + 140 − r + G (u − s (v − V_us))        r' = a (b v − r)
/// when v reaches 30 mV:  v ← c,  r ← r + d
/// </code>
/// v, c in mV; r, d in mV/ms; a, b, G in 1/ms; u in mV. G is the slope at rest, 0.8 per ms for a regular-spiking cell.
/// Source: Izhikevich, IEEE Trans. Neural Networks 14:1569 (2003); its recovery variable is called r here, since u is the current.
/// </remarks>
public sealed record IzhikevichShunt : IShuntableNeuron
{
    private const double PeakMillivolts = 30.0;

    /// <summary>Rate a of recovery, 1/ms, above zero.</summary>
    public double A { get; init => field = Checked.Positive(value); } = 0.02;

    /// <summary>Coupling b of recovery to v, 1/ms.</summary>
    public double B { get; init => field = Checked.Finite(value); } = 0.2;

    /// <summary>Voltage c after a spike, mV, below 30.</summary>
    public double Restart
    {
        get;
        init => field = value < PeakMillivolts ? Checked.Finite(value)
            : throw Checked.Refusal(nameof(Restart), value, "mV: expected a voltage below the peak of 30 mV");
    } = -65.0;

    /// <summary>Jump d of recovery at a spike, mV/ms.</summary>
    public double Jump { get; init => field = Checked.Finite(value); } = 8.0;

    /// <summary>The slope at rest G by which u and s are scaled, 1/ms, above zero.</summary>
    public double Gain { get; init => field = Checked.Positive(value); } = 0.8;

    /// <inheritdoc/>
    public double ReferenceVoltage { get; init => field = Checked.Finite(value); } = -65.0;

    /// <inheritdoc/>
    public string Name => "Izhikevich";

    /// <inheritdoc/>
    public ImmutableArray<string> Variables { get; } = ["v", "r"];

    /// <inheritdoc/>
    public double LongestStep => 0.5;

    /// <inheritdoc/>
    public double InputGain => Gain;

    /// <inheritdoc/>
    public (double Low, double High) RestRange => (-150.0, -62.5 + 12.5 * B);

    /// <inheritdoc/>
    public bool HasReset => true;

    /// <inheritdoc/>
    public void Rhs(ReadOnlySpan<Vector<double>> state, Vector<double> u, Vector<double> s, Span<Vector<double>> slope)
    {
        Lanes.Check(state, slope, 2);
        Vector<double> v = state[0], r = state[1];
        slope[0] = (0.04 * v + Vector.Create(5.0)) * v + Vector.Create(140.0) - r + Gain * (u - s * (v - Vector.Create(ReferenceVoltage)));
        slope[1] = A * (B * v - r);
    }

    /// <inheritdoc/>
    public double[] Settled(double voltage) => [voltage, B * voltage];

    /// <inheritdoc/>
    public void Reset(Span<Vector<double>> state)
    {
        Require.Length(2, state.Length, nameof(state), "variable");
        var spiked = Vector.GreaterThanOrEqual(state[0], Vector.Create(PeakMillivolts));
        state[0] = Vector.ConditionalSelect(spiked, Vector.Create(Restart), state[0]);
        state[1] = Vector.ConditionalSelect(spiked, state[1] + Vector.Create(Jump), state[1]);
    }
}
