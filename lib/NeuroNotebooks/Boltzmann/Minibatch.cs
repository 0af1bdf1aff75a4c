using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>The words of one update: a stretch of the epoch's random order, which follows from the number of the update alone.</summary>
internal sealed class Minibatch
{
    private readonly BinaryPatterns data;
    private readonly Philox orders;
    private readonly int size, perEpoch;
    private readonly int[] order;
    private int epoch = -1;

    public Minibatch(BinaryPatterns data, int size, Philox orders)
    {
        (this.data, this.size, this.orders) = (data, size, orders);
        perEpoch = data.Count / size;
        order = new int[data.Count];
    }

    /// <summary>Copies the words of one update.</summary>
    /// <param name="update">Which.</param>
    /// <param name="words">Words × visible.</param>
    public void Load(int update, Span<byte> words)
    {
        if (update / perEpoch != epoch)
        {
            epoch = update / perEpoch;
            for (int t = 0; t < order.Length; t++) order[t] = t;
            orders.Shuffle((ulong)epoch, order.AsSpan());
        }
        int first = update % perEpoch * size;
        for (int k = 0; k < size; k++) data[order[first + k]].CopyTo(words[(k * data.Units)..]);
    }
}
