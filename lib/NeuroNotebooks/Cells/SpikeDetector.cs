namespace NeuroNotebooks.Cells;

/// <summary>A spike: its top, the lowest voltage before it since the last one, and where it took off.</summary>
internal readonly record struct DetectedSpike(double Time, double Peak, double TroughTime, double Trough, double? Threshold);

/// <summary>
/// Finds spikes in a voltage sample by sample: maxima that rise far enough above the minimum before and fall as far after.
/// </summary>
/// <remarks>Tops and troughs are those of the parabola through three samples; of a jumping voltage, the samples themselves.</remarks>
internal sealed class SpikeDetector(double step, double height, double slope, bool jumps)
{
    private readonly double takeOff = slope * step;
    private double before = double.NaN, last = double.NaN;
    private double extremeTime, extreme, troughTime, trough, threshold = double.NaN;
    private bool rising;
    private long samples;

    public List<DetectedSpike> Spikes { get; } = [];

    public double Last => last;

    public void Next(double v)
    {
        if (samples == 0) extreme = v;
        else if (rising) Rise(v);
        else Fall(v);

        if (v - last >= takeOff && !(last - before >= takeOff)) threshold = last;
        (before, last) = (last, v);
        samples++;
    }

    /// <summary>Between a minimum and the top of a spike.</summary>
    private void Rise(double v)
    {
        if (last > before && v <= last && Top(v) is var (time, value) && value > extreme) (extremeTime, extreme) = (time, value);
        if (v > extreme - height || !(extreme >= trough + height)) return;
        Spikes.Add(new DetectedSpike(extremeTime, extreme, troughTime, trough, double.IsNaN(threshold) ? null : threshold));
        (rising, extreme, extremeTime, threshold) = (false, v, samples * step, double.NaN);
    }

    /// <summary>Between the top of a spike and the next minimum.</summary>
    private void Fall(double v)
    {
        if (v < extreme) (extremeTime, extreme) = (samples * step, v);
        if (last < before && v >= last && Top(v) is var (time, value) && value < extreme + 1e-9) (extremeTime, extreme) = (time, value);
        if (v < extreme + height) return;
        (rising, troughTime, trough) = (true, extremeTime, extreme);
        extreme = double.NegativeInfinity;
    }

    private (double Time, double Value) Top(double v)
    {
        double at = (samples - 1) * step, bend = before - 2.0 * last + v;
        if (jumps || bend == 0.0) return (at, last);
        double lean = 0.5 * (before - v);
        return (at + step * lean / bend, last - 0.5 * lean * lean / bend);
    }
}
