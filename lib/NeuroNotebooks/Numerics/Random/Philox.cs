namespace NeuroNotebooks.Numerics;

/// <summary>A counter-based stream of random numbers: the number at an index is a function of (seed, stream, index) alone.</summary>
/// <param name="Seed">The run: the key of the generator.</param>
/// <param name="Stream">What the numbers are for, or whose they are: half of the counter.</param>
/// <remarks>
/// Philox4x32-10: the key is the seed, the counter is (index, stream). Nothing is consumed and nothing is remembered, so the same
/// numbers come in any order, on any thread, before and after a resume. Every number is made from one block of 128 bits by inversion:
/// it rises with <see cref="Uniform(ulong)"/> at the same index, so two runs that differ in a parameter stay paired. Different kinds of
/// numbers at one index are therefore dependent: give each its own stream.
/// Source: Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
/// </remarks>
public readonly partial record struct Philox(ulong Seed, ulong Stream = 0)
{
    private const ulong Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Bump0 = 0x9E3779B9, Bump1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>One block of the generator: four 32-bit words from a 128-bit counter and a 64-bit key, ten rounds.</summary>
    /// <param name="c0">First word of the counter.</param>
    /// <param name="c1">Second word of the counter.</param>
    /// <param name="c2">Third word of the counter.</param>
    /// <param name="c3">Fourth word of the counter.</param>
    /// <param name="k0">First word of the key.</param>
    /// <param name="k1">Second word of the key.</param>
    public static (uint W0, uint W1, uint W2, uint W3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = Multiplier0 * c0, p1 = Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Bump0;
            k1 += Bump1;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>Another stream under the same seed: as many independent ones as there are numbers.</summary>
    /// <param name="stream">Its number, in place of this one's.</param>
    public Philox Substream(ulong stream) => this with { Stream = stream };

    /// <summary>
    /// A stream family of its own for one index: a trial, an agent, an epoch, which can have streams and children in turn.
    /// </summary>
    /// <param name="index">Whose family.</param>
    /// <remarks>
    /// Its seed is the half of the block that <see cref="Uniform(ulong)"/> leaves over; two of m children share one with probability m²
    /// 2⁻⁶⁵.
    /// </remarks>
    public Philox Child(ulong index)
    {
        var (_, _, w2, w3) = BlockAt(index);
        return new Philox(Join(w2, w3));
    }

    /// <summary>A uniform number strictly between 0 and 1, of 52 random bits.</summary>
    /// <param name="index">Which number of the stream.</param>
    public double Uniform(ulong index)
    {
        var (w0, w1, _, _) = BlockAt(index);
        return ToUnit(w0, w1);
    }

    /// <summary>Two independent uniform numbers at one index; the first is <see cref="Uniform(ulong)"/>.</summary>
    /// <param name="index">Which pair of the stream.</param>
    public (double First, double Second) UniformPair(ulong index)
    {
        var (w0, w1, w2, w3) = BlockAt(index);
        return (ToUnit(w0, w1), ToUnit(w2, w3));
    }

    /// <summary>
    /// A uniform number strictly between 0 and 1 in single precision: the first 23 bits of <see cref="Uniform(ulong)"/> and a half.
    /// </summary>
    /// <param name="index">Which number of the stream.</param>
    public float UniformSingle(ulong index) => ((BlockAt(index).W0 >> 9) + 0.5f) * (1f / (1 << 23));

    /// <summary>A normal number of mean 0 and standard deviation 1, at most 8.3 in size.</summary>
    /// <param name="index">Which number of the stream.</param>
    public double Normal(ulong index) => NormalQuantile.At(Uniform(index));

    /// <summary>An exponential number, above zero.</summary>
    /// <param name="index">Which number of the stream.</param>
    /// <param name="mean">Its mean, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not a finite number above zero.</exception>
    public double Exponential(ulong index, double mean = 1.0)
    {
        Require.Positive(mean);
        return -mean * Math.Log(1.0 - Uniform(index));      // 1 − u is exact: u has 53 bits after the point
    }

    /// <summary>An integer from 0 to below − 1, each as likely as the others to within 2⁻³³ of its probability.</summary>
    /// <param name="index">Which number of the stream.</param>
    /// <param name="below">How many integers to choose from, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="below"/> is zero or negative.</exception>
    public int Integer(ulong index, int below)
    {
        Require.Positive(below);
        var (w0, w1, _, _) = BlockAt(index);
        return (int)Math.BigMul(Join(w0, w1), (ulong)below, out _);
    }

    /// <summary>A Poisson count: the least k with P(X ≤ k) at or above the uniform number.</summary>
    /// <param name="index">Which number of the stream.</param>
    /// <param name="mean">Its mean, from 0 to 10¹⁵.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean is out of this range.</exception>
    /// <remarks>A loop over the counts for means below 30; above, a few operations whatever the mean.</remarks>
    public long Poisson(ulong index, double mean)
    {
        Require.InRange(mean, 0.0, CountQuantile.LargestMean);
        return new CountQuantile.Poisson(mean).At(Uniform(index));
    }

    /// <summary>A binomial count of successes: the least k with P(X ≤ k) at or above the uniform number.</summary>
    /// <param name="index">Which number of the stream.</param>
    /// <param name="trials">How many trials, from 0 to 10¹⁵.</param>
    /// <param name="probability">Of a success in each, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of trials or the probability is out of range.</exception>
    /// <remarks>A loop over the counts if fewer than 30 successes, or failures, are expected; otherwise a few operations.</remarks>
    public long Binomial(ulong index, long trials, double probability)
    {
        Require.InRange(trials, 0.0, CountQuantile.LargestMean);
        Require.InRange(probability, 0.0, 1.0);
        double u = Uniform(index);
        return probability <= 0.5
            ? new CountQuantile.Binomial(trials, probability).At(u)
            : trials - new CountQuantile.Binomial(trials, 1.0 - probability).At(1.0 - u);
    }

    private (uint W0, uint W1, uint W2, uint W3) BlockAt(ulong index) =>
        Block((uint)index, (uint)(index >> 32), (uint)Stream, (uint)(Stream >> 32), (uint)Seed, (uint)(Seed >> 32));

    private static ulong Join(uint high, uint low) => ((ulong)high << 32) | low;

    // 52 bits and a half, so that neither 0 nor 1 can come out and every value is exact
    private static double ToUnit(uint high, uint low) => ((Join(high, low) >> 12) + 0.5) * (1.0 / (1UL << 52));
}
