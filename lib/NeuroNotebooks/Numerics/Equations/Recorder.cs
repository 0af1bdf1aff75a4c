using System.Collections.Immutable;

namespace NeuroNotebooks.Numerics;

/// <summary>Collects what an integration passes through.</summary>
internal sealed class Recorder(int every, ImmutableArray<double> at)
{
    private readonly List<double> times = [];
    private readonly List<ImmutableArray<double>> states = [];
    private double[] scratch = [];
    private int next;
    private long steps;

    public ImmutableArray<double> Times => [.. times];

    public ImmutableArray<ImmutableArray<double>> States => [.. states];

    public void Start(double time, ReadOnlySpan<double> state)
    {
        if (at.IsEmpty) Add(time, state);
        for (; next < at.Length && at[next] <= time; next++) Add(at[next], state);
    }

    /// <summary>A step that ends at a time and state, all or part of what the stepper tried; not taken yet.</summary>
    public void Passed(RungeKuttaStepper tried, double time, ReadOnlySpan<double> state)
    {
        if (at.IsEmpty) Passed(time, state);
        for (; next < at.Length && at[next] <= time; next++)
        {
            if (scratch.Length == 0) scratch = new double[state.Length];
            tried.Interpolate((at[next] - tried.Time) / tried.Step, scratch);
            Add(at[next], at[next] == time ? state : scratch);
        }
    }

    public void Passed(double time, ReadOnlySpan<double> state)
    {
        if (++steps % every == 0) Add(time, state);
    }

    /// <summary>The end is recorded even if no whole number of recordings leads to it.</summary>
    public void Finish(double time, ReadOnlySpan<double> state)
    {
        if (at.IsEmpty && times[^1] != time) Add(time, state);
    }

    private void Add(double time, ReadOnlySpan<double> state)
    {
        times.Add(time);
        states.Add([.. state]);
    }
}
