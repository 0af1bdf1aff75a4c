using System.Diagnostics;
using NeuroNotebooks.ComboNets;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.LearningTests;

public class KilledTrainingTests
{
    internal const string Verb = "train-and-save";
    private const int Updates = 400, Kills = 3;

    [Fact]
    public async Task A_training_killed_again_and_again_ends_with_the_same_bits_as_one_that_was_not()
    {
        string folder = Directory.CreateTempSubdirectory("training-").FullName;
        try
        {
            string file = Path.Combine(folder, "training");
            for (int kill = 1; kill <= Kills; kill++) await TrainAndKillAsync(file, atUpdate: kill * 60);
            using Process last = Start(file);
            await last.StandardOutput.ReadToEndAsync();
            await last.WaitForExitAsync();
            Assert.Equal(0, last.ExitCode);

            string whole = Path.Combine(folder, "whole");
            Train(whole, Updates);
            Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the other process does.</summary>
    internal static void Train(string file, int updates)
    {
        var net = new ComboClassifier<float>(new ComboDesign { Modules = 3, Units = 4, Density = 0.3 }, new Philox(1));
        var learner = new ComboLearner<float>(net, ImageStreams.SevenSegment(100, new Philox(2)));
        var settings = new TrainingSettings { Samples = 100, BatchSize = 16, ClipNorm = 1.0, Threads = 1 };
        new Training<float>(learner, settings, new Philox(3)).Run(updates, file: file, saveEvery: 7, progress: new Teller());
    }

    private static async Task TrainAndKillAsync(string file, int atUpdate)
    {
        using Process process = Start(file);
        bool died = true;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (int.Parse(line, System.Globalization.CultureInfo.InvariantCulture) < atUpdate) continue;
            process.Kill();         // SIGKILL: no chance to tidy up
            died = false;
            break;
        }
        Assert.False(died, "the training ended before it was killed");
        await process.WaitForExitAsync();
        Assert.NotEqual(0, process.ExitCode);
    }

    private static Process Start(string file) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(KilledTrainingTests).Assembly.Location, Verb, file, $"{Updates}" },
        })!;

    private sealed class Teller : IProgress<LearningProgress>
    {
        public void Report(LearningProgress value) => Console.WriteLine(value.Update);
    }
}
