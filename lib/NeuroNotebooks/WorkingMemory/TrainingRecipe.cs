using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>How a network is trained: everything that its weights depend on.</summary>
/// <param name="Name">What its file is called.</param>
/// <param name="Network">The network to begin with.</param>
/// <param name="Rate">Adam's rate.</param>
/// <param name="Decay">λ: λ w is added to the gradient.</param>
/// <param name="BatchSize">Fresh trials per update, in parts of 32.</param>
/// <param name="Updates">At most so many updates.</param>
/// <param name="Goal">Accuracy on 1024 trials of their own that ends the training.</param>
/// <param name="Seed">Seed of the trials and the noise.</param>
public sealed record TrainingRecipe(
    string Name, MemoryNetwork Network, double Rate, double Decay, int BatchSize = 256, int Updates = 2000, double Goal = 0.96, ulong Seed = 1)
{
    private const int ValidationTrials = 1024, UpdatesBetweenScores = 10;

    /// <summary>The networks that come with the notebook on working memory: each kind at 100 units from two seeds or one, and three smaller PS-hebb.</summary>
    public static IReadOnlyList<TrainingRecipe> Published(int channels = 11)
    {
        Require.InRange(channels, 1, 2000);
        TrainingRecipe Plastic(int units, ulong seed) => new(
            $"ps-hebb-{units}{Suffix(seed)}", AntiHebbianRnn.Draw(units, channels, new Philox(seed, 4)), Rate: 0.01, Decay: 1e-5, BatchSize: 64, Updates: 3000,
            Goal: units >= 30 ? 0.95 : 0.9, Seed: seed);
        TrainingRecipe Fixed(RateFunction function, ulong seed) => new(
            $"fs-{(function == RateFunction.Relu ? "relu" : "tanh")}-100{Suffix(seed)}", FixedSynapseRnn.Draw(function, 100, channels, new Philox(seed, 1)), Rate: 1e-3, Decay: 1e-4, Seed: seed);
        TrainingRecipe Presynaptic(StpVariant variant, ulong seed) => new(
            $"ps-pre-{(variant == StpVariant.Physical ? "physical" : "authors")}-100{Suffix(seed)}", PresynapticStpRnn.Draw(variant, 100, channels, new Philox(seed, 2)), Rate: 0.02, Decay: 1e-5, Seed: seed);
        return
        [
            .. new ulong[] { 1, 2 }.SelectMany(seed => new[]
            {
                Fixed(RateFunction.Relu, seed), Fixed(RateFunction.Tanh, seed), Presynaptic(StpVariant.AuthorsCode, seed), Plastic(100, seed),
            }),
            Presynaptic(StpVariant.Physical, 1), Plastic(10, 1), Plastic(30, 1), Plastic(50, 1),
        ];
        static string Suffix(ulong seed) => seed == 1 ? "" : $"-seed{seed}";
    }

    /// <summary>The network to begin with.</summary>
    public MemoryNetwork Network { get; } = Given(Network);

    /// <summary>Trains the network until it reaches the goal or all updates are made.</summary>
    /// <param name="task">The task; the paper's if left out.</param>
    /// <param name="file">Where the state is kept on the way; an interrupted training goes on from there.</param>
    /// <param name="progress">Told after every update.</param>
    /// <param name="threads">Threads; one a processor if left out. The bits do not depend on them.</param>
    /// <param name="cancellation">Stops between two updates.</param>
    /// <returns>The network with the best score, and the course of the training.</returns>
    /// <exception cref="ArgumentException">The numbers of channels of task and network differ.</exception>
    public TrainedNetwork Run(
        DelayedMatchToSampleTask? task = null, string? file = null, IProgress<LearningProgress>? progress = null, int? threads = null,
        CancellationToken cancellation = default)
    {
        task ??= new DelayedMatchToSampleTask();
        Require.Positive(threads ?? 1, nameof(threads));
        var random = new Philox(Seed);
        var learner = new MemoryLearner<float>(Network, task, random.Child(1));
        var training = new Training<float>(learner, new TrainingSettings
        {
            Optimiser = new Adam(Rate, Decay), BatchSize = BatchSize, Parts = Math.Max(1, BatchSize / 32), Threads = threads ?? Environment.ProcessorCount,
            Task = $"{Name}, {Network}, seed {Seed}",
        }, random);
        TrialBatch validation = task.Sample(ValidationTrials, random.Child(2));
        var stopping = new EarlyStopping(() => learner.Network.Accuracy(validation, random.Child(3), threads: threads), UpdatesBetweenScores, Goal);
        TrainingEnd end = training.Run(Updates, stopping, file, saveEvery: 50, progress, cancellation);
        return new TrainedNetwork(learner.Network, training.Updates, training.Best.Value, end, training.Losses, training.Scores);
    }

    private static MemoryNetwork Given(MemoryNetwork network)
    {
        Require.NotNull(network);
        return network;
    }
}
