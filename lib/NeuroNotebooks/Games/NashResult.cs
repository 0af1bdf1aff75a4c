using System.Collections.Immutable;

namespace NeuroNotebooks.Games;

/// <summary>Why a solver stopped.</summary>
public enum SolveStatus
{
    /// <summary>The residual fell to the tolerance: a rest state.</summary>
    Converged,

    /// <summary>The rates came back to where they had been before: they will go round for ever.</summary>
    Cycling,

    /// <summary>The iterations ran out.</summary>
    IterationLimit,

    /// <summary>The rates left the finite numbers.</summary>
    Diverged,

    /// <summary>Lemke's method ran along a ray: it found no solution, and for some matrices there is none.</summary>
    SecondaryRay,
}

/// <summary>When a solver stops.</summary>
/// <param name="Tolerance">The residual ‖x − Φ(W x + u)‖∞ that counts as a rest state, above zero, a.u.</param>
/// <param name="MaxIterations">Rounds at most, above zero.</param>
public sealed record NashOptions(double Tolerance = 1e-10, int MaxIterations = 10_000)
{
    internal NashOptions Checked()
    {
        Require.Positive(Tolerance);
        Require.Positive(MaxIterations);
        return this;
    }
}

/// <summary>Where a solver stopped, and how far from an equilibrium that is.</summary>
/// <param name="Rates">The last rates, n, a.u.</param>
/// <param name="Iterations">Rounds, steps or pivots taken.</param>
/// <param name="Residual">‖x − Φ(W x + u)‖∞ at <paramref name="Rates"/>: zero exactly at rest states, a.u.</param>
/// <param name="NashGap">
/// What the neurons could save by moving alone, at <paramref name="Rates"/>: zero exactly at Nash equilibria; may be +∞.
/// </param>
/// <param name="Status">Why it stopped.</param>
/// <param name="Cycle">If cycling: the rates of one lap, in order; otherwise empty.</param>
/// <param name="ResidualHistory">The residual at the start and after every iteration.</param>
public sealed record NashResult(
    ImmutableArray<double> Rates,
    int Iterations,
    double Residual,
    double NashGap,
    SolveStatus Status,
    ImmutableArray<ImmutableArray<double>> Cycle,
    ImmutableArray<double> ResidualHistory)
{
    /// <summary>Whether a rest state was reached; whether it is a Nash equilibrium says <see cref="NashGap"/>.</summary>
    public bool Converged => Status == SolveStatus.Converged;

    /// <summary>This result if it is a rest state; otherwise an exception that says how far it got.</summary>
    /// <exception cref="InvalidOperationException">The solver did not converge.</exception>
    public NashResult OrThrow() => Converged ? this : throw new InvalidOperationException(ToString());

    /// <summary>The outcome in words.</summary>
    public override string ToString() => Status switch
    {
        SolveStatus.Converged => $"rest state after {Iterations} iterations, residual {Residual:g2}, Nash gap {NashGap:g2}",
        SolveStatus.Cycling =>
            $"cycle of length {Cycle.Length} after {Iterations} iterations: the rates repeat and will not settle; use another solver",
        SolveStatus.Diverged =>
            $"rates left the finite numbers after {Iterations} iterations; check that inhibition can balance excitation",
        SolveStatus.SecondaryRay =>
            $"secondary ray after {Iterations} pivots: no solution on this path, and none at all if I − W is copositive plus",
        _ => $"residual still {Residual:g2} after {Iterations} iterations; shorten the step if it swings, else raise MaxIterations",
    };
}

/// <summary>
/// A method that looks for rest states of a firing-rate network, which are the Nash equilibria where all costs are convex.
/// </summary>
public interface INashSolver
{
    /// <summary>What to call it in a figure.</summary>
    string Name { get; }

    /// <summary>Runs the method.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">Rates to start from, n.</param>
    /// <param name="options">When to stop; the defaults if null.</param>
    /// <param name="cancellation">Stops the run.</param>
    NashResult Solve(
        FiringRateNetwork network, ReadOnlySpan<double> start, NashOptions? options = null, CancellationToken cancellation = default);
}
