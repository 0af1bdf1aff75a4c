using System.Numerics;
using System.Runtime.Intrinsics;
using NeuroNotebooks.Cells;

namespace NeuroNotebooks.Spiking;

/// <summary>Cells of one kind as a structure of arrays in single precision, moved on together.</summary>
/// <remarks>
/// Arrays are padded to whole vectors with cells at rest that nobody sees. A run of a network works on a copy, so that a population is as
/// good as new after it.
/// </remarks>
public abstract class SpikingPopulation
{
    /// <summary>Cells that are always on the same thread: sums over the population are made of sums over tiles.</summary>
    internal const int Tile = 1024;

    /// <summary>Lanes of the vectors that the kernels are written for.</summary>
    internal const int Lanes = 8;

    private protected const uint AllLanes = (1u << Lanes) - 1;

    private protected SpikingPopulation(int count)
    {
        if (count is <= 0 or > 1 << 30)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"count is {count}: expected at least one cell and at most {1 << 30}.");
        Count = count;
        V = new float[Padded(count)];
        W = new float[Padded(count)];
        Seen = new float[Padded(count)];
    }

    private protected SpikingPopulation(SpikingPopulation other) =>
        (Count, V, W, Seen) = (other.Count, [.. other.V], [.. other.W], [.. other.Seen]);

    /// <summary>How many cells.</summary>
    public int Count { get; }

    /// <summary>Voltages, one per cell, mV.</summary>
    public ReadOnlySpan<float> Voltages => V.AsSpan(0, Count);

    /// <summary>Recovery or adaptation, one per cell, in the unit of the model.</summary>
    public ReadOnlySpan<float> Recoveries => W.AsSpan(0, Count);

    /// <summary>Voltages as an observer sees them: after the last step, before a reset, cut at the peak, one per cell, mV.</summary>
    public ReadOnlySpan<float> Observed => Seen.AsSpan(0, Count);

    private protected float[] V { get; }

    private protected float[] W { get; }

    private protected float[] Seen { get; }

    /// <summary>Moves all cells on by one step and lists who spiked.</summary>
    /// <param name="input">What a cell receives during the step, one per cell, in the unit of the model.</param>
    /// <param name="step">The step, ms, above zero.</param>
    /// <param name="fired">Receives the cells that spiked, in rising order; as long as there are cells.</param>
    /// <returns>How many spiked.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or an input is not finite: which cell's.</exception>
    /// <exception cref="UnstableIntegrationException">A voltage left the range that the model can mean.</exception>
    public int Step(ReadOnlySpan<float> input, double step, Span<int> fired)
    {
        Require.Length(Count, input.Length, nameof(input), "cell");
        Require.Positive(step);
        if (fired.Length < Count) throw new ArgumentException($"fired has room for {fired.Length} spikes: expected {Count}, one per cell.", nameof(fired));
        RequireFinite(input, nameof(input));
        var padded = new float[V.Length];
        input.CopyTo(padded);
        var all = new int[V.Length];
        int count = Advance(0, Count, padded, (float)step, all);
        if (count < 0) throw Unstable(~count, step);
        all.AsSpan(0, count).CopyTo(fired);
        return count;
    }

    internal static int Padded(int count) => (count + 2 * Lanes - 1) & -(2 * Lanes);

    internal static void RequireFinite(ReadOnlySpan<float> input, string name)
    {
        for (int i = 0; i < input.Length; i++)
            if (!float.IsFinite(input[i]))
                throw new ArgumentException($"{name} contains {input[i]} at cell {i}: expected finite numbers.", name);
    }

    /// <summary>
    /// Moves the cells from <paramref name="first"/> (a whole tile's) to <paramref name="end"/> on, lists who spiked from the beginning of
    /// <paramref name="fired"/>, and returns how many; or, for a cell that left its range, the complement of its index.
    /// </summary>
    internal abstract int Advance(int first, int end, ReadOnlySpan<float> input, float step, Span<int> fired);

    internal abstract SpikingPopulation Copy();

    internal UnstableIntegrationException Unstable(int cell, double step) =>
        new($"integration unstable, reduce the step: v of cell {cell} is {Seen[cell]:g4} mV with steps of {step:g4} ms.");

    /// <summary>The first cell of eight that is not inside its range; keeps its voltage uncut for the message.</summary>
    private protected int Outside(int first, Vector256<float> seen, Vector256<float> inside)
    {
        seen.CopyTo(Seen, first);
        return first + BitOperations.TrailingZeroCount(~inside.ExtractMostSignificantBits());
    }

    /// <summary>One number per padded cell; the padding repeats the last.</summary>
    private protected static float[] PerCell(ReadOnlySpan<float> values)
    {
        var padded = new float[Padded(values.Length)];
        values.CopyTo(padded);
        padded.AsSpan(values.Length).Fill(values[^1]);
        return padded;
    }
}
