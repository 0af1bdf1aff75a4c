using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace NeuroNotebooks.Numerics;

/// <summary>How to run Nelder and Mead's simplex.</summary>
public sealed record NelderMeadOptions
{
    /// <summary>The size of the first simplex in every direction, finite, not zero.</summary>
    public double Simplex { get; init; } = 0.1;

    /// <summary>Evaluations of the first run, above zero.</summary>
    public int Evaluations { get; init; } = 450;

    /// <summary>How many times to begin anew at the best point, at least 0; stops early when a restart gains less than a thousandth.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>The size of the simplex at a restart; its sign alternates.</summary>
    public double RestartSimplex { get; init; } = 0.06;

    /// <summary>A run ends when the costs of its simplex differ by less than this, above zero.</summary>
    public double Tolerance { get; init; } = 1e-4;
}

/// <summary>Where the simplex ended.</summary>
/// <param name="Parameters">The best point.</param>
/// <param name="Cost">The cost there.</param>
/// <param name="Restarts">How many restarts were made.</param>
/// <param name="Log">The lowest cost after each evaluation.</param>
public sealed record NelderMeadFit(ImmutableArray<double> Parameters, double Cost, int Restarts, ImmutableArray<FitStep> Log);

/// <summary>Minimises a cost without derivatives, within bounds, with restarts and a log; the simplex itself is Math.NET's.</summary>
/// <remarks>Source: Nelder, Mead, Computer J. 7:308 (1965).</remarks>
public static class NelderMead
{
    /// <summary>Minimises a cost.</summary>
    /// <param name="cost">The cost at a point.</param>
    /// <param name="start">Where to begin, at least one number, within the bounds.</param>
    /// <param name="low">The lowest value of each parameter.</param>
    /// <param name="high">The highest value of each parameter.</param>
    /// <param name="options">Simplex, budget, restarts.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NelderMeadFit Minimise(
        Func<double[], double> cost, ReadOnlySpan<double> start, ReadOnlySpan<double> low, ReadOnlySpan<double> high,
        NelderMeadOptions? options = null, CancellationToken cancellation = default)
    {
        Require.NotNull(cost);
        Bounds.Check(start, low, high);
        options ??= new NelderMeadOptions();
        Require.Positive(Math.Abs(options.Simplex), nameof(options.Simplex));
        Require.Positive(Math.Abs(options.RestartSimplex), nameof(options.RestartSimplex));
        Require.Positive(options.Evaluations, nameof(options.Evaluations));
        Require.NotNegative(options.Restarts, nameof(options.Restarts));
        Require.Positive(options.Tolerance, nameof(options.Tolerance));

        double[] from = low.ToArray(), to = high.ToArray();
        var log = new FitLog(cancellation);
        Run(cost, start.ToArray(), from, to, options.Simplex, options, log);
        int restart = 0;
        while (restart < options.Restarts)
        {
            double before = log.Best, simplex = restart++ % 2 == 0 ? options.RestartSimplex : -options.RestartSimplex;
            Run(cost, log.At, from, to, simplex, options, log);
            if (log.Best > 0.999 * before) break;
        }
        return new NelderMeadFit([.. log.At], log.Best, restart, [.. log.Steps]);
    }

    private static void Run(
        Func<double[], double> cost, double[] start, double[] low, double[] high, double simplex, NelderMeadOptions options, FitLog log)
    {
        int last = log.Evaluations + options.Evaluations;
        var objective = ObjectiveFunction.Value(point =>
        {
            if (log.Evaluations >= last) throw new BudgetSpentException();
            // outside the bounds: the cost on the bound, and a slope that leads back
            double[] at = [.. point.Select((value, i) => Math.Clamp(value, low[i], high[i]))];
            double outside = point.Select((value, i) => (value - at[i]) * (value - at[i])).Sum(), found = cost(at);
            if (double.IsNaN(found)) found = double.MaxValue;
            log.Note(found, at);
            return found + outside * (1.0 + Math.Abs(found));
        });
        var sizes = Vector<double>.Build.Dense(start.Length, i => start[i] + simplex <= high[i] && start[i] + simplex >= low[i] ? simplex : -simplex);
        try
        {
            NelderMeadSimplex.Minimum(objective, Vector<double>.Build.Dense(start), sizes, options.Tolerance, 2 * options.Evaluations);
        }
        catch (BudgetSpentException) { }
        catch (MaximumIterationsException) { }
    }

    /// <summary>Math.NET counts iterations and not evaluations: this ends a run, and never leaves the class.</summary>
    private sealed class BudgetSpentException : Exception;
}
