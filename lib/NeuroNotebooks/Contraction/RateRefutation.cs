using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>A proof that no metric gives a family a rate as high as a bound.</summary>
/// <remarks>
/// Some Jacobians J_k, each with a Z_k = Y_k Y_kᵀ, such that G = Σ sym((J_k + c I) Z_k) is positive definite at the bound c. For any M ≻ 0 of
/// rate c the sum of tr Z_k (M J_k + J_kᵀ M + 2 c M) ≤ 0 would be 2 tr(M G), which is above zero. Where G can only be semidefinite (one matrix
/// decides alone: its slowest mode is the bound) G + δ I ≻ 0 for a tiny δ excludes all M of condition number up to 1 + tr G/(n δ). For
/// diagonal metrics the diagonal of G is enough. Rounding is included.
/// </remarks>
public sealed class RateRefutation
{
    private const double UnitRoundoff = 1.0 / (1L << 53);
    private const double EnoughCondition = 1e6;

    private readonly (double[,] Jacobian, double[,] Factor)[] parts;
    private readonly double delta;

    private RateRefutation((double[,], double[,])[] parts, double bound, double delta, bool diagonalOnly)
    {
        (this.parts, Bound, this.delta, DiagonalOnly) = (parts, bound, delta, diagonalOnly);
        ConditionLimit = Limit();
    }

    /// <summary>The rate that no metric reaches, 1/time.</summary>
    public double Bound { get; }

    /// <summary>Whether it speaks of diagonal metrics only.</summary>
    public bool DiagonalOnly { get; }

    /// <summary>It speaks of metrics up to this condition number; +∞ for all.</summary>
    public double ConditionLimit { get; }

    /// <summary>The Jacobians of the family that the proof uses, n × n each.</summary>
    public IReadOnlyList<double[,]> Jacobians => [.. parts.Select(part => (double[,])part.Jacobian.Clone())];

    /// <summary>Y_k, one per Jacobian, n rows each.</summary>
    public IReadOnlyList<double[,]> Factors => [.. parts.Select(part => (double[,])part.Factor.Clone())];

    /// <summary>Proves it again from the Jacobians, the Y_k and the bound alone.</summary>
    public bool Verify() => Limit() is var limit && limit >= ConditionLimit && limit > 1.0;

    /// <summary>The lowest bound at or just above a nominal one that can be proved; null if there is none near.</summary>
    internal static RateRefutation? From(IReadOnlyList<(double[,] Jacobian, double[,] Factor)> duals, double nominal, bool diagonalOnly)
    {
        if (duals.Count == 0 || !double.IsFinite(nominal)) return null;
        double size = Math.Sqrt(duals.Sum(part => part.Factor.Cast<double>().Sum(entry => entry * entry)));
        (double[,], double[,])[] parts = [.. duals.Select(part => (part.Jacobian, Dense.Scaled(part.Factor, 1.0 / size)))];
        foreach (double slack in new[] { 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2 })
            foreach (double delta in new[] { 0.0, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10 })
            {
                var refutation = new RateRefutation(parts, nominal + slack * (1.0 + Math.Abs(nominal)), delta, diagonalOnly);
                if (refutation.ConditionLimit >= EnoughCondition) return refutation;
            }
        return null;
    }

    /// <summary>The condition number up to which the proof holds; zero if it does not.</summary>
    private double Limit()
    {
        int n = parts[0].Jacobian.GetLength(0);
        double[,] sum = new double[n, n], error = new double[n, n];
        double unit = 2.0 * (n + parts.Length + 8) * UnitRoundoff;
        foreach (var (jacobian, factor) in parts)
        {
            double[,] transposed = Dense.Transpose(factor), z = Dense.Product(factor, transposed);
            double[,] zSize = Dense.Product(Absolute(factor), Absolute(transposed)), product = Dense.Product(jacobian, z);
            double[,] size = Dense.Product(Absolute(jacobian), zSize);
            for (int i = 0; i < n; i++)
                for (int j = 0; j <= i; j++)
                {
                    sum[i, j] += 0.5 * (product[i, j] + product[j, i]) + Bound * z[i, j];
                    error[i, j] += unit * (size[i, j] + size[j, i] + 2.0 * Math.Abs(Bound) * zSize[i, j]);
                }
        }
        double trace = 0.0;
        for (int i = 0; i < n; i++)
        {
            trace += sum[i, i] - error[i, i];
            sum[i, i] += delta;
        }
        bool holds = DiagonalOnly
            ? Enumerable.Range(0, n).All(i => sum[i, i] > error[i, i])
            : PositiveDefinite.IsProved(sum, error);
        if (!holds) return 0.0;
        return delta == 0.0 ? double.PositiveInfinity : (1.0 - unit) * (1.0 + trace / (n * delta));
    }

    private static double[,] Absolute(double[,] a) => Dense.Build(a.GetLength(0), a.GetLength(1), (i, j) => Math.Abs(a[i, j]));
}
