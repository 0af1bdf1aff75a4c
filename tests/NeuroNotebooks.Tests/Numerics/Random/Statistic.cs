using MathNet.Numerics.Distributions;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>Test statistics for numbers with a known distribution.</summary>
internal static class Statistic
{
    /// <summary>√n D is above this with probability 0.001 for numbers of the right distribution.</summary>
    public const double OnePerMille = 1.9495;

    /// <summary>√n times the largest distance between the empirical and the true distribution function.</summary>
    public static double KolmogorovSmirnov(double[] sample, Func<double, double> distribution)
    {
        double[] sorted = [.. sample.Order()];
        double n = sorted.Length, largest = 0.0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double p = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max(p - i / n, (i + 1) / n - p));
        }
        return Math.Sqrt(n) * largest;
    }

    /// <summary>The sum of (observed − expected)² / expected.</summary>
    public static double ChiSquare(double[] observed, double[] expected) =>
        observed.Zip(expected, (o, e) => (o - e) * (o - e) / e).Sum();

    /// <summary>What the sum exceeds with probability 0.001.</summary>
    public static double ChiSquareLimit(int freedom) => freedom == 0 ? 0.0 : ChiSquared.InvCDF(freedom, 0.999);

    public static double Correlation(double[] a, double[] b) => MathNet.Numerics.Statistics.Correlation.Pearson(a, b);
}
