using System.Collections.Immutable;

namespace NeuroNotebooks.Numerics;

/// <summary>Looks for events in tried steps.</summary>
internal sealed class EventWatch(ImmutableArray<OdeEvent> events, double tolerance)
{
    private readonly double[] before = new double[events.Length], after = new double[events.Length];
    private readonly List<EventOccurrence> happened = [];
    private double[] scratch = [];

    public ImmutableArray<EventOccurrence> Happened => [.. happened];

    /// <summary>The terminal event, once it has happened.</summary>
    public EventOccurrence? Stop { get; private set; }

    public void Start(double time, ReadOnlySpan<double> state)
    {
        for (int i = 0; i < events.Length; i++) before[i] = events[i].Function(time, state);
    }

    /// <summary>Notes the events of a tried step up to the first terminal one, which it returns.</summary>
    public EventOccurrence? Look(RungeKuttaStepper tried, double time)
    {
        bool any = false;
        for (int i = 0; i < events.Length; i++)
        {
            after[i] = events[i].Function(time, tried.Proposal);
            any |= Crosses(events[i].Crossing, before[i], after[i]);
        }
        var end = any ? Note(tried, time) : null;
        after.CopyTo(before, 0);
        return end;
    }

    private EventOccurrence? Note(RungeKuttaStepper tried, double time)
    {
        var found = Enumerable.Range(0, events.Length).Where(i => Crosses(events[i].Crossing, before[i], after[i]))
            .Select(i => Locate(i, tried, time)).OrderBy(occurrence => occurrence.Time);
        foreach (var occurrence in found)
        {
            happened.Add(occurrence);
            if (events[occurrence.Event].IsTerminal) return Stop = occurrence;
        }
        return null;
    }

    /// <summary>Halves the part of the step that holds the crossing; costs no evaluation of the field.</summary>
    private EventOccurrence Locate(int index, RungeKuttaStepper tried, double time)
    {
        if (scratch.Length == 0) scratch = new double[tried.State.Length];
        bool wasNegative = before[index] < 0.0;
        double low = 0.0, high = 1.0;
        while ((high - low) * tried.Step > tolerance)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) break;
            tried.Interpolate(middle, scratch);
            double value = events[index].Function(tried.Time + middle * tried.Step, scratch);
            if (wasNegative ? value < 0.0 : value > 0.0) low = middle;
            else high = middle;
        }
        if (high == 1.0) return new EventOccurrence(index, time, [.. tried.Proposal]);
        tried.Interpolate(high, scratch);
        return new EventOccurrence(index, tried.Time + high * tried.Step, [.. scratch]);
    }

    private static bool Crosses(Crossing crossing, double before, double after) =>
        (crossing != Crossing.Falling && before < 0.0 && after >= 0.0) || (crossing != Crossing.Rising && before > 0.0 && after <= 0.0);
}
