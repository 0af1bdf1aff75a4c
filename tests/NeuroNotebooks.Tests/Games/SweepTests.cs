using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Games;

public class SweepTests
{
    [Fact]
    public void Along_self_excitation_the_regime_changes_at_one()
    {
        var sweep = PairSweep.OverSelfExcitation(WilsonCowanPair.Antagonistic, Enumerable.Range(0, 221).Select(k => 0.01 * k));
        Assert.Equal(221, sweep.Length);
        foreach (PairSweepPoint point in sweep)
        {
            WilsonCowanPair pair = WilsonCowanPair.Antagonistic with { WEE = point.WEE };
            Assert.Equal(point.WEE < 1.0 ? Decision.Proved : Decision.Refuted, point.IsLds);
            Assert.Equal(pair.Rest is null, double.IsNaN(point.RestE));
            if (pair.Rest is not { } rest) continue;
            Close.To(rest.E, point.RestE, 1e-9 * (1 + rest.E));
            Close.To(rest.I, point.RestI, 1e-9 * (1 + rest.I));
            Assert.Equal(point.WEE <= 1.0 ? EquilibriumKind.Nash : EquilibriumKind.NotNash, point.Kind);
            if (Math.Abs(point.WEE - 1.0) > 1e-9) Assert.Equal(Math.Sign(1.0 - point.WEE), Math.Sign(point.AnswerOfI));
            Assert.True(point.AnswerOfE < 0.0);
            Assert.Equal(pair.HopfRatio > 1.0 ? Stability.Stable : Stability.Unstable, point.Stability);
            Assert.Equal(point.Stability == Stability.Stable, point.MaxRealPart < 0.0);
        }
    }

    [Fact]
    public void The_nullcline_of_E_turns_round_at_self_excitation_one()
    {
        Assert.True(SlopeOfNullcline(0.5) < 0.0);
        Assert.True(SlopeOfNullcline(1.5) > 0.0);

        static double SlopeOfNullcline(double wEE)
        {
            PlaneCurve curve = PhasePlane.Nullcline((WilsonCowanPair.Antagonistic with { WEE = wEE }).Network(), 0, 3.0);
            int[] firing = [.. Enumerable.Range(0, curve.X.Length).Where(k => curve.X[k] > 0.2 && curve.X[k] < 1.2)];
            return (curve.Y[firing[^1]] - curve.Y[firing[0]]) / (curve.X[firing[^1]] - curve.X[firing[0]]);
        }
    }

    [Fact]
    public void On_a_nullcline_its_neuron_stands_still_and_in_the_convex_pair_it_is_the_best_response()
    {
        foreach (WilsonCowanPair pair in (WilsonCowanPair[])[WilsonCowanPair.Antagonistic, WilsonCowanPair.Cooperative])
            for (int neuron = 0; neuron < 2; neuron++)
            {
                FiringRateNetwork network = pair.Network();
                PlaneCurve curve = PhasePlane.Nullcline(network, neuron, 8.0);
                var velocity = new double[2];
                Assert.True(curve.X.Length > 100);
                for (int k = 0; k < curve.X.Length; k++)
                {
                    if (double.IsNaN(curve.X[k])) continue;
                    Assert.InRange(curve.X[k], 0.0, 8.0);
                    Assert.InRange(curve.Y[k], 0.0, 8.0);
                    network.Motion(0.0, [curve.X[k], curve.Y[k]], velocity);
                    Close.To(0.0, velocity[neuron], 1e-12);
                    if (pair.WEE < 1.0)
                        Close.To(neuron == 0 ? curve.X[k] : curve.Y[k], network.BestResponse(neuron, [curve.X[k], curve.Y[k]]), 1e-12);
                }
                PlaneCurve answers = PhasePlane.BestResponseCurve(network, neuron, 4.0, 5);
                Assert.Equal(pair.WEE > 1.0 && neuron == 0, double.IsNaN((neuron == 0 ? answers.X : answers.Y)[2]));
                if (pair.WEE < 1.0 && neuron == 1) Close.To((0.2 + 2.0) / 1.5, answers.Y[2], 1e-12);
            }
    }

    [Fact]
    public void The_flow_is_the_motion_on_a_grid()
    {
        FiringRateNetwork network = WilsonCowanPair.Antagonistic.Network();
        PlaneFlow flow = PhasePlane.Flow(network, 2.0, 1.0, 3);
        Close.All([0, 1, 2, 0, 1, 2, 0, 1, 2], flow.X, 1e-15);
        Close.All([0, 0, 0, 0.5, 0.5, 0.5, 1, 1, 1], flow.Y, 1e-15);
        Close.To(-1.0 + (0.5 - 0.5 + 1.0), flow.VelocityX[4], 1e-15);
        Close.To(-0.5 + (1.0 - 0.25 + 0.2), flow.VelocityY[4], 1e-15);
    }

    [Fact]
    public void A_phase_plane_needs_two_neurons_that_hear_each_other()
    {
        Assert.Throws<ArgumentException>(() => PhasePlane.Flow(CrossInhibition.Micro.Network([1.0, 1.0]), 1.0, 1.0));
        Assert.Throws<ArgumentException>(() => PhasePlane.Nullcline(new FiringRateNetwork(new double[2, 2], [0.0, 0.0],
            Activation.Relu), 0, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PhasePlane.Nullcline(WilsonCowanPair.Antagonistic.Network(), 2, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PhasePlane.BestResponseCurve(WilsonCowanPair.Antagonistic.Network(), 0, 0.0));
    }

    [Fact]
    public void Contrast_curves_are_lines_of_slope_G_clipped_at_one()
    {
        double[] input = [.. Enumerable.Range(0, 26).Select(k => 0.04 * k)];
        foreach (double wX in (double[])[0.0, 0.2, 0.4, 0.6, 0.75])
        {
            CrossInhibition circuit = CrossInhibition.Micro with { WX = wX };
            Close.All([.. input.Select(circuit.ContrastOut)], ContrastSweep.OverInput(circuit, input), 1e-9, $"w_x {wX}");
        }
    }

    [Fact]
    public void Curved_activations_sharpen_contrast_without_a_corner()
    {
        double[] input = [.. Enumerable.Range(0, 21).Select(k => 0.05 * k)];
        foreach (Activation activation in (Activation[])[Activation.Softplus, Activation.Logistic(4.0), Activation.Tanh])
        {
            double[] output = ContrastSweep.OverInput(CrossInhibition.Micro, input, activation);
            for (int k = 1; k < output.Length; k++)
                if (activation != Activation.Tanh || output[k] < 1.0) Assert.True(output[k] > output[k - 1], $"{activation} at {input[k]}");
        }
    }

    [Fact]
    public void Gain_and_slow_time_diverge_at_the_critical_cross_inhibition_where_rest_states_multiply()
    {
        var sweep = ContrastSweep.OverCrossInhibition(CrossInhibition.Micro, Enumerable.Range(0, 121).Select(k => 0.01 * k));
        foreach (CrossSweepPoint point in sweep)
        {
            if (Math.Abs(point.WX - 0.8) < 1e-9) continue;
            bool single = point.WX < 0.8;
            Assert.Equal(single ? 1 : 3, point.RestStates);
            Assert.Equal(single ? 1 : 2, point.StableStates);
            Assert.Equal(single, point.LdsOptimum < 0.0);
            Assert.Equal(single, double.IsFinite(point.Gain) && double.IsFinite(point.SlowTime));
        }
        Close.To(1.0 / 0.118975, sweep[60].SlowTime, 1e-4);
        // the gain-bandwidth law G|λ| ≈ d (a + β_x)/(a + d), near the critical point
        Close.To(1.6 / 1.8, sweep[79].Gain / sweep[79].SlowTime, 0.02);
    }

    [Fact]
    public void Along_kappa_winners_fall_from_five_to_one_and_the_threshold_follows_the_closed_form()
    {
        double[] drive = [.. PooledInhibition.PoolDrive], kappas = [.. Enumerable.Range(0, 121).Select(k =>
            Math.Pow(10.0, -1.0 + 3.0 * k / 120.0))];
        var sweep = PoolSweep.OverKappa(PooledInhibition.Pool, drive, kappas);
        for (int k = 0; k < sweep.Length; k++)
        {
            PooledInhibition pool = PooledInhibition.Pool.WithKappa(kappas[k]);
            Close.To(pool.Threshold(drive), sweep[k].Threshold, 1e-9);
            Close.All(pool.Rates(drive)[..5], sweep[k].Rates, 1e-9);
            if (k > 0) Assert.True(sweep[k].Winners <= sweep[k - 1].Winners);
        }
        Assert.Equal(1, sweep[^1].Winners);
        Assert.Contains(sweep, point => point.Winners == 3);
    }

    [Fact]
    public void The_map_shows_a_gap_of_uniqueness_without_certificate_from_five_pairs_on()
    {
        double[] rivalries = [.. Enumerable.Range(1, 24).Select(k => 0.05 * k - 0.001)];
        var map = StabilityMap.Compute(CrossInhibition.Micro, [2, 3, 4, 5, 10, 20], rivalries);
        Assert.Equal(6 * 24, map.Length);
        foreach (StabilityCell cell in map)
        {
            Assert.Equal(cell.Rivalry < CrossInhibition.LdsLimit(cell.Pairs), cell.IsLds);
            Assert.Equal(cell.Rivalry < 1.0, cell.IsPMatrix);
            Assert.Equal(cell.Rivalry < 1.0, cell.IsHurwitz);
            Assert.Equal(cell.IsLds ? StabilityRegion.DiagonallyStable : cell.Rivalry < 1.0
                ? StabilityRegion.UniqueWithoutCertificate : StabilityRegion.Multistable, cell.Region);
        }
        Assert.DoesNotContain(map, cell => cell.Pairs <= 4 && cell.Region == StabilityRegion.UniqueWithoutCertificate);
        Assert.Contains(map, cell => cell.Pairs == 5 && cell.Region == StabilityRegion.UniqueWithoutCertificate);
    }
}
