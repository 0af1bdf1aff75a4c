using System.Collections.Immutable;

namespace NeuroNotebooks.Spiking;

/// <summary>What a run of a network gave.</summary>
/// <param name="Spikes">Who spiked when.</param>
/// <param name="SpikesLeftOut">Spikes that came after the record was full; zero if it is complete.</param>
/// <param name="Counts">Spikes of each group in each step, in the order of the groups.</param>
/// <param name="Traces">State variables of the cells that were asked for.</param>
/// <param name="Synchrony">Golomb's χ of the voltages; why there is none, if it was not asked for.</param>
/// <param name="SynapticEvents">How many synapses were passed by a spike.</param>
/// <param name="Step">The step, ms.</param>
public sealed record NetworkRecord(
    SpikeRecord Spikes, long SpikesLeftOut, ImmutableArray<ImmutableArray<int>> Counts, ImmutableArray<CellTrace> Traces, Statistic Synchrony,
    long SynapticEvents, double Step)
{
    /// <inheritdoc cref="NetworkRecord(SpikeRecord, long, ImmutableArray{ImmutableArray{int}}, ImmutableArray{CellTrace}, Statistic, long, double)" path="/param[@name='Spikes']"/>
    public SpikeRecord Spikes { get; init; } = Spikes ?? throw new ArgumentNullException(nameof(Spikes));

    /// <inheritdoc cref="NetworkRecord(SpikeRecord, long, ImmutableArray{ImmutableArray{int}}, ImmutableArray{CellTrace}, Statistic, long, double)" path="/param[@name='Counts']"/>
    public ImmutableArray<ImmutableArray<int>> Counts { get; init; } = Require.Given(Counts);

    /// <inheritdoc cref="NetworkRecord(SpikeRecord, long, ImmutableArray{ImmutableArray{int}}, ImmutableArray{CellTrace}, Statistic, long, double)" path="/param[@name='Traces']"/>
    public ImmutableArray<CellTrace> Traces { get; init; } = Require.Given(Traces);

    /// <summary>Rate of each group over time, Hz.</summary>
    /// <param name="bin">Width of the bins, ms, at least a step.</param>
    public ImmutableArray<ImmutableArray<double>> Rates(double bin)
    {
        Require.Positive(bin);
        int steps = (int)Math.Clamp(Math.Round(bin / Step), 1.0, 1e9);
        return [.. Counts.Zip(Spikes.Groups, (counts, group) => counts.Chunk(steps).Where(chunk => chunk.Length == steps)
            .Select(chunk => 1e3 * chunk.Sum() / (group.Count * steps * Step)).ToImmutableArray())];
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Spikes.Count} spikes of {Spikes.CellCount} cells in {Spikes.Duration:g6} ms{(SpikesLeftOut > 0 ? $", {SpikesLeftOut} more not kept" : "")}");
}

/// <summary>State variables of one cell over time.</summary>
/// <param name="Cell">Which cell.</param>
/// <param name="Times">Beginning of the steps, ms.</param>
/// <param name="Voltages">Voltage after each, before a reset, cut at the peak, mV.</param>
/// <param name="Recoveries">Recovery or adaptation after each, after a reset, in the unit of the cell.</param>
public sealed record CellTrace(int Cell, ImmutableArray<double> Times, ImmutableArray<double> Voltages, ImmutableArray<double> Recoveries)
{
    /// <inheritdoc cref="CellTrace(int, ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double})" path="/param[@name='Times']"/>
    public ImmutableArray<double> Times { get; init; } = Require.Given(Times);

    /// <inheritdoc cref="CellTrace(int, ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double})" path="/param[@name='Voltages']"/>
    public ImmutableArray<double> Voltages { get; init; } = Require.Given(Voltages);

    /// <inheritdoc cref="CellTrace(int, ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{double})" path="/param[@name='Recoveries']"/>
    public ImmutableArray<double> Recoveries { get; init; } = Require.Given(Recoveries);
}
