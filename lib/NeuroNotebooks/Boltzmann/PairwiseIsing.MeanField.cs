using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

public sealed partial class PairwiseIsing
{
    /// <summary>
    /// The naive mean-field model of words: J = −C⁻¹ off the diagonal with C the covariance of spins, h_i = artanh m_i − Σ_j J_ij m_j.
    /// </summary>
    /// <param name="data">Words; no neuron may be constant, and no neuron may be told exactly from the others.</param>
    /// <exception cref="ArgumentException">A neuron never or always fires, or the covariance cannot be inverted.</exception>
    /// <remarks>One inversion, exact to first order in J. Source: Kappen and Rodríguez, Neural Computation 10:1137 (1998).</remarks>
    public static PairwiseIsing FitMeanField(BinaryPatterns data)
    {
        Require.NotNull(data);
        double[] means = [.. RatesOfVarying(data).Select(rate => 2.0 * rate - 1.0)];
        int n = means.Length;
        var covariance = 4.0 * Matrix<double>.Build.DenseOfArray(PopulationStatistics.Covariance(data));
        Matrix<double> inverse = covariance.Inverse();
        var couplings = new double[n, n];
        var fields = new double[n];
        for (int i = 0; i < n; i++)
        {
            fields[i] = Math.Atanh(means[i]);
            for (int j = 0; j < n; j++)
            {
                if (j == i) continue;
                couplings[i, j] = -0.5 * (inverse[i, j] + inverse[j, i]);
                fields[i] -= couplings[i, j] * means[j];
            }
            if (!double.IsFinite(fields[i]))
                throw new ArgumentException(
                    $"data has a covariance that cannot be inverted (neuron {i}): two neurons may be copies.", nameof(data));
        }
        return new PairwiseIsing(couplings, fields);
    }

    /// <summary>
    /// ln Z by annealed importance sampling: from independent spins in the same fields, by even steps in the strength of J.
    /// </summary>
    /// <param name="chains">Chains that are annealed, at least 2.</param>
    /// <param name="temperatures">Steps of the annealing, above zero; one Glauber sweep each.</param>
    /// <param name="random">Random numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <remarks>For more neurons than <see cref="LogZ"/> enumerates. Source: Neal, Statistics and Computing 11:125 (2001).</remarks>
    public PartitionEstimate AnnealedLogZ(int chains, int temperatures, Philox random)
    {
        Require.InRange(chains, 2, int.MaxValue);
        Require.Positive(temperatures);
        var weights = new double[chains];
        Parallel.For(0, chains, n =>
            weights[n] = new GlauberChain(couplings, fields, random.Child((ulong)n)).AnnealedLogWeight(temperatures));
        double independent = fields.Sum(h => Math.Abs(h) + Logistic.Softplus(-2.0 * Math.Abs(h)));
        return PartitionEstimate.FromLogWeights($"AIS, {chains} chains, {temperatures} temperatures", independent, weights);
    }

    private static double[] RatesOfVarying(BinaryPatterns data)
    {
        double[] rates = data.Rates();
        int constant = Array.FindIndex(rates, rate => rate is 0.0 or 1.0);
        return constant < 0
            ? rates
            : throw new ArgumentException(
                $"data has neuron {constant} at a rate of {rates[constant]}: expected both states of every neuron.", nameof(data));
    }
}
