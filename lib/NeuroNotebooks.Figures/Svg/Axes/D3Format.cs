using System.Globalization;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>The number formats of tickformat: d3's <c>[sign][,][.precision][~][type]</c> with types f, e, g, r, s, %, p, d.</summary>
internal static class D3Format
{
    private static readonly string[] Prefixes = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];

    /// <summary>The formatted number; null when the format is none that this reads (a date's, say).</summary>
    public static string? Format(string format, double value)
    {
        int at = 0;
        bool Take(char c) => at < format.Length && format[at] == c && ++at > 0;

        bool plus = Take('+');
        _ = Take('-');
        _ = Take('0');
        while (at < format.Length && char.IsAsciiDigit(format[at])) at++;       // a width: the page needs no padding
        bool thousands = Take(',');
        int? precision = Take('.') ? Digits(format, ref at) : null;
        bool trim = Take('~');
        char type = at < format.Length ? format[at++] : 'g';
        if (at < format.Length || precision is > 20) return null;

        string? text = Magnitude(Math.Abs(value), type, precision, thousands);
        if (text is null) return null;
        if (trim || (type == 'g' && precision is null)) text = Trimmed(text);
        bool negative = value < 0.0 && text.Any(c => c is >= '1' and <= '9');
        return (negative ? "−" : plus ? "+" : "") + text;
    }

    private static int? Digits(string format, ref int at)
    {
        int start = at;
        while (at < format.Length && char.IsAsciiDigit(format[at])) at++;
        return int.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int digits) ? digits : 99;
    }

    private static string? Magnitude(double value, char type, int? precision, bool thousands) => type switch
    {
        'f' => Fixed(value, precision ?? 6, thousands),
        'd' => Fixed(Math.Round(value), 0, thousands),
        '%' => Fixed(100.0 * value, precision ?? 6, thousands) + "%",
        'p' => Significant(100.0 * value, precision ?? 6, thousands) + "%",
        'r' => Significant(value, precision ?? 6, thousands),
        'e' => Exponent(value, precision ?? 6),
        'g' => precision is null && thousands ? Fixed(value, 12, thousands) : General(value, Math.Max(1, precision ?? 12), thousands),
        's' => Prefixed(value, Math.Max(1, precision ?? 6)),
        _ => null,
    };

    private static string Fixed(double value, int decimals, bool thousands) =>
        value.ToString((thousands ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static int Power(double value) => value == 0.0 ? 0 : (int)Math.Floor(Math.Log10(value) + 1e-12);

    private static string Significant(double value, int digits, bool thousands)
    {
        int decimals = digits - 1 - Power(value);
        if (decimals >= 0) return Fixed(value, Math.Min(decimals, 20), thousands);
        double unit = Math.Pow(10.0, -decimals);
        return Fixed(Math.Round(value / unit) * unit, 0, thousands);
    }

    private static string Exponent(double value, int decimals)
    {
        int power = Power(value);
        return $"{Fixed(value / Ticks.Times10(1.0, power), decimals, false)}e{(power < 0 ? "−" : "+")}{Math.Abs(power)}";
    }

    private static string General(double value, int digits, bool thousands) =>
        value != 0.0 && (Power(value) < -5 || Power(value) >= digits) ? Exponent(value, digits - 1) : Significant(value, digits, thousands);

    private static string Prefixed(double value, int digits)
    {
        int group = Math.Clamp((int)Math.Floor(Power(value) / 3.0), -8, 8);
        return Significant(value / Ticks.Times10(1.0, 3 * group), digits, false) + Prefixes[group + 8];
    }

    private static string Trimmed(string text)
    {
        int end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or ',')) end++;
        string number = text[..end];
        return (number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number) + text[end..];
    }
}
