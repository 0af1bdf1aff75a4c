using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>Random numbers one by one and in spans, beside .NET's and Math.NET's generators.</summary>
internal static class RandomNumbers
{
    private const int Count = 10_000;

    public static void Run(TextWriter output)
    {
        var stream = new Philox(1);
        var shared = new Random(1);
        var twister = new MersenneTwister(1, threadSafe: false);
        double[] doubles = new double[Count];
        float[] floats = new float[Count];

        output.WriteLine("ns a number");
        Row(output, "uniform, span of doubles", () => stream.Uniforms(doubles));
        Row(output, "uniform, span of floats", () => stream.Uniforms(floats));
        Row(output, "uniform, one by one", () => Each(i => stream.Uniform(i)));
        Row(output, "  System.Random, seeded", () => Each(_ => shared.NextDouble()));
        Row(output, "  Math.NET Mersenne twister", () => Each(_ => twister.NextDouble()));
        Row(output, "normal, span of doubles", () => stream.Normals(doubles));
        Row(output, "normal, span of floats", () => stream.Normals(floats));
        Row(output, "normal, one by one", () => Each(i => stream.Normal(i)));
        Row(output, "  Math.NET normal", () => Normal.Samples(twister, doubles, 0.0, 1.0));
        Row(output, "exponential", () => Each(i => stream.Exponential(i)));
        foreach (double mean in new[] { 1.0, 20.0, 100.0, 1e6 })
        {
            Row(output, $"Poisson, mean {mean:g}", () => Each(i => stream.Poisson(i, mean)));
            Row(output, $"  Math.NET Poisson, mean {mean:g}", () => Each(_ => Poisson.Sample(twister, mean)));
        }
        Row(output, "binomial, 40 × 0.3", () => Each(i => stream.Binomial(i, 40, 0.3)));
        Row(output, "binomial, 4000 × 0.3", () => Each(i => stream.Binomial(i, 4000, 0.3)));
        Row(output, "permutation, an item", () => stream.Permutation(1, Count));
    }

    private static void Row(TextWriter output, string what, Action drawAll) =>
        output.WriteLine($"{what,-44}{1e9 * Measure.Seconds(drawAll) / Count,8:f1}");

    private static double Each(Func<ulong, double> draw)
    {
        double sum = 0.0;
        for (ulong i = 0; i < Count; i++) sum += draw(i);
        return sum;
    }
}
