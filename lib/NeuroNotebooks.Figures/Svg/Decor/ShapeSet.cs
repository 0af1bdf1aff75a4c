using System.Globalization;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Lines, rectangles, circles and paths that the layout draws below or above the traces.</summary>
internal sealed class ShapeSet(FigureContext figure, AxisSet axes)
{
    private readonly JsonObject[] _all = [.. figure.Layout.Maps("shapes").Where(s => s.Flag("visible") != false).Take(2000)];

    public void Draw(Canvas canvas, PageLayout layout, bool below, List<Label> labels)
    {
        var reference = new PageReference(axes, layout);
        foreach (var shape in _all)
            if (shape.Text("layer") is "below" or "between" == below) Draw(canvas, shape, reference, labels);
    }

    private void Draw(Canvas canvas, JsonObject shape, PageReference reference, List<Label> labels)
    {
        double width = Math.Clamp(shape.Number("line.width", 2.0), 0.0, 40.0);
        var line = Rgba.Parse(shape.Text("line.color")) ?? new Rgba(68, 68, 68);
        var paint = new Paint(Rgba.Parse(shape.Text("fillcolor")), line, width, Paint.DashOf(shape.Text("line.dash"), width), Math.Clamp(shape.Number("opacity", 1.0), 0.0, 1.0));
        string? xref = shape.Text("xref") ?? "x", yref = shape.Text("yref") ?? "y";
        var panel = reference.PanelOf(xref, yref);
        bool clip = panel is not null && (IsData(xref) || IsData(yref));
        if (shape.Text("type") == "path")
        {
            if (ShapePath.Write(shape.Text("path") ?? "", x => reference.Pixel(x, xref, true, false), y => reference.Pixel(y, yref, false, false)) is { Length: > 0 } data)
                Clipped(canvas, clip ? panel : null, () => canvas.Path(data, paint));
            return;
        }
        if (Pixel("x0", xref, true) is not { } x0 || Pixel("x1", xref, true) is not { } x1 || Pixel("y0", yref, false) is not { } y0 || Pixel("y1", yref, false) is not { } y1) return;
        var box = new Box(Math.Min(x0, x1), Math.Min(y0, y1), Math.Max(x0, x1), Math.Max(y0, y1));
        Clipped(canvas, clip ? panel : null, () => _ = shape.Text("type") switch
        {
            "line" => canvas.Line(x0, y0, x1, y1, paint with { Fill = null }),
            "circle" => canvas.Ellipse(box, paint),
            _ => canvas.Rect(box, paint),
        });
        if (new TextBlock(shape.Text("label.text"), (figure.Font with { Size = 12.0 }).With(shape.At("label.font"))) is { IsEmpty: false } block)
            labels.Add(new Label(block, "label", [.. LabelPlacesIn(shape, box)]));

        double? Pixel(string name, string? axis, bool isX) => reference.Pixel(shape.At(name), axis, isX, logarithms: false);
    }

    private static IEnumerable<(double, double, Across, Along)> LabelPlacesIn(JsonObject shape, Box box)
    {
        if (shape.Text("type") == "line")
        {
            foreach (var place in LabelPlaces.Around(new Point(box.Right, box.Top), "top left", 3.0)) yield return place;
            yield break;
        }
        string position = shape.Text("label.textposition") ?? "middle center";
        bool top = position.StartsWith("top", StringComparison.Ordinal), bottom = position.StartsWith("bottom", StringComparison.Ordinal);
        yield return (box.CenterX, top ? box.Top + 3.0 : bottom ? box.Bottom - 3.0 : box.CenterY, Across.Middle, top ? Along.Top : bottom ? Along.Bottom : Along.Middle);
        yield return (box.CenterX, box.Top + 3.0, Across.Middle, Along.Top);
        yield return (box.CenterX, box.Top - 3.0, Across.Middle, Along.Bottom);
    }

    private static bool IsData(string? reference) => reference is not null and not "paper" && !reference.EndsWith("domain", StringComparison.Ordinal);

    private static void Clipped(Canvas canvas, Panel? panel, Action draw)
    {
        if (panel is null) { draw(); return; }
        canvas.OpenClip(panel.Rect);
        draw();
        canvas.Shut();
    }
}

/// <summary>Translates the path of a shape from data to pixels: the commands M, L, H, V, Q, C and Z.</summary>
internal static class ShapePath
{
    private const int Longest = 20_000;

    public static string Write(string path, Func<JsonNode?, double?> toX, Func<JsonNode?, double?> toY)
    {
        var text = new System.Text.StringBuilder();
        char command = 'M';
        bool isX = true;
        foreach (string token in Tokens(path.Length > Longest ? path[..Longest] : path))
        {
            if (token.Length == 1 && "MLHVQCZ".Contains(char.ToUpperInvariant(token[0]), StringComparison.Ordinal))
            {
                command = char.ToUpperInvariant(token[0]);
                isX = command != 'V';
                text.Append(command);
                continue;
            }
            JsonNode value = double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? JsonValue.Create(number) : JsonValue.Create(token);
            if ((isX ? toX(value) : toY(value)) is not { } pixel) return "";
            text.Append(Fixed.Text(pixel)).Append(' ');
            if (command is not ('H' or 'V')) isX = !isX;
        }
        return text.Length > 0 && text[0] == 'M' ? text.ToString() : "";
    }

    private static IEnumerable<string> Tokens(string path)
    {
        int start = 0;
        for (int i = 0; i <= path.Length; i++)
        {
            bool command = i < path.Length && char.IsAsciiLetter(path[i]) && (path[i] is not ('e' or 'E'));
            bool separator = i == path.Length || path[i] is ' ' or ',' or '\t' or '\n';
            if (!command && !separator) continue;
            if (i > start) yield return path[start..i];
            if (command) yield return path[i].ToString();
            start = i + 1;
        }
    }
}
