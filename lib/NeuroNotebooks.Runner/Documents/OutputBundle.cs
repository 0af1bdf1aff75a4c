using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Documents;

/// <summary>Reading and saving one output of a cell.</summary>
internal static class OutputBundle
{
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Claims = "application/vnd.neuronotebooks.claims+json";

    /// <summary>stream, display_data, execute_result, error, or whatever else the file says.</summary>
    public static string Type(JsonObject output) => Text(output["output_type"]) ?? "";

    /// <summary>The faces of a display or result by mime type; null for streams and errors.</summary>
    public static JsonObject? Data(JsonObject output) => output["data"] as JsonObject;

    /// <summary>The text of one face; null when the output has no such face or it is not text.</summary>
    public static string? Face(JsonObject output, string mime) => Lines.Join(Data(output)?[mime]);

    /// <summary>A string, or lines joined; null when the node is neither.</summary>
    public static string? Text(JsonNode? node) => Lines.Join(node);

    /// <summary>A copy in the form that Jupyter saves: texts as arrays of lines, JSON and images as they are, no transient part.</summary>
    public static JsonObject Saved(JsonObject output)
    {
        var copy = (JsonObject)output.DeepClone();
        copy.Remove("transient");
        if (Lines.Normalised(copy["text"]) is { } lines) copy["text"] = lines;
        if (Data(copy) is { } data)
        {
            foreach (string mime in data.Select(face => face.Key).ToList())
                if (IsText(mime) && data[mime] is JsonValue v && v.GetValueKind() == JsonValueKind.String)
                    data[mime] = Lines.Split(v.GetValue<string>());
        }
        return copy;
    }

    private static bool IsText(string mime) =>
        mime.StartsWith("text/", StringComparison.Ordinal) || mime is "application/javascript" or "image/svg+xml";
}
