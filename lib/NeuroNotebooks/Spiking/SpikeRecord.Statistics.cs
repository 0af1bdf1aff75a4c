using System.Collections.Immutable;

namespace NeuroNotebooks.Spiking;

public sealed partial class SpikeRecord
{
    /// <summary>Mean rate of the cells of a group, Hz.</summary>
    /// <param name="group">Which.</param>
    /// <returns>Undefined if nothing was watched.</returns>
    public Statistic Rate(CellGroup group)
    {
        RequireGroup(group);
        return Duration > 0.0
            ? Statistic.Of(1e3 * Cells.Count(group.Holds) / (group.Count * Duration))
            : Statistic.Undefined("a record without duration has no rate");
    }

    /// <summary>The gaps between the spikes of a cell, ms.</summary>
    /// <param name="cell">Which.</param>
    public ImmutableArray<double> Intervals(int cell)
    {
        var train = Train(cell);
        return [.. train.Zip(train.Skip(1), (before, after) => after - before)];
    }

    /// <summary>Coefficient of variation of a cell's intervals: sample standard deviation over mean; 1 for a Poisson train, 0 for a clock.</summary>
    /// <param name="cell">Which.</param>
    /// <param name="fewestSpikes">How many spikes it must have, at least 3.</param>
    public Statistic IntervalCv(int cell, int fewestSpikes = 20)
    {
        Require.InRange(fewestSpikes, 3, int.MaxValue);
        var intervals = Intervals(cell);
        if (intervals.Length + 1 < fewestSpikes)
            return Statistic.Undefined($"cell {cell} has {Train(cell).Length} spikes where {fewestSpikes} are asked for");
        double mean = intervals.Average(), squares = intervals.Sum(gap => (gap - mean) * (gap - mean));
        return mean > 0.0 ? Statistic.Of(Math.Sqrt(squares / (intervals.Length - 1)) / mean) : Statistic.Undefined($"all spikes of cell {cell} coincide");
    }

    /// <summary>Mean over the cells of a group of the coefficient of variation of their intervals.</summary>
    /// <param name="group">Which.</param>
    /// <param name="fewestSpikes">How many spikes a cell must have to count, at least 3.</param>
    public Statistic MeanIntervalCv(CellGroup group, int fewestSpikes = 20)
    {
        RequireGroup(group);
        double[] values = [.. Enumerable.Range(group.First, group.Count).Select(cell => IntervalCv(cell, fewestSpikes)).Where(cv => cv.IsDefined).Select(cv => cv.Value)];
        return values.Length > 0 ? Statistic.Of(values.Average()) : Statistic.Undefined($"no cell of {group.Name} has {fewestSpikes} spikes");
    }

    /// <summary>How many spikes all cells of a group fire in each bin; a last bin that is not whole is left out.</summary>
    /// <param name="group">Which.</param>
    /// <param name="bin">Width of a bin, ms.</param>
    public ImmutableArray<double> PopulationCount(CellGroup group, double bin = 1.0)
    {
        RequireGroup(group);
        Require.Positive(bin);
        const double MostBins = 1e8;
        // a duration of so many whole steps may fall short of a bin by rounding
        double bins = Math.Floor(Duration / bin + 1e-9);
        if (bins > MostBins) throw new ArgumentOutOfRangeException(nameof(bin), bin, $"bin is {bin} ms: {Duration} ms would make {bins:g3} bins, more than {MostBins:g1}.");
        var counts = new double[(int)bins];
        for (int k = 0; k < Count; k++)
            if (group.Holds(Cells[k]) && Times[k] / bin + 1e-9 is var at && at < counts.Length) counts[(int)at]++;
        return [.. counts];
    }

    /// <summary>Fano factor of a group's spike count in bins: variance over mean; 1 for independent Poisson trains.</summary>
    /// <param name="group">Which.</param>
    /// <param name="bin">Width of a bin, ms.</param>
    public Statistic FanoFactor(CellGroup group, double bin = 1.0)
    {
        var counts = PopulationCount(group, bin);
        if (counts.Length < 2) return Statistic.Undefined($"a Fano factor needs two bins of {bin} ms or more and the record has {counts.Length}");
        double mean = counts.Average();
        return mean > 0.0
            ? Statistic.Of(counts.Sum(count => (count - mean) * (count - mean)) / counts.Length / mean)
            : Statistic.Undefined($"{group.Name} fired no spike");
    }

    /// <summary>How the spikes of one group follow those of another: coincidences at each lag over those expected of independent trains.</summary>
    /// <param name="before">The group that lags are counted from.</param>
    /// <param name="after">The group whose spikes are counted.</param>
    /// <param name="longest">Lags from minus this to this, ms.</param>
    /// <param name="bin">Width of a bin of the population counts, ms.</param>
    /// <returns>Lags, ms, and for each the mean product of counts over the product of mean counts; 1 where there is no relation.</returns>
    public Correlogram CrossCorrelogram(CellGroup before, CellGroup after, double longest = 100.0, double bin = 1.0)
    {
        Require.Positive(longest);
        RequireGroup(before);
        RequireGroup(after);
        var x = PopulationCount(before, bin);
        var y = PopulationCount(after, bin);
        int most = (int)Math.Min(Math.Round(longest / bin), int.MaxValue / 4);
        if (x.Length <= most) throw new ArgumentOutOfRangeException(nameof(longest), longest, $"longest is {longest} ms: the record is only {Duration} ms long.");
        double expected = x.Average() * y.Average();
        string reason = expected > 0.0 ? "" : $"{(x.Sum() > 0.0 ? after : before).Name} fired no spike";
        return new Correlogram([.. Enumerable.Range(-most, 2 * most + 1).Select(lag => lag * bin)], [.. Enumerable.Range(-most, 2 * most + 1).Select(Ratio)], reason);

        double Ratio(int lag)
        {
            int from = Math.Max(0, -lag), to = Math.Min(x.Length, x.Length - lag);
            double sum = 0.0;
            for (int t = from; t < to; t++) sum += x[t] * y[t + lag];
            return sum / (to - from) / expected;
        }
    }
}

/// <summary>How often the spikes of two groups meet at each lag.</summary>
/// <param name="Lags">From before to after, ms.</param>
/// <param name="Ratio">Coincidences over those expected of independent trains; NaN if undefined.</param>
/// <param name="Reason">Why it is undefined; empty if it is not.</param>
public sealed record Correlogram(ImmutableArray<double> Lags, ImmutableArray<double> Ratio, string Reason)
{
    /// <inheritdoc cref="Correlogram(ImmutableArray{double}, ImmutableArray{double}, string)" path="/param[@name='Lags']"/>
    public ImmutableArray<double> Lags { get; init; } = Require.Given(Lags);

    /// <inheritdoc cref="Correlogram(ImmutableArray{double}, ImmutableArray{double}, string)" path="/param[@name='Ratio']"/>
    public ImmutableArray<double> Ratio { get; init; } = Require.Given(Ratio);
}
