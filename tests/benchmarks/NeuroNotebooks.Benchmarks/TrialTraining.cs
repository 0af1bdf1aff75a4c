using System.Diagnostics;
using System.Globalization;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.WorkingMemory;

namespace NeuroNotebooks.Benchmarks;

/// <summary>
/// One training step (forward, backward, Adam) of working-memory networks through whole trials, trial_training.py on PyTorch beside it: the same
/// weights and trials, single precision, no process noise, each at its better number of threads.
/// </summary>
internal static class TrialTraining
{
    private const int Units = 100;

    public static void Run(TextWriter output)
    {
        double peak = Measure.ProductPeak();
        output.WriteLine(Line($"{Units} units, 434 steps; peak of single-precision products on {Environment.ProcessorCount} threads: {peak:f0} GFLOP/s"));
        output.WriteLine($"{"network",-10}{"batch",6}{"ours, ms",10}{"threads",9}{"PyTorch, ms",13}{"threads",9}{"ratio",7}{"GFLOP/s",9}{"of peak",9}{"our memory, MB",16}{"PyTorch's",11}{"loss",11}{"PyTorch's",11}");
        var task = new DelayedMatchToSampleTask();
        foreach ((MemoryNetwork network, double work) in Networks(task))
            foreach (int trials in new[] { 64, 256 })
                Row(output, task, network, trials, work * trials * 434.0 * 1e-9, peak);
    }

    // floating-point operations per trial and step as a plain forward and backward pass counts them
    private static IEnumerable<(MemoryNetwork Network, double Work)> Networks(DelayedMatchToSampleTask task)
    {
        double square = Units * Units;
        yield return (FixedSynapseRnn.Draw(RateFunction.Tanh, Units, task.Channels, new Philox(1)), 6.0 * square);
        yield return (AntiHebbianRnn.Draw(Units, task.Channels, new Philox(1)), 20.0 * square);
    }

    private static void Row(TextWriter output, DelayedMatchToSampleTask task, MemoryNetwork network, int trials, double work, double peak)
    {
        TrialBatch batch = task.Sample(trials, new Philox(7));
        (double seconds, int threads) = Enumerable.Range(1, Environment.ProcessorCount).Select(count => (Seconds(network, batch, count), count)).Min();
        double loss = network.Loss(batch, new Philox(1), new float[network.Parameters.Length], processNoise: 0.0);
        double memory = 1e-6 * PeakMemory();
        Peer? peer = AskPeer(output, network, batch);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{network.Kind,-10}{trials,6}{1e3 * seconds,10:f0}{threads,9}{1e3 * peer?.Seconds,13:f0}{peer?.Threads,9}{peer?.Seconds / seconds,7:f1}{work / seconds,9:f0}{work / seconds / peak,9:p0}{memory,16:f0}{1e-6 * peer?.Memory,11:f0}{loss,11:f6}{peer?.Loss,11:f6}"));
    }

    private static double Seconds(MemoryNetwork network, TrialBatch batch, int threads)
    {
        var engine = new BatchGradient<float>(network, batch.Timing.StepMs);
        float[] parameters = [.. network.Parameters], gradient = new float[parameters.Length], first = new float[parameters.Length], second = new float[parameters.Length];
        var adam = new Adam(1e-9);      // the weights stay as good as they are, the work is the same
        int update = 0;
        return Enumerable.Range(0, 6).Min(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            engine.Run(parameters, batch, new Philox(1), 0.0, gradient, threads);
            adam.Move<float>(parameters, gradient, first, second, adam.Rate, ++update);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
    }

    private static double PeakMemory()
    {
        string? line = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith("VmHWM", StringComparison.Ordinal)) : null;
        return line is null ? Process.GetCurrentProcess().PeakWorkingSet64 : 1024.0 * double.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    private sealed record Peer(double Loss, double Seconds, string Threads, double Memory);

    private static Peer? AskPeer(TextWriter output, MemoryNetwork network, TrialBatch batch)
    {
        string folder = Directory.CreateTempSubdirectory("trials-").FullName;
        try
        {
            Write(Path.Combine(folder, "parameters"), [.. network.Parameters]);
            Write(Path.Combine(folder, "inputs"), batch.Inputs);
            Write(Path.Combine(folder, "trials"),
                [.. Enumerable.Range(0, batch.Trials).SelectMany(trial => new float[] { batch.Labels[trial], batch.ResponseWindow(trial).First, batch.ResponseWindow(trial).End })]);
            Peer? best = null;
            int cores = Environment.ProcessorCount;
            foreach ((int blas, int threads) in new[] { (1, 1), (1, cores), (cores, 1) }.Distinct())
            {
                // the threads of OpenBLAS and PyTorch's get in each other's way
                string arguments = Line($"{folder} {network.Kind} {Units} {batch.Trials} {batch.Steps} {threads}");
                if (PythonPeer.Ask("trial_training.py", arguments, blasThreads: blas) is not [var answer]) break;     // as a rule out of memory, which more threads would not help
                double[] numbers = [.. answer.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
                if (best is null || numbers[1] < best.Seconds) best = new Peer(numbers[0], numbers[1], Line($"{threads}+{blas}"), 1024.0 * numbers[2]);
            }
            if (best is null) output.WriteLine("  PyTorch did not answer (Debian: python3-torch)");
            return best;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string path, float[] values) =>
        File.WriteAllBytes(path, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
