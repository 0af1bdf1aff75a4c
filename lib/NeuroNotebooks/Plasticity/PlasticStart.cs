using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>A start of a plastic network, drawn at random.</summary>
/// <param name="X">Activity, n.</param>
/// <param name="W">Weights, n × n.</param>
public sealed record PlasticStart(ImmutableArray<double> X, double[,] W)
{
    /// <summary>Activity, n.</summary>
    public ImmutableArray<double> X { get; } = Require.Some(X);

    /// <summary>All states even between −size and size.</summary>
    /// <param name="count">n, at least 1.</param>
    /// <param name="size">Zero or above.</param>
    /// <param name="random">Its numbers 0 to n + n² − 1 are used: activity, then weights row after row.</param>
    public static PlasticStart Uniform(int count, double size, Philox random)
    {
        Require.Positive(count);
        Require.NotNegative(size);
        double[] numbers = new double[count + count * count];
        random.Uniforms(numbers);
        for (int k = 0; k < numbers.Length; k++) numbers[k] = size * (2.0 * numbers[k] - 1.0);
        return Of(count, numbers);
    }

    /// <summary>Activity of standard deviation 1 and weights of standard deviation gain / √n, all normal.</summary>
    /// <param name="count">n, at least 1.</param>
    /// <param name="gain">Zero or above.</param>
    /// <param name="random">Its numbers 0 to n + n² − 1 are used: activity, then weights row after row.</param>
    public static PlasticStart Normal(int count, double gain, Philox random)
    {
        Require.Positive(count);
        Require.NotNegative(gain);
        double[] numbers = new double[count + count * count];
        random.Normals(numbers);
        for (int k = count; k < numbers.Length; k++) numbers[k] *= gain / Math.Sqrt(count);
        return Of(count, numbers);
    }

    private static PlasticStart Of(int count, double[] numbers)
    {
        var W = new double[count, count];
        numbers.AsSpan(count).CopyTo(W.AsSpan());
        return new PlasticStart([.. numbers[..count]], W);
    }
}
