using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Chooses the MIME types for a value and writes it in each.</summary>
internal static class Bundle
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IncludeFields = true,
        ReferenceHandler = System.Text.Json.Serialization.ReferenceHandler.IgnoreCycles,
    };

    /// <summary>A value in each of the given MIME types, or in those it prefers. A formatter that throws leaves its complaint as text.</summary>
    public static IReadOnlyList<FormattedValue> Of(object? value, IReadOnlyList<string> mimeTypes)
    {
        if (mimeTypes.Count == 0)
        {
            if (value is FormattedValue formatted) return [formatted];
            if (value is IEnumerable<FormattedValue> several) return [.. several];
        }
        try
        {
            object? parts = SequenceHead.Of(value);
            if (mimeTypes.Count == 0) mimeTypes = Preferred(value, parts);
            return [.. mimeTypes.Select(mimeType => new FormattedValue(mimeType, Write(value, parts, mimeType)))];
        }
        catch (Exception error)
        {
            return [new FormattedValue(PlainTextFormatter.MimeType, Complaint(value, error))];
        }
    }

    /// <summary>A value in one MIME type.</summary>
    public static string Text(object? value, string mimeType)
    {
        try
        {
            return Write(value, SequenceHead.Of(value), mimeType);
        }
        catch (Exception error)
        {
            return Complaint(value, error);
        }
    }

    private static string Complaint(object? value, Exception error)
    {
        if (error is TargetInvocationException { InnerException: { } inner }) error = inner;
        return $"This {PlainText.NameOf(value!.GetType())} could not be shown: its formatter threw {error.GetType()}: {error.Message}";
    }

    private static IReadOnlyList<string> Preferred(object? value, object? parts)
    {
        if (value is null or string) return [PlainTextFormatter.MimeType];
        if (Formatter.PreferencesFor(value.GetType()) is { } asked) return asked;
        if (FormatterSource.For(value.GetType()) is { } source) return source.PreferredMimeTypes;
        return value switch
        {
            IHtmlContent => [HtmlFormatter.MimeType],
            JsonNode or JsonElement or JsonDocument => [JsonFormatter.MimeType, PlainTextFormatter.MimeType],
            _ when HtmlMethod(value) is not null || HtmlTable.Suits(parts!) => [HtmlFormatter.MimeType, PlainTextFormatter.MimeType],
            _ => [PlainTextFormatter.MimeType],
        };
    }

    /// <param name="value">The value.</param>
    /// <param name="parts">The same, or its first items if it is computed as one goes through it.</param>
    /// <param name="mimeType">The MIME type.</param>
    private static string Write(object? value, object? parts, string mimeType)
    {
        if (value is not null)
        {
            if (Formatter.Registered(value, mimeType) is { } registered) return registered;
            if (FormatterSource.For(value.GetType())?.Write(value, mimeType) is { } own) return own;
        }

        if (mimeType == HtmlFormatter.MimeType) return Html(value, parts);
        if (IsJson(mimeType)) return Json(value);
        return value is IHtmlContent html ? Html(html, html) : PlainText.Of(parts);
    }

    private static string Html(object? value, object? parts)
    {
        switch (value)
        {
            case IHtmlContent content:
                using (var writer = new StringWriter(CultureInfo.InvariantCulture))
                {
                    content.WriteTo(writer, HtmlEncoder.Default);
                    return writer.ToString();
                }
            case not null when HtmlMethod(value) is { } toHtml:
                return (string?)toHtml.Invoke(value, null) ?? "";
            case not null when HtmlTable.Suits(parts!):
                return HtmlTable.Of(parts!);
            case string text:
                return HtmlTable.Encode(text);
            default:
                return $"<pre>{HtmlTable.Encode(PlainText.Of(parts))}</pre>";
        }
    }

    private static string Json(object? value) => value switch
    {
        string text => text,      // a text shown as JSON is JSON already
        JsonDocument document => document.RootElement.GetRawText(),
        _ => JsonSerializer.Serialize(value, JsonOptions),
    };

    /// <summary>The method by which an object offers HTML without knowing any notebook.</summary>
    private static MethodInfo? HtmlMethod(object value)
    {
        var method = value.GetType().GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes);
        return method?.ReturnType == typeof(string) ? method : null;
    }

    private static bool IsJson(string mimeType) =>
        mimeType == JsonFormatter.MimeType || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
