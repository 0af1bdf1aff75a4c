using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Numerics;

/// <summary>Gauss-Hermite quadrature: averages over a normal number of mean 0 and standard deviation 1.</summary>
public static class NormalQuadrature
{
    /// <summary>The most nodes: beyond, the outermost weights leave the range of a double.</summary>
    public const int MostNodes = 200;

    /// <summary>Points and weights for which Σ w f(x) is the average of f, exactly for polynomials of degree below 2 n.</summary>
    /// <param name="nodes">n, from 1 to <see cref="MostNodes"/>.</param>
    /// <returns>Points in rising order, and weights that sum to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of nodes is out of its range.</exception>
    /// <remarks>The eigenvalues of the recurrence matrix of the Hermite polynomials. Source: Golub and Welsch, Math. Comp. 23:221 (1969).</remarks>
    public static (ImmutableArray<double> Points, ImmutableArray<double> Weights) Rule(int nodes)
    {
        Require.InRange(nodes, 1, MostNodes);
        var recurrence = Matrix<double>.Build.Dense(nodes, nodes, (i, j) => Math.Abs(i - j) == 1 ? Math.Sqrt(Math.Max(i, j)) : 0.0);
        var eigen = recurrence.Evd(Symmetricity.Symmetric);
        int[] order = [.. Enumerable.Range(0, nodes).OrderBy(k => eigen.EigenValues[k].Real)];
        return (
            [.. order.Select(k => eigen.EigenValues[k].Real)],
            [.. order.Select(k => eigen.EigenVectors[0, k] * eigen.EigenVectors[0, k])]);
    }
}
