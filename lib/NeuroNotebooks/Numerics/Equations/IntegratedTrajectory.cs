using System.Collections.Immutable;

namespace NeuroNotebooks.Numerics;

/// <summary>Why an integration ended.</summary>
public enum IntegrationStatus
{
    /// <summary>It reached the end of its time.</summary>
    Completed,

    /// <summary>A terminal event happened; the last state is the state at the event.</summary>
    TerminalEvent,

    /// <summary>It took as many steps as it was allowed.</summary>
    StepLimit,

    /// <summary>No step that can still be told from zero met the tolerances.</summary>
    StepTooSmall,

    /// <summary>The state or its derivative left the finite numbers; the last state is the last finite one.</summary>
    NonFinite,
}

/// <summary>What an integration cost.</summary>
/// <param name="Steps">Steps that moved the state on.</param>
/// <param name="Rejected">Steps tried and refused by the error control.</param>
/// <param name="Evaluations">Calls of the field (of the drift, for a stochastic equation).</param>
public readonly record struct IntegrationCost(long Steps, long Rejected, long Evaluations);

/// <summary>A trajectory that carries its own evidence: how far it got, why it ended there, and what it cost.</summary>
/// <param name="Times">When the states were recorded, ascending.</param>
/// <param name="States">The state at each time.</param>
/// <param name="EndTime">How far the integration got.</param>
/// <param name="Status">Why it ended.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Events">What happened on the way, in the order of time.</param>
/// <param name="Interpolant">The solution at every time between, if it was asked for.</param>
public sealed record IntegratedTrajectory(
    ImmutableArray<double> Times, ImmutableArray<ImmutableArray<double>> States, double EndTime, IntegrationStatus Status,
    IntegrationCost Cost, ImmutableArray<EventOccurrence> Events, Interpolant? Interpolant = null) : Trajectory(Times, States)
{
    /// <summary>Whether it reached the end of its time or a terminal event.</summary>
    public bool Succeeded => Status is IntegrationStatus.Completed or IntegrationStatus.TerminalEvent;

    /// <summary>This trajectory if it succeeded; otherwise an exception that says how far it got.</summary>
    /// <exception cref="InvalidOperationException">It ended early.</exception>
    public IntegratedTrajectory OrThrow() => Succeeded ? this : throw new InvalidOperationException(ToString());

    /// <summary>Why it ended, where, at what cost, and what may help.</summary>
    public override string ToString() => Status switch
    {
        IntegrationStatus.Completed => $"completed at t = {EndTime:g6} {Effort}",
        IntegrationStatus.TerminalEvent => $"stopped by an event at t = {EndTime:g10} {Effort}",
        IntegrationStatus.StepLimit => $"out of steps at t = {EndTime:g6} {Effort}: raise MaxSteps, or loosen the tolerances",
        IntegrationStatus.StepTooSmall =>
            $"the step vanished at t = {EndTime:g6} {Effort}: the field may jump or blow up there, or the tolerances may be below rounding",
        _ => $"the state left the finite numbers after t = {EndTime:g6} {Effort}: try a smaller step, or check the field",
    };

    private string Effort => $"after {Cost.Steps} steps ({Cost.Rejected} rejected, {Cost.Evaluations} evaluations)";
}
