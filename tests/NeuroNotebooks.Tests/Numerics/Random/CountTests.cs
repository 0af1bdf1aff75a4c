using MathNet.Numerics.Distributions;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>Poisson and binomial numbers against probabilities from Math.NET, summed here.</summary>
public class CountTests
{
    private const int Million = 1_000_000;

    public static TheoryData<double> Means => [0.0, 1e-9, 0.3, 1.0, 8.0, 29.9, 30.1, 75.0, 400.0, 3000.0];

    public static TheoryData<long, double> Trials => new()
    {
        { 0, 0.5 }, { 1, 0.3 }, { 10, 0.0 }, { 10, 1.0 }, { 12, 0.5 }, { 59, 0.5 }, { 61, 0.5 }, { 61, 0.51 }, { 5000, 0.001 },
        { 5000, 0.999 },
        { 1000, 0.04 }, { 1000, 0.96 }, { 1_000_000_000, 1e-8 },
    };

    [Theory, MemberData(nameof(Means))]
    public void A_Poisson_number_is_the_quantile_at_either_side_of_every_edge(double mean) =>
        AssertQuantile(u => new CountQuantile.Poisson(mean).At(u), k => PoissonProbability(mean, k), Reach(mean, mean));

    [Theory, MemberData(nameof(Trials))]
    public void A_binomial_number_is_the_quantile_at_either_side_of_every_edge(long trials, double probability)
    {
        // these by the sampling test below: Math.NET's probabilities lose digits there
        if (probability > 0.5 || trials > 1_000_000) return;
        AssertQuantile(
            u => new CountQuantile.Binomial(trials, probability).At(u), k => k > trials ? 0.0 : Binomial.PMF(probability, (int)trials, k),
            (int)Math.Min(trials, Reach(trials * probability, trials * probability)));
    }

    [Theory, MemberData(nameof(Means))]
    public void Poisson_numbers_have_their_distribution(double mean)
    {
        var stream = new Philox(6, 1);
        AssertDistribution(i => stream.Poisson(i, mean), k => PoissonProbability(mean, k), Reach(mean, mean));
    }

    [Theory, MemberData(nameof(Trials))]
    public void Binomial_numbers_have_their_distribution(long trials, double probability)
    {
        var stream = new Philox(6, 2);
        int reach = (int)Math.Min(trials, Reach(trials * probability, trials * probability));
        AssertDistribution(
            i => stream.Binomial(i, trials, probability),
            // a billion trials of 1e-8 are Poisson to within 1e-8, far below what a million draws show
            k => trials > int.MaxValue / 4 ? Poisson.PMF(trials * probability, k) : Binomial.PMF(probability, (int)trials, k), reach);
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e10)]
    [InlineData(1e15)]
    public void Large_means_keep_mean_variance_and_shape(double mean)
    {
        var stream = new Philox(6, 3);
        double[] z = [.. Enumerable.Range(0, Million).Select(i => (stream.Poisson((ulong)i, mean) - mean) / Math.Sqrt(mean))];
        Close.To(0.0, z.Average(), 5e-3);                                                        // five standard errors
        Close.To(1.0, z.Average(x => x * x), 5.0 * Math.Sqrt(2.0 / Million));
        Close.To(1.0 / Math.Sqrt(mean), z.Average(x => x * x * x), 5.0 * Math.Sqrt(15.0 / Million));
        double Standardised(int i) => (stream.Binomial((ulong)i, (long)mean, 0.2) - 0.2 * mean) / Math.Sqrt(0.16 * mean);
        double[] b = [.. Enumerable.Range(0, Million).Select(Standardised)];
        Close.To(0.0, b.Average(), 5e-3);
        Close.To(1.0, b.Average(x => x * x), 5.0 * Math.Sqrt(2.0 / Million));
    }

    [Fact]
    public void Counts_rise_with_the_mean_at_one_index()
    {
        var stream = new Philox(6, 4);
        for (ulong i = 0; i < 2000; i++)
        {
            long[] counts = [.. Enumerable.Range(0, 200).Select(j => stream.Poisson(i, 0.5 * j))];
            Assert.Equal(counts.Order(), counts);
            long[] successes = [.. Enumerable.Range(0, 101).Select(j => stream.Binomial(i, 300, 0.01 * j))];
            Assert.Equal(successes.Order(), successes);
        }
    }

    private static double PoissonProbability(double mean, int k) => mean > 0.0 ? Poisson.PMF(mean, k) : k == 0 ? 1.0 : 0.0;

    private static int Reach(double mean, double variance) => (int)(mean + 10.0 * Math.Sqrt(variance) + 40.0);

    /// <summary>A hair below and above each P(X ≤ k), the quantile is k and then k + 1.</summary>
    private static void AssertQuantile(Func<double, long> quantile, Func<int, double> probability, int reach)
    {
        double[] p = [.. Enumerable.Range(0, reach + 1).Select(probability)];
        double below = 0.0, above = p.Sum();
        for (int k = 0; k <= reach; k++)
        {
            below += p[k];
            above -= p[k];
            // 1e-9 of the tail is above the error of Math.NET's probabilities, which is 1e-11 at these sizes, and of these sums
            double margin = 1e-9 * below;
            if (below < 1e-15 || above < 1e-6) continue;
            Assert.Equal(k, quantile(below - margin));
            int next = Array.FindIndex(p, k + 1, value => value > 0.0);
            if (below + margin < 1.0) Assert.InRange(quantile(below + margin), next, p[next] > 3.0 * margin ? next : next + 1);
        }
        if (reach == 0) Assert.Equal(0, quantile(0.7));
        Assert.InRange(quantile(1.0 - 1.0 / (1UL << 53)), 0, reach);
        Assert.InRange(quantile(1.0 / (1UL << 53)), 0, reach);
    }

    private static void AssertDistribution(Func<ulong, long> draw, Func<int, double> probability, int reach)
    {
        var observed = new double[reach + 1];
        for (ulong i = 0; i < Million; i++) observed[draw(i)]++;

        // neighbours are joined until at least ten are expected together
        List<(double Observed, double Expected)> bins = [];
        double o = 0.0, e = 0.0;
        for (int k = 0; k <= reach; k++)
        {
            o += observed[k];
            e += Million * probability(k);
            if (e < 10.0) continue;
            bins.Add((o, e));
            (o, e) = (0.0, 0.0);
        }
        bins[^1] = (bins[^1].Observed + o, bins[^1].Expected + e);
        double limit = Statistic.ChiSquareLimit(bins.Count - 1);
        double statistic = Statistic.ChiSquare([.. bins.Select(bin => bin.Observed)], [.. bins.Select(bin => bin.Expected)]);
        Assert.InRange(statistic, 0.0, limit + 1e-6);
    }
}
