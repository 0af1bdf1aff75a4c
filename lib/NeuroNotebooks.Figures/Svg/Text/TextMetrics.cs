namespace NeuroNotebooks.Figures.Svg;

/// <summary>Estimated widths of texts, without a font at hand.</summary>
/// <remarks>
/// Advances of the Helvetica family in thousandths of the size (Adobe Font Metrics, Helvetica), which Arial and Liberation Sans share;
/// made a little wider, so that a substitute face such as DejaVu Sans still fits.
/// </remarks>
internal static class TextMetrics
{
    /// <summary>Between Helvetica (1) and DejaVu Sans (about 1.13).</summary>
    private const double Generosity = 1.07;

    private const double BoldFactor = 1.07;

    private static readonly short[] Advances =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,     // space to slash
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,     // 0 to ?
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,    // @ to O
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,     // P to _
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,     // ` to o
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,          // p to ~
    ];

    public static double Width(string text, double size, bool bold = false)
    {
        int units = 0;
        foreach (var rune in text.EnumerateRunes()) units += Advance(rune.Value);
        return units * 0.001 * size * Generosity * (bold ? BoldFactor : 1.0);
    }

    private static int Advance(int rune) => rune switch
    {
        >= 0x20 and < 0x7F => Advances[rune - 0x20],
        < 0x20 or 0x200B or (>= 0x300 and < 0x370) => 0,
        0xA0 or 0x2009 or 0x202F => 278,
        0x2212 or 0xD7 or 0xB1 or 0x2248 or 0x2264 or 0x2265 or 0x2260 => 584,
        0xB0 or 0xB7 or 0xB2 or 0xB3 or 0xB9 => 400,
        0x2013 => 556,
        < 0x250 => 620,
        >= 0x370 and < 0x400 => 620,                                        // Greek
        >= 0x1100 and < 0x1200 or >= 0x2E80 and < 0xA4D0 or >= 0xAC00 and < 0xD7B0 or >= 0xF900 and < 0xFB00 or >= 0xFF00 and < 0xFF61 => 1000,
        >= 0x1F000 => 1250,
        _ => 780,
    };
}
