using System.Diagnostics;
using System.Globalization;
using NeuroNotebooks.Spiking;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Spiking;

public class LargeNetworkTests
{
    internal const string Verb = "simulate-and-cancel";

    // in a process of its own, because its memory is what is measured
    [Fact]
    public async Task A_hundred_million_synapses_fit_into_two_gibibytes_tell_their_progress_and_can_be_cancelled()
    {
        string[] said = await KilledProcess.SayAsync(Verb, "-", 100_000);

        double[] parts = [.. said.TakeWhile(line => line != "cancelled").Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        Assert.InRange(parts.Length, 40, 60);       // one in a hundred until half is done
        Assert.Equal(parts.Order(), parts);
        string[] end = said[(parts.Length + 1)..];
        Assert.Equal("100000000", end[0]);
        Assert.InRange(long.Parse(end[1], CultureInfo.InvariantCulture), 500L << 20, (2L << 30) - 1);       // no less than six bytes a synapse
    }

    /// <summary>What the other process does: 200 ms of a network that is cancelled half way; then its synapses, and the most memory it had.</summary>
    internal static void Simulate(int cells)
    {
        SpikingNetwork network = Cortex.Network(new CortexOptions { Excitatory = cells * 4 / 5, Inhibitory = cells / 5, OutDegree = 1000 });
        using var source = new CancellationTokenSource();
        try
        {
            network.Run(200.0, progress: new Teller(source), cancellation: source.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("cancelled");
        }
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(network.Projections[0].Synapses.Synapses);
        Console.WriteLine(self.PeakWorkingSet64);
    }

    private sealed class Teller(CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value)
        {
            Console.WriteLine(value.ToString("r", CultureInfo.InvariantCulture));
            if (value >= 0.5) source.Cancel();
        }
    }
}
