using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.BoltzmannTests;

public class KilledRbmTests
{
    internal const string Verb = "train-rbm-and-save";
    private const int Updates = 400;

    [Fact]
    public Task A_training_killed_again_and_again_ends_with_the_weights_of_one_that_was_not() =>
        KilledProcess.ComparedWithWholeAsync(Verb, file => Train(file, Updates), Updates, killEvery: 90);

    /// <summary>What the other process does; the chains that follow the training are saved with it.</summary>
    internal static BernoulliRbm Train(string file, int updates)
    {
        var data = PlantedIsing.Draw(new Philox(1), train: 500, test: 10).Train;
        var trainer = new RbmTrainer { LearningRate = 0.2, GibbsSteps = 3, Chains = 40, BatchSize = 50, TrajectoryChains = 20, Threads = 2 };
        var initial = BernoulliRbm.FromRates(data.Rates(), 8, 0.02, new Philox(2));
        return trainer.Run(data, initial, updates, new Philox(3), checkpoints: 10, file, saveEvery: 7, new Teller()).Machine;
    }

    private sealed class Teller : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => KilledProcess.Tell(value.Update, value.Updates);
    }
}
