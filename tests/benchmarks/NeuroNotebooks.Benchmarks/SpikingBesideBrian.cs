using System.Diagnostics;
using System.Globalization;
using NeuroNotebooks.Cells;

namespace NeuroNotebooks.Benchmarks;

/// <summary>
/// The cortex beside Brian 2 (brian_cortex.py): the same equations, Euler steps of 1 ms, weights and connectivity by the same rule. Build,
/// compilation and run are told apart; the fastest of Brian's targets counts.
/// </summary>
internal static class SpikingBesideBrian
{
    public static void Run(TextWriter output) => Run(output, SpikingCortex.Sizes[..2]);

    /// <summary>The largest network alone: Brian 2 needs a minute to build it.</summary>
    public static void RunLarge(TextWriter output) => Run(output, SpikingCortex.Sizes[2..]);

    private static void Run(TextWriter output, SpikingCortex.Size[] sizes)
    {
        output.WriteLine($"{"cells",8}  {"program",-24}{"build, s",10}{"compile, s",12}{"s per s",10}{"rate, Hz",10}{"peak, MiB",11}{"times ours",12}");
        foreach (var size in sizes) Compare(output, size);
    }

    private static void Compare(TextWriter output, SpikingCortex.Size size)
    {
        double best = double.PositiveInfinity;
        foreach (int threads in new[] { 1, Environment.ProcessorCount }.Distinct())
        {
            var ours = SpikingCortex.Time(size, threads, IzhikevichScheme.SingleEuler);
            best = Math.Min(best, ours.PerSecond);
            Row(output, size, $"ours, {threads} thread{(threads > 1 ? "s" : "")}", ours.Build, 0.0, ours.PerSecond, ours.Spikes / size.Seconds / size.Cells, Peak(), 0.0);
        }
        string[] targets = size.Cells switch { <= 1000 => ["numpy", "cython", "cpp"], <= 10_000 => ["cython", "cpp"], _ => ["cpp"] };
        foreach (string target in targets)
            if (AskBrian(size, target) is { } brian)
                Row(output, size, "Brian 2, " + target, brian.Build, brian.Compile, brian.PerSecond, brian.Rate, brian.Peak, brian.PerSecond / best);
            else
                output.WriteLine($"{size.Cells,8}  Brian 2, {target}: not there (Debian: python3-brian)");
    }

    private static void Row(
        TextWriter output, SpikingCortex.Size size, string what, double build, double compile, double perSecond, double rate, long peak, double ratio) =>
        output.WriteLine(Line(
            $"{size.Cells,8}  {what,-24}{build,10:f2}{compile,12:f1}{perSecond,10:f3}{rate,10:f2}{peak,11}{(ratio > 0.0 ? Line($"{ratio:f1}") : ""),12}"));

    private static long Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 >> 20;
    }

    private sealed record Answer(double Build, double Compile, double PerSecond, double Rate, long Peak);

    private static Answer? AskBrian(SpikingCortex.Size size, string target)
    {
        if (PythonPeer.Ask("brian_cortex.py", Line($"{size.Cells} {size.OutDegree ?? 0} {target} {size.Seconds}")) is not { } lines) return null;
        double[] told = [.. lines[^1].Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        return new Answer(told[0], told[1], told[2] / size.Seconds, told[3] / size.Seconds / size.Cells, (long)told[4]);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
