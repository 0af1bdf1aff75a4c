using System.Collections.Immutable;

namespace NeuroNotebooks.Numerics;

/// <summary>States recorded along time.</summary>
/// <param name="Times">When, ascending.</param>
/// <param name="States">The state at each time; all of one length.</param>
public record Trajectory(ImmutableArray<double> Times, ImmutableArray<ImmutableArray<double>> States)
{
    /// <summary>The last state.</summary>
    public ImmutableArray<double> End => States[^1];

    /// <summary>One variable along time, of the length of <see cref="Times"/>.</summary>
    /// <param name="index">Which variable.</param>
    public double[] Component(int index)
    {
        Require.InRange(index, 0, States[0].Length - 1);
        return [.. States.Select(state => state[index])];
    }
}
