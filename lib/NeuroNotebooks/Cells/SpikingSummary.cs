using System.Collections.Immutable;
using System.Globalization;

namespace NeuroNotebooks.Cells;

/// <summary>What a cell does under a lasting input.</summary>
public enum SpikingState
{
    /// <summary>It rests, or fires too little to be called spiking.</summary>
    Silent,

    /// <summary>It spikes for as long as the input lasts.</summary>
    Spiking,

    /// <summary>Its sodium channels are inactivated: depolarised, without spikes.</summary>
    Blocked,
}

/// <summary>The steady answer of a neuron to a current and a conductance; the averages are over the last half of the run.</summary>
/// <param name="U">Scaled current, mV.</param>
/// <param name="S">Scaled conductance.</param>
/// <param name="State">What the cell does.</param>
/// <param name="Rate">Spikes per second, Hz; 0 unless it spikes.</param>
/// <param name="Variation">Coefficient of variation of the interspike intervals; null unless it spikes.</param>
/// <param name="Peak">Mean voltage at the top of a spike, mV; null unless it spikes.</param>
/// <param name="Trough">Mean lowest voltage between two spikes, mV; null unless it spikes.</param>
/// <param name="AhpFraction">Mean position of the lowest voltage in the interspike interval, from 0 to 1; null unless it spikes.</param>
/// <param name="Threshold">Mean voltage at which V reaches the threshold's speed, mV; null unless it spikes and V does.</param>
/// <param name="SpikeTimes">All spikes of the run, ms.</param>
/// <param name="End">The state at the end of the run.</param>
public sealed record SpikingSummary(
    double U, double S, SpikingState State, double Rate, double? Variation, double? Peak, double? Trough, double? AhpFraction,
    double? Threshold, ImmutableArray<double> SpikeTimes, ImmutableArray<double> End)
{
    /// <summary>Peak above trough, mV; null unless it spikes.</summary>
    public double? Amplitude => Peak - Trough;

    /// <summary>A warning if the total conductance is below zero, so that the passive membrane is unstable; null otherwise.</summary>
    public string? Warning => S >= -1.0 ? null : string.Create(CultureInfo.InvariantCulture,
        $"s = {S} cancels more than the resting conductance: the passive membrane is unstable below s = -1.");

    /// <summary>What the cell does, in a line.</summary>
    public override string ToString()
    {
        string said = string.Create(CultureInfo.InvariantCulture, $"u = {U} mV, s = {S}: ") + (State == SpikingState.Spiking
            ? string.Create(CultureInfo.InvariantCulture, $"{Rate:f2} Hz, from {Trough:f1} to {Peak:f1} mV, lowest at {AhpFraction:f2} of the interval")
            : State == SpikingState.Blocked ? "blocked" : "silent");
        return Warning is null ? said : $"{said}. {Warning}";
    }
}
