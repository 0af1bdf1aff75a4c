using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Colour, width, dash and shape of a trace's line.</summary>
internal sealed record LineStyle(Rgba Color, double Width, string? Dash, string Shape, double Smoothing)
{
    public static LineStyle Read(JsonNode? line, Rgba color)
    {
        double width = Math.Clamp(line.Number("width", 2.0), 0.0, 40.0);
        return new LineStyle(
            Rgba.Parse(line.Text("color")) ?? color, width, Svg.Paint.DashOf(line.Text("dash"), width),
            line.Text("shape") ?? "linear", Math.Clamp(line.Number("smoothing", 1.0), 0.0, 1.3));
    }

    public Paint Paint(double opacity = 1.0) =>
        new(null, Color.Fade(opacity), Width, Dash, Round: Dash is null);

    public void Trace(PathData path, ReadOnlySpan<Point> points, bool continues = false)
    {
        if (Shape == "spline") { LineShape.Spline(path, points, Smoothing, continues); return; }
        foreach (var p in LineShape.WithCorners(points, Shape))
        {
            if (continues) path.LineTo(p); else path.MoveTo(p);
            continues = true;
        }
    }
}
