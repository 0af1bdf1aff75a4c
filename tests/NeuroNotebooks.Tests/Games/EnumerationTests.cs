using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Games;

public class EnumerationTests
{
    [Fact]
    public void The_antagonistic_pair_has_one_rest_state_stable_and_nash()
    {
        Equilibrium rest = EquilibriumEnumerator.All(WilsonCowanPair.Antagonistic.Network()).Only;
        Close.All([26.0 / 35.0, 22.0 / 35.0], rest.Rates, 1e-9);
        Close.All([0.742857, 0.628571], rest.Rates, 1e-6);
        Assert.Equal(EquilibriumKind.Nash, rest.Kind);
        Assert.Equal(Stability.Stable, rest.Stability);
        Assert.Equal(1, rest.Index);
        Assert.False(rest.Degenerate);
        Close.All([-1.0, -1.0], [.. rest.Eigenvalues.Select(value => value.Real)], 1e-6);
        Close.All([Math.Sqrt(0.75), -Math.Sqrt(0.75)], [.. rest.Eigenvalues.Select(value => value.Imaginary)], 1e-6);
        Assert.Contains("Nash, Stable", rest.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_inhibition_stabilised_pair_rests_where_e_pays_most_and_slow_inhibition_unsettles_it()
    {
        Equilibrium rest = EquilibriumEnumerator.All(WilsonCowanPair.Cooperative.Network()).Only;
        Close.All([5.2, 3.6], rest.Rates, 1e-9);
        Assert.Equal(EquilibriumKind.NotNash, rest.Kind);
        Assert.Equal(Stability.Stable, rest.Stability);

        Equilibrium slow = EquilibriumEnumerator.All((WilsonCowanPair.Cooperative with { TauI = 4.0 }).Network()).Only;
        Close.All([5.2, 3.6], slow.Rates, 1e-9);
        Assert.Equal(EquilibriumKind.NotNash, slow.Kind);
        Assert.Equal(Stability.Unstable, slow.Stability);
    }

    [Fact]
    public void All_four_combinations_of_nash_and_stable_occur()
    {
        Equilibrium symmetric = EquilibriumEnumerator.All(CrossInhibition.WinnerTakeAll.Network([1.0, 1.0])).Isolated
            .Single(state => state.Active.Length == 4);
        (EquilibriumKind, bool)[] cells =
        [
            Cell(EquilibriumEnumerator.All(WilsonCowanPair.Antagonistic.Network()).Only), Cell(symmetric),
            Cell(EquilibriumEnumerator.All(WilsonCowanPair.Cooperative.Network()).Only),
            Cell(EquilibriumEnumerator.All((WilsonCowanPair.Cooperative with { TauI = 4.0 }).Network()).Only),
        ];
        Assert.Equal(
            [(EquilibriumKind.Nash, true), (EquilibriumKind.Nash, false), (EquilibriumKind.NotNash, true),
                (EquilibriumKind.NotNash, false)], cells);

        static (EquilibriumKind, bool) Cell(Equilibrium state) => (state.Kind, state.Stability == Stability.Stable);
    }

    [Fact]
    public void Two_rivals_have_two_stable_winners_and_a_nash_saddle_between_them()
    {
        RestStates states = EquilibriumEnumerator.All(CrossInhibition.WinnerTakeAll.Network([1.0, 1.0]));
        Assert.Equal(3, states.Isolated.Length);
        Assert.Equal(16, states.ActiveSets);
        Assert.Contains(states.Stable, state => Distance(state.Rates, [1.25, 0.0, 1.25, 0.0]) < 1e-9);
        Assert.Contains(states.Stable, state => Distance(state.Rates, [0.0, 1.25, 0.0, 1.25]) < 1e-9);

        Equilibrium between = states.Isolated.Single(state => state.Stability == Stability.Saddle);
        Close.All([0.5, 0.5, 0.5, 0.5], between.Rates, 1e-9);
        Assert.Equal(EquilibriumKind.Nash, between.Kind);
        Close.To(0.2, between.MaxRealPart, 1e-9);
        Assert.Equal(-1, between.Index);
        Assert.Throws<InvalidOperationException>(() => states.Only);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void K_equal_rivals_have_one_nash_equilibrium_for_every_group_of_winners_and_only_single_winners_are_stable(int pairs)
    {
        RestStates states = EquilibriumEnumerator.All(CrossInhibition.WinnerTakeAll.Network([.. Enumerable.Repeat(1.0, pairs)]));
        Assert.Equal((1 << pairs) - 1, states.Isolated.Length);
        Assert.Equal((1 << pairs) - 1, states.Nash.Count());
        Assert.Equal(pairs, states.Stable.Count());
        Assert.All(states.Stable, state => Assert.Equal(2, state.Active.Length));
        Assert.Equal(1, states.Isolated.Sum(state => state.Index));         // Poincaré-Hopf
        Assert.Empty(states.Continua);
    }

    [Fact]
    public void A_saturated_inhibition_stabilised_pair_changes_its_labels_with_the_bound()
    {
        Equilibrium low = EquilibriumEnumerator.All(WilsonCowanPair.Cooperative.Network(Activation.SaturatedRelu(4.0))).Only;
        Close.All([4.0, 2.8], low.Rates, 1e-9);
        Assert.Equal(EquilibriumKind.LocalNash, low.Kind);
        Assert.Equal(Stability.Stable, low.Stability);
        Assert.Equal<int>([1], low.Active);

        RestStates high = EquilibriumEnumerator.All(WilsonCowanPair.Cooperative.Network(Activation.SaturatedRelu(10.0)));
        Close.All([5.2, 3.6], high.Only.Rates, 1e-9);
        Assert.Empty(high.Nash);
        Assert.Equal(9, high.ActiveSets);
    }

    [Fact]
    public void The_bistable_pair_has_a_silent_an_unstable_and_a_saturated_rest_state()
    {
        RestStates states = EquilibriumEnumerator.All(
            WilsonCowanPair.Bistable.Network(Activation.SaturatedRelu(WilsonCowanPair.BistableMaximum)));
        Assert.Equal(3, states.Isolated.Length);
        Assert.Equal((EquilibriumKind.LocalNash, Stability.Stable), Labels([0.0, 0.0]));
        Assert.Equal((EquilibriumKind.NotNash, Stability.Saddle), Labels([2.0 / 3.0, 1.0 / 3.0]));
        Assert.Equal((EquilibriumKind.Nash, Stability.Stable), Labels([4.0, 2.0]));

        (EquilibriumKind, Stability) Labels(double[] at)
        {
            Equilibrium state = states.Isolated.Single(state => Distance(state.Rates, at) < 1e-9);
            return (state.Kind, state.Stability);
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Enumerated_states_rest_and_those_called_nash_survive_every_deviation(ulong seed)
    {
        var random = new Philox(seed);
        int n = 2 + (int)(seed % 4);
        double[,] w = BruteForce.RandomMatrix(n, random, -1.5, 1.5);
        double[] u = BruteForce.RandomVector(n, random, -1.0, 1.0);
        const double Top = 1.3;
        var network = new FiringRateNetwork(w, u, Activation.SaturatedRelu(Top));
        RestStates states = EquilibriumEnumerator.All(network);

        Assert.NotEmpty(states.Isolated);                                   // Brouwer: a bounded network rests somewhere
        Assert.Equal(1, states.Isolated.Sum(state => state.Index));
        foreach (Equilibrium state in states.Isolated)
        {
            for (int i = 0; i < n; i++)
            {
                double y = u[i];
                for (int j = 0; j < n; j++) y += w[i, j] * state.Rates[j];
                Close.To(Math.Clamp(y, 0.0, Top), state.Rates[i], 1e-9, $"seed {seed}");
            }
            double gain = BruteForce.GainFromDeviating(w, u, z => z is < 0 or > Top ? double.PositiveInfinity : 0.0, state.Rates, 0.0, Top);
            double nearby = Enumerable.Range(0, n).Max(i => Enumerable.Range(-1, 3).Max(step =>
                BruteForce.Energy(w, u, _ => 0.0, i, state.Rates[i], state.Rates)
                - BruteForce.Energy(w, u, _ => 0.0, i, Math.Clamp(state.Rates[i] + 1e-3 * step, 0.0, Top), state.Rates)));
            Assert.Equal(gain < 1e-9 ? EquilibriumKind.Nash : nearby < 1e-9 ? EquilibriumKind.LocalNash : EquilibriumKind.NotNash,
                state.Kind);
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Nothing_is_missed_that_the_motion_can_find(ulong seed)
    {
        var random = new Philox(seed);
        int n = 2 + (int)(seed % 4);
        var network = new FiringRateNetwork(
            BruteForce.RandomMatrix(n, random, -1.5, 1.5), BruteForce.RandomVector(n, random, -1.0, 1.0), Activation.SaturatedRelu(1.0));
        RestStates states = EquilibriumEnumerator.All(network);
        for (ulong k = 0; k < 5; k++)
        {
            double[] end = [.. network.Simulate(BruteForce.RandomVector(n, random.Substream(100 + k)), 200.0, 0.05, 4000).End];
            if (network.Residual(end) > 1e-8) continue;                     // still cycling
            Assert.Contains(states.Isolated, state => Distance(state.Rates, end) < 1e-6 && state.Stability == Stability.Stable);
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Scaling_the_drive_scales_all_rest_states_and_keeps_their_labels(ulong seed)
    {
        var random = new Philox(seed);
        FiringRateNetwork network = Circuits.RandomDale(3, 2, random, wEE: 1.5);
        double[] drive = BruteForce.RandomVector(5, random.Substream(40), -1.0, 1.0);
        RestStates one = EquilibriumEnumerator.All(network.WithDrive(drive)),
            three = EquilibriumEnumerator.All(network.WithDrive([.. drive.Select(u => 3 * u)]));
        Assert.Equal(one.Isolated.Length, three.Isolated.Length);
        for (int k = 0; k < one.Isolated.Length; k++)
        {
            Close.All([.. one.Isolated[k].Rates.Select(x => 3.0 * x)], three.Isolated[k].Rates, 1e-9, $"seed {seed}");
            Assert.Equal((one.Isolated[k].Kind, one.Isolated[k].Stability), (three.Isolated[k].Kind, three.Isolated[k].Stability));
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Renumbering_the_neurons_renumbers_the_results(ulong seed)
    {
        var random = new Philox(seed);
        const int N = 5;
        double[,] w = BruteForce.RandomMatrix(N, random, -1.2, 1.2);
        double[] u = BruteForce.RandomVector(N, random, -1.0, 1.0);
        int[] order = [.. Enumerable.Range(0, N).OrderBy(i => random.Substream(9).Uniform((ulong)i))];
        var renumbered = new double[N, N];
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++) renumbered[i, j] = w[order[i], order[j]];

        RestStates states = EquilibriumEnumerator.All(new FiringRateNetwork(w, u, Activation.Relu));
        RestStates others = EquilibriumEnumerator.All(new FiringRateNetwork(renumbered, [.. order.Select(i => u[i])], Activation.Relu));
        Assert.Equal(states.Isolated.Length, others.Isolated.Length);
        foreach (Equilibrium state in states.Isolated)
        {
            double[] moved = [.. order.Select(i => state.Rates[i])];
            Equilibrium twin = others.Isolated.Single(other => Distance(other.Rates, moved) < 1e-9);
            Assert.Equal((state.Kind, state.Stability, state.Index), (twin.Kind, twin.Stability, twin.Index));
        }
    }

    [Fact]
    public void A_state_on_a_kink_is_one_degenerate_state()
    {
        // x = [0 · x + 0]₊ sits exactly on the kink and is found silent and active
        Equilibrium state = EquilibriumEnumerator.All(new FiringRateNetwork(new[,] { { 0.3 } }, [0.0], Activation.Relu)).Only;
        Assert.True(state.Degenerate);
        Assert.Equal(Stability.Stable, state.Stability);
        // with self-excitation above 1 the two pieces disagree on stability
        Equilibrium torn = EquilibriumEnumerator.All(new FiringRateNetwork(new[,] { { 1.5 } }, [0.0], Activation.Relu)).Only;
        Assert.Equal(Stability.Marginal, torn.Stability);
    }

    [Fact]
    public void Singular_equations_give_a_reported_line_of_rest_states()
    {
        // x = [x]₊ for both of two neurons tied by the same row: every x₀ = x₁ ≥ 0 … from perfect mutual excitation
        RestStates states = EquilibriumEnumerator.All(new FiringRateNetwork(new[,] { { 0.0, 1.0 }, { 1.0, 0.0 } }, [0.0, 0.0],
            Activation.Relu));
        Continuum line = Assert.Single(states.Continua);
        Close.To(line.Point[0], line.Point[1], 1e-12);
        Close.To(line.Directions[0][0], line.Directions[0][1], 1e-12);
        Assert.Equal<int>([0, 1], line.Active);
        Assert.Empty(states.Isolated);                                      // the silent state is the end of the line

        // with drive the same equations have no solution and there is no rest state at all
        RestStates none = EquilibriumEnumerator.All(new FiringRateNetwork(new[,] { { 0.0, 1.0 }, { 1.0, 0.0 } }, [1.0, 1.0],
            Activation.Relu));
        Assert.Empty(none.Isolated);
        Assert.Empty(none.Continua);

        // saturation cuts the line to a segment, and its middle is reported
        Continuum segment = Assert.Single(EquilibriumEnumerator.All(
            new FiringRateNetwork(new[,] { { 0.0, 1.0 }, { 1.0, 0.0 } }, [0.0, 0.0], Activation.SaturatedRelu(2.0))).Continua);
        Close.All([1.0, 1.0], segment.Point, 1e-9);
    }

    [Fact]
    public void Planes_and_solids_of_rest_states_are_reported_too()
    {
        Continuum plane = EquilibriumEnumerator.All(new FiringRateNetwork(new[,] { { 1.0, 0.0 }, { 0.0, 1.0 } }, [0.0, 0.0],
            Activation.Relu))
            .Continua.Single(continuum => continuum.Directions.Length == 2);
        Assert.Equal<int>([0, 1], plane.Active);

        // the least-norm solution of the shifted plane is infeasible, a corner of it is not: x₀ + x₁ + x₂ = 3 with x ≥ 0 and two
        // directions free
        var third = new[,] { { 2.0 / 3, -1.0 / 3, -1.0 / 3 }, { -1.0 / 3, 2.0 / 3, -1.0 / 3 }, { -1.0 / 3, -1.0 / 3, 2.0 / 3 } };
        Continuum triangle = EquilibriumEnumerator.All(new FiringRateNetwork(third, [1.0, 1.0, 1.0], Activation.ThresholdLinear(0.0)))
            .Continua.Single(continuum => continuum.Directions.Length == 2);
        Close.To(3.0, triangle.Point.Sum(), 1e-9);

        var far = new FiringRateNetwork(third, [2.0, 2.0, 2.0], [Activation.SaturatedRelu(0.9), Activation.Relu, Activation.Relu],
            [1.0, 1.0, 1.0]);
        Continuum corner = EquilibriumEnumerator.All(far).Continua.Single(continuum => continuum.Directions.Length == 2);
        Close.To(6.0, corner.Point.Sum(), 1e-9);
        Assert.True(corner.Point[0] <= 0.9 + 1e-8);
    }

    [Fact]
    public void A_rest_state_of_curved_neurons_can_be_labelled()
    {
        FiringRateNetwork network = CrossInhibition.Micro.Network([1.05, 0.95], Activation.Softplus);
        NashResult rest = new SemismoothNewton().Solve(network, new double[4]).OrThrow();
        Equilibrium state = EquilibriumEnumerator.Describe(network, rest.Rates.AsSpan());
        Assert.Equal((EquilibriumKind.Nash, Stability.Stable, 1), (state.Kind, state.Stability, state.Index));
        Assert.Throws<ArgumentException>(() => EquilibriumEnumerator.Describe(network, [1.0, 1.0, 1.0, 1.0]));

        var steep = new FiringRateNetwork(new[,] { { 4.0 } }, [0.0], Activation.Tanh);
        Assert.Equal(EquilibriumKind.NotNash, EquilibriumEnumerator.Describe(steep, [0.0]).Kind);
    }

    [Fact]
    public void Sixteen_neurons_are_enumerated_and_seventeen_refused_with_a_way_out()
    {
        RestStates states = EquilibriumEnumerator.All(Circuits.RandomDale(12, 4, new Philox(3)));
        Assert.Equal(65536, states.ActiveSets);
        Assert.NotEmpty(states.Isolated);

        string relu = Assert.Throws<ArgumentException>(() => EquilibriumEnumerator.All(Circuits.RandomDale(16, 6, new Philox(3)))).Message;
        Assert.Contains("2^22 active sets", relu, StringComparison.Ordinal);
        Assert.Contains("use Lemke", relu, StringComparison.Ordinal);
        Assert.Contains("3^22", Assert.Throws<ArgumentException>(() => EquilibriumEnumerator.All(
            Circuits.RandomDale(16, 6, new Philox(3)).WithActivation(Activation.SaturatedRelu(1.0)))).Message, StringComparison.Ordinal);
        Assert.Contains("curved", Assert.Throws<ArgumentException>(() =>
            EquilibriumEnumerator.All(new FiringRateNetwork(new double[1, 1], [0.0], Activation.Tanh))).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Mixed_straight_activations_are_enumerated_together(ulong seed)
    {
        var random = new Philox(seed);
        Activation[] mixed = [Activation.SoftThreshold(0.3), Activation.LeakyRelu(0.2), Activation.Linear, Activation.ThresholdLinear(0.1)];
        var network = new FiringRateNetwork(
            BruteForce.RandomMatrix(4, random, -0.6, 0.6), BruteForce.RandomVector(4, random, -1.0, 1.0), mixed, [1.0, 2.0, 0.5, 1.0]);
        RestStates states = EquilibriumEnumerator.All(network);
        Assert.Equal(3 * 2 * 1 * 2, states.ActiveSets);
        foreach (Equilibrium state in states.Isolated) Close.To(0.0, network.Residual(state.Rates.AsSpan()), 1e-9, $"seed {seed}");
        if (DiagonalStability.Test(network.Interaction()).IsLds == Decision.Proved)
            Assert.Equal((EquilibriumKind.Nash, Stability.Stable), (states.Only.Kind, states.Only.Stability));
    }

    private static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
