using System.Collections.Immutable;

namespace NeuroNotebooks.Numerics;

/// <summary>How to integrate an ordinary differential equation. Every length of time is in the field's own unit.</summary>
public sealed record OdeOptions
{
    /// <summary>The scheme; Dormand and Prince's unless another is chosen.</summary>
    public RungeKuttaScheme Scheme { get; init; } = RungeKuttaScheme.DormandPrince;

    /// <summary>A fixed step above zero, or null for steps chosen by the scheme's error estimate.</summary>
    public double? FixedStep { get; init; }

    /// <summary>Error allowed in a step as a part of each variable's size.</summary>
    public double RelativeTolerance { get; init; } = 1e-6;

    /// <summary>Error allowed in a step besides, in the unit of the variables.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-9;

    /// <summary>The first step to try; null to estimate it.</summary>
    public double? FirstStep { get; init; }

    /// <summary>No step is longer.</summary>
    public double LargestStep { get; init; } = double.PositiveInfinity;

    /// <summary>Steps allowed, rejected ones included.</summary>
    public long MaxSteps { get; init; } = 10_000_000;

    /// <summary>Time of the start state.</summary>
    public double StartTime { get; init; }

    /// <summary>How many steps between two recorded states; start and end are always recorded.</summary>
    public int RecordEvery { get; init; } = 1;

    /// <summary>
    /// Times at which to record instead, ascending, between start and end; the states come from the scheme's interpolant.
    /// </summary>
    public ImmutableArray<double> RecordAt { get; init; } = [];

    /// <summary>Whether to keep the solution at every time between, at five numbers a variable and step.</summary>
    public bool KeepInterpolant { get; init; }

    /// <summary>Events to watch for.</summary>
    public ImmutableArray<OdeEvent> Events { get; init; } = [];

    /// <summary>How exactly an event is located in time.</summary>
    public double EventTolerance { get; init; } = 1e-10;

    internal void Check(double duration)
    {
        Require.NotNull(Scheme);
        if (FixedStep is { } step) OdeSolver.CheckStep(step, duration, nameof(FixedStep));
        else if (!Scheme.EstimatesError)
            throw Refusal(nameof(Scheme), $"{Scheme.Name} does not estimate its error: set FixedStep, or use DormandPrince.");
        Require.NotNegative(RelativeTolerance);
        Require.Positive(AbsoluteTolerance);
        if (FirstStep is { } first) Require.Positive(first, nameof(FirstStep));
        if (!double.IsPositiveInfinity(LargestStep)) Require.Positive(LargestStep);
        Require.Positive(MaxSteps);
        Require.Finite(StartTime);
        Require.Positive(RecordEvery);
        Require.Positive(EventTolerance);
        if (Events.IsDefault || Events.Any(watched => watched?.Function is null))
            throw Refusal(nameof(Events), "Events holds an event without a function, or is no array: expected events, or an empty array.");
        if (RecordAt.IsDefault) throw Refusal(nameof(RecordAt), "RecordAt is no array: expected times, or an empty array.");
        for (int i = 0; i < RecordAt.Length; i++)
            if (!(RecordAt[i] >= (i == 0 ? StartTime : RecordAt[i - 1]) && RecordAt[i] <= StartTime + duration))
                throw Refusal(
                    nameof(RecordAt),
                    $"RecordAt[{i}] is {RecordAt[i]}: expected ascending times from {StartTime} to {StartTime + duration}.");
    }

    private static ArgumentException Refusal(string option, string message) => new(message, option);
}
