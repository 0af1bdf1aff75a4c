using System.Collections.Immutable;
using System.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>Injects current and conductance into a neuron and reads off how it fires.</summary>
public static class DynamicClamp
{
    /// <summary>The scaled current and conductance of two synaptic conductances: u = g_E (V_E − V_us), s = g_E + g_I with V_I = V_us.</summary>
    /// <param name="excitation">g_E, scaled by the input conductance, at least 0.</param>
    /// <param name="inhibition">g_I, scaled by the input conductance, at least 0.</param>
    /// <param name="reversal">V_E, mV.</param>
    /// <param name="reference">V_us, mV.</param>
    public static (double U, double S) FromSynapses(double excitation, double inhibition, double reversal = 0.0, double reference = -65.0)
    {
        Require.NotNegative(excitation);
        Require.NotNegative(inhibition);
        Require.Finite(reversal);
        Require.Finite(reference);
        return (excitation * (reversal - reference), excitation + inhibition);
    }

    /// <summary>The steady answer to a step of current and conductance.</summary>
    /// <param name="cell">The neuron.</param>
    /// <param name="u">Scaled current, mV, finite.</param>
    /// <param name="s">Scaled conductance, finite; below −1 the answer carries a warning.</param>
    /// <param name="options">How long, how finely, what counts as a spike.</param>
    /// <param name="start">The state to start from; rest if left out.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the step too long for the neuron.</exception>
    /// <exception cref="InvalidOperationException">The voltage left the finite numbers.</exception>
    public static SpikingSummary SteadyState(
        IShuntableNeuron cell, double u, double s = 0.0, ClampOptions? options = null, ImmutableArray<double>? start = null)
    {
        Require.NotNull(cell);
        Require.Finite(u);
        Require.Finite(s);
        options ??= new ClampOptions();
        options.Check(cell);
        return Run(cell, [(u, s)], StartOf(cell, start), options)[0];
    }

    /// <summary>The steady answers at several points, several at a time and on several threads.</summary>
    /// <param name="cell">The neuron.</param>
    /// <param name="points">Current, mV, and conductance of each point, at least one.</param>
    /// <param name="options">How long, how finely, what counts as a spike.</param>
    /// <param name="threads">How many threads; the answers are the same for any number. All processors if left out.</param>
    /// <param name="progress">Told the part that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the step too long for the neuron.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImmutableArray<SpikingSummary> SteadyStates(
        IShuntableNeuron cell, IReadOnlyList<(double U, double S)> points, ClampOptions? options = null, int? threads = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Require.NotNull(cell);
        Require.NotNull(points);
        for (int i = 0; i < points.Count; i++)
        {
            Require.Finite(points[i].U, nameof(points));
            Require.Finite(points[i].S, nameof(points));
        }
        if (threads is { } count) Require.Positive(count, nameof(threads));
        options ??= new ClampOptions();
        options.Check(cell);

        ImmutableArray<double> rest = cell.Rest();
        int width = Vector<double>.Count, groups = (points.Count + width - 1) / width, done = 0;
        var answers = new SpikingSummary[groups][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, groups, parallel, group =>
        {
            int from = group * width, to = Math.Min(points.Count, from + width);
            answers[group] = Run(cell, [.. Enumerable.Range(from, to - from).Select(i => points[i])], rest, options, cancellation);
            progress?.Report(Interlocked.Increment(ref done) / (double)groups);
        });
        return [.. answers.SelectMany(answer => answer)];
    }

    /// <summary>The steady answers over a grid of currents and conductances.</summary>
    /// <param name="cell">The neuron.</param>
    /// <param name="us">Currents, mV, at least one.</param>
    /// <param name="ss">Conductances, at least one.</param>
    /// <param name="options">How long, how finely, what counts as a spike.</param>
    /// <param name="threads">How many threads; the answers are the same for any number. All processors if left out.</param>
    /// <param name="progress">Told the part that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the step too long for the neuron.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RateSurface Surface(
        IShuntableNeuron cell, IReadOnlyList<double> us, IReadOnlyList<double> ss, ClampOptions? options = null, int? threads = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Require.Each(us);
        Require.Each(ss);
        foreach (double u in us) Require.Finite(u, nameof(us));
        foreach (double s in ss) Require.Finite(s, nameof(ss));
        (double, double)[] points = [.. ss.SelectMany(s => us.Select(u => (u, s)))];
        return new RateSurface([.. us], [.. ss], SteadyStates(cell, points, options, threads, progress, cancellation));
    }

    /// <summary>The current raised or lowered in stairs, the state carried from stair to stair.</summary>
    /// <param name="cell">The neuron, at rest before the first stair.</param>
    /// <param name="us">The current of each stair, mV, at least one.</param>
    /// <param name="s">Scaled conductance throughout.</param>
    /// <param name="options">How long a stair lasts, how finely, what counts as a spike.</param>
    /// <param name="start">The state to start from; rest if left out.</param>
    /// <returns>The answer on each stair.</returns>
    /// <exception cref="ArgumentException">An argument is out of its range, or the step too long for the neuron.</exception>
    public static ImmutableArray<SpikingSummary> Staircase(
        IShuntableNeuron cell, IReadOnlyList<double> us, double s = 0.0, ClampOptions? options = null, ImmutableArray<double>? start = null)
    {
        Require.NotNull(cell);
        Require.Each(us);
        ImmutableArray<double> state = StartOf(cell, start);
        var stairs = ImmutableArray.CreateBuilder<SpikingSummary>(us.Count);
        foreach (double u in us)
        {
            Require.Finite(u, nameof(us));
            stairs.Add(SteadyState(cell, u, s, options, state));
            state = stairs[^1].End;
        }
        return stairs.DrainToImmutable();
    }

    internal static ImmutableArray<double> StartOf(IShuntableNeuron cell, ImmutableArray<double>? start)
    {
        if (start is not { } state) return cell.Rest();
        Require.Length(cell.Variables.Length, Require.Given(state, nameof(start)).Length, nameof(start), "variable");
        Require.Finite(state.AsSpan(), nameof(start));
        return state;
    }

    /// <summary>As many points as a vector has lanes, or fewer; the lanes left over repeat the first.</summary>
    private static SpikingSummary[] Run(
        IShuntableNeuron cell, (double U, double S)[] points, ImmutableArray<double> start, ClampOptions options,
        CancellationToken cancellation = default)
    {
        var lanes = new ClampedLanes(cell, options.Scheme, start.AsSpan(), points);
        SpikeDetector[] detectors =
            [.. points.Select(_ => new SpikeDetector(options.Step, options.SpikeHeight, options.ThresholdSlope, cell.HasReset))];
        for (int k = 0, steps = options.Steps; k <= steps; k++)
        {
            var v = lanes.Voltage;
            for (int lane = 0; lane < detectors.Length; lane++) detectors[lane].Next(v[lane]);
            lanes.Reset();
            if (k < steps) lanes.Step(options.Step);
            if (k % 4096 == 0) cancellation.ThrowIfCancellationRequested();
        }
        return [.. points.Select((point, lane) => SpikeStatistics.Summarise(cell, point, detectors[lane], lanes.State(lane), options))];
    }
}
