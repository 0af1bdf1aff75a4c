namespace NeuroNotebooks.Figures.Svg;

/// <summary>A mark on an axis.</summary>
/// <param name="At">The axis coordinate (on a log axis: the decimal logarithm).</param>
internal readonly record struct Tick(double At, string Label);

/// <summary>Where to put ticks: steps of 1, 2, 2.5 or 5 times a power of ten; on a log axis decades, or parts of one.</summary>
internal static class Ticks
{
    private const int MostTicks = 400;

    private static readonly double[] Mantissas = [1.0, 2.0, 2.5, 5.0, 10.0];

    /// <summary>The smallest round step that cuts a span in no more than so many pieces.</summary>
    public static double RoundStep(double span, double pieces)
    {
        double rough = span / Math.Max(pieces, 0.5);
        if (!(rough > 0.0) || double.IsInfinity(rough)) return 1.0;
        int exponent = (int)Math.Floor(Math.Log10(rough));
        foreach (double mantissa in Mantissas)
            if (Times10(mantissa, exponent) >= rough * (1.0 - 1e-9)) return Times10(mantissa, exponent);
        return Times10(10.0, exponent);
    }

    /// <summary>The multiples of a step, counted from an origin, that lie between two coordinates, in ascending order.</summary>
    public static double[] Multiples(double from, double to, double step, double origin = 0.0)
    {
        double low = Math.Min(from, to), high = Math.Max(from, to), slack = 1e-9 * (high - low);
        if (!(step > 0.0) || (high - low) / step > MostTicks) return [];
        double first = Math.Ceiling((low - slack - origin) / step), last = Math.Floor((high + slack - origin) / step);
        if (!(Math.Abs(first) < 1e15) || last < first) return [];
        var ticks = new double[(int)(last - first) + 1];
        for (int i = 0; i < ticks.Length; i++) ticks[i] = Snapped((first + i) * step + origin, step);
        return ticks;
    }

    /// <summary>Powers of ten between two decimal logarithms, every so many decades.</summary>
    public static double[] Decades(double from, double to, double pieces)
    {
        double span = Math.Abs(to - from), step = Math.Max(1.0, Math.Ceiling(span / Math.Max(1.0, pieces) - 1e-9));
        return Multiples(from, to, step);
    }

    /// <summary>Logarithms of the given digits in every decade between two decimal logarithms.</summary>
    public static double[] Digits(double from, double to, params ReadOnlySpan<int> digits)
    {
        double low = Math.Min(from, to), high = Math.Max(from, to), slack = 1e-9 * (high - low);
        var ticks = new List<double>();
        if (!(high - low < MostTicks)) return [];
        for (double decade = Math.Floor(low); decade <= high + slack; decade++)
            foreach (int digit in digits)
                if (decade + Math.Log10(digit) is var at && at >= low - slack && at <= high + slack) ticks.Add(at);
        return [.. ticks];
    }

    /// <summary>A mantissa times a power of ten, as near to the decimal number as a double gets.</summary>
    public static double Times10(double mantissa, int exponent) =>
        exponent >= 0 ? mantissa * Math.Pow(10.0, exponent)
        : exponent >= -300 ? mantissa / Math.Pow(10.0, -exponent) : mantissa * 1e-300 / Math.Pow(10.0, -exponent - 300);

    /// <summary>Rounds away the error of adding up steps, so that 0.30000000000000004 reads 0.3.</summary>
    private static double Snapped(double value, double step)
    {
        int decimals = 3 - (int)Math.Floor(Math.Log10(step));
        return decimals is >= 0 and <= 15 && Math.Abs(value) < 1e6 ? Math.Round(value, decimals) + 0.0 : value;
    }
}
