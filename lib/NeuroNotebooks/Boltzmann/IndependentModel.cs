using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Neurons that fire each at their own rate and know nothing of each other: what every other model is measured against.</summary>
/// <param name="Rates">Fraction of bins in which each neuron is active, strictly between 0 and 1.</param>
public sealed record IndependentModel(ImmutableArray<double> Rates)
{
    /// <summary>Fraction of bins in which each neuron is active, strictly between 0 and 1.</summary>
    public ImmutableArray<double> Rates { get; init; } = Checked(Rates);

    /// <summary>The rates of words, held within [½ / T, 1 − ½ / T] of T words so that unseen states keep a chance.</summary>
    /// <param name="data">Words.</param>
    public static IndependentModel Fit(BinaryPatterns data)
    {
        Require.NotNull(data);
        double least = 0.5 / data.Count;
        return new IndependentModel([.. data.Rates().Select(rate => Math.Clamp(rate, least, 1.0 - least))]);
    }

    /// <summary>Mean of ln p over words, per neuron: nats per neuron and bin.</summary>
    /// <param name="patterns">Words of as many neurons.</param>
    /// <exception cref="ArgumentException">The words have another number of neurons.</exception>
    public double LogLikelihood(BinaryPatterns patterns)
    {
        Require.NotNull(patterns);
        BinaryPatterns.RequireUnits(patterns, Rates.Length, nameof(patterns));
        return patterns.Rates().Select((seen, i) => seen * Math.Log(Rates[i]) + (1.0 - seen) * Math.Log(1.0 - Rates[i])).Average();
    }

    /// <summary>Words drawn from the model.</summary>
    /// <param name="count">How many, above zero.</param>
    /// <param name="random">Random numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not above zero.</exception>
    public BinaryPatterns Sample(int count, Philox random)
    {
        Require.Positive(count);
        var states = new byte[count * Rates.Length];
        for (int k = 0; k < states.Length; k++) states[k] = random.Uniform((ulong)k) < Rates[k % Rates.Length] ? (byte)1 : (byte)0;
        return new BinaryPatterns(states, Rates.Length);
    }

    private static ImmutableArray<double> Checked(ImmutableArray<double> rates, string name = nameof(Rates))
    {
        foreach (double rate in Require.Some(rates, name))
            if (!(rate > 0.0 && rate < 1.0))
                throw new ArgumentOutOfRangeException(name, rate, $"{name} holds {rate}: expected numbers strictly between 0 and 1.");
        return rates;
    }
}
