using System.Collections.Immutable;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Numbers recorded through time in each of several trials: activity, or the state of synapses.</summary>
public sealed class TrialSeries
{
    private readonly int every;
    private readonly double stepMs;

    internal TrialSeries(int trials, int steps, int channels, int every, double stepMs)
    {
        (Trials, Channels, this.every, this.stepMs) = (trials, channels, every, stepMs);
        Times = steps / every;
        Values = new float[(long)trials * Times * channels];
    }

    /// <summary>Wraps numbers that come from elsewhere.</summary>
    /// <param name="values">Trials × times × channels.</param>
    /// <param name="stepMs">Time between samples, ms; the first one is at this time.</param>
    /// <exception cref="ArgumentException">An extent is zero, or a number is not finite.</exception>
    public TrialSeries(double[,,] values, double stepMs)
        : this(Extent(values, 0), Extent(values, 1), Extent(values, 2), every: 1, stepMs)
    {
        Require.Positive(stepMs);
        int at = 0;
        foreach (double value in values)
            Values[at++] = double.IsFinite(value) ? (float)value : throw new ArgumentException($"values has the entry {value}: expected finite numbers.", nameof(values));
    }

    /// <summary>How many trials.</summary>
    public int Trials { get; }

    /// <summary>How many recorded times.</summary>
    public int Times { get; }

    /// <summary>Numbers per trial and time: units or synapses.</summary>
    public int Channels { get; }

    /// <summary>The recorded times from the start of the trial, ms.</summary>
    public ImmutableArray<double> TimesMs => [.. Enumerable.Range(1, Times).Select(k => k * every * stepMs)];

    internal float[] Values { get; }

    /// <summary>One number.</summary>
    /// <param name="trial">Which trial.</param>
    /// <param name="time">Which of the recorded times.</param>
    /// <param name="channel">Which unit or synapse.</param>
    public float this[int trial, int time, int channel]
    {
        get
        {
            Require.InRange(trial, 0, Trials - 1);
            Require.InRange(time, 0, Times - 1);
            Require.InRange(channel, 0, Channels - 1);
            return At(trial, time)[channel];
        }
    }

    /// <summary>One trial as a picture: channels × times.</summary>
    /// <param name="trial">Which trial.</param>
    public double[,] Trial(int trial)
    {
        Require.InRange(trial, 0, Trials - 1);
        var picture = new double[Channels, Times];
        for (int t = 0; t < Times; t++)
            for (int c = 0; c < Channels; c++) picture[c, t] = At(trial, t)[c];
        return picture;
    }

    /// <summary>The means over a period: trials × channels.</summary>
    /// <param name="fromMs">Its beginning from the start of the trial, ms.</param>
    /// <param name="toMs">Its end, ms; at least one recorded time lies before it.</param>
    /// <exception cref="ArgumentException">No recorded time lies in the period.</exception>
    public double[,] MeanOver(double fromMs, double toMs)
    {
        Require.Finite(fromMs);
        Require.Finite(toMs);
        int[] inside = [.. Enumerable.Range(0, Times).Where(k => TimesMs[k] >= fromMs && TimesMs[k] < toMs)];
        if (inside.Length == 0) throw new ArgumentException($"No recorded time lies from {fromMs} to {toMs} ms.", nameof(fromMs));
        var mean = new double[Trials, Channels];
        for (int trial = 0; trial < Trials; trial++)
            foreach (int time in inside)
                for (int c = 0; c < Channels; c++) mean[trial, c] += At(trial, time)[c] / (double)inside.Length;
        return mean;
    }

    internal ReadOnlySpan<float> At(int trial, int time) => Values.AsSpan((trial * Times + time) * Channels, Channels);

    /// <summary>Where a trial's numbers after a step go; empty if they are not recorded.</summary>
    internal Span<float> Row(int trial, int step) =>
        (step + 1) % every == 0 ? Values.AsSpan((trial * Times + (step + 1) / every - 1) * Channels, Channels) : [];

    private static int Extent(double[,,] values, int axis)
    {
        Require.NotNull(values);
        if (values.Length == 0) throw new ArgumentException("values is empty: expected at least one entry.", nameof(values));
        return values.GetLength(axis);
    }
}
