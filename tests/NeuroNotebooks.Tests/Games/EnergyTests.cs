using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Games;

public class EnergyTests
{
    private static readonly Func<double, double> Free = x => x < 0.0 ? double.PositiveInfinity : 0.0;

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Energies_follow_the_formula_and_the_pseudo_gradient_is_their_own_slope(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = BruteForce.RandomMatrix(5, random, -2.0, 2.0);
        double[] u = BruteForce.RandomVector(5, random, -1.0, 1.0), x = BruteForce.RandomVector(5, random.Substream(5), 0.1, 2.0);
        var network = new FiringRateNetwork(w, u, Activation.ThresholdLinear(0.3));

        double[] gradient = network.PseudoGradient(x);
        for (int i = 0; i < 5; i++)
        {
            Close.To(BruteForce.Energy(w, u, z => 0.3 * z, i, x[i], x), network.NeuronEnergy(i, x), 1e-12, $"seed {seed}");
            Close.To(network.NeuronEnergy(i, x), network.InteractionCost(i, x) + network.ActivationCost(i, x), 1e-12, $"seed {seed}");
            const double H = 1e-4;
            double up = BruteForce.Energy(w, u, _ => 0.0, i, x[i] + H, x), down = BruteForce.Energy(w, u, _ => 0.0, i, x[i] - H, x);
            Close.To((up - down) / (2 * H), gradient[i], 1e-6, $"seed {seed}");     // the fact sheet's tolerance
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void The_motion_is_the_proximal_pseudo_gradient_flow(ulong seed)
    {
        var random = new Philox(seed);
        double[] x = BruteForce.RandomVector(4, random.Substream(5), 0.0, 2.0),
            tau = BruteForce.RandomVector(4, random.Substream(9), 0.5, 2.0);
        var network = new FiringRateNetwork(
            BruteForce.RandomMatrix(4, random), BruteForce.RandomVector(4, random), [.. Enumerable.Repeat(Activation.Softplus, 4)], tau);
        double[] gradient = network.PseudoGradient(x), velocity = new double[4];
        network.Motion(0.0, x, velocity);
        for (int i = 0; i < 4; i++)
            Close.To((-x[i] + Math.Log(1 + Math.Exp(x[i] - gradient[i]))) / tau[i], velocity[i], 1e-12, $"seed {seed}");
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Every_neuron_descends_its_own_energy_and_the_two_parts_make_up_the_whole(ulong seed)
    {
        var random = new Philox(seed);
        var network = new FiringRateNetwork(
            BruteForce.RandomMatrix(4, random), BruteForce.RandomVector(4, random, -0.5, 1.0), seed % 2 == 0 ? Activation.Relu
                : Activation.Softplus);
        Trajectory path = network.Simulate(BruteForce.RandomVector(4, random.Substream(3), 0.1, 2.0), 5.0, 0.001);
        EnergyAccounting accounts = EnergyAccounting.Of(network, path);

        for (int t = 1; t + 1 < path.Times.Length; t += 50)
            for (int i = 0; i < 4; i++)
            {
                Assert.True(accounts.Own[t][i] <= -accounts.SquaredVelocity[t][i] + 1e-12, $"seed {seed}, t {t}, neuron {i}");
                double slope = (accounts.Energy[t + 1][i] - accounts.Energy[t - 1][i]) / 0.002;
                // central differences err by step² times the third derivative, and more when a neuron switches between the two samples
                if (Enumerable.Range(0, 4).All(j => Math.Abs(network.NetInput(j, path.States[t].AsSpan())) > 0.05))
                    Close.To(slope, accounts.Own[t][i] + accounts.Externality[t][i], 1e-4 * (1 + Math.Abs(slope)),
                        $"seed {seed}, t {t}, neuron {i}");
            }
    }

    [Fact]
    public void The_own_part_is_bounded_by_tau_times_the_squared_velocity_when_time_constants_differ()
    {
        FiringRateNetwork network = (WilsonCowanPair.Antagonistic with { TauI = 3.0 }).Network();
        EnergyAccounting accounts = EnergyAccounting.Of(network, network.Simulate([2.0, 0.0], 20.0));
        for (int t = 0; t < accounts.Times.Length; t++)
            for (int i = 0; i < 2; i++)
                Assert.True(accounts.Own[t][i] <= -network.TimeConstants[i] * accounts.SquaredVelocity[t][i] + 1e-12, $"t {t}, neuron {i}");
        Assert.Equal(accounts.Own[3][1], EnergyAccounting.Column(accounts.Own, 1)[3]);
    }

    [Fact]
    public void In_the_antagonistic_pair_each_energy_rises_somewhere_although_each_own_part_falls()
    {
        FiringRateNetwork network = WilsonCowanPair.Antagonistic.Network();
        EnergyAccounting accounts = EnergyAccounting.Of(network, network.Simulate([2.0, 0.0], 20.0));
        for (int i = 0; i < 2; i++)
            Assert.Contains(Enumerable.Range(0, accounts.Times.Length), t => accounts.Own[t][i] + accounts.Externality[t][i] > 1e-3);
        Assert.All(accounts.Own.SelectMany(row => row), own => Assert.True(own <= 0.0));
    }

    [Fact]
    public void A_symmetric_pair_runs_down_its_energy_to_the_corner()
    {
        FiringRateNetwork network = Circuits.SymmetricPair;
        Potential energy = network.PotentialOrNull()!;
        Assert.True(energy.IsExact);
        Trajectory path = network.Simulate([0.0, 3.0], 200.0);
        double[] along = energy.Along(path);
        for (int t = 1; t < along.Length; t++) Assert.True(along[t] <= along[t - 1] + 1e-14, $"rises at {path.Times[t]}");

        Close.All([2.0, 0.0], path.End, 1e-6);          // e^(−200·0.05) of the way at the slowest is left
        Close.To(-1.0, along[^1], 1e-9);
        // E = ½ xᵀ(I − W)x − uᵀx written out at one more state
        Close.To(0.5 * (0.5 * 1 + 2 * 0.6 * 2 + 0.7 * 4) - 1.0 - 1.8, energy.Energy([1.0, 2.0]), 1e-14);
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void A_symmetric_network_loses_at_least_its_squared_velocity(ulong seed)
    {
        var random = new Philox(seed);
        double[,] half = BruteForce.RandomMatrix(4, random, -0.4, 0.4);
        var w = new double[4, 4];
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) w[i, j] = half[i, j] + half[j, i];
        var network = new FiringRateNetwork(w, BruteForce.RandomVector(4, random, -1.0, 1.0), Activation.Logistic(4.0));
        Trajectory path = network.Simulate(BruteForce.RandomVector(4, random.Substream(3), 0.05, 0.95), 3.0, 0.01);
        double[] energy = network.PotentialOrNull()!.Along(path), velocity = new double[4];
        for (int t = 0; t + 1 < energy.Length; t++)
        {
            network.Motion(0.0, path.States[t + 1].AsSpan(), velocity);      // speeds fall here, so the end's is the smaller
            double slowest = velocity.Sum(v => v * v);
            network.Motion(0.0, path.States[t].AsSpan(), velocity);
            slowest = Math.Min(slowest, velocity.Sum(v => v * v));
            Assert.True(energy[t + 1] - energy[t] <= -0.01 * slowest * 0.98, $"seed {seed}, step {t}");
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void A_weighted_potential_has_the_weighted_slopes_of_the_neurons_own_energies(ulong seed)
    {
        var random = new Philox(seed);
        double[,] half = BruteForce.RandomMatrix(4, random, -0.4, 0.4);
        double[] p = BruteForce.RandomVector(4, random.Substream(8), 0.5, 2.0),
            x = BruteForce.RandomVector(4, random.Substream(3), 0.1, 2.0);
        var w = new double[4, 4];
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) w[i, j] = (half[i, j] + half[j, i]) / p[i];
        var network = new FiringRateNetwork(w, BruteForce.RandomVector(4, random, -1.0, 1.0), Activation.ThresholdLinear(0.2));
        Potential potential = network.PotentialOrNull()!;
        Assert.False(potential.IsExact);
        for (int i = 0; i < 4; i++)
        {
            Close.To(p[i] / p[0], potential.Weights[i], 1e-9, $"seed {seed}");
            const double H = 1e-5;
            double[] up = [.. x], down = [.. x];
            up[i] += H;
            down[i] -= H;
            double own = (network.NeuronEnergy(i, up) - network.NeuronEnergy(i, down)) / (2 * H);
            Close.To(potential.Weights[i] * own, (potential.Energy(up) - potential.Energy(down)) / (2 * H), 1e-8, $"seed {seed}");
        }
    }

    [Fact]
    public void Excitation_answered_by_inhibition_has_no_potential()
    {
        Assert.Null(WilsonCowanPair.Antagonistic.Network().PotentialOrNull());
        Assert.Null(new FiringRateNetwork(new[,] { { 0.0, 1.0 }, { 0.0, 0.0 } }, [0.0, 0.0], Activation.Relu).PotentialOrNull());
        // signs agree pair by pair, but the product around the ring differs by direction
        Assert.Null(new FiringRateNetwork(
            new[,] { { 0.0, 1.0, 1.0 }, { 1.0, 0.0, 1.0 }, { 1.0, 2.0, 0.0 } }, [0.0, 0.0, 0.0], Activation.Relu).PotentialOrNull());
        Assert.NotNull(new FiringRateNetwork(new double[2, 2], [1.0, 1.0], Activation.Relu).PotentialOrNull());
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void A_best_response_is_the_cheapest_rate_of_all(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = BruteForce.RandomMatrix(4, random, -2.0, 2.0);
        double[] u = BruteForce.RandomVector(4, random, -1.0, 1.0), x = BruteForce.RandomVector(4, random.Substream(3), 0.0, 1.5);
        foreach (var (activation, g) in new (Activation, Func<double, double>)[]
        {
            (Activation.SaturatedRelu(1.5), z => z is < 0 or > 1.5 ? double.PositiveInfinity : 0.0),
            (Activation.Logistic(4.0), z => z is < 0 or > 1 ? double.PositiveInfinity : (Ln(z) + Ln(1 - z)) / 4 - z * z / 2),
            (Activation.Tanh, z => Math.Abs(z) > 1 ? double.PositiveInfinity : 0.5 * (Ln(1 + z) + Ln(1 - z)) - z * z / 2),
        })
        {
            var network = new FiringRateNetwork(w, u, activation);
            for (int i = 0; i < 4; i++)
            {
                double best = network.BestResponse(i, x);
                double cheapest = Enumerable.Range(0, 10001).Min(k =>
                {
                    double rate = activation.Low + (activation.High - activation.Low) * k / 10000.0;
                    return BruteForce.Energy(w, u, g, i, Math.Min(rate, activation.High), x);
                });
                double paid = BruteForce.Energy(w, u, g, i, best, x);
                Assert.True(paid <= cheapest + 1e-12, $"seed {seed}, {activation}, neuron {i}: pays {paid}, could pay {cheapest}");
                // near the edges of its range a sigmoid's cost turns steep like a logarithm, so the grid misses by a few spacings
                Assert.True(paid >= cheapest - 1e-3, $"seed {seed}, {activation}: no rate can be that much cheaper than the grid");
            }
        }

        static double Ln(double z) => z <= 0.0 ? 0.0 : z * Math.Log(z);
    }

    [Fact]
    public void A_convex_relu_cost_has_the_closed_form_best_response()
    {
        FiringRateNetwork network = WilsonCowanPair.Antagonistic.Network();
        Close.To((1.0 - 0.3) / 0.5, network.BestResponse(0, [5.0, 0.3]), 1e-15);
        Close.To(0.0, network.BestResponse(0, [5.0, 1.3]), 0.0);
        Close.To((0.2 + 5.0) / 1.5, network.BestResponse(1, [5.0, 0.3]), 1e-15);
    }

    [Fact]
    public void A_softplus_neuron_answers_where_its_slope_is_zero_and_has_no_answer_when_it_excites_itself_too_much()
    {
        var calm = new FiringRateNetwork(new[,] { { 0.5 } }, [0.3], Activation.Softplus);
        double z = calm.BestResponse(0, [0.0]);
        Close.To(Math.Log(1 + Math.Exp(0.5 * z + 0.3)), z, 1e-12);
        foreach (double w in (double[])[1.0, 1.5])
            Assert.Throws<InvalidOperationException>(() =>
                new FiringRateNetwork(new[,] { { w } }, [0.3], Activation.Softplus).BestResponse(0, [0.0]));
    }

    [Fact]
    public void At_self_excitation_one_the_drive_decides_whether_there_is_a_best_response()
    {
        FiringRateNetwork Edge(double drive) => new(new[,] { { 1.0 } }, [drive], Activation.Relu);
        Assert.Throws<InvalidOperationException>(() => Edge(0.1).BestResponse(0, [0.0]));
        Assert.Equal(0.0, Edge(-0.1).BestResponse(0, [0.0]));
        Assert.Equal(0.0, Edge(0.0).NashGap([3.0]));                  // every rate costs the same
        Assert.Throws<InvalidOperationException>(() =>
            new FiringRateNetwork(new[,] { { 1.0 } }, [-0.1], Activation.Linear).BestResponse(0, [0.0]));     // falls for ever downwards
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void The_nash_gap_adds_up_what_each_neuron_could_save(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = BruteForce.RandomMatrix(4, random, -0.9, 0.9);
        double[] u = BruteForce.RandomVector(4, random, -1.0, 1.0), x = BruteForce.RandomVector(4, random.Substream(3), 0.0, 2.0);
        double gap = 0.0;
        for (int i = 0; i < 4; i++)
            gap += BruteForce.Energy(w, u, Free, i, x[i], x)
                - Enumerable.Range(0, 200001).Min(k => BruteForce.Energy(w, u, Free, i, 60.0 * k / 200000.0, x));
        // the grid misses each best response by up to 1.5e-4, its cost by less than the square
        Close.To(gap, new FiringRateNetwork(w, u, Activation.Relu).NashGap(x), 1e-6, $"seed {seed}");
    }

    [Fact]
    public void The_nash_gap_is_infinite_where_a_rate_is_not_allowed_or_a_cost_has_no_floor()
    {
        Assert.Equal(double.PositiveInfinity, WilsonCowanPair.Antagonistic.Network().NashGap([-1.0, 0.0]));
        Assert.Equal(double.PositiveInfinity, WilsonCowanPair.Cooperative.Network().NashGap([5.2, 3.6]));
    }
}
