using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>The trials that an engine takes at once, the noise that goes with them and how their errors count.</summary>
/// <param name="Batch">All trials.</param>
/// <param name="First">The first of this block.</param>
/// <param name="Count">How many.</param>
/// <param name="Noise">Standard deviation of the noise inside the nonlinearity.</param>
/// <param name="Random">The block's own stream.</param>
internal sealed record TrialBlock(TrialBatch Batch, int First, int Count, double Noise, Philox Random)
{
    public int Steps => Batch.Steps;

    public int Channels => Batch.Task.Channels;

    /// <summary>Answers count from this step on, per trial of the block.</summary>
    public int[] WindowFirst { get; } = [.. Enumerable.Range(First, Count).Select(trial => Batch.ResponseWindow(trial).First)];

    /// <summary>Answers count until before this step, per trial of the block.</summary>
    public int[] WindowEnd { get; } = [.. Enumerable.Range(First, Count).Select(trial => Batch.ResponseWindow(trial).End)];

    /// <summary>Weight of a squared error in the batch's loss, per trial of the block.</summary>
    public double[] ErrorWeight { get; } = [.. Enumerable.Range(First, Count).Select(trial =>
    {
        var (from, to) = Batch.ResponseWindow(trial);
        return (double)Batch.Timing.DelaysMs.Length / ((double)Batch.Trials * (to - from) * Batch.Task.Channels);
    })];

    public bool IsInAnyWindow(int step)
    {
        for (int lane = 0; lane < Count; lane++)
            if (IsInWindow(lane, step)) return true;
        return false;
    }

    public bool IsInWindow(int lane, int step) => step >= WindowFirst[lane] && step < WindowEnd[lane];

    public ReadOnlySpan<float> Input(int lane, int step) => Batch.Inputs.AsSpan(((First + lane) * Steps + step) * Channels, Channels);

    /// <summary>The blocks of a batch.</summary>
    public static TrialBlock[] Of(TrialBatch batch, int size, double noise, Philox random) =>
        [.. Enumerable.Range(0, (batch.Trials + size - 1) / size)
            .Select(k => new TrialBlock(batch, k * size, Math.Min(size, batch.Trials - k * size), noise, random.Substream((ulong)k)))];
}

/// <summary>Where a run leaves what is asked for; each block writes its own trials.</summary>
/// <param name="Readout">Trials × steps × channels.</param>
/// <param name="AllSteps">Whether the readout is wanted outside the response windows too.</param>
/// <param name="Activity">Room for the activity, if wanted.</param>
/// <param name="Synapses">Room for the state of the synapses, if wanted.</param>
internal sealed record RunOutput(float[] Readout, bool AllSteps, TrialSeries? Activity, TrialSeries? Synapses);
