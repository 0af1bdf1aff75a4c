using System.Collections.Immutable;

namespace NeuroNotebooks.Numerics;

/// <summary>A function of time and state whose zero is an event.</summary>
/// <param name="t">Time.</param>
/// <param name="x">State.</param>
public delegate double EventFunction(double t, ReadOnlySpan<double> x);

/// <summary>Which way a function crosses zero.</summary>
public enum Crossing
{
    /// <summary>Either way.</summary>
    Either,

    /// <summary>From below zero to zero or above.</summary>
    Rising,

    /// <summary>From above zero to zero or below.</summary>
    Falling,
}

/// <summary>An event to watch for during an integration: a spike, a threshold, a section of phase space.</summary>
/// <param name="Function">Crosses zero at the event; called once a step, and some forty times to locate a crossing.</param>
/// <param name="Crossing">Which way counts.</param>
/// <param name="IsTerminal">Whether the integration ends there.</param>
/// <remarks>Two crossings within one step are not seen: limit the step where that can happen.</remarks>
public sealed record OdeEvent(EventFunction Function, Crossing Crossing = Crossing.Either, bool IsTerminal = false);

/// <summary>An event that happened.</summary>
/// <param name="Event">Which of the watched events, counted from 0.</param>
/// <param name="Time">When: on the far side of the crossing, within the event tolerance.</param>
/// <param name="State">The state then.</param>
public sealed record EventOccurrence(int Event, double Time, ImmutableArray<double> State);
