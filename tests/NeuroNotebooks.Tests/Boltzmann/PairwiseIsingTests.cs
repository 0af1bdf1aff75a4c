using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.BoltzmannTests;

public class PairwiseIsingTests
{
    private static readonly PairwiseIsing Three = new(new double[,] { { 0, 0.5, -0.3 }, { 0.5, 0, 0.2 }, { -0.3, 0.2, 0 } }, [0.1, -0.4, 0.3]);

    [Fact]
    public void Energy_and_partition_function_are_the_sums_by_hand()
    {
        // s = (+, −, +): fields 0.1 + 0.4 + 0.3, couplings −0.5 − 0.3 − 0.2
        Close.To(-(0.8 - 1.0), Three.Energies(BinaryPatterns.From(new double[,] { { 1, 0, 1 } }))[0], 1e-15);
        Close.To(Math.Log(Three.Energies(Machines.AllWords(3)).Sum(e => Math.Exp(-e))), Three.LogZ(), 1e-14);
    }

    [Fact]
    public void Glauber_words_come_as_often_as_the_law_says()
    {
        double logZ = Three.LogZ();
        double[] law = [.. Three.Energies(Machines.AllWords(3)).Select(e => Math.Exp(-e - logZ))];
        var words = Three.Sample(chains: 2000, burnIn: 50, times: 20, every: 5, new Philox(3));
        var counts = new double[8];
        for (int t = 0; t < words.Count; t++) counts[words[t][0] + 2 * words[t][1] + 4 * words[t][2]]++;
        // 40 000 words, nearly independent: five standard errors, doubled
        for (int state = 0; state < 8; state++) Close.To(law[state], counts[state] / words.Count, 10 * Math.Sqrt(law[state] / words.Count));
    }

    [Fact]
    public void Pseudo_likelihood_finds_the_couplings_that_made_the_words()
    {
        var fitted = PairwiseIsing.FitPseudoLikelihood(Three.Sample(2000, 50, 50, 5, new Philox(4)), l2: 0.0);
        // 100 000 words: the standard error of a coupling is about 1 / sqrt(100 000) = 0.003
        Close.All(PopulationStatistics.UpperTriangle(Three.Couplings), PopulationStatistics.UpperTriangle(fitted.Couplings), 0.02);
        Close.All(Three.Fields.ToArray(), fitted.Fields.ToArray(), 0.02);
    }

    [Fact]
    public void On_the_exact_law_pseudo_likelihood_is_exact()
    {
        // words in proportion to their probabilities, to one in 20 000
        double logZ = Three.LogZ();
        var rows = Three.Energies(Machines.AllWords(3))
            .SelectMany((e, state) => Enumerable.Repeat(state, (int)Math.Round(20_000 * Math.Exp(-e - logZ)))).ToArray();
        var words = new double[rows.Length, 3];
        for (int t = 0; t < rows.Length; t++)
            for (int i = 0; i < 3; i++)
                words[t, i] = (rows[t] >> i) & 1;
        var fitted = PairwiseIsing.FitPseudoLikelihood(BinaryPatterns.From(words), l2: 0.0);
        Close.All(PopulationStatistics.UpperTriangle(Three.Couplings), PopulationStatistics.UpperTriangle(fitted.Couplings), 1e-3);
    }

    [Theory]
    [InlineData(3, 0.0)]
    [InlineData(6, 0.0)]
    [InlineData(9, 0.1)]
    public void At_the_fitted_model_every_slope_of_the_pseudo_likelihood_is_zero(int neurons, double l2)
    {
        var words = GibbsChains.FromCoins(Machines.Random(neurons, 4, 1.0, 5), 1500, new Philox(6)).Advance(20).Current;
        var fitted = PairwiseIsing.FitPseudoLikelihood(words, l2);
        double[,] j = fitted.Couplings;
        var spins = Enumerable.Range(0, words.Count).Select(t => words[t].ToArray().Select(v => 2.0 * v - 1.0).ToArray()).ToArray();
        // s_i less what the others make of it, tanh(h_i + Σ_k J_ik s_k)
        var left = spins.Select(s => Enumerable.Range(0, neurons)
            .Select(i => s[i] - Math.Tanh(fitted.Fields[i] + Enumerable.Range(0, neurons).Sum(k => j[i, k] * s[k]))).ToArray()).ToArray();
        for (int i = 0; i < neurons; i++)
        {
            // the fit ends at a gradient of 10⁻⁶
            Close.To(0.0, left.Average(x => x[i]), 3e-6, $"field {i}");
            for (int k = 0; k < i; k++)
                Close.To(2.0 * l2 * j[i, k], left.Zip(spins, (x, s) => x[i] * s[k] + x[k] * s[i]).Average(), 3e-6, $"coupling {i}, {k}");
        }
    }

    [Fact]
    public void A_penalty_shrinks_the_couplings()
    {
        var words = Three.Sample(500, 50, 4, 5, new Philox(4));
        double Size(double l2) => PopulationStatistics.UpperTriangle(PairwiseIsing.FitPseudoLikelihood(words, l2).Couplings).Sum(Math.Abs);
        Assert.True(Size(1.0) < Size(0.01));
    }

    [Fact]
    public void What_is_no_pairwise_model_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new PairwiseIsing(new double[,] { { 0, 1 }, { 2, 0 } }, [0, 0]));
        Assert.Throws<ArgumentException>(() => new PairwiseIsing(new double[,] { { 1, 0 }, { 0, 0 } }, [0, 0]));
        Assert.Throws<ArgumentException>(() => new PairwiseIsing(new double[2, 2], [0]));
        Assert.Throws<InvalidOperationException>(() => new PairwiseIsing(new double[21, 21], new double[21]).LogZ());
        Assert.Throws<ArgumentException>(() => PairwiseIsing.FitPseudoLikelihood(BinaryPatterns.From(new double[,] { { 1, 0 }, { 1, 1 } })));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndependentModel([0.5, 1.0]));
    }

    [Fact]
    public void Annealing_agrees_with_enumeration()
    {
        var estimate = Three.AnnealedLogZ(chains: 2000, temperatures: 100, new Philox(5));
        Assert.True(estimate.IsReliable);
        Close.To(Three.LogZ(), estimate.LogZ, Math.Max(1e-3, 4.0 * estimate.StandardError));
    }

    [Fact]
    public void Annealing_without_couplings_is_exact()
    {
        var free = new PairwiseIsing(new double[2, 2], [0.7, -1.1]);
        var estimate = free.AnnealedLogZ(chains: 3, temperatures: 2, new Philox(5));
        Close.To(free.LogZ(), estimate.LogZ, 1e-12);
        Assert.Equal(0.0, estimate.StandardError);
    }

    [Fact]
    public void Mean_field_is_right_to_first_order_in_the_couplings()
    {
        var weak = new PairwiseIsing(new double[,] { { 0, 0.05, -0.04 }, { 0.05, 0, 0.03 }, { -0.04, 0.03, 0 } }, [0.1, -0.4, 0.3]);
        var fitted = PairwiseIsing.FitMeanField(weak.Sample(2000, 50, 50, 3, new Philox(4)));
        // 100 000 words: standard errors of 0.003; the second order is 0.0025 at most
        Close.All(PopulationStatistics.UpperTriangle(weak.Couplings), PopulationStatistics.UpperTriangle(fitted.Couplings), 0.015);
        Close.All(weak.Fields.ToArray(), fitted.Fields.ToArray(), 0.02);
    }

    [Fact]
    public void Mean_field_refuses_copies_and_constant_neurons()
    {
        Assert.Throws<ArgumentException>(() => PairwiseIsing.FitMeanField(BinaryPatterns.From(new double[,] { { 0, 0 }, { 1, 1 }, { 0, 0 } })));
        Assert.Throws<ArgumentException>(() => PairwiseIsing.FitMeanField(BinaryPatterns.From(new double[,] { { 0, 1 }, { 1, 1 } })));
    }
}
