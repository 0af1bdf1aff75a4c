using System.Text;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>The caption drawn below the axes, for the one face that has no other place for it.</summary>
internal static class CaptionDrawing
{
    private const string Name = "caption";
    private const double LineHeight = 18.0;

    public static JsonObject Add(JsonObject layout, string caption)
    {
        JsonObject copy = Remove(layout);
        if (caption.Length == 0) return copy;

        double width = Json.Double(copy["width"]) ?? Theme.Width;
        double left = Json.Double(copy["margin"]?["l"]) ?? Theme.LeftMargin;
        double bottom = Json.Double(copy["margin"]?["b"]) ?? Theme.BottomMargin;
        // Letters of a sans-serif font are about half as wide as they are high.
        List<string> lines = Wrapped(caption, (int)((width - left) / (0.5 * Theme.SmallSize)));

        double room = lines.Count * LineHeight + 8.0;
        copy.Child("margin")["b"] = bottom + room;
        copy["height"] = (Json.Double(copy["height"]) ?? Theme.Height) + room;
        copy.List("annotations").Add((JsonNode)new JsonObject
        {
            ["name"] = Name,
            ["text"] = string.Join("<br>", lines.Select(line => line.Replace("<", "&lt;", StringComparison.Ordinal))),
            ["showarrow"] = false,
            ["align"] = "left",
            ["xref"] = "paper",
            ["x"] = 0.0,
            ["xanchor"] = "left",
            ["yref"] = "paper",
            ["y"] = 0.0,
            ["yanchor"] = "top",
            ["yshift"] = -bottom + 4.0,
            ["font"] = Theme.Font(Theme.SmallSize),
        });
        return copy;
    }

    public static JsonObject Remove(JsonObject layout)
    {
        JsonObject copy = layout.Copy();
        if (copy["annotations"] is JsonArray notes)
            notes.RemoveAll(note => note is JsonObject drawn && Json.Text(drawn["name"]) == Name);
        return copy;
    }

    private static List<string> Wrapped(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (string word in text.Split((char[])[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        lines.Add(line.ToString());
        return lines;
    }
}
