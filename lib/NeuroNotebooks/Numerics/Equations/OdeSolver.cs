namespace NeuroNotebooks.Numerics;

/// <summary>Integrates dx/dt = f(t, x).</summary>
/// <remarks>
/// Whatever ends an integration early is told in the result, together with all that was computed until then; only wrong arguments,
/// cancellation and what the field itself throws are exceptions. A step allocates nothing; a recorded state does.
/// </remarks>
public static class OdeSolver
{
    /// <summary>Integrates from t = 0 with Euler's scheme, first order, and a fixed step.</summary>
    /// <inheritdoc cref="RungeKutta4" path="/param"/>
    public static IntegratedTrajectory Euler(
        VectorField field, ReadOnlySpan<double> start, double duration, double step, int recordEvery = 1,
        CancellationToken cancellation = default) =>
        Fixed(RungeKuttaScheme.Euler, field, start, duration, step, recordEvery, cancellation);

    /// <summary>Integrates from t = 0 with the classical fourth-order Runge-Kutta scheme and a fixed step.</summary>
    /// <param name="field">The right-hand side.</param>
    /// <param name="start">The state at t = 0: at least one number, all finite.</param>
    /// <param name="duration">How long, above zero, in the field's unit of time.</param>
    /// <param name="step">The step, above zero; the last one is cut to end at <paramref name="duration"/>.</param>
    /// <param name="recordEvery">How many steps between two recorded states; start and end are always recorded.</param>
    /// <param name="cancellation">Stops the integration.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IntegratedTrajectory RungeKutta4(
        VectorField field, ReadOnlySpan<double> start, double duration, double step, int recordEvery = 1,
        CancellationToken cancellation = default) =>
        Fixed(RungeKuttaScheme.RungeKutta4, field, start, duration, step, recordEvery, cancellation);

    /// <summary>Integrates with any scheme, with fixed steps or error control, events and dense output.</summary>
    /// <param name="field">The right-hand side.</param>
    /// <param name="start">The state at the start time: at least one number, all finite.</param>
    /// <param name="duration">How long, above zero, in the field's unit of time.</param>
    /// <param name="options">How; Dormand-Prince 5(4) with error control if left out.</param>
    /// <param name="progress">Told the part that is done, from 0 to 1, about a hundred times.</param>
    /// <param name="cancellation">Stops the integration.</param>
    /// <exception cref="ArgumentException">An argument or an option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IntegratedTrajectory Solve(
        VectorField field, ReadOnlySpan<double> start, double duration, OdeOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        Require.NotNull(field);
        CheckStart(start, duration);
        options ??= new OdeOptions();
        options.Check(duration);

        double from = options.StartTime, to = from + duration;
        var stepper = new RungeKuttaStepper(field, options.Scheme, start, from);
        StepControl control = options.FixedStep is { } step ? new FixedSteps(from, to, step) : new AdaptiveSteps(stepper, options, to);
        var recorder = new Recorder(options.RecordEvery, options.RecordAt);
        var watch = new EventWatch(options.Events, options.EventTolerance);
        var interpolant = options.KeepInterpolant ? new Interpolant(start.Length) : null;
        var meter = new ProgressMeter(progress);
        long taken = 0, rejected = 0;
        double end = from;

        recorder.Start(from, start);
        watch.Start(from, start);
        IntegrationStatus? status = Vectors.AllFinite(stepper.Slope) ? null : IntegrationStatus.NonFinite;
        while (status is null)
        {
            cancellation.ThrowIfCancellationRequested();
            var (length, time) = control.Next(stepper.Time);
            stepper.Try(length);
            if (!control.Accepts(stepper))
            {
                rejected++;
                status = AfterRefusal(stepper, control) ?? Limit(options, taken + rejected);
                continue;
            }

            taken++;
            var stop = watch.Look(stepper, time);
            end = stop?.Time ?? time;
            status = stop is not null ? IntegrationStatus.TerminalEvent
                : time == to ? IntegrationStatus.Completed
                : Limit(options, taken + rejected);
            interpolant?.Add(stepper, end);
            recorder.Passed(stepper, end, stop is null ? stepper.Proposal : stop.State.AsSpan());
            stepper.Take(time);
            meter.Report((end - from) / duration);
        }
        recorder.Finish(end, watch.Stop is { } last ? last.State.AsSpan() : stepper.State);
        var cost = new IntegrationCost(taken, rejected, stepper.Evaluations);
        return new IntegratedTrajectory(
            recorder.Times, recorder.States, end, status.Value, cost, watch.Happened, taken > 0 ? interpolant : null);
    }

    internal static void CheckStart(ReadOnlySpan<double> start, double duration)
    {
        if (start.IsEmpty) throw new ArgumentException("start is empty: expected one number a variable.", nameof(start));
        Require.Finite(start);
        Require.Positive(duration);
    }

    internal static void CheckStep(double step, double duration, string name = "step")
    {
        const double Countable = 1L << 53;
        Require.Positive(step, name);
        if (!(duration / step <= Countable))
            throw new ArgumentOutOfRangeException(
                name, step, $"{name} is {step}: a duration of {duration} would take more than 2^53 of them; expected a longer step.");
    }

    private static IntegrationStatus? AfterRefusal(RungeKuttaStepper tried, StepControl control) =>
        control.CanShrink && tried.Time + 0.1 * tried.Step > tried.Time ? null
        : tried.IsFinite ? IntegrationStatus.StepTooSmall
        : IntegrationStatus.NonFinite;

    private static IntegrationStatus? Limit(OdeOptions options, long tried) =>
        tried == options.MaxSteps ? IntegrationStatus.StepLimit : null;

    private static IntegratedTrajectory Fixed(
        RungeKuttaScheme scheme, VectorField field, ReadOnlySpan<double> start, double duration, double step, int recordEvery,
        CancellationToken cancellation)
    {
        CheckStep(step, duration);
        Require.Positive(recordEvery);
        var options = new OdeOptions { Scheme = scheme, FixedStep = step, RecordEvery = recordEvery, MaxSteps = long.MaxValue };
        return Solve(field, start, duration, options, progress: null, cancellation);
    }
}
