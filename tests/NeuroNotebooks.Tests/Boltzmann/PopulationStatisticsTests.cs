using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.BoltzmannTests;

public class PopulationStatisticsTests
{
    private static readonly BinaryPatterns Four = BinaryPatterns.From(new double[,] { { 1, 1, 0 }, { 0, 1, 0 }, { 1, 1, 1 }, { 0, 0, 0 } });

    [Fact]
    public void Rates_synchrony_and_covariance_are_those_counted_by_hand()
    {
        Assert.Equal([0.5, 0.75, 0.25], Four.Rates());
        Assert.Equal([2, 1, 3, 0], Four.Synchrony());
        Close.To(0.5 - 0.5 * 0.75, PopulationStatistics.Covariance(Four)[0, 1], 1e-15);
        Close.To(0.25 - 0.5 * 0.25, PopulationStatistics.Covariance(Four)[0, 2], 1e-15);
        Close.To(0.75 * 0.25, PopulationStatistics.Covariance(Four)[1, 1], 1e-15);
    }

    [Fact]
    public void A_third_cumulant_is_the_mean_product_of_three_deviations()
    {
        double byHand = (0.5 * 0.25 * -0.25 + -0.5 * 0.25 * -0.25 + 0.5 * 0.25 * 0.75 + -0.5 * -0.75 * -0.25) / 4;
        Close.To(byHand, PopulationStatistics.ThirdCumulants(Four, [(0, 1, 2)])[0], 1e-15);
    }

    [Fact]
    public void The_synchrony_histogram_sums_to_one_in_classes_of_any_width()
    {
        Assert.Equal([0.25, 0.25, 0.25, 0.25], PopulationStatistics.SynchronyHistogram(Four));
        Assert.Equal([0.5, 0.5], PopulationStatistics.SynchronyHistogram(Four, width: 2));
        Close.To(0.0, PopulationStatistics.TotalVariation([0.2, 0.8], [0.2, 0.8]), 0.0);
        Close.To(1.0, PopulationStatistics.TotalVariation([1, 0], [0, 1]), 0.0);
    }

    [Fact]
    public void The_autocorrelation_of_a_decaying_process_decays_as_its_law_says()
    {
        var random = new Philox(3);
        var x = new double[200_000];
        for (int t = 1; t < x.Length; t++) x[t] = 0.8 * x[t - 1] + random.Normal((ulong)t);
        double[] found = PopulationStatistics.Autocorrelation(x, 5);
        // standard error of about sqrt((1 + 0.64) / (1 − 0.64) / 200 000) = 0.005
        for (int lag = 0; lag <= 5; lag++) Close.To(Math.Pow(0.8, lag), found[lag], 0.025, $"lag {lag}");
    }

    [Fact]
    public void Shuffling_each_neuron_by_itself_keeps_rates_and_ends_correlations()
    {
        var words = GibbsChains.FromCoins(Machines.TwoAssemblies(), 20_000, new Philox(4)).Advance(50).Current;
        var shuffled = words.ShuffledApart(new Philox(5));
        Assert.Equal(words.Rates(), shuffled.Rates());
        double[] before = PopulationStatistics.UpperTriangle(PopulationStatistics.Covariance(words));
        double[] after = PopulationStatistics.UpperTriangle(PopulationStatistics.Covariance(shuffled));
        const double FiveErrors = 5 * 0.25 / 141.4;       // of a covariance of 20 000 words
        Assert.True(before.Max(Math.Abs) > 2 * FiveErrors);
        Assert.All(after, c => Assert.True(Math.Abs(c) < FiveErrors));
    }

    [Fact]
    public void Halves_of_many_words_agree_on_their_covariances_and_halves_of_noise_do_not()
    {
        double[] Pairs(BinaryPatterns p) => PopulationStatistics.UpperTriangle(PopulationStatistics.Covariance(p));
        var words = GibbsChains.FromCoins(Machines.TwoAssemblies(), 20_000, new Philox(4)).Advance(50).Current;
        Assert.True(PopulationStatistics.SplitHalfCeiling(words, Pairs, new Philox(6)) > 0.95);
        Assert.True(PopulationStatistics.SplitHalfCeiling(words.ShuffledApart(new Philox(5)), Pairs, new Philox(6)) < 0.6);
    }

    [Fact]
    public void Area_averages_are_over_pairs_of_different_neurons()
    {
        double[,] averages = PopulationStatistics.AreaAverages(new double[,] { { 9, 1, -2 }, { 1, 9, 4 }, { -2, 4, 9 } }, [0, 0, 1]);
        Assert.Equal(1.0, averages[0, 0]);
        Assert.Equal(3.0, averages[0, 1]);
        Assert.True(double.IsNaN(averages[1, 1]));
    }

    [Fact]
    public void A_perfect_sampler_passes_the_nearest_neighbour_test_and_a_repeating_one_fails()
    {
        var words = GibbsChains.FromCoins(Machines.Random(24, 6, 0.8, 2), 1000, new Philox(4)).Advance(50).Current;
        var (one, other) = words.Split(0.5);
        var fair = AdversarialAccuracy.Of(one, other);
        // 500 words each: a standard error of about 0.02
        Close.To(0.5, fair.Data, 0.12);
        Close.To(0.5, fair.Generated, 0.12);
        var repeating = AdversarialAccuracy.Of(one, BinaryPatterns.From(new double[500, 24]));
        Assert.True(repeating.Generated > 0.95);
        var copying = AdversarialAccuracy.Of(one, one);
        Assert.True(copying.Data < 0.3);
    }

    [Fact]
    public void Words_are_cut_ordered_and_joined_without_loss()
    {
        Assert.Equal(Four.ToMatrix(), Four.Slice(0, 1).Append(Four.Slice(1, 3)).ToMatrix());
        Assert.Equal(Four.Slice(1, 1).ToMatrix(), Four.Every(4, offset: 1).ToMatrix());
        Assert.Equal(new double[,] { { 0, 1 }, { 0, 0 }, { 1, 1 }, { 0, 0 } }, Four.Select(2, 0).ToMatrix());
        Assert.Equal(Four.Rates(), Four.Permuted(new Philox(1)).Rates());
        Assert.Throws<ArgumentOutOfRangeException>(() => Four.Split(0.01));
        Assert.Throws<ArgumentException>(() => Four.Append(Four.Select(0)));
    }
}
