namespace NeuroNotebooks.Numerics;

public readonly partial record struct Philox
{
    /// <summary>Puts items in a random order, each order equally likely.</summary>
    /// <param name="index">Which shuffle of the stream: an epoch, a trial.</param>
    /// <param name="items">What to shuffle, in place.</param>
    public void Shuffle<T>(ulong index, Span<T> items)
    {
        var draws = Child(index);
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = draws.Integer((ulong)i, i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The integers from 0 to count − 1 in a random order.</summary>
    /// <param name="index">Which permutation of the stream.</param>
    /// <param name="count">How many integers, zero or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public int[] Permutation(ulong index, int count)
    {
        Require.NotNegative(count);
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle(index, order.AsSpan());
        return order;
    }

    /// <summary>Different integers from 0 to below − 1, in random order: a choice without replacement.</summary>
    /// <param name="index">Which choice of the stream.</param>
    /// <param name="count">How many to choose, from 0 to <paramref name="below"/>.</param>
    /// <param name="below">How many to choose from.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative or above <paramref name="below"/>.</exception>
    /// <remarks>Time and memory grow with the count alone.</remarks>
    public int[] Choose(ulong index, int count, int below)
    {
        Require.NotNegative(below);
        Require.InRange(count, 0, below);
        var draws = Child(index);
        var chosen = new int[count];
        var moved = new Dictionary<int, int>(count);        // a shuffle from the front that remembers only the places it touched
        for (int i = 0; i < count; i++)
        {
            int j = i + draws.Integer((ulong)i, below - i);
            chosen[i] = moved.GetValueOrDefault(j, j);
            moved[j] = moved.GetValueOrDefault(i, i);
        }
        return chosen;
    }
}
