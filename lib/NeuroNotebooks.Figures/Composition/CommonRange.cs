using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>One range that shows everything on several axes.</summary>
internal static class CommonRange
{
    private const double Padding = 0.04;

    /// <summary>
    /// The range as Plotly keeps it (decimal logarithms on a log axis); null where the axes carry names or nothing at all.
    /// </summary>
    public static double[]? Of(IReadOnlyList<(JsonObject Axis, JsonObject[] Traces)> users, string letter)
    {
        bool log = Figure.IsLog(users[0].Axis);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        bool downwards = false;
        foreach ((JsonObject axis, JsonObject[] traces) in users)
        {
            if (Json.Text(axis["type"]) == "category") return null;
            double[] asked = [.. Json.Doubles(axis["range"] as JsonArray ?? [])];
            (double Low, double High)? shown = asked.Length == 2 && asked.All(double.IsFinite)
                ? (Math.Min(asked[0], asked[1]), Math.Max(asked[0], asked[1]))
                : Padded(Extents.Of(traces, letter), log, traces);
            downwards |= asked.Length == 2 && asked[0] > asked[1];
            if (shown is not { } extent) continue;
            low = Math.Min(low, extent.Low);
            high = Math.Max(high, extent.High);
        }
        if (low > high) return null;
        return downwards ? [high, low] : [low, high];
    }

    private static (double Low, double High)? Padded((double Low, double High)? extent, bool log, JsonObject[] traces)
    {
        if (extent is not { } shown || (log && shown.Low <= 0.0)) return null;
        (double low, double high) = log ? (Math.Log10(shown.Low), Math.Log10(shown.High)) : shown;
        if (traces.All(trace => Json.Text(trace["type"]) is "heatmap" or "contour")) return (low, high);
        double pad = low < high ? Padding * (high - low) : 0.5;
        // Bars stand on the axis.
        bool grounded = !log && low == 0.0 && traces.Any(trace => Json.Text(trace["type"]) == "bar");
        return (grounded ? 0.0 : low - pad, high + pad);
    }
}
