using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Games;

/// <summary>What can be proved about K mutually inhibiting pairs at rivalry s = β_x/a.</summary>
public enum StabilityRegion
{
    /// <summary>Lyapunov diagonally stable: one rest state, globally stable.</summary>
    DiagonallyStable,

    /// <summary>I − W is a P-matrix and A is Hurwitz: one rest state, stable where all fire, but no diagonal certificate exists.</summary>
    UniqueWithoutCertificate,

    /// <summary>Neither: there are drives with several rest states.</summary>
    Multistable,
}

/// <summary>A cell of the map.</summary>
/// <param name="Pairs">K.</param>
/// <param name="Rivalry">s.</param>
/// <param name="IsLds">Whether A = W − I is diagonally stable.</param>
/// <param name="IsPMatrix">Whether I − W is a P-matrix.</param>
/// <param name="IsHurwitz">Whether all eigenvalues of A have a real part below zero.</param>
public sealed record StabilityCell(int Pairs, double Rivalry, bool IsLds, bool IsPMatrix, bool IsHurwitz)
{
    /// <summary>The region the cell belongs to.</summary>
    public StabilityRegion Region => IsLds ? StabilityRegion.DiagonallyStable
        : IsPMatrix ? StabilityRegion.UniqueWithoutCertificate : StabilityRegion.Multistable;
}

/// <summary>The map of stability of mutual inhibition in rivalry and number of pairs.</summary>
public static class StabilityMap
{
    /// <summary>Every combination of rivalries and numbers of pairs, pairs outermost.</summary>
    /// <param name="circuit">The other parameters; w_s = 0.</param>
    /// <param name="pairs">The values of K, at least 2.</param>
    /// <param name="rivalries">The values of s, ≥ 0.</param>
    /// <remarks>
    /// LDS by the two 2 × 2 matrices of <see cref="CrossInhibition.LdsInterval"/>, P by the closed form, Hurwitz by eigenvalues.
    /// </remarks>
    public static ImmutableArray<StabilityCell> Compute(
        CrossInhibition circuit, IEnumerable<int> pairs, IReadOnlyCollection<double> rivalries)
    {
        Require.NotNull(circuit);
        Require.NotNull(pairs);
        Require.NotNull(rivalries);
        foreach (double rivalry in rivalries) Require.NotNegative(rivalry, nameof(rivalries));
        return [.. pairs.SelectMany(count =>
        {
            Require.InRange(count, 2, int.MaxValue, nameof(pairs));
            return rivalries.Select(s => At(circuit with { WX = s * circuit.CriticalWX }, count));
        })];
    }

    private static StabilityCell At(CrossInhibition circuit, int pairs)
    {
        double[,] interaction = circuit.Network(new double[pairs]).Interaction();
        bool hurwitz = Matrix<double>.Build.DenseOfArray(interaction).Evd().EigenValues.All(value => value.Real < 0.0);
        return new StabilityCell(pairs, circuit.Rivalry, circuit.LdsInterval(pairs) is not null, circuit.IsPMatrix, hurwitz);
    }
}
