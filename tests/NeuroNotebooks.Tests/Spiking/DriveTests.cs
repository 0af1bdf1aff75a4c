using NeuroNotebooks.Numerics;
using NeuroNotebooks.Spiking;

namespace NeuroNotebooks.Tests.Spiking;

public class DriveTests
{
    private const int Draws = 1 << 20;

    [Fact]
    public void Normal_noise_has_the_moments_and_the_distribution_of_a_normal()
    {
        double[] noise = [.. Noise(Draws, 0).Select(value => (double)value)];
        double mean = noise.Average(), variance = noise.Average(x => x * x), skew = noise.Average(x => x * x * x), kurtosis = noise.Average(x => x * x * x * x);
        double error = 1.0 / Math.Sqrt(Draws);      // tolerances: five standard errors of each moment
        Close.To(0.0, mean, 5.0 * error);
        Close.To(1.0, variance, 5.0 * error * Math.Sqrt(2.0));
        Close.To(0.0, skew, 5.0 * error * Math.Sqrt(15.0));
        Close.To(3.0, kurtosis, 5.0 * error * Math.Sqrt(96.0));
        Array.Sort(noise);
        double distance = 0.0;
        for (int k = 0; k < Draws; k++) distance = Math.Max(distance, Math.Abs(MathNet.Numerics.Distributions.Normal.CDF(0.0, 1.0, noise[k]) - (k + 0.5) / Draws));
        Assert.True(distance < 1.95 / Math.Sqrt(Draws), $"Kolmogorov-Smirnov distance {distance}");     // one in a thousand
    }

    [Fact]
    public void Neighbours_and_steps_are_independent()
    {
        float[] now = Noise(Draws, 0), next = Noise(Draws, 1);
        Close.To(0.0, Enumerable.Range(0, Draws - 8).Average(k => (double)now[k] * now[k + 8]), 5.0 / Math.Sqrt(Draws));       // sine and cosine of one angle
        Close.To(0.0, Enumerable.Range(0, Draws - 1).Average(k => (double)now[k] * now[k + 1]), 5.0 / Math.Sqrt(Draws));
        Close.To(0.0, Enumerable.Range(0, Draws).Average(k => (double)now[k] * next[k]), 5.0 / Math.Sqrt(Draws));
    }

    [Fact]
    public void The_polynomials_are_as_good_as_single_precision()
    {
        float[] noise = Noise(1 << 12, 0);
        var words = new uint[1 << 12];
        new Philox(4, 0).Words(words);
        for (int k = 0; k < words.Length; k++)
        {
            int first = k / 16 * 16 + k % 8;
            double u = ((words[first] >> 8) + 0.5) / (1 << 24), turn = ((words[first + 8] >> 8) + 0.5) / (1 << 24) - 0.5;
            double radius = Math.Sqrt(-2.0 * Math.Log(u)), angle = 2.0 * Math.PI * turn;
            // u near 1 has 24 bits: 6e-8 of it is 3e-4 of −ln u at the smallest radii
            Close.To(radius * (k % 16 < 8 ? Math.Sin(angle) : Math.Cos(angle)), noise[k], 4e-4, $"number {k}");
        }
    }

    [Fact]
    public void A_cells_noise_does_not_depend_on_where_one_begins()
    {
        float[] all = Noise(4096, 7), part = new float[1024];
        NormalNoise.AddTo(part, [.. Enumerable.Repeat(1f, 1024)], 2048, new Philox(4, 7));
        Assert.Equal(all[2048..3072], part);
    }

    [Theory]
    [InlineData(10f), InlineData(400f), InlineData(50_000f)]
    public void Poisson_input_has_the_mean_and_variance_of_counts(float rate)
    {
        const int Cells = 20_000;
        var drive = new PoissonDrive([.. Enumerable.Repeat(rate, Cells)], [.. Enumerable.Repeat(2f, Cells)], new Philox(4));
        double sum = 0.0, squares = 0.0, expected = 1e-3 * rate;
        for (int step = 0; step < 5; step++)
        {
            var input = new float[SpikingPopulation.Padded(Cells)];
            drive.Add(step, 1.0, 0, input.Length, input);
            sum += input.Sum(x => x / 2.0);
            squares += input.Take(Cells).Sum(x => (x / 2.0 - expected) * (x / 2.0 - expected));
        }
        double n = 5.0 * Cells;
        Close.To(expected, sum / n, 5.0 * Math.Sqrt(expected / n));
        Close.To(expected, squares / n, 5.0 * Math.Sqrt((expected + 2.0 * expected * expected) / n));
    }

    [Fact]
    public void Drives_refuse_what_they_cannot_be()
    {
        Assert.Equal("deviations", Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianDrive([-1f], new Philox(1))).ParamName);
        Assert.Equal("rates", Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonDrive([-1f], [1f], new Philox(1))).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => new PoissonDrive([1f], [1f, 2f], new Philox(1))).ParamName);
        Assert.Equal("to", Assert.Throws<ArgumentOutOfRangeException>(() => new CurrentDrive([1f], 5.0, 2.0)).ParamName);
    }

    private static float[] Noise(int count, ulong step)
    {
        var noise = new float[count];
        NormalNoise.AddTo(noise, [.. Enumerable.Repeat(1f, count)], 0, new Philox(4, step));
        return noise;
    }
}
