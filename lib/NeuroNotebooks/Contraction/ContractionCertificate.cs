using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>
/// A statement that can be checked without trust: every Jacobian of <see cref="Family"/> has a matrix measure of at most −<see cref="Rate"/>
/// in one norm, so that two solutions under the same input close in at least like exp(−Rate t).
/// </summary>
/// <remarks>
/// <see cref="Verify"/> proves it again from the family, the norm and the rate alone, rounding included. The rate is what was proved: a
/// hair, about 1e-13, below the formula it comes from. A negative rate is proved too: distances grow at most that fast.
/// </remarks>
public sealed partial class ContractionCertificate
{
    private static readonly double[] Slacks = [0.0, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5];

    private readonly double[] multipliers;

    private ContractionCertificate(
        JacobianFamily family, Norm norm, Metric? metric, ImmutableArray<double> weights, double rate, double[] multipliers, string method,
        Coverage covers)
    {
        (Family, Norm, Metric, Weights, Rate) = (family, norm, metric, weights, rate);
        (this.multipliers, Method, Covers) = (multipliers, method, covers);
    }

    /// <summary>The Jacobians that the certificate speaks about.</summary>
    public JacobianFamily Family { get; }

    /// <summary>The norm: L2 for every quadratic metric.</summary>
    public Norm Norm { get; }

    /// <summary>The quadratic metric; null in the sum and the maximum norm.</summary>
    public Metric? Metric { get; }

    /// <summary>The weights of the norm as <see cref="Contraction.Norm"/> defines them, n; empty if the metric is not diagonal.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>The proved rate, 1/time: distances shrink at least like exp(−Rate t).</summary>
    public double Rate { get; }

    /// <summary>
    /// λ, one per activation: the slack with which slopes may vary freely. Empty if the corners were visited one by one instead.
    /// </summary>
    public ImmutableArray<double> Multipliers => [.. multipliers];

    /// <summary>How the norm was found.</summary>
    public string Method { get; }

    /// <summary>Where the family holds the system's Jacobians.</summary>
    public Coverage Covers { get; }

    /// <summary>Whether the rate is above zero.</summary>
    public bool IsContracting => Rate > 0.0;

    /// <summary>The best rate that can be proved in a given metric.</summary>
    /// <param name="family">The Jacobians.</param>
    /// <param name="metric">Of the family's dimension.</param>
    /// <param name="covers">Where the family holds the system's Jacobians; all states if left out.</param>
    /// <returns>A certificate whose rate may be negative: see <see cref="OrThrow"/>.</returns>
    /// <remarks>
    /// Up to 14 activations the corners are visited and the rate is exact. Beyond, multipliers are searched for, and the rate is a lower
    /// bound; see <see cref="QuadraticMetricSearch"/>.
    /// </remarks>
    public static ContractionCertificate InMetric(JacobianFamily family, Metric metric, Coverage? covers = null)
    {
        Require.NotNull(family);
        Require.NotNull(metric);
        const string GivenMetric = "given metric";
        if (family.HasFewCorners)
            return Prove(family, metric, [], -family.Worst(metric).Measure, GivenMetric, covers)
                ?? throw Unprovable(family, metric);
        var (best, rate) = QuadraticMetricSearch.MultipliersFor(family, metric);
        return Prove(family, metric, best, rate, GivenMetric, covers) ?? throw Unprovable(family, metric);
    }

    /// <summary>The best rate in a weighted norm.</summary>
    /// <param name="family">The Jacobians.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="weights">Weights as <see cref="Contraction.Norm"/> defines them, n, above zero.</param>
    /// <param name="covers">Where the family holds the system's Jacobians; all states if left out.</param>
    public static ContractionCertificate InNorm(
        JacobianFamily family, Norm norm, ReadOnlySpan<double> weights, Coverage? covers = null)
    {
        Require.NotNull(family);
        Require.Length(family.Dimension, weights.Length, nameof(weights), "state");
        for (int i = 0; i < weights.Length; i++) Require.Positive(weights[i], $"weights[{i}]");
        return MatrixMeasure.Known(norm) == Norm.L2
            ? InMetric(family, Contraction.Metric.Diagonal(weights), covers)
            : Prove(family, norm, weights.ToArray(), "given weights", covers);
    }

    /// <summary>Proves the certificate again, from the family, the norm and the rate alone.</summary>
    /// <returns>True is a proof in exact arithmetic, for the numbers that the certificate holds.</returns>
    public bool Verify() => Metric is not null
        ? FamilyProof.Holds(Family, Metric, multipliers, Rate)
        : FamilyProof.Holds(Family, Norm, [.. Weights], Rate);

    /// <summary>This certificate if its rate is above zero; otherwise an exception that says by how much it is not.</summary>
    /// <exception cref="NotContractingException">The rate is zero or below.</exception>
    public ContractionCertificate OrThrow() => IsContracting
        ? this
        : throw new NotContractingException(
            $"Not contracting in this norm: the measure is {-Rate:g6} ({Method}{(Metric is null ? $", {Norm}" : $", {Metric}")}); it must be below zero.");

    /// <summary>The distance of two states in the certificate's norm: what shrinks.</summary>
    /// <param name="x">n, finite.</param>
    /// <param name="y">n, finite.</param>
    public double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (Metric is not null) return Metric.Distance(x, y);
        Require.Length(Weights.Length, x.Length, nameof(x), "state");
        Require.Length(Weights.Length, y.Length, nameof(y), "state");
        double distance = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            double gap = Math.Abs(x[i] - y[i]);
            distance = Norm == Norm.L1 ? distance + Weights[i] * gap : Math.Max(distance, gap / Weights[i]);
        }
        return distance;
    }

    /// <summary>Rate, norm, what it covers and how it was found, in one line.</summary>
    public override string ToString() =>
        $"{(IsContracting ? "contracting" : "not contracting")} at rate {Rate:g6} in the "
        + $"{Metric?.ToString() ?? $"weighted {(Norm == Norm.L1 ? "sum" : "maximum")} norm"}, for {Covers} ({Method})";

    /// <summary>The highest provable rate at or just below a nominal one; null if none within 1e-5.</summary>
    internal static ContractionCertificate? Prove(
        JacobianFamily family, Metric metric, double[] multipliers, double nominal, string method, Coverage? covers = null)
    {
        double[] give = multipliers.Length == 0 ? [] : Give(family, metric);
        foreach (double relative in Slacks)
        {
            double slack = relative * (1.0 + Math.Abs(nominal)), rate = nominal - slack;
            double[] loosened = [.. multipliers.Select((multiplier, k) => Math.Max(0.0, multiplier) + 0.5 * slack * give[k])];
            if (FamilyProof.Holds(family, metric, loosened, rate))
                return new ContractionCertificate(
                    family, Norm.L2, metric, metric.IsDiagonal ? metric.DiagonalEntries : [], rate, loosened, method, covers ?? Coverage.AllStates);
        }
        return null;
    }

    internal static ContractionCertificate Prove(JacobianFamily family, Norm norm, double[] weights, string method, Coverage? covers = null)
    {
        double nominal = -FamilyProof.WeightedGrowth(family, norm, weights).Growth;
        foreach (double relative in Slacks)
        {
            double rate = nominal - relative * (1.0 + Math.Abs(nominal));
            if (FamilyProof.Holds(family, norm, weights, rate))
                return new ContractionCertificate(family, norm, null, [.. weights], rate, [], method, covers ?? Coverage.AllStates);
        }
        throw new ArgumentException("The weights are so far apart that no rate can be proved in double precision.", nameof(weights));
    }

    private static ArgumentException Unprovable(JacobianFamily family, Metric metric) => new(
        $"No rate can be proved in double precision for {family.Dimension} states in the {metric}: it is too ill-conditioned.", nameof(metric));

    // how far a multiplier may grow for a unit of rate
    private static double[] Give(JacobianFamily family, Metric metric)
    {
        var (_, _, c, slopes) = family.Parts;
        double[,] own = metric.TimesInverseFactor(c);
        return [.. slopes.Select((slope, k) =>
        {
            ReadOnlySpan<double> row = own.AsSpan().Slice(k * family.Dimension, family.Dimension);
            double reach = slope * slope * Vectors.Dot(row, row);
            return reach > 0.0 ? 1.0 / reach : 1.0;
        })];
    }
}

/// <summary>Contraction was demanded where it could not be certified.</summary>
public sealed class NotContractingException : Exception
{
    /// <summary>With a message.</summary>
    public NotContractingException(string message) : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public NotContractingException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Without a message of its own.</summary>
    public NotContractingException()
    {
    }
}
