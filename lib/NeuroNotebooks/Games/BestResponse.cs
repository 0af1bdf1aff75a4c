namespace NeuroNotebooks.Games;

/// <summary>In which order neurons answer each other.</summary>
public enum ResponseOrder
{
    /// <summary>All at once, to the rates of the last round.</summary>
    Jacobi,

    /// <summary>One after the other, to the newest rates.</summary>
    GaussSeidel,
}

/// <summary>Every neuron moves to (or a part of the way to) the rate that is cheapest for it while the others stand still.</summary>
/// <remarks>
/// x_i ← (1 − ω) x_i + ω argmin_z E^i(z, x_{−i}). Converges for ω = 1 if the comparison matrix of I − W is an M-matrix; otherwise it may
/// go round in a cycle, which is reported. Throws where a cost is unbounded below.
/// </remarks>
/// <param name="Order">Who answers when.</param>
/// <param name="Relaxation">ω, above 0 and below 2.</param>
public sealed record BestResponse(ResponseOrder Order = ResponseOrder.GaussSeidel, double Relaxation = 1.0) : INashSolver
{
    /// <inheritdoc/>
    public string Name => (Order == ResponseOrder.Jacobi ? "best response, all at once" : "best response, in turn")
        + (Relaxation == 1.0 ? "" : $", ω = {Relaxation:0.###}");

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A neuron's cost is unbounded below: it has no best response.</exception>
    public NashResult Solve(
        FiringRateNetwork network, ReadOnlySpan<double> start, NashOptions? options = null, CancellationToken cancellation = default)
    {
        if (!(Relaxation > 0.0 && Relaxation < 2.0))
            throw new InvalidOperationException($"Relaxation is {Relaxation}: expected a number above 0 and below 2.");

        return Iteration.Run(network, start, options, rates =>
        {
            double[] heard = Order == ResponseOrder.Jacobi ? [.. rates] : rates;
            for (int i = 0; i < rates.Length; i++) rates[i] += Relaxation * (network.BestResponse(i, heard) - rates[i]);
        }, cancellation);
    }
}
