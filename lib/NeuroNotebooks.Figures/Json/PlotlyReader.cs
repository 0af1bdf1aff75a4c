using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>Reads any Plotly figure into the plain form that every plotly.js from 2 on understands.</summary>
/// <remarks>
/// Titles written as text become <c>{"text": ...}</c>; number arrays packed as base64 are unpacked; the words that some
/// serialisers write for NaN and the infinities become null. Everything else stays as it came.
/// </remarks>
internal static class PlotlyReader
{
    private static readonly string[] NotFinite = ["NaN", "Infinity", "-Infinity"];

    public static JsonObject Read(string json)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            string where = error.LineNumber is { } line ? $"line {line + 1}, byte {error.BytePositionInLine + 1}"
                : "a key stands twice in one object";
            throw new FormatException($"This is not JSON: {where}. Expected a Plotly figure, {{\"data\": [...], \"layout\": {{...}}}}.",
                error);
        }

        return Plain(root);
    }

    private static JsonObject Plain(JsonNode? root)
    {
        JsonObject figure = root switch
        {
            JsonArray traces => new JsonObject { ["data"] = traces.DeepClone() },
            JsonObject map => map,
            _ => throw new FormatException("The JSON is a single value: expected a Plotly figure, {\"data\": [...], \"layout\": {...}}."),
        };
        if (figure["data"] is not JsonArray data)
            throw new FormatException(
                "The JSON has no list under \"data\": expected a Plotly figure, {\"data\": [...], \"layout\": {...}}.");
        for (int i = 0; i < data.Count; i++)
            if (data[i] is not JsonObject)
                throw new FormatException($"data[{i}] is not an object: expected a Plotly trace, such as {{\"type\": \"scatter\", ...}}.");
        if (figure["layout"] is not (null or JsonObject)) throw new FormatException("The JSON's \"layout\" is not an object.");
        if (figure["frames"] is not (null or JsonArray)) throw new FormatException("The JSON's \"frames\" is not a list.");

        return (JsonObject)Normal(figure, inData: false)!;
    }

    private static JsonNode? Normal(JsonNode? node, bool inData) => node switch
    {
        JsonObject map when PackedNumbers.Is(map) => PackedNumbers.Unpack(map),
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Entry(entry.Key, entry.Value, inData)))),
        JsonArray list => new JsonArray([.. NumbersOnly(list) ? list.Select(FiniteOrNull) : list.Select(item => Normal(item, inData))]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Entry(string key, JsonNode? value, bool inData) => key switch
    {
        "meta" or "customdata" or "config" => value?.DeepClone(),
        "title" when Json.Text(value) is { } text => new JsonObject { ["text"] = text },
        _ => Normal(value, inData || key == "data"),
    };

    private static bool NumbersOnly(JsonArray list) =>
        list.Any(item => item?.GetValueKind() == JsonValueKind.Number)
        && list.All(item => item is null || item.GetValueKind() == JsonValueKind.Number || NotFinite.Contains(Json.Text(item)));

    private static JsonNode? FiniteOrNull(JsonNode? item) => item?.GetValueKind() == JsonValueKind.Number ? item.DeepClone() : null;
}
