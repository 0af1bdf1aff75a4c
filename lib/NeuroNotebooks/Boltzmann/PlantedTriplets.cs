using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Words with interactions of three neurons and no pairs: what a pairwise model cannot see.</summary>
/// <param name="Train">Words to learn from.</param>
/// <param name="Test">Words to be judged on.</param>
/// <param name="Areas">The area of each neuron: one for all.</param>
/// <param name="Triplets">The planted triplets.</param>
/// <param name="LogZ">ln Z of the truth.</param>
public sealed record PlantedTriplets(
    BinaryPatterns Train, BinaryPatterns Test, ImmutableArray<int> Areas, ImmutableArray<(int I, int J, int K)> Triplets, double LogZ)
    : PlantedPopulation(Train, Test, Areas)
{
    private const int Units = 18, Count = 10;
    private const double Coupling = 0.6, Field = -0.2;

    /// <summary>
    /// Draws ten triplets of 18 neurons, each coupled by 0.6 k_B T with fields of −0.2, and words exactly from the law over 2¹⁸ states.
    /// </summary>
    /// <param name="random">Random numbers.</param>
    /// <param name="train">Words to learn from, above zero.</param>
    /// <param name="test">Words to be judged on, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is not above zero.</exception>
    public static PlantedTriplets Draw(Philox random, int train = 30_000, int test = 10_000)
    {
        Require.Positive(train);
        Require.Positive(test);
        var triplets = DifferentTriplets(random.Child(0));
        var exponents = new double[1 << Units];
        for (int state = 0; state < exponents.Length; state++) exponents[state] = Exponent(state, triplets);
        double top = exponents.Max(), total = 0.0;
        var cumulative = new double[exponents.Length];
        for (int state = 0; state < exponents.Length; state++) cumulative[state] = total += Math.Exp(exponents[state] - top);
        var words = new byte[(train + test) * Units];
        for (int t = 0; t < train + test; t++)
        {
            int state = Array.BinarySearch(cumulative, total * random.Child(1).Uniform((ulong)t));
            if (state < 0) state = ~state;
            for (int i = 0; i < Units; i++) words[t * Units + i] = (byte)((state >> i) & 1);
        }
        var all = new BinaryPatterns(words, Units);
        return new PlantedTriplets(all.Slice(0, train), all.Slice(train, test), [.. new int[Units]], triplets, top + Math.Log(total));
    }

    /// <summary>Mean of ln p over words under the truth, per neuron: nats per neuron and bin.</summary>
    /// <param name="patterns">Words of as many neurons.</param>
    /// <exception cref="ArgumentException">The words have another number of neurons.</exception>
    public double LogLikelihood(BinaryPatterns patterns)
    {
        Require.NotNull(patterns);
        BinaryPatterns.RequireUnits(patterns, Units, nameof(patterns));
        double sum = 0.0;
        for (int t = 0; t < patterns.Count; t++)
        {
            int state = 0;
            var word = patterns[t];
            for (int i = 0; i < Units; i++) state |= word[i] << i;
            sum += Exponent(state, Triplets) - LogZ;
        }
        return sum / patterns.Count / Units;
    }

    private static double Exponent(int state, ImmutableArray<(int I, int J, int K)> triplets)
    {
        double Spin(int i) => ((state >> i) & 1) == 0 ? -1.0 : 1.0;
        double sum = 0.0;
        for (int i = 0; i < Units; i++) sum += Field * Spin(i);
        foreach (var (i, j, k) in triplets) sum += Coupling * Spin(i) * Spin(j) * Spin(k);
        return sum;
    }

    private static ImmutableArray<(int I, int J, int K)> DifferentTriplets(Philox random)
    {
        var found = new List<(int I, int J, int K)>();
        for (int first = 0; found.Count < Count; first++)
        {
            var triplet = PopulationStatistics.RandomTriplets(Units, 1, random.Child((ulong)first))[0];
            if (!found.Contains(triplet)) found.Add(triplet);
        }
        return [.. found];
    }
}
