namespace NeuroNotebooks.Runner.Wording;

/// <summary>Text made safe for HTML, with every letter left readable in the source.</summary>
internal static class HtmlText
{
    /// <summary>For text and for attributes in double quotes.</summary>
    public static string Encode(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
