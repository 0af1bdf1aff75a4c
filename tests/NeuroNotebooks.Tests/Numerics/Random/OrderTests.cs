using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>Shuffles, permutations and choices.</summary>
public class OrderTests
{
    [Fact]
    public void Every_order_is_equally_likely()
    {
        var stream = new Philox(10);
        AssertEquallyLikely(120, i => stream.Permutation((ulong)i, 5));
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
        AssertEquallyLikely(120, i => stream.Choose((ulong)i, 3, 6));
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

    private static void AssertEquallyLikely(int kinds, Func<int, int[]> draw)
    {
        double[] counts = [.. Enumerable.Range(0, 1000 * kinds).CountBy(i => string.Join(',', draw(i))).Select(pair => (double)pair.Value)];
        Assert.Equal(kinds, counts.Length);
        double[] expected = [.. Enumerable.Repeat(1000.0, kinds)];
        Assert.InRange(Statistic.ChiSquare(counts, expected), 0.0, Statistic.ChiSquareLimit(kinds - 1));
    }
}
