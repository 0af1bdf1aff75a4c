using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>One entry of the benchmark program.</summary>
internal sealed record Benchmark(string Name, string Summary, Action<TextWriter> Run);

/// <summary>How long something takes.</summary>
internal static class Measure
{
    /// <summary>Seconds of one call: the best of several rounds of about a tenth of a second each, after as long a warm-up.</summary>
    public static double Seconds(Action action, int rounds = 7)
    {
        int calls = CallsPerRound(action);
        double best = double.PositiveInfinity;
        for (int round = 0; round < rounds; round++) best = Math.Min(best, Time(action, calls) / calls);
        return best;
    }

    /// <summary>Billions of operations a second in products of square matrices in single precision, with the back end in use.</summary>
    public static double ProductPeak(int size = 1024)
    {
        float[] a = new float[size * size], b = new float[size * size], c = new float[size * size];
        new Philox(1).Uniforms(a);
        new Philox(2).Uniforms(b);
        return 2e-9 * size * size * size
            / Seconds(() => LinearAlgebra.Multiply(new MatrixView<float>(a, size, size), new MatrixView<float>(b, size, size), c));
    }

    private static int CallsPerRound(Action action)
    {
        for (int calls = 1; ; calls *= 2)
            if (Time(action, calls) > 0.1)
                return calls;
    }

    private static double Time(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++) action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

/// <summary>What the numbers were measured on.</summary>
internal static class Machine
{
    public static string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    private static string Processor =>
        LinuxModel ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string? LinuxModel => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':')[1].Trim()
        : null;
}
