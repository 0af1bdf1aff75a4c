using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuroNotebooks.Numerics;

public readonly partial record struct Philox
{
    /// <summary>Words that one block of the generator gives.</summary>
    public const int WordsPerBlock = 4;

    /// <summary>
    /// Fills a span with raw 32-bit words, four of each block: the cheapest numbers there are, where 32 bits are enough for a decision.
    /// </summary>
    /// <param name="target">Receives the words: words 4 i to 4 i + 3 are those of the block at <paramref name="first"/> + i.</param>
    /// <param name="first">Index of the first block.</param>
    /// <remarks>The first word of a block is the one that <see cref="UniformSingle(ulong)"/> at its index is made of.</remarks>
    public void Words(Span<uint> target, ulong first = 0)
    {
        int i = 0;
        if (Avx2.IsSupported)
            for (; i <= target.Length - 2 * Lanes * WordsPerBlock; i += 2 * Lanes * WordsPerBlock)
                WordLanes(first + (ulong)(i / WordsPerBlock), target.Slice(i, 2 * Lanes * WordsPerBlock));
        for (; i < target.Length; i += WordsPerBlock)
        {
            var (w0, w1, w2, w3) = BlockAt(first + (ulong)(i / WordsPerBlock));
            ReadOnlySpan<uint> words = [w0, w1, w2, w3];
            words[..Math.Min(WordsPerBlock, target.Length - i)].CopyTo(target[i..]);
        }
    }

    /// <summary>All words of eight blocks in the order of the blocks.</summary>
    private void WordLanes(ulong first, Span<uint> target)
    {
        var (a, b) = EightBlocks(first);
        Store(a, target);
        Store(b, target[(Lanes * WordsPerBlock)..]);
    }

    private static void Store(FourBlocks blocks, Span<uint> target)
    {
        const byte UpperHalves = 0b10101010;
        var front = Avx2.Blend(blocks.W0.AsUInt32(), (blocks.W1 << 32).AsUInt32(), UpperHalves).AsUInt64();
        var back = Avx2.Blend(blocks.W2.AsUInt32(), (blocks.W3 << 32).AsUInt32(), UpperHalves).AsUInt64();
        Vector256<ulong> even = Avx2.UnpackLow(front, back), odd = Avx2.UnpackHigh(front, back);     // blocks 0 and 2, blocks 1 and 3
        Avx2.Permute2x128(even, odd, 0x20).AsUInt32().CopyTo(target);
        Avx2.Permute2x128(even, odd, 0x31).AsUInt32().CopyTo(target[8..]);
    }
}
