namespace NeuroNotebooks.Numerics;

/// <summary>Passes on each new hundredth of a long run, and nothing between.</summary>
internal struct ProgressMeter(IProgress<double>? progress)
{
    private int last;

    public void Report(double part)
    {
        if (progress is null) return;
        int now = (int)(100.0 * part);
        if (now == last) return;
        last = now;
        progress.Report(part);
    }
}
