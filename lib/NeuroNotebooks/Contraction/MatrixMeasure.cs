using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Matrix measures (logarithmic norms): the fastest rate at which two neighbouring states of x' = A x can part in a norm.</summary>
/// <remarks>
/// μ(A) is the derivative of ‖I + h A‖ at h = 0. It bounds the spectrum, −μ(−A) ≤ Re λ ≤ μ(A), and the flow, ‖exp(A t)‖ ≤ exp(μ(A) t).
/// Below zero for every Jacobian of a system, the system contracts in that norm. Weights are those of <see cref="Norm"/>. Sources:
/// Desoer and Vidyasagar, Feedback Systems (1975), ch. II; Lohmiller and Slotine, Automatica 34:683 (1998).
/// </remarks>
public static class MatrixMeasure
{
    /// <summary>The measure in a plain norm.</summary>
    /// <param name="A">n × n, finite, in 1/time.</param>
    /// <param name="norm">The norm.</param>
    /// <returns>
    /// L1: max over columns of a_jj + Σ |a_ij|; LInfinity: the same over rows; L2: the largest eigenvalue of (A + Aᵀ)/2. In the unit of A.
    /// </returns>
    public static double Of(double[,] A, Norm norm)
    {
        Require.Matrix(A);
        return Scaled(A, Known(norm));
    }

    /// <summary>The measure in a weighted norm.</summary>
    /// <param name="A">n × n, finite, in 1/time.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="weights">Weights as <see cref="Norm"/> defines them, n, above zero.</param>
    public static double Of(double[,] A, Norm norm, params ReadOnlySpan<double> weights) =>
        Scaled(InWeightedCoordinates(A, norm, weights), norm);

    /// <summary>The measure in a quadratic metric: the largest eigenvalue of the symmetric part of Θ A Θ⁻¹, M = Θᵀ Θ.</summary>
    /// <param name="A">n × n, finite, in 1/time.</param>
    /// <param name="metric">The metric, of dimension n.</param>
    public static double Of(double[,] A, Metric metric)
    {
        Require.NotNull(metric);
        return Scaled(metric.InOwnCoordinates(A), Norm.L2);
    }

    /// <summary>The induced norm of A in a weighted norm: the largest ‖A x‖ / ‖x‖.</summary>
    /// <param name="A">n × n, finite.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="weights">Weights as <see cref="Norm"/> defines them, n, above zero; all 1 if left out.</param>
    public static double InducedNorm(double[,] A, Norm norm, params ReadOnlySpan<double> weights)
    {
        Require.Matrix(A);
        double[,] scaled = weights.IsEmpty && Known(norm) == norm ? A : InWeightedCoordinates(A, norm, weights);
        int n = scaled.GetLength(0);
        return norm switch
        {
            Norm.L2 => Spectrum.Norm(scaled),
            Norm.L1 => Enumerable.Range(0, n).Max(j => Enumerable.Range(0, n).Sum(i => Math.Abs(scaled[i, j]))),
            _ => Enumerable.Range(0, n).Max(i => Enumerable.Range(0, n).Sum(j => Math.Abs(scaled[i, j]))),
        };
    }

    internal static Norm Known(Norm norm) => Enum.IsDefined(norm)
        ? norm
        : throw new ArgumentOutOfRangeException(nameof(norm), norm, $"norm is {norm}: expected L1, L2 or LInfinity.");

    private static double[,] InWeightedCoordinates(double[,] A, Norm norm, ReadOnlySpan<double> weights)
    {
        Require.Matrix(A);
        int n = A.GetLength(0);
        Require.Length(n, weights.Length, nameof(weights), "row of A");
        for (int i = 0; i < n; i++) Require.Positive(weights[i], $"weights[{i}]");
        double[] w = weights.ToArray(), theta = Known(norm) switch
        {
            Norm.L1 => w,
            Norm.L2 => [.. w.Select(Math.Sqrt)],
            _ => [.. w.Select(weight => 1.0 / weight)],
        };
        return Dense.Build(n, n, (i, j) => i == j ? A[i, j] : A[i, j] * (theta[i] / theta[j]));
    }

    private static double Scaled(double[,] A, Norm norm)
    {
        int n = A.GetLength(0);
        if (norm == Norm.L2) return SymmetricEigen.Values(Spectrum.SymmetricPart(A), n)[n - 1];
        double largest = double.NegativeInfinity;
        for (int i = 0; i < n; i++)
        {
            double sum = A[i, i];
            for (int j = 0; j < n; j++)
                if (j != i) sum += Math.Abs(norm == Norm.L1 ? A[j, i] : A[i, j]);
            largest = Math.Max(largest, sum);
        }
        return largest;
    }
}
