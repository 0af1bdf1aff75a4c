using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Proofs, rounding included, that a whole family of Jacobians contracts at a rate.</summary>
/// <remarks>
/// <code>
/// quadratic, corner by corner:    −(M J + Jᵀ M) − 2 c M ≻ 0 at every corner
/// quadratic, any number of activations, with multipliers Λ = diag(λ) ≻ 0, S = diag(s):
///     −( M A + Aᵀ M + 2 c M    M B + Cᵀ S Λ )
///      ( Bᵀ M + Λ S C          −2 Λ         )  ≻ 0
/// </code>
/// The second is the S-procedure: with y = D C x every term 2 λ_k y_k (s_k (C x)_k − y_k) is at least zero. Source: Boyd, El Ghaoui, Feron,
/// Balakrishnan, Linear Matrix Inequalities in System and Control Theory (1994), ch. 8.
/// </remarks>
internal static class FamilyProof
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    /// <summary>Whether the rate is proved in a quadratic metric, by multipliers or, without any, corner by corner; false says nothing.</summary>
    public static bool Holds(JacobianFamily family, Metric metric, ReadOnlySpan<double> multipliers, double rate)
    {
        if (!double.IsFinite(rate)) return false;
        if (multipliers.Length > 0) return HoldsByMultipliers(family, metric, multipliers, rate);
        if (!family.HasFewCorners) return false;
        double[,] m = metric.ToMatrix(), size = Absolute(m);
        var (a, b, c, slopes) = family.Parts;
        double[,]? largest = family.IsHull ? null : Dense.Sum(Absolute(a), Dense.Product(ScaledColumns(Absolute(b), slopes), Absolute(c)));
        for (int corner = 0; corner < family.CornerCount; corner++)
        {
            double[,] jacobian = family.Corner(corner), product = Dense.Product(m, jacobian);
            double[,] error = Dense.Product(size, largest ?? Absolute(jacobian));
            if (!IsProved(product, error, m, rate, family.Dimension + family.Activations)) return false;
        }
        return true;
    }

    /// <summary>Whether the rate is proved in a weighted sum or maximum norm; false says nothing.</summary>
    public static bool Holds(JacobianFamily family, Norm norm, double[] weights, double rate)
    {
        var (growth, size) = WeightedGrowth(family, norm, weights);
        return growth + (3 * family.Dimension + family.Activations + 8) * UnitRoundoff * (size + Math.Abs(rate)) <= -rate;
    }

    /// <summary>An upper bound on the measure over the family in a weighted sum or maximum norm, and the sum of the absolute terms.</summary>
    /// <remarks>
    /// Exact for networks in either form: a row whose activations enter at one place only is convex in that slope, and entries that depend
    /// on slopes of their own reach their extremes independently. For other families entries are bounded one by one.
    /// </remarks>
    public static (double Growth, double Size) WeightedGrowth(JacobianFamily family, Norm norm, double[] weights)
    {
        JacobianFamily rowwise = norm == Norm.L1 ? family.Transposed() : family;
        if (rowwise.IsHull)
        {
            var each = rowwise.HullMatrices.Select(matrix => WeightedGrowth(JacobianFamily.Linear(matrix), Norm.LInfinity, weights)).ToArray();
            return (each.Max(bound => bound.Growth), each.Max(bound => bound.Size));
        }
        var (a, b, c, slopes) = rowwise.Parts;
        int n = rowwise.Dimension;
        double growth = double.NegativeInfinity, size = 0.0;
        for (int i = 0; i < n; i++)
        {
            int[] active = [.. Enumerable.Range(0, slopes.Length).Where(k => b[i, k] != 0.0)];
            double[] low = Row(a, i), high = Row(a, i);
            foreach (int k in active)
                for (int j = 0; j < n; j++)
                {
                    double reach = slopes[k] * b[i, k] * c[k, j];
                    if (reach < 0.0) low[j] += reach;
                    else high[j] += reach;
                }
            double sum = active.Length == 1
                ? Math.Max(RowGrowth(Row(a, i), i, weights), RowGrowth(Moved(Row(a, i), slopes[active[0]] * b[i, active[0]], c, active[0]), i, weights))
                : high[i] + Enumerable.Range(0, n).Where(j => j != i).Sum(j => Math.Max(-low[j], high[j]) * weights[j] / weights[i]);
            growth = Math.Max(growth, sum);
            size = Math.Max(size, Enumerable.Range(0, n).Sum(j =>
                (Math.Abs(a[i, j]) + active.Sum(k => Math.Abs(slopes[k] * b[i, k] * c[k, j]))) * weights[j] / weights[i]));
        }
        return (growth, size);
    }

    private static double[] Row(double[,] matrix, int i) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j])];

    private static double[] Moved(double[] row, double factor, double[,] c, int k) => [.. row.Select((entry, j) => entry + factor * c[k, j])];

    private static double RowGrowth(double[] row, int i, double[] weights) =>
        row[i] + Enumerable.Range(0, row.Length).Where(j => j != i).Sum(j => Math.Abs(row[j]) * weights[j] / weights[i]);

    private static bool HoldsByMultipliers(JacobianFamily family, Metric metric, ReadOnlySpan<double> multipliers, double rate)
    {
        var (a, b, c, slopes) = family.Parts;
        int n = family.Dimension, m = slopes.Length;
        if (multipliers.Length != m) return false;
        double[,] metricMatrix = metric.ToMatrix(), size = Absolute(metricMatrix);
        double[,] first = Dense.Product(metricMatrix, a), second = Dense.Product(metricMatrix, b);
        double[,] firstSize = Dense.Product(size, Absolute(a)), secondSize = Dense.Product(size, Absolute(b));

        double[,] matrix = new double[n + m, n + m], error = new double[n + m, n + m];
        double unit = 2.0 * (n + 6) * UnitRoundoff;
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double shift = 2.0 * rate * metricMatrix[i, j];
                matrix[i, j] = -(first[i, j] + first[j, i]) - shift;
                error[i, j] = unit * (firstSize[i, j] + firstSize[j, i] + Math.Abs(shift));
            }
        for (int k = 0; k < m; k++)
        {
            if (!(multipliers[k] > 0.0) || !double.IsFinite(multipliers[k])) return false;
            for (int j = 0; j < n; j++)
            {
                double sector = slopes[k] * c[k, j] * multipliers[k];
                matrix[n + k, j] = -(second[j, k] + sector);
                error[n + k, j] = unit * (secondSize[j, k] + Math.Abs(sector));
            }
            matrix[n + k, n + k] = 2.0 * multipliers[k];
        }
        return PositiveDefinite.IsProved(matrix, error);
    }

    private static bool IsProved(double[,] product, double[,] size, double[,] metric, double rate, int terms)
    {
        int n = metric.GetLength(0);
        double[,] matrix = new double[n, n], error = new double[n, n];
        double unit = 2.0 * (terms + 6) * UnitRoundoff;
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double shift = 2.0 * rate * metric[i, j];
                matrix[i, j] = -(product[i, j] + product[j, i]) - shift;
                error[i, j] = unit * (size[i, j] + size[j, i] + Math.Abs(shift));
            }
        return PositiveDefinite.IsProved(matrix, error);
    }

    private static double[,] Absolute(double[,] a) => Dense.Build(a.GetLength(0), a.GetLength(1), (i, j) => Math.Abs(a[i, j]));

    private static double[,] ScaledColumns(double[,] a, double[] factors) =>
        Dense.Build(a.GetLength(0), a.GetLength(1), (i, j) => a[i, j] * factors[j]);
}
