using System.Collections.Immutable;
using System.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>The squid axon's membrane in the modern sign convention, with current and conductance scaled by its input conductance.</summary>
/// <remarks>
/// <code>
/// C V' = −g_Na m³ h (V − E_Na) − g_K n⁴ (V − E_K) − g_L (V − E_L) + G_in (u − s (V − V_us))
/// x' = α_x (1 − x) − β_x x        x = m, h, n
/// </code>
/// Units: mV, ms, mS/cm², µF/cm²; an injected current in µA/cm² is G_in u.
/// Source: Hodgkin, Huxley, J. Physiol. 117:500 (1952), voltages turned and moved so that rest is near −65 mV.
/// </remarks>
public sealed record HodgkinHuxley : IShuntableNeuron
{
    /// <summary>Capacitance C, µF/cm², above zero.</summary>
    public double C { get; init => field = Checked.Positive(value); } = 1.0;

    /// <summary>Sodium conductance, mS/cm², at least 0.</summary>
    public double GNa { get; init => field = Checked.NotNegative(value); } = 120.0;

    /// <summary>Potassium conductance, mS/cm², at least 0.</summary>
    public double GK { get; init => field = Checked.NotNegative(value); } = 36.0;

    /// <summary>Leak conductance, mS/cm², at least 0.</summary>
    public double GL { get; init => field = Checked.NotNegative(value); } = 0.3;

    /// <summary>Sodium reversal, mV.</summary>
    public double ENa { get; init => field = Checked.Finite(value); } = 50.0;

    /// <summary>Potassium reversal, mV.</summary>
    public double EK { get; init => field = Checked.Finite(value); } = -77.0;

    /// <summary>Leak reversal, mV.</summary>
    public double EL { get; init => field = Checked.Finite(value); } = -54.387;

    /// <summary>The static input conductance at rest by which u and s are scaled, mS/cm², above zero.</summary>
    public double GIn { get; init => field = Checked.Positive(value); } = 1.1669;

    /// <inheritdoc/>
    public double ReferenceVoltage { get; init => field = Checked.Finite(value); } = -65.0;

    /// <inheritdoc/>
    public string Name => "Hodgkin-Huxley";

    /// <inheritdoc/>
    public ImmutableArray<string> Variables { get; } = ["V", "m", "h", "n"];

    /// <inheritdoc/>
    public double LongestStep => 0.1;

    /// <inheritdoc/>
    public double InputGain => GIn / C;

    /// <inheritdoc/>
    public (double Low, double High) RestRange => (EK - 1.0, ENa);

    /// <inheritdoc/>
    public void Rhs(ReadOnlySpan<Vector<double>> state, Vector<double> u, Vector<double> s, Span<Vector<double>> slope)
    {
        Lanes.Check(state, slope, 4);
        Vector<double> v = state[0], m = state[1], h = state[2], n = state[3], n2 = n * n;
        var current = GIn * (u - s * (v - Vector.Create(ReferenceVoltage))) - GL * (v - Vector.Create(EL))
            - GNa * m * m * m * h * (v - Vector.Create(ENa)) - GK * n2 * n2 * (v - Vector.Create(EK));
        slope[0] = current * (1.0 / C);
        slope[1] = Velocity(m, Linear(v, 40.0, 10.0), 4.0 * Decay(v, 65.0, 18.0));
        slope[2] = Velocity(h, 0.07 * Decay(v, 65.0, 20.0), Vector<double>.One / (Vector<double>.One + Decay(v, 35.0, 10.0)));
        slope[3] = Velocity(n, 0.1 * Linear(v, 55.0, 10.0), 0.125 * Decay(v, 65.0, 80.0));
    }

    /// <inheritdoc/>
    public double[] Settled(double voltage)
    {
        // with every gate shut a derivative is α, with it open −β
        Span<Vector<double>> slope = stackalloc Vector<double>[4], state = stackalloc Vector<double>[4];
        state.Clear();
        state[0] = Vector.Create(voltage);
        Rhs(state, default, default, slope);
        Span<double> alpha = [slope[1][0], slope[2][0], slope[3][0]];
        state[1..].Fill(Vector<double>.One);
        Rhs(state, default, default, slope);
        return [voltage, Share(alpha[0], slope[1][0]), Share(alpha[1], slope[2][0]), Share(alpha[2], slope[3][0])];

        static double Share(double alpha, double minusBeta) => alpha / (alpha - minusBeta);
    }

    private static Vector<double> Velocity(Vector<double> x, Vector<double> alpha, Vector<double> beta) => alpha - (alpha + beta) * x;

    private static Vector<double> Decay(Vector<double> v, double offset, double width) =>
        Vector.Exp((v + Vector.Create(offset)) * (-1.0 / width));

    /// <summary>z / (1 − e⁻ᶻ) for z = (V + offset)/width; 1 + z/2 where the quotient loses its digits.</summary>
    private static Vector<double> Linear(Vector<double> v, double offset, double width)
    {
        var z = (v + Vector.Create(offset)) * (1.0 / width);
        var small = Vector.LessThan(Vector.Abs(z), Vector.Create(1e-5));
        return Vector.ConditionalSelect(small, Vector<double>.One + 0.5 * z, z / (Vector<double>.One - Vector.Exp(-z)));
    }
}
