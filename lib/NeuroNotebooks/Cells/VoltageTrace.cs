using System.Collections.Immutable;

namespace NeuroNotebooks.Cells;

/// <summary>What one simulated cell did.</summary>
/// <param name="Times">Beginning of each step, ms.</param>
/// <param name="Voltages">Voltage after each step, before a reset, mV.</param>
/// <param name="Recoveries">Recovery or adaptation after each step, after a reset, in the unit of the cell.</param>
/// <param name="Spikes">When it spiked, ms.</param>
/// <param name="Duration">How long it was followed, ms.</param>
public sealed record VoltageTrace(
    ImmutableArray<double> Times, ImmutableArray<double> Voltages, ImmutableArray<double> Recoveries, ImmutableArray<double> Spikes, double Duration)
{
    /// <inheritdoc cref="VoltageTrace(ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double}, double)" path="/param[@name='Times']"/>
    public ImmutableArray<double> Times { get; init; } = Require.Given(Times);

    /// <inheritdoc cref="VoltageTrace(ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double}, double)" path="/param[@name='Voltages']"/>
    public ImmutableArray<double> Voltages { get; init; } = Require.Given(Voltages);

    /// <inheritdoc cref="VoltageTrace(ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double}, double)" path="/param[@name='Recoveries']"/>
    public ImmutableArray<double> Recoveries { get; init; } = Require.Given(Recoveries);

    /// <inheritdoc cref="VoltageTrace(ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double}, double)" path="/param[@name='Spikes']"/>
    public ImmutableArray<double> Spikes { get; init; } = Require.Given(Spikes);

    /// <summary>The gaps between spikes, ms.</summary>
    public ImmutableArray<double> Intervals => [.. Spikes.Zip(Spikes.Skip(1), (before, after) => after - before)];

    /// <summary>Voltages as they are drawn: cut at a height, so that all spikes are equally tall, mV.</summary>
    /// <param name="peak">The height, mV.</param>
    public ImmutableArray<double> Drawn(double peak) => [.. Voltages.Select(v => Math.Min(v, peak))];

    /// <summary>How many steps make a duration.</summary>
    internal static int Steps(double duration, double step)
    {
        Require.NotNegative(duration);
        Require.Positive(step);
        double steps = Math.Round(duration / step);
        return steps <= MaximumSteps
            ? (int)steps
            : throw new ArgumentOutOfRangeException(nameof(duration), duration, $"duration is {duration} ms, {steps:g4} steps: expected at most {MaximumSteps}.");
    }

    private const int MaximumSteps = 100_000_000;

    /// <summary>Gathers a trace step by step.</summary>
    internal sealed class Recorder(int steps)
    {
        private readonly ImmutableArray<double>.Builder times = ImmutableArray.CreateBuilder<double>(steps),
            voltages = ImmutableArray.CreateBuilder<double>(steps), recoveries = ImmutableArray.CreateBuilder<double>(steps),
            spikes = ImmutableArray.CreateBuilder<double>();

        public void Add(double time, double voltage, double recovery, bool spiked)
        {
            times.Add(time);
            voltages.Add(voltage);
            recoveries.Add(recovery);
            if (spiked) spikes.Add(time);
        }

        public VoltageTrace Trace(double duration) => new(times.MoveToImmutable(), voltages.MoveToImmutable(), recoveries.MoveToImmutable(), spikes.ToImmutable(), duration);
    }
}
