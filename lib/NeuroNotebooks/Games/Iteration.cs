using System.Collections.Immutable;

namespace NeuroNotebooks.Games;

/// <summary>The loop that all iterative solvers share: measure, judge, move.</summary>
internal static class Iteration
{
    private const int LongestCycle = 32;

    /// <summary>Repeats a round until the rates rest, repeat, leave the finite numbers or the rounds run out.</summary>
    public static NashResult Run(
        FiringRateNetwork network, ReadOnlySpan<double> start, NashOptions? options, Action<double[]> round, CancellationToken cancellation)
    {
        Require.NotNull(network);
        Require.Length(network.Count, start.Length, nameof(start), "neuron");
        Require.Finite(start);
        options = (options ?? new NashOptions()).Checked();

        double[] rates = start.ToArray();
        var history = ImmutableArray.CreateBuilder<double>();
        var visited = new List<double[]>();
        for (int iteration = 0; ; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            double residual = network.Residual(rates), largest = rates.Max(Math.Abs);
            history.Add(residual);
            int lap = CycleLength(visited, rates);
            SolveStatus? end = !double.IsFinite(residual) || !(largest < 1e100) ? SolveStatus.Diverged
                             : residual <= options.Tolerance ? SolveStatus.Converged
                             : lap > 0 ? SolveStatus.Cycling
                             : iteration == options.MaxIterations ? SolveStatus.IterationLimit
                             : null;
            if (end is { } status)
                return Finish(network, rates, iteration, status, history.ToImmutable(),
                    [.. visited.TakeLast(lap).Select(state => state.ToImmutableArray())]);

            visited.Add([.. rates]);
            if (visited.Count > LongestCycle) visited.RemoveAt(0);
            round(rates);
        }
    }

    /// <summary>A result measured at the rates it returns.</summary>
    public static NashResult Finish(
        FiringRateNetwork network, double[] rates, int iterations, SolveStatus status, ImmutableArray<double> history,
        ImmutableArray<ImmutableArray<double>> cycle) =>
        new([.. rates], iterations, network.Residual(rates),
            status == SolveStatus.Diverged ? double.PositiveInfinity : network.NashGap(Allowed(network, rates)), status, cycle, history);

    // rates within rounding of the range of their activation are meant to be on its edge, where the cost is finite
    private static double[] Allowed(FiringRateNetwork network, double[] rates) => [.. rates.Select((rate, i) =>
    {
        double edge = Math.Clamp(rate, network.Activations[i].Low, network.Activations[i].High);
        return Math.Abs(edge - rate) <= 1e-9 * (1.0 + Math.Abs(rate)) ? edge : rate;
    })];

    /// <summary>
    /// How many rounds ago the rates were where they are now: 2 or more, or 0 if they never were, or have only stopped moving.
    /// </summary>
    private static int CycleLength(List<double[]> visited, double[] rates)
    {
        if (visited.Count == 0 || IsSame(visited[^1], rates)) return 0;
        for (int lap = 2; lap <= visited.Count; lap++)
            if (IsSame(visited[^lap], rates)) return lap;
        return 0;
    }

    private static bool IsSame(double[] a, double[] b)
    {
        for (int i = 0; i < a.Length; i++)
            if (!(Math.Abs(a[i] - b[i]) <= 1e-13 * (1.0 + Math.Abs(a[i])))) return false;
        return true;
    }
}
