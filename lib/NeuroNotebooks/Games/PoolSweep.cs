using System.Collections.Immutable;

namespace NeuroNotebooks.Games;

/// <summary>A pool at one strength.</summary>
/// <param name="Kappa">κ.</param>
/// <param name="Rates">E₁ … E_K, a.u.</param>
/// <param name="Threshold">θ = w_EI x_I, what the pool takes off every drive, a.u.</param>
/// <param name="Winners">How many E cells fire.</param>
public sealed record PoolSweepPoint(double Kappa, ImmutableArray<double> Rates, double Threshold, int Winners);

/// <summary>Sweeps of pooled inhibition; everything is computed from the network, not from the closed forms.</summary>
public static class PoolSweep
{
    /// <summary>Rates, threshold and number of winners along κ.</summary>
    /// <param name="pool">The other parameters.</param>
    /// <param name="drive">Drives of the E cells, a.u.</param>
    /// <param name="kappas">The values of κ, ≥ 0.</param>
    /// <param name="activation">Of all cells; ReLU if null.</param>
    public static ImmutableArray<PoolSweepPoint> OverKappa(
        PooledInhibition pool, IReadOnlyList<double> drive, IEnumerable<double> kappas, Activation? activation = null)
    {
        Require.NotNull(pool);
        Require.NotNull(drive);
        Require.NotNull(kappas);
        return [.. kappas.Select(kappa =>
        {
            Require.NotNegative(kappa, nameof(kappas));
            PooledInhibition at = pool.WithKappa(kappa);
            FiringRateNetwork network = at.Network([.. drive], activation);
            ImmutableArray<double> rest = new SemismoothNewton().Solve(network, new double[network.Count]).OrThrow().Rates;
            ImmutableArray<double> cells = rest[..drive.Count];
            return new PoolSweepPoint(kappa, cells, at.WEI * rest[^1], Contrast.Winners(cells.AsSpan()).Length);
        })];
    }
}
