using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// The formatters that a type brings along by convention: an attribute called <c>TypeFormatterSourceAttribute</c>, from any namespace, on the
/// type or one of its bases, names a class whose <c>CreateTypeFormatters()</c> gives objects with a <c>MimeType</c> and a
/// <c>bool Format(object, TextWriter)</c>. Everything is looked up by name, so that a library needs no notebook package.
/// </summary>
internal sealed class FormatterSource
{
    private static readonly ConcurrentDictionary<Type, FormatterSource?> Known = new();
    private readonly Dictionary<string, (object Formatter, MethodInfo Format)> _formatters = [];

    private FormatterSource(Type sourceType, string[]? preferred)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        object source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        var create = sourceType.GetMethod("CreateTypeFormatters", Any, Type.EmptyTypes)
            ?? throw new MissingMethodException(sourceType.FullName, "CreateTypeFormatters");

        foreach (object formatter in (IEnumerable)create.Invoke(source, null)!)
        {
            var type = formatter.GetType();
            string mimeType = (string)type.GetProperty("MimeType", Any)!.GetValue(formatter)!;
            var format = type.GetMethod("Format", Any, [typeof(object), typeof(TextWriter)])
                ?? throw new MissingMethodException(type.FullName, "bool Format(object, TextWriter)");
            _formatters[mimeType] = (formatter, format);
        }
        PreferredMimeTypes = preferred is { Length: > 0 } ? preferred
            : _formatters.ContainsKey(HtmlFormatter.MimeType) ? [HtmlFormatter.MimeType]
            : [_formatters.Keys.First()];
    }

    /// <summary>The MIME types that go into one display.</summary>
    public IReadOnlyList<string> PreferredMimeTypes { get; }

    /// <summary>The source of a type, or null if it names none.</summary>
    public static FormatterSource? For(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>The value in one MIME type, or null if no formatter takes it.</summary>
    public string? Write(object value, string mimeType)
    {
        if (!_formatters.TryGetValue(mimeType, out var found)) return null;
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        return found.Format.Invoke(found.Formatter, [value, writer]) is true ? writer.ToString() : null;
    }

    private static FormatterSource? Find(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            object? mark = level.GetCustomAttributes(inherit: false).FirstOrDefault(a => a.GetType().Name == "TypeFormatterSourceAttribute");
            if (mark is null) continue;
            var sourceType = (Type)Property(mark, "FormatterSourceType")!;
            return new FormatterSource(sourceType, Property(mark, "PreferredMimeTypes") as string[]);
        }
        return null;
    }

    private static object? Property(object mark, string name) =>
        mark.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(mark);
}
