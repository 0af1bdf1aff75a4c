namespace NeuroNotebooks.Spiking;

/// <summary>Synapses from every cell of a population to cells of the same population.</summary>
/// <remarks>Each target receives its spikes in the order of the sources, whatever the number of threads: a sum always rounds the same way.</remarks>
public abstract class Connectivity
{
    private protected Connectivity(int cells) => Cells = cells;

    /// <summary>How many cells.</summary>
    public int Cells { get; }

    /// <summary>How many synapses.</summary>
    public abstract long Synapses { get; }

    /// <summary>Memory that they take, bytes.</summary>
    public abstract long Bytes { get; }

    /// <summary>The weight of the synapses between two cells, their sum if there are several, zero if there is none.</summary>
    /// <param name="from">The source.</param>
    /// <param name="to">The target.</param>
    public float Weight(int from, int to)
    {
        Require.InRange(from, 0, Cells - 1);
        Require.InRange(to, 0, Cells - 1);
        return WeightOf(from, to);
    }

    /// <summary>How many synapses leave a cell.</summary>
    /// <param name="from">The source.</param>
    public int OutDegree(int from)
    {
        Require.InRange(from, 0, Cells - 1);
        return Degree(from);
    }

    /// <summary>Where the targets may be parted among threads: first cells of blocks and, at the end, the number of cells; null for every tile.</summary>
    internal abstract int[]? Boundaries { get; }

    /// <summary>Adds the weights of all spikes to the targets from <paramref name="first"/> to <paramref name="end"/>.</summary>
    internal abstract void Deliver(ReadOnlySpan<int> fired, int first, int end, Span<float> arriving);

    private protected abstract float WeightOf(int from, int to);

    private protected abstract int Degree(int from);

    internal long Events(ReadOnlySpan<int> fired)
    {
        long events = 0;
        foreach (int source in fired) events += Degree(source);
        return events;
    }

    /// <summary>Checks what every drawn connectivity is given.</summary>
    private protected static int Checked(int cells, ReadOnlySpan<float> scales)
    {
        Require.Positive(cells);
        Require.Length(cells, scales.Length, nameof(scales), "cell");
        SpikingPopulation.RequireFinite(scales, nameof(scales));
        return cells;
    }
}
