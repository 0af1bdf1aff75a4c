using NeuroNotebooks.Plasticity;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Plasticity;

public class RuleTests
{
    [Fact]
    public void The_covariance_rule_takes_off_the_running_mean()
    {
        var rule = new CovarianceRule(2.0, 0.5, Grows: true);
        double[] S = new double[4], change = new double[2];
        rule.Push([1.0, 3.0], new double[4], [0.5, 1.0], S);
        Close.All([0.5, 2.0, 2.0, 8.0], S, 1e-15);
        rule.Remember([1.0, 3.0], [0.5, 1.0], change);
        Close.All([1.0, 4.0], change, 1e-15);
        Assert.Equal(2, rule.MemoryLength(2));
        Assert.True(new CovarianceRule(1.0, 1.0).OnlyUnlearns && !rule.OnlyUnlearns);
    }

    [Fact]
    public void The_delta_rule_lowers_the_error_and_settles_where_it_is_balanced_by_decay()
    {
        var rule = new DeltaRule(1.0, 1.0, -1.0);
        double[] S = new double[4];
        rule.Push([2.0, 0.0], [0.0, 0.0, 0.0, 0.0], [], S);
        Close.All([2.0, 0.0, -2.0, 0.0], S, 1e-15);

        // −γ w − k (w z − y) z = 0 at w = k y z / (γ + k z²)
        var network = new PlasticNetwork(rule, NetworkInput.Constant(2.0, 0.0)) { Activity = ActivitySource.Input };
        double[] end = [.. network.Simulate([0.0, 0.0], new double[2, 2], 0.01, 2000, recordEvery: 2000).Synapses[^1]];
        Close.All([0.4, 0.0, -0.4, 0.0], end, 1e-9);
    }

    [Fact]
    public void A_rule_of_ones_own_runs_as_the_others_do()
    {
        var network = new PlasticNetwork(new Forgetful(), NetworkInput.Constant(0.0, 0.0));
        Assert.Equal(0.0, network.Simulate([1.0, 1.0], new[,] { { 1.0, 0.0 }, { 0.0, 1.0 } }, 0.5, 1).Weights(1)[0, 0]);
    }

    [Fact]
    public void A_local_rule_sees_both_neurons_and_the_weight()
    {
        var S = new double[4];
        new LocalRule("Oja", (post, pre, w) => post * (pre - post * w)).Push([2.0, 3.0], [1.0, 0.0, 0.0, -1.0], [], S);
        Close.All([0.0, 6.0, 6.0, 18.0], S, 1e-15);
        Assert.Throws<ArgumentNullException>("push", () => new LocalRule("none", null!));
    }

    [Fact]
    public void Inputs_are_what_they_say()
    {
        Close.All([Math.Sin(0.5), 2.0 * Math.Sin(1.5)], NetworkInput.Sinusoids([1.0, 2.0], [1.0, 3.0], [0.0, 0.0]).At(5, 0.5), 1e-15);
        NetworkInput pushed = NetworkInput.Constant(1.0).WithDisturbance(2, 3, 10.0);
        Assert.Equal([1.0, 1.0, 11.0, 11.0, 11.0, 1.0], Enumerable.Range(0, 6).Select(step => pushed.At(step, 0.0)[0]));
        Assert.Equal(5, pushed.DisturbedUntil);
        NetworkInput samples = NetworkInput.Samples(new[,] { { 1.0 }, { 2.0 } });
        Assert.Equal(2.0, samples.At(1, 0.0)[0]);
        Assert.Throws<ArgumentOutOfRangeException>("step", () => samples.At(2, 0.0));
        Assert.Throws<ArgumentException>("frequencies", () => NetworkInput.Sinusoids([1.0], [1.0, 2.0], [0.0]));
        Assert.Throws<ArgumentException>("u", () => NetworkInput.Constant());
    }

    private sealed class Forgetful : IPlasticityRule
    {
        public string Name => "forgetful";

        public bool OnlyUnlearns => false;

        public void Push(ReadOnlySpan<double> z, ReadOnlySpan<double> W, ReadOnlySpan<double> memory, Span<double> S)
        {
            for (int e = 0; e < S.Length; e++) S[e] = -W[e];
        }
    }
}
