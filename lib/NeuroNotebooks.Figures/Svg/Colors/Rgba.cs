using System.Globalization;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>An sRGB colour with opacity 0 to 1.</summary>
internal readonly record struct Rgba(byte R, byte G, byte B, double A = 1.0)
{
    public static readonly Rgba Black = new(0, 0, 0), White = new(255, 255, 255), Clear = new(0, 0, 0, 0.0);

    public string Hex => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    /// <summary>Relative luminance, 0 black to 1 white (IEC 61966-2-1 without its gamma's linear toe).</summary>
    public double Luminance => 0.2126 * Math.Pow(R / 255.0, 2.2) + 0.7152 * Math.Pow(G / 255.0, 2.2) + 0.0722 * Math.Pow(B / 255.0, 2.2);

    /// <summary>Black or white, whichever reads better on this colour over a white page.</summary>
    public Rgba Ink => Over(White).Luminance > 0.36 ? new Rgba(34, 34, 34) : White;

    public Rgba Fade(double opacity) => this with { A = A * Math.Clamp(opacity, 0.0, 1.0) };

    public Rgba Mix(Rgba other, double part) => new(
        Blend(R, other.R, part), Blend(G, other.G, part), Blend(B, other.B, part), A + (other.A - A) * part);

    public Rgba Over(Rgba ground) => ground.Mix(this with { A = 1.0 }, A) with { A = 1.0 };

    private static byte Blend(byte from, byte to, double part) => (byte)Math.Round(Math.Clamp(from + (to - from) * part, 0.0, 255.0));

    /// <summary>Reads a CSS colour: #rgb, #rgba, #rrggbb, #rrggbbaa, rgb(), rgba(), hsl(), hsla(), hsv() or a name; null if it is none.</summary>
    public static Rgba? Parse(string? text)
    {
        text = text?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(text)) return null;
        if (text[0] == '#') return ParseHex(text.AsSpan(1));
        int open = text.IndexOf('(');
        return open > 0 ? ParseFunction(text[..open].TrimEnd('a'), text[(open + 1)..].TrimEnd(')')) : ColorNames.Find(text);
    }

    private static Rgba? ParseHex(ReadOnlySpan<char> digits)
    {
        Span<byte> parts = [0, 0, 0, 255];
        int each = digits.Length is 3 or 4 ? 1 : 2;
        if (digits.Length is not (3 or 4 or 6 or 8)) return null;
        for (int i = 0; i < digits.Length / each; i++)
        {
            if (!byte.TryParse(digits.Slice(i * each, each), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte part)) return null;
            parts[i] = each == 1 ? (byte)(part * 17) : part;
        }
        return new Rgba(parts[0], parts[1], parts[2], parts[3] / 255.0);
    }

    private static Rgba? ParseFunction(string name, string arguments)
    {
        string[] parts = arguments.Split([',', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (3 or 4)) return null;
        Span<double> values = stackalloc double[4];
        values[3] = 1.0;
        for (int i = 0; i < parts.Length; i++)
        {
            bool percent = parts[i].EndsWith('%');
            if (!double.TryParse(parts[i].TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])
                || !double.IsFinite(values[i])) return null;
            if (percent) values[i] = (name == "rgb" && i < 3 ? 255.0 : 1.0) * values[i] / 100.0;
        }
        double alpha = Math.Clamp(values[3], 0.0, 1.0);
        return name switch
        {
            "rgb" => new Rgba(Level(values[0]), Level(values[1]), Level(values[2]), alpha),
            "hsl" => FromHsl(values[0], values[1], values[2], alpha),
            "hsv" => FromHsl(values[0], Saturation(values[1], values[2]), values[2] * (1.0 - values[1] / 2.0), alpha),
            _ => null,
        };
    }

    private static double Saturation(double s, double v)
    {
        double lightness = v * (1.0 - s / 2.0), room = Math.Min(lightness, 1.0 - lightness);
        return room <= 0.0 ? 0.0 : (v - lightness) / room;
    }

    private static Rgba FromHsl(double hue, double saturation, double lightness, double alpha)
    {
        double s = Math.Clamp(saturation, 0.0, 1.0), l = Math.Clamp(lightness, 0.0, 1.0), reach = s * Math.Min(l, 1.0 - l);
        byte Channel(double n)
        {
            double k = (n + hue / 30.0) % 12.0;
            if (k < 0.0) k += 12.0;
            return Level(255.0 * (l - reach * Math.Max(-1.0, Math.Min(Math.Min(k - 3.0, 9.0 - k), 1.0))));
        }
        return new Rgba(Channel(0), Channel(8), Channel(4), alpha);
    }

    private static byte Level(double value) => (byte)Math.Round(Math.Clamp(value, 0.0, 255.0));
}
