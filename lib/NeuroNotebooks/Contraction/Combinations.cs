using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>A feedback that cancels in a metric.</summary>
/// <param name="Backward">J₁₂, the connections that answer the given J₂₁.</param>
/// <param name="Metric">The metric of both parts together, in which the loop takes no part in the measure.</param>
public sealed record CancellingFeedback(double[,] Backward, Metric Metric);

/// <summary>Blocks joined by gains.</summary>
/// <param name="Rate">Minus the abscissa of the comparison matrix: the rate of the whole; zero or below certifies nothing.</param>
/// <param name="BlockWeights">Weights of the blocks in the maximum norm over blocks; empty if nothing is certified.</param>
/// <param name="BlockMetric">Factors of the blocks' quadratic metrics; empty if nothing is certified.</param>
public sealed record SmallGainResult(double Rate, ImmutableArray<double> BlockWeights, ImmutableArray<double> BlockMetric)
{
    /// <summary>Whether the gains are small enough.</summary>
    public bool IsContracting => Rate > 0.0;
}

/// <summary>Balance of excitation and inhibition.</summary>
/// <param name="ExcitatoryRate">λ_E = 1 − λ_max(sym W_EE).</param>
/// <param name="InhibitoryRate">λ_I = 1 − λ_max(sym(−W_II)).</param>
/// <param name="Imbalance">s = σ_max(W_EI − k W_IEᵀ)/√k; zero for perfect balance.</param>
/// <param name="RateBound">(λ_E + λ_I)/2 − ½ √((λ_E − λ_I)² + s²), above zero exactly if both rates are and 4 λ_E λ_I &gt; s².</param>
/// <param name="Rate">The rate itself in the metric, never below the bound.</param>
/// <param name="Metric">diag(1, k).</param>
public sealed record EiBalanceResult(
    double ExcitatoryRate, double InhibitoryRate, double Imbalance, double RateBound, double Rate, Metric Metric);

/// <summary>Rules by which contracting parts make a contracting whole.</summary>
/// <remarks>
/// Sources: Lohmiller and Slotine (1998); Slotine, Int. J. Adapt. Control 17:397 (2003); Kozachkov et al., PLoS Comput. Biol. 16:e1007659
/// (2020), constants derived.
/// </remarks>
public static class Combinations
{
    /// <summary>The rate of a hierarchy: one part drives the other, and hears nothing back.</summary>
    /// <param name="rate1">Rate of the driver, above zero, in M₁.</param>
    /// <param name="rate2">Rate of the driven, above zero, in M₂.</param>
    /// <param name="gain">κ, a bound on the norm of the drive from M₁ to M₂, ≥ 0.</param>
    /// <param name="epsilon">ε of the metric diag(M₁, ε² M₂), above zero; small values bring the rate near the smaller of the two.</param>
    /// <returns>(λ₁ + λ₂)/2 − ½ √((λ₁ − λ₂)² + ε² κ²): two solutions of the whole close in at least that fast.</returns>
    public static double HierarchyRate(double rate1, double rate2, double gain, double epsilon)
    {
        Require.Positive(rate1);
        Require.Positive(rate2);
        Require.NotNegative(gain);
        Require.Positive(epsilon);
        double difference = rate1 - rate2, coupling = epsilon * gain;
        return 0.5 * (rate1 + rate2) - 0.5 * Math.Sqrt(difference * difference + coupling * coupling);
    }

    /// <summary>The answer to a connection that leaves the rate of both parts untouched, however strong it is.</summary>
    /// <param name="metric1">M₁ of the part that projects, n₁.</param>
    /// <param name="metric2">M₂ of the part that is projected to, n₂.</param>
    /// <param name="forward">J₂₁, n₂ × n₁.</param>
    /// <param name="k">Strength of the answer, above zero.</param>
    /// <returns>J₁₂ = −k M₁⁻¹ J₂₁ᵀ M₂ and diag(M₁, k M₂).</returns>
    public static CancellingFeedback NegativeFeedback(Metric metric1, Metric metric2, double[,] forward, double k = 1.0)
    {
        Require.NotNull(metric1);
        Require.NotNull(metric2);
        Require.Shape(forward, metric2.Dimension, metric1.Dimension);
        Require.Positive(k);
        double[,] backward = Dense.Product(metric1.Inverse().ToMatrix(), Dense.Product(Dense.Transpose(forward), metric2.ToMatrix()));
        return new CancellingFeedback(Dense.Scaled(backward, -k), Metric.Blocks(metric1, metric2.Scaled(k)));
    }

    /// <summary>The coupling L = B − M⁻¹ Bᵀ M, for which M L + Lᵀ M = 0: it adds nothing to the measure in M, whatever B.</summary>
    /// <param name="B">n × n, finite; in practice strictly block lower triangular, each pair of areas once.</param>
    /// <param name="metric">M, of dimension n.</param>
    public static double[,] FeedbackMatrix(double[,] B, Metric metric)
    {
        Require.NotNull(metric);
        int n = metric.Dimension;
        Require.Shape(B, n, n);
        double[,] turned = metric.IsDiagonal
            ? Dense.Build(n, n, (i, j) => B[j, i] * metric[j, j] / metric[i, i])
            : Dense.Product(metric.Inverse().ToMatrix(), Dense.Product(Dense.Transpose(B), metric.ToMatrix()));
        return Dense.Sum(B, turned, -1.0);
    }

    /// <summary>Adaptation that cancels: parameters that learn from the state against its own influence.</summary>
    /// <param name="metric">M of the state, n.</param>
    /// <param name="regressor">Y = ∂x'/∂θ, n × p.</param>
    /// <param name="learningRates">One per parameter, p, above zero.</param>
    /// <returns>
    /// ∂θ'/∂x = −K Yᵀ M, and diag(M, K⁻¹). With θ' = … − γ θ the whole contracts at the smaller of the state's rate and γ.
    /// </returns>
    public static CancellingFeedback Adaptive(Metric metric, double[,] regressor, params ReadOnlySpan<double> learningRates)
    {
        Require.NotNull(metric);
        Require.NotEmpty(regressor);
        Require.Shape(regressor, metric.Dimension, learningRates.Length);
        for (int i = 0; i < learningRates.Length; i++) Require.Positive(learningRates[i], $"learningRates[{i}]");
        double[] rates = learningRates.ToArray();
        double[,] pulled = Dense.Product(Dense.Transpose(regressor), metric.ToMatrix());
        return new CancellingFeedback(
            Dense.Build(rates.Length, metric.Dimension, (i, j) => -rates[i] * pulled[i, j]),
            Metric.Blocks(metric, Metric.Diagonal([.. rates.Select(rate => 1.0 / rate)])));
    }

    /// <summary>Blocks with given rates, joined by connections of given gains in the blocks' norms.</summary>
    /// <param name="rates">One per block, 1/time.</param>
    /// <param name="gains">From column to row, ≥ 0, 1/time; the diagonal is not read.</param>
    /// <remarks>The Metzler matrix with −rates on its diagonal must be Hurwitz; two blocks: rate₁ rate₂ &gt; gain₁₂ gain₂₁.</remarks>
    public static SmallGainResult SmallGain(ReadOnlySpan<double> rates, double[,] gains)
    {
        Require.Finite(rates);
        Require.Matrix(gains);
        Require.Shape(gains, rates.Length, rates.Length);
        double[] own = rates.ToArray();
        double[,] comparison = Dense.Build(own.Length, own.Length, (i, j) => i == j ? -own[i] : gains[i, j]);
        for (int i = 0; i < own.Length; i++)
            for (int j = 0; j < own.Length; j++)
                if (i != j) Require.NotNegative(gains[i, j], $"gains[{i}, {j}]");
        double abscissa = Spectrum.Abscissa(comparison);
        if (!(abscissa < 0.0)) return new SmallGainResult(-abscissa, [], []);
        OptimalDiagonalMetric weights = OptimalDiagonalMetric.Of(comparison);
        return new SmallGainResult(-abscissa, weights.Right, weights.Metric.DiagonalEntries);
    }

    /// <summary>Maps joined by gains, x⁺ = f(x): the spectral radius of the gains, below 1 if the whole contracts at each step by that factor.</summary>
    /// <param name="gains">From column to row, the blocks' own factors on the diagonal, ≥ 0.</param>
    public static double SmallGainOfMaps(double[,] gains)
    {
        Require.Matrix(gains);
        foreach (double gain in gains) Require.NotNegative(gain, nameof(gains));
        return Spectrum.Radius(gains);
    }

    /// <summary>Balance of a linear excitatory-inhibitory network x' = −x + W x: the loop cancels where W_EI = k W_IEᵀ.</summary>
    /// <param name="W">Weights ((W_EE, −W_EI), (W_IE, −W_II)), excitatory neurons first, finite.</param>
    /// <param name="excitatory">How many are excitatory, at least 1 and fewer than all.</param>
    /// <param name="k">The ratio of the two connections, above zero.</param>
    public static EiBalanceResult EiBalance(double[,] W, int excitatory, double k)
    {
        Require.Matrix(W);
        int n = W.GetLength(0), inhibitory = n - excitatory;
        Require.InRange(excitatory, 1, n - 1);
        Require.Positive(k);
        double RateOf(int first, int count) =>
            1.0 - Spectrum.OfSymmetricPart(Dense.Build(count, count, (i, j) => W[first + i, first + j]))[^1];
        double e = RateOf(0, excitatory), other = RateOf(excitatory, inhibitory);
        double imbalance = Spectrum.Norm(
            Dense.Build(excitatory, inhibitory, (i, j) => -W[i, excitatory + j] - k * W[excitatory + j, i])) / Math.Sqrt(k);
        Metric metric = Metric.Diagonal([.. Enumerable.Range(0, n).Select(i => i < excitatory ? 1.0 : k)]);
        double bound = 0.5 * (e + other) - 0.5 * Math.Sqrt((e - other) * (e - other) + imbalance * imbalance);
        double rate = -MatrixMeasure.Of(Dense.Sum(W, Dense.Identity(n), -1.0), metric);
        return new EiBalanceResult(e, other, imbalance, bound, rate, metric);
    }

    /// <summary>The largest Euler step that keeps a metric's contraction: α &lt; 2 c / sup ‖J‖²_M.</summary>
    /// <param name="rate">c, above zero, 1/time.</param>
    /// <param name="jacobianNorm">A bound on the induced norm of J in the metric, above zero, 1/time.</param>
    public static double EulerStepBound(double rate, double jacobianNorm)
    {
        Require.Positive(rate);
        Require.Positive(jacobianNorm);
        return 2.0 * rate / (jacobianNorm * jacobianNorm);
    }

    /// <summary>The largest Euler step with which the discretised system of a certificate still contracts in the certificate's metric.</summary>
    /// <param name="certificate">Contracting, in a quadratic metric.</param>
    /// <remarks>‖J‖ is bounded by ‖A‖ + ‖B S‖ ‖C‖ in the metric, or taken over the corners where they are few.</remarks>
    public static double EulerStepBound(ContractionCertificate certificate)
    {
        Require.NotNull(certificate);
        certificate.OrThrow();
        if (certificate.Metric is not { } metric)
            throw new ArgumentException("certificate is in a sum or maximum norm: the bound needs a quadratic metric.", nameof(certificate));
        JacobianFamily own = certificate.Family.InCoordinatesOf(metric);
        if (own.HasFewCorners) return EulerStepBound(certificate.Rate, Enumerable.Range(0, own.CornerCount).Max(corner => Spectrum.Norm(own.Corner(corner))));
        var (a, b, c, slopes) = own.Parts;
        double[,] steep = Dense.Build(b.GetLength(0), b.GetLength(1), (i, j) => b[i, j] * slopes[j]);
        return EulerStepBound(certificate.Rate, Spectrum.Norm(a) + Spectrum.Norm(steep) * Spectrum.Norm(c));
    }
}
