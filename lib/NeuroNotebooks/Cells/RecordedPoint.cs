using System.Collections.Immutable;
using System.Globalization;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>What was measured at one current and conductance; null where nothing was.</summary>
/// <param name="U">Scaled current, mV.</param>
/// <param name="S">Scaled conductance.</param>
/// <param name="Rate">Steady firing rate, Hz; 0 if the cell does not keep spiking.</param>
/// <param name="Peak">Top of a spike, mV.</param>
/// <param name="Trough">Lowest voltage between spikes, mV.</param>
/// <param name="AhpFraction">Position of the lowest voltage in the interspike interval.</param>
public sealed record RecordedPoint(double U, double S, double? Rate, double? Peak, double? Trough, double? AhpFraction)
{
    /// <summary>Whether the cell kept spiking; null if no rate was measured.</summary>
    public bool? Spikes => Rate > 0.0 ? true : Rate is null ? null : false;
}

/// <summary>The size of one unit of cost, or of noise, in each feature.</summary>
/// <param name="Rate">Hz, above zero.</param>
/// <param name="Peak">mV, above zero.</param>
/// <param name="Trough">mV, above zero.</param>
/// <param name="AhpFraction">Part of the interval, above zero.</param>
public sealed record FeatureScales(double Rate, double Peak, double Trough, double AhpFraction)
{
    /// <summary>Hz, above zero.</summary>
    public double Rate { get; init => field = Checked.Positive(value); } = Checked.Positive(Rate, nameof(Rate));

    /// <summary>mV, above zero.</summary>
    public double Peak { get; init => field = Checked.Positive(value); } = Checked.Positive(Peak, nameof(Peak));

    /// <summary>mV, above zero.</summary>
    public double Trough { get; init => field = Checked.Positive(value); } = Checked.Positive(Trough, nameof(Trough));

    /// <summary>Part of the interval, above zero.</summary>
    public double AhpFraction { get; init => field = Checked.Positive(value); } = Checked.Positive(AhpFraction, nameof(AhpFraction));

    /// <summary>What a difference of 1 in the cost of a fit stands for: 0.5 Hz, 1 mV, 1 mV, 0.02.</summary>
    public static FeatureScales Fit { get; } = new(0.5, 1.0, 1.0, 0.02);

    /// <summary>The noise of the planted recordings: 0.3 Hz, 0.5 mV, 0.5 mV, 0.01.</summary>
    public static FeatureScales Noise { get; } = new(0.3, 0.5, 0.5, 0.01);
}

/// <summary>Measurements of one cell at several currents and conductances.</summary>
/// <param name="Points">The measurements, at least one.</param>
public sealed record ClampRecording(ImmutableArray<RecordedPoint> Points)
{
    private const double LargestMillivolts = 1e3;

    private static readonly string[] Columns = ["u_mV", "s", "rate_Hz", "peak_mV", "trough_mV", "ahp_fraction"];

    /// <summary>The measurements, at least one.</summary>
    public ImmutableArray<RecordedPoint> Points { get; init; } = Given(Points);

    /// <summary>The thirteen points of the planted recordings; ten of them spike.</summary>
    public static ImmutableArray<(double U, double S)> PlantedProtocol { get; } =
        [(14, 0), (20, 0), (28, 0), (36, 0), (43, 0), (48, 0), (34, 1), (46, 1), (58, 1), (68, 1), (58, 2), (70, 2), (84, 2)];

    /// <summary>Records a model instead of a cell.</summary>
    /// <param name="cell">The model.</param>
    /// <param name="protocol">Current, mV, and conductance of each point, at least one.</param>
    /// <param name="options">How long, how finely, what counts as a spike.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static ClampRecording Of(IShuntableNeuron cell, IReadOnlyList<(double U, double S)> protocol, ClampOptions? options = null) =>
        new([.. DynamicClamp.SteadyStates(cell, protocol, options).Select(Measured)]);

    /// <summary>The recording with noise on every feature; a rate of 0 stays 0.</summary>
    /// <param name="noise">Standard deviations.</param>
    /// <param name="random">The stream; feature f of point k takes its number 4 k + f.</param>
    public ClampRecording WithNoise(FeatureScales noise, Philox random)
    {
        Require.NotNull(noise);
        return new([.. Points.Select((point, k) => point.Spikes != true ? point : point with
        {
            Rate = Math.Max(0.01, point.Rate!.Value + noise.Rate * Draw(k, 0)),
            Peak = point.Peak + noise.Peak * Draw(k, 1),
            Trough = point.Trough + noise.Trough * Draw(k, 2),
            AhpFraction = point.AhpFraction + noise.AhpFraction * Draw(k, 3),
        })]);

        double Draw(int point, int feature) => random.Normal((ulong)(4 * point + feature));
    }

    /// <summary>Reads a comma-separated table with the columns u_mV, s, rate_Hz, peak_mV, trough_mV and ahp_fraction; fields may be empty.</summary>
    /// <param name="reader">The text, with a header line; the columns may come in any order, and others are passed over.</param>
    /// <param name="name">What to call the table in errors.</param>
    /// <exception cref="InvalidDataException">A column is missing, a field is no number, or a current is not scaled to mV.</exception>
    public static ClampRecording ReadCsv(TextReader reader, string name = "the table")
    {
        Require.NotNull(reader);
        string[] header = [.. (reader.ReadLine() ?? "").Split(',').Select(cell => cell.Trim())];
        int[] places = [.. Columns.Select(column => Array.IndexOf(header, column))];
        if (places.Contains(-1))
            throw new InvalidDataException(
                $"{name} has no column {Columns[Array.IndexOf(places, -1)]}: expected {string.Join(", ", Columns)}, found {string.Join(", ", header)}.");
        var points = ImmutableArray.CreateBuilder<RecordedPoint>();
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0) continue;
            string[] cells = text.Split(',');
            if (cells.Length != header.Length)
                throw new InvalidDataException($"{name}, line {line}: {cells.Length} columns where the header has {header.Length}.");
            double?[] f = [.. places.Select((place, column) => Number(cells[place].Trim(), $"{name}, line {line}, column {Columns[column]}"))];
            if (f[0] is not { } u || f[1] is not { } s)
                throw new InvalidDataException($"{name}, line {line}: u_mV or s is empty; only what was measured may be missing.");
            points.Add(new RecordedPoint(u, s, f[2], f[3], f[4], f[5]));
        }
        if (points.Count == 0) throw new InvalidDataException($"{name} holds no measurement.");
        CheckUnits(points, name);
        return new ClampRecording(points.DrainToImmutable());
    }

    private static void CheckUnits(IEnumerable<RecordedPoint> points, string name)
    {
        double largest = points.Max(point => Math.Abs(point.U));
        if (largest > LargestMillivolts || largest is > 0.0 and < 1e-3)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{name}: the largest |u_mV| is {largest:g3}; a scaled current is in mV. Divide the current by the input conductance (pA by nS)."));
    }

    private static double? Number(string text, string place) =>
        text.Length == 0 ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
        : throw new InvalidDataException($"{place}: \"{text}\" is not a number.");

    private static RecordedPoint Measured(SpikingSummary answer) =>
        new(answer.U, answer.S, answer.Rate, answer.Peak, answer.Trough, answer.AhpFraction);

    private static ImmutableArray<RecordedPoint> Given(ImmutableArray<RecordedPoint> Points)
    {
        Require.Each(Require.Some(Points));
        return Points;
    }
}
