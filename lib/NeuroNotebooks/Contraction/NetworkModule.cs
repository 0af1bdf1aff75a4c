namespace NeuroNotebooks.Contraction;

/// <summary>A system with a name and a certificate that others can be connected to.</summary>
/// <remarks>
/// A network, a linear system, or an assembly of modules: all the same from outside. Immutable. Source: Kozachkov, Ennis, Slotine (2022).
/// </remarks>
public sealed class NetworkModule
{
    private NetworkModule(string name, ContractionCertificate certificate) => (Name, Certificate) = (name, certificate);

    /// <summary>The name by which connections refer to it.</summary>
    public string Name { get; }

    /// <summary>Metric, rate and proof.</summary>
    public ContractionCertificate Certificate { get; }

    /// <summary>Number of states.</summary>
    public int Dimension => Certificate.Family.Dimension;

    /// <summary>The rate, 1/time.</summary>
    public double Rate => Certificate.Rate;

    /// <summary>The quadratic metric.</summary>
    public Metric Metric => Certificate.Metric!;

    /// <summary>A recurrent network, certified by the theorem or the search that gives the fastest rate.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="W">Weights, n × n, finite.</param>
    /// <param name="g">Steepest slope, above zero.</param>
    /// <param name="form">Where the activation sits.</param>
    /// <exception cref="NotContractingException">Nothing certifies it; the message holds every reason.</exception>
    public static NetworkModule Certify(string name, double[,] W, double g = 1.0, NetworkForm form = NetworkForm.Hopfield) =>
        Of(name, ContractionTheorems.Certify(W, g, form).OrSearch());

    /// <summary>A module from a certificate.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="certificate">Contracting, in a quadratic metric, of one matrix or of slope-restricted activations.</param>
    /// <exception cref="ArgumentException">The certificate is of a kind that cannot be combined; the message says which.</exception>
    public static NetworkModule Of(string name, ContractionCertificate certificate)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("name is empty: expected one to connect by.", nameof(name));
        Require.NotNull(certificate);
        certificate.OrThrow();
        if (certificate.Metric is null)
            throw new ArgumentException(
                $"{name} is certified in a {(certificate.Norm == Norm.L1 ? "sum" : "maximum")} norm: connections need a quadratic metric.",
                nameof(certificate));
        if (certificate.Family.IsHull)
            throw new ArgumentException(
                $"{name} is a hull of matrices: connections need one matrix or slope-restricted activations.", nameof(certificate));
        return new NetworkModule(name, WithMultipliers(name, certificate));
    }

    /// <summary>Name, size, rate and metric.</summary>
    public override string ToString() => $"{Name}: {Certificate}";

    // corners do not add up across modules, multipliers do
    private static ContractionCertificate WithMultipliers(string name, ContractionCertificate certificate)
    {
        JacobianFamily family = certificate.Family;
        if (family.Activations == 0 || certificate.Multipliers.Length > 0) return certificate;
        var (multipliers, rate) = QuadraticMetricSearch.MultipliersFor(family, certificate.Metric!);
        ContractionCertificate? proved = rate > 0.0
            ? ContractionCertificate.Prove(family, certificate.Metric!, multipliers, rate, certificate.Method, certificate.Covers)
            : null;
        return proved ?? throw new NotContractingException(
            $"{name} is certified corner by corner only; with multipliers, which a connection needs, its rate is {rate:g6}.");
    }
}
