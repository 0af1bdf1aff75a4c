using System.Globalization;
using System.Text;

namespace NeuroNotebooks.Figures;

/// <summary>Text made safe for HTML.</summary>
internal static class Html
{
    public const string Fonts = "Arial,Helvetica,'Liberation Sans',sans-serif";

    /// <summary>Ground and text written out, so that a dark page cannot swallow either.</summary>
    public const string OnWhite = "background:#ffffff;color:#1a1a1a;";

    /// <summary>Less important text; contrast 7 : 1 on white.</summary>
    public const string Quiet = "color:#595959;";

    public static string Element(string name, string style, string content, string attributes = "") =>
        $"<{name}{(attributes.Length == 0 ? "" : " ")}{attributes} style=\"{style}\">{content}</{name}>";

    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (char c in text)
            safe.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                // Control characters have no place in HTML, not even as references.
                < ' ' when c is not ('\n' or '\t') => "",
                _ => c.ToString(),
            });
        return safe.ToString();
    }

    /// <summary>Text without the tags that Plotly understands in titles: <c>w&lt;sub&gt;EE&lt;/sub&gt;</c> becomes <c>wEE</c>.</summary>
    public static string Plain(string marked)
    {
        var plain = new StringBuilder(marked.Length);
        for (int i = 0; i < marked.Length; i++)
        {
            int end = marked[i] == '<' && i + 1 < marked.Length && (char.IsAsciiLetter(marked[i + 1]) || marked[i + 1] == '/')
                ? marked.IndexOf('>', i) : -1;
            if (end < 0)
            {
                plain.Append(marked[i]);
                continue;
            }
            if (marked.AsSpan(i + 1, end - i - 1).StartsWith("br", StringComparison.OrdinalIgnoreCase)) plain.Append(' ');
            i = end;
        }
        return plain.ToString();
    }

    /// <summary>A number for a reader: at most the stated number of significant digits, such as 0.25 or 1e-6.</summary>
    public static string Number(double value, int digits = 6)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "-∞";
        string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? text : $"{text[..exponent]}e{int.Parse(text[(exponent + 1)..], CultureInfo.InvariantCulture)}";
    }
}
