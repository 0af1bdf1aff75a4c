using System.Collections.Immutable;

namespace NeuroNotebooks.Games;

/// <summary>One solver's run in a race.</summary>
/// <param name="Solver">Its name.</param>
/// <param name="Result">Where it stopped, with the residual of every iteration.</param>
/// <param name="Elapsed">How long it took; null if no clock was given.</param>
public sealed record RaceEntry(string Solver, NashResult Result, TimeSpan? Elapsed);

/// <summary>Several solvers on one problem.</summary>
public static class SolverRace
{
    /// <summary>
    /// The six methods with steps that suit the network: best response, proximal dynamics, both gradient methods, Newton, Lemke.
    /// </summary>
    public static ImmutableArray<INashSolver> Field { get; } =
    [
        new BestResponse(), new ProximalDynamics(), new ProjectedPseudoGradient(), new Extragradient(), new SemismoothNewton(), new Lemke(),
    ];

    /// <summary>Runs every solver from the same start.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">Rates to start from, n.</param>
    /// <param name="solvers">Who runs; <see cref="Field"/> if null.</param>
    /// <param name="options">When to stop; the defaults if null.</param>
    /// <param name="clock">Measures the time, for example <see cref="TimeProvider.System"/>; no times without one.</param>
    /// <param name="cancellation">Stops the race.</param>
    public static ImmutableArray<RaceEntry> Run(
        FiringRateNetwork network, ReadOnlySpan<double> start, IEnumerable<INashSolver>? solvers = null, NashOptions? options = null,
        TimeProvider? clock = null, CancellationToken cancellation = default)
    {
        var entries = ImmutableArray.CreateBuilder<RaceEntry>();
        foreach (INashSolver solver in solvers ?? Field)
        {
            Require.NotNull(solver, nameof(solvers));
            long? began = clock?.GetTimestamp();
            NashResult result = solver.Solve(network, start, options, cancellation);
            entries.Add(new RaceEntry(solver.Name, result, began is { } timestamp ? clock!.GetElapsedTime(timestamp) : null));
        }
        return entries.ToImmutable();
    }
}
