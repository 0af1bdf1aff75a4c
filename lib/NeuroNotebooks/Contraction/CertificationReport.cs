using System.Collections.Immutable;

namespace NeuroNotebooks.Contraction;

/// <summary>What all theorems say about one network.</summary>
/// <param name="Results">One per theorem.</param>
/// <param name="SymmetricPart">g λ_max of the symmetric part of W; below 1 it tempts, and proves nothing.</param>
/// <param name="Family">The network's Jacobians.</param>
public sealed record CertificationReport(ImmutableArray<TheoremResult> Results, double SymmetricPart, JacobianFamily Family)
{
    /// <summary>The results, one per theorem.</summary>
    public ImmutableArray<TheoremResult> Results { get; } = Require.Given(Results);

    /// <summary>Whether some theorem certifies the network.</summary>
    public bool IsCertified => Results.Any(result => result.Fires);

    /// <summary>The fastest certificate; null if no theorem applies, which proves nothing: see <see cref="QuadraticMetricSearch"/>.</summary>
    public ContractionCertificate? Best => Results.Where(result => result.Fires).MaxBy(result => result.Certificate!.Rate)?.Certificate;

    /// <summary>
    /// The fastest certificate, or else that of <see cref="QuadraticMetricSearch"/>; an exception with all reasons if there is none either.
    /// </summary>
    public ContractionCertificate OrSearch()
    {
        if (Best is { } best) return best;
        MetricSearchResult found = QuadraticMetricSearch.FastestRate(Family);
        return found.Certificate is { IsContracting: true } certificate ? certificate : throw new NotContractingException($"{this}\n{found}");
    }

    /// <summary>One line a theorem, and a warning where the tempting condition holds alone.</summary>
    public override string ToString() => string.Join("\n", Results) + (IsCertified || !(SymmetricPart < 1.0) ? "" :
        $"\nsymmetric part below the identity: no ({SymmetricPart:g6} < 1 holds, but does not suffice: slopes that switch can part trajectories)");
}
