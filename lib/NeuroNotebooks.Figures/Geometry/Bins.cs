namespace NeuroNotebooks.Figures;

/// <summary>Values counted in bins of equal width; the last bin holds its right edge too.</summary>
internal sealed record Bins(double[] Middles, double[] Counts, double Width)
{
    public static Bins Count(double[] sorted, int? bins, (double From, double To)? range)
    {
        (double from, double to) = range ?? (sorted[0], sorted[^1]);
        if (from == to) (from, to) = (from - 0.5, to + 0.5);
        int number = bins ?? Wanted(sorted, to - from);
        double width = (to - from) / number;

        double[] counts = new double[number];
        foreach (double value in sorted)
            if (value >= from && value <= to)
                counts[Math.Min((int)((value - from) / width), number - 1)]++;
        return new Bins([.. Enumerable.Range(0, number).Select(i => from + (i + 0.5) * width)], counts, width);
    }

    private static int Wanted(double[] sorted, double span)
    {
        double width = 2.0 * (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / Math.Cbrt(sorted.Length);
        double number = width > 0.0 ? Math.Ceiling(span / width) : Math.Sqrt(sorted.Length);
        return (int)Math.Clamp(number, 1.0, 200.0);
    }

    /// <summary>The value below which a part of the sorted values lies, interpolated linearly.</summary>
    public static double Quantile(double[] sorted, double part)
    {
        double place = part * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[^1];
    }

    public static double Bandwidth(double[] values)
    {
        double[] sorted = [.. values.Order()];
        double mean = values.Average();
        double deviation = values.Length < 2 ? 0.0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        double quartiles = (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / 1.34;
        double spread = quartiles > 0.0 ? Math.Min(deviation, quartiles) : deviation;
        return spread > 0.0 ? 0.9 * spread * Math.Pow(values.Length, -0.2) : Math.Max(Math.Abs(mean), 1.0) * 0.01;
    }
}
