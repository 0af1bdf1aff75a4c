using System.Globalization;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>How values become text: limits, formatters of one's own, preferred MIME types. Settings hold for the session.</summary>
public static class Formatter
{
    private static readonly Lock Gate = new();
    private static readonly List<Registration> Registrations = [];
    private static readonly Dictionary<Type, string[]> Preferences = [];

    private sealed record Registration(Type Type, string MimeType, Action<object, TextWriter> Write);

    /// <summary>How many items of a sequence are written out; 20 unless set.</summary>
    public static int ListExpansionLimit { get; set; } = 20;

    /// <summary>How deep into an object its members are followed; 6 unless set.</summary>
    public static int RecursionLimit { get; set; } = 6;

    /// <summary>Formats all values of a type, and of types derived from it, in a way of one's own. The latest registration wins.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="formatter">Gives the text.</param>
    /// <param name="mimeType">The MIME type of that text.</param>
    public static void Register<T>(Func<T, string> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register(typeof(T), (value, writer) => writer.Write(formatter((T)value)), mimeType);

    /// <inheritdoc cref="Register{T}(Func{T, string}, string)"/>
    /// <param name="formatter">Writes the text.</param>
    /// <param name="mimeType">The MIME type of that text.</param>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register(typeof(T), (value, writer) => formatter((T)value, writer), mimeType);

    /// <summary>Formats all values of a type, and of types derived from it, in a way of one's own. The latest registration wins.</summary>
    /// <param name="type">The type; an open generic type stands for all its instances.</param>
    /// <param name="formatter">Writes the text.</param>
    /// <param name="mimeType">The MIME type of that text.</param>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        lock (Gate) Registrations.Add(new Registration(type, mimeType, formatter));
    }

    /// <summary>Sets the MIME types in which values of a type are shown.</summary>
    /// <param name="type">The type.</param>
    /// <param name="preferredMimeTypes">The MIME types, all of which go into one display.</param>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        lock (Gate) Preferences[type] = preferredMimeTypes;
    }

    /// <summary>Forgets all registrations, preferences and limits.</summary>
    public static void ResetToDefault()
    {
        lock (Gate)
        {
            Registrations.Clear();
            Preferences.Clear();
            ListExpansionLimit = 20;
            RecursionLimit = 6;
        }
    }

    /// <summary>A value as text.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeType">The MIME type of the text.</param>
    /// <returns>The text.</returns>
    public static string ToDisplayString(this object? value, string mimeType = PlainTextFormatter.MimeType) =>
        Bundle.Text(value, mimeType);

    /// <summary>The MIME types that the reader of the notebook asked for, for values of a type.</summary>
    internal static IReadOnlyList<string>? PreferencesFor(Type type)
    {
        lock (Gate)
        {
            for (var level = type; level is not null; level = level.BaseType)
                if (Preferences.TryGetValue(level, out var mimeTypes)) return mimeTypes;

            string[] registered = [.. Registrations.Where(r => Covers(r.Type, type)).Select(r => r.MimeType).Distinct()];
            return registered.Length > 0 ? registered : null;
        }
    }

    /// <summary>The text that a registered formatter gives, or null if none covers the type.</summary>
    internal static string? Registered(object value, string mimeType)
    {
        Registration? found;
        lock (Gate)
        {
            var type = value.GetType();
            found = Registrations.FindLast(r => r.Type == type && r.MimeType == mimeType)
                ?? Registrations.FindLast(r => r.MimeType == mimeType && Covers(r.Type, type));
        }
        if (found is null) return null;

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        found.Write(value, writer);
        return writer.ToString();
    }

    private static bool Covers(Type general, Type actual)
    {
        if (!general.IsGenericTypeDefinition) return general.IsAssignableFrom(actual);
        for (var level = actual; level is not null; level = level.BaseType)
            if (level.IsGenericType && level.GetGenericTypeDefinition() == general) return true;
        return actual.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == general);
    }
}

/// <summary>Plain text.</summary>
public static class PlainTextFormatter
{
    /// <summary>The MIME type of plain text.</summary>
    public const string MimeType = "text/plain";
}

/// <summary>HTML.</summary>
public static class HtmlFormatter
{
    /// <summary>The MIME type of HTML.</summary>
    public const string MimeType = "text/html";
}

/// <summary>JSON.</summary>
public static class JsonFormatter
{
    /// <summary>The MIME type of JSON.</summary>
    public const string MimeType = "application/json";
}
