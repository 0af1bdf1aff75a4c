using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NeuroNotebooks.Cells;

namespace NeuroNotebooks.Spiking;

/// <summary>Leaky integrate-and-fire cells that share their parameters; the input is I, mV, held during the step.</summary>
/// <remarks>
/// Equations: <see cref="LeakyNeuron"/>, solved exactly from step to step. A synapse that is to move v by J at once needs the weight
/// J / (1 − exp(−step/τ)); <see cref="JumpWeight"/> gives it. <see cref="SpikingPopulation.Recoveries"/> are the refractory times that remain, ms.
/// </remarks>
public sealed class LeakyPopulation : SpikingPopulation
{
    private const float Lowest = -1e6f, Highest = 1e6f;

    /// <summary>Cells at rest.</summary>
    /// <param name="cell">Their parameters.</param>
    /// <param name="count">How many, at least 1.</param>
    public LeakyPopulation(LeakyNeuron cell, int count) : base(count)
    {
        Require.NotNull(cell);
        Cell = cell;
        V.AsSpan().Fill((float)cell.Rest);
        V.CopyTo(Seen, 0);
    }

    private LeakyPopulation(LeakyPopulation other) : base(other) => Cell = other.Cell;

    /// <summary>Their parameters.</summary>
    public LeakyNeuron Cell { get; }

    /// <summary>The weight, mV, with which a spike that lasts for one step moves v by a jump.</summary>
    /// <param name="jump">The jump, mV.</param>
    /// <param name="step">The step of the network, ms.</param>
    public double JumpWeight(double jump, double step)
    {
        Require.Finite(jump);
        Require.Positive(step);
        return jump / (1.0 - Math.Exp(-step / Cell.TimeConstant));
    }

    internal override SpikingPopulation Copy() => new LeakyPopulation(this);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int Advance(int first, int end, ReadOnlySpan<float> input, float step, Span<int> fired)
    {
        var decay = Vector256.Create((float)Math.Exp(-step / Cell.TimeConstant));
        Vector256<float> rest = Vector256.Create((float)Cell.Rest), threshold = Vector256.Create((float)Cell.Threshold);
        Vector256<float> reset = Vector256.Create((float)Cell.Reset), refractory = Vector256.Create((float)Cell.Refractory), h = Vector256.Create(step);
        int count = 0, outside = -1;
        for (int i = first; i < end; i += Lanes)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(V), (nuint)i);
            Vector256<float> wait = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(W), (nuint)i);
            Vector256<float> target = rest + Vector256.Create(input[i..]);
            var waits = Vector256.GreaterThan(wait, 0.5f * h);
            v = Vector256.ConditionalSelect(waits, v, target + (v - target) * decay);
            var seen = v;
            var spiked = Vector256.GreaterThanOrEqual(v, threshold);
            Vector256.ConditionalSelect(spiked, reset, v).CopyTo(V, i);
            Vector256.ConditionalSelect(spiked, refractory, Vector256.Max(wait - h, Vector256<float>.Zero)).CopyTo(W, i);
            Vector256.ConditionalSelect(spiked, threshold, seen).CopyTo(Seen, i);
            var inside = Vector256.GreaterThan(seen, Vector256.Create(Lowest)) & Vector256.LessThan(seen, Vector256.Create(Highest));
            if (inside.ExtractMostSignificantBits() != AllLanes && outside < 0) outside = Outside(i, seen, inside);
            for (uint who = spiked.ExtractMostSignificantBits(); who != 0; who &= who - 1) fired[count++] = i + BitOperations.TrailingZeroCount(who);
        }
        if (outside >= 0 && outside < end) return ~outside;
        while (count > 0 && fired[count - 1] >= end) count--;
        return count;
    }
}
