using System.Diagnostics;
using System.Globalization;
using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Data;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>
/// Training beside scikit-learn's BernoulliRBM: the same words, hidden units, batches, parameter updates and Gibbs sweeps (persistent
/// chains, one sweep an update); first for speed at 1500 neurons, then for what is learned of the planted pairwise population.
/// </summary>
internal static class RbmBesideSklearn
{
    public static void Run(TextWriter output)
    {
        Speed(output);
        output.WriteLine();
        Quality(output);
    }

    private static void Speed(TextWriter output)
    {
        const int Neurons = 1500, Hidden = 100, Batch = 100, Words = 10_000, Epochs = 5, Repeats = 3;
        var data = PlantedAssemblies.Draw(new Philox(1), Neurons, assemblies: 60, bins: Words * 4 / 3 + 4).Train.Slice(0, Words);
        var trainer = new RbmTrainer { LearningRate = 0.01, GibbsSteps = 1, Chains = Batch, BatchSize = Batch };
        double ours = Enumerable.Range(0, Repeats + 1).Min(_ => Seconds(() => Train(trainer, data, Hidden, Epochs * Words / Batch)));
        output.WriteLine(
            $"{Neurons} neurons, {Hidden} hidden units, batch {Batch}, {Epochs * Words / Batch} updates of 1 sweep, fastest of {Repeats} trainings each");
        output.WriteLine(Line($"  this library   {ours,8:f2} s   (after one training that warms the compiler up)"));
        if (AskPeer(output, data, Hidden, Batch, Epochs, 0.01, Repeats) is { } peer)
            output.WriteLine(Line($"  scikit-learn   {peer.Seconds,8:f2} s   {peer.Seconds / ours:f1} times as long"));
    }

    private static void Quality(TextWriter output)
    {
        const int Hidden = 60, Batch = 100, Epochs = 20;
        var planted = PlantedIsing.Draw(new Philox(1));
        int updates = Epochs * planted.Train.Count / Batch;
        output.WriteLine($"planted pairwise population: {planted.Train.Units} neurons, {Hidden} hidden units, batch {Batch}, {updates} updates of 1 sweep");
        double independent = IndependentModel.Fit(planted.Train).LogLikelihood(planted.Test);
        output.WriteLine(Line($"  independent neurons                  test ln p {independent:f4} nats per neuron and bin"));
        foreach (double rate in (double[])[0.5, 0.2, 0.1])
        {
            var trainer = new RbmTrainer { LearningRate = rate, GibbsSteps = 1, Chains = Batch, BatchSize = Batch };
            Report(output, Line($"this library, rate {rate}"), planted, Train(trainer, planted.Train, Hidden, updates));
        }
        foreach (double rate in (double[])[0.1, 0.05])
            if (AskPeer(output, planted.Train, Hidden, Batch, Epochs, rate) is { } peer)
                Report(output, Line($"scikit-learn, rate {rate:0.##}"), planted, peer.Machine);
    }

    private static void Report(TextWriter output, string name, PlantedIsing planted, BernoulliRbm machine)
    {
        var logZ = Partition.Ais(machine, chains: 1000, temperatures: 2000, new Philox(9));
        double[] truth = PopulationStatistics.UpperTriangle(planted.Truth.Couplings);
        double[] read = PopulationStatistics.UpperTriangle(new EffectiveCouplings(machine).Pairs());
        string likelihood = logZ.IsReliable ? Line($"{machine.LogLikelihood(planted.Test, logZ.LogZ):f4}") : "not to be trusted";
        output.WriteLine(Line($"  {name,-35}  test ln p {likelihood}, couplings against the truth r = {PopulationStatistics.Correlation(truth, read):f3}"));
    }

    private static BernoulliRbm Train(RbmTrainer trainer, BinaryPatterns data, int hidden, int updates) =>
        trainer.Run(data, BernoulliRbm.FromRates(data.Rates(), hidden, 0.01, new Philox(2)), updates, new Philox(3), checkpoints: 1).Machine;

    private static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private sealed record Peer(double Seconds, BernoulliRbm Machine);

    private static Peer? AskPeer(TextWriter output, BinaryPatterns data, int hidden, int batch, int epochs, double rate, int repeats = 1)
    {
        string folder = Directory.CreateTempSubdirectory("rbm-").FullName;
        try
        {
            using (var words = File.Create(Path.Combine(folder, "words")))
                for (int t = 0; t < data.Count; t++) words.Write(data[t]);
            string arguments = Line($"{folder} {data.Count} {data.Units} {hidden} {batch} {epochs} {repeats} {rate}");
            if (PythonPeer.Ask("rbm_sklearn.py", arguments) is not [var versions, var seconds])
            {
                output.WriteLine("  scikit-learn   did not answer (Debian: python3-sklearn)");
                return null;
            }
            output.WriteLine($"  ({versions})");
            var weights = Saved(folder, "weights");
            var matrix = new double[weights.Shape[0], weights.Shape[1]];
            for (int k = 0; k < weights.Count; k++) matrix[k / weights.Shape[1], k % weights.Shape[1]] = weights.Numbers[k];
            var machine = new BernoulliRbm(matrix, Saved(folder, "visible").Numbers, Saved(folder, "hidden").Numbers);
            return new Peer(double.Parse(seconds, CultureInfo.InvariantCulture), machine);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static NpyArray Saved(string folder, string name)
    {
        using var stream = File.OpenRead(Path.Combine(folder, name + ".npy"));
        return NpyArray.Read(stream);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
