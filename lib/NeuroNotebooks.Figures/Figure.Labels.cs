using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

public sealed partial class Figure
{
    /// <summary>The title, or an empty text.</summary>
    public string Title => Json.Text(layout["title"]?["text"]) ?? "";

    /// <summary>The caption, or an empty text.</summary>
    public string Caption => layout["meta"] is JsonObject meta ? Json.Text(meta["caption"]) ?? "" : "";

    /// <summary>The same figure under another title.</summary>
    /// <param name="title">
    /// One line; Plotly's <c>&lt;b&gt;</c>, <c>&lt;i&gt;</c>, <c>&lt;sub&gt;</c> and <c>&lt;sup&gt;</c> are understood.
    /// </param>
    public Figure Titled(string title)
    {
        Require.Text(title, "a title");
        return Changed(copy =>
        {
            bool hadTitle = copy["title"] is JsonObject;
            JsonObject made = Theme.Title(title, Theme.TitleSize);
            made["x"] = 0.0;
            made["xref"] = "paper";
            made["xanchor"] = "left";
            copy["title"] = made;
            if (!hadTitle && copy["margin"] is JsonObject margin && Json.Double(margin["t"]) is { } top)
                margin["t"] = top + Theme.TopMarginUnderTitle - Theme.TopMargin;
            Theme.KeepLegendBelow(copy);
        });
    }

    /// <summary>The same figure with a caption: what to look for. It travels in the JSON, under <c>layout.meta.caption</c>.</summary>
    /// <param name="caption">Plain text.</param>
    public Figure Captioned(string caption)
    {
        Require.Text(caption, "a caption that says what to look for");
        return Changed(copy => copy.Child("meta")["caption"] = caption);
    }

    /// <summary>The same figure in another size.</summary>
    /// <param name="width">Pixels, 100 to 4000.</param>
    /// <param name="height">Pixels, 100 to 4000.</param>
    public Figure Sized(double width, double height)
    {
        Require.InRange(width, 100.0, 4000.0);
        Require.InRange(height, 100.0, 4000.0);
        return Changed(copy =>
        {
            copy["width"] = width;
            copy["height"] = height;
            Theme.KeepLegendBelow(copy);
        });
    }

    /// <summary>
    /// The same figure with its legend elsewhere. Without this call there is a legend beside the plot once two curves have names.
    /// </summary>
    public Figure Legend(LegendPlace place) => Changed(copy => Theme.SetLegend(copy, place), legendIsChosen: true);
}
