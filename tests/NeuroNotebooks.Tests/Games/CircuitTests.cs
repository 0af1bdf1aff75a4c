using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Games;

public class CircuitTests
{
    [Fact]
    public void The_pairs_closed_forms_are_what_the_network_does()
    {
        foreach (WilsonCowanPair pair in (WilsonCowanPair[])[WilsonCowanPair.Antagonistic, WilsonCowanPair.Cooperative])
        {
            Equilibrium rest = EquilibriumEnumerator.All(pair.Network()).Only;
            Close.All([pair.Rest!.Value.E, pair.Rest.Value.I], rest.Rates, 1e-12);
            double[,] answers = pair.Network().Sensitivity(rest.Rates.AsSpan());
            Close.To(answers[0, 1], pair.AnswerToInhibitoryDrive.OfE, 1e-12);
            Close.To(answers[1, 1], pair.AnswerToInhibitoryDrive.OfI, 1e-12);
            Assert.Equal(pair.IsLds, DiagonalStability.Test(pair.Network().Interaction()).IsLds == Decision.Proved);

            // the definition of a slope: move the drive
            Equilibrium moved = EquilibriumEnumerator.All((pair with { UI = pair.UI + 0.01 }).Network()).Only;
            Close.To(100.0 * (moved.Rates[1] - rest.Rates[1]), answers[1, 1], 1e-9);
            Close.To(100.0 * (moved.Rates[0] - rest.Rates[0]), answers[0, 1], 1e-9);
        }
    }

    [Fact]
    public void More_drive_to_inhibition_lowers_both_rates_of_the_cooperative_pair()
    {
        var (ofE, ofI) = WilsonCowanPair.Cooperative.AnswerToInhibitoryDrive;
        Close.To(-4.0, ofE, 1e-9);
        Close.To(-2.0, ofI, 1e-9);
        var calm = WilsonCowanPair.Antagonistic.AnswerToInhibitoryDrive;
        Assert.True(calm.OfE < 0.0 && calm.OfI > 0.0);
    }

    [Fact]
    public void The_cooperative_pair_loses_its_stability_at_three_times_slower_inhibition()
    {
        Close.To(3.0, WilsonCowanPair.Cooperative.HopfRatio, 1e-6);
        double low = 1.0, high = 10.0;
        while (high - low > 1e-9)
        {
            double ratio = 0.5 * (low + high);
            FiringRateNetwork network = (WilsonCowanPair.Cooperative with { TauI = ratio }).Network();
            if (EquilibriumEnumerator.All(network).Only.MaxRealPart < 0.0) low = ratio;
            else high = ratio;
        }
        Close.To(3.0, low, 1e-6);
        Assert.Equal(double.PositiveInfinity, WilsonCowanPair.Antagonistic.HopfRatio);
        Assert.True(double.IsNaN((WilsonCowanPair.Cooperative with { WEE = 2.0 }).HopfRatio));
        Assert.Null((WilsonCowanPair.Cooperative with { WEE = 2.0 }).Rest);
    }

    [Fact]
    public void The_micro_circuit_sharpens_contrast_sevenfold_and_settles_slowly()
    {
        CrossInhibition micro = CrossInhibition.Micro;
        FiringRateNetwork network = micro.Network([1.05, 0.95]);
        Equilibrium rest = EquilibriumEnumerator.All(network).Only;
        Close.All([0.964286, 0.464286, 0.964286, 0.464286], rest.Rates, 1e-6);
        Close.To(0.35, Contrast.Michelson(rest.Rates[0], rest.Rates[1]), 1e-6);
        Close.To(7.0, Contrast.Gain(network, rest.Rates.AsSpan()), 1e-9);
        Close.To(7.0, micro.Gain, 1e-12);
        Close.To(0.35, micro.ContrastOut(0.05), 1e-12);
        Close.To(1.0, micro.ContrastOut(1.0 / 7.0 + 1e-9), 0.0);
        Close.To(-0.118975, rest.MaxRealPart, 1e-6);
        Close.To(-0.118975, micro.SlowEigenvalue, 1e-6);
        Assert.Equal(new[] { "E1", "E2", "I1", "I2" }, network.Labels);
    }

    [Theory]
    [InlineData(0.3, 0.4, 0.2, 1.3)]
    [InlineData(0.0, 1.0, 0.5, 0.7)]
    [InlineData(0.6, 0.2, 0.1, 0.2)]
    public void Own_inhibition_enters_gain_slow_eigenvalue_and_certificate(double wEE, double wII, double wS, double wX)
    {
        var circuit = new CrossInhibition(wEE, wII, 0.8, wS, wX);
        FiringRateNetwork network = circuit.Network([1.01, 0.99]);
        Equilibrium rest = EquilibriumEnumerator.All(network).Only;
        Close.To(circuit.Gain, Contrast.Gain(network, rest.Rates.AsSpan()), 1e-9);
        Close.To(circuit.SlowEigenvalue, rest.MaxRealPart, 1e-9);
        Assert.Equal(DiagonalStability.Test(network.Interaction()).IsLds == Decision.Proved, circuit.LdsInterval(2) is not null);
        Close.To(2.0, rest.Rates[0] * circuit.SumPreservingWeight + rest.Rates[1] * circuit.SumPreservingWeight, 1e-9);
        Assert.Throws<InvalidOperationException>(() => circuit.IsPMatrix);
    }

    [Fact]
    public void A_gain_sets_the_cross_inhibition_and_beyond_the_critical_one_there_is_none()
    {
        Close.To(0.6, CrossInhibition.Micro.WithGain(7.0).WX, 1e-12);
        Close.To(0.8, CrossInhibition.Micro.CriticalWX, 1e-12);
        string message = Assert.Throws<InvalidOperationException>(() => (CrossInhibition.Micro with { WX = 0.9 }).ContrastOut(0.1)).Message;
        Assert.Contains("w_x = 0.9 is at or above (a + β_s) d/w_IE = 0.8", message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ContrastSweep.OverInput(CrossInhibition.WinnerTakeAll, [0.1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossInhibition.Micro.ContrastOut(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossInhibition.Micro.WithGain(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossInhibition.LdsLimit(1));
    }

    [Fact]
    public void The_exercise_five_layers_or_one_that_is_all_but_critical()
    {
        Assert.Equal(5, CrossInhibition.Micro.LayersToWinner(1e-4));
        double wX = CrossInhibition.Micro.WithGain(1e4).WX;
        Close.To(0.8 * 9999.0 / 10001.0, wX, 1e-12);
        Close.To(0.79984, wX, 1e-5);
        Assert.Equal(3, CrossInhibition.Micro.LayersToWinner(1.0 / 343.0));
        Assert.Equal(0, CrossInhibition.Micro.LayersToWinner(1.0));
        // settling to 1 % takes ln 100 slow times
        Close.To(5e4, Math.Log(100.0) / -CrossInhibition.Micro.WithGain(1e4).SlowEigenvalue, 0.1e4 * 3);
    }

    [Fact]
    public void The_pool_of_kappa_two_has_three_winners()
    {
        double[] drive = [.. PooledInhibition.PoolDrive];
        Equilibrium rest = EquilibriumEnumerator.All(PooledInhibition.Pool.Network(drive)).Only;
        Close.To(2.0, PooledInhibition.Pool.Kappa, 1e-15);
        Close.All([0.371429, 0.271429, 0.171429, 0.0, 0.0, 0.407143], rest.Rates, 1e-6);
        Close.All(rest.Rates, PooledInhibition.Pool.Rates(drive), 1e-12);
        Close.To(0.814286, PooledInhibition.Pool.Threshold(drive), 1e-6);
        Close.To(5.0, PooledInhibition.Pool.GainOfTwo, 1e-12);
        Equilibrium two = EquilibriumEnumerator.All(PooledInhibition.Pool.Network([1.02, 0.98])).Only;
        Close.To(5.0, Contrast.Gain(PooledInhibition.Pool.Network([1.02, 0.98]), two.Rates.AsSpan()), 1e-9);
    }

    [Theory]
    [InlineData(0.5, 4)]
    [InlineData(2.0, 3)]
    [InlineData(10.0, 2)]
    [InlineData(19.01, 1)]
    public void The_stronger_the_pool_the_fewer_win(double kappa, int winners)
    {
        PooledInhibition pool = PooledInhibition.Pool.WithKappa(kappa);
        double[] drive = [.. PooledInhibition.PoolDrive];
        Equilibrium rest = EquilibriumEnumerator.All(pool.Network(drive)).Only;
        Assert.Equal(winners, Contrast.Winners(rest.Rates.AsSpan()[..5]).Length);
        Assert.Equal(winners, Contrast.Winners(pool.Rates(drive).AsSpan(0, 5)).Length);
        Assert.Equal(winners, PoolSweep.OverKappa(PooledInhibition.Pool, drive, [kappa])[0].Winners);
        Assert.Equal(Decision.Proved, DiagonalStability.Test(pool.Network(drive).Interaction()).IsLds);
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void A_pool_is_always_diagonally_stable_and_resolves_margins_down_to_its_limit(ulong seed)
    {
        var random = new Philox(seed);
        double[] p = BruteForce.RandomVector(4, random);
        var pool = new PooledInhibition(0.95 * p[0], 2.0 * p[1], 0.1 + 2.0 * p[2], 20.0 * p[3]);
        int cells = 2 + (int)(seed % 8);
        double[] drive = BruteForce.RandomVector(cells, random.Substream(4));
        DiagonalStabilityResult test = DiagonalStability.Test(pool.Network(drive).Interaction());
        Assert.Equal(Decision.Proved, test.IsLds);
        Close.All(EquilibriumEnumerator.All(pool.Network(drive)).Only.Rates, pool.Rates(drive), 1e-9, $"seed {seed}");

        foreach (var (margin, winners) in new[] { (pool.SmallestMargin * 1.001, 1), (pool.SmallestMargin * 0.999, 2) })
            Assert.Equal(winners, Contrast.Winners(pool.Rates(1.0, 1.0 - margin).AsSpan(0, 2)).Length);
        Close.To(pool.SingleWinnerRatio, 1.0 - pool.SmallestMargin, 1e-12);
        Close.To(pool.Kappa, PooledInhibition.KappaForMargin(pool.SmallestMargin), 1e-9 * (1 + pool.Kappa));
    }

    [Fact]
    public void The_pool_formula_refuses_negative_drives()
    {
        string message = Assert.Throws<ArgumentException>(() => PooledInhibition.Pool.Threshold(1.0, -0.1)).Message;
        Assert.Contains("drive[1] is -0.1", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PooledInhibition.Pool.Rates(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => PooledInhibition.KappaForMargin(0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PooledInhibition.Pool.WithKappa(-1.0));
    }

    [Fact]
    public void A_column_of_five_pools_narrows_down_to_one_winner()
    {
        double[] pattern = [1.0, 0.6, 0.2, 0.0, -0.2, -0.4, -0.6, -1.0];
        FiringRateNetwork block = PooledInhibition.Pool.Network([.. pattern.Select(value => 1.0 + 0.05 * value)]);
        FiringRateNetwork column = Circuits.Column(5, block, feedForward: 1.0);
        NashResult rest = new SemismoothNewton().Solve(column, new double[45]).OrThrow();
        int[] winners = [.. Enumerable.Range(0, 5).Select(layer => Contrast.Winners(rest.Rates.AsSpan().Slice(9 * layer, 8)).Length)];
        Assert.Equal([8, 2, 1, 1, 1], winners);
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-2)]
    [InlineData(0.05)]
    public void Each_layer_of_a_column_multiplies_the_contrast_by_seven(double contrast)
    {
        double[] layers = ColumnSweep.ContrastPerLayer(CrossInhibition.Micro, 6, contrast);
        for (int l = 0; l < 6; l++) Close.To(Math.Min(1.0, contrast * Math.Pow(7.0, l + 1)), layers[l], 1e-8, $"layer {l + 1}");
        if (contrast == 1e-4) Close.All([7e-4, 4.9e-3, 0.0343, 0.2401, 1.0, 1.0], layers, 1e-8);
    }

    [Fact]
    public void A_column_is_wired_layer_to_layer_and_driven_at_the_bottom()
    {
        FiringRateNetwork column = Circuits.MicroColumn(3, CrossInhibition.Micro, 0.05, feedback: 0.01);
        Assert.Equal(12, column.Count);
        Assert.Equal(1.4, column.Weight(4, 0), 12);
        Assert.Equal(0.01, column.Weight(0, 4), 12);
        Assert.Equal(0.0, column.Weight(6, 2));
        Assert.Equal(0.0, column.Weight(8, 0));
        Assert.Equal(-0.6, column.Weight(8, 11), 12);
        Close.All([1.05, 0.95, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], column.Drive, 1e-15);
        Assert.Equal("L2 E1", column.Labels[4]);
        Assert.Contains("has no types", Assert.Throws<ArgumentException>(() => Circuits.Column(2, Circuits.SymmetricPair, 1.0)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Circuits.MicroColumn(0, CrossInhibition.Micro, 0.1));
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Random_networks_obey_dale_and_come_back_equal(ulong seed)
    {
        FiringRateNetwork network = Circuits.RandomDale(12, 5, new Philox(seed), density: 0.4),
            again = Circuits.RandomDale(12, 5, new Philox(seed), density: 0.4);
        Assert.Equal(network.Weights(), again.Weights());
        Assert.Equal<double>(network.Drive, again.Drive);
        int present = 0;
        for (int i = 0; i < 17; i++)
            for (int j = 0; j < 17; j++)
            {
                Assert.True(j < 12 ? network.Weight(i, j) >= 0.0 : network.Weight(i, j) <= 0.0, $"seed {seed}");
                if (network.Weight(i, j) != 0.0) present++;
            }
        Assert.InRange(present / 289.0, 0.25, 0.55);             // 0.4 within five standard errors of 0.029
        Assert.NotEqual<double>(network.Drive, Circuits.RandomDale(12, 5, new Philox(seed + 100)).Drive);
    }

    [Fact]
    public void Contrast_and_winners_have_their_definitions()
    {
        Close.To(0.5, Contrast.Michelson(3.0, 1.0), 1e-15);
        Assert.Throws<ArgumentException>(() => Contrast.Michelson(0.0, 0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Contrast.Michelson(-1.0, 0.0));
        Assert.Equal<int>([0, 2], Contrast.Winners([1.0, 0.0, 0.5, 1e-12]));
        Assert.Equal<int>([0], Contrast.Winners([1.0, 0.0, 0.5], share: 0.6));
        Assert.Empty(Contrast.Winners([0.0, 0.0]));
        Assert.Throws<ArgumentException>(() => Contrast.PerLayer([1.0, 2.0, 3.0], 2));
        Assert.Throws<ArgumentException>(() => Contrast.Gain(CrossInhibition.Micro.Network([1.0, 1.0]), [1.0, 1.0, 1.0, 1.0]));

        double[] grating = Contrast.Grating(400, 0.3, new Philox(1));
        Close.To(1.0, grating.Average(), 0.003);                // noise of 0.01 over √400 is 0.0005
        Close.To(0.15, grating.Select((u, k) => u * Math.Sin(2 * Math.PI * k / 400)).Average(), 0.003);
    }
}
