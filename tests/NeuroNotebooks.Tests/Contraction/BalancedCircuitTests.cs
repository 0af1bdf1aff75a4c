using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction;

public class BalancedCircuitTests
{
    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 64).Select(seed => new object[] { (ulong)seed });

    [Theory, MemberData(nameof(Seeds))]
    public void In_balance_the_rate_is_that_of_the_slower_population_and_the_bound_is_met(ulong seed)
    {
        EiBalanceResult balanced = Combinations.EiBalance(BalancedCircuit.Random(16, 4, 2.0, 0.0, new Philox(seed)), 16, 2.0);
        Close.To(0.0, balanced.Imbalance, 1e-12, $"seed {seed}");
        Close.To(Math.Min(balanced.ExcitatoryRate, balanced.InhibitoryRate), balanced.Rate, 1e-10, $"seed {seed}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Imbalance_changes_one_block_in_proportion_and_the_bound_stays_on_the_safe_side(ulong seed)
    {
        Philox draws = new(seed);
        double[,] none = BalancedCircuit.Random(5, 3, 2.0, 0.0, draws), some = BalancedCircuit.Random(5, 3, 2.0, 0.3, draws),
            twice = BalancedCircuit.Random(5, 3, 2.0, 0.6, draws);
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < 8; j++)
                Close.To(2.0 * (some[i, j] - none[i, j]), twice[i, j] - none[i, j], 1e-12, $"seed {seed}: {i}, {j}");
        EiBalanceResult result = Combinations.EiBalance(some, 5, 2.0);
        Assert.True(result.Rate >= result.RateBound - 1e-10, $"seed {seed}");
        Assert.True(result.Imbalance > 0.1, $"seed {seed}");
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("excitatory", () => BalancedCircuit.Random(0, 1, 1.0, 0.0, new Philox(1)));
        Assert.Throws<ArgumentOutOfRangeException>("inhibitory", () => BalancedCircuit.Random(1, 0, 1.0, 0.0, new Philox(1)));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => BalancedCircuit.Random(1, 1, 0.0, 0.0, new Philox(1)));
        Assert.Throws<ArgumentOutOfRangeException>("imbalance", () => BalancedCircuit.Random(1, 1, 1.0, -0.1, new Philox(1)));
    }
}
