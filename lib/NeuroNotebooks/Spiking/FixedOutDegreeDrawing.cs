using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Spiking;

/// <summary>Draws compressed rows with as many targets each, in parallel: once to count, once to write.</summary>
/// <remarks>
/// The targets of a source are marked in a bitmap, numbers that come twice are drawn again, and the bitmap is read in order: this gives
/// each set of targets the same probability, sorted, in a few nanoseconds a synapse. Above half of the cells those left out are drawn.
/// </remarks>
internal sealed class FixedOutDegreeDrawing(int cells, int outDegree, ReadOnlySpan<float> scales, Philox random, int[] boundaries)
{
    private const int SourcesAtOnce = 64;

    private readonly float[] scales = [.. scales];

    public SparseConnectivity.Block[] Draw(CancellationToken cancellation)
    {
        var blocks = new SparseConnectivity.Block[boundaries.Length - 1];
        int[][] starts = [.. blocks.Select(_ => new int[cells + 1])];
        if (blocks.Length == 1) for (int j = 0; j < cells; j++) starts[0][j + 1] = outDegree;
        else ForSources((bitmap, source) => Count(bitmap, source, starts), cancellation);
        for (int b = 0; b < blocks.Length; b++)
        {
            for (int j = 0; j < cells; j++) starts[b][j + 1] = checked(starts[b][j] + starts[b][j + 1]);
            blocks[b] = new SparseConnectivity.Block(
                starts[b], GC.AllocateUninitializedArray<ushort>(starts[b][cells]), GC.AllocateUninitializedArray<float>(starts[b][cells]));
        }
        ForSources((bitmap, source) => Write(bitmap, source, blocks), cancellation);
        return blocks;
    }

    private void ForSources(Action<ulong[], int> work, CancellationToken cancellation) => Parallel.For(
        0, (cells + SourcesAtOnce - 1) / SourcesAtOnce, new ParallelOptions { CancellationToken = cancellation },
        () => new ulong[(cells + 63) / 64],
        (chunk, _, bitmap) =>
        {
            for (int j = chunk * SourcesAtOnce; j < Math.Min(cells, (chunk + 1) * SourcesAtOnce); j++)
            {
                Mark(bitmap, random.Substream(2 * (ulong)j));
                work(bitmap, j);
            }
            return bitmap;
        },
        _ => { });

    /// <summary>Marks the targets of a source.</summary>
    private void Mark(ulong[] bitmap, Philox stream)
    {
        const int Chunk = 512;
        Span<uint> words = stackalloc uint[Chunk];
        bool inverted = outDegree > cells / 2;
        int missing = inverted ? cells - outDegree : outDegree;
        Array.Clear(bitmap);
        for (ulong block = 0; missing > 0; block += Chunk / Philox.WordsPerBlock)
        {
            stream.Words(words[..Math.Min(Chunk, (missing + 15) & ~15)], block);
            foreach (uint word in words[..Math.Min(Chunk, missing)])
            {
                int target = (int)(((ulong)word * (ulong)cells) >> 32);
                ulong bit = 1UL << target;
                missing -= (bitmap[target >> 6] & bit) == 0 ? 1 : 0;
                bitmap[target >> 6] |= bit;
            }
        }
        if (!inverted) return;
        for (int w = 0; w < bitmap.Length; w++) bitmap[w] = ~bitmap[w];
        if ((cells & 63) != 0) bitmap[^1] &= (1UL << cells) - 1;
    }

    // blocks begin at whole tiles, so at whole words
    private void Count(ulong[] bitmap, int source, int[][] starts)
    {
        for (int b = 0; b < starts.Length; b++)
        {
            int count = 0;
            for (int w = boundaries[b] / 64; w < (boundaries[b + 1] + 63) / 64; w++) count += BitOperations.PopCount(bitmap[w]);
            starts[b][source + 1] = count;
        }
    }

    private void Write(ulong[] bitmap, int source, SparseConnectivity.Block[] blocks)
    {
        var weights = random.Substream(2 * (ulong)source + 1);
        ulong synapse = 0;
        for (int b = 0; b < blocks.Length; b++)
        {
            var (starts, targets, strengths) = blocks[b];
            int at = starts[source];
            for (int w = boundaries[b] / 64; w < (boundaries[b + 1] + 63) / 64; w++)
                for (ulong bits = bitmap[w]; bits != 0; bits &= bits - 1)
                    targets[at++] = (ushort)(w * 64 + BitOperations.TrailingZeroCount(bits) - boundaries[b]);
            var own = strengths.AsSpan(starts[source], at - starts[source]);
            Fill(own, weights, synapse);
            foreach (ref float weight in own) weight *= scales[source];
            synapse += (ulong)own.Length;
        }
    }

    /// <summary>Uniform numbers from single words, four of a block: synapse s has word s.</summary>
    private static void Fill(Span<float> target, Philox stream, ulong firstSynapse)
    {
        const int Chunk = 512;
        Span<uint> words = stackalloc uint[Chunk + 16];
        for (int done = 0; done < target.Length;)
        {
            ulong word = firstSynapse + (ulong)done;
            int skip = (int)(word % Philox.WordsPerBlock), count = Math.Min(Chunk, target.Length - done);
            stream.Words(words[..Math.Min(words.Length, (skip + count + 15) & ~15)], word / Philox.WordsPerBlock);
            for (int k = 0; k < count; k++) target[done + k] = ((words[skip + k] >> 9) + 0.5f) * (1f / (1 << 23));
            done += count;
        }
    }
}
