using System.Text;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>How a shape is filled and outlined, as presentation attributes (sanitisers of shared notebooks drop style sheets).</summary>
internal readonly record struct Paint(
    Rgba? Fill, Rgba? Stroke = null, double Width = 0.0, string? Dash = null, double Opacity = 1.0, bool Round = false, string Extra = "")
{
    public static Paint Filled(Rgba color, double opacity = 1.0) => new(color, Opacity: opacity);

    public static Paint Stroked(Rgba color, double width, string? dash = null, double opacity = 1.0) =>
        new(null, color, width, dash, opacity);

    public string Attributes
    {
        get
        {
            var text = new StringBuilder();
            if (Fill is { A: > 0.0 } fill)
            {
                text.Append(" fill=\"").Append(fill.Hex).Append('"');
                if (fill.A < 1.0) text.Append(" fill-opacity=\"").Append(Fixed.Text(fill.A, 3)).Append('"');
            }
            else text.Append(" fill=\"none\"");
            if (Stroke is { A: > 0.0 } stroke && Width > 0.0)
            {
                text.Append(" stroke=\"").Append(stroke.Hex).Append("\" stroke-width=\"").Append(Fixed.Text(Width)).Append('"');
                if (stroke.A < 1.0) text.Append(" stroke-opacity=\"").Append(Fixed.Text(stroke.A, 3)).Append('"');
                if (Dash is { Length: > 0 } dash) text.Append(" stroke-dasharray=\"").Append(dash).Append('"');
                if (Round) text.Append(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
            }
            if (Opacity < 1.0) text.Append(" opacity=\"").Append(Fixed.Text(Math.Max(0.0, Opacity), 3)).Append('"');
            return text.Append(Extra).ToString();
        }
    }

    /// <summary>Plotly's dash names and lengths in pixels, as SVG dash lengths; null for a solid line.</summary>
    public static string? DashOf(string? name, double width)
    {
        double w = Math.Max(width, 1.0);
        switch (name)
        {
            case null or "solid": return null;
            case "dot": return Lengths(w, 2.0 * w);
            case "dash": return Lengths(4.0 * w, 2.5 * w);
            case "longdash": return Lengths(7.0 * w, 3.0 * w);
            case "dashdot": return Lengths(4.0 * w, 2.0 * w, w, 2.0 * w);
            case "longdashdot": return Lengths(7.0 * w, 2.5 * w, w, 2.5 * w);
            default:
                double[] given = [.. name.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
                    .Select(part => System.Text.Json.Nodes.JsonValue.Create(part.Replace("px", "", StringComparison.Ordinal)).AsNumber())];
                return given.Length is > 0 and <= 12 && given.All(v => v >= 0.0) && given.Sum() > 0.0 ? Lengths(given) : null;
        }
    }

    private static string Lengths(params double[] lengths) => string.Join(',', lengths.Select(v => Fixed.Text(v)));
}
