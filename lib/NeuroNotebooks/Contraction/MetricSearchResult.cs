using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>What a search for a metric found, proved, and could not exclude.</summary>
public sealed class MetricSearchResult
{
    private MetricSearchResult(
        ContractionCertificate? certificate, double upperBound, RateRefutation? refutation, double residual, double asked, int steps)
    {
        (Certificate, UpperBound, Refutation, Residual, Steps) = (certificate, upperBound, refutation, residual, steps);
        Decision = certificate is not null && (asked == 0.0 ? certificate.Rate > 0.0 : certificate.Rate >= asked) ? Decision.Proved
            : refutation is not null && (refutation.Bound <= asked) ? Decision.Refuted
            : Decision.Undecided;
        Asked = asked;
    }

    /// <summary>
    /// Whether the rate asked for exists (a rate above zero, if none was asked): proved by <see cref="Certificate"/>, proved impossible by
    /// <see cref="Refutation"/>, or not found.
    /// </summary>
    public Decision Decision { get; }

    /// <summary>The rate asked for; zero if the fastest was.</summary>
    public double Asked { get; }

    /// <summary>The best metric found, with the rate that is proved for it, negative if none contracts; null if rounding forbids any proof.</summary>
    public ContractionCertificate? Certificate { get; }

    /// <summary>The best rate found: that of the certificate.</summary>
    public double BestRate => Certificate?.Rate ?? double.NegativeInfinity;

    /// <summary>No quadratic metric of the kind asked does better, within the solver's rounding; <see cref="Refutation"/> proves it.</summary>
    public double UpperBound { get; }

    /// <summary>The proof of the upper bound; null if it could not be completed.</summary>
    public RateRefutation? Refutation { get; }

    /// <summary>
    /// How far the rate that independent eigenvalues give for the metric lies from the certificate's; for more than 14 activations, the
    /// largest eigenvalue of the residual of the inequality with multipliers.
    /// </summary>
    public double Residual { get; }

    /// <summary>Newton steps of the search.</summary>
    public int Steps { get; }

    /// <summary>The certificate if the question was answered with yes; otherwise an exception that tells "impossible" from "not found".</summary>
    public ContractionCertificate OrThrow() =>
        Decision == Decision.Proved ? Certificate! : throw new NotContractingException(ToString());

    /// <summary>The answer in one line.</summary>
    public override string ToString() => Decision switch
    {
        Decision.Proved => $"{Certificate}; no metric is known to exclude more than {UpperBound:g6}",
        Decision.Refuted => $"no quadratic metric has {Question}: none exceeds {Refutation!.Bound:g6} (best found {BestRate:g6})",
        _ => $"no metric with {Question} found, nor excluded: best found {BestRate:g6}, none exceeds {UpperBound:g6}",
    };

    private string Question => Asked == 0.0 ? "a rate above zero" : $"rate {Asked:g6}";

    internal static MetricSearchResult From(
        JacobianFamily family, Metric metric, double[] multipliers, double rate, double upperBound, RateRefutation? refutation, double? asked,
        int steps)
    {
        double factor = 1.0 / metric.SmallestEigenvalue;        // so that M ⪰ I
        Metric scaled = metric.Scaled(factor);
        ContractionCertificate? certificate = ContractionCertificate.Prove(
            family, scaled, [.. multipliers.Select(multiplier => factor * multiplier)], rate, "fastest quadratic metric");
        double measured = family.HasFewCorners ? -family.Worst(scaled).Measure : rate;
        return new MetricSearchResult(
            certificate, upperBound, refutation, Math.Abs(measured - (certificate?.Rate ?? double.NaN)), asked ?? 0.0, steps);
    }
}
