using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Words of a pairwise Ising model with four areas of dense and sparse couplings.</summary>
/// <param name="Train">Words to learn from.</param>
/// <param name="Test">Words to be judged on.</param>
/// <param name="Areas">The area of each neuron.</param>
/// <param name="Truth">The model that made them.</param>
public sealed record PlantedIsing(BinaryPatterns Train, BinaryPatterns Test, ImmutableArray<int> Areas, PairwiseIsing Truth)
    : PlantedPopulation(Train, Test, Areas)
{
    /// <summary>The model that made them.</summary>
    public PairwiseIsing Truth { get; init; } = Samples.Given(Truth, nameof(Truth));

    private const int Units = 40, AreaSize = 10, Chains = 1000;

    /// <summary>Draws the couplings, tunes the fields to log-normal rates around 0.15, and samples by Glauber dynamics.</summary>
    /// <param name="random">Random numbers.</param>
    /// <param name="train">Words to learn from, above zero.</param>
    /// <param name="test">Words to be judged on, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is not above zero.</exception>
    /// <remarks>
    /// 40 neurons; an edge with probability 0.35 inside an area and 0.04 across, of size N(0.30, 0.10), turned negative with probability
    /// 0.2.
    /// </remarks>
    public static PlantedIsing Draw(Philox random, int train = 30_000, int test = 10_000)
    {
        Require.Positive(train);
        Require.Positive(test);
        ImmutableArray<int> areas = [.. Enumerable.Range(0, Units).Select(i => i / AreaSize)];
        var couplings = DrawCouplings(areas, random.Child(0));
        double Target(int i) => Math.Clamp(Math.Exp(Math.Log(0.15) + 0.45 * random.Child(1).Normal((ulong)i)), 0.05, 0.4);
        double[] targets = [.. Enumerable.Range(0, Units).Select(Target)];
        var model = new PairwiseIsing(couplings, TunedFields(couplings, targets, random.Child(2)));
        int times = (train + test + Chains - 1) / Chains;
        var words = model.Sample(Chains, burnIn: 300, times, every: 8, random.Child(3));
        var (first, second) = Samples.TrainAndTest(words, train, test, random.Child(4));
        return new PlantedIsing(first, second, areas, model);
    }

    /// <summary>Number of planted edges.</summary>
    public int Edges => PopulationStatistics.UpperTriangle(Truth.Couplings).Count(j => j != 0.0);

    private static double[,] DrawCouplings(ImmutableArray<int> areas, Philox random)
    {
        var couplings = new double[Units, Units];
        for (int i = 0; i < Units; i++)
            for (int j = 0; j < i; j++)
            {
                ulong pair = (ulong)(i * Units + j);
                if (random.Substream(0).Uniform(pair) >= (areas[i] == areas[j] ? 0.35 : 0.04)) continue;
                double size = 0.30 + 0.10 * random.Substream(1).Normal(pair);
                couplings[i, j] = couplings[j, i] = random.Substream(2).Uniform(pair) < 0.2 ? -size : size;
            }
        return couplings;
    }

    // magnetisations are pulled to their targets as if each neuron were alone, and measured again
    private static double[] TunedFields(double[,] couplings, double[] targets, Philox random)
    {
        double[] fields = [.. targets.Select(rate => 0.5 * Logistic.Logit(rate))];
        for (int round = 0; round < 25; round++)
        {
            double[] rates = new PairwiseIsing(couplings, fields)
                .Sample(Chains / 4, burnIn: 40, times: 10, every: 3, random.Child((ulong)round)).Rates();
            for (int i = 0; i < fields.Length; i++)
                fields[i] += 0.5 * (Math.Atanh(2.0 * targets[i] - 1.0) - Math.Atanh(2.0 * Math.Clamp(rates[i], 1e-3, 0.999) - 1.0));
        }
        return fields;
    }
}
