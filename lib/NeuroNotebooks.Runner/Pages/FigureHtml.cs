using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>A figure as a picture that a script can bring to life: the SVG, its data, a slider where it has frames, its caption.</summary>
internal static partial class FigureHtml
{
    /// <summary>Renders it.</summary>
    /// <param name="picture">The static face, cleaned.</param>
    /// <param name="description">What it shows, in a sentence.</param>
    /// <param name="plotly">The Plotly face; null for a picture alone.</param>
    public static string Render(string picture, string description, JsonObject? plotly)
    {
        string caption = "";
        if (Framed().Match(picture.Trim()) is { Success: true } frame)
            (picture, caption) = (frame.Groups[1].Value, frame.Groups[2].Value);
        var html = new StringBuilder("<figure class=\"output figure\"");
        if (plotly is not null) html.Append($" data-description=\"{HtmlText.Encode(description)}\"");
        html.Append($"><div class=\"plate\">{picture}</div>");
        if (plotly is not null) html.Append(Slider(plotly)).Append(Data(plotly));
        if (caption.Length > 0) html.Append($"<figcaption>{caption}</figcaption>");
        return html.Append("</figure>").ToString();
    }

    /// <summary>The data for the script. The serializer writes every sign that could end the element as an escape.</summary>
    private static string Data(JsonObject plotly)
    {
        var kept = new JsonObject();
        foreach (string part in (string[])["data", "layout", "frames"])
            if (plotly[part] is { } node) kept[part] = node.DeepClone();
        return $"<script type=\"application/json\">{kept.ToJsonString()}</script>";
    }

    /// <summary>
    /// A slider of the page in the place of Plotly's own, which no keyboard reaches; hidden until a script can move it.
    /// </summary>
    private static string Slider(JsonObject plotly)
    {
        if ((plotly["layout"] as JsonObject)?["sliders"] is not JsonArray { Count: 1 } sliders) return "";
        if (sliders[0] is not JsonObject slider) return "";
        var steps = (slider["steps"] as JsonArray ?? []).OfType<JsonObject>();
        string[] labels = [.. steps.Select(step => OutputBundle.Text(step["label"]) ?? "")];
        if (labels.Length < 2) return "";
        int active = (int)Math.Clamp(JsonText.Number(slider["active"]) ?? 0.0, 0.0, labels.Length - 1);
        var value = slider["currentvalue"] as JsonObject;
        string name = (OutputBundle.Text(value?["prefix"]) ?? "").Trim().TrimEnd('=').Trim();
        string unit = OutputBundle.Text(value?["suffix"]) ?? "";
        string[] said = [.. labels.Select(label => label + unit)];
        string all = HtmlText.Encode(JsonSerializer.Serialize(said));
        return $"<div class=\"range\" data-labels=\"{all}\" hidden><label><span>{HtmlText.Encode(name.Length > 0 ? name : "Step")}</span>"
            + $"<input type=\"range\" min=\"0\" max=\"{labels.Length - 1}\" step=\"1\" value=\"{active}\" autocomplete=\"off\" "
            + $"aria-valuetext=\"{HtmlText.Encode(said[active])}\"></label><output>{HtmlText.Encode(said[active])}</output></div>";
    }

    [GeneratedRegex(@"\A<figure\b[^>]*>(<svg\b.*</svg>)(?:<figcaption\b[^>]*>(.*)</figcaption>)?</figure>\z", RegexOptions.Singleline)]
    private static partial Regex Framed();
}
