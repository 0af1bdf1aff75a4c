using System.Globalization;
using System.Text;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Plotly's texttemplate: <c>%{name}</c> and <c>%{name:format}</c> replaced by values.</summary>
internal static class TextTemplate
{
    /// <param name="value">The value of a name: a number, a text, or null for a name it does not know.</param>
    public static string Fill(string template, Func<string, object?> value)
    {
        var text = new StringBuilder();
        for (int at = 0; at < template.Length;)
        {
            int open = template.IndexOf("%{", at, StringComparison.Ordinal), close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0) return text.Append(template, at, template.Length - at).ToString();
            text.Append(template, at, open - at);
            string[] parts = template[(open + 2)..close].Split(':', 2);
            text.Append(value(parts[0]) switch
            {
                double number => (parts.Length == 2 ? D3Format.Format(parts[1], number) : null) ?? NumberFormat.Short(number),
                var other => Convert.ToString(other, CultureInfo.InvariantCulture),
            });
            at = close + 1;
        }
        return text.ToString();
    }
}
