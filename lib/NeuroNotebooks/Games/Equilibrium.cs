using System.Collections.Immutable;
using System.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>What a rest state is to the players.</summary>
public enum EquilibriumKind
{
    /// <summary>Nobody can save anything by moving alone.</summary>
    Nash,

    /// <summary>Nobody can save by moving a little, but somebody could by moving far.</summary>
    LocalNash,

    /// <summary>Somebody sits at a maximum of its own cost.</summary>
    NotNash,
}

/// <summary>What a rest state is to the motion, by the real parts of the eigenvalues of T⁻¹(−I + D W).</summary>
public enum Stability
{
    /// <summary>All below zero.</summary>
    Stable,

    /// <summary>Some below and some above zero.</summary>
    Saddle,

    /// <summary>All above zero.</summary>
    Unstable,

    /// <summary>The largest within 1e-9 of zero, or the pieces that meet in a degenerate state disagree.</summary>
    Marginal,
}

/// <summary>An isolated rest state of a firing-rate network, with its labels.</summary>
/// <param name="Rates">x, one per neuron, a.u.</param>
/// <param name="Active">The neurons that are neither silent nor saturated: their activation has a positive slope here.</param>
/// <param name="Kind">Nash, local Nash or not Nash.</param>
/// <param name="Stability">Stable, saddle, unstable or marginal, at the network's time constants.</param>
/// <param name="Eigenvalues">Of the Jacobian, by falling real part, per unit of time.</param>
/// <param name="Index">Sign of det(I − D W): over all rest states of a bounded network these add up to 1. 0 if singular.</param>
/// <param name="Degenerate">Whether a net input lies within 1e-9 of a kink, so that two sets of active neurons share this state.</param>
public sealed record Equilibrium(
    ImmutableArray<double> Rates,
    ImmutableArray<int> Active,
    EquilibriumKind Kind,
    Stability Stability,
    ImmutableArray<Complex> Eigenvalues,
    int Index,
    bool Degenerate)
{
    /// <summary>One firing rate per neuron, a.u.</summary>
    public ImmutableArray<double> Rates { get; init; } = Require.Some(Rates);

    /// <summary>Of the Jacobian, by falling real part, per unit of time.</summary>
    public ImmutableArray<Complex> Eigenvalues { get; init; } = Require.Some(Eigenvalues);

    /// <summary>The largest real part of the eigenvalues, per unit of time.</summary>
    public double MaxRealPart => Eigenvalues[0].Real;

    /// <summary>The rates and the labels.</summary>
    public override string ToString()
    {
        string rates = string.Join(", ", Rates.Select(rate => $"{rate:0.######}"));
        return $"({rates}): {Kind}, {Stability}, Re λ ≤ {MaxRealPart:g4}{(Degenerate ? ", degenerate" : "")}";
    }
}

/// <summary>
/// A straight piece of rest states that touch each other: the network's equations are singular on this set of active neurons.
/// </summary>
/// <param name="Point">One rest state of it, n.</param>
/// <param name="Directions">Independent directions, n each, along which there are more.</param>
/// <param name="Active">The active neurons.</param>
public sealed record Continuum(ImmutableArray<double> Point, ImmutableArray<ImmutableArray<double>> Directions, ImmutableArray<int> Active);

/// <summary>All rest states of a network.</summary>
/// <param name="Isolated">The isolated ones, by rising index of their set of active pieces.</param>
/// <param name="Continua">Those that are not isolated; empty for almost every network.</param>
/// <param name="ActiveSets">How many sets of active pieces were examined.</param>
public sealed record RestStates(ImmutableArray<Equilibrium> Isolated, ImmutableArray<Continuum> Continua, long ActiveSets)
{
    /// <summary>The isolated ones, by rising index of their set of active pieces.</summary>
    public ImmutableArray<Equilibrium> Isolated { get; init; } = Require.Given(Isolated);

    /// <summary>Those that are not isolated; empty for almost every network.</summary>
    public ImmutableArray<Continuum> Continua { get; init; } = Require.Given(Continua);

    /// <summary>The isolated rest states that attract.</summary>
    public IEnumerable<Equilibrium> Stable => Isolated.Where(state => state.Stability == Stability.Stable);

    /// <summary>The isolated rest states that are Nash equilibria.</summary>
    public IEnumerable<Equilibrium> Nash => Isolated.Where(state => state.Kind == EquilibriumKind.Nash);

    /// <summary>The one rest state.</summary>
    /// <exception cref="InvalidOperationException">There are none, several, or a continuum.</exception>
    public Equilibrium Only => Isolated.Length == 1 && Continua.IsEmpty ? Isolated[0] : throw new InvalidOperationException(
        $"expected one rest state, but there are {Isolated.Length} isolated ones and {Continua.Length} continua.");

    /// <summary>How many of which kind.</summary>
    public override string ToString() =>
        $"{Isolated.Length} isolated rest states, {Stable.Count()} of them stable, and {Continua.Length} continua in {ActiveSets} active sets";
}
