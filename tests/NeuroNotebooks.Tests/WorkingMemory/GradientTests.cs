using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;
using NeuroNotebooks.WorkingMemory;

namespace NeuroNotebooks.WorkingMemoryTests;

public class GradientTests
{
    public static IEnumerable<object[]> Kinds => Trials.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public void Gradients_through_whole_trials_are_those_of_central_differences(string kind)
    {
        Assert.Equal(12, Trials.ShortTask.Timing.Steps);
        var learner = new MemoryLearner<double>(Trials.Network(kind), Trials.ShortTask, new Philox(5));
        // eleven trials: a full block of lanes, and one that is filled up
        var check = GradientCheck.Run(learner.Parameters, tape => learner.Loss(tape, new Minibatch(Enumerable.Range(0, 11).ToArray(), 0, 0)));
        Assert.True(check.RelativeError < 1e-6, check.ToString());      // seen: 1e-10; a kink passed within the step would show as 1e-5
        Assert.True(check.Parameters[0].Size > 1e-3, "the gradient is too small to say anything");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Single_precision_and_many_threads_give_the_same_gradient(string kind)
    {
        MemoryNetwork network = Trials.Network(kind, units: 19);
        TrialBatch batch = Trials.ShortTask.Sample(50, new Philox(2));
        float[] one = new float[network.Parameters.Length], three = new float[one.Length];
        double[] inDouble = new double[one.Length], parameters = [.. network.Parameters.Select(p => (double)p)];

        double loss = network.Loss(batch, new Philox(4), one, threads: 1), same = network.Loss(batch, new Philox(4), three, threads: 3);
        Assert.Equal(loss, same);
        Assert.Equal(one, three);

        double quiet = network.Loss(batch, new Philox(4), one, processNoise: 0.0);
        double exact = new BatchGradient<double>(network, batch.Timing.StepMs).Run(parameters, batch, new Philox(4), 0.0, inDouble, 1);
        // a dozen steps of sums of about thirty terms, each rounded to 6e-8
        Close.To(exact, quiet, 1e-5 * exact, kind);
        double size = inDouble.Max(Math.Abs);
        Close.All(inDouble, [.. one.Select(g => (double)g)], 2e-5 * size, kind);
    }

    [Fact]
    public void Single_precision_keeps_the_anti_hebbian_gradient_through_a_trial_of_the_papers_length()
    {
        var task = new DelayedMatchToSampleTask();
        var network = AntiHebbianRnn.Draw(30, task.Channels, new Philox(1));
        TrialBatch batch = task.Sample(16, new Philox(2));
        var single = new float[network.Parameters.Length];
        double[] exact = new double[single.Length], parameters = [.. network.Parameters.Select(p => (double)p)];
        network.Loss(batch, new Philox(4), single, processNoise: 0.0);
        new BatchGradient<double>(network, batch.Timing.StepMs).Run(parameters, batch, new Philox(4), 0.0, exact, 2);
        // W is recomputed backwards over 434 steps: rounding of 6e-8 a step, amplified at most by (1 − αγ)^−434 = 1.4
        Close.All(exact, [.. single.Select(g => (double)g)], 3e-4 * exact.Max(Math.Abs));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_loss_is_the_mean_squared_error_in_the_response_window_times_the_number_of_delays(string kind)
    {
        MemoryNetwork network = Trials.Network(kind);
        TrialBatch batch = Trials.ShortTask.Sample(20, new Philox(2));
        NetworkRun run = network.Run(batch, new Philox(4), new NetworkPerturbation { ProcessNoise = 0.0 }, new Recording());
        double expected = 0.0;
        for (int trial = 0; trial < batch.Trials; trial++)
        {
            int first = batch.TestOnsetSteps[trial] + 2, end = first + 2;       // 100 ms each at 50 ms a step
            for (int step = first; step < end; step++)
                for (int c = 0; c < network.Channels; c++)
                    expected += Math.Pow(run.Readout(trial, step, c) - batch.Target(trial, step, c), 2) / (2 * network.Channels);
        }
        double loss = network.Loss(batch, new Philox(4), new float[network.Parameters.Length], processNoise: 0.0);
        Close.To(2.0 * expected / batch.Trials, loss, 1e-5 * expected, kind);      // single precision
    }

    [Fact]
    public void A_short_training_lowers_the_loss_and_gives_the_same_bits_on_any_number_of_threads_and_after_an_interruption()
    {
        var recipe = new TrainingRecipe("test", Trials.Network("FS-relu", 20), Rate: 3e-3, Decay: 1e-4, BatchSize: 64, Updates: 60, Goal: 2.0);
        TrainedNetwork one = recipe.Run(Trials.ShortTask, threads: 1), two = recipe.Run(Trials.ShortTask, threads: 2);
        Assert.Equal(one.Network.Parameters.AsEnumerable(), two.Network.Parameters);
        Assert.Equal(60, one.Updates);
        Assert.True(one.Losses[^1] < 0.5 * one.Losses[0], one.ToString());

        string file = Path.Combine(Path.GetTempPath(), $"memory-{Guid.NewGuid():N}");
        try
        {
            using var stop = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() =>
                recipe.Run(Trials.ShortTask, file, new StopAt(25, stop), threads: 1, cancellation: stop.Token));
            Assert.Equal(one.Network.Parameters.AsEnumerable(), recipe.Run(Trials.ShortTask, file).Network.Parameters);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private sealed class StopAt(int update, CancellationTokenSource source) : IProgress<LearningProgress>
    {
        public void Report(LearningProgress value)
        {
            if (value.Update == update) source.Cancel();
        }
    }
}
