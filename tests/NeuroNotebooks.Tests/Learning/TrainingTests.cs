using System.Collections.Immutable;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.LearningTests;

public class TrainingTests
{
    private static readonly TrainingSettings Settings = new() { Samples = 50, BatchSize = 8, Optimiser = new Adam(0.05), Parts = 3 };

    [Fact]
    public void Least_squares_finds_the_line_that_the_samples_lie_on()
    {
        var learner = new LinearLearner();

        new Training<double>(learner, Settings, new Philox(1)).Run(1500);

        Close.All(LinearLearner.Truth, [.. learner.Parameters.SelectMany(p => p.Value.ToArray())], 1e-6);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    public void Any_number_of_threads_gives_the_same_bits(int threads) =>
        Assert.Equal(Trained(Settings with { Threads = 1 }, 40), Trained(Settings with { Threads = threads }, 40));

    [Fact]
    public void A_batch_in_parts_has_the_gradient_of_the_batch_as_a_whole()
    {
        double[] whole = Trained(Settings with { Parts = 1 }, 10), parts = Trained(Settings with { Parts = 5 }, 10);

        Close.All(whole, parts, 1e-12);      // rounding of sums in another order, ten times
    }

    [Fact]
    public void More_parts_than_samples_are_no_trouble() =>
        Close.All(Trained(Settings with { BatchSize = 2, Parts = 1 }, 5), Trained(Settings with { BatchSize = 2, Parts = 6 }, 5), 1e-12);

    [Fact]
    public void Every_sample_is_used_once_in_an_epoch_and_in_another_order_in_the_next()
    {
        var learner = new Recorder();
        var training = new Training<double>(learner, new TrainingSettings { Samples = 10, BatchSize = 4, Parts = 1 }, new Philox(1));

        for (int k = 0; k < 6; k++) training.Step();

        Assert.Equal(Enumerable.Range(0, 10), learner.Seen.Take(10).Order());
        Assert.Equal(Enumerable.Range(0, 10), learner.Seen.Skip(10).Order());
        Assert.NotEqual(learner.Seen.Take(10), learner.Seen.Skip(10));
    }

    [Fact]
    public void A_task_without_end_numbers_its_samples_on_and_on()
    {
        var learner = new Recorder();
        var training = new Training<double>(learner, new TrainingSettings { BatchSize = 3, Parts = 1 }, new Philox(1));

        for (int k = 0; k < 3; k++) training.Step();

        Assert.Equal(Enumerable.Range(0, 9), learner.Seen);
    }

    [Fact]
    public void A_long_gradient_is_shortened_and_its_direction_kept()
    {
        var free = new LinearLearner();
        var clipped = new LinearLearner();
        var settings = Settings with { Optimiser = new Sgd(1.0) };
        new Training<double>(free, settings, new Philox(1)).Step();
        var training = new Training<double>(clipped, settings with { ClipNorm = 0.01 }, new Philox(1));

        training.Step();

        double[] step = [.. clipped.Parameters.SelectMany(p => p.Value.ToArray())], full = [.. free.Parameters.SelectMany(p => p.Value.ToArray())];
        Close.To(0.01, Math.Sqrt(step.Sum(v => v * v)), 1e-15);
        Close.To(training.GradientNorm, Math.Sqrt(full.Sum(v => v * v)), 1e-13);
        Close.All([.. full.Select(v => v * 0.01 / training.GradientNorm)], step, 1e-15);
    }

    [Fact]
    public void A_training_taken_up_again_ends_with_the_same_bits()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.Delete(file);
            var first = new Training<double>(new LinearLearner(), Settings, new Philox(1));
            first.Run(23, Scoring(), file);
            var second = new LinearLearner();
            var resumed = new Training<double>(second, Settings, new Philox(1));
            resumed.Run(60, Scoring(), file);

            var whole = new Training<double>(new LinearLearner(), Settings, new Philox(1));
            whole.Run(60, Scoring());
            Assert.Equal(whole.Losses.ToArray(), resumed.Losses.ToArray());
            Assert.Equal(whole.Scores.ToArray(), resumed.Scores.ToArray());
            Assert.Equal(whole.Best, resumed.Best);
        }
        finally
        {
            File.Delete(file);
        }

        static EarlyStopping Scoring() => new(() => 1.0, 5, KeepBest: false);
    }

    [Fact]
    public void A_saved_training_is_taken_up_only_by_its_like()
    {
        string file = Path.GetTempFileName();
        try
        {
            new Training<double>(new LinearLearner(), Settings, new Philox(1)).Save(file);

            var otherSeed = Assert.Throws<InvalidDataException>(() => new Training<double>(new LinearLearner(), Settings, new Philox(2)).Resume(file));
            Assert.Contains("other settings", otherSeed.Message, StringComparison.Ordinal);
            Assert.Throws<InvalidDataException>(() =>
                new Training<double>(new LinearLearner(), Settings with { Optimiser = new Adam(0.06) }, new Philox(1)).Resume(file));
            var otherShape = Assert.Throws<InvalidDataException>(() => new Training<double>(new Recorder(), Settings, new Philox(1)).Resume(file));
            Assert.Contains("other parameters", otherShape.Message, StringComparison.Ordinal);
            new Training<double>(new LinearLearner(), Settings with { Threads = 7 }, new Philox(1)).Resume(file);

            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^5]);
            Assert.Throws<InvalidDataException>(() => new Training<double>(new LinearLearner(), Settings, new Philox(1)).Resume(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_goal_or_lost_patience_ends_a_training_and_the_best_parameters_stay()
    {
        double score = 0.0;
        var goal = new Training<double>(new LinearLearner(), Settings, new Philox(1));
        Assert.Equal(TrainingEnd.GoalReached, goal.Run(100, new EarlyStopping(() => score += 1.0, Every: 3, Goal: 4.0)));
        Assert.Equal(12, goal.Updates);

        var learner = new LinearLearner();
        var patience = new Training<double>(learner, Settings, new Philox(1));
        double[] scores = [1.0, 2.0, 0.5, 0.4, 0.3];
        int taken = 0;
        double[] best = [];
        Assert.Equal(TrainingEnd.OutOfPatience, patience.Run(100, new EarlyStopping(() =>
        {
            if (taken == 1) best = learner.Parameters[0].Value.ToArray();
            return scores[taken++];
        }, Every: 2, Patience: 3)));
        Assert.Equal(10, patience.Updates);
        Assert.Equal(new ScoreAt(4, 2.0), patience.Best);
        Assert.Equal(best, learner.Parameters[0].Value.ToArray());

        Assert.Equal(TrainingEnd.Completed, new Training<double>(new LinearLearner(), Settings, new Philox(1)).Run(5));
    }

    [Fact]
    public void A_cancelled_training_has_saved_where_it_was()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.Delete(file);
            using var source = new CancellationTokenSource();
            var training = new Training<double>(new LinearLearner(), Settings, new Philox(1));
            Assert.Throws<OperationCanceledException>(() => training.Run(
                100, file: file, progress: new Cancelling(source, 11), cancellation: source.Token));
            var resumed = new Training<double>(new LinearLearner(), Settings, new Philox(1));

            resumed.Resume(file);

            Assert.Equal(11, resumed.Updates);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_before_it_does_harm()
    {
        var learner = new Recorder { Broken = true };
        var training = new Training<double>(learner, new TrainingSettings { BatchSize = 3, Parts = 1 }, new Philox(1));

        Assert.Throws<LearningDivergedException>(() => training.Step());

        Assert.Equal([1.0, 1.0], learner.Parameters[0].Value.ToArray());
    }

    [Fact]
    public void Nothing_is_allocated_by_an_update_after_the_first_ones()
    {
        var learner = new LinearLearner();
        var training = new Training<double>(learner, Settings with { Threads = 1, BatchSize = 10 }, new Philox(1));
        for (int k = 0; k < 40; k++) training.Step();       // lists grow by doubling: past 32 they hold until 64

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 20; k++) training.Step();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double[] Trained(TrainingSettings settings, int updates)
    {
        var learner = new LinearLearner();
        new Training<double>(learner, settings, new Philox(1)).Run(updates);
        return [.. learner.Parameters.SelectMany(p => p.Value.ToArray())];
    }

    private sealed class Recorder : ILearner<double>
    {
        private readonly Parameter<double> only = new Parameter<double>("only", 1, 2).Constant(1.0);

        public List<int> Seen { get; } = [];

        public bool Broken { get; init; }

        public ImmutableArray<Parameter<double>> Parameters => [only];

        public Variable<double> Loss(Tape<double> tape, Minibatch batch)
        {
            Seen.AddRange(batch.Samples.ToArray());
            return tape.Use(only).Sum().Scaled(Broken ? double.MaxValue : 1.0).Scaled(Broken ? 4.0 : 1.0);
        }
    }

    private sealed class Cancelling(CancellationTokenSource source, int at) : IProgress<LearningProgress>
    {
        public void Report(LearningProgress value)
        {
            if (value.Update == at) source.Cancel();
        }
    }
}
