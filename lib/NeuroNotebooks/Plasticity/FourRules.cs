using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>The comparison of four plasticity rules under one input: anti-Hebbian, Hebbian, anti-covariance, speed gradient.</summary>
/// <remarks>
/// Linear neurons, γ = 1, u_i = a_i sin(f_i t + φ_i) with a from 0.5 to 1.5 (times 0.3 for the Hebbian rule) and f from 0.5 to 3; activity tanh x
/// with k = 1 and 0.2 for the first two, x with θ = 0.5, k = 1 and Q = I, k = 1 for the others. The rules are named in Kozachkov, Slotine,
/// A Note on Matrix Measure Flows (2022), arXiv:2212.12639; all numbers are chosen here.
/// </remarks>
public static class FourRules
{
    /// <summary>The four networks.</summary>
    /// <param name="count">n, neurons, at least 1.</param>
    /// <param name="random">The draws of the input.</param>
    public static IReadOnlyList<PlasticNetwork> Networks(int count, Philox random)
    {
        Require.Positive(count);
        return
        [
            new(HebbianRule.AntiHebbian(1.0), Input(count, 1.0, random)) { Activity = ActivitySource.Rate },
            new(HebbianRule.Hebbian(0.2), Input(count, 0.3, random)) { Activity = ActivitySource.Rate },
            new(new CovarianceRule(1.0, 0.5), Input(count, 1.0, random)),
            new(SpeedGradientRule.InMetric(Dense.Identity(count), 1.0), Input(count, 1.0, random)),
        ];
    }

    /// <summary>The input at a size of its amplitudes.</summary>
    /// <param name="count">n, neurons, at least 1.</param>
    /// <param name="size">1 for the input of the comparison, finite.</param>
    /// <param name="random">The draws of the input.</param>
    public static NetworkInput Input(int count, double size, Philox random)
    {
        Require.Finite(size);
        return NetworkInput.RandomSinusoids(
            count, (Math.Min(0.5 * size, 1.5 * size), Math.Max(0.5 * size, 1.5 * size)), (0.5, 3.0), random);
    }
}
