using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>How far apart the mean courses of different kinds of trial run.</summary>
public static class TrajectoryDistance
{
    /// <summary>Distance between the mean trajectories of different samples, averaged over all pairs of samples.</summary>
    /// <param name="series">Activity or synapses.</param>
    /// <param name="labels">Class of each trial; at least two classes.</param>
    /// <returns>At each recorded time the root of the mean squared difference over channels, averaged over pairs.</returns>
    /// <exception cref="ArgumentException">There is not one label per trial, or one class only.</exception>
    public static double[] BetweenConditions(TrialSeries series, IReadOnlyList<int> labels)
    {
        Require.NotNull(series);
        Require.NotNull(labels);
        Require.Length(series.Trials, labels.Count, nameof(labels), "trial");
        int[] classes = [.. labels.Distinct().Order()];
        if (classes.Length < 2) throw new ArgumentException("labels has one class only: expected at least two.", nameof(labels));
        double[][,] means = [.. classes.Select(one => Mean(series, [.. Enumerable.Range(0, labels.Count).Where(trial => labels[trial] == one)]))];
        var distance = new double[series.Times];
        int pairs = classes.Length * (classes.Length - 1) / 2;
        for (int a = 0; a < classes.Length; a++)
            for (int b = 0; b < a; b++)
            {
                double[] apart = Apart(means[a], means[b]);
                Vectors.AddScaled<double>(distance, 1.0 / pairs, apart, distance);
            }
        return distance;
    }

    /// <summary>Distance between the mean trajectories with and without a distractor.</summary>
    /// <param name="series">Activity or synapses.</param>
    /// <param name="distracted">Whether each trial has a distractor; both kinds occur.</param>
    /// <returns>At each recorded time the root of the mean squared difference over channels.</returns>
    /// <exception cref="ArgumentException">There is not one entry per trial, or one kind only.</exception>
    public static double[] DistractedVsNot(TrialSeries series, IReadOnlyList<bool> distracted)
    {
        Require.NotNull(series);
        Require.NotNull(distracted);
        Require.Length(series.Trials, distracted.Count, nameof(distracted), "trial");
        if (distracted.Distinct().Count() < 2) throw new ArgumentException("distracted is the same for all trials: expected both kinds.", nameof(distracted));
        return BetweenConditions(series, [.. distracted.Select(with => with ? 1 : 0)]);
    }

    /// <summary>A distance less its mean over a time of reference, over that mean.</summary>
    /// <param name="distance">Distance at each time.</param>
    /// <param name="timesMs">The times, ms.</param>
    /// <param name="beforeMs">Times before this one are the reference, ms.</param>
    /// <exception cref="ArgumentException">The lengths differ, or no time lies before.</exception>
    public static double[] OverBaseline(IReadOnlyList<double> distance, IReadOnlyList<double> timesMs, double beforeMs)
    {
        Require.NotNull(distance);
        Require.NotNull(timesMs);
        Require.Length(distance.Count, timesMs.Count, nameof(timesMs), "distance");
        double[] reference = [.. distance.Where((_, k) => timesMs[k] < beforeMs)];
        if (reference.Length == 0) throw new ArgumentException($"No time lies before {beforeMs} ms.", nameof(beforeMs));
        double mean = reference.Average();
        return [.. distance.Select(d => (d - mean) / mean)];
    }

    private static double[,] Mean(TrialSeries series, int[] trials)
    {
        var mean = new double[series.Times, series.Channels];
        foreach (int trial in trials)
            for (int t = 0; t < series.Times; t++)
            {
                ReadOnlySpan<float> values = series.At(trial, t);
                for (int c = 0; c < values.Length; c++) mean[t, c] += values[c] / (double)trials.Length;
            }
        return mean;
    }

    private static double[] Apart(double[,] a, double[,] b)
    {
        int channels = a.GetLength(1);
        var distance = new double[a.GetLength(0)];
        for (int t = 0; t < distance.Length; t++)
        {
            double square = 0.0;
            for (int c = 0; c < channels; c++) square += (a[t, c] - b[t, c]) * (a[t, c] - b[t, c]);
            distance[t] = Math.Sqrt(square / channels);
        }
        return distance;
    }
}
