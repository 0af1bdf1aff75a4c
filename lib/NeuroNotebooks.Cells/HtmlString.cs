using System.Text.Encodings.Web;

namespace Microsoft.AspNetCore.Html;

/// <summary>HTML that knows how to write itself.</summary>
public interface IHtmlContent
{
    /// <summary>Writes the HTML.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="encoder">Encodes the parts that are plain text.</param>
    void WriteTo(TextWriter writer, HtmlEncoder encoder);
}

/// <summary>A text that is HTML already and is shown as it is.</summary>
/// <param name="value">The HTML.</param>
public sealed class HtmlString(string? value) : IHtmlContent
{
    /// <summary>The HTML.</summary>
    public string Value { get; } = value ?? "";

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
