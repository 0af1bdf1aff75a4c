using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>Plotly's packed arrays, <c>{"dtype": "f8", "bdata": base64, "shape": "2, 3"}</c>, unpacked into lists of numbers.</summary>
internal static class PackedNumbers
{
    private delegate double ReadNumber(ReadOnlySpan<byte> bytes);

    private static readonly Dictionary<string, (int Size, ReadNumber Read)> Kinds = new(StringComparer.Ordinal)
    {
        ["i1"] = (1, bytes => (sbyte)bytes[0]),
        ["u1"] = (1, bytes => bytes[0]),
        ["u1c"] = (1, bytes => bytes[0]),
        ["i2"] = (2, bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        ["u2"] = (2, bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        ["i4"] = (4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        ["u4"] = (4, bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        ["f4"] = (4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        ["f8"] = (8, BinaryPrimitives.ReadDoubleLittleEndian),
    };

    public static bool Is(JsonObject map) => map.ContainsKey("bdata") && map.ContainsKey("dtype");

    public static JsonArray Unpack(JsonObject map)
    {
        string dtype = Json.Text(map["dtype"]) ?? "";
        if (!Kinds.TryGetValue(dtype, out var kind))
            throw new FormatException($"A packed array has dtype \"{dtype}\": expected one of {string.Join(", ", Kinds.Keys)}.");

        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(Json.Text(map["bdata"]) ?? "");
        }
        catch (FormatException error)
        {
            throw new FormatException("A packed array's bdata is not base64.", error);
        }
        if (bytes.Length % kind.Size != 0)
            throw new FormatException($"A packed array of {dtype} has {bytes.Length} bytes: expected a multiple of {kind.Size}.");

        double[] numbers = new double[bytes.Length / kind.Size];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = kind.Read(bytes.AsSpan(i * kind.Size, kind.Size));
        return Shaped(numbers, Shape(map["shape"], numbers.Length));
    }

    private static int[] Shape(JsonNode? shape, int count)
    {
        string written = Json.Text(shape) ?? (Json.Double(shape) ?? count).ToString(CultureInfo.InvariantCulture);
        var sizes = new List<int>();
        foreach (string part in written.Split(','))
            sizes.Add(int.TryParse(part, NumberStyles.Integer, CultureInfo.InvariantCulture, out int size) && size >= 0 ? size : -1);
        if (sizes.Contains(-1) || sizes.Aggregate(1L, (product, size) => product * size) != count)
            throw new FormatException(
                $"A packed array of {count} numbers has shape \"{written}\": expected sizes whose product is {count}.");
        return [.. sizes];
    }

    private static JsonArray Shaped(ReadOnlySpan<double> numbers, ReadOnlySpan<int> shape)
    {
        if (shape.Length <= 1) return Json.Numbers(numbers.ToArray());
        var rows = new JsonArray();
        int each = shape[0] == 0 ? 0 : numbers.Length / shape[0];
        for (int i = 0; i < shape[0]; i++) rows.Add((JsonNode)Shaped(numbers.Slice(i * each, each), shape[1..]));
        return rows;
    }
}
