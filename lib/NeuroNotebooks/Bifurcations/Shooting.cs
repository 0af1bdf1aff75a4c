using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Bifurcations;

/// <summary>The flow of a model over one cycle, with its derivatives, on a time mesh laid by an adaptive integration and then held.</summary>
/// <remarks>
/// On a held mesh the flow is a smooth function of state, period and parameters, so that central differences of it are good to about
/// nine digits. The perturbed copies move side by side in the lanes of vectors. Steps are Dormand and Prince's.
/// </remarks>
internal sealed class Shooting(OdeModel model, double meshTolerance)
{
    private const double Difference = 1e-6;
    private const long MostSteps = 500_000;

    private static readonly RungeKuttaScheme Scheme = RungeKuttaScheme.DormandPrince;

    private readonly int n = model.Dimension;
    private double[] mesh = [];

    /// <summary>Lays the mesh: the steps, as parts of the period, that a run with error control takes.</summary>
    public bool Lay(ReadOnlySpan<double> state, double period, double[] parameters)
    {
        var run = Integrate(state, period, parameters, []);
        if (!run.Succeeded) return false;
        mesh = [.. run.Times.Skip(1).Zip(run.Times, (to, from) => (to - from) / period)];
        return true;
    }

    public IntegratedTrajectory Integrate(ReadOnlySpan<double> state, double duration, double[] parameters, OdeEvent[] events) =>
        OdeSolver.Solve((_, x, slope) => model.Evaluate(x, parameters, slope), state, duration, new OdeOptions
        {
            RelativeTolerance = meshTolerance, AbsoluteTolerance = 0.1 * meshTolerance, Events = [.. events], EventTolerance = 1e-12,
            MaxSteps = MostSteps,
        });

    /// <summary>Where the flow leads in one period, and its derivatives in the state and in some parameters.</summary>
    /// <param name="state">Where it begins.</param>
    /// <param name="period">How long.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="varied">The parameters to differentiate in.</param>
    public (double[] End, double[,] Derivative) Flow(double[] state, double period, double[] parameters, params int[] varied)
    {
        int columns = n + varied.Length, copies = 1 + 2 * columns, width = Vector<double>.Count;
        var ends = new double[copies][];
        for (int from = 0; from < copies; from += width)
        {
            var (x, p) = (Lanes(state), Lanes(parameters));
            for (int lane = 0; lane < width && from + lane < copies; lane++) Perturb(x, p, lane, from + lane, varied);
            Run(x, p, period);
            for (int lane = 0; lane < width && from + lane < copies; lane++) ends[from + lane] = [.. x.Select(variable => variable[lane])];
        }
        return (ends[0], Dense.Build(n, columns, (i, j) =>
            (ends[1 + 2 * j][i] - ends[2 + 2 * j][i]) / (2.0 * Difference * (j < n ? model.Scales[j] : model.ParameterScales[varied[j - n]]))));
    }

    /// <summary>The lowest and highest value of each variable over the mesh, refined by the cubic between two points.</summary>
    public (double[] Lowest, double[] Highest) Extremes(double[] state, double period, double[] parameters)
    {
        var (x, p) = (Lanes(state), Lanes(parameters));
        double[] lowest = [.. state], highest = [.. state], before = [.. state], slopeBefore = model.Slope(state, parameters);
        var slope = new double[n];
        foreach (double part in mesh)
        {
            double h = part * period;
            Run(x, p, period, [part]);
            double[] now = [.. x.Select(variable => variable[0])];
            model.Evaluate(now, parameters, slope);
            for (int i = 0; i < n; i++)
            {
                double value = slopeBefore[i] * slope[i] < 0.0 ? Turn(before[i], now[i], h * slopeBefore[i], h * slope[i]) : now[i];
                lowest[i] = Math.Min(lowest[i], Math.Min(value, now[i]));
                highest[i] = Math.Max(highest[i], Math.Max(value, now[i]));
            }
            (before, slopeBefore, slope) = (now, slope, slopeBefore);
        }
        return (lowest, highest);
    }

    /// <summary>The cubic with these values and slopes at 0 and 1, where the line through the slopes is zero.</summary>
    private static double Turn(double a, double b, double slopeA, double slopeB)
    {
        double t = slopeA / (slopeA - slopeB), r = 1.0 - t;
        return a * r * r * (1.0 + 2.0 * t) + slopeA * t * r * r + b * t * t * (3.0 - 2.0 * t) - slopeB * t * t * r;
    }

    private void Perturb(Vector<double>[] x, Vector<double>[] p, int lane, int copy, int[] varied)
    {
        if (copy == 0) return;
        int column = (copy - 1) / 2;
        double sign = copy % 2 == 1 ? Difference : -Difference;
        if (column < n) x[column] = x[column].WithElement(lane, x[column][lane] + sign * model.Scales[column]);
        else if (varied[column - n] is var k) p[k] = p[k].WithElement(lane, p[k][lane] + sign * model.ParameterScales[k]);
    }

    private void Run(Vector<double>[] x, Vector<double>[] p, double period) => Run(x, p, period, mesh);

    private void Run(Vector<double>[] x, Vector<double>[] p, double period, double[] parts)
    {
        var slopes = new Vector<double>[Scheme.StageCount * n];
        var trial = new Vector<double>[n];
        model.Lanes(x, p, slopes.AsSpan(0, n));
        foreach (double part in parts)
        {
            for (int stage = 1; stage < Scheme.StageCount; stage++)
            {
                x.CopyTo(trial, 0);
                foreach (var (earlier, weight) in Scheme.Stages[stage])
                {
                    var length = Vector.Create(period * part * weight);
                    for (int i = 0; i < n; i++) trial[i] += length * slopes[earlier * n + i];
                }
                model.Lanes(trial, p, slopes.AsSpan(stage * n, n));
            }
            trial.CopyTo(x, 0);
            slopes.AsSpan((Scheme.StageCount - 1) * n, n).CopyTo(slopes);
        }
    }

    private static Vector<double>[] Lanes(double[] values) => [.. values.Select(value => Vector.Create(value))];
}
