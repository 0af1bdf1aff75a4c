using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Accuracy under a growing perturbation, averaged over repetitions.</summary>
/// <param name="Levels">Strength of the perturbation.</param>
/// <param name="Accuracies">Accuracy at each level.</param>
/// <param name="Spreads">Standard deviation over the repetitions at each level; zero if there was one.</param>
public sealed record RobustnessCurve(ImmutableArray<double> Levels, ImmutableArray<double> Accuracies, ImmutableArray<double> Spreads)
{
    /// <summary>The paper's 20 levels: 0, 0.05, … 0.95.</summary>
    public static ImmutableArray<double> PaperLevels { get; } = [.. Enumerable.Range(0, 20).Select(k => k / 20.0)];

    /// <summary>Strength of the perturbation.</summary>
    public ImmutableArray<double> Levels { get; } = Require.Some(Levels);

    /// <summary>Accuracy at each level.</summary>
    public ImmutableArray<double> Accuracies { get; } = SameLength(Accuracies, Levels, nameof(Accuracies));

    /// <summary>Standard deviation over the repetitions at each level.</summary>
    public ImmutableArray<double> Spreads { get; } = SameLength(Spreads, Levels, nameof(Spreads));

    /// <summary>The paper's score: the mean over the levels of accuracy × level; 0.475 for a network that never errs, at the paper's levels.</summary>
    public double Score => Levels.Zip(Accuracies, (level, accuracy) => level * accuracy).Average();

    /// <summary>The mean accuracy between the first level and the last: area by trapezia over the width; not a number for one level.</summary>
    public double AreaUnderCurve
    {
        get
        {
            double area = 0.0;
            for (int k = 1; k < Levels.Length; k++) area += 0.5 * (Accuracies[k] + Accuracies[k - 1]) * (Levels[k] - Levels[k - 1]);
            return area / (Levels[^1] - Levels[0]);
        }
    }

    /// <summary>Accuracy when synapses are cut at random, one mask a repetition and level.</summary>
    /// <param name="network">The network.</param>
    /// <param name="trials">The trials, the same at every level.</param>
    /// <param name="random">The stream of masks and noise.</param>
    /// <param name="masks">Masks per level, above zero.</param>
    /// <param name="levels">Probabilities that a synapse is cut; the paper's if left out.</param>
    /// <param name="largestFirst">Cuts the largest synapses instead: one repetition is then enough.</param>
    /// <exception cref="ArgumentOutOfRangeException">A level is no probability.</exception>
    public static RobustnessCurve Structural(
        MemoryNetwork network, TrialBatch trials, Philox random, int masks = 5, IEnumerable<double>? levels = null, bool largestFirst = false)
    {
        Require.Positive(masks);
        return Measure(network, trials, random, masks, levels, (level, seed) => new NetworkPerturbation
        {
            SynapseAblationProbability = level, MaskSeed = seed, LargestFirst = largestFirst,
        });
    }

    /// <summary>Accuracy under more noise inside the nonlinearity.</summary>
    /// <param name="network">The network.</param>
    /// <param name="trials">The trials, the same at every level.</param>
    /// <param name="random">The stream of the noise.</param>
    /// <param name="repetitions">Runs per level, above zero.</param>
    /// <param name="levels">Values of σ, zero or above; the paper's if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A level is below zero.</exception>
    public static RobustnessCurve Process(
        MemoryNetwork network, TrialBatch trials, Philox random, int repetitions = 1, IEnumerable<double>? levels = null) =>
        Measure(network, trials, random, repetitions, levels, (level, _) => new NetworkPerturbation { ProcessNoise = level });

    private static RobustnessCurve Measure(
        MemoryNetwork network, TrialBatch trials, Philox random, int repetitions, IEnumerable<double>? levels,
        Func<double, ulong, NetworkPerturbation> perturb)
    {
        Require.NotNull(network);
        Require.NotNull(trials);
        Require.Positive(repetitions);
        ImmutableArray<double> all = levels is null ? PaperLevels : Require.Some([.. levels], nameof(levels));
        foreach (double level in all) Require.InRange(level, 0.0, 1e6, nameof(levels));
        var accuracies = new double[all.Length];
        var spreads = new double[all.Length];
        for (int k = 0; k < all.Length; k++)
        {
            Philox own = random.Child((ulong)k);
            double[] each = [.. Enumerable.Range(0, repetitions).Select(r =>
                network.Accuracy(trials, own.Child((ulong)r), perturb(all[k], own.Child((ulong)(repetitions + r)).Seed)))];
            accuracies[k] = each.Average();
            spreads[k] = repetitions == 1 ? 0.0 : Math.Sqrt(each.Sum(a => (a - accuracies[k]) * (a - accuracies[k])) / (repetitions - 1));
        }
        return new RobustnessCurve(all, [.. accuracies], [.. spreads]);
    }

    private static ImmutableArray<double> SameLength(ImmutableArray<double> values, ImmutableArray<double> levels, string name)
    {
        Require.Length(levels.Length, Require.Given(values, name).Length, name, "level");
        return values;
    }
}
