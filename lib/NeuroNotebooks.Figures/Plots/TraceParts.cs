using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>Pieces that the builders' traces share.</summary>
internal static class TraceParts
{
    /// <summary>A trace that appears in the legend only if it has a name.</summary>
    public static JsonObject Trace(string type, string? name)
    {
        var trace = new JsonObject { ["type"] = type };
        if (string.IsNullOrEmpty(name)) trace["showlegend"] = false;
        else trace["name"] = name;
        return trace;
    }

    public static JsonObject OfKind(this JsonObject trace, string kind)
    {
        trace["meta"] = new JsonObject { ["kind"] = kind };
        return trace;
    }

    public static JsonObject Scatter(string? name, string mode, IEnumerable<double> x, IEnumerable<double> y)
    {
        JsonObject trace = Trace("scatter", name);
        trace["mode"] = mode;
        trace["x"] = Json.Numbers(x);
        trace["y"] = Json.Numbers(y);
        return trace;
    }

    public static JsonObject Curve(string? name, double[] x, double[] y, Ink ink)
    {
        JsonObject trace = Scatter(name, "lines", x, y);
        trace["line"] = ink.ToLine();
        return trace;
    }

    /// <summary>An ink in the figure's colour where the author gave none.</summary>
    public static Layer Inked(Ink? ink, Func<Ink, JsonObject[]> traces)
    {
        ink?.Check();
        return Layer.Painted(ink?.Color, color => traces(ink ?? color));
    }

    public static JsonObject ColorBar(string title) => new()
    {
        ["title"] = new JsonObject { ["text"] = title, ["side"] = "right", ["font"] = Theme.Font(Theme.SmallSize) },
        ["thickness"] = 14.0,
        ["outlinewidth"] = 0.0,
        ["tickfont"] = Theme.Font(Theme.SmallSize - 1.0),
    };

    /// <summary>Where the colours of a map begin and end: as asked, else the data's; around zero for a diverging scale.</summary>
    public static (double Low, double High) ColorRange(double[,] z, ColorScale scale, (double From, double To)? asked)
    {
        if (asked is { } range)
        {
            Require.Ascending(range, "range");
            return range;
        }

        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in z)
        {
            if (!double.IsFinite(value)) continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        if (ReferenceEquals(scale, ColorScale.Diverging)) (low, high) = (-Math.Max(Math.Abs(low), Math.Abs(high)),
            Math.Max(Math.Abs(low), Math.Abs(high)));
        return low < high ? (low, high) : (low - 0.5, high + 0.5);
    }

    /// <summary>Places along one side of a matrix, checked; null if none were given.</summary>
    public static double[]? Side(IEnumerable<double>? places, int count, string per, string name)
    {
        if (places is null) return null;
        double[] given = Require.Some(places, name);
        if (given.Length != count)
            throw new ArgumentException($"{name} has {given.Length} entries: expected {count}, one per {per} of z.", name);
        Require.Rising(given, "cells need rising places", name);
        return given;
    }

    public static void Filled(double[,] z, string name = "z")
    {
        Require.NotNull(z, name);
        if (z.Length == 0) throw new ArgumentException($"{name} is {z.GetLength(0)} × {z.GetLength(1)}: expected at least one cell.", name);
        Require.AnyFinite(z.Cast<double>(), name);
    }
}
