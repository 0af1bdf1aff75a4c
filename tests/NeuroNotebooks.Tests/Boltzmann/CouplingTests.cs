using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.BoltzmannTests;

public class CouplingTests
{
    [Fact]
    public void Two_neurons_and_one_hidden_unit_have_the_coupling_of_the_sum_by_hand()
    {
        var machine = new BernoulliRbm(new double[,] { { 2 }, { 2 } }, [-1, -1], [-2]);
        double j = new EffectiveCouplings(machine, allowFewContributors: true).Pair(0, 1);
        Close.To(0.216890415242, j, 1e-12);     // derived: (sp(2) − 2 sp(0) + sp(−2)) / 4
        Close.To(4 * j, EffectiveCouplings.LatticeGasPairs(machine)[0, 1], 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_normal_approximation_is_close_to_the_sum_over_all_states(ulong seed)
    {
        var machine = Machines.Random(12, 6, 0.8, seed);
        double[] values = machine.FreeEnergies(Machines.AllWords(12));
        double Exact(params int[] set) =>
            Enumerable.Range(0, values.Length).Average(s => -values[s] * set.Aggregate(1.0, (sign, i) => ((s >> i) & 1) == 1 ? sign : -sign));
        var couplings = new EffectiveCouplings(machine);
        double[,] pairs = couplings.Pairs();
        var (exact, read) = (new List<double>(), new List<double>());
        for (int i = 0; i < 12; i++)
            for (int j = i + 1; j < 12; j++)
            {
                exact.Add(Exact(i, j));
                read.Add(pairs[i, j]);
            }
        Close.All(exact, read, 2e-3);                    // the bound that was measured for this size of weights, about three times over
        Assert.True(PopulationStatistics.Correlation([.. exact], [.. read]) > 0.999);
        Close.To(Exact(0, 3, 7), couplings.Triplet(0, 3, 7), 2e-3);
        Close.To(Exact(2), couplings.Fields()[2], 2e-3);
    }

    [Fact]
    public void To_first_order_a_matrix_product_gives_the_same_couplings()
    {
        var machine = Machines.Random(60, 20, 0.15, 5);
        var couplings = new EffectiveCouplings(machine);
        double[] full = PopulationStatistics.UpperTriangle(couplings.Pairs()), fast = PopulationStatistics.UpperTriangle(couplings.FastPairs());
        Assert.True(PopulationStatistics.Correlation(full, fast) > 0.999);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Couplings_do_not_change_when_a_hidden_unit_is_read_the_other_way_round(ulong seed)
    {
        var machine = Machines.Random(14, 5, 0.6, seed);
        var flipped = machine.WithHiddenFlipped(2);
        Close.All(
            PopulationStatistics.UpperTriangle(new EffectiveCouplings(machine).Pairs()),
            PopulationStatistics.UpperTriangle(new EffectiveCouplings(flipped).Pairs()), 1e-9);
        Close.To(new EffectiveCouplings(machine).Triplet(1, 4, 9), new EffectiveCouplings(flipped).Triplet(1, 4, 9), 1e-9);
    }

    [Fact]
    public void The_strongest_triplet_comes_first()
    {
        var ranked = new EffectiveCouplings(Machines.Random(11, 3, 1.0, 4)).RankedTriplets();
        Assert.Equal(11 * 10 * 9 / 6, ranked.Count);
        for (int k = 1; k < ranked.Count; k++) Assert.True(Math.Abs(ranked[k - 1].Coupling) >= Math.Abs(ranked[k].Coupling));
    }

    [Fact]
    public void The_average_product_correction_removes_what_two_strong_neurons_share()
    {
        double[] strength = [1, 2, 3, 4];
        var product = new double[4, 4];
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++)
                if (i != j) product[i, j] = strength[i] * strength[j];
        double[,] corrected = EffectiveCouplings.AverageProductCorrected(product);
        // by hand: means 3, 16/3, 7, 8, of mean 35/6
        Close.To(2.0 - 3.0 * (16.0 / 3.0) / (35.0 / 6.0), corrected[0, 1], 1e-14);
        Close.To(12.0 - 7.0 * 8.0 / (35.0 / 6.0), corrected[3, 2], 1e-14);
        Assert.Equal(0.0, corrected[1, 1]);
        Assert.Throws<ArgumentException>(() => EffectiveCouplings.AverageProductCorrected(new double[1, 1]));
    }

    [Fact]
    public void Few_weights_and_repeated_neurons_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new EffectiveCouplings(Machines.Random(9, 2, 1, 1)));
        var couplings = new EffectiveCouplings(Machines.Random(10, 2, 1, 1));
        Assert.Throws<ArgumentException>(() => couplings.Pair(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => couplings.Triplet(0, 1, 10));
    }

    [Fact]
    public void Normal_averages_are_exact_for_polynomials()
    {
        var (points, weights) = NormalQuadrature.Rule(9);
        double Average(Func<double, double> f) => points.Zip(weights, (x, w) => w * f(x)).Sum();
        Close.To(1, Average(_ => 1), 1e-13);
        Close.To(0, Average(x => x * x * x), 1e-12);
        Close.To(15, Average(x => Math.Pow(x, 6)), 1e-10);
        Close.To(2027025, Average(x => Math.Pow(x, 16)), 1e-4);       // 15!!, degree 16 < 2 · 9
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void About_given_rates_couplings_are_averages_over_neurons_that_fire_at_those(ulong seed)
    {
        var machine = Machines.Random(12, 6, 0.8, seed);
        double[] rates = [.. Enumerable.Range(0, 12).Select(i => 0.1 + 0.02 * i)], values = machine.FreeEnergies(Machines.AllWords(12));
        double Weight(int state, int i) => ((state >> i) & 1) == 1 ? rates[i] : 1.0 - rates[i];
        double Exact(int one, int other) => Enumerable.Range(0, values.Length).Sum(s =>
            -values[s] / 4.0 * (((s >> one) & 1) == ((s >> other) & 1) ? 1.0 : -1.0)
            * Enumerable.Range(0, 12).Where(i => i != one && i != other).Aggregate(1.0, (product, i) => product * Weight(s, i)));
        var couplings = new EffectiveCouplings(machine, referenceRates: rates);
        // the normal approximation again; skewed neurons are further from normal than coins
        foreach (var (i, j) in new[] { (0, 1), (2, 9), (5, 11) }) Close.To(Exact(i, j), couplings.Pair(i, j), 5e-3);
    }

    [Fact]
    public void About_fair_rates_nothing_changes()
    {
        var machine = Machines.Random(12, 4, 0.8, 6);
        double[] half = [.. Enumerable.Repeat(0.5, 12)];
        Assert.Equal(new EffectiveCouplings(machine).Pair(1, 5), new EffectiveCouplings(machine, referenceRates: half).Pair(1, 5));
        Assert.Throws<ArgumentException>(() => new EffectiveCouplings(machine, referenceRates: [0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EffectiveCouplings(machine, referenceRates: [.. half[1..], 1.5]));
    }
}
