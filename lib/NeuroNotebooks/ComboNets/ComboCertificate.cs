using System.Collections.Immutable;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>A proof that a network of networks contracts, or the numbers that keep it from being one.</summary>
/// <param name="ModuleRate">What the modules alone guarantee in their metrics, the least over them, 1/τ.</param>
/// <param name="CouplingMeasure">A bound of what the coupling adds to the measure in the metric: rounding if it is answered, 1/τ.</param>
/// <remarks>
/// μ_M(−I + W D + L) ≤ μ_M(−I + W D) + μ_M(L). A module's rate is the better of 1 − σ_max(P^½ W P^−½) (T5) and
/// 1 − λ_max(sym |P^½ W P^−½|); both hold for every D between 0 and I. The coupling's measure is bounded by the largest absolute row sum of
/// the symmetric part of P^½ L P^−½.
/// </remarks>
public sealed record ComboCertificate(double ModuleRate, double CouplingMeasure)
{
    /// <summary>The guaranteed rate, 1/τ: two trajectories under one input close in at least so fast. No guarantee at 0 or below.</summary>
    public double Rate => ModuleRate - CouplingMeasure;

    /// <summary>Whether the network contracts.</summary>
    public bool Holds => Rate > 0.0;

    /// <summary>The certificate of a network; its metric must be diagonal.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">The metric is not diagonal.</exception>
    public static ComboCertificate Of(ComboNetwork network)
    {
        Require.NotNull(network);
        if (!network.Metric.IsDiagonal) throw new ArgumentException("network has a metric with entries off the diagonal: expected a diagonal one.", nameof(network));
        ImmutableArray<double> metric = network.Metric.DiagonalEntries;
        double[,] weights = network.Weights, coupling = network.Coupling;
        double rate = double.PositiveInfinity;
        int first = 0;
        foreach (int size in network.Sizes)
        {
            int at = first;
            double[,] own = Dense.Build(size, size, (i, j) => weights[at + i, at + j] * Math.Sqrt(metric[at + i] / metric[at + j]));
            double bySize = Spectrum.OfSymmetricPart(Dense.Build(size, size, (i, j) => i == j ? Math.Max(own[i, j], 0.0) : Math.Abs(own[i, j])))[^1];
            rate = Math.Min(rate, 1.0 - Math.Min(bySize, Spectrum.Norm(own)));
            first += size;
        }
        return new ComboCertificate(rate, MeasureBound(coupling, metric));
    }

    /// <summary>One line.</summary>
    public override string ToString() => Holds
        ? FormattableString.Invariant($"contracting at rate {Rate:0.0000} (modules {ModuleRate:0.0000}, coupling {CouplingMeasure:0.0e0})")
        : FormattableString.Invariant($"not certified: modules {ModuleRate:0.0000}, coupling {CouplingMeasure:0.000}");

    private static double MeasureBound(double[,] coupling, ImmutableArray<double> metric)
    {
        int n = metric.Length;
        double bound = 0.0;
        double[] root = [.. metric.Select(Math.Sqrt)];
        for (int i = 0; i < n; i++)
        {
            double sum = 0.0;
            for (int j = 0; j < n; j++)
                sum += Math.Abs(0.5 * (root[i] * coupling[i, j] / root[j] + root[j] * coupling[j, i] / root[i]));
            bound = Math.Max(bound, sum);
        }
        return bound;
    }
}
