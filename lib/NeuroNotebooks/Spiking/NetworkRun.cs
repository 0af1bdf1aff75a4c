using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Spiking;

/// <summary>One run: each thread owns its targets, moves them on and adds to them what arrives; once a step all wait for all.</summary>
internal sealed class NetworkRun
{
    private readonly SpikingNetwork network;
    private readonly SpikingPopulation cells;
    private readonly float[][] arriving;        // a ring: the input of the step t is in arriving[t % length]
    private readonly Part[] parts;
    private readonly NetworkRecorder recorder;
    private readonly int steps, threads;
    private readonly float decay;
    private readonly int[] fired;
    private int firedCount;
    private volatile bool stop;
    private Exception? failure;

    public NetworkRun(SpikingNetwork network, SpikingPopulation cells, RecordingOptions options, int steps, int threads)
    {
        (this.network, this.cells, this.steps) = (network, cells, steps);
        int[] boundaries = network.Boundaries ?? [.. Enumerable.Range(0, Tiles(cells.Count) + 1).Select(tile => Math.Min(cells.Count, tile * SpikingPopulation.Tile))];
        this.threads = Math.Min(threads == 0 ? Environment.ProcessorCount : threads, boundaries.Length - 1);
        parts = [.. Enumerable.Range(0, this.threads).Select(k => new Part(
            boundaries[(boundaries.Length - 1) * k / this.threads], boundaries[(boundaries.Length - 1) * (k + 1) / this.threads]))];
        int longest = network.Projections.Select(projection => projection.Delay).DefaultIfEmpty(1).Max();
        arriving = [.. Enumerable.Range(0, longest + 1).Select(_ => new float[SpikingPopulation.Padded(cells.Count)])];
        decay = network.SynapticTimeConstant > 0.0 ? (float)Math.Exp(-network.Step / network.SynapticTimeConstant) : 0f;
        fired = new int[cells.Count];
        recorder = new NetworkRecorder(network, cells, options, steps);
    }

    /// <summary>Cells of one thread, in whole tiles, and which of them spiked.</summary>
    private sealed class Part(int first, int end)
    {
        public readonly int First = first, End = end;
        public readonly int[] Fired = new int[end - first + SpikingPopulation.Lanes];
        public int Count;
    }

    public NetworkRecord Run(IProgress<double>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var meter = new ProgressMeter(progress);
        int step = 0;
        if (threads == 1)
        {
            for (; step < steps && !stop; step++)
            {
                TryMove(parts[0], step);
                Gather();
                if (!stop) Send(parts[0], step);
            }
        }
        else
        {
            using var barrier = new Barrier(threads, _ =>
            {
                Gather();
                step++;
            });
            Thread[] helpers = [.. parts[1..].Select(part => new Thread(() => Follow(part, barrier)) { IsBackground = true, Name = "spiking network" })];
            foreach (var helper in helpers) helper.Start();
            Follow(parts[0], barrier);
            foreach (var helper in helpers) helper.Join();
        }
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return recorder.Record();

        void Gather()
        {
            try
            {
                if (failure is null) Collect(step);
                stop = failure is not null;
                meter.Report((step + 1.0) / steps);
                cancellation.ThrowIfCancellationRequested();
            }
            catch (Exception error)
            {
                failure = error;
                stop = true;
            }
        }
    }

    private void Follow(Part part, Barrier barrier)
    {
        for (int step = 0; step < steps; step++)
        {
            TryMove(part, step);
            barrier.SignalAndWait();
            if (stop) return;
            Send(part, step);
        }
    }

    /// <summary>An error waits for the others, who would wait for this thread for ever.</summary>
    private void TryMove(Part part, int step)
    {
        try
        {
            Move(part, step);
        }
        catch (Exception error)
        {
            part.Count = 0;
            failure = error;
        }
    }

    /// <summary>Gives the cells of a part their input and moves them on.</summary>
    private void Move(Part part, int step)
    {
        int end = part.End == cells.Count ? SpikingPopulation.Padded(part.End) : part.End;
        float[] input = arriving[step % arriving.Length];
        if (decay > 0f)
        {
            // what has arrived lives on in a copy of its own, so that the drives of this step do not
            Carry(input, arriving[(step + 1) % arriving.Length], part.First, end);
        }
        foreach (var drive in network.Drives) drive.Add(step, network.Step, part.First, end, input);
        part.Count = cells.Advance(part.First, part.End, input, (float)network.Step, part.Fired);
        input.AsSpan(part.First, end - part.First).Clear();
        if (part.Count >= 0) recorder.Observe(part.First, part.End, step);
    }

    private void Carry(float[] now, float[] next, int first, int end)
    {
        for (int i = first; i < end; i++) next[i] += decay * now[i];
    }

    /// <summary>Puts the spikes of all parts in a row and keeps what is to be kept; while all threads wait.</summary>
    private void Collect(int step)
    {
        firedCount = 0;
        foreach (var part in parts)
        {
            if (part.Count < 0) throw cells.Unstable(~part.Count, network.Step);
            part.Fired.AsSpan(0, part.Count).CopyTo(fired.AsSpan(firedCount));
            firedCount += part.Count;
        }
        recorder.Keep(step, fired.AsSpan(0, firedCount));
    }

    /// <summary>Adds what the spikes of a step send to the cells of a part.</summary>
    private void Send(Part part, int step)
    {
        if (firedCount == 0) return;
        int end = part.End == cells.Count ? SpikingPopulation.Padded(part.End) : part.End;
        foreach (var projection in network.Projections)
            projection.Synapses.Deliver(fired.AsSpan(0, firedCount), part.First, end, arriving[(step + projection.Delay) % arriving.Length]);
    }

    internal static int Tiles(int count) => (count + SpikingPopulation.Tile - 1) / SpikingPopulation.Tile;
}
