using System.Diagnostics;
using System.Globalization;
using System.Text;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>
/// The whole Lyapunov spectrum of a random rate network with RK4 steps and a QR every so many, and lyapunov_spectra.py on the same weights
/// beside it: the same scheme, steps and intervals, one thread each. A peer on OpenBLAS spends its time in the same products as we do.
/// </summary>
internal static class LyapunovSpectra
{
    private const int Count = 100, Transient = 0, PeerSteps = 2_000;
    private const double Gain = 2.0, Step = 0.05;

    public static void Run(TextWriter output)
    {
        output.WriteLine($"{"n",5}{"QR every",10}{"steps",9}{"ours, s",10}{"µs a step",11}{"peer, µs",11}{"ratio",8}{"largest",10}{"peer's",10}{"sum",11}{"peer's",11}");
        foreach (MatrixBackend backend in Enum.GetValues<MatrixBackend>().Where(LinearAlgebra.IsAvailable))
        {
            output.WriteLine($"back end: {LinearAlgebra.Use(backend, threads: 1)}");
            foreach (int every in new[] { 1, 10 }) Row(output, every, steps: 100_000);
        }
        LinearAlgebra.Use();
    }

    private static void Row(TextWriter output, int every, int steps)
    {
        RateNetwork network = RateNetwork.Random(Count, Gain, new Philox(1));
        var start = new double[Count];
        new Philox(2).Normals(start);
        var options = new LyapunovOptions { Step = Step, Transient = Transient, StepsPerOrthonormalisation = every };
        LyapunovSpectrum.OfFlow(network, start, options with { Steps = PeerSteps });
        long began = Stopwatch.GetTimestamp();
        LyapunovSpectrum.OfFlow(network, start, options with { Steps = steps });
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        LyapunovSpectrum same = LyapunovSpectrum.OfFlow(network, start, options with { Steps = PeerSteps });
        Peer? peer = AskPeer(output, network, start, every);
        double ours = seconds / steps;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Count,5}{every,10}{steps,9}{seconds,10:f1}{1e6 * ours,11:f0}{1e6 * peer?.SecondsPerStep,11:f0}{peer?.SecondsPerStep / ours,8:f1}"
            + $"{same.Largest,10:f4}{peer?.Largest,10:f4}{same.Sum,11:f4}{peer?.Sum,11:f4}"));
    }

    private sealed record Peer(double SecondsPerStep, double Largest, double Sum);

    private static Peer? AskPeer(TextWriter output, RateNetwork network, double[] start, int every)
    {
        var into = new StringBuilder();
        into.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{Count} {Step:R} {PeerSteps} {every}"));
        double[,] W = network.Weights();
        for (int i = 0; i < Count; i++) into.AppendLine(Numbers(Enumerable.Range(0, Count).Select(j => W[i, j])));
        into.AppendLine(Numbers(start));
        if (PythonPeer.Ask("lyapunov_spectra.py", input: into.ToString(), blasThreads: 1) is not [var versions, var line])
        {
            output.WriteLine("no peer: numpy did not answer (Debian: python3-numpy)");
            return null;
        }
        output.WriteLine(versions);
        double[] answer = [.. line.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        return new Peer(answer[0], answer[1], answer[2]);
    }

    private static string Numbers(IEnumerable<double> values) => string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
