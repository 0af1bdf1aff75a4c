using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>A text's size in pixels, colour and weight. The family is the figure's.</summary>
internal readonly record struct Font(double Size, Rgba Color, bool Bold = false, bool Italic = false)
{
    /// <summary>Faces found on most systems; the generic family ends the list, so that no font need be fetched.</summary>
    public const string Family = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif";

    /// <summary>This font with what a Plotly font object says differently.</summary>
    public Font With(JsonNode? font, double? size = null)
    {
        double chosen = font.Number("size") ?? size ?? Size;
        return new Font(
            Math.Clamp(chosen, 4.0, 72.0),
            Rgba.Parse(font.Text("color")) ?? Color,
            font.Text("weight") is { } weight ? weight is "bold" or "bolder" or "600" or "700" or "800" or "900" : Bold,
            font.Text("style") is { } style ? style is "italic" : Italic);
    }
}
