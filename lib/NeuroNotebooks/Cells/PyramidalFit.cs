using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>A parameter of the pyramidal cell that a fit may change.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Get">Reads it; above zero.</param>
/// <param name="Set">A cell with another value.</param>
public sealed record FitParameter(
    string Name, Func<PyramidalNeuron, double> Get, Func<PyramidalNeuron, double, PyramidalNeuron> Set);

/// <summary>A place to record next, and what it would tell.</summary>
/// <param name="U">Scaled current, mV.</param>
/// <param name="S">Scaled conductance.</param>
/// <param name="Information">By how much ln det of the information about the parameters would grow.</param>
public sealed record ProposedPoint(double U, double S, double Information);

/// <summary>Fits parameters of the pyramidal cell to a recording, as logarithms of their ratio to a reference cell's.</summary>
public sealed class PyramidalFit
{
    private readonly PyramidalNeuron reference;
    private readonly FeatureCost cost;

    /// <summary>A fit to be made.</summary>
    /// <param name="reference">The cell whose parameters are the logarithm 0; those not fitted stay as they are there.</param>
    /// <param name="cost">The recording and its scales.</param>
    /// <param name="parameters">What to fit; <see cref="SixParameters"/> if left out.</param>
    /// <exception cref="ArgumentException">An argument is missing, or a parameter is not above zero.</exception>
    public PyramidalFit(PyramidalNeuron reference, FeatureCost cost, ImmutableArray<FitParameter>? parameters = null)
    {
        Require.NotNull(reference);
        Require.NotNull(cost);
        (this.reference, this.cost, Parameters) = (reference, cost, parameters ?? SixParameters);
        Require.Each(Require.Some(Parameters, nameof(parameters)), nameof(parameters));
        if (Parameters.Any(parameter => parameter.Get is null || parameter.Set is null || !(parameter.Get(reference) > 0.0)))
            throw new ArgumentException("A parameter is not above zero in the reference: it has no logarithm.", nameof(parameters));
    }

    /// <summary>g_Na, g_K, g_S, τ_h⁻, τ_w⁻ and τ_n⁻.</summary>
    public static ImmutableArray<FitParameter> SixParameters { get; } =
    [
        new("g_Na", cell => cell.GNa, (cell, value) => cell with { GNa = value }),
        new("g_K", cell => cell.GK, (cell, value) => cell with { GK = value }),
        new("g_S", cell => cell.GS, (cell, value) => cell with { GS = value }),
        new("τ_h⁻", cell => cell.H.TauBelow, (cell, value) => cell with { H = cell.H with { TauBelow = value } }),
        new("τ_w⁻", cell => cell.W.TauBelow, (cell, value) => cell with { W = cell.W with { TauBelow = value } }),
        new("τ_n⁻", cell => cell.N.TauBelow, (cell, value) => cell with { N = cell.N with { TauBelow = value } }),
    ];

    /// <summary>What is fitted.</summary>
    public ImmutableArray<FitParameter> Parameters { get; }

    /// <summary>The cell at a point of the fit.</summary>
    /// <param name="logarithms">ln of the ratio to the reference, one number a parameter, finite.</param>
    public PyramidalNeuron At(ReadOnlySpan<double> logarithms)
    {
        Require.Length(Parameters.Length, logarithms.Length, nameof(logarithms), "parameter");
        Require.Finite(logarithms);
        var cell = reference;
        for (int i = 0; i < logarithms.Length; i++)
        {
            Require.InRange(logarithms[i], -10.0, 10.0, nameof(logarithms));
            cell = Parameters[i].Set(cell, Parameters[i].Get(reference) * Math.Exp(logarithms[i]));
        }
        return cell;
    }

    /// <summary>The residuals at a point of the fit.</summary>
    /// <param name="logarithms">ln of the ratio to the reference, one number a parameter, finite.</param>
    public double[] Residuals(double[] logarithms)
    {
        Require.NotNull(logarithms);
        return cost.Residuals(At(logarithms));
    }

    /// <summary>The cost at a point of the fit.</summary>
    /// <param name="logarithms">ln of the ratio to the reference, one number a parameter, finite.</param>
    public double Cost(double[] logarithms) => Residuals(logarithms).Sum(r => r * r);

    /// <summary>Starts at random within a part of the reference.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="part">The largest deviation of a parameter, as a part of it, from 0 to 0.9.</param>
    /// <param name="random">The stream; start k takes the numbers of its child k.</param>
    public ImmutableArray<double[]> Starts(int count, double part, Philox random)
    {
        Require.Positive(count);
        Require.InRange(part, 0.0, 0.9);
        return [.. Enumerable.Range(0, count).Select(k => Enumerable.Range(0, Parameters.Length)
            .Select(i => Math.Log(1.0 + part * (2.0 * random.Child((ulong)k).Uniform((ulong)i) - 1.0))).ToArray())];
    }

    /// <summary>Least squares within a factor of the reference, from each start.</summary>
    /// <param name="starts">Points of the fit, at least one.</param>
    /// <param name="factor">Every parameter stays within this factor of the reference, above 1.</param>
    /// <param name="options">Rounds, differences, tolerance.</param>
    /// <param name="progress">Told the part of the starts that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the fits.</param>
    /// <returns>One fit a start, by rising cost.</returns>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public ImmutableArray<LeastSquaresFit> LeastSquares(
        IReadOnlyList<double[]> starts, double factor = 2.0, LeastSquaresOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        double[] bound = Bound(factor);
        return Numerics.LeastSquares.FromStarts(Residuals, starts, [.. bound.Select(b => -b)], bound, options, progress, cancellation);
    }

    /// <summary>Nelder and Mead's simplex within a factor of the reference.</summary>
    /// <param name="start">A point of the fit.</param>
    /// <param name="factor">Every parameter stays within this factor of the reference, above 1.</param>
    /// <param name="options">Simplex, budget, restarts.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public NelderMeadFit Simplex(
        ReadOnlySpan<double> start, double factor = 2.0, NelderMeadOptions? options = null, CancellationToken cancellation = default)
    {
        Require.Length(Parameters.Length, start.Length, nameof(start), "parameter");
        double[] bound = Bound(factor);
        return NelderMead.Minimise(Cost, start, [.. bound.Select(b => -b)], bound, options, cancellation);
    }

    /// <summary>The places with spikes that would tell most about the parameters, the best first (D-optimality, one at a time).</summary>
    /// <param name="fit">The fit so far; its residuals are in units of the noise.</param>
    /// <param name="candidates">Places that could be recorded, at least one.</param>
    /// <param name="count">How many to propose, at least 1; each takes those before it for recorded.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <remarks>Source: Atkinson, Donev, Tobias, Optimum Experimental Designs (2007), ch. 11.</remarks>
    public ImmutableArray<ProposedPoint> Propose(LeastSquaresFit fit, IReadOnlyList<(double U, double S)> candidates, int count = 3)
    {
        Require.NotNull(fit);
        Require.Length(Parameters.Length, fit.Parameters.Length, nameof(fit), "parameter");
        Require.NotNull(candidates);
        if (candidates.Count == 0) throw new ArgumentException("candidates is empty: expected at least one place.", nameof(candidates));
        Require.Positive(count);
        var open = Sensitivities(fit, candidates);
        var known = Matrix<double>.Build.DenseOfArray(fit.Jacobian);
        // a thousandth of prior information keeps the determinant above zero where the data say nothing
        var information = known.TransposeThisAndMultiply(known) + 1e-3 * Matrix<double>.Build.DenseIdentity(Parameters.Length);
        var proposed = ImmutableArray.CreateBuilder<ProposedPoint>();
        while (proposed.Count < count && open.Count > 0)
        {
            double now = Math.Log(information.Determinant());
            var best = open.MaxBy(candidate => (information + candidate.Information).Determinant());
            proposed.Add(new ProposedPoint(best.U, best.S, Math.Log((information + best.Information).Determinant()) - now));
            information += best.Information;
            open.Remove(best);
        }
        return proposed.DrainToImmutable();
    }

    /// <summary>What each candidate that spikes would add to JᵀJ.</summary>
    private List<(double U, double S, Matrix<double> Information)> Sensitivities(
        LeastSquaresFit fit, IReadOnlyList<(double U, double S)> candidates)
    {
        double[] best = [.. fit.Parameters];
        ClampRecording expected = ClampRecording.Of(At(best), candidates, cost.Clamp);
        if (!expected.Points.Any(point => point.Spikes == true)) return [];
        ClampRecording spiking = new([.. expected.Points.Where(point => point.Spikes == true)]);
        var there = new PyramidalFit(reference, cost with { Recording = spiking, WrongState = 0.0 }, Parameters);
        double[] bound = Bound(Math.Exp(9.0));
        double[,] jacobian = Numerics.LeastSquares.Differences(
            there.Residuals, best, 4 * spiking.Points.Length, 0.005, [.. bound.Select(b => -b)], bound);
        return [.. spiking.Points.Select((point, k) =>
        {
            var rows = Matrix<double>.Build.Dense(4, best.Length, (i, j) => jacobian[4 * k + i, j]);
            return (point.U, point.S, rows.TransposeThisAndMultiply(rows));
        })];
    }

    private double[] Bound(double factor)
    {
        if (!(factor > 1.0 && factor <= 1e4)) throw new ArgumentOutOfRangeException(nameof(factor), factor, $"factor is {factor}: expected more than 1.");
        return [.. Enumerable.Repeat(Math.Log(factor), Parameters.Length)];
    }
}
