using System.Collections.Immutable;

namespace NeuroNotebooks.Games;

/// <summary>Lemke's pivoting method on the complementarity problem that rest states of (saturated) ReLU networks solve.</summary>
/// <remarks>
/// <code>
/// ReLU:       0 ≤ x ⊥ (I − W) x − u + θ ≥ 0
/// saturated:  0 ≤ x ⊥ (I − W) x − u + v ≥ 0,   0 ≤ v ⊥ m − x ≥ 0
/// </code>
/// Covering vector of ones, lexicographic ties, so that it always ends: with a solution, or on a secondary ray. The start is not used.
/// A solution is certain if I − W is a P-matrix. Source: Cottle, Pang, Stone, The Linear Complementarity Problem (1992), ch. 4.
/// </remarks>
public sealed record Lemke : INashSolver
{
    /// <inheritdoc/>
    public string Name => "Lemke";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An activation is neither ReLU nor saturated ReLU.</exception>
    public NashResult Solve(
        FiringRateNetwork network, ReadOnlySpan<double> start, NashOptions? options = null, CancellationToken cancellation = default)
    {
        Require.NotNull(network);
        options = (options ?? new NashOptions()).Checked();
        var (matrix, offset) = Problem(network);
        var tableau = new LemkeTableau(matrix, offset);
        var history = ImmutableArray.CreateBuilder<double>();
        double[] rates = Rates(network, tableau);
        history.Add(network.Residual(rates));

        while (!tableau.IsSolved)
        {
            cancellation.ThrowIfCancellationRequested();
            if (tableau.Pivots == options.MaxIterations)
                return Iteration.Finish(network, rates, tableau.Pivots, SolveStatus.IterationLimit, history.ToImmutable(), []);
            if (!tableau.TryPivot())
                return Iteration.Finish(network, rates, tableau.Pivots, SolveStatus.SecondaryRay, history.ToImmutable(), []);
            rates = Rates(network, tableau);
            history.Add(network.Residual(rates));
        }
        return Iteration.Finish(network, rates, tableau.Pivots, SolveStatus.Converged, history.ToImmutable(), []);
    }

    private static double[] Rates(FiringRateNetwork network, LemkeTableau tableau) => tableau.Solution()[..network.Count];

    private static (double[,] Matrix, double[] Offset) Problem(FiringRateNetwork network)
    {
        int n = network.Count;
        foreach (Activation activation in network.Activations)
            if (!IsReluLike(activation))
                throw new ArgumentException($"{activation} has no complementarity form here: Lemke takes ReLU and saturated ReLU.",
                    nameof(network));

        int[] bounded = [.. Enumerable.Range(0, n).Where(i => double.IsFinite(network.Activations[i].High))];
        var matrix = new double[n + bounded.Length, n + bounded.Length];
        var offset = new double[n + bounded.Length];
        for (int i = 0; i < n; i++)
        {
            offset[i] = -network.Activations[i].Pieces[1].Offset - network.Drive[i];
            for (int j = 0; j < n; j++) matrix[i, j] = (i == j ? 1.0 : 0.0) - network.Weight(i, j);
        }
        for (int k = 0; k < bounded.Length; k++)
        {
            matrix[bounded[k], n + k] = 1.0;
            matrix[n + k, bounded[k]] = -1.0;
            offset[n + k] = network.Activations[bounded[k]].High;
        }
        return (matrix, offset);
    }

    private static bool IsReluLike(Activation activation) =>
        activation.Low == 0.0 && activation.Pieces.Length is 2 or 3 && activation.Pieces[0].Slope == 0.0
            && activation.Pieces[1].Slope == 1.0;
}
