using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>How a contour plot shows the heights between its lines.</summary>
public enum ContourStyle
{
    /// <summary>Coloured lines on white.</summary>
    Lines,

    /// <summary>Coloured steps between thin lines.</summary>
    Filled,
}

public static partial class Plot
{
    /// <summary>
    /// Numbers on a grid as colours, with a colour bar. Row 0 is at the bottom, as in a plane; <see cref="Matrix"/> turns it round.
    /// </summary>
    /// <param name="z">The numbers: rows along y, columns along x. What is not finite stays white.</param>
    /// <param name="x">The middle of each column, rising; 0, 1, 2, ... unless given.</param>
    /// <param name="y">The middle of each row, rising; 0, 1, 2, ... unless given.</param>
    /// <param name="colorTitle">What the colours measure, with its unit.</param>
    /// <param name="scale">Colours; <see cref="ColorScale.Sequential"/> unless given.</param>
    /// <param name="range">
    /// Numbers at the two ends of the scale; the data's unless given, and even about zero for <see cref="ColorScale.Diverging"/>.
    /// </param>
    public static Figure HeatMap(double[,] z, IEnumerable<double>? x = null, IEnumerable<double>? y = null, string colorTitle = "",
        ColorScale? scale = null, (double From, double To)? range = null) =>
        Map("heatmap", z, x, y, colorTitle, scale, range, _ => { });

    /// <summary>A matrix as it is written: row 0 at the top, blue for negative and orange for positive entries.</summary>
    /// <param name="entries">The matrix.</param>
    /// <param name="colorTitle">What the colours measure, with its unit.</param>
    /// <param name="scale">Colours; <see cref="ColorScale.Diverging"/> unless given.</param>
    /// <param name="range">
    /// Numbers at the two ends of the scale; the data's unless given, and even about zero for <see cref="ColorScale.Diverging"/>.
    /// </param>
    public static Figure Matrix(double[,] entries, string colorTitle = "", ColorScale? scale = null, (double From, double To)? range = null)
    {
        TraceParts.Filled(entries, nameof(entries));
        return HeatMap(entries, colorTitle: colorTitle, scale: scale ?? ColorScale.Diverging, range: range)
            .YAxis(range: (entries.GetLength(0) - 0.5, -0.5));
    }

    /// <summary>Lines of equal height.</summary>
    /// <param name="z">Heights: rows along y, columns along x, at least two of each.</param>
    /// <param name="x">The place of each column, rising; 0, 1, 2, ... unless given.</param>
    /// <param name="y">The place of each row, rising; 0, 1, 2, ... unless given.</param>
    /// <param name="colorTitle">What the heights measure, with their unit.</param>
    /// <param name="levels">About how many levels, 1 to 100; they fall on round numbers.</param>
    /// <param name="style">Lines alone or filled steps.</param>
    /// <param name="scale">Colours; <see cref="ColorScale.Sequential"/> unless given.</param>
    public static Figure Contour(double[,] z, IEnumerable<double>? x = null, IEnumerable<double>? y = null, string colorTitle = "",
        int levels = 10, ContourStyle style = ContourStyle.Lines, ColorScale? scale = null)
    {
        Require.InRange(levels, 1, 100);
        TraceParts.Filled(z);
        if (z.GetLength(0) < 2 || z.GetLength(1) < 2)
            throw new ArgumentException($"z is {z.GetLength(0)} × {z.GetLength(1)}: contours need at least 2 × 2.", nameof(z));

        return Map("contour", z, x, y, colorTitle, scale, null, trace =>
        {
            double low = Json.Double(trace["zmin"])!.Value, high = Json.Double(trace["zmax"])!.Value;
            double size = RoundStep((high - low) / levels);
            trace["autocontour"] = false;
            trace["contours"] = new JsonObject
            {
                ["start"] = Math.Ceiling(low / size) * size,
                ["end"] = Math.Floor(high / size) * size,
                ["size"] = size,
                ["coloring"] = style == ContourStyle.Filled ? "fill" : "lines",
                ["showlabels"] = false,
            };
            trace["line"] = style == ContourStyle.Filled
                ? new JsonObject { ["width"] = 0.5, ["color"] = "#FFFFFF" }
                : new JsonObject { ["width"] = Theme.LineWidth };
        });
    }

    /// <summary>The round number (1, 2 or 5 times a power of ten) nearest above a step.</summary>
    private static double RoundStep(double step)
    {
        double power = Math.Pow(10.0, Math.Floor(Math.Log10(step)));
        return power * (step / power) switch { <= 1.0 + 1e-9 => 1.0, <= 2.0 + 1e-9 => 2.0, <= 5.0 + 1e-9 => 5.0, _ => 10.0 };
    }

    private static Figure Map(string type, double[,] z, IEnumerable<double>? x, IEnumerable<double>? y, string colorTitle,
        ColorScale? scale,
        (double From, double To)? range, Action<JsonObject> finish)
    {
        TraceParts.Filled(z);
        Require.NotNull(colorTitle);
        double[]? across = TraceParts.Side(x, z.GetLength(1), "column", nameof(x));
        double[]? along = TraceParts.Side(y, z.GetLength(0), "row", nameof(y));
        scale ??= ColorScale.Sequential;
        (double low, double high) = TraceParts.ColorRange(z, scale, range);

        JsonObject trace = TraceParts.Trace(type, null);
        trace["x"] = Json.Numbers(across ?? Enumerable.Range(0, z.GetLength(1)).Select(i => (double)i));
        trace["y"] = Json.Numbers(along ?? Enumerable.Range(0, z.GetLength(0)).Select(i => (double)i));
        trace["z"] = Json.Rows(z);
        trace["zmin"] = low;
        trace["zmax"] = high;
        trace["zauto"] = false;
        trace["colorscale"] = scale.ToJson();
        trace["showscale"] = true;
        trace["colorbar"] = TraceParts.ColorBar(colorTitle);
        finish(trace);
        return Figure.Flat(Layer.Of(trace));
    }
}
