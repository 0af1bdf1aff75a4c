using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuroNotebooks.Numerics;

public readonly partial record struct Philox
{
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
                var (a, b) = EightBlocks(first + (ulong)i);
                var bits = (Vector256.Narrow(a.W0, b.W0) >> 9) | Vector256.Create(0x3F800000u);
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
        var (a, b) = EightBlocks(first);
        return (ToUnit(a.W0, a.W1), ToUnit(b.W0, b.W1));
    }

    private static Vector256<double> ToUnit(Vector256<ulong> high, Vector256<ulong> low)
    {
        var bits = ((high << 32) | (low & Vector256.Create(0xFFFFFFFFUL))) >> 12;
        return (bits | Vector256.Create(0x3FF0000000000000UL)).AsDouble() - Vector256.Create(1.0 - 1.0 / (1UL << 53));
    }
}
