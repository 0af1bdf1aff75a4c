using System.Collections.Immutable;

namespace NeuroNotebooks.Cells;

/// <summary>An injected current that is constant but for sudden changes.</summary>
public sealed record CurrentProtocol
{
    private readonly ImmutableArray<double> times, currents;

    private CurrentProtocol(ImmutableArray<double> times, ImmutableArray<double> currents) => (this.times, this.currents) = (times, currents);

    /// <summary>The same current all the time.</summary>
    /// <param name="current">In the unit of the cell.</param>
    public static CurrentProtocol Constant(double current)
    {
        Require.Finite(current);
        return new CurrentProtocol([double.NegativeInfinity], [current]);
    }

    /// <summary>No current, then a step.</summary>
    /// <param name="current">In the unit of the cell.</param>
    /// <param name="onset">When it begins, ms.</param>
    public static CurrentProtocol Step(double current, double onset)
    {
        Require.Finite(onset);
        return Constant(0.0).Then(onset, current);
    }

    /// <summary>This protocol with another current after a time.</summary>
    /// <param name="after">When it changes, ms, after the last change.</param>
    /// <param name="current">The current from then on.</param>
    public CurrentProtocol Then(double after, double current)
    {
        Require.Finite(after);
        Require.Finite(current);
        if (after <= times[^1])
            throw new ArgumentOutOfRangeException(nameof(after), after, $"after is {after} ms: expected a time later than the last change at {times[^1]} ms.");
        return new CurrentProtocol(times.Add(after), currents.Add(current));
    }

    /// <summary>This protocol with every current multiplied.</summary>
    /// <param name="factor">By what.</param>
    public CurrentProtocol Scaled(double factor)
    {
        Require.Finite(factor);
        return new CurrentProtocol(times, [.. currents.Select(current => factor * current)]);
    }

    /// <summary>The current of a step that begins at a time; at the very time of a change still the old one, as in the public programs.</summary>
    /// <param name="time">When, ms.</param>
    public double At(double time)
    {
        int k = times.Length - 1;
        while (k > 0 && !(time > times[k])) k--;
        return currents[k];
    }

    /// <summary>The changes: when, and to what; the first from the beginning of time.</summary>
    public ImmutableArray<(double After, double Current)> Changes => [.. times.Zip(currents)];

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{currents[0]:g4}") + string.Concat(times.Zip(currents).Skip(1).Select(c => FormattableString.Invariant($", {c.Second:g4} after {c.First:g5} ms")));
}
