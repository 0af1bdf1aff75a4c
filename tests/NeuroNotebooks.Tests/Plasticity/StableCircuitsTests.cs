using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.Plasticity;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Plasticity;

/// <summary>
/// The protocol of Kozachkov et al., PLoS Comput. Biol. 16:e1007659 (2020), as the authors' notebook for Figures 2 and 3 has it
/// (github.com/kozleo/stable_dynamics): 20 neurons, γ = 1, K = 1, steps of 0.01 up to t = 10.
/// </summary>
public class StableCircuitsTests
{
    private const int N = 20, Steps = 1000;
    private const double Dt = 0.01;

    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 64).Select(seed => new object[] { (ulong)seed });

    public static IEnumerable<object[]> TwentySeeds => Seeds.Take(20);

    private static NetworkInput Input(ulong seed) => NetworkInput.RandomSinusoids(N, (0.0, 20.0), (1.0, 100.0), new Philox(seed).Child(0));

    private static PlasticNetwork Network(ulong seed) => new(HebbianRule.AntiHebbian(1.0), Input(seed)) { Sigma = 1e-8 };

    private static (double[] X, double[,] W) Start(ulong seed, ulong copy, int n = N)
    {
        PlasticStart start = PlasticStart.Uniform(n, 1.0, new Philox(seed).Child(1 + copy));
        return ([.. start.X], start.W);
    }

    private static (PlasticTrajectory One, PlasticTrajectory Two) Pair(PlasticNetwork one, PlasticNetwork two, ulong seed)
    {
        var (x1, W1) = Start(seed, 0);
        var (x2, W2) = Start(seed, 1);
        return (one.Simulate(x1, W1, Dt, Steps, new Philox(seed, 77)), two.Simulate(x2, W2, Dt, Steps, new Philox(seed, 78)));
    }

    [Theory, MemberData(nameof(TwentySeeds))]
    public void Figure_2_panel_1_all_states_converge_at_twice_the_decay(ulong seed)
    {
        var (one, two) = Pair(Network(seed), Network(seed), seed);
        double[] distance = one.MeanSquaredDistance(two);
        Assert.InRange(distance[0], 0.5, 0.85);
        Close.To(-2.0, Slope(distance, 300, 800), 0.06, $"seed {seed}");
    }

    [Fact]
    public void The_mean_distances_of_twenty_draws_are_those_of_the_authors_protocol()
    {
        double[][] panel1 = [.. Enumerable.Range(1, 20).Select(Distances)];
        foreach (var (step, expected) in new[] { (0, 0.670), (100, 0.094), (200, 0.0127), (500, 3.0e-5), (999, 1.3e-9) })
            Close.To(expected, panel1.Average(distance => distance[step]), 0.2 * expected, $"step {step}");

        double[] Distances(int seed)
        {
            var (one, two) = Pair(Network((ulong)seed), Network((ulong)seed), (ulong)seed);
            return one.MeanSquaredDistance(two);
        }
    }

    [Theory, MemberData(nameof(TwentySeeds))]
    public void Figure_2_panel_2_a_push_separates_the_runs_to_the_plateau_of_the_formula(ulong seed)
    {
        var (one, two) = Pair(Network(seed), Network(seed) with { Input = Input(seed).WithDisturbance(500, 100, 10.0) }, seed);
        double[] distance = one.MeanSquaredDistance(two);
        Assert.InRange(distance[599], 0.33, 0.45);
        Assert.InRange(distance[699], 0.038, 0.062);
        Assert.True(distance[499] < 1e-4 && distance[999] < 1e-3);
    }

    [Fact]
    public void The_plateau_formula_gives_the_published_number()
    {
        // |x| (1 + |x|²/γ) = c √n with n = 20, c = 10
        double size = 3.4557;
        Close.To(10.0 * Math.Sqrt(20.0), size * (1.0 + size * size), 2e-3);
        Close.To(0.368, (size * size + Math.Pow(size, 4)) / 420.0, 1e-3);
    }

    [Fact]
    public void Figure_2_panel_3_noise_keeps_the_runs_at_the_floor_of_the_formula()
    {
        double[][] distances = [.. Enumerable.Range(1, 20).Select(Distances)];
        // the difference of two independent OU processes has the variance σ²/γ; Euler steps make it σ²/(γ (1 − γ dt/2))
        double formula = 2.0 * 0.04 / (2.0 - Dt), floor = distances.Average(distance => distance[400..500].Average());
        // 400 synapses × 20 draws: their mean square has a standard error of 1.6 %; the neurons' share is not in the formula, below 1 %
        Close.To(formula, floor, 0.05 * formula);
        Close.To(0.041, floor, 0.003);
        foreach (double[] distance in distances) Assert.InRange(distance[500..620].Max(), 0.37, 0.50);

        double[] Distances(int seed)
        {
            PlasticNetwork noisy = Network((ulong)seed) with { Sigma = 0.2 };
            var (one, two) = Pair(noisy, noisy with { Input = Input((ulong)seed).WithDisturbance(500, 100, 10.0) }, (ulong)seed);
            return one.MeanSquaredDistance(two);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_antisymmetric_part_decays_exactly_and_the_symmetric_part_under_its_bound(ulong seed)
    {
        var (x, W) = Start(seed, 0);
        PlasticTrajectory run = (Network(seed) with { Sigma = 0.0 }).Simulate(x, W, Dt, Steps, recordEvery: 20);
        double a0 = MatrixParts.FrobeniusNorm(run.AntisymmetricPart(0)), s0 = Spectrum.OfSymmetricPart(W)[^1];
        Assert.InRange(a0, 6.9, 9.0);
        Assert.InRange(MatrixParts.FrobeniusNorm(W), 10.4, 12.6);
        Assert.InRange(s0, 2.3, 4.2);
        for (int k = 0; k < run.Times.Length; k++)
        {
            double kept = Math.Pow(1.0 - Dt, 20 * k);
            Close.To(1.0, MatrixParts.FrobeniusNorm(run.AntisymmetricPart(k)) / (kept * a0), 1e-9, $"seed {seed}, {k}");
            Assert.True(Spectrum.OfSymmetricPart(run.Weights(k))[^1] <= kept * s0 + 1e-12, $"seed {seed}, {k}");
        }
    }

    [Fact]
    public void The_antisymmetric_part_decays_to_twelve_digits_while_it_is_not_lost_in_the_symmetric_one()
    {
        var (x, W) = Start(3, 0);
        PlasticTrajectory run = (Network(3) with { Sigma = 0.0 }).Simulate(x, W, Dt, 200);
        for (int k = 0; k <= 200; k += 20)
            Close.To(1.0, MatrixParts.FrobeniusNorm(run.AntisymmetricPart(k)) / (Math.Pow(1.0 - Dt, k) * MatrixParts.FrobeniusNorm(run.AntisymmetricPart(0))), 1e-12);
    }

    [Theory, MemberData(nameof(TwentySeeds))]
    public void Contraction_starts_no_later_than_the_theorem_says(ulong seed)
    {
        var (x, W) = Start(seed, 0);
        PlasticNetwork network = Network(seed) with { Sigma = 0.0 };
        AntiHebbianTheorem theorem = AntiHebbianTheorem.Of(network, W);
        Close.To(Math.Log(Spectrum.OfSymmetricPart(W)[^1]), theorem.GuaranteedTime, 1e-12);
        PlasticTrajectory run = network.Simulate(x, W, Dt, Steps, recordEvery: 5);
        double first = run.Times[Enumerable.Range(0, run.Times.Length).First(k => Spectrum.OfSymmetricPart(run.Weights(k))[^1] < 1.0)];
        Assert.True(first <= theorem.GuaranteedTime + Dt * 5, $"seed {seed}");
        // audit of neurons and symmetric weights: the measure in the theorem's metric is at most −min(1 − λ(S), γ)
        for (int k = 0; k < run.Times.Length; k += 40)
        {
            double[,] S = run.SymmetricPart(k), J = theorem.SymmetricJacobian((HebbianRule)network.Rule, run.States[k].AsSpan(), S);
            Close.To(-Math.Min(1.0 - Spectrum.OfSymmetricPart(S)[^1], 1.0), MatrixMeasure.Of(J, Norm.L2), 1e-10, $"seed {seed}, {k}");
        }
    }

    [Theory]
    [InlineData(0.5, -1.016)]
    [InlineData(1.0, -2.013)]
    public void The_distance_falls_at_twice_the_decay(double gamma, double expected)
    {
        double[] slopes = [.. Enumerable.Range(1, 5).Select(seed =>
        {
            PlasticNetwork network = Network((ulong)seed) with { Gamma = gamma };
            var (one, two) = Pair(network, network, (ulong)seed);
            return Slope(one.MeanSquaredDistance(two), 300, 800);
        })];
        // the expected values are one draw each; three in a hundred
        Close.To(expected, slopes.Average(), 0.03 * Math.Abs(expected));
    }

    [Theory, MemberData(nameof(TwentySeeds))]
    public void The_hebbian_sign_blows_up_and_no_plasticity_parts_the_runs(ulong seed)
    {
        var (x, W) = Start(seed, 0);
        PlasticTrajectory hebbian = (Network(seed) with { Rule = HebbianRule.Hebbian(1.0) }).Simulate(x, W, Dt, Steps);
        Assert.NotNull(hebbian.BlowUpTime);
        Assert.True(hebbian.BlowUpTime < 1.5, $"seed {seed}: {hebbian}");
        Assert.Contains("at t =", hebbian.ToString());

        var frozen = new RateNetwork(W, NetworkForm.Linear);
        double[,] J = frozen.Weights();
        for (int i = 0; i < N; i++) J[i, i] -= 1.0;
        if (Spectrum.Abscissa(J) < 0.8) return;
        TwoTrajectoryTest test = TwoTrajectoryTest.Run(frozen.Motion, x, Start(seed, 1).X, 10.0, 0.01);
        Assert.True(Math.Pow(test.Distances[^1] / test.Distances[0], 2) > 1e3, $"seed {seed}");
    }

    [Fact]
    public void A_full_matrix_of_learning_rates_converges_too()
    {
        double[,] K = HebbianRule.RandomRates(N, new Philox(11));
        Assert.True(K.Cast<double>().Min() > 0.01 && K.Cast<double>().Max() is > 1.0 and <= 1.02);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => HebbianRule.RandomRates(0, new Philox(11)));
        PlasticNetwork network = Network(1) with { Rule = HebbianRule.AntiHebbian(K) };
        var (one, two) = Pair(network, network, 1);
        Close.To(-2.02, Slope(one.MeanSquaredDistance(two), 300, 800), 0.06);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_coupling_of_neurons_and_symmetric_weights_cancels(ulong seed)
    {
        var (x, W) = Start(seed, 0, 7);
        var (displacement, _) = Start(seed, 1, 7);
        Close.To(0.0, AntiHebbianTheorem.CouplingTerms(displacement, MatrixParts.Symmetric(W), x), 1e-12, $"seed {seed}");
        Assert.True(Math.Abs(AntiHebbianTheorem.CouplingTerms(displacement, W, x)) > 1e-6, "an antisymmetric part must show");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Learning_rates_times_an_outer_product_are_a_congruence(ulong seed)
    {
        var (x, C) = Start(seed, 0, 5);
        double[,] K = new double[5, 5];
        for (int i = 0; i < 5; i++)
            for (int j = 0; j <= i; j++)
            {
                for (int k = 0; k < 5; k++) K[i, j] += (C[i, k] + 1.01) * (C[j, k] + 1.01);
                K[j, i] = K[i, j];
            }
        var S = new double[25];
        HebbianRule.AntiHebbian(K).Push(x, new double[25], [], S);
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 5; j++) Close.To(-x[i] * K[i, j] * x[j], S[5 * i + j], 1e-15 * 40);
    }

    [Fact]
    public void Learning_rates_that_are_not_positive_semidefinite_are_refused_with_the_eigenvalue()
    {
        Assert.Contains("-0.9", Assert.Throws<ArgumentException>("K", () => HebbianRule.AntiHebbian(new[,] { { 0.1, 1.0 }, { 1.0, 0.1 } })).Message);
        Assert.Contains("K[1, 0]", Assert.Throws<ArgumentException>("K", () => HebbianRule.AntiHebbian(new[,] { { 1.0, 0.5 }, { 0.4, 1.0 } })).Message.Replace("K[0, 1]", "K[1, 0]"));
        Assert.Contains("above zero", Assert.Throws<ArgumentException>("K", () => HebbianRule.AntiHebbian(new[,] { { 1.0, 0.0 }, { 0.0, 1.0 } })).Message);
    }

    [Fact]
    public void Bad_runs_are_refused()
    {
        PlasticNetwork network = Network(1);
        var (x, W) = Start(1, 0);
        Assert.Throws<ArgumentOutOfRangeException>("Gamma", () => network with { Gamma = 0.0 });
        Assert.Throws<ArgumentOutOfRangeException>("Sigma", () => network with { Sigma = -1.0 });
        Assert.Throws<ArgumentOutOfRangeException>("dt", () => network.Simulate(x, W, 1.0, 10));
        Assert.Throws<ArgumentOutOfRangeException>("dt", () => network.Simulate(x, W, -0.1, 10));
        Assert.Throws<ArgumentException>("x", () => network.Simulate([1.0], W, Dt, 10));
        Assert.Throws<ArgumentException>("W", () => network.Simulate(x, new double[2, 2], Dt, 10));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => (network with { Input = NetworkInput.Samples(new double[5, N]) }).Simulate(x, W, Dt, 6));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => (network with { Input = Input(1).WithDisturbance(500, 100, 1.0) }).Simulate(x, W, Dt, 599));
        Assert.Throws<ArgumentException>("rule", () => new PlasticNetwork(HebbianRule.AntiHebbian(new[,] { { 1.0 } }), Input(1)));
        Assert.Throws<ArgumentException>("W", () => (network with { Synapses = new bool[N, N] }).Simulate(x, W, Dt, 6));
        Assert.Throws<ArgumentOutOfRangeException>("inDegree", () => SparsityBound.RandomSynapses(4, 5, new Philox(1)));
        Assert.Throws<ArgumentException>("network", () => AntiHebbianTheorem.Of(network with { Rule = HebbianRule.Hebbian(1.0) }, W));
    }

    [Theory]
    [InlineData(1, 1e-9)]
    [InlineData(3, 1e-9)]
    [InlineData(6, 1e-9)]
    [InlineData(10, 1e-9)]
    public void Sparse_plastic_networks_converge_far_beyond_what_is_certified(int inDegree, double below) =>
        Assert.True(SparsityBound.Experiment(inDegree, new Philox(0)) < below);

    [Fact]
    public void A_dense_plastic_network_remembers_its_start() =>
        // weights of size k = 0.3 and either sign hold activities of ±p k = ±12; the two runs take different signs
        Close.To(24.0, SparsityBound.Experiment(40, new Philox(0)), 0.01);

    [Fact]
    public void The_sparsity_bound_certifies_one_synapse_in_the_demonstration()
    {
        var bound = new SparsityBound(1.0, 1.0, 0.3, 1.0, 1.0);
        Assert.Equal(1, bound.LargestInDegree);
        Assert.True(bound.Rate(1) > 0.0 && bound.Rate(2) < 0.0);
        Close.To(0.3, bound.LargestWeight, 1e-15);
        Assert.Equal(0, new SparsityBound(1.0, 1.0, 1.0 / 3.0, 1.0, 1.0).LargestInDegree);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_sparsity_rate_changes_sign_where_the_bound_says(ulong seed)
    {
        Philox draws = new(seed);
        double Draw(ulong index) => 0.2 + draws.Uniform(index);
        var bound = new SparsityBound(Draw(0), Draw(1), 0.05 * Draw(2), Draw(3), Draw(4));
        int p = bound.LargestInDegree;
        Assert.True(p == 0 || bound.Rate(p) > 0.0, $"seed {seed}");
        Assert.True(bound.Rate(p + 1) <= 0.0, $"seed {seed}");
        // the rate of the two rows at any η is no better
        for (double eta = 0.01; eta < 10.0; eta *= 1.3)
            Assert.True(Math.Min(
                bound.Alpha - (p + 1) * (bound.LargestWeight * bound.Slope + bound.Bound * eta),
                bound.Gamma - 2.0 * bound.K * bound.Slope * bound.Bound / eta) <= bound.Rate(p + 1) + 1e-12);
    }

    private static double Slope(double[] distance, int from, int to)
    {
        double meanTime = 0.5 * (from + to) * Dt, meanLog = 0.0, up = 0.0, down = 0.0;
        for (int k = from; k <= to; k++) meanLog += Math.Log(distance[k]) / (to - from + 1);
        for (int k = from; k <= to; k++)
        {
            up += (k * Dt - meanTime) * (Math.Log(distance[k]) - meanLog);
            down += (k * Dt - meanTime) * (k * Dt - meanTime);
        }
        return up / down;
    }
}
