using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Draws a Plotly figure as one static SVG element: no script, no outside address, equal bytes for equal figures.</summary>
internal static class SvgRenderer
{
    /// <summary>Draws a figure.</summary>
    /// <param name="figure">A Plotly figure: data, layout and, with a slider, frames. What it says wrongly is read as not said.</param>
    /// <param name="title">What a screen reader announces.</param>
    /// <param name="description">What a screen reader reads on demand.</param>
    public static string Render(JsonObject figure, string title, string description)
    {
        var source = FigureSource.Read(figure);
        string id = "nn-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source.Text}\0{title}\0{description}")))[..10];
        var drawing = new FigureDrawing(source, id, legendOutside: false);
        if (!drawing.LegendFits) drawing = new FigureDrawing(source, id, legendOutside: true);

        string width = Fixed.Text(drawing.Page.Width), height = Fixed.Text(drawing.Page.Height);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="{id}-t {id}-d" font-family="{Canvas.Escape(drawing.Family)}" style="max-width:100%;height:auto"><title id="{id}-t">{Canvas.Escape(title)}</title><desc id="{id}-d">{Canvas.Escape(description)}</desc>{drawing.Body}</svg>
            """;
    }
}
