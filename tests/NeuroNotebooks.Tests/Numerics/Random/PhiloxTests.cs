using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Numerics;

public class PhiloxTests
{
    private const int Million = 1_000_000;

    // Random123, kat_vectors, philox4x32-10
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void The_generator_gives_the_published_answers(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), Philox.Block(c0, c1, c2, c3, k0, k1));

    // the table of golden rows in this project's notes on common random numbers, computed by a second implementation
    [Theory]
    [InlineData(20260311ul, 2, 7, 12, 345, 0.054371458347306834)]
    [InlineData(20260311ul, 2, 7, 345, 12, 0.8776757911150671)]
    [InlineData(20260311ul, 3, 7, 12, EventKey.Nobody, 0.2634854570105404)]
    [InlineData(0xDEADBEEFCAFEF00Dul, 4, 10, 999, 0, 0.46619999036086346)]
    public void An_event_has_the_number_that_its_key_names(ulong seed, int kind, int time, int actor, int partner, double expected)
    {
        var key = new EventKey(kind, time, actor, partner);
        Assert.Equal(expected, key.Uniform(seed));
        Assert.Equal(new Philox(seed, key.Stream).Normal(key.Index), key.Normal(seed));
    }

    [Fact]
    public void The_second_number_of_a_pair_comes_from_the_other_half_of_the_block()
    {
        var key = new EventKey(2, 7, 12, 345);
        Assert.Equal((0.054371458347306834, 0.39785603044489315), new Philox(20260311, key.Stream).UniformPair(key.Index));
    }

    [Fact]
    public void The_parts_of_a_key_do_not_run_into_each_other()
    {
        var keys = from kind in new[] { 0, 1, 65535 }
                   from block in new[] { 0, 1, 65535 }
                   from time in new[] { 0, 1, int.MaxValue }
                   from actor in new[] { 0, 1, int.MaxValue }
                   from partner in new[] { EventKey.Nobody, 0, 1, int.MaxValue }
                   select new EventKey(kind, time, actor, partner, block);
        Assert.Distinct(keys.Select(key => (key.Stream, key.Index)));
    }

    [Theory, MemberData(nameof(WrongKeys))]
    public void A_key_out_of_range_is_refused_by_the_name_of_its_part(EventKey key, string part) =>
        Assert.Throws<ArgumentOutOfRangeException>(part, () => key.Uniform(1));

    public static TheoryData<EventKey, string> WrongKeys => new()
    {
        { new EventKey(-1, 0, 0), "Kind" }, { new EventKey(65536, 0, 0), "Kind" }, { new EventKey(0, -1, 0), "Time" },
        { new EventKey(0, 0, -1), "Actor" }, { new EventKey(0, 0, 0, -2), "Partner" }, { new EventKey(0, 0, 0, 0, 65536), "Block" },
    };

    [Fact]
    public void Streams_seeds_and_indices_are_the_words_of_counter_and_key()
    {
        var (w0, w1, w2, w3) = Philox.Block(0x9abcdef0, 0x12345678, 0x55667788, 0x11223344, 0xccddeeff, 0x8899aabb);
        var stream = new Philox(0x8899aabbccddeeff, 0x1122334455667788);
        Assert.Equal(((((ulong)w0 << 32 | w1) >> 12) + 0.5) / Math.Pow(2, 52), stream.Uniform(0x123456789abcdef0));
        Assert.Equal((w0 >> 9) / 8388608f + 0.5f / 8388608f, stream.UniformSingle(0x123456789abcdef0));
        Assert.Equal(new Philox((ulong)w2 << 32 | w3), stream.Child(0x123456789abcdef0));
        Assert.Equal(new Philox(5, 9), new Philox(5, 2).Substream(9));
    }

    [Fact]
    public void Fills_are_the_single_numbers_bit_for_bit_at_every_length_and_offset()
    {
        for (int length = 0; length <= 256; length++)
        {
            var stream = new Philox((ulong)length, 77);
            ulong first = uint.MaxValue - 100ul + (ulong)length;            // the carry between the words of the counter falls inside
            double[] uniforms = new double[length + 2], normals = new double[length + 2];
            float[] singles = new float[length + 2], normalSingles = new float[length + 2];
            stream.Uniforms(uniforms.AsSpan(1, length), first);
            stream.Normals(normals.AsSpan(1, length), first);
            stream.Uniforms(singles.AsSpan(1, length), first);
            stream.Normals(normalSingles.AsSpan(1, length), first);
            for (int i = 0; i < length; i++)
            {
                ulong index = first + (ulong)i;
                Assert.Equal(stream.Uniform(index), uniforms[i + 1]);
                Assert.Equal(stream.Normal(index), normals[i + 1]);
                Assert.Equal(stream.UniformSingle(index), singles[i + 1]);
                Assert.Equal((float)stream.Normal(index), normalSingles[i + 1]);
            }
            Assert.Equal((0.0, 0.0, 0f, 0f), (uniforms[0], uniforms[^1], singles[0], singles[^1]));
            Assert.Equal((0.0, 0.0, 0f, 0f), (normals[0], normals[^1], normalSingles[0], normalSingles[^1]));
        }
    }

    [Fact]
    public void Numbers_do_not_depend_on_order_or_threads()
    {
        var stream = new Philox(42, 3);
        double[] expected = new double[20_000], backwards = new double[20_000], parallel = new double[20_000];
        stream.Normals(expected);
        for (int i = expected.Length - 1; i >= 0; i--) backwards[i] = stream.Normal((ulong)i);
        Parallel.For(0, 200, block => stream.Normals(parallel.AsSpan(block * 100, 100), (ulong)block * 100));
        Assert.Equal(expected, backwards);
        Assert.Equal(expected, parallel);
    }

    [Fact]
    public void Uniform_numbers_are_uniform_and_successive_ones_independent()
    {
        var u = Draw(stream => stream.Uniform);
        AssertMoments(u, mean: 0.5, variance: 1.0 / 12.0, fourth: 1.0 / 80.0);
        Assert.InRange(Statistic.KolmogorovSmirnov(u, x => x), 0.0, Statistic.OnePerMille);
        // correlation of independent numbers has standard error 1/√n: five of them
        for (int lag = 1; lag <= 5; lag++) Assert.InRange(Statistic.Correlation(u[lag..], u[..^lag]), -0.005, 0.005);
        Assert.InRange(u.Min(), double.Epsilon, 1e-5);
        Assert.InRange(u.Max(), 1.0 - 1e-5, 1.0 - 1e-16);
    }

    [Fact]
    public void Single_precision_uniforms_stay_inside_the_unit_interval()
    {
        var u = new float[Million];
        new Philox(8).Uniforms(u);
        Assert.InRange(u.Min(), float.Epsilon, 1e-5f);
        Assert.InRange(u.Max(), 1f - 1e-5f, 1f - 5e-8f);
        Assert.InRange(Statistic.KolmogorovSmirnov([.. u.Select(x => (double)x)], x => x), 0.0, Statistic.OnePerMille);
    }

    [Fact]
    public void Normal_numbers_are_normal()
    {
        var z = Draw(stream => stream.Normal);
        AssertMoments(z, mean: 0.0, variance: 1.0, fourth: 3.0);
        Assert.InRange(Statistic.KolmogorovSmirnov(z, StandardNormal), 0.0, Statistic.OnePerMille);
        Close.To(0.0, z.Average(x => x * x * x), 5.0 * Math.Sqrt(15.0 / Million));      // five standard errors of the third moment
    }

    [Fact]
    public void Exponential_numbers_are_exponential()
    {
        var x = Draw(stream => index => stream.Exponential(index, mean: 2.5));
        AssertMoments(x, mean: 2.5, variance: 6.25, fourth: 9.0 * 6.25 * 6.25);
        Assert.InRange(Statistic.KolmogorovSmirnov(x, t => 1.0 - Math.Exp(-t / 2.5)), 0.0, Statistic.OnePerMille);
        Assert.True(x.Min() > 0.0);
    }

    [Fact]
    public void The_distribution_test_sees_a_shift_of_half_a_percent()
    {
        var z = Draw(stream => index => stream.Normal(index) + 0.005);
        Assert.True(Statistic.KolmogorovSmirnov(z, StandardNormal) > Statistic.OnePerMille);
    }

    // quantiles of the standard normal distribution: −√2 erfinv(1 − 2p) in 50 digits, mpmath
    [Theory]
    [InlineData(1.1102230246251565e-16, -8.2095361516013869)]
    [InlineData(1e-10, -6.3613409024040562)]
    [InlineData(0.001, -3.0902323061678135)]
    [InlineData(0.075, -1.4395314709384559)]
    [InlineData(0.0750001, -1.4395307645017297)]
    [InlineData(0.3, -0.52440051270804082)]
    [InlineData(0.5, 0.0)]
    [InlineData(0.9, 1.2815515655446006)]
    public void The_normal_quantile_agrees_with_fifty_digits(double p, double expected) =>
        Close.To(expected, NormalQuantile.At(p), 2e-15 * Math.Max(1.0, Math.Abs(expected)));    // a few roundings

    [Fact]
    public void Streams_seeds_and_children_are_independent_of_each_other()
    {
        const int Count = 100_000;
        var root = new Philox(1);
        Philox[] streams =
        [
            root, root.Substream(1), root.Substream(2), root.Substream(1ul << 32), new(2), new(1ul << 32),
            root.Child(0), root.Child(1), root.Child(0).Child(0), root.Substream(1).Child(0),
        ];
        var numbers = streams.Select(stream => { var z = new double[Count]; stream.Normals(z); return z; }).ToArray();
        for (int i = 0; i < streams.Length; i++)
            for (int j = 0; j < i; j++)
                Assert.InRange(Statistic.Correlation(numbers[i], numbers[j]), -5.0 / Math.Sqrt(Count), 5.0 / Math.Sqrt(Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Integers_are_equally_likely(int below)
    {
        var counts = new double[below];
        var stream = new Philox(4);
        for (ulong i = 0; i < Million; i++) counts[stream.Integer(i, below)]++;
        double[] expected = [.. Enumerable.Repeat((double)Million / below, below)];
        Assert.InRange(Statistic.ChiSquare(counts, expected), 0.0, Statistic.ChiSquareLimit(below - 1));
    }

    [Fact]
    public void Integers_reach_the_ends_of_the_largest_range()
    {
        var stream = new Philox(4);
        var drawn = Enumerable.Range(0, 100_000).Select(i => stream.Integer((ulong)i, int.MaxValue)).ToArray();
        Assert.InRange(drawn.Min(), 0, int.MaxValue / 5000);
        Assert.InRange(drawn.Max(), int.MaxValue - int.MaxValue / 5000, int.MaxValue - 1);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        var stream = new Philox(1);
        foreach (double mean in new[] { 0.0, -1.0, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>("mean", () => stream.Exponential(0, mean));
        foreach (double mean in new[] { -1.0, double.NaN, 2e15 })
            Assert.Throws<ArgumentOutOfRangeException>("mean", () => stream.Poisson(0, mean));
        Assert.Throws<ArgumentOutOfRangeException>("below", () => stream.Integer(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("trials", () => stream.Binomial(0, -1, 0.5));
        foreach (double p in new[] { -0.1, 1.1, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>("probability", () => stream.Binomial(0, 5, p));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => stream.Permutation(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => stream.Choose(0, 4, 3));
        Assert.Throws<ArgumentOutOfRangeException>("below", () => stream.Choose(0, 0, -1));
    }

    private static double StandardNormal(double x) => MathNet.Numerics.Distributions.Normal.CDF(0.0, 1.0, x);

    private static double[] Draw(Func<Philox, Func<ulong, double>> kind)
    {
        var draw = kind(new Philox(20260101, 5));
        return [.. Enumerable.Range(0, Million).Select(i => draw((ulong)i))];
    }

    /// <summary>Mean and variance within five standard errors; <paramref name="fourth"/> is the fourth central moment.</summary>
    private static void AssertMoments(double[] x, double mean, double variance, double fourth)
    {
        Close.To(mean, x.Average(), 5.0 * Math.Sqrt(variance / x.Length), "mean");
        Close.To(variance, x.Average(value => (value - mean) * (value - mean)),
            5.0 * Math.Sqrt((fourth - variance * variance) / x.Length), "variance");
    }
}
