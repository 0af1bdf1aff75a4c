using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NeuroNotebooks.Figures.Tests;

/// <summary>What every plotly.js from version 2 on reads, stated without our own code: a list of complaints.</summary>
internal static partial class PlotlySchema
{
    private static readonly string[] NumberLists = ["z", "width", "array", "arrayminus", "range", "tickvals", "domain"];
    private static readonly string[] ColorKeys = ["color", "fillcolor", "bgcolor", "linecolor", "tickcolor", "gridcolor", "paper_bgcolor",
        "plot_bgcolor", "arrowcolor"];

    public static List<string> Complaints(string json)
    {
        JsonNode figure = JsonNode.Parse(json)!;
        var complaints = new List<string>();
        Visit(figure, "$", complaints);
        foreach (JsonNode? trace in figure["data"]!.AsArray())
            if (!HasColor(trace!)) complaints.Add($"a {trace!["type"]} trace leaves its colour to the renderer");
        if (json.Contains("bdata", StringComparison.Ordinal)) complaints.Add("packed numbers");
        return complaints;
    }

    private static void Visit(JsonNode? node, string path, List<string> complaints)
    {
        if (node is JsonObject map)
            foreach ((string key, JsonNode? value) in map)
            {
                string here = $"{path}.{key}";
                if (key == "title" && value is not JsonObject) complaints.Add($"{here} is not an object");
                if (key is "x" or "y" && value is JsonArray places && !AllNumbers(places) && !AllTexts(places))
                    complaints.Add($"{here} mixes numbers and words");
                if (NumberLists.Contains(key) && value is JsonArray list && !AllNumbers(list))
                    complaints.Add($"{here} is not a list of numbers");
                if (ColorKeys.Contains(key) && value is JsonValue color && !Color().IsMatch(color.ToString()))
                    complaints.Add($"{here} is no colour: {color}");
                if (key == "colorscale" && value is not JsonArray) complaints.Add($"{here} names a scale instead of giving its stops");
                Visit(value, here, complaints);
            }
        else if (node is JsonArray array)
            for (int i = 0; i < array.Count; i++) Visit(array[i], $"{path}[{i}]", complaints);
        else if (node is JsonValue word && word.ToString() is "NaN" or "Infinity" or "-Infinity")
            complaints.Add($"{path} is {node}");
    }

    private static bool AllNumbers(JsonArray list) => list.All(item => item is null || item is JsonArray rows && AllNumbers(rows)
        || item is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number);

    private static bool AllTexts(JsonArray list) => list.All(item =>
        item is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String);

    private static bool HasColor(JsonNode trace) =>
        new[] { trace["line"]?["color"], trace["marker"]?["color"], trace["fillcolor"], trace["colorscale"] }
        .Any(color => color is not null);

    [GeneratedRegex(@"^(#[0-9A-F]{6}|rgba\(\d{1,3},\d{1,3},\d{1,3},[0-9.]+\))$")]
    private static partial Regex Color();
}
