namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value as text under one MIME type.</summary>
public sealed class FormattedValue
{
    /// <summary>Creates one.</summary>
    /// <param name="mimeType">The MIME type, such as <c>text/html</c>.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="ArgumentException">The MIME type is empty.</exception>
    public FormattedValue(string mimeType, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        MimeType = mimeType;
        Value = value;
    }

    /// <summary>The MIME type.</summary>
    public string MimeType { get; }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Formats a value in several MIME types.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeTypes">The MIME types; those its type prefers when none is given.</param>
    /// <returns>One entry a MIME type. A formatter that throws leaves its complaint under <c>text/plain</c>.</returns>
    public static IReadOnlyList<FormattedValue> CreateManyFromObject(object? value, params string[] mimeTypes) =>
        Bundle.Of(value, mimeTypes);
}
