using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Bifurcations;

/// <summary>A limit cycle, stable or not.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="State">A state on the cycle.</param>
/// <param name="Period">The period, unit of the model's time.</param>
/// <param name="Lowest">The lowest value of each variable.</param>
/// <param name="Highest">The highest value of each variable.</param>
/// <param name="Multipliers">The Floquet multipliers: the trivial one, nearest to 1, then the others, largest magnitude first.</param>
public sealed record PeriodicOrbit(
    ImmutableArray<double> Parameters, ImmutableArray<double> State, double Period, ImmutableArray<double> Lowest,
    ImmutableArray<double> Highest, ImmutableArray<Complex> Multipliers)
{
    private const double LongestSimulation = 1e6;

    /// <summary>The Floquet multipliers: the trivial one, nearest to 1, then the others, largest magnitude first.</summary>
    public ImmutableArray<Complex> Multipliers { get; init; } = Require.Some(Multipliers, nameof(Multipliers));

    /// <summary>The multiplier along the cycle, which is 1: its distance from 1 tells the error of the others.</summary>
    public Complex Trivial => Multipliers[0];

    /// <summary>The multiplier of largest magnitude but the trivial one; 0 if there is no other.</summary>
    public Complex Leading => Multipliers.Length > 1 ? Multipliers[1] : Complex.Zero;

    /// <summary>Whether small displacements die out.</summary>
    public bool IsStable => Leading.Magnitude < 1.0;

    /// <summary>The cycle that a simulation settles on, made exact by shooting.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">A state in the cycle's basin, finite.</param>
    /// <param name="parameters">The parameters, finite.</param>
    /// <param name="section">The value of variable 0 at which a lap begins, rising; between its lowest and highest.</param>
    /// <param name="transient">How long to simulate before, above zero and up to a million, unit of the model's time.</param>
    /// <param name="longestPeriod">How long to wait for two crossings after that, above zero and up to a million.</param>
    /// <param name="options">Tolerances.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the motion does not cross the section twice.</exception>
    /// <exception cref="InvalidOperationException">The simulation does not get so far, or shooting does not settle.</exception>
    public static PeriodicOrbit Find(
        OdeModel model, ReadOnlySpan<double> start, ReadOnlySpan<double> parameters, double section, double transient,
        double longestPeriod, ContinuationOptions? options = null)
    {
        Require.NotNull(model);
        model.Check(start, nameof(start), parameters, nameof(parameters));
        Require.Finite(section);
        Require.InRange(Require.Positive(transient), 0.0, LongestSimulation, nameof(transient));
        Require.InRange(Require.Positive(longestPeriod), 0.0, LongestSimulation, nameof(longestPeriod));
        options ??= new ContinuationOptions();
        double[] p = parameters.ToArray();
        var shooting = new Shooting(model, options.MeshTolerance);
        var settled = shooting.Integrate(start, transient, p, []).OrThrow();
        var crossing = new OdeEvent((_, x) => x[0] - section, Crossing.Rising);
        var observed = shooting.Integrate(settled.End.AsSpan(), 2.0 * longestPeriod, p, [crossing]).OrThrow();
        if (observed.Events.Length < 2) throw new ArgumentException(NotCrossed(model.Variables[0], section, observed.Component(0)), nameof(section));
        double period = observed.Events[^1].Time - observed.Events[^2].Time;
        return Sharpen(model, [.. observed.Events[^1].State], period, p, options);
    }

    /// <summary>Newton's method on state and period, the parameters held.</summary>
    internal static PeriodicOrbit Sharpen(OdeModel model, double[] state, double period, double[] parameters, ContinuationOptions options)
    {
        var problem = new CycleProblem(model, parameters, [0], period, options);
        double[] held = new double[model.Dimension + 2];
        held[^1] = 1.0;
        var found = new CurveTracer(problem, options).First([.. state, period, parameters[0]], held)
            ?? throw new InvalidOperationException("Shooting does not settle on this cycle: simulate longer before, or move the section.");
        return problem.At(found.Z);
    }

    private static string NotCrossed(string name, double section, double[] values) => string.Create(CultureInfo.InvariantCulture,
        $"the cycle does not cross {name} = {section}; choose it between the lowest and highest {name}, here {values.Min():g5} and {values.Max():g5}");

    internal static ImmutableArray<Complex> Ordered(double[,] monodromy)
    {
        List<Complex> all = [.. Spectrum.Eigenvalues(monodromy)];
        var trivial = all.MinBy(value => (value - 1.0).Magnitude);
        all.Remove(trivial);
        return [trivial, .. all.OrderByDescending(value => value.Magnitude)];
    }
}
