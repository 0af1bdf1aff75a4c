using System.Collections.Immutable;

namespace NeuroNotebooks.Boltzmann;

/// <summary>A machine kept during training.</summary>
/// <param name="Update">After how many updates.</param>
/// <param name="Machine">Its parameters then.</param>
/// <param name="GradientNorm">Size of the last ΔW.</param>
/// <param name="Trajectory">ln Z as annealed along the training, if chains followed it.</param>
public sealed record RbmCheckpoint(int Update, BernoulliRbm Machine, double GradientNorm, PartitionEstimate? Trajectory);

/// <summary>What a training leaves: the machines on the way, the last of them the result.</summary>
/// <param name="Checkpoints">In the order of their updates; at least one.</param>
public sealed record TrainedRbm(ImmutableArray<RbmCheckpoint> Checkpoints)
{
    /// <summary>In the order of their updates; at least one.</summary>
    public ImmutableArray<RbmCheckpoint> Checkpoints { get; init; } = Require.Some(Checkpoints);

    /// <summary>The machine after the last update.</summary>
    public BernoulliRbm Machine => Checkpoints[^1].Machine;

    /// <summary>Mean ln p(v) of words at each checkpoint by the estimate annealed along the training, nats per neuron and bin.</summary>
    /// <param name="patterns">Words of as many neurons.</param>
    /// <exception cref="ArgumentException">The words have another number of neurons.</exception>
    /// <exception cref="InvalidOperationException">The training had no trajectory chains.</exception>
    /// <exception cref="UnreliableEstimateException">An estimate cannot be trusted.</exception>
    public double[] LogLikelihoods(BinaryPatterns patterns) =>
    [
        .. Checkpoints.Select(kept => kept.Machine.LogLikelihood(
            patterns,
            kept.Trajectory?.LogZ ?? throw new InvalidOperationException("No chains followed this training: set RbmTrainer.TrajectoryChains."))),
    ];

    /// <summary>The checkpoint under which the words are likeliest.</summary>
    /// <param name="patterns">Words that were not trained on.</param>
    /// <exception cref="ArgumentException">The words have another number of neurons.</exception>
    /// <exception cref="InvalidOperationException">The training had no trajectory chains.</exception>
    /// <exception cref="UnreliableEstimateException">An estimate cannot be trusted.</exception>
    public RbmCheckpoint Best(BinaryPatterns patterns)
    {
        double[] likelihoods = LogLikelihoods(patterns);
        return Checkpoints[Array.IndexOf(likelihoods, likelihoods.Max())];
    }
}

/// <summary>When machines are kept.</summary>
public static class CheckpointSchedule
{
    /// <summary>Updates evenly spaced in their logarithm, without doubles: 1 to <paramref name="updates"/>.</summary>
    /// <param name="updates">The last, above zero.</param>
    /// <param name="count">About how many, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not above zero.</exception>
    public static ImmutableSortedSet<int> LogSpaced(int updates, int count)
    {
        Require.Positive(updates);
        Require.Positive(count);
        var spaced = Enumerable.Range(0, count).Select(k => (int)Math.Round(Math.Pow(updates, (double)k / Math.Max(1, count - 1))));
        return [.. spaced, updates];
    }
}
