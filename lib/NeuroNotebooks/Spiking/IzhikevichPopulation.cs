using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NeuroNotebooks.Cells;

namespace NeuroNotebooks.Spiking;

/// <summary>Izhikevich cells, each with parameters of its own; the input is the current I, mV/ms.</summary>
/// <remarks>Equations: <see cref="IzhikevichNeuron"/>; eight cells at a time, in single precision, without fused operations.</remarks>
public sealed class IzhikevichPopulation : SpikingPopulation
{
    private const float Lowest = -200f, Highest = 1e6f, Peak = (float)IzhikevichNeuron.Peak;

    private readonly float[] a, b, c, d;

    /// <summary>Cells with the parameters given, v at the start and u = b v.</summary>
    /// <param name="a">Rates of recovery, one per cell, 1/ms.</param>
    /// <param name="b">Sensitivities of the recovery, one per cell, 1/ms.</param>
    /// <param name="c">Reset voltages, one per cell, mV.</param>
    /// <param name="d">What a spike adds to u, one per cell, mV/ms.</param>
    /// <param name="scheme">How a step is made.</param>
    /// <param name="startV">Voltage at the start, mV.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not finite.</exception>
    public IzhikevichPopulation(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, IzhikevichScheme scheme, double startV = -65.0)
        : base(a.Length)
    {
        Require.NotNull(scheme);
        Require.Length(a.Length, b.Length, nameof(b), "cell");
        Require.Length(a.Length, c.Length, nameof(c), "cell");
        Require.Length(a.Length, d.Length, nameof(d), "cell");
        RequireFinite(a, nameof(a));
        RequireFinite(b, nameof(b));
        RequireFinite(c, nameof(c));
        RequireFinite(d, nameof(d));
        Require.InRange(startV, Lowest, IzhikevichNeuron.Peak);
        (Scheme, this.a, this.b, this.c, this.d) = (scheme, PerCell(a), PerCell(b), PerCell(c), PerCell(d));
        V.AsSpan().Fill((float)startV);
        for (int i = 0; i < W.Length; i++) W[i] = this.b[i] * V[i];
        V.CopyTo(Seen, 0);
    }

    /// <summary>The same from a list of cells.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="scheme">How a step is made.</param>
    /// <param name="startV">Voltage at the start, mV.</param>
    public IzhikevichPopulation(IReadOnlyList<IzhikevichNeuron> cells, IzhikevichScheme scheme, double startV = -65.0)
        : this(Each(cells, x => x.A), Each(cells, x => x.B), Each(cells, x => x.C), Each(cells, x => x.D), scheme, startV) { }

    private IzhikevichPopulation(IzhikevichPopulation other) : base(other) =>
        (Scheme, a, b, c, d) = (other.Scheme, other.a, other.b, other.c, other.d);

    /// <summary>How a step is made.</summary>
    public IzhikevichScheme Scheme { get; }

    /// <summary>The parameters of one cell, in single precision.</summary>
    /// <param name="index">Which.</param>
    public IzhikevichNeuron Cell(int index)
    {
        Require.InRange(index, 0, Count - 1);
        return new IzhikevichNeuron(a[index], b[index], c[index], d[index]);
    }

    internal override SpikingPopulation Copy() => new IzhikevichPopulation(this);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int Advance(int first, int end, ReadOnlySpan<float> input, float step, Span<int> fired)
    {
        float h = step / Scheme.Divisions, part = h / Scheme.VoltageParts;
        bool follows = Scheme.RecoveryFollows;
        int substeps = Scheme.Divisions, parts = Scheme.VoltageParts, count = 0;
        var peak = Vector256.Create(Peak);
        int outside = -1;
        for (int i = first; i < end; i += Lanes)
        {
            Vector256<float> v = Load(V, i), u = Load(W, i), current = Vector256.Create(input[i..]), seen = v;
            var spiked = Vector256<float>.Zero;
            for (int s = 0; s < substeps; s++)
            {
                var old = v;
                for (int p = 0; p < parts; p++)
                    v += part * ((v * (float)IzhikevichNeuron.Quadratic + Vector256.Create((float)IzhikevichNeuron.Linear)) * v
                        + Vector256.Create((float)IzhikevichNeuron.Offset) - u + current);
                u += h * (Load(a, i) * (Load(b, i) * (follows ? v : old) - u));
                seen = Vector256.ConditionalSelect(spiked, seen, v);
                var now = Vector256.GreaterThanOrEqual(v, peak);
                spiked |= now;
                v = Vector256.ConditionalSelect(now, Load(c, i), v);
                u += now & Load(d, i);
            }
            v.CopyTo(V, i);
            u.CopyTo(W, i);
            Vector256.ConditionalSelect(Vector256.GreaterThan(seen, peak), peak, seen).CopyTo(Seen, i);
            var inside = Vector256.GreaterThan(seen, Vector256.Create(Lowest)) & Vector256.LessThan(seen, Vector256.Create(Highest));
            if (inside.ExtractMostSignificantBits() != AllLanes && outside < 0) outside = Outside(i, seen, inside);
            for (uint who = spiked.ExtractMostSignificantBits(); who != 0; who &= who - 1) fired[count++] = i + BitOperations.TrailingZeroCount(who);
        }
        if (outside >= 0 && outside < end) return ~outside;
        while (count > 0 && fired[count - 1] >= end) count--;
        return count;
    }

    private static Vector256<float> Load(float[] values, int index) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)index);

    private static float[] Each(IReadOnlyList<IzhikevichNeuron> cells, Func<IzhikevichNeuron, double> parameter) =>
        [.. Require.Each(cells).Select(cell => (float)parameter(cell))];
}
