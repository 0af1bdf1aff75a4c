using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.BoltzmannTests;

public class PartitionTests
{
    [Fact]
    public void Annealing_a_machine_without_weights_is_exact_with_no_spread()
    {
        var machine = BernoulliRbm.FromRates([0.2, 0.5, 0.9], hidden: 3, weightScale: 0.0, new Philox(1));
        var estimate = Partition.Ais(machine, chains: 10, temperatures: 5, new Philox(2));
        Close.To(Partition.ExactByHidden(machine), estimate.LogZ, 1e-12);
        Assert.Equal(0.0, estimate.StandardError);
        Assert.Equal(1.0, estimate.EffectiveShare, 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Annealing_finds_ln_Z_within_three_of_its_own_errors(ulong seed)
    {
        var machine = Machines.Random(12, 6, 0.8, seed);
        var estimate = Partition.Ais(machine, chains: 500, temperatures: 1000, new Philox(seed, 9));
        double error = Math.Abs(estimate.LogZ - Partition.ExactByHidden(machine));
        Assert.True(error < 3 * estimate.StandardError, $"off by {error:g2}, error bar {estimate.StandardError:g2}");
        Assert.True(error < 0.02);
    }

    [Fact]
    public void A_jump_to_a_strongly_coupled_machine_is_refused_and_the_reason_given()
    {
        var machine = Machines.Random(60, 30, 3.0, 1);
        var estimate = Partition.Ais(machine, chains: 200, temperatures: 1, new Philox(1));
        Assert.False(estimate.IsReliable);
        var error = Assert.Throws<UnreliableEstimateException>(() => estimate.LogZ);
        Assert.Contains("temperatures", error.Message, StringComparison.Ordinal);
        Assert.Same(estimate, error.Estimate);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_bridge_between_two_machines_agrees_with_enumeration(ulong seed)
    {
        BernoulliRbm known = Machines.Random(8, 4, 0.7, seed), wanted = Machines.Random(8, 5, 0.9, seed + 100);
        var estimate = Partition.Bridge(
            known, Partition.ExactByHidden(known), GibbsChains.FromCoins(known, 5000, new Philox(seed)).Advance(100).Current,
            wanted, GibbsChains.FromCoins(wanted, 5000, new Philox(seed, 1)).Advance(100).Current);
        double error = Math.Abs(estimate.LogZ - Partition.ExactByHidden(wanted));
        Assert.True(error < 4 * estimate.StandardError, $"off by {error:g2}, error bar {estimate.StandardError:g2}");
        Assert.InRange(estimate.StandardError, 1e-4, 0.1);
    }

    [Fact]
    public void A_bridge_from_a_machine_to_itself_changes_nothing()
    {
        var machine = Machines.Random(8, 4, 0.7, 1);
        var words = GibbsChains.FromCoins(machine, 100, new Philox(1)).Advance(10).Current;
        var estimate = Partition.Bridge(machine, 1.5, words, machine, words);
        Close.To(1.5, estimate.LogZ, 1e-11);
        Close.To(1.0, estimate.EffectiveShare, 1e-12);
    }

    [Fact]
    public void Annealing_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Partition.Ais(Machines.Random(4, 2, 1, 1), 10, 10, new Philox(1), cancellation: stop.Token));
    }
}
