using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Draws a Plotly figure as one SVG element.</summary>
internal static class SvgRenderer
{
    public static string Render(JsonObject figure, string title, string description) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{Html.Escape(title)}</title><desc>{Html.Escape(description)}</desc></svg>";
}
