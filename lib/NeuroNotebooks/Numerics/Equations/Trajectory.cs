using System.Collections.Immutable;

namespace NeuroNotebooks.Numerics;

/// <summary>States recorded along time.</summary>
/// <param name="Times">When, ascending; at least one.</param>
/// <param name="States">The state at each time; all of one length.</param>
/// <exception cref="ArgumentException">There is no state, or not one for each time, or they have different lengths.</exception>
public record Trajectory(ImmutableArray<double> Times, ImmutableArray<ImmutableArray<double>> States)
{
    /// <summary>The state at each time; all of one length.</summary>
    public ImmutableArray<ImmutableArray<double>> States { get; init; } = Checked(Times, States);

    /// <summary>The last state.</summary>
    public ImmutableArray<double> End => States[^1];

    /// <summary>One variable along time, of the length of <see cref="Times"/>.</summary>
    /// <param name="index">Which variable.</param>
    public double[] Component(int index)
    {
        Require.InRange(index, 0, States[0].Length - 1);
        return [.. States.Select(state => state[index])];
    }

    private static ImmutableArray<ImmutableArray<double>> Checked(ImmutableArray<double> Times, ImmutableArray<ImmutableArray<double>> States)
    {
        if (Times.IsDefaultOrEmpty) throw new ArgumentException("Times is empty: expected at least one time.", nameof(Times));
        if (States.IsDefault) throw new ArgumentException("States is empty: expected one state for each time.", nameof(States));
        Require.Length(Times.Length, States.Length, nameof(States), "time");
        for (int k = 0; k < States.Length; k++)
        {
            int length = States[k].IsDefault ? 0 : States[k].Length;
            if (length == 0 || length != States[0].Length)
                throw new ArgumentException($"States[{k}] has {length} entries: expected at least one, and as many in every state.", nameof(States));
        }
        return States;
    }
}
