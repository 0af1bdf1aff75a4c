using System.Globalization;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Checking;

/// <summary>Compares two figures by what they draw: numbers within a part of their array's range, everything else exactly.</summary>
internal static class FigureComparison
{
    /// <summary>
    /// A millionth of the largest value in the same array: platforms' mathematical functions differ in the last digits and a long
    /// simulation carries that on, while a difference of this size moves no line by a hundredth of a pixel.
    /// </summary>
    public const double Tolerance = 1e-6;

    /// <summary>The first difference of each trace and of the layout, in words.</summary>
    public static IReadOnlyList<string> Compare(JsonNode? saved, JsonNode? fresh)
    {
        var found = new List<string>();
        if (saved is not JsonObject a || fresh is not JsonObject b) return ["the figure is no object."];
        foreach (string part in a.Select(p => p.Key).Union(b.Select(p => p.Key)).Order(StringComparer.Ordinal))
        {
            if (a[part] is JsonArray before && b[part] is JsonArray now && before.Count == now.Count)
            {
                for (int i = 0; i < before.Count; i++) Add(First(before[i], now[i], $"{part}[{i}]", scale: 0), found);
            }
            else
            {
                Add(First(a[part], b[part], part, scale: 0), found);
            }
        }
        return found;
    }

    private static void Add(string? difference, List<string> found)
    {
        if (difference is not null) found.Add("figure, " + difference);
    }

    /// <summary>The first difference below a place in the figure; null when there is none.</summary>
    private static string? First(JsonNode? saved, JsonNode? fresh, string place, double scale)
    {
        switch (saved, fresh)
        {
            case (null, null):
                return null;
            case (JsonObject a, JsonObject b):
                foreach (string key in a.Select(p => p.Key).Union(b.Select(p => p.Key)))
                {
                    if (a.ContainsKey(key) != b.ContainsKey(key)) return $"{place}.{key} is {(a.ContainsKey(key) ? "gone" : "new")}.";
                    if (First(a[key], b[key], $"{place}.{key}", scale: 0) is { } inner) return inner;
                }
                return null;
            case (JsonArray a, JsonArray b):
                if (a.Count != b.Count) return $"{place} has {a.Count} values saved, {b.Count} now.";
                double largest = Math.Max(scale, a.Max(Magnitude) ?? 0.0);
                for (int i = 0; i < a.Count; i++)
                    if (First(a[i], b[i], $"{place}[{i}]", largest) is { } inner) return inner;
                return null;
            case (JsonValue, JsonValue) when JsonText.Number(saved) is { } x && JsonText.Number(fresh) is { } y:
                double allowed = Tolerance * Math.Max(scale, Math.Abs(x));
                return Math.Abs(x - y) <= allowed ? null
                    : string.Create(CultureInfo.InvariantCulture, $"{place} was {x}, is {y} (allowed: ± {allowed:g2}).");
            default:
                string before = JsonText.Write(saved), now = JsonText.Write(fresh);
                return before == now ? null : $"{place} was {Short(before)}, is {Short(now)}.";
        }
    }

    private static double? Magnitude(JsonNode? node) => JsonText.Number(node) is { } value ? Math.Abs(value) : null;

    private static string Short(string text) => text.Length > 60 ? text[..57] + "..." : text;
}
