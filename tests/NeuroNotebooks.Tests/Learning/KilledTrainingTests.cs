using NeuroNotebooks.ComboNets;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.LearningTests;

public class KilledTrainingTests
{
    internal const string Verb = "train-and-save";
    private const int Updates = 400;

    [Fact]
    public Task A_training_killed_again_and_again_ends_with_the_same_bits_as_one_that_was_not() =>
        KilledProcess.ComparedWithWholeAsync(Verb, file => Train(file, Updates), Updates, killEvery: 60);

    /// <summary>What the other process does.</summary>
    internal static void Train(string file, int updates)
    {
        var net = new ComboClassifier<float>(new ComboDesign { Modules = 3, Units = 4, Density = 0.3 }, new Philox(1));
        var learner = new ComboLearner<float>(net, ImageStreams.SevenSegment(100, new Philox(2)));
        var settings = new TrainingSettings { Samples = 100, BatchSize = 16, ClipNorm = 1.0, Threads = 1 };
        new Training<float>(learner, settings, new Philox(3)).Run(updates, file: file, saveEvery: 7, progress: new Teller());
    }

    private sealed class Teller : IProgress<LearningProgress>
    {
        public void Report(LearningProgress value) => KilledProcess.Tell(value.Update, value.Updates);
    }
}
