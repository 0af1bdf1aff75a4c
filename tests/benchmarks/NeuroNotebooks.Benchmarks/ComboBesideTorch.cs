using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using NeuroNotebooks.ComboNets;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>
/// One training step (forward, backward, Adam) of a Sparse Combo Net of 16 × 32 units through 196 moments, in single precision, beside
/// PyTorch with one thread and with two, from equal weights.
/// </summary>
internal static class ComboBesideTorch
{
    private const int Steps = 4;

    public static void Run(TextWriter output)
    {
        var task = new ComboTask();
        double peak = ManagedPeak();
        output.WriteLine(Line($"matrix product of 1024 × 1024 in single precision, {Environment.ProcessorCount} threads, managed kernel: {peak:f0} GFLOP/s"));
        output.WriteLine(Line($"{ComboTask.Name}: {task.Work / 1e9:f1} GFLOP of dense products a step"));
        string folder = Directory.CreateTempSubdirectory("training-").FullName;
        try
        {
            task.Save(folder);
            long before = Process.GetCurrentProcess().PeakWorkingSet64;
            var training = new Training<float>(task, new TrainingSettings { BatchSize = ComboTask.Batch, Samples = ComboTask.Batch, Optimiser = new Adam(1e-3) }, new Philox(1));
            var (seconds, losses) = (double.PositiveInfinity, new List<double>());
            for (int step = 0; step < Steps; step++)
            {
                long start = Stopwatch.GetTimestamp();
                losses.Add(training.Step());
                if (step > 0) seconds = Math.Min(seconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            using var self = Process.GetCurrentProcess();
            output.WriteLine(Line($"  this library        {1e3 * seconds,8:f1} ms   {task.Work / 1e9 / seconds,6:f1} GFLOP/s, {task.Work / 1e9 / seconds / peak:p0} of the product's   peak {self.PeakWorkingSet64 >> 20} MB (before: {before >> 20})"));
            foreach (int threads in (int[])[1, 2]) Ask(output, folder, threads, seconds, losses);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Ask(TextWriter output, string folder, int threads, double ours, List<double> losses)
    {
        if (PythonPeer.Ask("combo_torch.py", Line($"{folder} {threads} {Steps}"), blasThreads: threads, threads: threads) is not [var versions, var answer])
        {
            output.WriteLine("  PyTorch             did not answer (Debian: python3-torch)");
            return;
        }
        double[] numbers = [.. answer.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        double difference = losses.Zip(numbers[2..], (a, b) => Math.Abs(a - b)).Max();
        output.WriteLine(Line($"  PyTorch, {threads} thread(s) {1e3 * numbers[0],8:f1} ms   {numbers[0] / ours,6:f1} times as long   peak {numbers[1]:f0} MB   losses differ by {difference:0.0e0} in {Steps} steps ({versions})"));
    }

    private static double ManagedPeak()
    {
        var before = LinearAlgebra.InUse;
        LinearAlgebra.Use(MatrixBackend.Managed);
        double peak = Measure.ProductPeak();
        LinearAlgebra.Use(before.Backend, before.Threads);
        return peak;
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);

    private static void Write<T>(string folder, string name, ReadOnlySpan<T> values) where T : unmanaged =>
        File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes(values).ToArray());

    private sealed class ComboTask : ILearner<float>
    {
        public const int Batch = 128;
        private const int Side = 14;
        private readonly ImageStreams images;
        private readonly ComboClassifier<float> net = new(new ComboDesign { Modules = 16, Units = 32, Density = 0.033, Alpha = 0.03 }, new Philox(1));
        private readonly ComboLearner<float> learner;

        public ComboTask()
        {
            var pixels = new float[Batch * Side * Side];
            new Philox(6).Uniforms(pixels);
            images = ImageStreams.Of(pixels, [.. Enumerable.Range(0, Batch).Select(i => (byte)(i % 10))], Side);
            learner = new ComboLearner<float>(net, images);
        }

        public static string Name => $"Sparse Combo Net, 16 × 32 units, {Side * Side} moments, batch {Batch}";

        public double Work => 3.0 * 2.0 * net.Design.Size * net.Design.Size * Batch * Side * Side;

        public ImmutableArray<Parameter<float>> Parameters => net.Parameters;

        public Variable<float> Loss(Tape<float> tape, Minibatch batch) => learner.Loss(tape, batch);

        public void Save(string folder)
        {
            int n = net.Design.Size, m = net.Design.Units;
            File.WriteAllLines(Path.Combine(folder, "sizes"), [$"{n}", $"{Side * Side}", $"{Batch}", $"{ImageStreams.Classes}", Line($"{net.Design.Alpha}")]);
            foreach (Parameter<float> parameter in Parameters) Write<float>(folder, parameter.Name, parameter.Value);
            float[] mask = new float[n * n], modules = new float[n * n], signal = new float[Side * Side * Batch];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                {
                    mask[i * n + j] = i / m > j / m ? 1f : 0f;
                    if (i / m == j / m) modules[i * n + j] = (float)net.Modules[i / m][i % m, j % m];
                }
            for (int t = 0; t < Side * Side; t++)
                for (int i = 0; i < Batch; i++) signal[t * Batch + i] = images.Stream(i)[t];
            Write<float>(folder, "mask", mask);
            Write<float>(folder, "modules", modules);
            Write<float>(folder, "signal", signal);
            Write<int>(folder, "labels", [.. Enumerable.Range(0, Batch).Select(images.Label)]);
        }
    }
}
