using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NeuroNotebooks.Cells;

namespace NeuroNotebooks.Spiking;

/// <summary>Adaptive exponential integrate-and-fire cells that share their parameters; the input is I, pA, held during the step.</summary>
/// <remarks>Equations: <see cref="AdaptiveExponentialNeuron"/>, Euler steps in single precision.</remarks>
public sealed class AdaptiveExponentialPopulation : SpikingPopulation
{
    private const float Lowest = -1e3f;

    /// <summary>Cells at rest.</summary>
    /// <param name="cell">Their parameters.</param>
    /// <param name="count">How many, at least 1.</param>
    public AdaptiveExponentialPopulation(AdaptiveExponentialNeuron cell, int count) : base(count)
    {
        Require.NotNull(cell);
        Cell = cell;
        V.AsSpan().Fill((float)cell.Rest);
        V.CopyTo(Seen, 0);
    }

    private AdaptiveExponentialPopulation(AdaptiveExponentialPopulation other) : base(other) => Cell = other.Cell;

    /// <summary>Their parameters.</summary>
    public AdaptiveExponentialNeuron Cell { get; }

    internal override SpikingPopulation Copy() => new AdaptiveExponentialPopulation(this);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int Advance(int first, int end, ReadOnlySpan<float> input, float step, Span<int> fired)
    {
        float rest = (float)Cell.Rest, leak = (float)Cell.Leak, slope = (float)Cell.Slope, a = (float)Cell.Subthreshold;
        float perCapacitance = (float)(step / Cell.Capacitance), perTime = (float)(step / Cell.TimeConstant), upstroke = (float)(Cell.Leak * Cell.Slope);
        Vector256<float> threshold = Vector256.Create((float)Cell.Threshold), peak = Vector256.Create((float)Cell.Peak);
        Vector256<float> reset = Vector256.Create((float)Cell.Reset), jump = Vector256.Create((float)Cell.Jump);
        int count = 0, outside = -1;
        for (int i = first; i < end; i += Lanes)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(V), (nuint)i);
            Vector256<float> w = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(W), (nuint)i);
            var above = v - Vector256.Create(rest);
            v += perCapacitance * (upstroke * Vector256.Exp((v - threshold) / slope) - leak * above - w + Vector256.Create(input[i..]));
            w += perTime * (a * above - w);
            var spiked = Vector256.GreaterThanOrEqual(v, peak);
            var seen = Vector256.ConditionalSelect(spiked, peak, v);
            Vector256.ConditionalSelect(spiked, reset, v).CopyTo(V, i);
            (w + (spiked & jump)).CopyTo(W, i);
            seen.CopyTo(Seen, i);
            var inside = Vector256.GreaterThan(seen, Vector256.Create(Lowest));
            if (inside.ExtractMostSignificantBits() != AllLanes && outside < 0) outside = Outside(i, seen, inside);
            for (uint who = spiked.ExtractMostSignificantBits(); who != 0; who &= who - 1) fired[count++] = i + BitOperations.TrailingZeroCount(who);
        }
        if (outside >= 0 && outside < end) return ~outside;
        while (count > 0 && fired[count - 1] >= end) count--;
        return count;
    }
}
