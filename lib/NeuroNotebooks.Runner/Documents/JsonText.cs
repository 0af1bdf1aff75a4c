using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Documents;

/// <summary>JSON as notebooks hold it: read strictly with places in the errors, written exactly as Jupyter writes it.</summary>
internal static class JsonText
{
    private const int MaxDepth = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one JSON value from UTF-8 bytes; a byte order mark is skipped.</summary>
    /// <exception cref="NotebookFormatException">Not UTF-8, not JSON, a key given twice, or half a surrogate pair.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        RequireUtf8(bytes, file);
        if (bytes.Trim(" \t\r\n"u8).IsEmpty)
            throw new NotebookFormatException($"{file} is empty: expected a notebook in JSON.");

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
            JsonNode? node = JsonNode.Parse(bytes, documentOptions: options);
            Touch(node);
            return node;
        }
        catch (JsonException e)
        {
            throw Located(e, bytes, file);
        }
        catch (InvalidOperationException)       // the parser's answer to a \ud800 that stands alone
        {
            throw new NotebookFormatException(
                $"{file}: a text holds half a surrogate pair, such as \\ud800 alone, which no UTF-8 file can keep.");
        }
    }

    /// <summary>A number's value; null when the node is none.</summary>
    public static double? Number(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number ? double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture) : null;

    /// <summary>
    /// Writes as Python's <c>json.dumps(indent=1, ensure_ascii=False)</c> does, with the file's own digits for every number.
    /// </summary>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(node, text, depth: 0);
        return text.ToString();
    }

    private static void RequireUtf8(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
            throw new NotebookFormatException($"{file} is UTF-16 text: a notebook is UTF-8. Save it again with that encoding.");
        try
        {
            StrictUtf8.GetCharCount(bytes);
        }
        catch (DecoderFallbackException e)
        {
            int line = 1 + bytes[..e.Index].Count((byte)'\n');
            throw new NotebookFormatException($"{file}, line {line}: not UTF-8 text (byte {e.Index} of the file).", line, column: 0);
        }
    }

    private static NotebookFormatException Located(JsonException e, ReadOnlySpan<byte> bytes, string file)
    {
        int line = (int)(e.LineNumber ?? 0);
        int start = 0;
        for (int i = 0; i < line; i++) start += bytes[start..].IndexOf((byte)'\n') + 1;
        int end = Math.Min(bytes.Length, start + (int)(e.BytePositionInLine ?? 0));
        int column = Encoding.UTF8.GetCharCount(bytes[start..end]) + 1;

        string reason = e.Message;
        int tail = reason.IndexOf(" LineNumber:", StringComparison.Ordinal);
        if (tail >= 0) reason = reason[..tail].TrimEnd();
        string hint = end >= bytes.TrimEnd(" \t\r\n"u8).Length ? " The file ends too early: was it cut off?" : "";
        return new NotebookFormatException(
            string.Create(CultureInfo.InvariantCulture, $"{file}, line {line + 1}, column {column}: not valid JSON. {reason}{hint}"),
            line + 1, column);
    }

    /// <summary>Asks for every text, as JSON nodes are made when first asked for: a bad one fails here and not later.</summary>
    /// <exception cref="InvalidOperationException">A text holds half a surrogate pair.</exception>
    public static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o: foreach (var (_, value) in o) Touch(value); break;
            case JsonArray a: foreach (JsonNode? value in a) Touch(value); break;
            case JsonValue v when v.GetValueKind() == JsonValueKind.String: _ = v.GetValue<string>(); break;
        }
    }

    private static void Append(JsonNode? node, StringBuilder text, int depth)
    {
        switch (node)
        {
            case null: text.Append("null"); break;
            case JsonObject { Count: 0 }: text.Append("{}"); break;
            case JsonArray { Count: 0 }: text.Append("[]"); break;
            case JsonObject o:
                text.Append('{');
                for (int i = 0; i < o.Count; i++)
                {
                    var (key, value) = o.GetAt(i);
                    NewLine(text, depth + 1, first: i == 0);
                    AppendString(key, text);
                    text.Append(": ");
                    Append(value, text, depth + 1);
                }
                text.Append('\n').Append(' ', depth).Append('}');
                break;
            case JsonArray a:
                text.Append('[');
                for (int i = 0; i < a.Count; i++)
                {
                    NewLine(text, depth + 1, first: i == 0);
                    Append(a[i], text, depth + 1);
                }
                text.Append('\n').Append(' ', depth).Append(']');
                break;
            case JsonValue v when v.GetValueKind() == JsonValueKind.String: AppendString(v.GetValue<string>(), text); break;
            case JsonValue v: text.Append(v.TryGetValue(out JsonElement e) ? e.GetRawText() : v.ToJsonString()); break;
        }
    }

    private static void NewLine(StringBuilder text, int depth, bool first) => text.Append(first ? "\n" : ",\n").Append(' ', depth);

    private static void AppendString(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }
        text.Append('"');
    }
}
