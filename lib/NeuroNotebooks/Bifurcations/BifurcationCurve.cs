using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Bifurcations;

/// <summary>A point of a curve in the plane of two parameters.</summary>
/// <param name="Parameters">All parameters of the model there.</param>
/// <param name="State">The equilibrium, or a state on the cycle.</param>
/// <param name="Period">Of the cycle, or of the cycle that is born at a Hopf point; null at a fold of equilibria.</param>
public sealed record BifurcationPoint(ImmutableArray<double> Parameters, ImmutableArray<double> State, double? Period);

/// <summary>A bifurcation followed in the plane of two parameters, from its start both ways.</summary>
/// <param name="Points">The points, from one end to the other.</param>
/// <param name="Ends">Why the curve ends at its first and at its last point.</param>
public sealed record BifurcationCurve(ImmutableArray<BifurcationPoint> Points, (CurveEnd First, CurveEnd Last) Ends)
{
    /// <summary>The smallest and the largest value of a parameter along the curve.</summary>
    /// <param name="parameter">Which parameter.</param>
    public (double Low, double High) Extent(int parameter)
    {
        Require.InRange(parameter, 0, Require.Some(Points, nameof(Points))[0].Parameters.Length - 1);
        return (Points.Min(point => point.Parameters[parameter]), Points.Max(point => point.Parameters[parameter]));
    }

    /// <summary>Follows a fold of equilibria.</summary>
    /// <param name="model">The model.</param>
    /// <param name="fold">A fold, of <see cref="EquilibriumBranch.Folds"/>.</param>
    /// <param name="plane">The two parameters to vary, and their ranges.</param>
    /// <param name="options">Steps, tolerance, limits.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The start is no fold.</exception>
    public static BifurcationCurve OfFolds(OdeModel model, Equilibrium fold, ParameterPlane plane, ContinuationOptions? options = null)
    {
        Check(model, fold, plane, nameof(fold));
        return OfEquilibria(model, fold, plane, options, jacobian => Matrix<double>.Build.DenseOfArray(jacobian).Determinant());
    }

    /// <summary>Follows a Hopf point; ends where its frequency vanishes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="hopf">A Hopf point, of <see cref="EquilibriumBranch.Hopfs"/>.</param>
    /// <param name="plane">The two parameters to vary, and their ranges.</param>
    /// <param name="options">Steps, tolerance, limits.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The start is no Hopf point.</exception>
    public static BifurcationCurve OfHopfs(OdeModel model, Equilibrium hopf, ParameterPlane plane, ContinuationOptions? options = null)
    {
        Check(model, hopf, plane, nameof(hopf));
        if (hopf.Frequency == 0.0) throw new ArgumentException("hopf has no complex eigenvalues: expected a Hopf point.", nameof(hopf));
        double slowest = 0.02 * hopf.Frequency;
        return OfEquilibria(model, hopf, plane, options, RealPart, at => at.Frequency < slowest ? CurveEnd.FrequencyVanished : null);

        // half the sum of the two eigenvalues nearest to the imaginary axis off the real line; where there are none, the curve ends
        static double RealPart(double[,] jacobian) => Equilibrium.Sorted(jacobian).Where(value => value.Imaginary > 0.0)
            .Select(value => value.Real).DefaultIfEmpty(double.NaN).MinBy(Math.Abs);
    }

    /// <summary>Follows a fold of cycles.</summary>
    /// <param name="model">The model.</param>
    /// <param name="fold">A fold, of <see cref="CycleBranch.Folds"/>.</param>
    /// <param name="plane">The two parameters to vary, and their ranges.</param>
    /// <param name="options">Steps, tolerance, limits.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The start is no fold of cycles.</exception>
    public static BifurcationCurve OfCycleFolds(OdeModel model, PeriodicOrbit fold, ParameterPlane plane, ContinuationOptions? options = null)
    {
        Require.NotNull(model);
        Require.NotNull(fold);
        Require.NotNull(plane);
        model.Check(fold.State.AsSpan(), nameof(fold), fold.Parameters.AsSpan(), nameof(fold));
        plane.Check(model);
        // the fold's test is a difference of differences: it bears no finer tolerance
        options = (options ?? new ContinuationOptions()) with { Tolerance = 1e-6 };
        int n = model.Dimension;
        double[] parameters = [.. fold.Parameters], start = [.. fold.State, fold.Period, parameters[plane.First], parameters[plane.Second]];
        return BothWays(
            () => new CycleProblem(model, parameters, [plane.First, plane.Second], fold.Period, options), start, plane, options,
            z => new BifurcationPoint(plane.Filled(parameters, z), [.. z.Take(n)], z[n]),
            point => point.Period > options.LongestPeriod ? CurveEnd.PeriodDiverged : null);
    }

    private static BifurcationCurve OfEquilibria(
        OdeModel model, Equilibrium at, ParameterPlane plane, ContinuationOptions? options, Func<double[,], double> test,
        Func<Equilibrium, CurveEnd?>? end = null)
    {
        options ??= new ContinuationOptions();
        int n = model.Dimension;
        double[] parameters = [.. at.Parameters], start = [.. at.State, parameters[plane.First], parameters[plane.Second]];
        return BothWays(
            () => new MarkedEquilibriumProblem(model, parameters, plane, test), start, plane, options,
            z =>
            {
                ImmutableArray<double> state = [.. z.Take(n)], p = plane.Filled(parameters, z);
                double frequency = Equilibrium.At(model, state.AsSpan(), p.AsSpan()).Frequency;
                return new BifurcationPoint(p, state, end is null || frequency == 0.0 ? null : Math.Tau / frequency);
            },
            point => end?.Invoke(Equilibrium.At(model, point.State.AsSpan(), point.Parameters.AsSpan())));
    }

    private static BifurcationCurve BothWays(
        Func<ICurveProblem> problem, double[] start, ParameterPlane plane, ContinuationOptions options,
        Func<double[], BifurcationPoint> read, Func<BifurcationPoint, CurveEnd?> special)
    {
        var (back, backEnd) = OneWay(-1.0);
        var (forth, forthEnd) = OneWay(1.0);
        back.Reverse();
        return new BifurcationCurve([.. back, read(start), .. forth], (backEnd, forthEnd));

        (List<BifurcationPoint>, CurveEnd) OneWay(double sign)
        {
            var tracer = new CurveTracer(problem(), options);
            double[] seed = new double[start.Length];
            seed[^1] = sign;
            var first = tracer.First(start, seed)
                ?? throw new InvalidOperationException("The start is no bifurcation of this kind: take one that a branch has located.");
            var points = new List<BifurcationPoint>();
            foreach (var next in tracer.Follow(first, _ => double.PositiveInfinity))
            {
                points.Add(read(next.Z));
                CurveEnd? end = !plane.Holds(points[^1].Parameters) ? CurveEnd.LeftRange
                    : special(points[^1]) ?? (points.Count >= options.MaxPoints ? CurveEnd.PointLimit : null);
                if (end is { } why) return (points, why);
            }
            return (points, CurveEnd.StepTooSmall);
        }
    }

    private static void Check(OdeModel model, Equilibrium at, ParameterPlane plane, string name)
    {
        Require.NotNull(model);
        Require.NotNull(at, name);
        Require.NotNull(plane);
        model.Check(at.State.AsSpan(), name, at.Parameters.AsSpan(), name);
        plane.Check(model);
    }
}
