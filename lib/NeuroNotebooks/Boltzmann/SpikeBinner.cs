using System.Collections.Immutable;
using NeuroNotebooks.Data;

namespace NeuroNotebooks.Boltzmann;

/// <summary>A recording in binary words: which neurons were kept, where they are, and the words in the order of time.</summary>
/// <param name="Words">Bins × neurons.</param>
/// <param name="Units">Names of the neurons kept.</param>
/// <param name="Areas">The area of each, as an index into <paramref name="AreaNames"/>.</param>
/// <param name="AreaNames">Names of the areas.</param>
/// <param name="Dropped">Names of the neurons left out because they fire too rarely or too often.</param>
public sealed record BinnedRecording(
    BinaryPatterns Words, ImmutableArray<string> Units, ImmutableArray<int> Areas, ImmutableArray<string> AreaNames,
    ImmutableArray<string> Dropped);

/// <summary>Turns spike times into words: 1 for at least one spike of the neuron in the bin.</summary>
public sealed record SpikeBinner
{
    /// <summary>Width of a bin, ms, above zero.</summary>
    public double BinMilliseconds { get; init => field = Require.Positive(value, nameof(BinMilliseconds)); } = 20.0;

    /// <summary>Neurons active in a smaller share of bins are left out.</summary>
    public double LeastRate { get; init => field = Require.InRange(value, 0.0, 1.0, nameof(LeastRate)); } = 0.001;

    /// <summary>Neurons active in a larger share of bins are left out.</summary>
    public double LargestRate { get; init => field = Require.InRange(value, 0.0, 1.0, nameof(LargestRate)); } = 0.5;

    /// <summary>Bins a recording.</summary>
    /// <param name="table">The spikes.</param>
    /// <exception cref="ArgumentException">
    /// More than half of all entries are 1 because bins are too wide, no neuron is left, or there are fewer than ten bins a neuron.
    /// </exception>
    public BinnedRecording Bin(SpikeTable table)
    {
        Require.NotNull(table);
        int units = table.Units.Length;
        int bins = (int)((table.End - table.Start) * 1000.0 / BinMilliseconds);
        if (bins < 1)
            throw new ArgumentException(
                $"table lasts {table.End - table.Start} s, less than one bin of {BinMilliseconds} ms.", nameof(table));
        var all = new byte[(long)bins * units];
        for (int i = 0; i < units; i++)
            foreach (double time in table.Times[i])
            {
                int bin = (int)((time - table.Start) * 1000.0 / BinMilliseconds);
                if (bin < bins) all[bin * units + i] = 1;
            }
        var words = new BinaryPatterns(all, units);
        double[] rates = words.Rates();
        if (rates.Average() > 0.5)
            throw new ArgumentException(
                $"With bins of {BinMilliseconds} ms {rates.Average():p0} of all entries are 1: "
                + "expected at most half. Use narrower bins.", nameof(table));

        int[] kept = [.. Enumerable.Range(0, units).Where(i => rates[i] >= LeastRate && rates[i] <= LargestRate)];
        if (kept.Length == 0)
            throw new ArgumentException($"No neuron of table is active in {LeastRate:p1} to {LargestRate:p1} of the bins.", nameof(table));
        if (bins < 10L * kept.Length)
            throw new ArgumentException(
                $"table gives {bins} bins for {kept.Length} neurons: "
                + $"expected at least ten bins a neuron, {10L * kept.Length}.", nameof(table));
        ImmutableArray<string> names = [.. kept.Select(i => table.Areas[i]).Distinct()];
        return new BinnedRecording(
            words.Select(kept), [.. kept.Select(i => table.Units[i])], [.. kept.Select(i => names.IndexOf(table.Areas[i]))], names,
            [.. Enumerable.Range(0, units).Except(kept).Select(i => table.Units[i])]);
    }
}
