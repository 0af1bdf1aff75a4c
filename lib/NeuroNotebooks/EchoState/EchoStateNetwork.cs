using System.Collections.Immutable;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.EchoState;

/// <summary>A reservoir: a fixed random recurrent network, driven by a signal, that a linear readout looks at.</summary>
/// <remarks>
/// <code>
/// x(t) = (1 − a) x(t − 1) + a (tanh(W x(t − 1) + w_in u(t) + b) + L x(t − 1))
/// </code>
/// All dimensionless; W_ij from j to i. L, a linear feedback past the units' nonlinearity, is zero unless given. Source: Jaeger, The echo state approach (GMD report 148, 2001); leaky units: Jaeger et al., Neural
/// Networks 20:335 (2007).
/// </remarks>
public sealed class EchoStateNetwork
{
    private readonly double[,] weights;
    private readonly double[,]? feedback;
    private readonly double[] inputWeights, bias;

    /// <summary>Makes a reservoir.</summary>
    /// <param name="W">Recurrent weights, N × N, finite, not empty.</param>
    /// <param name="inputWeights">w_in, N, finite.</param>
    /// <param name="leak">a, above 0 and at most 1.</param>
    /// <param name="bias">b, N, finite; zero if left out.</param>
    /// <param name="feedback">L, N × N, finite; none if left out.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a number is out of its range.</exception>
    public EchoStateNetwork(
        double[,] W, ReadOnlySpan<double> inputWeights, double leak = 1.0, ReadOnlySpan<double> bias = default, double[,]? feedback = null)
    {
        Require.Matrix(W);
        Count = W.GetLength(0);
        Require.Length(Count, inputWeights.Length, nameof(inputWeights), "unit");
        Require.Finite(inputWeights);
        LeakRange.Check(leak);
        if (!bias.IsEmpty) Require.Length(Count, bias.Length, nameof(bias), "unit");
        Require.Finite(bias);
        if (feedback is not null)
        {
            Require.Shape(feedback, Count, Count);
            this.feedback = (double[,])feedback.Clone();
        }
        weights = (double[,])W.Clone();
        this.inputWeights = inputWeights.ToArray();
        this.bias = bias.IsEmpty ? new double[Count] : bias.ToArray();
        Leak = leak;
    }

    /// <summary>N, how many units.</summary>
    public int Count { get; }

    /// <summary>a.</summary>
    public double Leak { get; }

    /// <summary>A copy of W, N × N.</summary>
    public double[,] Weights() => (double[,])weights.Clone();

    /// <summary>The states after each input.</summary>
    /// <param name="input">u, T numbers, finite.</param>
    /// <param name="start">x(0), N, finite; zero if left out.</param>
    /// <returns>T × N: row t is the state after input t.</returns>
    public double[,] Run(ReadOnlySpan<double> input, ReadOnlySpan<double> start = default)
    {
        if (!start.IsEmpty) Require.Length(Count, start.Length, nameof(start), "unit");
        Require.Finite(input);
        Require.Finite(start);
        double[] x = start.IsEmpty ? new double[Count] : start.ToArray(), drive = new double[Count];
        var states = new double[input.Length, Count];
        for (int t = 0; t < input.Length; t++)
        {
            Step(x, input[t], drive);
            x.CopyTo(states.AsSpan().Slice(t * Count, Count));
        }
        return states;
    }

    /// <summary>How far two starts are from each other after each input.</summary>
    /// <param name="input">u, T numbers, finite.</param>
    /// <param name="one">A start, N, finite.</param>
    /// <param name="two">Another, N, finite.</param>
    /// <returns>Euclidean distances, T + 1; the first is that of the starts.</returns>
    public ImmutableArray<double> Distances(ReadOnlySpan<double> input, ReadOnlySpan<double> one, ReadOnlySpan<double> two)
    {
        Require.Length(Count, one.Length, nameof(one), "unit");
        Require.Length(Count, two.Length, nameof(two), "unit");
        Require.Finite(input);
        Require.Finite(one);
        Require.Finite(two);
        double[] x = one.ToArray(), y = two.ToArray(), drive = new double[Count];
        var distances = new double[input.Length + 1];
        distances[0] = Distance(x, y);
        for (int t = 0; t < input.Length; t++)
        {
            Step(x, input[t], drive);
            Step(y, input[t], drive);
            distances[t + 1] = Distance(x, y);
        }
        return [.. distances];
    }

    /// <summary>Whether two random starts meet under a random input, and how fast.</summary>
    /// <param name="amplitude">The input is even between −amplitude and amplitude; zero or above.</param>
    /// <param name="steps">How many inputs, at least 1.</param>
    /// <param name="random">The stream that the starts, even between −1 and 1, and the input are drawn from.</param>
    /// <param name="metric">How to measure distances; the Euclidean one if null.</param>
    /// <returns>Distances at the times 0 to steps. The exponential of a slope is a factor per step; below 10⁻¹⁰ distances count as rounding.</returns>
    /// <exception cref="ArgumentException">The metric is for another number of units.</exception>
    public TwoTrajectoryTest TwoStarts(double amplitude, int steps, Philox random, Metric? metric = null)
    {
        Require.NotNegative(amplitude);
        Require.InRange(steps, 1, 1 << 24);
        metric ??= Metric.Identity(Count);
        Require.Length(Count, metric.Dimension, nameof(metric), "unit");
        double[] numbers = new double[2 * Count + steps];
        random.Uniforms(numbers);
        for (int i = 0; i < numbers.Length; i++) numbers[i] = 2.0 * numbers[i] - 1.0;
        double[] x = numbers[..Count], y = numbers[Count..(2 * Count)], drive = new double[Count];

        var distances = new double[steps + 1];
        distances[0] = metric.Distance(x, y);
        for (int t = 0; t < steps; t++)
        {
            double input = amplitude * numbers[2 * Count + t];
            Step(x, input, drive);
            Step(y, input, drive);
            distances[t + 1] = metric.Distance(x, y);
        }
        return new TwoTrajectoryTest([.. Enumerable.Range(0, steps + 1).Select(t => (double)t)], [.. distances], Floor: 1e-10);
    }

    private void Step(double[] x, double input, double[] drive)
    {
        LinearAlgebra.Multiply(weights, x, drive);
        double[]? linear = feedback is null ? null : Dense.Product(feedback, x);
        for (int i = 0; i < x.Length; i++)
        {
            double answer = Math.Tanh(drive[i] + inputWeights[i] * input + bias[i]) + (linear is null ? 0.0 : linear[i]);
            x[i] = (1.0 - Leak) * x[i] + Leak * answer;
        }
    }

    private static double Distance(double[] x, double[] y)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length; i++) sum += (x[i] - y[i]) * (x[i] - y[i]);
        return Math.Sqrt(sum);
    }
}

internal static class LeakRange
{
    public static void Check(double leak)
    {
        if (!(leak > 0.0 && leak <= 1.0))
            throw new ArgumentOutOfRangeException(nameof(leak), leak, $"leak is {leak}: expected a number above 0 and at most 1.");
    }
}
