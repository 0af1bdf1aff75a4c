using System.Globalization;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Numbers as readers write them: a true minus sign, powers of ten as superscripts (pseudo-HTML).</summary>
internal static class NumberFormat
{
    private const string Minus = "−";

    private static readonly string[] Prefixes = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];

    /// <summary>A number with a fixed count of decimals, without zeros at its end.</summary>
    public static string Plain(double value, int decimals)
    {
        string text = Math.Round(value, Math.Clamp(decimals, 0, 15)).ToString("0.###############", CultureInfo.InvariantCulture);
        return Signed(text == "-0" ? "0" : text);
    }

    /// <summary>A number to so many significant digits, in the notation that suits its size.</summary>
    public static string Short(double value, int digits = 4)
    {
        if (value == 0.0 || !double.IsFinite(value)) return "0";
        double size = Math.Abs(value);
        if (size is >= 1e6 or < 1e-4) return Scientific(value, digits - 1, "power");
        int decimals = Math.Max(0, digits - 1 - (int)Math.Floor(Math.Log10(size)));
        return Plain(value, decimals);
    }

    /// <summary>Tick labels for evenly spaced values, all in one notation.</summary>
    /// <param name="exponentFormat">Plotly's exponentformat: none, e, E, power, SI or B.</param>
    public static string[] Series(IReadOnlyList<double> values, double step, string exponentFormat)
    {
        double largest = values.Count == 0 ? 0.0 : values.Max(Math.Abs);
        int stepPower = (int)Math.Floor(Math.Log10(step) + 1e-9);
        int decimals = Math.Max(0, DecimalsOf(step, stepPower));
        bool plain = exponentFormat == "none" || largest == 0.0 || (largest < 1e6 && decimals <= 4) || (largest < 1e5 && decimals <= 5);
        if (plain) return [.. values.Select(v => Plain(v, decimals))];

        int power = (int)Math.Floor(Math.Log10(largest) + 1e-9);
        if (power == stepPower + 1) power = stepPower;      // 2, 4, ..., 10 times a power rather than 0.2, 0.4, ..., 1
        return exponentFormat is "SI" or "B" && power is > -24 and < 24
            ? [.. values.Select(v => Prefixed(v, power, decimals: DecimalsOf(step, stepPower), exponentFormat == "B"))]
            : [.. values.Select(v => v == 0.0 ? "0" : Scientific(v, Math.Max(0, power + DecimalsOf(step, stepPower)), exponentFormat, power))];
    }

    /// <summary>A power of ten on a log axis.</summary>
    public static string Decade(int power, bool plain) =>
        plain && power is >= -6 and <= 6 ? Plain(Ticks.Times10(1.0, power), 6) : $"10<sup>{Signed(power.ToString(CultureInfo.InvariantCulture))}</sup>";

    public static string Scientific(double value, int decimals, string exponentFormat, int? atPower = null)
    {
        int power = atPower ?? (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-12);
        double mantissa = value / Ticks.Times10(1.0, power);
        string front = Plain(mantissa, decimals), exponent = Signed(power.ToString(CultureInfo.InvariantCulture));
        if (power == 0) return front;
        return exponentFormat switch
        {
            "e" or "E" => $"{front}{exponentFormat}{(power > 0 ? "+" : "")}{exponent}",
            _ when front == "1" => $"10<sup>{exponent}</sup>",
            _ when front == Minus + "1" => $"{Minus}10<sup>{exponent}</sup>",
            _ => $"{front}×10<sup>{exponent}</sup>",
        };
    }

    public static string Signed(string invariant) => invariant.Replace("-", Minus, StringComparison.Ordinal);

    /// <summary>Decimals that write every multiple of a step exactly; negative for steps above one.</summary>
    private static int DecimalsOf(double step, int stepPower)
    {
        double mantissa = step / Ticks.Times10(1.0, stepPower);
        for (int extra = 0; extra < 4; extra++)
        {
            double scaled = mantissa * Math.Pow(10.0, extra);
            if (Math.Abs(scaled - Math.Round(scaled)) < 1e-6) return extra - stepPower;
        }
        return 4 - stepPower;
    }

    private static string Prefixed(double value, int power, int decimals, bool billions)
    {
        int group = (int)Math.Floor(power / 3.0);
        string prefix = billions && group == 3 ? "B" : Prefixes[group + 8];
        return value == 0.0 ? "0" : Plain(value / Ticks.Times10(1.0, 3 * group), Math.Max(0, decimals + 3 * group)) + prefix;
    }
}
