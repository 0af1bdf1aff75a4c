namespace NeuroNotebooks.Numerics;

/// <summary>Says how far to step next, and whether a tried step may be taken.</summary>
internal abstract class StepControl
{
    /// <summary>The next step, and the time it leads to.</summary>
    public abstract (double Step, double Time) Next(double time);

    /// <summary>Judges a tried step and plans the next.</summary>
    public abstract bool Accepts(RungeKuttaStepper tried);

    /// <summary>Whether a refused step may be tried again, shorter.</summary>
    public abstract bool CanShrink { get; }
}

/// <summary>Equal steps counted from the start, so that no error of addition builds up; the last one is cut to end on time.</summary>
internal sealed class FixedSteps(double start, double end, double step) : StepControl
{
    private readonly long count = Math.Max(1, (long)Math.Ceiling((end - start) / step - 1e-9));     // a step of rounding's size is none
    private long taken;

    public bool IsAtEnd => taken == count;

    public override bool CanShrink => false;

    public override (double Step, double Time) Next(double time)
    {
        if (++taken < count) return (step, start + taken * step);
        return (end - (start + (count - 1) * step), end);
    }

    public override bool Accepts(RungeKuttaStepper tried) => tried.IsFinite;
}

/// <summary>Steps as long as the error estimate allows, smoothed by a proportional-integral controller.</summary>
/// <remarks>
/// Source: Hairer, Nørsett, Wanner, Solving Ordinary Differential Equations I (2nd ed. 1993), II.4, and IV.2 of volume II; constants as in
/// their DOPRI5.
/// </remarks>
internal sealed class AdaptiveSteps : StepControl
{
    private const double Safety = 0.9, Integral = 0.04, LargestShrink = 0.2, LargestGrowth = 10.0;

    private readonly double end, relative, absolute, largest, exponent;
    private double step, lastError = 1e-4;
    private bool wasRejected;

    public override bool CanShrink => true;

    public AdaptiveSteps(RungeKuttaStepper stepper, OdeOptions options, double end)
    {
        (this.end, relative, absolute, largest) = (end, options.RelativeTolerance, options.AbsoluteTolerance, options.LargestStep);
        exponent = 1.0 / options.Scheme.Order;
        step = Math.Min(options.FirstStep ?? Guess(stepper), largest);
    }

    public override (double Step, double Time) Next(double time)
    {
        double rest = end - time;
        // a rest just above the step would leave a sliver
        return rest <= step || (rest <= 1.01 * step && rest <= largest) ? (rest, end) : (step, time + step);
    }

    public override bool Accepts(RungeKuttaStepper tried)
    {
        double error = tried.ErrorNorm(relative, absolute);
        if (!double.IsFinite(error) || !tried.IsFinite) error = double.MaxValue;
        double proportional = Math.Pow(error, exponent - 0.75 * Integral);
        bool accepted = error <= 1.0;
        if (accepted)
        {
            double factor = Safety * Math.Pow(lastError, Integral) / proportional;
            step = Math.Min(largest, tried.Step * Math.Clamp(factor, LargestShrink, wasRejected ? 1.0 : LargestGrowth));
            lastError = Math.Max(error, 1e-4);
        }
        else step = tried.Step * Math.Max(LargestShrink, Safety / proportional);
        wasRejected = !accepted;
        return accepted;
    }

    /// <summary>A first step from the sizes of state, slope and curvature.</summary>
    private double Guess(RungeKuttaStepper stepper)
    {
        double d0 = Norm(stepper.State, stepper.State), d1 = Norm(stepper.Slope, stepper.State);
        double h0 = d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : 0.01 * d0 / d1;
        h0 = Math.Min(h0, end - stepper.Time);

        var bend = new double[stepper.State.Length];
        stepper.Probe(h0, bend);
        for (int i = 0; i < bend.Length; i++) bend[i] -= stepper.Slope[i];
        double d2 = Norm(bend, stepper.State) / h0;
        double h1 = Math.Max(d1, d2) <= 1e-15 ? Math.Max(1e-6, 1e-3 * h0) : Math.Pow(0.01 / Math.Max(d1, d2), exponent);
        double guess = Math.Min(100.0 * h0, h1);
        return double.IsFinite(guess) ? guess : h0;
    }

    private double Norm(ReadOnlySpan<double> x, ReadOnlySpan<double> size)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            double ratio = x[i] / (absolute + relative * Math.Abs(size[i]));
            sum += ratio * ratio;
        }
        return Math.Sqrt(sum / x.Length);
    }
}
