using System.Collections.Immutable;
using System.Globalization;

namespace NeuroNotebooks.Data;

/// <summary>Recorded spikes: for each unit its name, its brain area and its spike times.</summary>
/// <param name="Units">Names, all different.</param>
/// <param name="Areas">The area of each unit.</param>
/// <param name="Times">Spike times of each unit, s, in rising order.</param>
/// <param name="Start">Start of the session, s.</param>
/// <param name="End">End of the session, s, after its start; every spike lies between.</param>
public sealed record SpikeTable(
    ImmutableArray<string> Units, ImmutableArray<string> Areas, ImmutableArray<ImmutableArray<double>> Times, double Start, double End)
{
    /// <summary>
    /// Reads a comma-separated table with the columns unit, area and time_s, one row a spike, the spikes of each unit in rising order.
    /// </summary>
    /// <param name="reader">The text, with a header line; the columns may come in any order, and others are passed over.</param>
    /// <param name="name">What to call the table in errors.</param>
    /// <param name="start">Start of the session, s; the first spike's whole second if left out.</param>
    /// <param name="end">End of the session, s; the whole second after the last spike if left out.</param>
    /// <exception cref="InvalidDataException">A column is missing, or a row is not a spike: the line and what it should hold.</exception>
    public static SpikeTable ReadCsv(TextReader reader, string name = "the table", double? start = null, double? end = null)
    {
        Require.NotNull(reader);
        string[] header = reader.ReadLine()?.Split(',')
            ?? throw new InvalidDataException($"{name} is empty: expected a header unit,area,time_s.");
        int unitColumn = Column("unit"), areaColumn = Column("area"), timeColumn = Column("time_s");
        var gathering = new Gathering(name);
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0) continue;
            string[] cells = text.Split(',');
            if (cells.Length != header.Length)
                throw new InvalidDataException($"{name}, line {line}: {cells.Length} columns where the header has {header.Length}.");
            if (!double.TryParse(cells[timeColumn], NumberStyles.Float, CultureInfo.InvariantCulture, out double time)
                || !double.IsFinite(time))
                throw new InvalidDataException(
                    $"{name}, line {line}, column {timeColumn + 1}: \"{cells[timeColumn]}\" is not a spike time; "
                    + "expected seconds, such as 0.4125.");
            gathering.Add(cells[unitColumn].Trim(), cells[areaColumn].Trim(), time, $"line {line}");
        }
        return gathering.Table(start, end);

        int Column(string wanted)
        {
            int at = Array.FindIndex(header, cell => cell.Trim() == wanted);
            return at >= 0 ? at : throw new InvalidDataException(
                $"{name} has the columns {string.Join(", ", header)}: expected unit, area and time_s.");
        }
    }

    /// <summary>Writes the table as <see cref="ReadCsv"/> reads it, spikes in the order of time.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <exception cref="InvalidOperationException">A name holds a comma or the end of a line.</exception>
    public void WriteCsv(TextWriter writer)
    {
        Require.NotNull(writer);
        if (Units.Concat(Areas).FirstOrDefault(name => name.AsSpan().IndexOfAny(",\r\n") >= 0) is { } odd)
            throw new InvalidOperationException($"\"{odd}\" holds a comma or the end of a line: a table of commas cannot keep it.");
        writer.WriteLine("unit,area,time_s");
        foreach (var (time, unit) in Times.SelectMany((train, unit) => train.Select(time => (time, unit))).OrderBy(spike => spike.time))
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Units[unit]},{Areas[unit]},{time:R}"));
    }

    /// <summary>
    /// Reads a NumPy archive (.npz) with the arrays unit and time_s, one entry a spike, and area, one entry a spike or a unit.
    /// </summary>
    /// <param name="archive">The file; must be able to seek.</param>
    /// <param name="name">What to call the file in errors.</param>
    /// <param name="start">Start of the session, s; the first spike's whole second if left out.</param>
    /// <param name="end">End of the session, s; the whole second after the last spike if left out.</param>
    /// <exception cref="InvalidDataException">An array is missing, cannot be read, or has another length.</exception>
    /// <remarks>With one area a unit, units are the integers 0, 1, … that index it.</remarks>
    public static SpikeTable ReadNpz(Stream archive, string name = "the archive", double? start = null, double? end = null)
    {
        Require.NotNull(archive);
        var arrays = NpyArray.ReadArchive(archive);
        NpyArray units = Array("unit"), times = Array("time_s"), areas = Array("area");
        if (units.Count != times.Count)
            throw new InvalidDataException(
                $"{name} has {units.Count} entries in unit and {times.Count} in time_s: expected one each per spike.");
        bool areaPerSpike = areas.Count == times.Count;
        IReadOnlyList<string> unitNames = units.Texts, areaNames = areas.Texts;
        var gathering = new Gathering(name);
        for (int k = 0; k < times.Count; k++)
        {
            string area = areaPerSpike ? areaNames[k]
                : int.TryParse(unitNames[k], NumberStyles.None, CultureInfo.InvariantCulture, out int unit) && unit < areaNames.Count
                    ? areaNames[unit]
                : throw new InvalidDataException($"{name}, spike {k}: unit \"{unitNames[k]}\" is no index of the {areaNames.Count} areas.");
            gathering.Add(unitNames[k], area, times.Numbers[k], $"spike {k}");
        }
        return gathering.Table(start, end);

        NpyArray Array(string wanted) => arrays.TryGetValue(wanted, out var array)
            ? array
            : throw new InvalidDataException($"{name} has the arrays {string.Join(", ", arrays.Keys)}: expected unit, area and time_s.");
    }

    /// <summary>Collects spikes unit by unit and refuses what cannot be one recording.</summary>
    private sealed class Gathering(string name)
    {
        private readonly Dictionary<string, int> places = [];
        private readonly List<string> units = [], areas = [];
        private readonly List<List<double>> times = [];

        public void Add(string unit, string area, double time, string where)
        {
            if (!places.TryGetValue(unit, out int place))
            {
                places[unit] = place = units.Count;
                units.Add(unit);
                areas.Add(area);
                times.Add([]);
            }
            if (areas[place] != area)
                throw new InvalidDataException($"{name}, {where}: unit {unit} is in area {area}, but was in {areas[place]} before.");
            if (times[place].Count > 0 && time < times[place][^1])
                throw new InvalidDataException(
                    $"{name}, {where}: unit {unit} spikes at {time} s after {times[place][^1]} s: "
                    + "expected the spikes of a unit in rising order.");
            times[place].Add(time);
        }

        public SpikeTable Table(double? start, double? end)
        {
            if (units.Count == 0) throw new InvalidDataException($"{name} holds no spike.");
            double first = times.Min(spikes => spikes[0]), last = times.Max(spikes => spikes[^1]);
            double from = start ?? Math.Floor(first), to = end ?? Math.Floor(last) + 1.0;
            if (first < from || last >= to)
                throw new InvalidDataException($"{name} has spikes from {first} to {last} s, outside the session from {from} to {to} s.");
            return new SpikeTable([.. units], [.. areas], [.. times.Select(spikes => spikes.ToImmutableArray())], from, to);
        }
    }
}
