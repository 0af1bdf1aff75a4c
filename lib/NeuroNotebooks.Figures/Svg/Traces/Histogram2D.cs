using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>histogram2d: counts of pairs in rectangular bins.</summary>
internal static class Histogram2D
{
    public static GridData? Count(JsonObject trace, Axis x, Axis y)
    {
        double[] xs = x.Coordinates(trace.At("x")), ys = y.Coordinates(trace.At("y"));
        int[] pairs = [.. Enumerable.Range(0, Math.Min(xs.Length, ys.Length)).Where(i => double.IsFinite(xs[i]) && double.IsFinite(ys[i]))];
        if (pairs.Length == 0) return null;
        Bins binsX = BinsOf(trace, "x", x, [.. pairs.Select(i => xs[i])]), binsY = BinsOf(trace, "y", y, [.. pairs.Select(i => ys[i])]);
        if ((long)binsX.Count * binsY.Count > 4_000_000) return null;

        var counts = new double[binsY.Count, binsX.Count];
        foreach (int i in pairs)
            if (binsX.IndexOf(xs[i]) is { } column && binsY.IndexOf(ys[i]) is { } row) counts[row, column]++;
        double scale = trace.Text("histnorm") switch
        {
            "percent" => 100.0 / pairs.Length,
            "probability" => 1.0 / pairs.Length,
            "density" => 1.0 / (binsX.Size * binsY.Size),
            "probability density" => 1.0 / (pairs.Length * binsX.Size * binsY.Size),
            _ => 1.0,
        };
        for (int i = 0; i < counts.GetLength(0); i++)
            for (int j = 0; j < counts.GetLength(1); j++) counts[i, j] *= scale;
        return new GridData(counts, EdgesOf(binsX), EdgesOf(binsY));
    }

    private static Bins BinsOf(JsonObject trace, string letter, Axis axis, double[] values) =>
        axis.Kind == AxisKind.Category ? new Bins(-0.5, 1.0, axis.Categories.Count)
        : Bins.Choose(values, trace.Number($"{letter}bins.start"), trace.Number($"{letter}bins.end"), trace.Number($"{letter}bins.size"),
            trace.Number("nbins" + letter) ?? Math.Clamp(Math.Sqrt(values.Length), 6.0, 60.0));

    private static double[] EdgesOf(Bins bins) => [.. Enumerable.Range(0, bins.Count + 1).Select(i => bins.Start + i * bins.Size)];
}
