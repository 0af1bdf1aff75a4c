using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Tolerant reading of Plotly JSON: whatever has the wrong shape reads as absent.</summary>
internal static class JsonReading
{
    /// <summary>The node at a dotted path, or null.</summary>
    public static JsonNode? At(this JsonNode? node, string path)
    {
        int start = 0;
        while (node is JsonObject map)
        {
            int dot = path.IndexOf('.', start);
            if (!map.TryGetPropertyValue(dot < 0 ? path[start..] : path[start..dot], out node)) return null;
            if (dot < 0) return node;
            start = dot + 1;
        }
        return null;
    }

    public static JsonObject? Map(this JsonNode? node, string path) => node.At(path) as JsonObject;

    public static IEnumerable<JsonObject> Maps(this JsonNode? node, string path) =>
        node.At(path) is JsonArray list ? list.OfType<JsonObject>() : [];

    public static JsonArray? List(this JsonNode? node, string path) => node.At(path) as JsonArray;

    public static bool? Flag(this JsonNode? node, string path) => node.At(path)?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A finite number, also when written as a string.</summary>
    public static double? Number(this JsonNode? node, string path) => node.At(path).AsNumber() is var value && double.IsFinite(value) ? value : null;

    public static double Number(this JsonNode? node, string path, double fallback) => node.Number(path) ?? fallback;

    /// <summary>A string, or a number or flag written out; null for anything else and for an empty string.</summary>
    public static string? Text(this JsonNode? node, string path) => node.At(path).AsText() is { Length: > 0 } text ? text : null;

    public static string AsText(this JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
        _ => "",
    };

    public static double AsNumber(this JsonNode? node)
    {
        if (node is not JsonValue value) return double.NaN;
        switch (value.GetValueKind())
        {
            case JsonValueKind.Number:
                if (value.TryGetValue(out double number)) return number;
                return double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) ? number : double.NaN;
            case JsonValueKind.String:
                return double.TryParse(value.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                    && double.IsFinite(number) ? number : double.NaN;
            default:
                return double.NaN;
        }
    }

    /// <summary>True for a list or a typed array (<c>{"dtype": "f8", "bdata": ...}</c>).</summary>
    public static bool IsSeries(this JsonNode? node) => node is JsonArray || node.At("bdata") is not null;

    /// <summary>The entries of a list; of a typed array, its numbers.</summary>
    public static IList<JsonNode?> Entries(this JsonNode? node) => node switch
    {
        JsonArray list => list,
        JsonObject when node.At("bdata") is not null => [.. TypedArray(node).Select(v => JsonValue.Create(v))],
        _ => [],
    };

    /// <summary>A list of numbers, NaN where there is none; null when the node is no list.</summary>
    public static double[]? Numbers(this JsonNode? node, string path) => node.At(path).AsNumbers();

    public static double[]? AsNumbers(this JsonNode? node)
    {
        if (node is JsonArray list)
        {
            var numbers = new double[list.Count];
            for (int i = 0; i < numbers.Length; i++) numbers[i] = Finite(list[i].AsNumber());
            return numbers;
        }
        return node.At("bdata") is null ? null : TypedArray(node);
    }

    /// <summary>A table of numbers, rows first, each row as long as the longest, NaN where there is none.</summary>
    public static double[,]? Table(this JsonNode? node, string path)
    {
        node = node.At(path);
        if (node.At("bdata") is not null) return TypedTable(node);
        if (node is not JsonArray list || list.Count == 0) return null;
        double[][] rows = [.. list.Select(row => row.AsNumbers() ?? [])];
        int columns = rows.Max(row => row.Length);
        if (columns == 0) return null;
        var table = new double[rows.Length, columns];
        for (int i = 0; i < rows.Length; i++)
            for (int j = 0; j < columns; j++)
                table[i, j] = j < rows[i].Length ? rows[i][j] : double.NaN;
        return table;
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;

    private static double[,]? TypedTable(JsonNode? node)
    {
        int[] shape = [.. (node.Text("shape") ?? string.Join(',', node.Numbers("shape") ?? []))
            .Split(',').Select(s => int.TryParse(s, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int n) ? n : 0)];
        double[] values = TypedArray(node);
        if (shape.Length != 2 || shape[0] <= 0 || shape[1] <= 0 || (long)shape[0] * shape[1] != values.Length) return null;
        var table = new double[shape[0], shape[1]];
        Buffer.BlockCopy(values, 0, table, 0, values.Length * sizeof(double));
        return table;
    }

    private static double[] TypedArray(JsonNode? node)
    {
        string text = node.Text("bdata") ?? "";
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out int length)) return [];
        ReadOnlySpan<byte> data = bytes.AsSpan(0, length);
        return node.Text("dtype") switch
        {
            "f8" or "float64" => Widen<double>(data, v => Finite(v)),
            "f4" or "float32" => Widen<float>(data, v => Finite(v)),
            "i4" or "int32" => Widen<int>(data, v => v),
            "u4" or "uint32" => Widen<uint>(data, v => v),
            "i2" or "int16" => Widen<short>(data, v => v),
            "u2" or "uint16" => Widen<ushort>(data, v => v),
            "i1" or "int8" => Widen<sbyte>(data, v => v),
            "u1" or "uint8" or "uint8c" => Widen<byte>(data, v => v),
            _ => [],
        };
    }

    private static double[] Widen<T>(ReadOnlySpan<byte> data, Func<T, double> widen) where T : unmanaged
    {
        var source = MemoryMarshal.Cast<byte, T>(data);
        var numbers = new double[source.Length];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = widen(source[i]);
        return numbers;
    }
}
