namespace NeuroNotebooks.Numerics;

/// <summary>Integrates a stochastic differential equation with noise of its own in each variable.</summary>
/// <remarks>
/// dxᵢ = fᵢ(t, x) dt + gᵢ(t, x) dWᵢ, with independent Wiener processes W. The two methods answer different questions: in Itô's calculus the
/// noise is multiplied by g at the beginning of each instant, in Stratonovich's by g in its middle. They agree if g does not depend on x;
/// otherwise Stratonovich's drift f is Itô's drift f + ½ gᵢ ∂gᵢ/∂xᵢ.
/// The noise of step k and variable i is number k · n + i of the stream (n variables), so a path is a function of (seed, stream, step
/// size).
/// Source: Kloeden, Platen, Numerical Solution of Stochastic Differential Equations (1992), chapters 9 to 11.
/// </remarks>
public static class SdeSolver
{
    /// <summary>
    /// Euler and Maruyama's scheme, for an equation in Itô's calculus: strong order ½ (1 if g does not depend on x), weak order 1.
    /// </summary>
    /// <param name="drift">f.</param>
    /// <param name="diffusion">g, one entry a variable.</param>
    /// <param name="start">The state at t = 0: at least one number, all finite.</param>
    /// <param name="duration">How long, above zero, in the field's unit of time.</param>
    /// <param name="step">The step, above zero; the last one is cut to end at <paramref name="duration"/>.</param>
    /// <param name="noise">The stream of the path's noise: another one for another path.</param>
    /// <param name="recordEvery">How many steps between two recorded states; start and end are always recorded.</param>
    /// <param name="progress">Told the part that is done, from 0 to 1, about a hundred times.</param>
    /// <param name="cancellation">Stops the integration.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IntegratedTrajectory EulerMaruyama(
        VectorField drift, VectorField diffusion, ReadOnlySpan<double> start, double duration, double step, Philox noise,
        int recordEvery = 1, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Solve(drift, diffusion, start, duration, step, noise, corrects: false, recordEvery, progress, cancellation);

    /// <summary>
    /// Heun's scheme, for an equation in Stratonovich's calculus: strong order 1 if gᵢ depends on xᵢ alone (½ otherwise), weak order 1.
    /// </summary>
    /// <inheritdoc cref="EulerMaruyama" path="/param"/>
    /// <inheritdoc cref="EulerMaruyama" path="/exception"/>
    /// <remarks>With g = 0 it is Heun's scheme for ordinary equations, of order 2.</remarks>
    public static IntegratedTrajectory Heun(
        VectorField drift, VectorField diffusion, ReadOnlySpan<double> start, double duration, double step, Philox noise,
        int recordEvery = 1, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Solve(drift, diffusion, start, duration, step, noise, corrects: true, recordEvery, progress, cancellation);

    private static IntegratedTrajectory Solve(
        VectorField drift, VectorField diffusion, ReadOnlySpan<double> start, double duration, double step, Philox noise, bool corrects,
        int recordEvery, IProgress<double>? progress, CancellationToken cancellation)
    {
        Require.NotNull(drift);
        Require.NotNull(diffusion);
        OdeSolver.CheckStart(start, duration);
        OdeSolver.CheckStep(step, duration);
        Require.Positive(recordEvery);

        var stepper = new SdeStepper(drift, diffusion, start, noise, corrects);
        var steps = new FixedSteps(0.0, duration, step);
        var recorder = new Recorder(recordEvery, []);
        var meter = new ProgressMeter(progress);
        recorder.Start(0.0, start);
        double time = 0.0;
        var status = IntegrationStatus.Completed;
        while (!steps.IsAtEnd)
        {
            cancellation.ThrowIfCancellationRequested();
            var (length, next) = steps.Next(time);
            if (!stepper.TryStep(time, length))
            {
                status = IntegrationStatus.NonFinite;
                break;
            }
            time = next;
            recorder.Passed(time, stepper.State);
            meter.Report(time / duration);
        }
        recorder.Finish(time, stepper.State);
        return new IntegratedTrajectory(
            recorder.Times, recorder.States, time, status, new IntegrationCost(stepper.Steps, 0, stepper.Evaluations), Events: []);
    }
}
