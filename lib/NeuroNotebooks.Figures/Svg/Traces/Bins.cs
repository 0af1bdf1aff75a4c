namespace NeuroNotebooks.Figures.Svg;

/// <summary>Bins of equal size, each holding its lower edge.</summary>
internal readonly record struct Bins(double Start, double Size, int Count)
{
    private const int Most = 5000;

    /// <summary>The bin of a value, or null outside all.</summary>
    public int? IndexOf(double value)
    {
        double place = Math.Floor((value - Start) / Size + 1e-9);
        return place >= 0.0 && place < Count ? (int)place : null;
    }

    /// <summary>Bins as given, or round ones chosen from the spread of the values as Plotly does: about 2 σ n^-0.4 wide.</summary>
    public static Bins Choose(double[] values, double? start, double? end, double? size, double? most)
    {
        double least = values.Min(), greatest = values.Max();
        double width = size is { } given and > 0.0 ? given : AutoSize(values, least, greatest, most);
        bool whole = size is null && values.All(v => v == Math.Floor(v)) && width >= 1.0;
        double first = start ?? Math.Floor(least / width + 1e-9) * width - (whole && width % 2.0 == 1.0 ? 0.5 : 0.0);
        if (start is null && first > least) first -= width;
        double last = end is { } stop && stop > first ? stop : greatest;
        double count = Math.Floor((last - first) / width - (end is null ? 0.0 : 1e-9)) + 1.0;
        if (!(count <= Most) || !double.IsFinite(first)) return new Bins(least, Math.Max((greatest - least) / 100.0, 1e-300), 101);
        return new Bins(first, width, Math.Max(1, (int)count));
    }

    private static double AutoSize(double[] values, double least, double greatest, double? most)
    {
        if (!(greatest > least)) return 1.0;
        if (most is { } pieces and >= 1.0) return Ticks.RoundStep(greatest - least, pieces);
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        double rough = 2.0 * deviation / Math.Pow(values.Length, 0.4);
        bool whole = values.All(v => v == Math.Floor(v)) && greatest - least < 1e9;
        double step = Ticks.RoundStep(greatest - least, Math.Clamp((greatest - least) / Math.Max(rough, 1e-300), 1.0, 500.0));
        return whole ? Math.Max(1.0, Math.Ceiling(step)) : step;
    }
}
