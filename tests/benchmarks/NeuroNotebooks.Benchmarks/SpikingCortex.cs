using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using NeuroNotebooks.Cells;
using NeuroNotebooks.Spiking;

namespace NeuroNotebooks.Benchmarks;

/// <summary>The cortex of Izhikevich (2003) at three sizes: how long a second of it takes, and where the memory is.</summary>
internal static class SpikingCortex
{
    /// <summary>A size of the network and how much of its time to simulate.</summary>
    public sealed record Size(int Cells, int? OutDegree, double Seconds);

    /// <summary>What one size took.</summary>
    public sealed record Timing(double Build, double PerSecond, long Spikes, long Events, double BytesPerSynapse);

    public static readonly Size[] Sizes = [new(1000, null, 5.0), new(10_000, 1000, 2.0), new(100_000, 1000, 1.0)];

    public static void Run(TextWriter output)
    {
        double stream = StreamBandwidth();
        output.WriteLine(Line($"memory: a STREAM-like sum on {Environment.ProcessorCount} threads reads {stream / 1e9:f1} GB/s"));
        output.WriteLine($"{"cells",8}{"synapses",12}{"threads",9}{"build, s",10}{"s per s",10}{"events/s",11}{"bytes/syn.",12}{"of STREAM",11}{"peak, MiB",11}");
        foreach (var size in Sizes)
            foreach (int threads in new[] { 1, Environment.ProcessorCount }.Distinct())
                Row(output, size, threads, stream);
    }

    public static Timing Time(Size size, int threads, IzhikevichScheme scheme)
    {
        long began = Stopwatch.GetTimestamp();
        var network = Cortex.Network(new CortexOptions
        {
            Excitatory = size.Cells * 4 / 5, Inhibitory = size.Cells / 5, OutDegree = size.OutDegree, Scheme = scheme,
        });
        double build = Stopwatch.GetElapsedTime(began).TotalSeconds;
        network.Run(500.0, threads: threads);        // the compiler of hot loops needs to see them hot
        began = Stopwatch.GetTimestamp();
        var record = network.Run(1e3 * size.Seconds, threads: threads);
        double run = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var synapses = network.Projections[0].Synapses;
        return new Timing(build, run / size.Seconds, record.Spikes.Count, record.SynapticEvents, (double)synapses.Bytes / synapses.Synapses);
    }

    /// <summary>Bytes a second that all cores together read from memory: the best of five sums over half a gigabyte.</summary>
    public static double StreamBandwidth()
    {
        int threads = Environment.ProcessorCount, length = (1 << 27) / threads;
        float[][] parts = [.. Enumerable.Range(0, threads).Select(_ => new float[length])];
        double best = 0.0;
        for (int round = 0; round < 6; round++)
        {
            var sums = new float[threads];
            long began = Stopwatch.GetTimestamp();
            Parallel.For(0, threads, k =>
            {
                Vector256<float> a = default, b = default;
                for (int i = 0; i < length; i += 16)
                {
                    a += Vector256.Create<float>(parts[k].AsSpan(i));
                    b += Vector256.Create<float>(parts[k].AsSpan(i + 8));
                }
                sums[k] = Vector256.Sum(a + b);
            });
            double rate = 4.0 * threads * length / Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (round > 0 && sums[0] == 0f) best = Math.Max(best, rate);
        }
        return best;
    }

    private static void Row(TextWriter output, Size size, int threads, double stream)
    {
        var timing = Time(size, threads, IzhikevichScheme.HalfStep);
        double events = timing.Events / (timing.PerSecond * size.Seconds);
        using var self = Process.GetCurrentProcess();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{size.Cells,8}{size.Cells * (size.OutDegree ?? size.Cells),12}{threads,9}{timing.Build,10:f2}{timing.PerSecond,10:f3}{events,11:e1}"
            + $"{timing.BytesPerSynapse,12:f1}{events * timing.BytesPerSynapse / stream,11:p0}{self.PeakWorkingSet64 >> 20,11}"));
        GC.Collect();
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
