using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuroNotebooks.Numerics;

public readonly partial record struct Philox
{
    private const int Lanes = 4;

    /// <summary>Fills a span with uniform numbers: bit for bit those of <see cref="Uniform(ulong)"/> at consecutive indices.</summary>
    /// <param name="target">Receives the numbers.</param>
    /// <param name="first">Index of the first.</param>
    public void Uniforms(Span<double> target, ulong first = 0)
    {
        int i = 0;
        if (Avx2.IsSupported)
            for (; i <= target.Length - 2 * Lanes; i += 2 * Lanes)
            {
                var (a, b) = UniformLanes(first + (ulong)i);
                a.CopyTo(target[i..]);
                b.CopyTo(target[(i + Lanes)..]);
            }
        for (; i < target.Length; i++) target[i] = Uniform(first + (ulong)i);
    }

    /// <summary>
    /// Fills a span with uniform numbers in single precision: those of <see cref="UniformSingle(ulong)"/> at consecutive indices.
    /// </summary>
    /// <param name="target">Receives the numbers.</param>
    /// <param name="first">Index of the first.</param>
    public void Uniforms(Span<float> target, ulong first = 0)
    {
        int i = 0;
        if (Avx2.IsSupported)
            for (; i <= target.Length - 2 * Lanes; i += 2 * Lanes)
            {
                var words = WordLanes(first + (ulong)i);
                var bits = (Vector256.Narrow(words.A0, words.B0) >> 9) | Vector256.Create(0x3F800000u);
                (bits.AsSingle() - Vector256.Create(1f - 1f / (1 << 24))).CopyTo(target[i..]);
            }
        for (; i < target.Length; i++) target[i] = UniformSingle(first + (ulong)i);
    }

    /// <summary>Fills a span with normal numbers: bit for bit those of <see cref="Normal(ulong)"/> at consecutive indices.</summary>
    /// <param name="target">Receives the numbers.</param>
    /// <param name="first">Index of the first.</param>
    public void Normals(Span<double> target, ulong first = 0)
    {
        Uniforms(target, first);
        NormalQuantile.Apply(target);
    }

    /// <summary>
    /// Fills a span with normal numbers: those of <see cref="Normal(ulong)"/> at consecutive indices, rounded to single precision.
    /// </summary>
    /// <param name="target">Receives the numbers.</param>
    /// <param name="first">Index of the first.</param>
    public void Normals(Span<float> target, ulong first = 0)
    {
        const int Chunk = 256;
        Span<double> numbers = stackalloc double[Chunk];
        for (int i = 0; i < target.Length; i += Chunk)
        {
            var part = numbers[..Math.Min(Chunk, target.Length - i)];
            Normals(part, first + (ulong)i);
            for (int j = 0; j < part.Length; j++) target[i + j] = (float)part[j];
        }
    }

    /// <summary>Eight uniform numbers at once.</summary>
    private (Vector256<double> A, Vector256<double> B) UniformLanes(ulong first)
    {
        var words = WordLanes(first);
        return (ToUnit(words.A0, words.A1), ToUnit(words.B0, words.B1));
    }

    /// <summary>
    /// The first two words of eight blocks, each in the lower half of a lane; two chains, because one cannot keep the multipliers busy.
    /// </summary>
    private (Vector256<ulong> A0, Vector256<ulong> A1, Vector256<ulong> B0, Vector256<ulong> B1) WordLanes(ulong first)
    {
        var multiplier0 = Vector256.Create((uint)Multiplier0);
        var multiplier1 = Vector256.Create((uint)Multiplier1);
        Vector256<ulong> a0 = Vector256.Create(first) + Vector256.Create(0UL, 1, 2, 3), b0 = a0 + Vector256.Create(4UL);
        Vector256<ulong> a1 = a0 >> 32, b1 = b0 >> 32;
        Vector256<ulong> a2 = Vector256.Create(Stream), a3 = a2 >> 32, b2 = a2, b3 = a3;
        uint k0 = (uint)Seed, k1 = (uint)(Seed >> 32);

        for (int round = 0; round < Rounds; round++)
        {
            Vector256<ulong> key0 = Vector256.Create((ulong)k0), key1 = Vector256.Create((ulong)k1);
            Vector256<ulong> pa0 = Avx2.Multiply(a0.AsUInt32(), multiplier0), pa1 = Avx2.Multiply(a2.AsUInt32(), multiplier1);
            Vector256<ulong> pb0 = Avx2.Multiply(b0.AsUInt32(), multiplier0), pb1 = Avx2.Multiply(b2.AsUInt32(), multiplier1);
            (a0, a1, a2, a3) = ((pa1 >> 32) ^ a1 ^ key0, pa1, (pa0 >> 32) ^ a3 ^ key1, pa0);
            (b0, b1, b2, b3) = ((pb1 >> 32) ^ b1 ^ key0, pb1, (pb0 >> 32) ^ b3 ^ key1, pb0);
            k0 += Bump0;
            k1 += Bump1;
        }
        return (a0, a1, b0, b1);        // the upper halves hold leftovers: users mask or narrow
    }

    private static Vector256<double> ToUnit(Vector256<ulong> high, Vector256<ulong> low)
    {
        var bits = ((high << 32) | (low & Vector256.Create(0xFFFFFFFFUL))) >> 12;
        return (bits | Vector256.Create(0x3FF0000000000000UL)).AsDouble() - Vector256.Create(1.0 - 1.0 / (1UL << 53));
    }
}
