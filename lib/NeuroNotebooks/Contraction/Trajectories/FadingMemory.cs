using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>How long a system remembers what it was driven with: two pasts, then one common input.</summary>
/// <param name="DistanceAtChange">How far the two pasts had brought the states apart.</param>
/// <param name="After">The distance from then on.</param>
/// <remarks>A system that contracts at rate c forgets at least like exp(−c t), whatever the pasts were.</remarks>
public sealed record FadingMemory(double DistanceAtChange, TwoTrajectoryTest After)
{
    /// <summary>The distance from then on.</summary>
    public TwoTrajectoryTest After { get; } = After ?? throw new ArgumentNullException(nameof(After));

    /// <summary>How long until the distance stays at or below a part of what it was at the change; null if not within the run.</summary>
    /// <param name="part">From 0 to 1; 1/e gives the time constant of the memory.</param>
    public double? MemoryTime(double part = 1.0 / Math.E) => After.TimeToShrinkTo(part) - After.Times[0];

    /// <summary>Drives one start with two pasts, then both with the same input.</summary>
    /// <param name="onePast">f until the change.</param>
    /// <param name="otherPast">Another f until the change.</param>
    /// <param name="common">f from the change on.</param>
    /// <param name="start">The state at t = 0, n, finite.</param>
    /// <param name="change">When the pasts end, above zero.</param>
    /// <param name="duration">How long to go on after that, above zero.</param>
    /// <param name="step">The step of the fourth-order Runge-Kutta scheme, above zero.</param>
    /// <param name="metric">How to measure distances; the Euclidean one if null.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="InvalidOperationException">A trajectory left the finite numbers.</exception>
    public static FadingMemory Run(
        VectorField onePast, VectorField otherPast, VectorField common, ReadOnlySpan<double> start, double change, double duration,
        double step, Metric? metric = null)
    {
        Require.NotNull(onePast);
        Require.NotNull(otherPast);
        Require.NotNull(common);
        Require.Positive(change);
        Require.Positive(duration);
        OdeSolver.CheckStep(step, change);
        OdeSolver.CheckStep(step, duration);
        double[] from = start.ToArray();
        TwoTrajectoryTest after = TwoTrajectoryTest.Of(Through(onePast), Through(otherPast), metric);
        return new FadingMemory(after.Distances[0], after);

        IntegratedTrajectory Through(VectorField past)
        {
            IntegratedTrajectory before = OdeSolver.RungeKutta4(past, from, change, step).OrThrow();
            var options = new OdeOptions { Scheme = RungeKuttaScheme.RungeKutta4, FixedStep = step, StartTime = change, MaxSteps = long.MaxValue };
            return OdeSolver.Solve(common, before.End.AsSpan(), duration, options).OrThrow();
        }
    }
}
