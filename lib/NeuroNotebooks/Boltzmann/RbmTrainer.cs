using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Where the chains that stand for the model start before each update.</summary>
public enum ChainStart
{
    /// <summary>Where the last update left them: persistent contrastive divergence, PCD-k.</summary>
    Persistent,

    /// <summary>At the words of the batch: contrastive divergence, CD-k.</summary>
    Data,

    /// <summary>At fair coins each time: learns a model that is right after exactly k sweeps from there.</summary>
    Coins,
}

/// <summary>Gradient ascent on the likelihood of a <see cref="BernoulliRbm"/>, its model averages taken from Gibbs chains.</summary>
/// <remarks>
/// <code>
/// ΔW = ⟨(v − v̄)(h − h̄)ᵀ⟩_data − ⟨(v − v̄)(h − h̄)ᵀ⟩_chains       v̄, h̄: means over the batch
/// Δb = v̄ − ⟨v⟩_chains − ΔW h̄        Δc = h̄ − ⟨h⟩_chains − ΔWᵀ v̄        θ ← θ + rate · Δθ
/// </code>
/// No momentum, no weight decay. One seed gives one result, to the bit, on any number of threads and with either back end of the matrix
/// products: units are on or off, so all products are sums of rows of W, made in an order of their own. Nothing is allocated per update.
/// Source: Montavon and Müller (2012) for the centred gradient; Tieleman, ICML 2008, for persistent chains; Béreux et al., arXiv:2603.11032.
/// </remarks>
public sealed record RbmTrainer
{
    /// <summary>Step of the ascent, above zero.</summary>
    public double LearningRate { get; init => field = Require.Positive(value, nameof(LearningRate)); } = 0.01;

    /// <summary>Gibbs sweeps per update, k, above zero.</summary>
    public int GibbsSteps { get; init => field = Require.Positive(value, nameof(GibbsSteps)); } = 100;

    /// <summary>Chains that stand for the model, above zero; with <see cref="ChainStart.Data"/> there are as many as words in a batch.</summary>
    public int Chains { get; init => field = Require.Positive(value, nameof(Chains)); } = 2000;

    /// <summary>Words per update, above zero; all of them if there are fewer.</summary>
    public int BatchSize { get; init => field = Require.Positive(value, nameof(BatchSize)); } = 2000;

    /// <summary>Whether averages are taken about the means of the data, which keeps fields and weights from fighting.</summary>
    public bool Centered { get; init; } = true;

    /// <summary>Where the chains start before each update.</summary>
    public ChainStart Start { get; init; } = ChainStart.Persistent;

    /// <summary>Chains that follow the training from the first update to estimate ln Z along it; 0 for none, otherwise at least 2.</summary>
    public int TrajectoryChains { get; init => field = NoneOrTwo(value, nameof(TrajectoryChains)); }

    /// <summary>Threads to use, above zero.</summary>
    public int Threads { get; init => field = Require.Positive(value, nameof(Threads)); } = Environment.ProcessorCount;

    /// <summary>Begins a training that the caller steps.</summary>
    /// <param name="data">Words to learn from.</param>
    /// <param name="initial">The machine to start from, with as many visible units.</param>
    /// <param name="random">Its random numbers.</param>
    /// <exception cref="ArgumentException">The machine has another number of visible units, or a neuron never or always fires.</exception>
    public RbmTraining Begin(BinaryPatterns data, BernoulliRbm initial, Philox random)
    {
        RequireLearnable(data, initial);
        return new RbmTraining(this, data, initial, random);
    }

    /// <summary>Trains from start to end, keeping machines on the way.</summary>
    /// <param name="data">Words to learn from.</param>
    /// <param name="initial">The machine to start from, with as many visible units.</param>
    /// <param name="updates">How many updates, above zero.</param>
    /// <param name="random">Its random numbers.</param>
    /// <param name="checkpoints">How many machines to keep, evenly in the logarithm of the update, above zero; the last is always kept.</param>
    /// <param name="file">
    /// A file to keep the state in, written whole or not at all: a training that finds one goes on from there, to the same bits.
    /// </param>
    /// <param name="saveEvery">Updates between two writings, above zero.</param>
    /// <param name="progress">Told after every update.</param>
    /// <param name="cancellation">Stops between two updates, after writing the file.</param>
    /// <exception cref="ArgumentException">The machine has another number of visible units, or a neuron never or always fires.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or belongs to another training.</exception>
    /// <exception cref="TrainingDivergedException">The gradient left all bounds.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainedRbm Run(
        BinaryPatterns data, BernoulliRbm initial, int updates, Philox random, int checkpoints = 50, string? file = null,
        int saveEvery = 500, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        RequireLearnable(data, initial);
        Require.Positive(updates);
        Require.Positive(checkpoints);
        Require.Positive(saveEvery);
        if (file is not null) ArgumentException.ThrowIfNullOrWhiteSpace(file);
        var keep = CheckpointSchedule.LogSpaced(updates, checkpoints);
        var training = file is not null && File.Exists(file)
            ? RbmTraining.Resume(file, this, data, random)
            : new RbmTraining(this, data, initial, random);
        try
        {
            while (training.Updates < updates)
            {
                cancellation.ThrowIfCancellationRequested();
                training.Step();
                if (keep.Contains(training.Updates)) training.Keep();
                if (file is not null && training.Updates % saveEvery == 0) training.Save(file);
                progress?.Report(new TrainingProgress(training.Updates, updates, training.GradientNorm));
            }
        }
        finally
        {
            if (file is not null && training.IsSound) training.Save(file);
        }
        return new TrainedRbm(training.Kept);
    }

    private static void RequireLearnable(BinaryPatterns data, BernoulliRbm initial)
    {
        Require.NotNull(data);
        Require.NotNull(initial);
        BinaryPatterns.RequireUnits(data, initial.Visible, nameof(data));
        double[] rates = data.Rates();
        int constant = Array.FindIndex(rates, rate => rate is 0.0 or 1.0);
        if (constant >= 0)
            throw new ArgumentException(
                $"data has neuron {constant} {(rates[constant] == 0.0 ? "silent" : "active")} in all {data.Count} bins: "
                + "it has nothing to teach. Leave it out with Select.", nameof(data));
    }

    private static int NoneOrTwo(int value, string name)
    {
        if (value is < 0 or 1)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected 0, or at least 2.");
        return value;
    }
}

/// <summary>How far a training is.</summary>
/// <param name="Update">Updates made.</param>
/// <param name="Updates">Updates asked for.</param>
/// <param name="GradientNorm">Size of the last ΔW, the root of the sum of its squares.</param>
public readonly record struct TrainingProgress(int Update, int Updates, double GradientNorm);

/// <summary>A training whose gradient left all bounds.</summary>
/// <param name="update">The update at which it did.</param>
/// <param name="gradientNorm">Size of ΔW there.</param>
public sealed class TrainingDivergedException(int update, double gradientNorm) : InvalidOperationException(
    $"Training diverged at update {update}: the gradient has size {gradientNorm:g3}, or the chains stand still with all units on or off. "
    + "Lower LearningRate, or raise GibbsSteps.")
{
    /// <summary>The update at which the gradient left all bounds.</summary>
    public int Update { get; } = update;
}
