using System.Collections.Immutable;

namespace NeuroNotebooks.Contraction;

/// <summary>Kinds of places that a certificate can speak for.</summary>
public enum CoverageKind
{
    /// <summary>Every state and every input.</summary>
    AllStates,

    /// <summary>The states of a box, as long as they stay in it.</summary>
    Box,

    /// <summary>The states along one computed trajectory.</summary>
    Trajectory,
}

/// <summary>Where the Jacobians of a certificate's family are those of the system: stated by whoever built the family, not proved.</summary>
public sealed record Coverage
{
    private Coverage(CoverageKind kind, ImmutableArray<double> low, ImmutableArray<double> high) => (Kind, Low, High) = (kind, low, high);

    /// <summary>Every state.</summary>
    public static Coverage AllStates { get; } = new(CoverageKind.AllStates, [], []);

    /// <summary>The kind of place.</summary>
    public CoverageKind Kind { get; }

    /// <summary>Lower corner of a box, n; first time of a trajectory, one number; empty for all states.</summary>
    public ImmutableArray<double> Low { get; }

    /// <summary>Upper corner of a box, n; last time of a trajectory, one number; empty for all states.</summary>
    public ImmutableArray<double> High { get; }

    /// <summary>The states x with low ≤ x ≤ high.</summary>
    /// <param name="low">n, finite.</param>
    /// <param name="high">n, finite, none below its partner.</param>
    public static Coverage Box(ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        if (low.IsEmpty) throw new ArgumentException("low is empty: expected one number per state.", nameof(low));
        Require.Length(low.Length, high.Length, nameof(high), "entry of low");
        Require.Finite(low);
        Require.Finite(high);
        for (int i = 0; i < low.Length; i++) Require.InRange(high[i], low[i], double.MaxValue, $"high[{i}]");
        return new Coverage(CoverageKind.Box, [.. low], [.. high]);
    }

    /// <summary>The states that a trajectory visited.</summary>
    /// <param name="from">First time.</param>
    /// <param name="to">Last time, not before the first.</param>
    public static Coverage Trajectory(double from, double to)
    {
        Require.Finite(from);
        Require.Finite(to);
        Require.InRange(to, from, double.MaxValue);
        return new Coverage(CoverageKind.Trajectory, [from], [to]);
    }

    /// <summary>Equal places.</summary>
    public bool Equals(Coverage? other) =>
        other is not null && Kind == other.Kind && Low.SequenceEqual(other.Low) && High.SequenceEqual(other.High);

    /// <summary>Of kind and corners.</summary>
    public override int GetHashCode() => HashCode.Combine(Kind, Low.Length, Low.FirstOrDefault(), High.FirstOrDefault());

    /// <summary>"all states", "a box", "a trajectory from 0 to 10".</summary>
    public override string ToString() => Kind switch
    {
        CoverageKind.AllStates => "all states",
        CoverageKind.Box => $"a box in {Low.Length} dimensions",
        _ => $"a trajectory from {Low[0]:g4} to {High[0]:g4}",
    };
}
