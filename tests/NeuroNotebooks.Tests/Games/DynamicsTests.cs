using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Games;

public class DynamicsTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(1.0)]
    [InlineData(20.0)]
    public void The_antagonistic_pair_comes_home_whatever_its_time_constants(double ratio)
    {
        FiringRateNetwork network = (WilsonCowanPair.Antagonistic with { TauI = ratio }).Network();
        Close.All([26.0 / 35.0, 22.0 / 35.0], network.Simulate([30.0, 0.0], 600.0, 0.01, 60_000).End, 1e-9);
    }

    [Fact]
    public void Slow_inhibition_gives_the_cooperative_pair_a_rhythm()
    {
        LimitCycle cycle = LimitCycle.Find((WilsonCowanPair.Cooperative with { TauI = 4.0 }).Network(), [5.3, 3.6])!;
        Close.To(0.00146, cycle.Lowest[0], 1e-2);
        Close.To(16.8634, cycle.Highest[0], 1e-2);
        Close.To(0.64755, cycle.Lowest[1], 1e-2);
        Close.To(10.2445, cycle.Highest[1], 1e-2);
        Close.To(26.78, cycle.Period, 1e-2);
        Close.To(0.00146, cycle.Lowest[0], 1e-5);            // all five digits of the sheet
        Assert.Null(LimitCycle.Find(WilsonCowanPair.Antagonistic.Network(), [2.0, 0.0]));
    }

    [Fact]
    public void Five_starts_end_in_enumerated_stable_states()
    {
        foreach (FiringRateNetwork network in (FiringRateNetwork[])[WilsonCowanPair.Antagonistic.Network(),
            WilsonCowanPair.Cooperative.Network(),
            WilsonCowanPair.Bistable.Network(Activation.SaturatedRelu(4.0)), CrossInhibition.Micro.Network([1.05, 0.95]),
            CrossInhibition.WinnerTakeAll.Network([1.0, 1.0, 1.0]), PooledInhibition.Pool.Network([1.0, 0.95, 0.9])])
        {
            RestStates states = EquilibriumEnumerator.All(network);
            for (ulong seed = 1; seed <= 5; seed++)
            {
                var end = network.Simulate(BruteForce.RandomVector(network.Count, new Philox(seed), 0.0, 4.0), 300.0, 0.02, 15_000).End;
                Assert.Contains(states.Stable, state => state.Rates.Zip(end, (a, b) => Math.Abs(a - b)).Max() < 1e-6);
            }
        }
    }

    [Fact]
    public void More_layers_reach_the_same_gain_sooner()
    {
        double[] expected = [1778.0, 141.0, 69.3, 52.0, 45.5];
        var speeds = ColumnSweep.SettlingTimes(CrossInhibition.Micro, 343.0, 1e-3, [1, 2, 3, 4, 5]);
        for (int k = 0; k < 5; k++)
        {
            Assert.Equal(k + 1, speeds[k].Layers);
            Close.To(expected[k], speeds[k].SettlingTime, 0.02 * expected[k], $"{k + 1} layers");
        }
        Close.To(7.0, speeds[2].LayerGain, 1e-12);
        Close.To(41.0, ColumnSweep.SettlingTimes(CrossInhibition.Micro, 343.0, 1e-3, [8])[0].SettlingTime, 0.02 * 41.0);
    }

    [Fact]
    public void The_exercise_settles_a_thousand_times_sooner_in_five_layers_than_in_one()
    {
        // The sheet says "about 110 τ". Measured: 64 τ to the winner, whose clipped final value is met on the way to a larger one, and 95 τ
        // for a fifth layer that is not clipped. Twice as fine a step moves neither by more than a step.
        foreach (double step in (double[])[0.05, 0.025])
        {
            Close.To(64.35, Settling.Time(Circuits.MicroColumn(5, CrossInhibition.Micro, 1e-4), 16, 17, step: step), 0.1);
            Close.To(95.35, Settling.Time(Circuits.MicroColumn(5, CrossInhibition.Micro, 1e-5), 16, 17, step: step), 0.1);
        }
        Close.To(5e4, Settling.Time(CrossInhibition.Micro.WithGain(1e4).Network([1.0 + 5e-5, 1.0 - 5e-5]), 0, 1, step: 0.2), 0.3e4);
    }

    [Fact]
    public void Settling_is_refused_where_there_is_nothing_to_settle()
    {
        Assert.Throws<InvalidOperationException>(() => Settling.Time(CrossInhibition.Micro.Network([1.0, 1.0]), 0, 1));
        Assert.Throws<InvalidOperationException>(() => Settling.Time(CrossInhibition.Micro.Network([1.05, 0.95]), 0, 1, longest: 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Settling.Time(CrossInhibition.Micro.Network([1.05, 0.95]), 0, 4));
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void The_lyapunov_function_falls_at_least_at_its_certified_rate(ulong seed)
    {
        var random = new Philox(seed);
        FiringRateNetwork network = Circuits.RandomDale(4, 2, random, wEE: 0.3);
        if (DiagonalStability.Test(network.Interaction()).IsLds != Decision.Proved) return;       // the refusal has its own test
        if (seed % 3 == 1) network = network.WithActivation(Activation.Softplus);
        if (seed % 2 == 0) network = network.WithTimeConstants(2.0, 2.0, 2.0, 2.0, 2.0, 2.0);
        double[] rest = [.. new SemismoothNewton().Solve(network, new double[6], new NashOptions(1e-13)).Rates];
        if (network.WeightRows.ToArray().All(weight => weight == 0.0)) return;
        LyapunovFunction v = LyapunovFunction.Of(network, rest);
        Assert.True(v.Rate > 0.0);
        Close.To(0.0, v.At(rest), 1e-20);

        Trajectory path = network.Simulate(BruteForce.RandomVector(6, random.Substream(3), 0.0, 5.0), 10.0);
        double[] along = v.Along(path);
        for (int t = 1; t < along.Length; t++)
            // rounding in V, whose terms cancel near the rest state, is about 1e-15
            Assert.True(along[t] <= along[t - 1] * Math.Exp(-v.Rate * (path.Times[t] - path.Times[t - 1])) + 1e-14,
                $"seed {seed}, step {t}");
    }

    [Fact]
    public void The_lyapunov_function_is_the_formula()
    {
        // φ linear and P = I by symmetry: V = ε/2|e|² + ½|e|², ‖W‖ = 0.5, λ_max(A + Aᵀ) = −1
        var network = new FiringRateNetwork(new[,] { { 0.5 } }, [1.0], Activation.Linear);
        LyapunovFunction v = LyapunovFunction.Of(network, [2.0]);
        double epsilon = 0.5 / 0.25;
        Close.To(epsilon / (epsilon + 1.0), v.Rate, 1e-8);
        // x = 4: y = 3, y* = 2, e = 1
        Close.To(0.5 * epsilon + 0.5, v.At([4.0]), 1e-8);
    }

    [Fact]
    public void The_lyapunov_function_asks_for_what_its_proof_needs()
    {
        FiringRateNetwork pair = WilsonCowanPair.Antagonistic.Network();
        double[] rest = [26.0 / 35.0, 22.0 / 35.0];
        Assert.Contains("time constants differ",
            Assert.Throws<ArgumentException>(() => LyapunovFunction.Of(pair.WithTimeConstants(1.0, 2.0), rest)).Message,
                StringComparison.Ordinal);
        Assert.Contains("no rest state", Assert.Throws<ArgumentException>(() => LyapunovFunction.Of(pair, [1.0, 1.0])).Message,
            StringComparison.Ordinal);
        Assert.Contains("no certificate",
            Assert.Throws<ArgumentException>(() => LyapunovFunction.Of(WilsonCowanPair.Cooperative.Network(), [5.2, 3.6])).Message,
                StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LyapunovFunction.Of(new FiringRateNetwork(new double[1, 1], [1.0], Activation.Relu), [1.0]));
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void The_jacobian_is_the_slope_of_the_motion(ulong seed)
    {
        var random = new Philox(seed);
        var network = new FiringRateNetwork(
            BruteForce.RandomMatrix(3, random), BruteForce.RandomVector(3, random),
                [Activation.Softplus, Activation.Tanh, Activation.Logistic()], [1.0, 2.0, 0.5]);
        double[] x = BruteForce.RandomVector(3, random.Substream(5)), up = new double[3], down = new double[3];
        double[,] jacobian = network.Jacobian(x);
        const double H = 1e-6;
        for (int j = 0; j < 3; j++)
        {
            double[] right = [.. x], left = [.. x];
            right[j] += H;
            left[j] -= H;
            network.Motion(0.0, right, up);
            network.Motion(0.0, left, down);
            for (int i = 0; i < 3; i++) Close.To((up[i] - down[i]) / (2 * H), jacobian[i, j], 1e-8, $"seed {seed}");
        }
    }
}
