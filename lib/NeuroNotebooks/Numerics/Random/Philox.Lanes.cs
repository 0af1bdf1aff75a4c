using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuroNotebooks.Numerics;

public readonly partial record struct Philox
{
    private const int Lanes = 4;

    /// <summary>Eight consecutive blocks at once.</summary>
    /// <param name="first">Index of the first.</param>
    /// <remarks>A round waits for the multiplication of the one before: two sets of lanes fill each other's gaps.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (FourBlocks A, FourBlocks B) EightBlocks(ulong first)
    {
        Vector256<uint> multiplier0 = Vector256.Create((uint)Multiplier0), multiplier1 = Vector256.Create((uint)Multiplier1);
        Vector256<ulong> bump0 = Vector256.Create((ulong)Bump0), bump1 = Vector256.Create((ulong)Bump1);
        Vector256<ulong> key0 = Vector256.Create(Seed), key1 = key0 >> 32;
        Vector256<ulong> a0 = Vector256.Create(first) + Vector256.Create(0UL, 1, 2, 3), a1 = a0 >> 32;
        Vector256<ulong> b0 = a0 + Vector256.Create((ulong)Lanes), b1 = b0 >> 32;
        Vector256<ulong> a2 = Vector256.Create(Stream), a3 = a2 >> 32, b2 = a2, b3 = a3;

        for (int round = 0; round < Rounds; round++)
        {
            Vector256<ulong> p0 = Avx2.Multiply(a0.AsUInt32(), multiplier0), p1 = Avx2.Multiply(a2.AsUInt32(), multiplier1);
            Vector256<ulong> q0 = Avx2.Multiply(b0.AsUInt32(), multiplier0), q1 = Avx2.Multiply(b2.AsUInt32(), multiplier1);
            (a0, a1, a2, a3) = ((p1 >> 32) ^ (a1 ^ key0), p1, (p0 >> 32) ^ (a3 ^ key1), p0);
            (b0, b1, b2, b3) = ((q1 >> 32) ^ (b1 ^ key0), q1, (q0 >> 32) ^ (b3 ^ key1), q0);
            key0 += bump0;
            key1 += bump1;
        }
        return (new FourBlocks(a0, a1, a2, a3), new FourBlocks(b0, b1, b2, b3));
    }

    /// <summary>Four blocks, a lane each: their words in the lower halves. The upper halves hold leftovers: users mask or narrow.</summary>
    private readonly record struct FourBlocks(Vector256<ulong> W0, Vector256<ulong> W1, Vector256<ulong> W2, Vector256<ulong> W3);
}
