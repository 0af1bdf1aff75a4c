using System.Collections.Immutable;

namespace NeuroNotebooks.Spiking;

/// <summary>Keeps what the options ask of a run, in memory that they bound.</summary>
internal sealed class NetworkRecorder
{
    private readonly SpikingNetwork network;
    private readonly SpikingPopulation cells;
    private readonly RecordingOptions options;
    private readonly List<double> times = [];
    private readonly List<int> who = [];
    private readonly int[][] counts;
    private readonly List<double> traceTimes = [];
    private readonly List<double>[] voltages, recoveries;
    private readonly SynchronyMeter? synchrony;
    private readonly int synchronyFrom;
    private long leftOut, events;

    public NetworkRecorder(SpikingNetwork network, SpikingPopulation cells, RecordingOptions options, int steps)
    {
        (this.network, this.cells, this.options, Steps) = (network, cells, options, steps);
        counts = [.. network.Groups.Select(_ => new int[steps])];
        voltages = [.. options.TracedCells.Select(_ => new List<double>())];
        recoveries = [.. options.TracedCells.Select(_ => new List<double>())];
        synchronyFrom = (int)Math.Min(steps, Math.Ceiling(options.SynchronyFrom / network.Step));
        synchrony = options.Synchrony ? new SynchronyMeter(cells.Count) : null;
    }

    private int Steps { get; }

    /// <summary>Looks at the voltages of a part; called by the thread that owns it.</summary>
    public void Observe(int first, int end, int step)
    {
        if (step >= synchronyFrom) synchrony?.Observe(cells.Observed, first, end);
    }

    /// <summary>Keeps the spikes of a step; called by one thread while the others wait.</summary>
    public void Keep(int step, ReadOnlySpan<int> fired)
    {
        if (step >= synchronyFrom) synchrony?.EndStep();
        foreach (var projection in network.Projections) events += projection.Synapses.Events(fired);
        double time = step * network.Step;
        int kept = Math.Min(fired.Length, options.MaxSpikes - who.Count);
        leftOut += fired.Length - kept;
        for (int k = 0; k < kept; k++)
        {
            times.Add(time);
            who.Add(fired[k]);
        }
        for (int g = 0; g < counts.Length; g++) counts[g][step] = Below(fired, network.Groups[g].End) - Below(fired, network.Groups[g].First);
        if (voltages.Length == 0 || step % options.TraceEvery != 0) return;
        traceTimes.Add(time);
        for (int k = 0; k < voltages.Length; k++)
        {
            voltages[k].Add(cells.Observed[options.TracedCells[k]]);
            recoveries[k].Add(cells.Recoveries[options.TracedCells[k]]);
        }
    }

    public NetworkRecord Record()
    {
        ImmutableArray<double> at = [.. traceTimes];
        return new NetworkRecord(
            new SpikeRecord([.. times], [.. who], cells.Count, Steps * network.Step, network.Groups), leftOut,
            [.. counts.Select(count => count.ToImmutableArray())],
            [.. options.TracedCells.Select((cell, k) => new CellTrace(cell, at, [.. voltages[k]], [.. recoveries[k]]))],
            synchrony?.Chi ?? Statistic.Undefined("the run was not asked to measure synchrony"), events, network.Step);
    }

    private static int Below(ReadOnlySpan<int> sorted, int cell)
    {
        int at = sorted.BinarySearch(cell);
        return at < 0 ? ~at : at;
    }
}
