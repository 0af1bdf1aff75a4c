using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Games;

/// <summary>Newton's method on the residual R(x) = x − Φ(W x + u), whose kinks it crosses with one-sided slopes.</summary>
/// <remarks>
/// (I − D W) d = −R, then halvings of d until ½‖R‖² falls enough (Armijo). Where the matrix is singular or no length will do, proximal
/// steps x ← (x + Φ(W x + u))/2 instead, twice as many each time, so that a network whose motion settles is solved in the end. Near a
/// rest state that is not degenerate, piecewise linear networks are solved in one step.
/// Source: Qi and Sun, A nonsmooth version of Newton's method, Math. Prog. 58:353 (1993).
/// </remarks>
public sealed record SemismoothNewton : INashSolver
{
    private const double SufficientDecrease = 1e-4;

    /// <inheritdoc/>
    public string Name => "semismooth Newton";

    /// <inheritdoc/>
    public NashResult Solve(
        FiringRateNetwork network, ReadOnlySpan<double> start, NashOptions? options = null, CancellationToken cancellation = default)
    {
        int patience = 1, pending = 0;
        return Iteration.Run(network, start, options, rates =>
        {
            double[] residual = Residual(network, rates);
            double[]? next = pending > 0 ? null : TryNewton(network, rates, residual);
            if (next is null)
            {
                pending = pending > 0 ? pending - 1 : (patience *= 2) - 1;
                next = [.. rates.Select((rate, i) => rate - 0.5 * residual[i])];
            }
            next.CopyTo(rates, 0);
        }, cancellation);
    }

    private static double[]? TryNewton(FiringRateNetwork network, double[] rates, double[] residual)
    {
        int n = rates.Length;
        double[] slopes = network.Slopes(rates);
        var lu = Matrix<double>.Build.Dense(n, n, (i, j) => (i == j ? 1.0 : 0.0) - slopes[i] * network.Weight(i, j)).LU();
        var pivots = lu.U.Diagonal().PointwiseAbs();
        if (pivots.Minimum() <= 1e-13 * Math.Max(1.0, pivots.Maximum())) return null;

        double[] step = [.. lu.Solve(Vector<double>.Build.DenseOfArray(residual))];
        double merit = HalfSquare(residual);
        for (double length = 1.0; length > 1e-3; length *= 0.5)
        {
            double[] trial = [.. rates.Select((rate, i) => rate - length * step[i])];
            if (HalfSquare(Residual(network, trial)) <= (1.0 - 2.0 * SufficientDecrease * length) * merit) return trial;
        }
        return null;
    }

    private static double[] Residual(FiringRateNetwork network, double[] rates)
    {
        var residual = new double[rates.Length];
        network.Respond(rates, residual);
        for (int i = 0; i < residual.Length; i++) residual[i] = rates[i] - residual[i];
        return residual;
    }

    private static double HalfSquare(double[] residual) => 0.5 * residual.Sum(entry => entry * entry);
}
