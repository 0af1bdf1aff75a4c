namespace NeuroNotebooks.Figures.Svg;

/// <summary>The values at one place of a box or violin, sorted, and what a box shows of them.</summary>
internal sealed record Sample(double Place, double[] Sorted, double Q1, double Median, double Q3, double LowerFence, double UpperFence)
{
    public double? Mean { get; init; }

    public double? Deviation { get; init; }

    public static Sample Of(double place, IEnumerable<double> values, string method)
    {
        double[] sorted = [.. values.Order()];
        var (q1, q3) = (Quantile(sorted, 0.25, method), Quantile(sorted, 0.75, method));
        double reach = 1.5 * (q3 - q1);
        return new Sample(place, sorted, q1, Quantile(sorted, 0.5, method), q3,
            Math.Min(q1, sorted.FirstOrDefault(v => v >= q1 - reach, q1)), Math.Max(q3, sorted.LastOrDefault(v => v <= q3 + reach, q3)))
        {
            Mean = sorted.Average(),
            Deviation = StandardDeviation(sorted),
        };
    }

    public IEnumerable<double> Outliers => Sorted.Where(v => v < LowerFence || v > UpperFence);

    /// <summary>Plotly's quartiles: linear (its default, Hyndman and Fan's type 5), exclusive or inclusive of the median.</summary>
    private static double Quantile(double[] sorted, double part, string method)
    {
        if (method is "exclusive" or "inclusive" && part != 0.5 && sorted.Length > 1)
        {
            int half = sorted.Length / 2 + (method == "inclusive" ? sorted.Length % 2 : 0);
            return Quantile(part < 0.5 ? sorted[..half] : sorted[^half..], 0.5, "linear");
        }
        double at = Math.Clamp(part * sorted.Length - 0.5, 0.0, sorted.Length - 1.0);
        int below = (int)Math.Floor(at);
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    private static double StandardDeviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Length - 1));
    }
}
