using System.Collections.Immutable;

namespace NeuroNotebooks.Cells;

/// <summary>A stretch of a protocol with constant input.</summary>
/// <param name="Duration">How long, ms, above zero.</param>
/// <param name="U">Scaled current, mV.</param>
/// <param name="S">Scaled conductance.</param>
public sealed record ClampSegment(double Duration, double U, double S)
{
    /// <summary>How long, ms, above zero.</summary>
    public double Duration { get; init => field = Checked.Positive(value); } = Checked.Positive(Duration, nameof(Duration));

    /// <summary>Scaled current, mV.</summary>
    public double U { get; init => field = Checked.Finite(value); } = Checked.Finite(U, nameof(U));

    /// <summary>Scaled conductance.</summary>
    public double S { get; init => field = Checked.Finite(value); } = Checked.Finite(S, nameof(S));
}

/// <summary>A neuron's motion under a protocol.</summary>
/// <param name="Times">When, ms.</param>
/// <param name="States">The state at each time.</param>
/// <param name="SpikeTimes">The spikes, ms.</param>
public sealed record ClampTrace(
    ImmutableArray<double> Times, ImmutableArray<ImmutableArray<double>> States, ImmutableArray<double> SpikeTimes)
{
    /// <summary>The membrane potential at each time, mV.</summary>
    public double[] Voltage => Variable(0);

    /// <summary>One variable along time.</summary>
    /// <param name="index">Which variable, from 0.</param>
    public double[] Variable(int index)
    {
        Require.InRange(index, 0, Require.Some(States, nameof(States))[0].Length - 1);
        return [.. States.Select(state => state[index])];
    }

    /// <summary>Runs a neuron through a protocol.</summary>
    /// <param name="cell">The neuron.</param>
    /// <param name="protocol">Stretches of constant input, at least one.</param>
    /// <param name="recordEvery">How many steps between two recorded states, at least 1.</param>
    /// <param name="options">The step and what counts as a spike; the duration is the protocol's.</param>
    /// <param name="start">The state to start from; rest if left out.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the step too long for the neuron.</exception>
    public static ClampTrace Record(
        IShuntableNeuron cell, IReadOnlyList<ClampSegment> protocol, int recordEvery = 10, ClampOptions? options = null,
        ImmutableArray<double>? start = null)
    {
        Require.NotNull(cell);
        Require.Each(protocol);
        Require.Positive(recordEvery);
        options = (options ?? new ClampOptions()) with { Duration = protocol.Sum(segment => segment.Duration) };
        options.Check(cell);
        double h = options.Step;
        var lanes = new ClampedLanes(cell, options.Scheme, DynamicClamp.StartOf(cell, start).AsSpan(), [(0.0, 0.0)]);
        var detector = new SpikeDetector(h, options.SpikeHeight, options.ThresholdSlope, cell.HasReset);
        var (times, states) = (ImmutableArray.CreateBuilder<double>(), ImmutableArray.CreateBuilder<ImmutableArray<double>>());
        int k = 0;
        double segmentEnd = 0.0;
        foreach (var segment in protocol)
        {
            lanes.Input([(segment.U, segment.S)]);
            segmentEnd += segment.Duration;
            for (; k < Math.Round(segmentEnd / h); k++)
            {
                detector.Next(lanes.Voltage[0]);
                if (k % recordEvery == 0) Note();
                lanes.Reset();
                lanes.Step(h);
            }
        }
        Note();
        return new ClampTrace(times.DrainToImmutable(), states.DrainToImmutable(), [.. detector.Spikes.Select(spike => spike.Time)]);

        void Note()
        {
            times.Add(k * h);
            states.Add(lanes.State(0));
        }
    }
}
