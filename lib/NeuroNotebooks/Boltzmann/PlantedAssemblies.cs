using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Words of a teacher machine whose hidden units are assemblies of neurons, in the order in which its chain visits them.</summary>
/// <param name="Train">Words to learn from, in random order.</param>
/// <param name="Test">Words to be judged on, in random order.</param>
/// <param name="Areas">The area of each neuron.</param>
/// <param name="Assemblies">The assembly of each neuron.</param>
/// <param name="Recording">All words in the order of time, one sweep a bin.</param>
/// <param name="Truth">The machine that made them.</param>
public sealed record PlantedAssemblies(
    BinaryPatterns Train, BinaryPatterns Test, ImmutableArray<int> Areas, ImmutableArray<int> Assemblies, BinaryPatterns Recording,
    BernoulliRbm Truth)
    : PlantedPopulation(Train, Test, Areas)
{
    private const int AreaCount = 6;

    /// <summary>Draws a teacher and one chain of it.</summary>
    /// <param name="random">Random numbers.</param>
    /// <param name="units">Number of neurons, at least 6.</param>
    /// <param name="assemblies">Number of assemblies, at least 6.</param>
    /// <param name="bins">Words of the recording, at least 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <remarks>
    /// Six areas; assembly a lives in area a mod 6; a neuron joins one assembly, of its own area with probability 0.85, with a weight
    /// N(2.2, 0.4), a quarter less in the last two areas. Three quarters of the bins are for training.
    /// </remarks>
    public static PlantedAssemblies Draw(Philox random, int units = 200, int assemblies = 12, int bins = 60_000)
    {
        Require.InRange(units, AreaCount, int.MaxValue);
        Require.InRange(assemblies, AreaCount, int.MaxValue);
        Require.InRange(bins, 4, int.MaxValue);
        int areaSize = (units + AreaCount - 1) / AreaCount;
        ImmutableArray<int> areas = [.. Enumerable.Range(0, units).Select(i => i / areaSize)];
        ImmutableArray<int> members = [.. areas.Select((area, i) => Joined(area, assemblies, (ulong)i, random.Child(0)))];
        var teacher = Teacher(areas, members, assemblies, random.Child(1));
        var recording = GibbsChains.FromCoins(teacher, 1, random.Child(2), threads: 1).Advance(200).Collect(bins);
        int train = bins * 3 / 4;
        var (first, second) = Samples.TrainAndTest(recording, train, bins - train, random.Child(3));
        return new PlantedAssemblies(first, second, areas, members, recording, teacher);
    }

    /// <summary>ln Z of <see cref="Truth"/> exactly, for any number of assemblies.</summary>
    /// <remarks>
    /// No neuron belongs to two assemblies, so that each adds a term of its own:
    /// Σ_i sp(b_i) + Σ_a sp(c_a + Σ_{i in a} [sp(b_i + w_i) − sp(b_i)]) with sp(x) = ln(1 + eˣ).
    /// </remarks>
    public double LogZ()
    {
        double[,] weights = Truth.WeightMatrix();
        double[] on = [.. Truth.HiddenFields.ToArray().Select(c => (double)c)];
        double off = 0.0;
        for (int i = 0; i < Assemblies.Length; i++)
        {
            double b = Truth.VisibleFields[i];
            off += Logistic.Softplus(b);
            on[Assemblies[i]] += Logistic.Softplus(b + weights[i, Assemblies[i]]) - Logistic.Softplus(b);
        }
        return off + on.Sum(Logistic.Softplus);
    }

    private static int Joined(int area, int assemblies, ulong neuron, Philox random)
    {
        int[] own = [.. Enumerable.Range(0, assemblies).Where(a => a % AreaCount == area)];
        int[] others = [.. Enumerable.Range(0, assemblies).Where(a => a % AreaCount != area)];
        int[] choice = random.Substream(0).Uniform(neuron) < 0.85 ? own : others;
        return choice[random.Substream(1).Integer(neuron, choice.Length)];
    }

    private static BernoulliRbm Teacher(ImmutableArray<int> areas, ImmutableArray<int> members, int assemblies, Philox random)
    {
        int units = areas.Length;
        var weights = new double[units, assemblies];
        double[] visibleFields = new double[units], hiddenFields = new double[assemblies];
        Array.Fill(hiddenFields, -0.3);
        for (int i = 0; i < units; i++)
        {
            double w = (2.2 + 0.4 * random.Substream(0).Normal((ulong)i)) * (areas[i] >= AreaCount - 2 ? 0.75 : 1.0);
            double b = -2.9 + 0.4 * random.Substream(1).Normal((ulong)i);
            double down = Logistic.Sigmoid(b), up = Logistic.Sigmoid(b + w);
            weights[i, members[i]] = w;
            visibleFields[i] = b;
            hiddenFields[members[i]] -= w * (down + 0.48 * (up - down));
        }
        return new BernoulliRbm(weights, visibleFields, hiddenFields);
    }
}
