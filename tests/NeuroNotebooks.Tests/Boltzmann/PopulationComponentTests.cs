using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.BoltzmannTests;

public class PopulationComponentTests
{
    private static readonly BinaryPatterns Words = GibbsChains.FromCoins(Machines.Random(12, 6, 1.0, 3), 500, new Philox(5)).Advance(50).Current;

    [Fact]
    public void Axes_are_orthonormal_and_the_variance_along_them_falls()
    {
        double[,] axes = PopulationStatistics.PrincipalAxes(Words, 12), along = PopulationStatistics.Projections(Words, axes);
        for (int k = 0; k < 12; k++)
            for (int l = 0; l < 12; l++)
                Close.To(k == l ? 1 : 0, Enumerable.Range(0, 12).Sum(i => axes[i, k] * axes[i, l]), 1e-10);
        double[] variances = [.. Enumerable.Range(0, 12).Select(k => Variance([.. Enumerable.Range(0, Words.Count).Select(t => along[t, k])]))];
        for (int k = 1; k < 12; k++) Assert.True(variances[k] <= variances[k - 1] + 1e-12);
        double[,] covariance = PopulationStatistics.Covariance(Words);
        Close.To(Enumerable.Range(0, 12).Sum(i => covariance[i, i]), variances.Sum(), 1e-10);      // the trace is the total variance
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void The_factor_of_time_between_two_exponentials_is_the_ratio_of_their_times(double factor)
    {
        double[] reference = [.. Enumerable.Range(0, 40).Select(lag => Math.Exp(-lag / 12.0))];
        double[] other = [.. Enumerable.Range(0, 200).Select(lag => Math.Exp(-lag / (12.0 * factor)))];
        // the factors tried are 1.5 % apart, and straight lines between lags miss an exponential of 6 lags by 0.3 %
        Close.To(factor, PopulationStatistics.TimeFactor(reference, other), 0.02 * factor);
    }

    [Fact]
    public void Two_neurons_have_modes_of_plus_and_minus_their_covariance()
    {
        var pair = BinaryPatterns.From(new double[,] { { 1, 1 }, { 0, 0 }, { 1, 1 }, { 0, 1 } });
        Close.All([0.125, -0.125], PopulationStatistics.CorrelationModes(pair), 1e-12);     // 1/2 − 1/2 · 3/4
    }

    [Fact]
    public void All_words_of_three_neurons_count_in_binary()
    {
        var all = BinaryPatterns.All(3);
        Assert.Equal(8, all.Count);
        for (int s = 0; s < 8; s++) Assert.Equal(s, all[s][0] + 2 * all[s][1] + 4 * all[s][2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryPatterns.All(21));
    }

    [Fact]
    public void Correlations_are_covariances_over_the_roots_of_variances()
    {
        var pair = BinaryPatterns.From(new double[,] { { 1, 1 }, { 0, 0 }, { 1, 1 }, { 0, 1 } });
        double[,] correlations = PopulationStatistics.Correlations(pair);
        Close.To(1.0, correlations[0, 0], 1e-12);
        Close.To(0.125 / Math.Sqrt(0.25 * 0.1875), correlations[0, 1], 1e-12);
    }

    [Fact]
    public void Singular_values_are_those_of_a_matrix_by_hand() =>
        Close.All([5.0, 2.0], new BernoulliRbm(new double[,] { { 3, 0 }, { 4, 0 }, { 0, 2 } }, [0, 0, 0], [0, 0]).SingularValues(), 1e-6);

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PopulationStatistics.PrincipalAxes(Words, 13));
        Assert.Throws<ArgumentException>(() => PopulationStatistics.Projections(Words, new double[11, 2]));
        Assert.Throws<ArgumentException>(() => PopulationStatistics.TimeFactor([1.0, 0.5], [1.0, 0.5, 0.2]));
    }

    private static double Variance(double[] x) => x.Sum(value => (value - x.Average()) * (value - x.Average())) / x.Length;
}
