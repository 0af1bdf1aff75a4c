namespace NeuroNotebooks.Numerics;

/// <summary>Inverse distribution functions of counts: the least k with P(X ≤ k) ≥ u.</summary>
/// <remarks>
/// Small means: a sum from zero. Otherwise a Cornish-Fisher expansion with the correction for a lattice says where the quantile lies to
/// within (1 + z⁴) / (32 σ²) counts (measured: at most 0.64 of that for expected counts from 30 to 10⁵); only if an edge between two
/// counts lies inside, which is rare, is the distribution function itself summed there.
/// Sources: Cornish and Fisher, Rev. Inst. Int. Stat. 5:307 (1938); probabilities from Loader, Fast and accurate computation of binomial
/// probabilities (2000); the idea to check only near an edge from Giles, Algorithm 955, ACM TOMS 42:7 (2016).
/// </remarks>
internal static class CountQuantile
{
    public const double LargestMean = 1e15;

    private const double SmallMean = 30.0;

    /// <summary>A distribution of counts from 0 to <see cref="Largest"/>.</summary>
    private interface ICounts
    {
        double Mean { get; }
        double Largest { get; }
        double ProbabilityOf(double count);

        /// <summary>P(X = count + 1) / P(X = count).</summary>
        double Ratio(double count);
    }

    /// <summary>Counts of events without memory.</summary>
    public readonly struct Poisson(double mean) : ICounts
    {
        public double Mean => mean;
        public double Largest => double.MaxValue;

        public long At(double u)
        {
            if (mean < SmallMean) return FromZero(this, u);
            double deviation = Math.Sqrt(mean);
            return FromExpansion(this, u, deviation, skewness: 1.0 / deviation, kurtosis: 1.0 / mean);
        }

        public double Ratio(double count) => mean / (count + 1.0);

        public double ProbabilityOf(double count) => count == 0.0
            ? Math.Exp(-mean)
            : Math.Exp(-StirlingError(count) - Deviance(count, mean)) / Math.Sqrt(2.0 * Math.PI * count);
    }

    /// <summary>Successes in trials, each with a probability of at most one half.</summary>
    public readonly struct Binomial(double trials, double probability) : ICounts
    {
        public double Mean => trials * probability;
        public double Largest => trials;

        public long At(double u)
        {
            if (Mean < SmallMean) return FromZero(this, u);
            double q = 1.0 - probability, variance = Mean * q, deviation = Math.Sqrt(variance);
            return FromExpansion(this, u, deviation, (q - probability) / deviation, (1.0 - 6.0 * probability * q) / variance);
        }

        public double Ratio(double count) => (trials - count) / (count + 1.0) * (probability / (1.0 - probability));

        public double ProbabilityOf(double count)
        {
            double rest = trials - count;
            if (count == 0.0) return Math.Exp(trials * MathNet.Numerics.SpecialFunctions.Log1p(-probability));
            if (rest == 0.0) return Math.Pow(probability, trials);
            double exponent = StirlingError(trials) - StirlingError(count) - StirlingError(rest)
                - Deviance(count, Mean) - Deviance(rest, trials * (1.0 - probability));
            return Math.Exp(exponent) * Math.Sqrt(trials / (2.0 * Math.PI * count * rest));
        }
    }

    private static long FromZero<T>(T counts, double u) where T : ICounts
    {
        double term = counts.ProbabilityOf(0.0), sum = term, count = 0.0;
        // past the mean, a term that no longer moves the sum says that rounding has used up the rest of the probability
        while (u > sum && count < counts.Largest && (sum + term > sum || count < counts.Mean))
        {
            term *= counts.Ratio(count++);
            sum += term;
        }
        return (long)count;
    }

    private static long FromExpansion<T>(T counts, double u, double deviation, double skewness, double kurtosis) where T : ICounts
    {
        double z = NormalQuantile.At(u), z2 = z * z;
        double x = counts.Mean + deviation * (z + skewness * (z2 - 1.0) / 6.0 + z * (
            kurtosis * (z2 - 3.0) / 24.0 - skewness * skewness * (2.0 * z2 - 5.0) / 36.0 - 1.0 / (24.0 * deviation * deviation)));
        double within = (1.0 + z2 * z2) / (32.0 * deviation * deviation);

        double count = Math.Clamp(Math.Ceiling(x - 0.5 - within), 0.0, counts.Largest);
        double last = Math.Clamp(Math.Ceiling(x - 0.5 + within), 0.0, counts.Largest);
        while (count < last && !Reaches(counts, count, u)) count++;
        return (long)count;
    }

    /// <summary>Whether P(X ≤ count) ≥ u, summed away from the mean so that nothing cancels.</summary>
    private static bool Reaches<T>(T counts, double count, double u) where T : ICounts
    {
        if (count < counts.Mean)
        {
            double term = counts.ProbabilityOf(count), sum = 0.0;
            for (; sum + term > sum; term /= counts.Ratio(--count))
            {
                sum += term;
                if (count == 0.0) break;
            }
            return sum >= u;
        }

        double above = counts.ProbabilityOf(count + 1.0), rest = 0.0;
        for (; rest + above > rest; above *= counts.Ratio(++count)) rest += above;
        return rest <= 1.0 - u;
    }

    /// <summary>ln k! − ln(√(2πk) (k/e)^k), for k ≥ 1.</summary>
    private static double StirlingError(double k)
    {
        if (k < 16.0)
        {
            double factorial = 1.0;
            for (double i = 2.0; i <= k; i++) factorial *= i;
            return Math.Log(factorial) - (k + 0.5) * Math.Log(k) + k - 0.5 * Math.Log(2.0 * Math.PI);
        }
        double r = 1.0 / (k * k);
        return (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r / 1188.0)))) / k;
    }

    /// <summary>x ln(x / m) + m − x without cancellation where x is near m.</summary>
    private static double Deviance(double x, double m)
    {
        if (Math.Abs(x - m) >= 0.1 * (x + m)) return x * Math.Log(x / m) + m - x;

        // with v = (x − m) / (x + m): (x − m) v + 2 x (v³/3 + v⁵/5 + …)
        double v = (x - m) / (x + m), sum = (x - m) * v, power = 2.0 * x * v;
        for (int j = 1; ; j++)
        {
            power *= v * v;
            double next = sum + power / (2 * j + 1);
            if (next == sum) return sum;
            sum = next;
        }
    }
}
