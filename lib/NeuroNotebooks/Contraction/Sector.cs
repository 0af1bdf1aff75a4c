using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>The inequality with multipliers, in coordinates where the metric is the identity; C stands for S C.</summary>
/// <remarks>
/// With N = B + Cᵀ Λ the rate attained is −½ λ_max(A + Aᵀ + ½ N Λ⁻¹ Nᵀ), by Schur's complement.
/// </remarks>
internal static class Sector
{
    /// <summary>λ_k = |b_k| / |c_k|: balances the two halves of the off-diagonal block.</summary>
    public static double[] FirstMultipliers(RateSearch.Coordinates own)
    {
        int n = own.N, m = own.B.Length / n;
        return [.. Enumerable.Range(0, m).Select(k =>
        {
            double b = 0.0, c = 0.0;
            for (int i = 0; i < n; i++)
            {
                b += own.B[i * m + k] * own.B[i * m + k];
                c += own.C[k * n + i] * own.C[k * n + i];
            }
            return Math.Sqrt(b / c);
        })];
    }

    /// <summary>The rate that multipliers prove.</summary>
    public static double RateOf(RateSearch.Coordinates own, double[] multipliers)
    {
        int n = own.N, m = multipliers.Length;
        double[] a = own.Matrices[0], scaled = new double[n * m];
        for (int i = 0; i < n; i++)
            for (int k = 0; k < m; k++)
                scaled[i * m + k] = (own.B[i * m + k] + own.C[k * n + i] * multipliers[k]) / Math.Sqrt(2.0 * multipliers[k]);
        double[] sum = Flat.ProductTransposed(scaled, scaled, n, m, n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++) sum[i * n + j] = sum[j * n + i] = 0.5 * (sum[i * n + j] + a[i * n + j] + a[j * n + i]);
        return -SymmetricEigen.Values(sum, n)[n - 1];
    }

    /// <summary>t E ≻ the inequality at a level, for the unknowns M (first) and Λ (second).</summary>
    public static LmiConstraint Constraint(RateSearch.Coordinates own, double level)
    {
        int n = own.N, m = own.B.Length / n, q = n + m;
        double[] above = new double[n * q], left = new double[n * q], below = new double[m * q], right = new double[m * q];
        for (int i = 0; i < n; i++)
        {
            above[i * q + i] = 1.0;
            own.Matrices[0].AsSpan(i * n, n).CopyTo(left.AsSpan(i * q));
            left[i * q + i] += level;
            own.B.AsSpan(i * m, m).CopyTo(left.AsSpan(i * q + n));
        }
        for (int k = 0; k < m; k++)
        {
            below[k * q + n + k] = 1.0;
            own.C.AsSpan(k * n, n).CopyTo(right.AsSpan(k * q));
            right[k * q + n + k] = -1.0;
        }
        double[] e = [.. Enumerable.Range(0, q).Select(i => i < n ? 1.0 : 0.0)];
        return new LmiConstraint(q, e, [new LmiTerm(0, above, left), new LmiTerm(1, below, right)]);
    }

    /// <summary>The inequality for a fixed metric, the identity: only Λ (first) is unknown.</summary>
    public static LmiConstraint ForFixedMetric(RateSearch.Coordinates own)
    {
        LmiConstraint free = Constraint(own, 0.0);
        int n = own.N, q = free.Size;
        var constant = new double[q * q];
        double[] left = free.Terms[0].V;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < q; j++)
            {
                constant[i * q + j] += left[i * q + j];
                constant[j * q + i] += left[i * q + j];
            }
        return new LmiConstraint(q, free.Level, [free.Terms[1] with { Unknown = 0 }], constant);
    }
}
