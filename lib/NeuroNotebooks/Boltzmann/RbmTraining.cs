using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>A training under way: stepped by whoever holds it, saved and taken up again to the same bits. Not safe for two threads at once.</summary>
public sealed class RbmTraining
{
    private const double DivergedNorm = 1e3;

    private readonly RbmTrainer trainer;
    private readonly BinaryPatterns data;
    private readonly Philox random, orders, coins, sweeps;
    private readonly Minibatch batch;
    private readonly CentredGradient gradient;
    private readonly GibbsKernel words, chains;
    private readonly TrajectoryAnnealing? trajectory;
    private readonly List<RbmCheckpoint> kept = [];
    private readonly RbmParameters parameters;

    internal RbmTraining(RbmTrainer trainer, BinaryPatterns data, BernoulliRbm initial, Philox random)
    {
        (this.trainer, this.data, this.random) = (trainer, data, random);
        (orders, coins, sweeps) = (random.Child(0), random.Child(1), random.Child(2));
        parameters = RbmParameters.Of(initial);
        int size = Math.Min(trainer.BatchSize, data.Count);
        int chainCount = trainer.Start == ChainStart.Data ? size : trainer.Chains;
        batch = new Minibatch(data, size, orders);
        words = new GibbsKernel(size, initial.Visible, initial.Hidden, trainer.Threads);
        chains = new GibbsKernel(chainCount, initial.Visible, initial.Hidden, trainer.Threads);
        chains.TossCoins(coins);
        gradient = new CentredGradient(parameters, words, chains, trainer.Centered);
        if (trainer.TrajectoryChains > 0)
            trajectory = new TrajectoryAnnealing(parameters, trainer.TrajectoryChains, trainer.Threads, random.Child(3));
    }

    /// <summary>Updates made so far.</summary>
    public int Updates { get; private set; }

    /// <summary>Size of the last ΔW, the root of the sum of its squares.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>The parameters as they stand.</summary>
    public BernoulliRbm Machine => parameters.Freeze();

    /// <summary>The words at which the chains stand.</summary>
    public BinaryPatterns ChainStates => BinaryPatterns.FromStates(chains.Visible, chains.VisibleUnits);

    /// <summary>ln Z annealed along the training so far; null if no chains follow it.</summary>
    public PartitionEstimate? Trajectory => trajectory?.Estimate();

    /// <summary>The machines kept so far.</summary>
    public ImmutableArray<RbmCheckpoint> Kept => [.. kept];

    internal bool IsSound =>
        GradientNorm * Math.Max(1.0, trainer.LearningRate) <= DivergedNorm && !gradient.ChainsAreFrozen();

    /// <summary>One update.</summary>
    /// <exception cref="TrainingDivergedException">The gradient left all bounds; the parameters are those before it did.</exception>
    public void Step()
    {
        batch.Load(Updates, words.Visible);
        StartChains();
        GradientNorm = gradient.Compute(sweeps, (ulong)Updates * (ulong)trainer.GibbsSteps, trainer.GibbsSteps);
        if (!IsSound) throw new TrainingDivergedException(Updates, GradientNorm);
        trajectory?.Leave(parameters);
        gradient.Apply((float)trainer.LearningRate);
        trajectory?.Enter(parameters, (ulong)Updates);
        Updates++;
    }

    /// <summary>Keeps the machine as it stands among <see cref="Kept"/>.</summary>
    public void Keep() => kept.Add(new RbmCheckpoint(Updates, Machine, GradientNorm, Trajectory));

    /// <summary>Writes everything that the rest of the training depends on; the file is the old one or the new one, whatever happens.</summary>
    /// <param name="path">The file; its folder exists.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        WholeFile.Write(path, writer => RbmTrainingFile.Write(
            writer, TrainingKey.Of(trainer, data, random), new TrainingState(Updates, GradientNorm, Machine, chains.Visible.ToArray(), trajectory?.State, Kept)));
    }

    /// <summary>Takes up a saved training where it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">The settings it was begun with; only the number of threads may differ.</param>
    /// <param name="data">The words it was begun with.</param>
    /// <param name="random">The random numbers it was begun with.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or belongs to another training.</exception>
    public static RbmTraining Resume(string path, RbmTrainer trainer, BinaryPatterns data, Philox random)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Require.NotNull(trainer);
        Require.NotNull(data);
        using var file = File.OpenRead(path);
        var state = WholeFile.Opened(file, "saved training", reader => RbmTrainingFile.Read(reader, TrainingKey.Of(trainer, data, random)));
        var training = new RbmTraining(trainer, data, state.Machine, random)
        {
            Updates = state.Updates,
            GradientNorm = state.GradientNorm,
        };
        state.Chains.CopyTo(training.chains.Visible);
        if (state.Trajectory is { } along) training.trajectory?.Restore(along);
        training.kept.AddRange(state.Kept);
        return training;
    }

    private void StartChains()
    {
        if (trainer.Start == ChainStart.Data) words.Visible.CopyTo(chains.Visible);
        if (trainer.Start == ChainStart.Coins) chains.TossCoins(coins.Child((ulong)Updates + 1));
    }
}
