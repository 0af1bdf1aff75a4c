using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using NeuroNotebooks.Data;

namespace NeuroNotebooks.Spiking;

/// <summary>Who spiked when, in the order of time.</summary>
public sealed partial class SpikeRecord
{
    private ImmutableArray<double>[]? trains;

    /// <summary>A record.</summary>
    /// <param name="times">When, ms, in rising order, from 0 to the duration.</param>
    /// <param name="cells">Who, one for each time.</param>
    /// <param name="cellCount">How many cells there are, spiking or not.</param>
    /// <param name="duration">How long they were watched, ms.</param>
    /// <param name="groups">Names for cells next to each other; one of all cells if empty.</param>
    public SpikeRecord(
        ImmutableArray<double> times, ImmutableArray<int> cells, int cellCount, double duration, ImmutableArray<CellGroup> groups = default)
    {
        Require.Given(times);
        Require.Given(cells);
        Require.Positive(cellCount);
        Require.NotNegative(duration);
        Require.Length(times.Length, cells.Length, nameof(cells), "time");
        for (int k = 0; k < times.Length; k++)
        {
            if (!(times[k] >= (k == 0 ? 0.0 : times[k - 1]) && times[k] <= duration))
                throw new ArgumentException($"times[{k}] is {times[k]} ms: expected rising times from 0 to the duration of {duration} ms.", nameof(times));
            if (cells[k] < 0 || cells[k] >= cellCount)
                throw new ArgumentException($"cells[{k}] is {cells[k]}: expected a cell from 0 to {cellCount - 1}.", nameof(cells));
        }
        Groups = groups.IsDefaultOrEmpty ? [new CellGroup("cells", 0, cellCount)] : groups;
        CellGroup.RequireWithin(Groups, cellCount, nameof(groups));
        (Times, Cells, CellCount, Duration) = (times, cells, cellCount, duration);
    }

    /// <summary>When, ms.</summary>
    public ImmutableArray<double> Times { get; }

    /// <summary>Who, one for each time.</summary>
    public ImmutableArray<int> Cells { get; }

    /// <summary>How many cells there are.</summary>
    public int CellCount { get; }

    /// <summary>How long they were watched, ms.</summary>
    public double Duration { get; }

    /// <summary>Names for cells next to each other.</summary>
    public ImmutableArray<CellGroup> Groups { get; }

    /// <summary>How many spikes.</summary>
    public int Count => Times.Length;

    /// <summary>The group of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">No group has it.</exception>
    public CellGroup Group(string name)
    {
        Require.NotNull(name);
        return Groups.FirstOrDefault(group => group.Name == name)
            ?? throw new KeyNotFoundException($"No group is called \"{name}\": there are {string.Join(", ", Groups.Select(group => group.Name))}.");
    }

    /// <summary>The spikes of one cell, ms.</summary>
    /// <param name="cell">Which.</param>
    public ImmutableArray<double> Train(int cell)
    {
        Require.InRange(cell, 0, CellCount - 1);
        return (trains ??= Sorted())[cell];
    }

    /// <summary>The part of the record from one time to another, its times counted from the first.</summary>
    /// <param name="from">ms, included.</param>
    /// <param name="to">ms, left out; the end of the record unless given.</param>
    public SpikeRecord Between(double from, double to = double.PositiveInfinity)
    {
        double end = Math.Min(to, Duration);
        if (!(from >= 0.0 && from <= end))
            throw new ArgumentOutOfRangeException(nameof(from), from, $"from is {from} ms: expected 0 to {end} ms.");
        int first = FirstFrom(from), last = double.IsPositiveInfinity(to) ? Count : FirstFrom(end);
        return new SpikeRecord([.. Times[first..last].Select(time => time - from)], Cells[first..last], CellCount, end - from, Groups);
    }

    /// <summary>Times and cells of the spikes of a group, for a raster.</summary>
    /// <param name="group">Which.</param>
    public (double[] Times, int[] Cells) Raster(CellGroup group)
    {
        RequireGroup(group);
        int[] own = [.. Enumerable.Range(0, Count).Where(k => group.Holds(Cells[k]))];
        return ([.. own.Select(k => Times[k])], [.. own.Select(k => Cells[k])]);
    }

    /// <summary>The record as a table of spikes: units are numbered, areas are groups, silent cells are not in it.</summary>
    public SpikeTable ToTable()
    {
        int[] active = [.. Enumerable.Range(0, CellCount).Where(cell => Train(cell).Length > 0)];
        return new SpikeTable(
            [.. active.Select(cell => cell.ToString(CultureInfo.InvariantCulture))],
            [.. active.Select(cell => Groups.FirstOrDefault(group => group.Holds(cell))?.Name ?? "")],
            [.. active.Select(cell => Train(cell).Select(time => 1e-3 * time).ToImmutableArray())], 0.0, 1e-3 * Duration);
    }

    /// <summary>A record from a table of spikes: units of an area come together and make a group.</summary>
    /// <param name="table">The table, times in seconds.</param>
    public static SpikeRecord From(SpikeTable table)
    {
        Require.NotNull(table);
        int[] order = [.. Enumerable.Range(0, table.Units.Length).OrderBy(unit => table.Areas.IndexOf(table.Areas[unit]))];
        var groups = order.Select((unit, cell) => (Area: table.Areas[unit], Cell: cell)).GroupBy(pair => pair.Area)
            .Select(area => new CellGroup(area.Key, area.First().Cell, area.Count()));
        var spikes = order.SelectMany((unit, cell) => table.Times[unit].Select(time => (Time: 1e3 * (time - table.Start), Cell: cell))).OrderBy(s => s.Time).ThenBy(s => s.Cell).ToArray();
        return new SpikeRecord([.. spikes.Select(s => s.Time)], [.. spikes.Select(s => s.Cell)], order.Length, 1e3 * (table.End - table.Start), [.. groups]);
    }

    private void RequireGroup(CellGroup group, [CallerArgumentExpression(nameof(group))] string name = "")
    {
        Require.NotNull(group, name);
        CellGroup.RequireWithin([group], CellCount, name);
    }

    private int FirstFrom(double time)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Times[middle] < time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private ImmutableArray<double>[] Sorted()
    {
        var building = new List<double>[CellCount];
        for (int k = 0; k < Count; k++) (building[Cells[k]] ??= []).Add(Times[k]);
        return [.. building.Select(train => train?.ToImmutableArray() ?? [])];
    }
}
