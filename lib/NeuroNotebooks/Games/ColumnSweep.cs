using System.Collections.Immutable;

namespace NeuroNotebooks.Games;

/// <summary>A column that reaches a given total gain with some number of layers.</summary>
/// <param name="Layers">L.</param>
/// <param name="LayerGain">The gain of each layer, the L-th root of the total.</param>
/// <param name="SettlingTime">When the last layer has settled, unit of τ.</param>
public sealed record ColumnSpeed(int Layers, double LayerGain, double SettlingTime);

/// <summary>Sweeps of hierarchical columns of micro circuits.</summary>
public static class ColumnSweep
{
    /// <summary>The contrast in every layer, from the network's rest state.</summary>
    /// <param name="block">The micro circuit of each layer.</param>
    /// <param name="layers">L, above zero.</param>
    /// <param name="contrast">C₀ of the drives 1 ± C₀, 0 to 1.</param>
    public static double[] ContrastPerLayer(CrossInhibition block, int layers, double contrast)
    {
        FiringRateNetwork network = Circuits.MicroColumn(layers, block, contrast);
        NashResult rest = new SemismoothNewton().Solve(network, new double[network.Count]).OrThrow();
        return Contrast.PerLayer(rest.Rates.AsSpan(), layers);
    }

    /// <summary>The settling time of the last layer for columns that share one total gain.</summary>
    /// <param name="block">The micro circuit; its w_x is set by the gain.</param>
    /// <param name="totalGain">Γ = G^L, at least 1.</param>
    /// <param name="contrast">C₀, above 0 and at most 1.</param>
    /// <param name="layers">The numbers of layers.</param>
    /// <param name="step">Runge-Kutta step, above zero, unit of τ.</param>
    /// <param name="cancellation">Stops the integration.</param>
    public static ImmutableArray<ColumnSpeed> SettlingTimes(
        CrossInhibition block, double totalGain, double contrast, IEnumerable<int> layers, double step = 0.05,
        CancellationToken cancellation = default)
    {
        Require.NotNull(block);
        Require.Finite(totalGain);
        Require.InRange(totalGain, 1.0, double.MaxValue);
        Require.InRange(contrast, double.Epsilon, 1.0);
        Require.NotNull(layers);
        return [.. layers.Select(count =>
        {
            Require.Positive(count, nameof(layers));
            double gain = Math.Pow(totalGain, 1.0 / count);
            FiringRateNetwork network = Circuits.MicroColumn(count, block.WithGain(gain), contrast);
            int last = (count - 1) * (network.Count / count);
            return new ColumnSpeed(count, gain, Settling.Time(network, last, last + 1, step: step, cancellation: cancellation));
        })];
    }

    /// <summary>The best margin of a column's diagonal stability, along the feedback between its layers.</summary>
    /// <param name="block">The micro circuit of each layer.</param>
    /// <param name="layers">L, above zero.</param>
    /// <param name="feedback">The values of w_fb, ≥ 0.</param>
    /// <returns>min over P of trace n of λ_max(P A + Aᵀ P): below zero is stable.</returns>
    public static double[] LdsOptimumOverFeedback(CrossInhibition block, int layers, IEnumerable<double> feedback)
    {
        Require.NotNull(block);
        Require.Positive(layers);
        Require.NotNull(feedback);
        return [.. feedback.Select(wFB =>
        {
            Require.NotNegative(wFB, nameof(feedback));
            return DiagonalStability.Optimum(Circuits.MicroColumn(layers, block, 0.0, wFB).Interaction()).Value;
        })];
    }
}
