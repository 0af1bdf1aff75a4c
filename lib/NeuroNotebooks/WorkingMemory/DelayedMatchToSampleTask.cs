using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>The object delayed-match-to-sample task: see a sample, hold it over a delay, find it again in an array of two.</summary>
/// <remarks>
/// One input channel an object, one a distractor, and a fixation channel that is 1 until the test array appears. On half of the trials one of
/// the distractors is shown in the middle of the delay. The test array holds the sample and one other object or distractor. Independent normal
/// noise of standard deviation √(2 · 100 ms / step) · 0.01 is added to every input (0.0365 at 15 ms). Source: the authors' code.
/// </remarks>
public sealed class DelayedMatchToSampleTask
{
    /// <summary>Sets up a task.</summary>
    /// <param name="timing">When things happen; the paper's times if left out.</param>
    /// <param name="objects">Objects that can be samples, at least 2.</param>
    /// <param name="distractors">Things shown only as distractors, at least 1.</param>
    /// <exception cref="ArgumentException">A delay is too short for the distractor in its middle.</exception>
    public DelayedMatchToSampleTask(TaskTiming? timing = null, int objects = 8, int distractors = 2)
    {
        Timing = timing ?? TaskTiming.Paper;
        Require.InRange(objects, 2, 1000);
        Require.InRange(distractors, 1, 1000);
        (Objects, Distractors) = (objects, distractors);
        double shortest = Timing.DelaysMs.Min(), end = Timing.DistractorOnsetMs(shortest) + Timing.DistractorMs;
        if (end > Timing.TestOnsetMs(shortest))
            throw new ArgumentException(
                $"With a delay of {shortest} ms the distractor ends at {end} ms, after the test array appears at {Timing.TestOnsetMs(shortest)} ms: "
                + $"expected delays of at least {2.0 * Timing.DistractorMs} ms.", nameof(timing));
    }

    /// <summary>When things happen.</summary>
    public TaskTiming Timing { get; }

    /// <summary>Objects that can be samples.</summary>
    public int Objects { get; }

    /// <summary>Things shown only as distractors.</summary>
    public int Distractors { get; }

    /// <summary>Inputs, and as many outputs: objects, distractors and fixation.</summary>
    public int Channels => Objects + Distractors + 1;

    /// <summary>Standard deviation of the noise on every input.</summary>
    public double InputNoise => 0.01 * Math.Sqrt(200.0 / Timing.StepMs);

    /// <summary>Draws trials: a trial is a function of the stream's seed and its number alone.</summary>
    /// <param name="trials">How many, above zero.</param>
    /// <param name="random">The stream.</param>
    /// <param name="delayMs">The delay of all of them, ms, one of the task's; drawn for each trial if left out.</param>
    /// <param name="distracted">Whether all or none have a distractor; every other one on average if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no trial, or the task has no such delay.</exception>
    public TrialBatch Sample(int trials, Philox random, double? delayMs = null, bool? distracted = null)
    {
        Require.InRange(trials, 1, Array.MaxLength / (Timing.Steps * Channels));
        if (delayMs is { } given && !Timing.DelaysMs.Contains(given))
            throw new ArgumentOutOfRangeException(nameof(delayMs), given,
                $"delayMs is {given}: expected one of the task's delays, {string.Join(", ", Timing.DelaysMs)} ms.");
        return Draw([.. Enumerable.Range(0, trials)], random, delayMs, distracted);
    }

    /// <summary>Draws the trials of given numbers: those that <see cref="Sample(int, Philox, double?, bool?)"/> would draw.</summary>
    /// <param name="numbers">Their numbers, zero or above, at least one.</param>
    /// <param name="random">The stream.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public TrialBatch Sample(ReadOnlySpan<int> numbers, Philox random)
    {
        if (numbers.IsEmpty) throw new ArgumentException("numbers is empty: expected at least one trial.", nameof(numbers));
        foreach (int number in numbers) Require.NotNegative(number, nameof(numbers));
        return Draw(numbers, random, delayMs: null, distracted: null);
    }

    private TrialBatch Draw(ReadOnlySpan<int> numbers, Philox random, double? delayMs, bool? distracted)
    {
        int size = Timing.Steps * Channels;
        var inputs = new float[(long)numbers.Length * size];
        var drawn = new TrialBatch.Trial[numbers.Length];
        for (int b = 0; b < numbers.Length; b++)
        {
            Philox own = random.Child((ulong)numbers[b]);
            drawn[b] = new TrialBatch.Trial(
                own.Integer(0, Objects), delayMs ?? Timing.DelaysMs[own.Integer(1, Timing.DelaysMs.Length)], distracted ?? own.Uniform(2) < 0.5);
            Span<float> input = inputs.AsSpan(b * size, size);
            own.Substream(1).Normals(input);
            for (int i = 0; i < input.Length; i++) input[i] *= (float)InputNoise;
            Present(input, drawn[b], distractor: Objects + own.Integer(3, Distractors), other: own.Integer(4, Channels - 2));
        }
        return new TrialBatch(this, inputs, drawn);
    }

    private void Present(Span<float> input, TrialBatch.Trial trial, int distractor, int other)
    {
        double test = Timing.TestOnsetMs(trial.DelayMs), distraction = Timing.DistractorOnsetMs(trial.DelayMs);
        if (other >= trial.Label) other++;      // any object or distractor but the sample
        Show(input, trial.Label, Timing.SampleOnsetMs, Timing.SampleEndMs);
        if (trial.Distracted) Show(input, distractor, distraction, distraction + Timing.DistractorMs);
        Show(input, trial.Label, test, test + Timing.TestMs);
        Show(input, other, test, test + Timing.TestMs);
        Show(input, Channels - 1, 0.0, test);
    }

    private void Show(Span<float> input, int channel, double from, double to)
    {
        int end = Math.Min(Timing.StepAt(to), Timing.Steps);
        for (int step = Timing.StepAt(from); step < end; step++) input[step * Channels + channel] += 1f;
    }
}
