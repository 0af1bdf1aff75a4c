using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace NeuroNotebooks.Numerics;

/// <summary>How to run a least-squares fit.</summary>
public sealed record LeastSquaresOptions
{
    /// <summary>Rounds of Levenberg and Marquardt, above zero.</summary>
    public int Rounds { get; init; } = 6;

    /// <summary>Half the distance of the central differences that give the Jacobian, in each parameter, above zero.</summary>
    public double Difference { get; init; } = 0.005;

    /// <summary>A fit has settled when its parameters move by less than this part, above zero.</summary>
    public double Tolerance { get; init; } = 1e-3;
}

/// <summary>Fits by least squares within bounds, from one start or several; the rounds are Math.NET's Levenberg-Marquardt.</summary>
/// <remarks>Source: Marquardt, J. SIAM 11:431 (1963).</remarks>
public static class LeastSquares
{
    /// <summary>Minimises Σ r² from one start.</summary>
    /// <param name="residuals">r at a point: as many numbers at every point, finite.</param>
    /// <param name="start">Where to begin, at least one number, within the bounds.</param>
    /// <param name="low">The lowest value of each parameter.</param>
    /// <param name="high">The highest value of each parameter.</param>
    /// <param name="options">Rounds, differences, tolerance.</param>
    /// <param name="cancellation">Stops the fit.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the residuals are not finite at the start.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LeastSquaresFit Fit(
        Func<double[], double[]> residuals, ReadOnlySpan<double> start, ReadOnlySpan<double> low, ReadOnlySpan<double> high,
        LeastSquaresOptions? options = null, CancellationToken cancellation = default)
    {
        Require.NotNull(residuals);
        Bounds.Check(start, low, high);
        options ??= new LeastSquaresOptions();
        Require.Positive(options.Rounds, nameof(options.Rounds));
        Require.Positive(options.Difference, nameof(options.Difference));
        Require.Positive(options.Tolerance, nameof(options.Tolerance));

        var log = new FitLog(cancellation);
        double[] Noted(double[] at)
        {
            double[] r = Bounds.Residuals(residuals, at);
            log.Note(r.Sum(part => part * part), at);
            return r;
        }
        double[] from = start.ToArray(), first = Noted(from);
        if (first.Length == 0 || !Array.TrueForAll(first, double.IsFinite))
            throw new ArgumentException("residuals are missing or not finite at the start: expected at least one finite number.", nameof(residuals));

        double[] bottom = low.ToArray(), top = high.ToArray();
        bool settled = Run(Noted, from, bottom, top, first.Length, options);
        double[] best = log.At, at = Bounds.Residuals(residuals, best);
        return new LeastSquaresFit([.. best], log.Best, [.. at], Differences(residuals, best, at.Length, options.Difference, bottom, top), settled, [.. log.Steps]);
    }

    /// <summary>Fits from several starts, each alone, and puts the best first.</summary>
    /// <param name="residuals">r at a point; called from several threads.</param>
    /// <param name="starts">Where to begin, at least one, each within the bounds.</param>
    /// <param name="low">The lowest value of each parameter.</param>
    /// <param name="high">The highest value of each parameter.</param>
    /// <param name="options">Rounds, differences, tolerance.</param>
    /// <param name="progress">Told the part of the starts that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the fits.</param>
    /// <returns>One fit a start, by rising cost.</returns>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImmutableArray<LeastSquaresFit> FromStarts(
        Func<double[], double[]> residuals, IReadOnlyList<double[]> starts, double[] low, double[] high, LeastSquaresOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Require.NotNull(residuals);
        Require.Each(starts);
        Require.NotNull(low);
        Require.NotNull(high);
        foreach (double[] start in starts)
        {
            CheckStart(start);
            Bounds.Residuals(residuals, start);
        }
        var fits = new LeastSquaresFit[starts.Count];
        int done = 0;
        Parallel.For(0, fits.Length, new ParallelOptions { CancellationToken = cancellation }, k =>
        {
            fits[k] = Fit(residuals, starts[k], low, high, options, cancellation);
            progress?.Report(Interlocked.Increment(ref done) / (double)fits.Length);
        });
        return [.. fits.OrderBy(fit => fit.Cost)];

        // here and not in a thread of its own, where the error would arrive wrapped
        void CheckStart(double[] start) => Bounds.Check(start, low, high, nameof(starts));
    }

    /// <summary>Central differences, one-sided at a bound.</summary>
    internal static double[,] Differences(
        Func<double[], double[]> residuals, double[] at, int count, double difference, double[] low, double[] high)
    {
        var jacobian = new double[count, at.Length];
        for (int j = 0; j < at.Length; j++)
        {
            double to = Math.Min(at[j] + difference, high[j]), from = Math.Max(at[j] - difference, low[j]);
            double[] plus = Bounds.Residuals(residuals, With(at, j, to)), minus = Bounds.Residuals(residuals, With(at, j, from));
            for (int i = 0; i < count; i++) jacobian[i, j] = (plus[i] - minus[i]) / (to - from);
        }
        return jacobian;
    }

    private static double[] With(double[] at, int index, double value)
    {
        double[] changed = [.. at];
        changed[index] = value;
        return changed;
    }

    private static bool Run(
        Func<double[], double[]> residuals, double[] start, double[] low, double[] high, int count, LeastSquaresOptions options)
    {
        Vector<double> nothing = Vector<double>.Build.Dense(count);
        var model = ObjectiveFunction.NonlinearModel(
            (p, _) => Vector<double>.Build.Dense(residuals([.. p])),
            (p, _) => Matrix<double>.Build.DenseOfArray(Differences(residuals, [.. p], count, options.Difference, low, high)),
            nothing, nothing);
        var result = new LevenbergMarquardtMinimizer(
            gradientTolerance: 1e-8, stepTolerance: options.Tolerance, functionTolerance: 1e-8, maximumIterations: options.Rounds)
            .FindMinimum(model, Vector<double>.Build.Dense(start), Vector<double>.Build.Dense(low), Vector<double>.Build.Dense(high));
        return result.ReasonForExit is not (ExitCondition.ExceedIterations or ExitCondition.InvalidValues);
    }
}
