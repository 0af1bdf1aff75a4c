namespace NeuroNotebooks.WorkingMemory;

/// <summary>What to keep of a run besides the readout.</summary>
/// <param name="ActivityEvery">Steps from one kept activity to the next; none is kept if zero.</param>
/// <param name="SynapsesEvery">Steps from one kept state of the synapses to the next; none is kept if zero.</param>
public sealed record Recording(int ActivityEvery = 1, int SynapsesEvery = 0)
{
    /// <summary>Steps from one kept activity to the next; none is kept if zero.</summary>
    public int ActivityEvery { get; init; } = Require.InRange(ActivityEvery, 0, 1_000_000, nameof(ActivityEvery));

    /// <summary>Steps from one kept state of the synapses to the next; none is kept if zero.</summary>
    public int SynapsesEvery { get; init; } = Require.InRange(SynapsesEvery, 0, 1_000_000, nameof(SynapsesEvery));
}

/// <summary>A network's answers to a batch of trials, and what was recorded on the way.</summary>
public sealed class NetworkRun
{
    private readonly float[] readout;

    internal NetworkRun(TrialBatch batch, float[] readout, TrialSeries? activity, TrialSeries? synapses) =>
        (Batch, this.readout, Activity, Synapses) = (batch, readout, activity, synapses);

    /// <summary>The trials.</summary>
    public TrialBatch Batch { get; }

    /// <summary>The units' activity, if it was recorded.</summary>
    public TrialSeries? Activity { get; }

    /// <summary>
    /// The state of the synapses, if it was recorded and there is one: resources and utilisation of each unit's synapses, or the plastic matrix,
    /// of which a symmetric one is kept by its lower triangle.
    /// </summary>
    public TrialSeries? Synapses { get; }

    /// <summary>Part of the response window's steps in which the sample's output is the largest of all objects' and distractors'.</summary>
    /// <remarks>Where a network has left the finite numbers, its answer counts as the first object, as in the authors' code.</remarks>
    public double Accuracy => Enumerable.Range(0, Batch.Trials).Average(TrialAccuracy);

    /// <summary>One output.</summary>
    /// <param name="trial">Which trial.</param>
    /// <param name="step">Which time step.</param>
    /// <param name="channel">Which output.</param>
    public float Readout(int trial, int step, int channel)
    {
        Require.InRange(trial, 0, Batch.Trials - 1);
        Require.InRange(step, 0, Batch.Steps - 1);
        Require.InRange(channel, 0, Batch.Task.Channels - 1);
        return At(trial, step)[channel];
    }

    /// <summary>The part of one trial's response window with the right answer.</summary>
    /// <param name="trial">Which trial.</param>
    public double TrialAccuracy(int trial)
    {
        Require.InRange(trial, 0, Batch.Trials - 1);
        (int first, int end) = Batch.ResponseWindow(trial);
        int right = 0, label = Batch.Labels[trial];
        for (int step = first; step < end; step++)
        {
            ReadOnlySpan<float> y = At(trial, step)[..(Batch.Task.Channels - 1)];       // the fixation output is no answer
            int answer = 0;
            for (int c = 1; c < y.Length; c++)
                if (y[c] > y[answer]) answer = c;
            if (answer == label) right++;
        }
        return right / (double)(end - first);
    }

    private ReadOnlySpan<float> At(int trial, int step) =>
        readout.AsSpan((trial * Batch.Steps + step) * Batch.Task.Channels, Batch.Task.Channels);
}
