using System.Collections.Immutable;
using NeuroNotebooks.Data;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.Spiking;

namespace NeuroNotebooks.Tests.Spiking;

public class SpikeStatisticsTests
{
    private static readonly CellGroup All = new("all", 0, 3);

    /// <summary>A clock of 10 ms, a pair, and a silent cell.</summary>
    private static SpikeRecord Small() => new(
        [0.0, 5.0, 10.0, 20.0, 30.0, 35.0, 40.0, 50.0], [0, 1, 0, 0, 0, 1, 0, 0], 3, 60.0, [new CellGroup("A", 0, 1), new CellGroup("B", 1, 2)]);

    [Fact]
    public void Rates_trains_and_intervals_are_counted()
    {
        var record = Small();
        Close.To(100.0, record.Rate(record.Group("A")), 1e-12);
        Close.To(1e3 * 2.0 / (2.0 * 60.0), record.Rate(record.Group("B")), 1e-12);
        Assert.Equal(30.0, Assert.Single(record.Intervals(1)));
        Assert.Empty(record.Train(2));
        Assert.Equal(0.0, record.IntervalCv(0, 3).Value);
        Assert.Equal([5.0, 35.0], record.Raster(record.Group("B")).Times);
        Assert.Equal(new[] { 2.0, 1.0, 1.0, 2.0, 1.0, 1.0 }, record.PopulationCount(All, 10.0).AsEnumerable());
        var part = record.Between(10.0, 35.0);
        Assert.Equal(new[] { 0.0, 10.0, 20.0 }, part.Times.AsEnumerable());
        Assert.Equal(25.0, part.Duration);
    }

    [Fact]
    public void What_is_undefined_says_why_and_is_never_zero()
    {
        var record = Small();
        foreach (Statistic statistic in new[]
        {
            record.IntervalCv(2, 3), record.MeanIntervalCv(new CellGroup("silent", 2, 1), 3), record.FanoFactor(new CellGroup("silent", 2, 1)),
            new SpikeRecord([], [], 1, 0.0).Rate(new CellGroup("one", 0, 1)), new SynchronyMeter(2).Chi,
        })
        {
            Assert.True(double.IsNaN(statistic));
            Assert.False(statistic.IsDefined);
            Assert.NotEmpty(statistic.Reason);
        }
        Assert.Contains("silent fired no spike", record.FanoFactor(new CellGroup("silent", 2, 1)).ToString());
        Assert.NotEmpty(record.CrossCorrelogram(record.Group("A"), new CellGroup("silent", 2, 1), 10.0).Reason);
        Assert.Equal("0.25", Statistic.Of(0.25).ToString());
    }

    [Fact]
    public void A_Poisson_train_has_a_variation_and_a_Fano_factor_of_one_and_a_flat_correlogram()
    {
        var record = Poisson(20, 40.0, 50_000.0);
        var all = new CellGroup("all", 0, 20);
        Close.To(1.0, record.MeanIntervalCv(all), 5.0 / Math.Sqrt(20 * 2000));        // five standard errors of a CV, 1/√n
        Close.To(1.0, record.FanoFactor(all, 5.0), 5.0 * Math.Sqrt(2.0 / 10_000));
        var (one, other) = (new CellGroup("one", 0, 10), new CellGroup("other", 10, 10));
        // 400 counts a second in bins of 1 ms give products of 0.16: relative error √(1/(0.16 · 50 000)) = 0.011
        Assert.All(record.CrossCorrelogram(one, other, 20.0).Ratio, ratio => Close.To(1.0, ratio, 0.06));
    }

    [Fact]
    public void A_correlogram_peaks_at_the_lag_from_before_to_after()
    {
        var times = Enumerable.Range(0, 100).SelectMany(k => new[] { (Time: 37.0 * k, Cell: 0), (Time: 37.0 * k + 4.0, Cell: 1) }).ToArray();
        var record = new SpikeRecord([.. times.Select(s => s.Time)], [.. times.Select(s => s.Cell)], 2, 3800.0);
        var lags = record.CrossCorrelogram(new CellGroup("one", 0, 1), new CellGroup("other", 1, 1), 15.0);
        Assert.Equal(4.0, lags.Lags[lags.Ratio.IndexOf(lags.Ratio.Max())]);
        Assert.Equal(31, lags.Lags.Length);
    }

    [Fact]
    public void Synchrony_is_one_for_a_chorus_and_one_over_root_N_for_strangers()
    {
        const int Cells = 400, Steps = 4000;
        var (chorus, strangers) = (new SynchronyMeter(Cells), new SynchronyMeter(Cells));
        var v = new float[Cells];
        for (int t = 0; t < Steps; t++)
        {
            Array.Fill(v, -65f + 10f * MathF.Sin(0.1f * t));
            chorus.Add(v);
            new Philox(1, (ulong)t).Normals(v);
            strangers.Add(v);
        }
        Close.To(1.0, chorus.Chi, 1e-12);
        Close.To(1.0 / Math.Sqrt(Cells), strangers.Chi, 5.0 / Math.Sqrt(Cells) / Math.Sqrt(2.0 * Steps));
    }

    [Fact]
    public void The_cost_of_Victor_and_Purpura_adds_deletes_and_shifts()
    {
        Assert.Equal(0.0, SpikeDistance.VictorPurpura([1.0, 5.0], [1.0, 5.0], 0.3));
        Assert.Equal(2.0, SpikeDistance.VictorPurpura([], [1.0, 5.0], 0.3));
        Close.To(0.3, SpikeDistance.VictorPurpura([1.0], [2.0], 0.3), 1e-12);
        Assert.Equal(2.0, SpikeDistance.VictorPurpura([1.0], [100.0], 0.3));      // deleting and adding is cheaper than shifting
        Assert.Equal(1.0, SpikeDistance.VictorPurpura([1.0, 2.0, 3.0], [4.0, 9.0], 0.0));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Distances_are_metrics_and_agree_with_their_definitions(ulong seed)
    {
        double[][] trains = [.. Enumerable.Range(0, 3).Select(k => new Philox(seed).Child((ulong)k))
            .Select(random => Enumerable.Range(0, random.Integer(99, 6)).Select(i => 100.0 * random.Uniform((ulong)i)).Order().ToArray())];
        foreach (var distance in new Func<double[], double[], double>[] { (a, b) => SpikeDistance.VictorPurpura(a, b, 0.05), (a, b) => SpikeDistance.VanRossum(a, b, 12.0) })
        {
            Close.To(distance(trains[0], trains[1]), distance(trains[1], trains[0]), 1e-9);
            Assert.True(distance(trains[0], trains[2]) <= distance(trains[0], trains[1]) + distance(trains[1], trains[2]) + 1e-9);
            Close.To(0.0, distance(trains[0], trains[0]), 1e-7);        // √ of a rounding error
        }
        Close.To(Integral(trains[0], trains[1]), SpikeDistance.VanRossum(trains[0], trains[1], 12.0), 2e-3);        // rectangles of 0.01 ms
        Close.To(Cheapest(trains[0], trains[1], 0.05), SpikeDistance.VictorPurpura(trains[0], trains[1], 0.05), 1e-9);
    }

    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 16).Select(seed => new object[] { (ulong)seed });

    /// <summary>The definition: the filtered trains, their difference squared, summed.</summary>
    private static double Integral(double[] a, double[] b)
    {
        double sum = 0.0;
        for (double t = 0.005; t < 300.0; t += 0.01)
        {
            double f = a.Where(s => s <= t).Sum(s => Math.Exp((s - t) / 12.0)) - b.Where(s => s <= t).Sum(s => Math.Exp((s - t) / 12.0));
            sum += 0.01 * f * f;
        }
        return Math.Sqrt(sum / 12.0);
    }

    /// <summary>The definition, by trying all ways: the last spikes are deleted, added, or matched.</summary>
    private static double Cheapest(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double cost)
    {
        if (a.IsEmpty || b.IsEmpty) return a.Length + b.Length;
        double matched = Cheapest(a[1..], b[1..], cost) + cost * Math.Abs(a[0] - b[0]);
        return Math.Min(matched, 1.0 + Math.Min(Cheapest(a[1..], b, cost), Cheapest(a, b[1..], cost)));
    }

    [Fact]
    public void Records_travel_through_tables_and_text()
    {
        var record = Small();
        var text = new StringWriter();
        record.ToTable().WriteCsv(text);
        var back = SpikeRecord.From(SpikeTable.ReadCsv(new StringReader(text.ToString()), "ours", 0.0, 0.06));
        Assert.Equal(record.Count, back.Count);
        Close.All(record.Times, back.Times, 1e-9);       // seconds and milliseconds
        Assert.Equal(record.Cells.AsEnumerable(), back.Cells);
        Assert.Equal(["A", "B"], back.Groups.Select(group => group.Name));
    }

    [Fact]
    public void Records_that_cannot_be_are_refused()
    {
        Assert.Equal("times", Assert.Throws<ArgumentException>(() => new SpikeRecord([2.0, 1.0], [0, 0], 1, 5.0)).ParamName);
        Assert.Equal("times", Assert.Throws<ArgumentException>(() => new SpikeRecord([double.NaN], [0], 1, 5.0)).ParamName);
        Assert.Equal("times", Assert.Throws<ArgumentException>(() => new SpikeRecord([6.0], [0], 1, 5.0)).ParamName);
        Assert.Equal("cells", Assert.Throws<ArgumentException>(() => new SpikeRecord([1.0], [1], 1, 5.0)).ParamName);
        Assert.Equal("cells", Assert.Throws<ArgumentException>(() => new SpikeRecord([1.0], [], 1, 5.0)).ParamName);
        Assert.Throws<KeyNotFoundException>(() => Small().Group("C"));
        Assert.Equal("from", Assert.Throws<ArgumentOutOfRangeException>(() => Small().Between(70.0)).ParamName);
        Assert.Equal("longest", Assert.Throws<ArgumentOutOfRangeException>(() => Small().CrossCorrelogram(All, All, 70.0)).ParamName);
        Assert.Equal("first", Assert.Throws<ArgumentException>(() => SpikeDistance.VanRossum([2.0, 1.0], [], 5.0)).ParamName);
        Assert.Equal("cost", Assert.Throws<ArgumentOutOfRangeException>(() => SpikeDistance.VictorPurpura([], [], -1.0)).ParamName);
    }

    private static SpikeRecord Poisson(int cells, double rate, double duration)
    {
        var spikes = new List<(double Time, int Cell)>();
        for (int cell = 0; cell < cells; cell++)
        {
            double time = 0.0;
            for (ulong k = 0; (time += new Philox(3, (ulong)cell).Exponential(k, 1000.0 / rate)) < duration; k++) spikes.Add((time, cell));
        }
        spikes.Sort();
        return new SpikeRecord([.. spikes.Select(s => s.Time)], [.. spikes.Select(s => s.Cell)], cells, duration);
    }
}
