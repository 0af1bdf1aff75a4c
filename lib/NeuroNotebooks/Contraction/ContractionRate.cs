using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Contraction rates of τ x' = −x + Φ(W x + u), for one τ and any activations with slopes between 0 and given bounds.</summary>
/// <remarks>
/// The rate in a norm is −max over D of μ(−I + D W), μ the norm's logarithmic norm and D all diagonal matrices of slopes. Source for the
/// weighted norms: Davydov, Proskurnikov, Bullo, Non-Euclidean contractivity of recurrent neural networks (ACC 2022), arXiv:2110.08298.
/// </remarks>
public static class ContractionRate
{
    /// <summary>The largest network for which the Euclidean rate is computed: it visits all 2¹² corners of the slopes.</summary>
    public const int LargestForL2 = 12;

    private const double SlackOfWeights = 1e-9;

    /// <summary>The best rate in a norm over all weights.</summary>
    /// <param name="W">Weights, n × n, finite.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="maxSlopes">The steepest slope of each activation, n, ≥ 0; all 1 if left out.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or the Euclidean rate is asked of more than 12 neurons.</exception>
    /// <remarks>
    /// Maximum norm: 1 − max(0, λ) with λ the spectral abscissa of the Metzler majorant, right Perron weights. Sum norm: the same with
    /// W_ii⁺ on the diagonal and left Perron weights. Both within about 1e-9. Euclidean norm: corners of the slopes are added to an
    /// interior-point search over the weights until no corner is worse, within about 1e-7.
    /// </remarks>
    public static ContractionCertificate Best(double[,] W, Norm norm, params ReadOnlySpan<double> maxSlopes)
    {
        double[,] steepest = Steepest(W, maxSlopes);
        double[] weights = norm switch
        {
            Norm.L1 => PerronWeights(Majorant(steepest, norm), left: true),
            Norm.LInfinity => PerronWeights(Majorant(steepest, norm), left: false),
            Norm.L2 => EuclideanWeights(steepest),
            _ => throw Unknown(norm),
        };
        return Certificate(steepest, norm, weights, "best weights");
    }

    /// <summary>The rate in a norm with given weights.</summary>
    /// <param name="W">Weights of the network, n × n, finite.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="weights">Weights of the norm, n, above zero.</param>
    /// <param name="maxSlopes">The steepest slope of each activation, n, ≥ 0; all 1 if left out.</param>
    public static ContractionCertificate Weighted(
        double[,] W, Norm norm, ReadOnlySpan<double> weights, params ReadOnlySpan<double> maxSlopes)
    {
        double[,] steepest = Steepest(W, maxSlopes);
        Require.Length(W.GetLength(0), weights.Length, nameof(weights), "neuron");
        for (int i = 0; i < weights.Length; i++) Require.Positive(weights[i], $"weights[{i}]");
        if (!Enum.IsDefined(norm)) throw Unknown(norm);
        return Certificate(steepest, norm, weights.ToArray(), "given weights");
    }

    /// <summary>The spectral abscissa λ behind the rates in the sum and the maximum norm: the rate is 1 − max(0, λ).</summary>
    /// <param name="W">Weights, n × n, finite.</param>
    /// <param name="norm">L1 or LInfinity.</param>
    /// <param name="maxSlopes">The steepest slope of each activation, n, ≥ 0; all 1 if left out.</param>
    public static double Abscissa(double[,] W, Norm norm, params ReadOnlySpan<double> maxSlopes)
    {
        if (norm is not (Norm.L1 or Norm.LInfinity))
            throw new ArgumentException($"norm is {norm}: only L1 and LInfinity have a Metzler majorant.", nameof(norm));
        return Abscissa(Majorant(Steepest(W, maxSlopes), norm));
    }

    private static ArgumentOutOfRangeException Unknown(Norm norm) =>
        new(nameof(norm), norm, $"norm is {norm}: expected L1, L2 or LInfinity.");

    private static ContractionCertificate Certificate(double[,] W, Norm norm, double[] weights, string method)
    {
        JacobianFamily family = JacobianFamily.Network(W, NetworkForm.FiringRate);
        if (norm != Norm.L2) return ContractionCertificate.Prove(family, norm, weights, method);
        RequireFewCorners(W);
        Metric metric = Metric.Diagonal(weights);
        return ContractionCertificate.Prove(family, metric, [], -family.Worst(metric).Measure, method)
            ?? throw new ArgumentException("The weights are so far apart that no rate can be proved in double precision.", nameof(weights));
    }

    // slopes up to d_i with weights W are slopes up to 1 with weights d_i W_ij
    private static double[,] Steepest(double[,] W, ReadOnlySpan<double> maxSlopes)
    {
        Require.Square(W);
        Require.Finite(W);
        if (maxSlopes.IsEmpty) return W;
        Require.Length(W.GetLength(0), maxSlopes.Length, nameof(maxSlopes), "neuron");
        var steepest = (double[,])W.Clone();
        for (int i = 0; i < maxSlopes.Length; i++)
        {
            Require.NotNegative(maxSlopes[i], $"maxSlopes[{i}]");
            for (int j = 0; j < maxSlopes.Length; j++) steepest[i, j] *= maxSlopes[i];
        }
        return steepest;
    }

    private static Matrix<double> Majorant(double[,] W, Norm norm) => Matrix<double>.Build.Dense(
        W.GetLength(0), W.GetLength(0), (i, j) => i != j ? Math.Abs(W[i, j]) : norm == Norm.L1 ? Math.Max(0.0, W[i, i]) : W[i, i]);

    private static double Abscissa(Matrix<double> matrix) => matrix.Evd().EigenValues.Max(value => value.Real);

    /// <summary>
    /// Weights with N w ≤ (λ + slack) w. Solving ((λ + slack) I − N) w = 1 gives positive ones even where the Perron vector has zeros.
    /// </summary>
    private static double[] PerronWeights(Matrix<double> majorant, bool left)
    {
        int n = majorant.RowCount;
        Matrix<double> side = left ? majorant.Transpose() : majorant;
        double slack = SlackOfWeights * (1.0 + majorant.InfinityNorm()), level = Abscissa(majorant) + slack;
        Vector<double> weights = (Matrix<double>.Build.DenseIdentity(n) * level - side).LU().Solve(Vector<double>.Build.Dense(n, 1.0));
        return [.. weights / weights.Maximum()];
    }

    private static double[] EuclideanWeights(double[,] W)
    {
        int n = W.GetLength(0);
        double[] weights = [.. Enumerable.Repeat(1.0, n)];
        var corners = new List<int>();
        var (corner, growth) = WorstCorner(W, weights);
        (double[] Weights, double Growth) best = (weights, growth);
        while (!corners.Contains(corner) && corners.Count < 1 << n)
        {
            corners.Add(corner);
            (weights, double attained) = BestWeights(W, corners, best);
            (corner, growth) = WorstCorner(W, weights);
            if (growth < best.Growth) best = (weights, growth);
            if (best.Growth <= attained + 1e-9) break;
        }
        return best.Weights;
    }

    /// <summary>
    /// Weights that nearly minimise the growth over some corners, by bisection on the growth: for each, a common diagonal Lyapunov matrix.
    /// </summary>
    private static (double[] Weights, double Growth) BestWeights(double[,] W, List<int> corners, (double[] Weights, double Growth) known)
    {
        int n = W.GetLength(0);
        var (low, high, weights) = (0.0, known.Growth, known.Weights);
        while (high - low > 1e-11 * (1.0 + high))
        {
            double level = 0.5 * (low + high);
            double[][,] family = [.. corners.Select(corner => Shifted(W, corner, level))];
            DiagonalLmiSolution solution = DiagonalLmi.Minimise(family, (upper, lower) => upper < 0.0 || lower > 0.0, gap: 1e-12);
            if (solution.Value < 0.0) (high, weights) = (level, solution.P);
            else low = level;
        }
        return (weights, low);

        static double[,] Shifted(double[,] W, int corner, double level)
        {
            int n = W.GetLength(0);
            var shifted = new double[n, n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) shifted[i, j] = (corner >> i & 1) * W[i, j] - (i == j ? level : 0.0);
            return shifted;
        }
    }

    private static void RequireFewCorners(double[,] W)
    {
        int n = W.GetLength(0);
        if (n > LargestForL2)
            throw new ArgumentException(
                $"W is {n} × {n}: the Euclidean rate visits 2^{n} corners of the slopes and stops at {LargestForL2} neurons; "
                + "use L1 or LInfinity, or QuadraticMetricSearch.", nameof(W));
    }

    /// <summary>
    /// The slopes, each 0 or 1, at which D W grows fastest in the weighted Euclidean norm. The growth is convex in D, so corners suffice.
    /// </summary>
    private static (int Corner, double Growth) WorstCorner(double[,] W, double[] w)
    {
        int n = w.Length;
        RequireFewCorners(W);
        double[] root = [.. w.Select(Math.Sqrt)], symmetric = new double[n * n];
        (int Corner, double Growth) worst = (0, 0.0);
        for (int corner = 1; corner < 1 << n; corner++)
        {
            for (int i = 0; i < n; i++)
                for (int j = 0; j <= i; j++)
                    symmetric[i * n + j] = symmetric[j * n + i] =
                        0.5 * (Slope(corner, i) * W[i, j] * root[i] / root[j] + Slope(corner, j) * W[j, i] * root[j] / root[i]);
            double growth = SymmetricEigen.Values(symmetric, n)[n - 1];
            if (growth > worst.Growth) worst = (corner, growth);
        }
        return worst;

        static double Slope(int corner, int i) => corner >> i & 1;
    }
}
