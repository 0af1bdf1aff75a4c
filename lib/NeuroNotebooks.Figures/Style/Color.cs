using System.Globalization;

namespace NeuroNotebooks.Figures;

/// <summary>An opaque sRGB colour.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
public readonly record struct Color(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour written as in a style sheet.</summary>
    /// <param name="hex">A hash and six hexadecimal digits, such as <c>#0B4FC4</c>.</param>
    /// <exception cref="ArgumentException">The text has another form.</exception>
    public static Color FromHex(string hex)
    {
        Require.NotNull(hex);
        if (hex.Length != 7 || hex[0] != '#' || !int.TryParse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out int rgb))
            throw new ArgumentException($"\"{hex}\" is not a colour: expected a hash and six hexadecimal digits, such as #0B4FC4.",
                nameof(hex));
        return new Color((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
    }

    /// <summary>The colour as a hash and six capital hexadecimal digits.</summary>
    public string Hex => $"#{Red:X2}{Green:X2}{Blue:X2}";

    /// <summary>The colour with an opacity, as Plotly and style sheets write it: <c>rgba(11,79,196,0.2)</c>.</summary>
    /// <param name="opacity">0 (invisible) to 1 (opaque).</param>
    public string Rgba(double opacity)
    {
        Require.InRange(opacity, 0.0, 1.0);
        return string.Create(CultureInfo.InvariantCulture, $"rgba({Red},{Green},{Blue},{opacity:0.###})");
    }

    /// <summary>A colour on the straight line in sRGB between this one and another.</summary>
    /// <param name="other">The colour at <paramref name="part"/> 1.</param>
    /// <param name="part">0 (this colour) to 1 (the other).</param>
    public Color Mix(Color other, double part)
    {
        Require.InRange(part, 0.0, 1.0);
        static byte Between(byte a, byte b, double t) => (byte)Math.Round(a + (b - a) * t);
        return new Color(Between(Red, other.Red, part), Between(Green, other.Green, part), Between(Blue, other.Blue, part));
    }

    /// <summary>This colour as a dashed line.</summary>
    public Ink Dashed => new(this, Dash: Dash.Dashed);

    /// <summary>This colour as a dotted line.</summary>
    public Ink Dotted => new(this, Dash: Dash.Dotted);

    /// <summary>This colour as a line half as wide as usual.</summary>
    public Ink Thin => new(this, Width: Theme.LineWidth / 2);

    /// <summary>This colour as a line twice as wide as usual.</summary>
    public Ink Thick => new(this, Width: Theme.LineWidth * 2);

    /// <inheritdoc/>
    public override string ToString() => Hex;
}
