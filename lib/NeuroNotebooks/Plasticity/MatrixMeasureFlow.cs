using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>One matrix measure along a flow, and the most it could have been.</summary>
/// <param name="Measure">Which measure.</param>
/// <param name="Values">μ(W(t)).</param>
/// <param name="Bounds">The integral of the induced inequality, from μ(W₀) and the measures of S alone.</param>
/// <param name="LargestExcess">The largest of value − bound over all steps, recorded or not: rounding at most.</param>
public sealed record MeasureCurve(NamedMeasure Measure, ImmutableArray<double> Values, ImmutableArray<double> Bounds, double LargestExcess)
{
    /// <summary>Which measure.</summary>
    public NamedMeasure Measure { get; } = Measure ?? throw new ArgumentNullException(nameof(Measure));

    /// <summary>μ(W(t)).</summary>
    public ImmutableArray<double> Values { get; } = Require.Some(Values);

    /// <summary>The integral of the induced inequality, from μ(W₀) and the measures of S alone.</summary>
    public ImmutableArray<double> Bounds { get; } = Require.Some(Bounds);
}

/// <summary>The flow that a flow of matrices W' = −γ W + S induces on its matrix measures.</summary>
/// <param name="Times">When, ascending.</param>
/// <param name="Curves">One a measure, in the order they were asked for.</param>
/// <param name="End">The last matrix, n × n.</param>
/// <param name="BlowUpTime">When the run left its bounds, if it did; the curves end before.</param>
/// <remarks>
/// For every matrix measure D⁺μ(W) ≤ −γ μ(W) + μ(S), whatever S depends on: W(t + h) = (1 − γ h) W + h S + o(h), and a measure is
/// subadditive and positively homogeneous. The same lines hold exactly for Euler steps with γ dt &lt; 1, μ(W_{k+1}) ≤ (1 − γ dt) μ(W_k) +
/// dt μ(S_k), which is the bound here: it allows no excess but rounding. Derived; consistent with the abstract of Kozachkov, Slotine, A Note on
/// Matrix Measure Flows (2022), arXiv:2212.12639.
/// </remarks>
public sealed record MatrixMeasureFlow(
    ImmutableArray<double> Times, ImmutableArray<MeasureCurve> Curves, double[,] End, double? BlowUpTime = null)
{
    /// <summary>When, ascending.</summary>
    public ImmutableArray<double> Times { get; } = Require.Some(Times);

    /// <summary>One a measure, in the order they were asked for.</summary>
    public ImmutableArray<MeasureCurve> Curves { get; } = [.. Require.Each<MeasureCurve>(Require.Some(Curves), nameof(Curves))];

    /// <summary>The curve of a measure.</summary>
    /// <param name="measure">One of those that were asked for.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public MeasureCurve Of(NamedMeasure measure)
    {
        Require.NotNull(measure);
        return Curves.FirstOrDefault(curve => curve.Measure == measure)
            ?? throw new ArgumentException($"measure is {measure}, which the run did not follow: it followed {string.Join(", ", Curves.Select(curve => curve.Measure))}.", nameof(measure));
    }

    /// <summary>Follows the measures of a flow by Euler steps.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="start">W at t = 0, n × n, finite.</param>
    /// <param name="measures">Which measures, at least one.</param>
    /// <param name="dt">The step, above zero, with γ dt &lt; 1.</param>
    /// <param name="duration">How long, at least a step; rounded to whole steps.</param>
    /// <param name="recordEvery">How many steps between two records, at least 1.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static MatrixMeasureFlow Run(
        MatrixFlow flow, double[,] start, IReadOnlyList<NamedMeasure> measures, double dt, double duration, int recordEvery = 1)
    {
        Require.NotNull(flow);
        Require.Matrix(start);
        EulerStep.Check(flow.Gamma, dt);
        Require.Positive(recordEvery);
        int steps = Steps(duration, dt);
        double[] weights = start.AsSpan().ToArray(), push = new double[weights.Length];
        var follower = new Follower(start, measures, flow.Gamma, dt, recordEvery);
        double? blowUp = null;
        for (int step = 0; step < steps && blowUp is null; step++)
        {
            flow.Source(step * dt, weights, push);
            if (Vectors.AllFinite(push)) EulerStep.Leak(weights, flow.Gamma, dt, push);
            if (!Vectors.AllFinite(push) || !Vectors.AllFinite(weights)) blowUp = (step + 1) * dt;
            else follower.Follow(step + 1, weights, push, isLast: step + 1 == steps);
        }
        return follower.Result(blowUp);
    }

    /// <summary>Follows the measures of the weights of a plastic network while it runs.</summary>
    /// <param name="network">The network, without noise.</param>
    /// <param name="x">Activity at t = 0, n, finite.</param>
    /// <param name="W">Weights at t = 0, n × n, finite.</param>
    /// <param name="measures">Which measures, at least one.</param>
    /// <param name="dt">The step, above zero, with γ dt &lt; 1.</param>
    /// <param name="duration">How long, at least a step; rounded to whole steps.</param>
    /// <param name="recordEvery">How many steps between two records, at least 1.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the network is noisy: noise obeys no such bound.</exception>
    public static MatrixMeasureFlow Run(
        PlasticNetwork network, ReadOnlySpan<double> x, double[,] W, IReadOnlyList<NamedMeasure> measures, double dt, double duration,
        int recordEvery = 1)
    {
        Require.NotNull(network);
        if (network.Sigma > 0.0)
            throw new ArgumentException($"network has noise of size {network.Sigma}: the bound is for runs without.", nameof(network));
        Require.Positive(dt);
        Require.Positive(recordEvery);
        int steps = Steps(duration, dt);
        var run = new PlasticRun(network, x, W, dt, steps, default);
        var follower = new Follower(W, measures, network.Gamma, dt, recordEvery);
        while (run.Step < steps && run.Advance() && Vectors.AllFinite(run.Weights))
            follower.Follow(run.Step, run.Weights, run.Push, isLast: run.Step == steps);
        return follower.Result(run.BlowUpTime ?? (run.Step < steps ? run.Step * dt : null));
    }

    /// <summary>D⁺μ₂ along W', exactly: the largest eigenvalue of VᵀS V, S the symmetric part of W' and V the top eigenspace of W's.</summary>
    /// <param name="W">n × n, finite.</param>
    /// <param name="change">W', n × n, finite.</param>
    /// <param name="tolerance">Eigenvalues closer to the top one than this, relative to the largest in size, count as equal; 0 or above.</param>
    /// <returns>In the unit of W'.</returns>
    public static double DiniDerivativeMu2(double[,] W, double[,] change, double tolerance = 1e-10)
    {
        Require.Matrix(W);
        int n = W.GetLength(0);
        Require.Shape(change, n, n);
        Require.NotNegative(tolerance);
        var (values, vectors) = SymmetricEigen.Decompose(Spectrum.SymmetricPart(W), n);
        double nearTop = values[^1] - tolerance * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        double[][] basis = [.. Enumerable.Range(0, n).Where(i => values[i] >= nearTop).Select(i => vectors.AsSpan(i * n, n).ToArray())];
        double[,] symmetric = MatrixParts.Symmetric(change);
        return Spectrum.OfSymmetricPart(Dense.Build(basis.Length, basis.Length,
            (a, b) => Vectors.Dot<double>(basis[a], Dense.Product(symmetric, basis[b]))))[^1];
    }

    private static int Steps(double duration, double dt)
    {
        Require.Positive(duration);
        double steps = Math.Round(duration / dt);
        if (!(steps >= 1.0 && steps <= int.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(duration), duration, $"duration is {duration}: expected from 1 to 2^31 − 1 steps of {dt}.");
        return (int)steps;
    }

    /// <summary>The measures and their bounds, step by step.</summary>
    private sealed class Follower
    {
        private readonly NamedMeasure[] measures;
        private readonly double[,] matrix, push;
        private readonly double[] bounds, excess;
        private readonly double gamma, dt;
        private readonly int recordEvery;
        private readonly List<double> times = [0.0];
        private readonly List<double>[] values, boundsAt;

        public Follower(double[,] start, IReadOnlyList<NamedMeasure> measures, double gamma, double dt, int recordEvery)
        {
            this.measures = [.. Require.Each(measures)];
            (this.gamma, this.dt, this.recordEvery) = (gamma, dt, recordEvery);
            (matrix, push) = ((double[,])start.Clone(), new double[start.GetLength(0), start.GetLength(1)]);
            bounds = [.. this.measures.Select(measure => measure.Of(matrix))];
            excess = new double[bounds.Length];
            values = [.. bounds.Select(bound => new List<double> { bound })];
            boundsAt = [.. bounds.Select(bound => new List<double> { bound })];
        }

        public void Follow(int step, double[] weights, double[] source, bool isLast)
        {
            weights.CopyTo(matrix.AsSpan());
            source.CopyTo(push.AsSpan());
            bool recorded = step % recordEvery == 0 || isLast;
            if (recorded) times.Add(step * dt);
            for (int m = 0; m < measures.Length; m++)
            {
                bounds[m] = (1.0 - gamma * dt) * bounds[m] + dt * measures[m].Of(push);
                double value = measures[m].Of(matrix);
                excess[m] = Math.Max(excess[m], value - bounds[m]);
                if (!recorded) continue;
                values[m].Add(value);
                boundsAt[m].Add(bounds[m]);
            }
        }

        public MatrixMeasureFlow Result(double? blowUpTime) => new(
            [.. times], [.. measures.Select((measure, m) => new MeasureCurve(measure, [.. values[m]], [.. boundsAt[m]], excess[m]))],
            matrix, blowUpTime);
    }
}
