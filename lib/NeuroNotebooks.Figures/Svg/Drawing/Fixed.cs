using System.Globalization;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Numbers as SVG writes them: at most two decimals, a point, no exponent, no negative zero.</summary>
internal static class Fixed
{
    /// <summary>Coordinates beyond this are drawn here: far outside any page, near enough for every viewer's arithmetic.</summary>
    public const double Limit = 100_000.0;

    public static double Clamp(double value) => double.IsNaN(value) ? 0.0 : Math.Clamp(value, -Limit, Limit);

    public static string Text(double value, int decimals = 2)
    {
        double rounded = Math.Round(Clamp(value), decimals, MidpointRounding.AwayFromZero);
        return rounded == 0.0 ? "0" : rounded.ToString("0.###", CultureInfo.InvariantCulture);
    }
}
