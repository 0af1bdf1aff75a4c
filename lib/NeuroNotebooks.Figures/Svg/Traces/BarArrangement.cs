using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>How the layout wants bars that stand at one place: barmode, barnorm and the gaps between them.</summary>
internal sealed record BarOptions(string Mode, string Norm, double Gap, double GroupGap)
{
    public static BarOptions Read(JsonNode layout, bool onlyHistograms) => new(
        layout.Text("barmode") ?? "group", layout.Text("barnorm") ?? "",
        Math.Clamp(layout.Number("bargap", onlyHistograms ? 0.0 : 0.2), 0.0, 0.95), Math.Clamp(layout.Number("bargroupgap", 0.0), 0.0, 0.95));
}

/// <summary>Gives the bars of all traces in one pair of axes their widths, sides and stacks.</summary>
internal static class BarArrangement
{
    public static void Arrange(IReadOnlyList<BarTrace> traces, BarOptions options)
    {
        BarTrace[] filled = [.. traces.Where(t => t.Bars.Count > 0)];
        if (filled.Length == 0) return;

        double pitch = Pitch(filled);
        bool grouped = options.Mode == "group" && filled.Length > 1;
        for (int k = 0; k < filled.Length; k++) PlaceAcross(filled[k], pitch, options, grouped ? k : 0, grouped ? filled.Length : 1);
        if (options.Mode is "stack" or "relative") Stack(filled, options.Mode == "relative", options.Norm);
    }

    /// <summary>The smallest distance between two places at which any bar stands.</summary>
    private static double Pitch(IReadOnlyList<BarTrace> traces)
    {
        double[] places = [.. traces.SelectMany(t => t.Bars).Select(b => b.Position).Distinct().Order()];
        double pitch = double.PositiveInfinity, span = places.Length == 0 ? 0.0 : places[^1] - places[0];
        for (int i = 1; i < places.Length; i++)
            if (places[i] - places[i - 1] is var step && step > 1e-9 * span) pitch = Math.Min(pitch, step);
        foreach (var trace in traces) pitch = Math.Min(pitch, trace.Pitch ?? pitch);
        return double.IsFinite(pitch) ? pitch : 1.0;
    }

    private static void PlaceAcross(BarTrace trace, double pitch, BarOptions options, int index, int count)
    {
        double slot = pitch * (1.0 - options.Gap) / count;
        trace.HalfRoom = 0.5 * pitch;
        trace.Bars = [.. trace.Bars.Select(bar =>
        {
            double width = trace.WidthOf(bar.Point) is var given && given > 0.0 ? given : slot * (1.0 - options.GroupGap);
            double near = trace.Offset(bar.Point) is { } offset ? bar.Position + offset
                : bar.Position + (index - 0.5 * (count - 1)) * slot - 0.5 * width;
            return bar with { Near = near, Far = near + width };
        })];
    }

    private static void Stack(BarTrace[] traces, bool apart, string norm)
    {
        var tops = new Dictionary<(double, bool), double>();
        var totals = new Dictionary<double, double>();
        foreach (var bar in traces.SelectMany(t => t.Bars))
            totals[bar.Position] = totals.GetValueOrDefault(bar.Position) + Math.Abs(bar.Size);
        foreach (var trace in traces)
            trace.Bars = [.. trace.Bars.Select(bar =>
            {
                double scale = norm is "fraction" or "percent" && totals[bar.Position] > 0.0 ? (norm == "percent" ? 100.0 : 1.0) / totals[bar.Position] : 1.0;
                var key = (bar.Position, apart && bar.Size < 0.0);
                double from = tops.GetValueOrDefault(key);
                tops[key] = from + bar.Size * scale;
                return bar with { Base = from, Size = bar.Size * scale };
            })];
    }
}
