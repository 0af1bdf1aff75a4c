namespace NeuroNotebooks.Figures.Svg;

/// <summary>Finds the smallest axis range in which every value keeps its distance, in pixels, from the ends.</summary>
internal sealed class RangeFinder
{
    /// <summary>Plotly's free space at a padded end, as a part of the axis.</summary>
    private const double PaddedPart = 0.05;

    private readonly Dictionary<(double Pixels, bool Padded), (double Least, double Most)> _extremes = [];
    private bool _standsOnZero;

    public bool IsEmpty => _extremes.Count == 0;

    /// <summary>Makes room for a value: a distance in pixels, and the usual five percent when padded.</summary>
    public void Include(double value, bool padded = true, double pixels = 0.0)
    {
        if (!double.IsFinite(value)) return;
        var key = (pixels, padded);
        var (least, most) = _extremes.TryGetValue(key, out var seen) ? seen : (value, value);
        _extremes[key] = (Math.Min(least, value), Math.Max(most, value));
    }

    public void Include(ReadOnlySpan<double> values, bool padded = true, double pixels = 0.0)
    {
        foreach (double value in values) Include(value, padded, pixels);
    }

    /// <summary>Zero ends the range, without free space, when all values lie on one side of it: bars stand on the axis.</summary>
    public void StandOnZero()
    {
        _standsOnZero = true;
        Include(0.0, padded: false);
    }

    /// <summary>Takes in what another axis that shares this range has seen.</summary>
    public void Include(RangeFinder other)
    {
        foreach (var ((pixels, padded), (least, most)) in other._extremes)
        {
            Include(least, padded, pixels);
            Include(most, padded, pixels);
        }
        _standsOnZero |= other._standsOnZero;
    }

    /// <param name="length">The axis' length, pixels.</param>
    /// <param name="mode">Plotly's rangemode: normal, tozero or nonnegative.</param>
    public (double From, double To) Find(double length, string mode)
    {
        if (IsEmpty) return (0.0, 1.0);
        double least = _extremes.Values.Min(e => e.Least), most = _extremes.Values.Max(e => e.Most);
        bool zeroLow = least >= 0.0 && (_standsOnZero || mode == "tozero"), zeroHigh = most <= 0.0 && (_standsOnZero || mode == "tozero");

        double steepest = -1.0, from = least, to = most;
        foreach (var (lowKey, low) in _extremes)
            foreach (var (highKey, high) in _extremes)
            {
                double a = zeroLow ? 0.0 : low.Least, b = zeroHigh ? 0.0 : high.Most;
                double padLow = zeroLow ? 0.0 : Pad(lowKey, length), padHigh = zeroHigh ? 0.0 : Pad(highKey, length);
                double unitsPerPixel = (b - a) / Math.Max(length - padLow - padHigh, 0.2 * length);
                if (unitsPerPixel <= steepest) continue;
                steepest = unitsPerPixel;
                (from, to) = (a - unitsPerPixel * padLow, b + unitsPerPixel * padHigh);
            }
        if (mode == "nonnegative") (from, to) = (Math.Max(from, 0.0), Math.Max(to, 0.0));
        return Proper(from, to);
    }

    /// <summary>A range with an inside: one value alone gets space around it.</summary>
    public static (double From, double To) Proper(double from, double to)
    {
        const double largest = 1e300;
        from = Math.Clamp(from, -largest, largest);
        to = Math.Clamp(to, -largest, largest);
        double size = Math.Max(Math.Abs(from), Math.Abs(to));
        if (size < 1e-290) return (-1.0, 1.0);
        if (Math.Abs(to - from) > 1e-12 * size) return (from, to);
        double around = size > 1e6 || size < 1e-2 ? 0.5 * size : 1.0;
        return (from - around, to + around);
    }

    private static double Pad((double Pixels, bool Padded) key, double length) =>
        Math.Min(0.35 * length, key.Pixels + (key.Padded ? PaddedPart * length : 0.0));
}
