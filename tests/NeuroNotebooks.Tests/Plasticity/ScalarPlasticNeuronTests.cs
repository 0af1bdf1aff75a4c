using NeuroNotebooks.Numerics;
using NeuroNotebooks.Plasticity;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Plasticity;

public class ScalarPlasticNeuronTests
{
    private static readonly ScalarPlasticNeuron Hebbian = new(), AntiHebbian = new(Grows: false);

    public static IEnumerable<object[]> Seeds => StableCircuitsTests.Seeds;

    [Fact]
    public void The_fold_is_at_two_over_three_root_three()
    {
        Close.To(2.0 / (3.0 * Math.Sqrt(3.0)), Hebbian.FoldInput, 1e-15);
        Close.To(0.0, Hebbian.Determinant(Hebbian.FoldState), 1e-15);
        Close.To(Hebbian.FoldInput, Hebbian.FoldState * (1.0 - Hebbian.FoldState * Hebbian.FoldState), 1e-15);
        Assert.Empty(Hebbian.RestStates(0.386));
        Close.To(Hebbian.FoldState, Hebbian.RestStates(Hebbian.FoldInput)[0], 1e-7);
        Close.To(Hebbian.FoldInput, Hebbian.LocateFold(0.3, 0.45), 1e-3);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Rest_states_satisfy_their_equation_and_the_determinant_tells_which_is_stable(ulong seed)
    {
        Philox draws = new(seed);
        var neuron = new ScalarPlasticNeuron(0.2 + draws.Uniform(0), 0.2 + draws.Uniform(1));
        double u = draws.Uniform(2) * neuron.FoldInput, c = neuron.K / neuron.Gamma;
        double[] states = [.. neuron.RestStates(u)];
        Assert.Equal(2, states.Length);
        foreach (double x in states) Close.To(u, x * (1.0 - c * x * x), 1e-12, $"seed {seed}");
        Assert.True(neuron.Determinant(states[0]) > 0.0 && neuron.Determinant(states[1]) < 0.0, $"seed {seed}");

        var opposite = new ScalarPlasticNeuron(neuron.Gamma, neuron.K, Grows: false);
        double[] only = [.. opposite.RestStates(3.0 * u)];
        Close.To(3.0 * u, only[0] * (1.0 + c * only[0] * only[0]), 1e-12, $"seed {seed}");
        Assert.Single(only);
    }

    // one run each, from rest by Euler steps of 0.01, computed once in double precision by an independent script
    [Theory]
    [InlineData(0.386, 117.9)]
    [InlineData(0.390, 53.6)]
    [InlineData(0.400, 30.3)]
    public void Above_the_fold_it_explodes_at_the_known_time(double u, double expected) =>
        Close.To(expected, Hebbian.BlowUpTime(u)!.Value, 0.05);

    [Fact]
    public void Below_the_fold_and_with_the_other_sign_it_stays_bounded()
    {
        Assert.Null(Hebbian.BlowUpTime(0.384));
        Assert.Null(AntiHebbian.BlowUpTime(20.0));
        Assert.Equal(double.PositiveInfinity, AntiHebbian.FoldInput);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Gamma", () => new ScalarPlasticNeuron(Gamma: 0.0));
        Assert.Throws<ArgumentOutOfRangeException>("K", () => new ScalarPlasticNeuron(K: -1.0));
        Assert.Throws<ArgumentOutOfRangeException>("u", () => Hebbian.RestStates(0.0));
        Assert.Throws<ArgumentOutOfRangeException>("dt", () => Hebbian.BlowUpTime(0.3, 10.0, 1.0));
        Assert.Throws<ArgumentException>("high", () => Hebbian.LocateFold(0.1, 0.2, 10.0));
        Assert.Throws<ArgumentException>("low", () => Hebbian.LocateFold(0.5, 0.6));
    }
}
