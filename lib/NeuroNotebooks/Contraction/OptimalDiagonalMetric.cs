using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>The best weights for a Metzler matrix (none below zero off the diagonal), in every norm at once.</summary>
/// <param name="Abscissa">The spectral abscissa: no norm has a smaller measure.</param>
/// <param name="Right">v, above zero: the weights of the maximum norm.</param>
/// <param name="Left">w, above zero: the weights of the sum norm.</param>
/// <param name="Metric">diag(w_i / v_i): the quadratic metric.</param>
/// <param name="IsIrreducible">Whether v and w are Perron vectors, so that all three norms reach the abscissa.</param>
/// <remarks>
/// Irreducible matrices: Perron vectors. Reducible ones may have no positive Perron vector: there ξ and η with −A ξ = 1 and −Aᵀ η = 1 take
/// the place of v and w, and any Hurwitz A gets a negative measure. Source: Berman and Plemmons, Nonnegative Matrices (1979), ch. 6.
/// </remarks>
public sealed record OptimalDiagonalMetric(
    double Abscissa, ImmutableArray<double> Right, ImmutableArray<double> Left, Metric Metric, bool IsIrreducible)
{
    /// <summary>Finds the weights.</summary>
    /// <param name="A">n × n, finite, no entry off the diagonal below zero.</param>
    /// <exception cref="ArgumentException">An entry off the diagonal is negative, or A is reducible and not Hurwitz.</exception>
    public static OptimalDiagonalMetric Of(double[,] A)
    {
        Require.Matrix(A);
        int n = A.GetLength(0);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (i != j && A[i, j] < 0.0)
                    throw new ArgumentException($"A[{i}, {j}] is {A[i, j]}: a Metzler matrix has none below zero off the diagonal.", nameof(A));

        double abscissa = Spectrum.Abscissa(A);
        bool irreducible = StrongComponents.Of(A).Count == 1;
        if (!irreducible && !(abscissa < 0.0))
            throw new ArgumentException($"A is reducible and its spectral abscissa is {abscissa:g6}: weights exist for abscissas below zero.", nameof(A));
        double level = irreducible ? abscissa + 1e-10 * (1.0 + Dense.LargestEntry(A)) : 0.0;
        double[] right = Positive(A, level), left = Positive(Dense.Transpose(A), level);
        double[] weights = [.. left.Zip(right, (w, v) => w / v)];
        if (!weights.All(weight => weight > 0.0 && double.IsFinite(weight)))
            throw new ArgumentException("A is too ill-scaled for positive weights in double precision.", nameof(A));
        return new OptimalDiagonalMetric(abscissa, [.. right], [.. left], Metric.Diagonal(weights), irreducible);
    }

    // (level − A)⁻¹ 1 is above zero for every level above the abscissa, and close to it a multiple of the Perron vector
    private static double[] Positive(double[,] A, double level)
    {
        int n = A.GetLength(0);
        Matrix<double> shifted = Matrix<double>.Build.Dense(n, n, (i, j) => (i == j ? level : 0.0) - A[i, j]);
        Vector<double> solution = shifted.LU().Solve(Vector<double>.Build.Dense(n, 1.0));
        return [.. solution / solution.Maximum()];
    }
}
