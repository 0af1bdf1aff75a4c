using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Games;

public class SolverTests
{
    private static readonly FiringRateNetwork Pair = WilsonCowanPair.Antagonistic.Network();
    private static readonly double[] Rest = [26.0 / 35.0, 22.0 / 35.0];

    public static TheoryData<INashSolver> Reliable =>
    [
        new ProximalDynamics(), new ProximalDynamics(SteppingScheme.RungeKutta4), new ProximalDynamics(SteppingScheme.Adaptive),
        new ProjectedPseudoGradient(), new ProjectedPseudoGradient(1.1), new Extragradient(), new SemismoothNewton(), new Lemke(),
        new BestResponse(ResponseOrder.GaussSeidel, 0.6), new BestResponse(ResponseOrder.Jacobi, 0.4),
    ];

    [Theory, MemberData(nameof(Reliable))]
    public void The_antagonistic_pair_is_solved_from_anywhere(INashSolver solver)
    {
        foreach (double[] start in (double[][])[[0.0, 0.0], [30.0, 0.0], [0.0, 5.0]])
        {
            NashResult result = solver.Solve(Pair, start).OrThrow();
            // a residual of 1e-10 lets the rates be off by 1e-10/|λ_min(I − W)| at most
            Close.All(Rest, result.Rates, 1e-9, solver.Name);
            Assert.True(result.Converged);
            Assert.InRange(result.Residual, 0.0, 1e-10);
            Assert.InRange(result.NashGap, 0.0, 1e-15);       // rounding of energies of order 1
            Assert.Equal(result.Iterations + 1, result.ResidualHistory.Length);
            Assert.Equal(result.Residual, result.ResidualHistory[^1]);
            Assert.Equal(Pair.Residual(result.Rates.AsSpan()), result.Residual);
            Assert.Empty(result.Cycle);
            Assert.Contains("rest state after", result.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ResponseOrder.GaussSeidel, 2)]
    [InlineData(ResponseOrder.Jacobi, 4)]
    public void Best_responses_chase_each_other_round_the_antagonistic_pair_and_the_report_says_so(ResponseOrder order, int length)
    {
        NashResult result = new BestResponse(order).Solve(Pair, [0.5, 0.5]);
        Assert.Equal(SolveStatus.Cycling, result.Status);
        Assert.Equal(length, result.Cycle.Length);
        double[] ofE = [.. result.Cycle.Select(state => state[0]).Order()];
        Close.To(0.0, ofE[0], 1e-12);
        Close.To(26.0 / 15.0, ofE[^1], 1e-12);
        Assert.Contains($"cycle of length {length}", result.ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => result.OrThrow());
        Assert.Equal(Decision.Proved, DiagonalStability.Test(Pair.Interaction()).IsLds);      // although it is diagonally stable
    }

    [Fact]
    public void The_best_response_map_of_E_has_slope_minus_four_thirds()
    {
        NashResult result = new BestResponse().Solve(Pair, [0.8, 0.0], new NashOptions(MaxIterations: 1));
        Assert.Equal(SolveStatus.IterationLimit, result.Status);
        // E answers I = 0 with 2; I answers with (0.2 + 2)/1.5
        Close.All([2.0, 2.2 / 1.5], result.Rates, 1e-15);
        Assert.Contains("residual still", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Gradient_steps_converge_to_eight_sevenths_and_not_beyond()
    {
        Assert.True(new ProjectedPseudoGradient(1.1).Solve(Pair, [0.5, 0.5]).Converged);
        Assert.True(new ProjectedPseudoGradient(8.0 / 7.0 - 1e-2).Solve(Pair, [0.74, 0.63]).Converged);
        Assert.False(new ProjectedPseudoGradient(8.0 / 7.0 + 1e-2).Solve(Pair, [0.74, 0.63]).Converged);
        Assert.False(new ProjectedPseudoGradient(1.2).Solve(Pair, [0.5, 0.5]).Converged);
    }

    [Fact]
    public void The_step_bounds_come_from_the_certificate()
    {
        Monotonicity constants = Monotonicity.Of(Pair);
        // P = (1, 1): sym(I − W) = diag(½, 3/2), ‖I − W‖₂² is the larger root of λ² − 4.5 λ + 49/16
        Close.All([1.0, 1.0], constants.P, 1e-12);
        Close.To(0.5, constants.Modulus, 1e-12);
        double square = 2.25 + Math.Sqrt(2.25 * 2.25 - 49.0 / 16.0);
        Close.To(Math.Sqrt(square), constants.Lipschitz, 1e-12);
        Close.To(1.0 / square, constants.GradientStepBound, 1e-12);
        Close.To(1.0 / Math.Sqrt(square), constants.ExtragradientStepBound, 1e-12);
    }

    [Fact]
    public void Newton_needs_two_steps_and_lemke_three_pivots()
    {
        Assert.InRange(new SemismoothNewton().Solve(Pair, [1.0, 1.0]).OrThrow().Iterations, 1, 2);
        Assert.InRange(new SemismoothNewton().Solve(Pair, [0.0, 0.0]).OrThrow().Iterations, 1, 2);
        Assert.InRange(new Lemke().Solve(Pair, [0.0, 0.0]).OrThrow().Iterations, 1, 3);
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void All_solvers_find_the_one_state_that_enumeration_finds_and_nobody_gains_by_deviating(ulong seed)
    {
        var random = new Philox(seed);
        FiringRateNetwork network = Circuits.RandomDale(5, 3, random, wEE: 0.4);
        Equilibrium rest = EquilibriumEnumerator.All(network).Only;
        Assert.True(BruteForce.GainFromDeviating(network, rest.Rates) < 1e-9, $"seed {seed}");
        double[] start = BruteForce.RandomVector(8, random.Substream(5), 0.0, 2.0);
        foreach (INashSolver solver in (INashSolver[])[new ProximalDynamics(), new ProximalDynamics(SteppingScheme.Adaptive),
            new ProjectedPseudoGradient(), new Extragradient(), new SemismoothNewton(), new Lemke()])
        {
            // the certified gradient step of a badly scaled certificate can be a hundred times too cautious
            NashResult result = solver.Solve(network, start, new NashOptions(MaxIterations: 1_000_000));
            Assert.True(result.Converged, $"seed {seed}, {solver.Name}: {result}");
            Close.All(rest.Rates, result.Rates, 1e-8, $"seed {seed}, {solver.Name}");       // residual 1e-10 over the slowest rate
            Assert.InRange(result.NashGap, 0.0, 1e-9);
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Best_response_converges_where_the_comparison_matrix_is_an_m_matrix(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = BruteForce.RandomMatrix(6, random, -0.19, 0.19);       // row sums of |W| below 1.14, minus |W_ii| twice at worst
        for (int i = 0; i < 6; i++) w[i, i] = -Math.Abs(w[i, i]);
        var network = new FiringRateNetwork(w, BruteForce.RandomVector(6, random, -1.0, 1.0), Activation.Relu);
        foreach (ResponseOrder order in Enum.GetValues<ResponseOrder>())
        {
            NashResult result = new BestResponse(order).Solve(network, new double[6]);
            Assert.True(result.Converged, $"seed {seed}: {result}");
            Assert.True(BruteForce.GainFromDeviating(network, result.Rates) < 1e-9, $"seed {seed}");
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Lemke_returns_complementary_rates_or_a_ray(ulong seed)
    {
        var random = new Philox(seed);
        int n = 2 + (int)(seed % 6);
        double[,] w = BruteForce.RandomMatrix(n, random, -1.5, 1.5);
        double[] u = BruteForce.RandomVector(n, random, -1.0, 1.0);
        var network = new FiringRateNetwork(w, u, Activation.ThresholdLinear(0.2));
        NashResult result = new Lemke().Solve(network, new double[n]);
        if (result.Status == SolveStatus.SecondaryRay)
        {
            var m = new double[n, n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) m[i, j] = (i == j ? 1.0 : 0.0) - w[i, j];
            Assert.False(BruteForce.IsPMatrix(m), $"seed {seed}: a P-matrix has a solution");
            Assert.Contains("secondary ray", result.ToString(), StringComparison.Ordinal);
            return;
        }
        Assert.Equal(SolveStatus.Converged, result.Status);
        for (int i = 0; i < n; i++)
        {
            double slack = result.Rates[i] - u[i] + 0.2;
            for (int j = 0; j < n; j++) slack -= w[i, j] * result.Rates[j];
            Assert.True(result.Rates[i] >= -1e-10 && slack >= -1e-9, $"seed {seed}, neuron {i}");
            Close.To(0.0, result.Rates[i] * slack, 1e-8, $"seed {seed}, neuron {i}");
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Lemke_also_solves_saturated_networks_and_mixtures(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = BruteForce.RandomMatrix(4, random, -0.8, 0.8);
        for (int i = 0; i < 4; i++) w[i, i] -= 1.0;
        var network = new FiringRateNetwork(w, BruteForce.RandomVector(4, random, -1.0, 2.0),
            [Activation.SaturatedRelu(0.3), Activation.Relu, Activation.SaturatedRelu(0.5), Activation.ThresholdLinear(0.1)],
                [1.0, 1.0, 1.0, 1.0]);
        NashResult result = new Lemke().Solve(network, new double[4]);
        Assert.True(result.Converged, $"seed {seed}: {result}");
        Close.To(0.0, result.Residual, 1e-9, $"seed {seed}");
        Assert.Contains(EquilibriumEnumerator.All(network).Isolated, state =>
            state.Rates.Zip(result.Rates, (a, b) => Math.Abs(a - b)).Max() < 1e-8);
    }

    [Fact]
    public void Lemke_ends_on_a_ray_where_there_is_no_solution_and_breaks_ties()
    {
        var runaway = new FiringRateNetwork(new[,] { { 2.0 } }, [1.0], Activation.Relu);
        Assert.Equal(SolveStatus.SecondaryRay, new Lemke().Solve(runaway, [0.0]).Status);
        Assert.Empty(EquilibriumEnumerator.All(runaway).Isolated);
        // equal drives tie every ratio test
        NashResult tied = new Lemke().Solve(CrossInhibition.Micro.Network([1.0, 1.0, 1.0, 1.0]), new double[8]);
        Assert.True(tied.Converged);
        Close.To(0.0, tied.Residual, 1e-12);
        Assert.Equal(0, new Lemke().Solve(Pair.WithDrive(-1.0, -1.0), [0.0, 0.0]).Iterations);
        Assert.Equal(SolveStatus.IterationLimit, new Lemke().Solve(Pair, [0.0, 0.0], new NashOptions(MaxIterations: 1)).Status);
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Newton_ends_at_an_enumerated_state_also_without_a_certificate(ulong seed)
    {
        FiringRateNetwork network = Circuits.RandomDale(4, 2, new Philox(seed), wEE: 0.5);
        RestStates states = EquilibriumEnumerator.All(network);
        if (!states.Stable.Any()) return;                       // nothing that the motion could lead to
        NashResult result = new SemismoothNewton().Solve(network, new double[6]);
        Assert.True(result.Converged, $"seed {seed}: {result}");
        Assert.Contains(states.Isolated, state => state.Rates.Zip(result.Rates, (a, b) => Math.Abs(a - b)).Max() < 1e-8);
    }

    [Fact]
    public void Newton_steps_over_singular_matrices()
    {
        // at rest with both active the matrix is singular: only proximal steps move, to the saturated state
        var network = new FiringRateNetwork(new[,] { { 1.0 } }, [0.5], Activation.SaturatedRelu(3.0));
        NashResult result = new SemismoothNewton().Solve(network, [0.1]).OrThrow();
        Close.To(3.0, result.Rates[0], 1e-9);
    }

    [Fact]
    public void Curved_activations_are_solved_by_all_iterative_methods()
    {
        foreach (Activation activation in (Activation[])[Activation.Softplus, Activation.Logistic(4.0), Activation.Tanh])
        {
            FiringRateNetwork network = CrossInhibition.Micro.Network([1.05, 0.95], activation);
            double[] reference = [.. new SemismoothNewton().Solve(network, new double[4]).OrThrow().Rates];
            foreach (INashSolver solver in (INashSolver[])[new ProximalDynamics(), new ProjectedPseudoGradient(), new Extragradient(),
                new BestResponse(Relaxation: 0.5)])
                Close.All(reference, solver.Solve(network, [0.1, 0.1, 0.1, 0.1]).OrThrow().Rates, 1e-8, $"{activation}, {solver.Name}");
        }
    }

    [Fact]
    public void A_diverging_run_says_so()
    {
        var runaway = new FiringRateNetwork(new[,] { { 3.0 } }, [1.0], Activation.Relu);
        NashResult result = new ProximalDynamics(Step: 1.0).Solve(runaway, [1.0]);
        Assert.Equal(SolveStatus.Diverged, result.Status);
        Assert.Equal(double.PositiveInfinity, result.NashGap);
        Assert.Contains("left the finite numbers", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_race_has_best_response_cycling_on_the_pair_and_the_others_converging()
    {
        var race = SolverRace.Run(Pair, [0.5, 0.5], clock: TimeProvider.System);
        Assert.Equal(6, race.Length);
        Assert.Equal(SolveStatus.Cycling, race[0].Result.Status);
        Assert.All(race.Skip(1), entry => Assert.True(entry.Result.Converged, entry.Solver));
        Assert.All(race, entry => Assert.True(entry.Elapsed >= TimeSpan.Zero));
        Assert.Equal(6, race.Select(entry => entry.Solver).Distinct().Count());

        FiringRateNetwork forty = Circuits.RandomDale(32, 8, new Philox(1));
        var large = SolverRace.Run(forty, new double[40]);
        Assert.All(large.Skip(1), entry => Assert.True(entry.Result.Converged, $"{entry.Solver}: {entry.Result}"));
        foreach (RaceEntry entry in large.Skip(1)) Close.All(large[1].Result.Rates, entry.Result.Rates, 1e-7, entry.Solver);
        Assert.Null(large[0].Elapsed);
    }

    [Fact]
    public void A_best_response_that_does_not_exist_is_an_error_that_names_the_neuron()
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            new BestResponse().Solve(WilsonCowanPair.Cooperative.Network(), [1.0, 1.0]));
        Assert.Contains("cost of neuron 0 (E) is unbounded below: no best response", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SemismoothNewton().Solve(Pair, [0.0]));
        Assert.Throws<ArgumentException>(() => new SemismoothNewton().Solve(Pair, [0.0, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SemismoothNewton().Solve(Pair, [0.0, 0.0], new NashOptions(Tolerance: 0.0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lemke().Solve(Pair, [0.0, 0.0], new NashOptions(MaxIterations: 0)));
        Assert.Throws<ArgumentException>(() => new Lemke().Solve(Pair.WithActivation(Activation.Tanh), [0.0, 0.0]));
        Assert.Throws<ArgumentException>(() => new Lemke().Solve(Pair.WithActivation(Activation.SoftThreshold(1.0)), [0.0, 0.0]));
        Assert.Throws<InvalidOperationException>(() => new BestResponse(Relaxation: 2.0).Solve(Pair, [0.0, 0.0]));
        Assert.Throws<InvalidOperationException>(() => new ProximalDynamics(Step: 1.1).Solve(Pair, [0.0, 0.0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Extragradient(0.0).Solve(Pair, [0.0, 0.0]));
        Assert.Throws<OperationCanceledException>(() => new ProximalDynamics().Solve(Pair, [0.0, 0.0],
            cancellation: new CancellationToken(true)));
    }
}
