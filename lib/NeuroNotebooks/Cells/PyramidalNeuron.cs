using System.Collections.Immutable;
using System.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>A regular-spiking pyramidal neuron of one compartment with threshold-like gates, in five variables.</summary>
/// <remarks>
/// <code>
/// τ V' = −g_L (V − V_L) − g_Na m h (V − V_Na) − g_K n (V − V_K) − g_S w (V − V_S) + u − s (V − V_us)
/// x' = (x∞(V) − x) / τ_x(V)        x = m, h, n, w
/// </code>
/// m, h: activation and slow availability of sodium; n: fast repolarising potassium; w: slow potassium that reverses near rest, a shunt.
/// Conductances are scaled by the input conductance at rest: dimensionless; V in mV, time in ms.
/// Source: a reconstruction. The structure follows the abstract of Chizhov, Amakhin, Sagtekin, Desroches, Biol. Cybern. 117:433 (2023);
/// the numbers were tuned until the abstract's statements held, and are not the authors'.
/// </remarks>
public sealed record PyramidalNeuron : IShuntableNeuron
{
    /// <summary>The membrane's time constant τ, ms, above zero.</summary>
    public double Tau { get; init => field = Checked.Positive(value); } = 14.0;

    /// <summary>Leak conductance g_L, at least 0.</summary>
    public double GL { get; init => field = Checked.NotNegative(value); } = 0.99;

    /// <summary>Leak reversal V_L, mV.</summary>
    public double VL { get; init => field = Checked.Finite(value); } = -65.0;

    /// <summary>Sodium conductance g_Na, at least 0.</summary>
    public double GNa { get; init => field = Checked.NotNegative(value); } = 68.0;

    /// <summary>Sodium reversal V_Na, mV.</summary>
    public double VNa { get; init => field = Checked.Finite(value); } = 60.0;

    /// <summary>Fast potassium conductance g_K, at least 0.</summary>
    public double GK { get; init => field = Checked.NotNegative(value); } = 16.5;

    /// <summary>Fast potassium reversal V_K, mV.</summary>
    public double VK { get; init => field = Checked.Finite(value); } = -80.0;

    /// <summary>Slow shunting potassium conductance g_S, at least 0.</summary>
    public double GS { get; init => field = Checked.NotNegative(value); } = 10.0;

    /// <summary>Reversal V_S of the shunting current, mV.</summary>
    public double VS { get; init => field = Checked.Finite(value); } = -63.0;

    /// <summary>Sodium activation m: fast to open, slower to close.</summary>
    public ThresholdGate M { get; init => field = Checked.NotNull(value); } = new(-24.0, 3.5, above: 0.06, below: 1.4);

    /// <summary>Sodium availability h: 1 at rest, slow to recover.</summary>
    public ThresholdGate H { get; init => field = Checked.NotNull(value); } =
        new(-41.0, -2.5, above: 6.0, below: 130.0, timeThreshold: -50.0, timeSlope: 2.6);

    /// <summary>Fast potassium activation n.</summary>
    public ThresholdGate N { get; init => field = Checked.NotNull(value); } = new(-9.5, 7.5, above: 0.9, below: 1.7);

    /// <summary>Slow potassium activation w.</summary>
    public ThresholdGate W { get; init => field = Checked.NotNull(value); } = new(-9.0, 6.5, above: 9.5, below: 26.0);

    /// <inheritdoc/>
    public double ReferenceVoltage { get; init => field = Checked.Finite(value); } = -65.0;

    /// <inheritdoc/>
    public string Name => "pyramidal cell (5-D)";

    /// <inheritdoc/>
    public ImmutableArray<string> Variables { get; } = ["V", "m", "h", "n", "w"];

    /// <summary>The shortest time constant of sodium activation, ms.</summary>
    public double LongestStep => Math.Min(M.TauAbove, M.TauBelow);

    /// <inheritdoc/>
    public double InputGain => 1.0 / Tau;

    /// <inheritdoc/>
    public (double Low, double High) RestRange => (Lowest - 1.0, VNa);

    private double Lowest => Math.Min(Math.Min(VL, VK), Math.Min(VS, VNa - 1.0));

    /// <inheritdoc/>
    public void Rhs(ReadOnlySpan<Vector<double>> state, Vector<double> u, Vector<double> s, Span<Vector<double>> slope)
    {
        Lanes.Check(state, slope, 5);
        Vector<double> v = state[0], m = state[1], h = state[2], n = state[3], w = state[4];

        var current = u - s * (v - Vector.Create(ReferenceVoltage)) - GL * (v - Vector.Create(VL))
            - GNa * m * h * (v - Vector.Create(VNa)) - GK * n * (v - Vector.Create(VK)) - GS * w * (v - Vector.Create(VS));
        slope[0] = current * InputGain;
        slope[1] = M.Velocity(v, m);
        slope[2] = H.Velocity(v, h);
        slope[3] = N.Velocity(v, n);
        slope[4] = W.Velocity(v, w);
    }

    /// <inheritdoc/>
    public double[] Settled(double voltage) => [voltage, M.Steady(voltage), H.Steady(voltage), N.Steady(voltage), W.Steady(voltage)];

    /// <summary>The same neuron with every voltage moved: reversals, thresholds and the reference of the shunt.</summary>
    /// <param name="millivolts">By how much, mV, finite.</param>
    public PyramidalNeuron Shifted(double millivolts)
    {
        Require.Finite(millivolts);
        return this with
        {
            VL = VL + millivolts, VNa = VNa + millivolts, VK = VK + millivolts, VS = VS + millivolts,
            ReferenceVoltage = ReferenceVoltage + millivolts,
            M = M.Shifted(millivolts), H = H.Shifted(millivolts), N = N.Shifted(millivolts), W = W.Shifted(millivolts),
        };
    }
}
