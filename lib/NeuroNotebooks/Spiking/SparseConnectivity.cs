using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Spiking;

/// <summary>Synapses in compressed rows: for each source its targets in rising order, and a weight of its own for each.</summary>
/// <remarks>
/// The targets are cut into blocks of at most 65 536 cells, so that a target takes two bytes and a weight four, that the inputs of a block
/// stay in the cache while all spikes are delivered to it, and that threads share blocks out without meeting. Neither the blocks nor the
/// threads change a sum.
/// </remarks>
public sealed class SparseConnectivity : Connectivity
{
    private const int LargestBlock = 65_536;

    private readonly Block[] blocks;
    private readonly int[] boundaries;

    private SparseConnectivity(int cells, Block[] blocks, int[] boundaries) : base(cells) => (this.blocks, this.boundaries) = (blocks, boundaries);

    /// <summary>The synapses onto a block of targets: where each source's begin, which cell of the block, how strong.</summary>
    internal sealed record Block(int[] Starts, ushort[] Targets, float[] Weights);

    /// <inheritdoc/>
    public override long Synapses => blocks.Sum(block => (long)block.Targets.Length);

    /// <inheritdoc/>
    public override long Bytes => blocks.Sum(block => 6L * block.Targets.Length + 4L * block.Starts.Length);

    /// <summary>How many blocks of targets there are: as many threads can share the work.</summary>
    public int Blocks => blocks.Length;

    internal override int[] Boundaries => boundaries;

    /// <summary>Every source reaches the same number of different targets, itself perhaps among them, each choice equally likely.</summary>
    /// <param name="cells">How many cells.</param>
    /// <param name="outDegree">How many targets each has, from 0 to the number of cells and below 2³¹ / cells per block.</param>
    /// <param name="scales">Of each source: its synapses weigh this times a uniform number between 0 and 1; negative for inhibition.</param>
    /// <param name="random">The stream family; each source has two streams.</param>
    /// <param name="blocks">Into how many blocks the targets are cut at least; one per processor, of 1024 cells or more, unless given.</param>
    /// <param name="cancellation">Ends the drawing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or there are 2³¹ synapses onto a block or more.</exception>
    public static SparseConnectivity FixedOutDegree(
        int cells, int outDegree, ReadOnlySpan<float> scales, Philox random, int blocks = 0, CancellationToken cancellation = default)
    {
        Checked(cells, scales);
        if (outDegree < 0 || outDegree > cells)
            throw new ArgumentOutOfRangeException(nameof(outDegree), outDegree, $"outDegree is {outDegree}: expected 0 to {cells}, the number of cells.");
        int[] boundaries = Cut(cells, blocks);
        if ((long)cells * outDegree / (boundaries.Length - 1) >= int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(outDegree), outDegree,
                $"outDegree is {outDegree}: {cells} cells would have 2³¹ synapses onto a block or more; expected below {(long)int.MaxValue * (boundaries.Length - 1) / cells}.");
        return new SparseConnectivity(cells, new FixedOutDegreeDrawing(cells, outDegree, scales, random, boundaries).Draw(cancellation), boundaries);
    }

    /// <summary>Synapses of one's own; those between the same two cells stand side by side.</summary>
    /// <param name="cells">How many cells.</param>
    /// <param name="synapses">Source, target, weight; in any order.</param>
    /// <param name="blocks">Into how many blocks the targets are cut at least; one per processor, of 1024 cells or more, unless given.</param>
    public static SparseConnectivity Of(int cells, IEnumerable<(int From, int To, float Weight)> synapses, int blocks = 0)
    {
        Require.Positive(cells);
        Require.NotNull(synapses);
        int[] boundaries = Cut(cells, blocks);
        (int From, int To, float Weight)[] sorted = [.. synapses.OrderBy(s => s.From).ThenBy(s => s.To)];
        foreach (var (from, to, weight) in sorted)
            if (from < 0 || from >= cells || to < 0 || to >= cells || !float.IsFinite(weight))
                throw new ArgumentException($"synapses holds {weight} from {from} to {to}: expected a finite weight between two of {cells} cells.", nameof(synapses));
        return new SparseConnectivity(cells, [.. boundaries.Zip(boundaries.Skip(1), OfBlock)], boundaries);

        Block OfBlock(int first, int end)
        {
            (int From, int To, float Weight)[] own = [.. sorted.Where(s => s.To >= first && s.To < end)];
            var starts = new int[cells + 1];
            foreach (var synapse in own) starts[synapse.From + 1]++;
            for (int j = 0; j < cells; j++) starts[j + 1] += starts[j];
            return new Block(starts, [.. own.Select(s => (ushort)(s.To - first))], [.. own.Select(s => s.Weight)]);
        }
    }

    internal override void Deliver(ReadOnlySpan<int> fired, int first, int end, Span<float> arriving)
    {
        for (int b = 0; b < blocks.Length; b++)
            if (boundaries[b] >= first && boundaries[b] < end)
                Deliver(blocks[b], fired, ref Unsafe.Add(ref MemoryMarshal.GetReference(arriving), boundaries[b]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Deliver(Block block, ReadOnlySpan<int> fired, ref float arriving)
    {
        fixed (float* input = &arriving)
        fixed (int* starts = block.Starts)
        fixed (ushort* targets = block.Targets)
        fixed (float* weights = block.Weights)
            for (int k = 0; k < fired.Length; k++)
            {
                int at = starts[fired[k]], end = starts[fired[k] + 1];
                if (Sse.IsSupported && k + 1 < fired.Length) Fetch(targets, weights, starts[fired[k + 1]], end - at);
                for (; at <= end - 4; at += 4)
                {
                    input[targets[at]] += weights[at];
                    input[targets[at + 1]] += weights[at + 1];
                    input[targets[at + 2]] += weights[at + 2];
                    input[targets[at + 3]] += weights[at + 3];
                }
                for (; at < end; at++) input[targets[at]] += weights[at];
            }
    }

    /// <summary>Asks for the synapses of the next spike, a random place in memory, while those of this one are added.</summary>
    private static unsafe void Fetch(ushort* targets, float* weights, int at, int about)
    {
        const int Line = 64;
        byte* target = (byte*)(targets + at), weight = (byte*)(weights + at);
        for (int offset = 0; offset < sizeof(ushort) * about; offset += Line) Sse.Prefetch0(target + offset);
        for (int offset = 0; offset < sizeof(float) * about; offset += Line) Sse.Prefetch0(weight + offset);
    }

    private protected override float WeightOf(int from, int to)
    {
        int b = Array.FindLastIndex(boundaries, boundary => boundary <= to);
        float sum = 0f;
        for (int k = blocks[b].Starts[from]; k < blocks[b].Starts[from + 1]; k++)
            if (blocks[b].Targets[k] == to - boundaries[b]) sum += blocks[b].Weights[k];
        return sum;
    }

    private protected override int Degree(int from)
    {
        int degree = 0;
        foreach (var block in blocks) degree += block.Starts[from + 1] - block.Starts[from];
        return degree;
    }

    /// <summary>Equal blocks of whole tiles.</summary>
    private static int[] Cut(int cells, int blocks)
    {
        Require.NotNegative(blocks);
        int tiles = (int)(((long)cells + SpikingPopulation.Tile - 1) / SpikingPopulation.Tile);
        int needed = (int)(((long)cells + LargestBlock - 1) / LargestBlock), wanted = blocks > 0 ? blocks : Environment.ProcessorCount;
        int count = Math.Min(tiles, Math.Max(needed, wanted));
        return [.. Enumerable.Range(0, count + 1).Select(k => (int)Math.Min(cells, (long)tiles * k / count * SpikingPopulation.Tile)).Distinct()];
    }
}
