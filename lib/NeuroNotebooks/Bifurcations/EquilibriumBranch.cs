using System.Collections.Immutable;
using System.Numerics;

namespace NeuroNotebooks.Bifurcations;

/// <summary>A curve of equilibria along one parameter, with its folds and Hopf points.</summary>
/// <param name="Along">Which parameter was varied.</param>
/// <param name="Points">The equilibria, in the order of the curve.</param>
/// <param name="Folds">Where two equilibria meet: the parameter turns.</param>
/// <param name="Hopfs">Where a pair of eigenvalues crosses the imaginary axis: cycles are born.</param>
/// <param name="End">Why the curve ends.</param>
public sealed record EquilibriumBranch(
    int Along, ImmutableArray<Equilibrium> Points, ImmutableArray<Equilibrium> Folds, ImmutableArray<Equilibrium> Hopfs, CurveEnd End)
{
    /// <summary>Follows the equilibria through folds, from a guess in the direction in which the parameter rises or falls.</summary>
    /// <param name="model">The model.</param>
    /// <param name="guess">A guess of the first equilibrium, one number a variable, finite.</param>
    /// <param name="parameters">The parameters there, finite.</param>
    /// <param name="along">Which parameter to vary.</param>
    /// <param name="low">The curve ends where the parameter falls below this.</param>
    /// <param name="high">The curve ends where the parameter rises above this, at least <paramref name="low"/>.</param>
    /// <param name="downwards">Whether to begin with a falling parameter.</param>
    /// <param name="options">Steps, tolerance, limits.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="InvalidOperationException">There is no equilibrium next to the guess.</exception>
    public static EquilibriumBranch Follow(
        OdeModel model, ReadOnlySpan<double> guess, ReadOnlySpan<double> parameters, int along, double low, double high,
        bool downwards = false, ContinuationOptions? options = null)
    {
        Require.NotNull(model);
        model.CheckParameter(along, nameof(along));
        Require.Finite(low);
        Require.InRange(high, low, double.MaxValue);
        options ??= new ContinuationOptions();
        Equilibrium start = Equilibrium.Find(model, guess, parameters);

        var problem = new EquilibriumProblem(model, parameters.ToArray(), along);
        var tracer = new CurveTracer(problem, options);
        double[] seed = new double[model.Dimension + 1];
        seed[^1] = downwards ? -1.0 : 1.0;
        var last = tracer.First([.. start.State, parameters[along]], seed)
            ?? throw new InvalidOperationException("The curve cannot be started: the first equilibrium is singular.");

        var points = new List<Equilibrium> { start };
        var (folds, hopfs) = (ImmutableArray.CreateBuilder<Equilibrium>(), ImmutableArray.CreateBuilder<Equilibrium>());
        CurveEnd? end = null;
        foreach (var next in tracer.Follow(last, _ => double.PositiveInfinity))
        {
            if (tracer.Between(last, next, point => point.Tangent[^1]) is { } fold) folds.Add(problem.At(fold));
            if (tracer.Between(last, next, point => PairSums(problem.At(point))) is { } crossing && problem.At(crossing) is var hopf
                && IsHopf(hopf)) hopfs.Add(hopf);
            points.Add(problem.At(next));
            last = next;
            end = !(next.Z[^1] >= low && next.Z[^1] <= high) ? CurveEnd.LeftRange
                : points.Count >= options.MaxPoints ? CurveEnd.PointLimit : null;
            if (end is not null) break;
        }
        return new EquilibriumBranch(along, [.. points], folds.DrainToImmutable(), hopfs.DrainToImmutable(), end ?? CurveEnd.StepTooSmall);
    }

    /// <summary>∏ (λ_i + λ_j) over pairs, each factor brought to the size 1: changes sign where a pair sums to zero.</summary>
    private static double PairSums(Equilibrium at)
    {
        Complex product = 1.0;
        for (int i = 0; i < at.Eigenvalues.Length; i++)
            for (int j = 0; j < i; j++)
            {
                Complex sum = at.Eigenvalues[i] + at.Eigenvalues[j];
                product *= sum / (at.Eigenvalues[i].Magnitude + at.Eigenvalues[j].Magnitude + 1e-300);
            }
        return product.Real;
    }

    /// <summary>The pair that sums to zero is a complex one; of two real ones it is a neutral saddle.</summary>
    private static bool IsHopf(Equilibrium at)
    {
        var pairs = from i in Enumerable.Range(0, at.Eigenvalues.Length)
                    from j in Enumerable.Range(0, i)
                    select (Sum: (at.Eigenvalues[i] + at.Eigenvalues[j]).Magnitude, Imaginary: Math.Abs(at.Eigenvalues[i].Imaginary));
        return pairs.MinBy(pair => pair.Sum).Imaginary > 0.0;
    }
}

/// <summary>f(x, p) = 0 with one parameter free.</summary>
internal sealed class EquilibriumProblem(OdeModel model, double[] parameters, int along) : ICurveProblem
{
    public double[] Scales { get; } = [.. model.Scales, model.ParameterScales[along]];

    public void Prepare(double[] last, double[] predicted) { }

    public bool Linearise(double[] z, double[] residual, double[,] derivative)
    {
        double[] p = Parameters(z);
        model.Evaluate(z.AsSpan(0, model.Dimension), p, residual);
        model.Differentiate(z.AsSpan(0, model.Dimension), p, derivative, along);
        return Array.TrueForAll(residual, double.IsFinite);
    }

    public Equilibrium At(CurvePoint point) => Equilibrium.At(model, point.Z.AsSpan(0, model.Dimension), Parameters(point.Z));

    private double[] Parameters(double[] z)
    {
        double[] p = [.. parameters];
        p[along] = z[^1];
        return p;
    }
}
