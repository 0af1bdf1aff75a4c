using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Documents;

/// <summary>Texts in notebooks: one string or an array of lines, each line with its own end.</summary>
internal static class Lines
{
    /// <summary>The text of a string or of an array of strings; null when it is neither.</summary>
    public static string? Join(JsonNode? node) => node switch
    {
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>(),
        JsonArray a when a.All(IsString) => string.Concat(a.Select(line => line!.GetValue<string>())),
        _ => null,
    };

    /// <summary>The text as an array of lines that keep their ends, as Jupyter saves it; an empty text is an empty array.</summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        for (int start = 0; start < text.Length;)
        {
            int newline = text.IndexOf('\n', start);
            int end = newline < 0 ? text.Length : newline + 1;
            lines.Add(JsonValue.Create(text[start..end]));
            start = end;
        }
        return lines;
    }

    /// <summary>Text with every line end as one line feed.</summary>
    public static string WithLineFeeds(string text) =>
        text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;

    /// <summary>Whether an array was written by a tool that forgot the line ends, so that joining it would glue lines together.</summary>
    public static bool LackEnds(JsonNode? node) =>
        node is JsonArray { Count: > 1 } a && a.All(IsString) && !a.Any(line => EndsLine(line!.GetValue<string>()));

    /// <summary>
    /// Gives a node the array form, changing nothing when it has it already.
    /// </summary>
    /// <returns>The array to put in its place, or null when the node is fine as it is.</returns>
    public static JsonArray? Normalised(JsonNode? node)
    {
        if (Join(node) is not { } text) return null;
        if (LackEnds(node)) text = string.Join('\n', ((JsonArray)node!).Select(line => line!.GetValue<string>()));
        else if (node is JsonArray && !text.Contains('\r')) return null;
        return Split(WithLineFeeds(text));
    }

    private static bool IsString(JsonNode? node) => node is JsonValue v && v.GetValueKind() == JsonValueKind.String;

    // Python splits at all of these, so a line of a notebook saved by Jupyter may end in any of them.
    private static bool EndsLine(string line) =>
        line.Length > 0 && line[^1] is '\n' or '\r' or '\v' or '\f' or '\u001c' or '\u001d' or '\u001e' or '\u0085' or '\u2028' or '\u2029';
}
