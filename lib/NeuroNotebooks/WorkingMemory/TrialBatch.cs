using System.Collections.Immutable;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Trials of the task: what goes in, and what should come out.</summary>
public sealed class TrialBatch
{
    internal TrialBatch(DelayedMatchToSampleTask task, float[] inputs, Trial[] trials)
    {
        (Task, Inputs) = (task, inputs);
        Labels = [.. trials.Select(trial => trial.Label)];
        Distracted = [.. trials.Select(trial => trial.Distracted)];
        DelaysMs = [.. trials.Select(trial => trial.DelayMs)];
        TestOnsetSteps = [.. trials.Select(trial => Timing.StepAt(Timing.TestOnsetMs(trial.DelayMs)))];
    }

    /// <summary>The task that drew them.</summary>
    public DelayedMatchToSampleTask Task { get; }

    /// <summary>When things happen.</summary>
    public TaskTiming Timing => Task.Timing;

    /// <summary>How many trials.</summary>
    public int Trials => Labels.Length;

    /// <summary>Time steps of each.</summary>
    public int Steps => Timing.Steps;

    /// <summary>The sample of each trial, from 0.</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>Whether a distractor appears in the delay.</summary>
    public ImmutableArray<bool> Distracted { get; }

    /// <summary>The delay of each trial, ms.</summary>
    public ImmutableArray<double> DelaysMs { get; }

    /// <summary>The step at which the test array appears, per trial.</summary>
    public ImmutableArray<int> TestOnsetSteps { get; }

    /// <summary>Trials × steps × channels.</summary>
    internal float[] Inputs { get; }

    /// <summary>One input.</summary>
    /// <param name="trial">Which trial.</param>
    /// <param name="step">Which time step.</param>
    /// <param name="channel">Objects first, then distractors, then fixation.</param>
    public float Input(int trial, int step, int channel)
    {
        Check(trial, step, channel);
        return Inputs[((long)trial * Steps + step) * Task.Channels + channel];
    }

    /// <summary>All inputs of one trial as a picture: channels × steps.</summary>
    /// <param name="trial">Which trial.</param>
    public double[,] InputsOf(int trial)
    {
        Check(trial, 0, 0);
        var picture = new double[Task.Channels, Steps];
        for (int step = 0; step < Steps; step++)
            for (int c = 0; c < Task.Channels; c++) picture[c, step] = Input(trial, step, c);
        return picture;
    }

    /// <summary>The output that is asked for: 1 at the sample's channel from the test array on, 0 otherwise.</summary>
    /// <param name="trial">Which trial.</param>
    /// <param name="step">Which time step.</param>
    /// <param name="channel">Which output.</param>
    public float Target(int trial, int step, int channel)
    {
        Check(trial, step, channel);
        return channel == Labels[trial] && step >= TestOnsetSteps[trial] ? 1f : 0f;
    }

    /// <summary>The steps in which an answer counts: the first, and the one after the last.</summary>
    internal (int First, int End) ResponseWindow(int trial)
    {
        double onset = Timing.TestOnsetMs(DelaysMs[trial]) + Timing.TestMs;
        return (Timing.StepAt(onset), Timing.StepAt(onset + Timing.ResponseMs));
    }

    private void Check(int trial, int step, int channel)
    {
        Require.InRange(trial, 0, Trials - 1);
        Require.InRange(step, 0, Steps - 1);
        Require.InRange(channel, 0, Task.Channels - 1);
    }

    internal sealed record Trial(int Label, double DelayMs, bool Distracted);
}
