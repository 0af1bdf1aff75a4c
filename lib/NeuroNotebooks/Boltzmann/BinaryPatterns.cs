using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Binary words of a population: one row a time bin, one column a neuron, 1 for at least one spike.</summary>
/// <remarks>One byte an entry; immutable.</remarks>
public sealed class BinaryPatterns
{
    private readonly byte[] values;

    /// <summary>Takes over checked values.</summary>
    internal BinaryPatterns(byte[] values, int units) => (this.values, Units) = (values, units);

    /// <summary>Number of words: time bins, or samples.</summary>
    public int Count => values.Length / Units;

    /// <summary>Number of neurons.</summary>
    public int Units { get; }

    /// <summary>One word.</summary>
    /// <param name="index">Which, from 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such word.</exception>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            Require.InRange(index, 0, Count - 1);
            return values.AsSpan(index * Units, Units);
        }
    }

    /// <summary>Checks and copies a matrix of zeros and ones.</summary>
    /// <param name="matrix">Bins × neurons.</param>
    /// <exception cref="ArgumentException">An entry is neither 0 nor 1, or there is no bin or no neuron.</exception>
    public static BinaryPatterns From(double[,] matrix)
    {
        Require.NotNull(matrix);
        int bins = matrix.GetLength(0), units = matrix.GetLength(1);
        RequireSome(bins, units, nameof(matrix));
        var values = new byte[bins * units];
        for (int t = 0; t < bins; t++)
            for (int i = 0; i < units; i++)
                values[t * units + i] = matrix[t, i] switch
                {
                    0.0 => 0,
                    1.0 => 1,
                    var other => throw new ArgumentException(
                        $"matrix has the value {other} at bin {t}, neuron {i}: expected 0 or 1. Binarise counts first (1 for at least one spike).",
                        nameof(matrix)),
                };
        return new BinaryPatterns(values, units);
    }

    /// <summary>All 2ⁿ words of n neurons, each once: word s holds the binary digits of s, neuron 0 the lowest.</summary>
    /// <param name="units">Number of neurons, from 1 to 20.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of neurons is out of its range.</exception>
    public static BinaryPatterns All(int units)
    {
        Require.InRange(units, 1, PairwiseIsing.LargestEnumeration);
        var values = new byte[(1 << units) * units];
        for (int at = 0; at < values.Length; at++) values[at] = (byte)((at / units >> (at % units)) & 1);
        return new BinaryPatterns(values, units);
    }

    /// <summary>The entries as numbers, bins × neurons.</summary>
    public double[,] ToMatrix()
    {
        var matrix = new double[Count, Units];
        for (int t = 0; t < Count; t++)
            for (int i = 0; i < Units; i++)
                matrix[t, i] = values[t * Units + i];
        return matrix;
    }

    /// <summary>Fraction of bins in which each neuron is active.</summary>
    public double[] Rates()
    {
        var counts = new long[Units];
        for (int t = 0; t < Count; t++)
        {
            var word = this[t];
            for (int i = 0; i < word.Length; i++) counts[i] += word[i];
        }
        return [.. counts.Select(count => (double)count / Count)];
    }

    /// <summary>Active neurons in each bin, K = Σ v.</summary>
    public int[] Synchrony()
    {
        var counts = new int[Count];
        for (int t = 0; t < counts.Length; t++)
            foreach (byte active in this[t])
                counts[t] += active;
        return counts;
    }

    /// <summary>A run of words.</summary>
    /// <param name="first">The first, zero or above.</param>
    /// <param name="count">How many, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the words.</exception>
    public BinaryPatterns Slice(int first, int count)
    {
        Require.InRange(count, 1, Count);
        Require.InRange(first, 0, Count - count);
        return new BinaryPatterns(values.AsSpan(first * Units, count * Units).ToArray(), Units);
    }

    /// <summary>Every so many-th word, from the first.</summary>
    /// <param name="step">Above zero.</param>
    /// <param name="offset">Which word is the first, from 0 to <paramref name="step"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step or the offset is out of range, or nothing is left.</exception>
    public BinaryPatterns Every(int step, int offset = 0)
    {
        Require.Positive(step);
        Require.InRange(offset, 0, Math.Min(step, Count) - 1);
        int[] order = [.. Enumerable.Range(0, (Count - offset + step - 1) / step).Select(k => offset + k * step)];
        return Take(order);
    }

    /// <summary>Some of the neurons, in the order given.</summary>
    /// <param name="units">Their columns, at least one.</param>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    public BinaryPatterns Select(params ReadOnlySpan<int> units)
    {
        if (units.IsEmpty) throw new ArgumentException("units is empty: expected at least one neuron.", nameof(units));
        foreach (int unit in units) Require.InRange(unit, 0, Units - 1, nameof(units));
        var chosen = new byte[Count * units.Length];
        for (int t = 0; t < Count; t++)
            for (int k = 0; k < units.Length; k++)
                chosen[t * units.Length + k] = values[t * Units + units[k]];
        return new BinaryPatterns(chosen, units.Length);
    }

    /// <summary>The words in a random order: what is left when time is forgotten.</summary>
    /// <param name="random">The stream that orders them.</param>
    public BinaryPatterns Permuted(Philox random) => Take(random.Permutation(0, Count));

    /// <summary>Each neuron's bins in a random order of its own: rates stay, correlations go.</summary>
    /// <param name="random">The streams that order them, one a neuron.</param>
    public BinaryPatterns ShuffledApart(Philox random)
    {
        var shuffled = new byte[values.Length];
        for (int i = 0; i < Units; i++)
        {
            int[] order = random.Permutation((ulong)i, Count);
            for (int t = 0; t < Count; t++) shuffled[t * Units + i] = values[order[t] * Units + i];
        }
        return new BinaryPatterns(shuffled, Units);
    }

    /// <summary>Splits the words in two: the first part, and the rest.</summary>
    /// <param name="fraction">Share of the first part, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One part would be empty.</exception>
    /// <remarks>
    /// Of permuted words this is a random split; of words in their recorded order a split by blocks, which shows what a slow drift leaks.
    /// </remarks>
    public (BinaryPatterns First, BinaryPatterns Second) Split(double fraction)
    {
        Require.InRange(fraction, 0.0, 1.0);
        int first = (int)Math.Round(fraction * Count);
        if (first == 0 || first == Count)
            throw new ArgumentOutOfRangeException(
                nameof(fraction), fraction, $"fraction is {fraction}: of {Count} words one part would be empty.");
        return (Slice(0, first), Slice(first, Count - first));
    }

    /// <summary>All words of both, one after the other.</summary>
    /// <param name="other">Words of as many neurons.</param>
    /// <exception cref="ArgumentException">The number of neurons differs.</exception>
    public BinaryPatterns Append(BinaryPatterns other)
    {
        Require.NotNull(other);
        RequireUnits(other, Units, nameof(other));
        return new BinaryPatterns([.. values, .. other.values], Units);
    }

    /// <summary>Copies words as numbers.</summary>
    internal void CopyTo(int first, int count, Span<double> target)
    {
        var source = values.AsSpan(first * Units, count * Units);
        for (int i = 0; i < source.Length; i++) target[i] = source[i];
    }

    internal static BinaryPatterns FromStates(ReadOnlySpan<byte> states, int units) => new(states.ToArray(), units);

    internal static void RequireUnits(BinaryPatterns patterns, int units, string name)
    {
        if (patterns.Units != units)
            throw new ArgumentException($"{name} has {patterns.Units} neurons: expected {units}, one per visible unit.", name);
    }

    private static void RequireSome(int bins, int units, string name)
    {
        if (bins == 0 || units == 0)
            throw new ArgumentException($"{name} is {bins} × {units}: expected at least one bin and one neuron.", name);
    }

    private BinaryPatterns Take(int[] order)
    {
        var taken = new byte[order.Length * Units];
        for (int k = 0; k < order.Length; k++) this[order[k]].CopyTo(taken.AsSpan(k * Units));
        return new BinaryPatterns(taken, Units);
    }
}
