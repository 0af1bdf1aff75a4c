using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>Shuffles, permutations and choices.</summary>
public class OrderTests
{
    [Fact]
    public void Every_order_is_equally_likely()
    {
        var stream = new Philox(10);
        var counts = Enumerable.Range(0, 120_000).CountBy(i => string.Join(',', stream.Permutation((ulong)i, 5))).Select(pair => (double)pair.Value).ToArray();
        Assert.Equal(120, counts.Length);
        Assert.InRange(Statistic.ChiSquare(counts, [.. Enumerable.Repeat(1000.0, 120)]), 0.0, Statistic.ChiSquareLimit(119));
    }

    [Fact]
    public void A_shuffle_keeps_the_items_and_moves_them_as_the_permutation_says()
    {
        string[] items = ["a", "b", "c", "d", "e", "f"];
        string[] shuffled = [.. items];
        new Philox(3).Shuffle(8, shuffled.AsSpan());
        Assert.Equal(new Philox(3).Permutation(8, 6).Select(i => items[i]), shuffled);
        Assert.Equal(items, shuffled.Order());
        Assert.Empty(new Philox(3).Permutation(8, 0));
    }

    [Fact]
    public void Every_ordered_choice_is_equally_likely()
    {
        var stream = new Philox(12);
        var counts = Enumerable.Range(0, 120_000).CountBy(i => string.Join(',', stream.Choose((ulong)i, 3, 6))).Select(pair => (double)pair.Value).ToArray();
        Assert.Equal(120, counts.Length);
        Assert.InRange(Statistic.ChiSquare(counts, [.. Enumerable.Repeat(1000.0, 120)]), 0.0, Statistic.ChiSquareLimit(119));
    }

    [Fact]
    public void A_choice_has_no_repeats_and_a_full_choice_is_a_permutation()
    {
        var stream = new Philox(13);
        for (int below = 0; below < 40; below++)
            for (int count = 0; count <= below; count++)
            {
                int[] chosen = stream.Choose((ulong)below, count, below);
                Assert.Equal(count, chosen.Length);
                Assert.Distinct(chosen);
                Assert.All(chosen, i => Assert.InRange(i, 0, below - 1));
            }
        Assert.Equal(Enumerable.Range(0, 1000), stream.Choose(1, 1000, 1000).Order());
        Assert.Equal(5, stream.Choose(1, 5, int.MaxValue).Length);
    }
}
