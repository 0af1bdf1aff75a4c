using System.Collections.Immutable;

namespace NeuroNotebooks.Spiking;

/// <summary>What a run keeps; spike counts per group and step are always kept.</summary>
public sealed record RecordingOptions
{
    /// <summary>How many spikes to keep at most; later ones are counted only, and the record says so.</summary>
    public int MaxSpikes { get; init => field = Require.NotNegative(value, nameof(MaxSpikes)); } = 20_000_000;

    /// <summary>Cells whose voltage and recovery to keep.</summary>
    public ImmutableArray<int> TracedCells { get; init => field = Require.Given(value, nameof(TracedCells)); } = [];

    /// <summary>Steps from one kept voltage to the next.</summary>
    public int TraceEvery { get; init => field = Require.Positive(value, nameof(TraceEvery)); } = 1;

    /// <summary>Whether to measure the synchrony of the voltages.</summary>
    public bool Synchrony { get; init; }

    /// <summary>From when on the synchrony is measured, ms.</summary>
    public double SynchronyFrom { get; init => field = Require.NotNegative(value, nameof(SynchronyFrom)); } = 200.0;

    internal void RequireWithin(int cells)
    {
        foreach (int cell in TracedCells) Require.InRange(cell, 0, cells - 1, nameof(TracedCells));
    }
}
