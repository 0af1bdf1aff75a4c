using NeuroNotebooks.Contraction;

namespace NeuroNotebooks.Plasticity;

/// <summary>From the measure of the weights to a contraction rate of the neurons, for activations with slopes from 0 to 1 and leak 1.</summary>
/// <remarks>
/// Linear: 1 − μ(W). Saturating neurons see D W or W D with any slopes D: for φ(W x + u) the worst is max(0, μ∞(W)) in the maximum norm, for
/// W φ(x) + u it is max(0, μ₁(W)) in the sum norm; in the norm on the other side the diagonal counts only where positive. In the Euclidean
/// norm μ₂(W) &lt; 1 says nothing: W = (0, −4; 4, 0) has μ₂ = 0 and D = diag(1, 0) makes it 2.
/// </remarks>
public static class NetworkRate
{
    /// <summary>The rate in a norm, at one set of weights.</summary>
    /// <param name="W">Weights, n × n, finite.</param>
    /// <param name="form">Where the saturation stands.</param>
    /// <param name="measure">The measure that is used.</param>
    /// <returns>1/time; zero or below certifies nothing.</returns>
    /// <exception cref="NotSupportedException">
    /// A saturating network in a Euclidean norm: pass a certificate, or use a sum or maximum norm.
    /// </exception>
    public static double Of(double[,] W, NetworkForm form, NamedMeasure measure)
    {
        Require.Matrix(W);
        Require.NotNull(measure);
        switch (form)
        {
            case NetworkForm.Linear:
                return 1.0 - measure.Of(W);
            case NetworkForm.FiringRate or NetworkForm.Hopfield when measure.Norm == Norm.L2:
                throw new NotSupportedException(
                    $"{measure} of the weights bounds no rate of a saturating network: pass a certificate for it, or use a sum or maximum norm.");
            case NetworkForm.FiringRate or NetworkForm.Hopfield:
                bool matches = form == NetworkForm.FiringRate == (measure.Norm == Norm.LInfinity);
                return 1.0 - Math.Max(0.0, measure.Of(matches ? W : WithoutSelfInhibition(W)));
            default:
                throw new ArgumentOutOfRangeException(nameof(form), form, $"form is {form}: expected Linear, FiringRate or Hopfield.");
        }
    }

    /// <summary>The rate in the metric or the norm of a certificate, at one set of weights: the worst slopes of the activations are searched.</summary>
    /// <param name="W">Weights, n × n, finite.</param>
    /// <param name="form">Where the saturation stands.</param>
    /// <param name="certificate">Whose metric or norm to use, of the same size; it need not be about these weights.</param>
    /// <returns>1/time, proved for these weights; zero or below certifies nothing.</returns>
    public static double Of(double[,] W, NetworkForm form, ContractionCertificate certificate)
    {
        Require.Matrix(W);
        Require.NotNull(certificate);
        Require.Length(certificate.Family.Dimension, W.GetLength(0), nameof(W), "state of the certificate");
        JacobianFamily family = JacobianFamily.Network(W, form);
        return (certificate.Metric is { } metric
            ? ContractionCertificate.InMetric(family, metric)
            : ContractionCertificate.InNorm(family, certificate.Norm, certificate.Weights.AsSpan())).Rate;
    }

    // the slopes of a row (a column) vary one by one, so the worst leaves the negative diagonal out
    private static double[,] WithoutSelfInhibition(double[,] W)
    {
        var without = (double[,])W.Clone();
        for (int i = 0; i < W.GetLength(0); i++) without[i, i] = Math.Max(0.0, W[i, i]);
        return without;
    }
}
