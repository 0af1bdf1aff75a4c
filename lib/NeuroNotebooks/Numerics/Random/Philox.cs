namespace NeuroNotebooks.Numerics;

/// <summary>A counter-based stream of random numbers: the number at an index is a function of (seed, stream, index) alone.</summary>
/// <remarks>
/// Philox4x32-10: the key is the seed, the counter is (index, stream). Nothing is consumed and nothing is remembered, so the same
/// numbers come in any order, on any thread, before and after a resume.
/// Source: Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
/// </remarks>
public readonly partial record struct Philox(ulong Seed, ulong Stream = 0)
{
    private const ulong Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Bump0 = 0x9E3779B9, Bump1 = 0xBB67AE85;

    /// <summary>One block of the generator: four 32-bit words from a 128-bit counter and a 64-bit key, ten rounds.</summary>
    public static (uint W0, uint W1, uint W2, uint W3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = Multiplier0 * c0, p1 = Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Bump0;
            k1 += Bump1;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>The stream of another number under the same seed.</summary>
    public Philox Substream(ulong stream) => this with { Stream = stream };

    /// <summary>A uniform number strictly between 0 and 1.</summary>
    public double Uniform(ulong index)
    {
        var (w0, w1, _, _) = At(index);
        return ToUnit(w0, w1);
    }

    /// <summary>A normal number of mean 0 and standard deviation 1, by inversion: it rises with <see cref="Uniform"/> at the same index.</summary>
    public double Normal(ulong index) => NormalQuantile.At(Uniform(index));

    private (uint, uint, uint, uint) At(ulong index) =>
        Block((uint)index, (uint)(index >> 32), (uint)Stream, (uint)(Stream >> 32), (uint)Seed, (uint)(Seed >> 32));

    // 52 bits and a half, so that neither 0 nor 1 can come out and every value is exact
    private static double ToUnit(uint high, uint low) => (((((ulong)high << 32) | low) >> 12) + 0.5) * (1.0 / (1UL << 52));
}
