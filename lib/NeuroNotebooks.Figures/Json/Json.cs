using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>JSON nodes made from numbers and read back as numbers.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A number, or null where it is not finite: JSON has no word for those.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    public static JsonArray Numbers(IEnumerable<double> values)
    {
        var array = new JsonArray();
        foreach (double value in values) array.Add(Number(value));
        return array;
    }

    public static JsonArray Texts(IEnumerable<string> values)
    {
        var array = new JsonArray();
        foreach (string value in values) array.Add((JsonNode?)JsonValue.Create(value));
        return array;
    }

    public static JsonArray Rows(double[,] values)
    {
        var rows = new JsonArray();
        for (int i = 0; i < values.GetLength(0); i++)
        {
            var row = new JsonArray();
            for (int j = 0; j < values.GetLength(1); j++) row.Add(Number(values[i, j]));
            rows.Add((JsonNode)row);
        }
        return rows;
    }

    /// <summary>The numbers of a list, at any depth and in order; NaN where an entry is no number.</summary>
    public static IEnumerable<double> Doubles(JsonNode? node)
    {
        if (node is not JsonArray array)
        {
            yield return Double(node) ?? double.NaN;
            yield break;
        }
        foreach (JsonNode? item in array)
            foreach (double value in Doubles(item))
                yield return value;
    }

    public static double? Double(JsonNode? node)
    {
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number) return null;
        return value.TryGetValue(out double number) ? number
            : double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool IsFalse(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.False;

    public static bool IsTrue(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>The object under a key, put there if it is missing.</summary>
    public static JsonObject Child(this JsonObject parent, string key)
    {
        if (parent[key] is JsonObject child) return child;
        var made = new JsonObject();
        parent[key] = made;
        return made;
    }

    public static JsonArray List(this JsonObject parent, string key)
    {
        if (parent[key] is JsonArray list) return list;
        var made = new JsonArray();
        parent[key] = made;
        return made;
    }

    public static JsonObject Copy(this JsonObject node) => (JsonObject)node.DeepClone();

    /// <summary>A copy whose objects list their keys in alphabetical order, so that equal content is written with equal bytes.</summary>
    public static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact)) write(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static string Write(JsonNode node) => Write(writer => node.WriteTo(writer));
}
