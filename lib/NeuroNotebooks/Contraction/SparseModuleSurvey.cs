using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>A random module that the absolute-value theorem accepts.</summary>
/// <param name="Weights">W, n × n.</param>
/// <param name="Radius">ρ(|W|), below 1.</param>
/// <param name="IsNilpotent">Whether no neuron lies on a loop, so that ρ(|W|) is exactly zero.</param>
/// <param name="SymmetricPart">λ_max of the symmetric part of |W|; the identity is a metric of every sign pattern only below 1.</param>
/// <param name="Metric">diag(η/ξ) with ξ = (I − |W|)⁻¹ 1 and η = (I − |W|)⁻ᵀ 1, in which the draw contracts.</param>
public sealed record AcceptedDraw(double[,] Weights, double Radius, bool IsNilpotent, double SymmetricPart, Metric Metric);

/// <summary>What the absolute-value theorem lets through of a kind of random module, and in which metrics.</summary>
/// <param name="Tried">Draws, accepted or not.</param>
/// <param name="Accepted">The accepted ones.</param>
public sealed record SparseModuleSurvey(int Tried, ImmutableArray<AcceptedDraw> Accepted)
{
    /// <summary>The accepted ones.</summary>
    public ImmutableArray<AcceptedDraw> Accepted { get; } = Require.Some(Accepted);

    /// <summary>The part of the draws that is accepted, from 0 to 1.</summary>
    public double AcceptanceRate => Accepted.Length / (double)Tried;

    /// <summary>The part of the accepted ones without a loop, from 0 to 1.</summary>
    public double NilpotentPart => Accepted.Count(draw => draw.IsNilpotent) / (double)Accepted.Length;

    /// <summary>Draws modules until so many are accepted, ρ(|W|) &lt; 1.</summary>
    /// <param name="draw">Weights, n × n, finite, such as <see cref="SparseModule.WithConnections"/>; draw k gets the k-th child.</param>
    /// <param name="accepted">How many, above zero.</param>
    /// <param name="random">The numbers.</param>
    /// <exception cref="NotContractingException">None of 10 000 draws in a row is accepted.</exception>
    public static SparseModuleSurvey Run(Func<Philox, double[,]> draw, int accepted, Philox random)
    {
        Require.NotNull(draw);
        Require.Positive(accepted);
        var found = new List<AcceptedDraw>();
        int tried = 0;
        for (int refused = 0; found.Count < accepted; refused++)
        {
            if (refused == SparseModule.MostTries)
                throw new NotContractingException($"None of {refused} draws in a row has ρ(|W|) below 1: make them sparser or their weights smaller.");
            double[,] w = draw(random.Child((ulong)tried++));
            Require.Matrix(w, nameof(draw));
            int n = w.GetLength(0);
            double[,] size = Dense.Build(n, n, (i, j) => Math.Abs(w[i, j]));
            double radius = SparseModule.Radius(size);
            if (!(radius < 1.0 - 1e-9)) continue;
            Metric metric = OptimalDiagonalMetric.Of(Dense.Sum(size, Dense.Identity(n), -1.0)).Metric;
            found.Add(new AcceptedDraw(w, radius, radius == 0.0, Spectrum.OfSymmetricPart(size)[^1], metric));
            refused = -1;
        }
        return new SparseModuleSurvey(tried, [.. found]);
    }
}
