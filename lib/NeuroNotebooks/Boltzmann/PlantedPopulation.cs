using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>A population whose law is known: words to learn from, words to be judged on, and the truth behind them.</summary>
/// <param name="Train">Words to learn from.</param>
/// <param name="Test">Words to be judged on.</param>
/// <param name="Areas">The area of each neuron, 0, 1, …</param>
public abstract record PlantedPopulation(BinaryPatterns Train, BinaryPatterns Test, ImmutableArray<int> Areas)
{
    /// <summary>Words to learn from.</summary>
    public BinaryPatterns Train { get; init; } = Samples.Given(Train, nameof(Train));

    /// <summary>Words to be judged on.</summary>
    public BinaryPatterns Test { get; init; } = Samples.Given(Test, nameof(Test));

    /// <summary>The area of each neuron, 0, 1, …</summary>
    public ImmutableArray<int> Areas { get; init; } = Require.Some(Areas);
}

/// <summary>What the planted populations share.</summary>
internal static class Samples
{
    public static T Given<T>(T value, string name) where T : class
    {
        Require.NotNull(value, name);
        return value;
    }

    public static (BinaryPatterns Train, BinaryPatterns Test) TrainAndTest(BinaryPatterns all, int train, int test, Philox random)
    {
        var shuffled = all.Permuted(random);
        return (shuffled.Slice(0, train), shuffled.Slice(train, test));
    }
}
