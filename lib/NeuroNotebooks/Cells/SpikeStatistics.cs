using System.Collections.Immutable;

namespace NeuroNotebooks.Cells;

/// <summary>Spikes into a summary.</summary>
internal static class SpikeStatistics
{
    public static SpikingSummary Summarise(
        IShuntableNeuron cell, (double U, double S) input, SpikeDetector detector, ImmutableArray<double> end, ClampOptions options)
    {
        if (!double.IsFinite(detector.Last))
            throw new InvalidOperationException(
                $"The voltage of the {cell.Name} left the finite numbers at u = {input.U}, s = {input.S}: take a shorter step, or check the input.");
        var spikes = detector.Spikes;
        ImmutableArray<double> times = [.. spikes.Select(spike => spike.Time)];
        if (!Lasts(spikes, options.Duration))
        {
            var state = detector.Last > options.BlockedAbove ? SpikingState.Blocked : SpikingState.Silent;
            return new SpikingSummary(input.U, input.S, state, 0.0, null, null, null, null, null, times, end);
        }

        // the intervals that end in the last half; at least the last one
        int first = Math.Min(spikes.Count - 1, Math.Max(1, spikes.FindIndex(spike => spike.Time >= 0.5 * options.Duration)));
        int[] measured = [.. Enumerable.Range(first, spikes.Count - first)];
        double[] intervals = [.. measured.Select(k => spikes[k].Time - spikes[k - 1].Time)];
        double mean = intervals.Average(), spread = Math.Sqrt(intervals.Average(interval => (interval - mean) * (interval - mean)));
        double?[] thresholds = [.. measured.Select(k => spikes[k].Threshold)];
        return new SpikingSummary(
            input.U, input.S, SpikingState.Spiking, 1000.0 / mean, spread / mean,
            measured.Average(k => spikes[k].Peak), measured.Average(k => spikes[k].Trough),
            measured.Average(k => (spikes[k].TroughTime - spikes[k - 1].Time) / (spikes[k].Time - spikes[k - 1].Time)),
            thresholds.All(threshold => threshold is not null) ? thresholds.Average() : null, times, end);
    }

    /// <summary>At least three spikes, and the last no older than one and a half of the longest interval.</summary>
    private static bool Lasts(List<DetectedSpike> spikes, double duration)
    {
        if (spikes.Count < 3) return false;
        double longest = Enumerable.Range(1, spikes.Count - 1).Max(k => spikes[k].Time - spikes[k - 1].Time);
        return duration - spikes[^1].Time <= 1.5 * longest;
    }
}
