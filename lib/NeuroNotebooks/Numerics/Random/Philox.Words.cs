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

    // a round waits for the multiplication of the one before: two sets of lanes fill each other's gaps
    /// <summary>All words of eight blocks in the order of the blocks.</summary>
    private void WordLanes(ulong first, Span<uint> target)
    {
        var multiplier0 = Vector256.Create((uint)Multiplier0);
        var multiplier1 = Vector256.Create((uint)Multiplier1);
        Vector256<ulong> a0 = Vector256.Create(first) + Vector256.Create(0UL, 1, 2, 3), a1 = a0 >> 32;
        Vector256<ulong> b0 = a0 + Vector256.Create((ulong)Lanes), b1 = b0 >> 32;
        Vector256<ulong> a2 = Vector256.Create(Stream), a3 = a2 >> 32, b2 = a2, b3 = a3;
        uint k0 = (uint)Seed, k1 = (uint)(Seed >> 32);

        for (int round = 0; round < Rounds; round++)
        {
            Vector256<ulong> key0 = Vector256.Create((ulong)k0), key1 = Vector256.Create((ulong)k1);
            Vector256<ulong> p0 = Avx2.Multiply(a0.AsUInt32(), multiplier0), p1 = Avx2.Multiply(a2.AsUInt32(), multiplier1);
            Vector256<ulong> q0 = Avx2.Multiply(b0.AsUInt32(), multiplier0), q1 = Avx2.Multiply(b2.AsUInt32(), multiplier1);
            (a0, a1, a2, a3) = ((p1 >> 32) ^ a1 ^ key0, p1, (p0 >> 32) ^ a3 ^ key1, p0);
            (b0, b1, b2, b3) = ((q1 >> 32) ^ b1 ^ key0, q1, (q0 >> 32) ^ b3 ^ key1, q0);
            k0 += Bump0;
            k1 += Bump1;
        }
        StoreBlocks(a0, a1, a2, a3, target);
        StoreBlocks(b0, b1, b2, b3, target[(Lanes * WordsPerBlock)..]);
    }

    private static void StoreBlocks(Vector256<ulong> c0, Vector256<ulong> c1, Vector256<ulong> c2, Vector256<ulong> c3, Span<uint> target)
    {
        var low = Vector256.Create(0xFFFFFFFFUL);
        Vector256<ulong> front = (c0 & low) | (c1 << 32), back = (c2 & low) | (c3 << 32);
        Vector256<ulong> even = Avx2.UnpackLow(front, back), odd = Avx2.UnpackHigh(front, back);     // blocks 0 and 2, blocks 1 and 3
        Avx2.Permute2x128(even, odd, 0x20).AsUInt32().CopyTo(target);
        Avx2.Permute2x128(even, odd, 0x31).AsUInt32().CopyTo(target[8..]);
    }
}
