using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>Where a certificate of diagonal stability came from.</summary>
public enum LdsMethod
{
    /// <summary>A diagonal entry that is not negative refutes at once.</summary>
    DiagonalEntry,

    /// <summary>The formulas for n ≤ 3.</summary>
    ClosedForm,

    /// <summary>P = I: the symmetric part is negative definite.</summary>
    Identity,

    /// <summary>Perron weights: the comparison matrix of A is an M-matrix (generalised diagonal dominance).</summary>
    ComparisonMatrix,

    /// <summary>The log-det interior-point search.</summary>
    InteriorPoint,

    /// <summary>A chain of blocks, each proved by itself, the later ones weighted less.</summary>
    Cascade,
}

/// <summary>Whether a matrix is Lyapunov diagonally stable, with a certificate that anybody can check.</summary>
/// <remarks>
/// Proved: the diagonal <see cref="P"/> makes P A + Aᵀ P negative definite. Refuted: the nonzero positive semidefinite <see cref="H"/> has
/// (A H)_ii ≥ 0 for all i, and then 2 Σ p_i (A H)_ii = tr((P A + Aᵀ P) H) ≥ 0 for every P &gt; 0, so no P exists.
/// </remarks>
public sealed class DiagonalStabilityResult
{
    private readonly double[,] matrix;

    private DiagonalStabilityResult(double[,] A, Decision verdict, LdsMethod method) =>
        (matrix, IsLds, Method) = ((double[,])A.Clone(), verdict, method);

    /// <summary>The verdict.</summary>
    public Decision IsLds { get; }

    /// <summary>What found the certificate, or gave up last.</summary>
    public LdsMethod Method { get; }

    /// <summary>The diagonal of P, summing to n, above zero; empty unless proved.</summary>
    public ImmutableArray<double> P { get; private init; } = [];

    /// <summary>
    /// If proved: a proved lower bound on −λ_max(P A + Aᵀ P), ≥ 0 (0 when the margin drowns in rounding although definiteness is proved).
    /// If refuted: ≤ 0, no P of trace n has a larger one. NaN if undecided.
    /// </summary>
    public double Margin { get; private init; } = double.NaN;

    /// <summary>The dual certificate, n × n, trace 1; null unless refuted.</summary>
    public double[,]? H { get; private init; }

    /// <summary>Checks the certificate again from A alone, by a Cholesky factorisation with room for every rounding error.</summary>
    /// <returns>True if the certificate proves the verdict; false if it does not, or if nothing was decided.</returns>
    public bool Verify() => IsLds switch
    {
        Decision.Proved => LdsCertificate.Proves(matrix, [.. P], Margin),
        Decision.Refuted => LdsCertificate.Refutes(matrix, H!),
        _ => false,
    };

    /// <summary>The verdict in words.</summary>
    public override string ToString() => IsLds switch
    {
        Decision.Proved =>
            $"Lyapunov diagonally stable ({Method}), margin {Margin:g4}, P = ({string.Join(", ", P.Select(p => $"{p:g5}"))})",
        Decision.Refuted => $"not Lyapunov diagonally stable ({Method}): a matrix H proves that no P exists",
        _ => $"undecided ({Method}): the matrix is within rounding of the boundary",
    };

    internal static DiagonalStabilityResult Proved(double[,] A, IReadOnlyList<double> p, LdsMethod method)
    {
        double sum = p.Sum();
        double[] normalised = [.. p.Select(weight => weight * p.Count / sum)];
        double margin = Math.Max(0.0, -DiagonalStability.LargestEigenvalue(A, normalised) * (1.0 - 1e-9));
        for (int halvings = 0; margin > 0.0 && !LdsCertificate.Proves(A, normalised, margin); halvings++)
            margin = halvings < 20 ? 0.5 * margin : 0.0;

        var result = new DiagonalStabilityResult(A, Decision.Proved, method) { P = [.. normalised], Margin = margin };
        return result.Verify() ? result : Undecided(A, method);     // normalising may cost the last bit that the proof stood on
    }

    internal static DiagonalStabilityResult Refuted(double[,] A, double[,] h, LdsMethod method)
    {
        double growth = Enumerable.Range(0, h.GetLength(0)).Min(i => LdsCertificate.Growth(A, h, i));
        double margin = -2.0 * h.GetLength(0) * Math.Max(0.0, growth);
        var result = new DiagonalStabilityResult(A, Decision.Refuted, method) { H = h, Margin = margin };
        return result.Verify() ? result : Undecided(A, method);
    }

    internal static DiagonalStabilityResult Undecided(double[,] A, LdsMethod method) => new(A, Decision.Undecided, method);
}
