using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>The five sufficient conditions of <see cref="ContractionTheorems"/>.</summary>
public enum NetworkTheorem
{
    /// <summary>g ρ(|W|) &lt; 1.</summary>
    AbsoluteValue,

    /// <summary>W = Wᵀ and g λ_max(W) &lt; 1.</summary>
    Symmetric,

    /// <summary>W = −P₁ Q P₂ with positive diagonals and Q ≻ 0.</summary>
    DiagonalDefiniteDiagonal,

    /// <summary>W triangular and g W_ii &lt; 1.</summary>
    Triangular,

    /// <summary>g σ_max(P^½ W P^−½) &lt; 1 for a positive diagonal P.</summary>
    SingularValue,
}

/// <summary>A theorem held against a network that meets its condition: the rate it promises and the one that all corners give.</summary>
/// <param name="Theorem">The theorem.</param>
/// <param name="Weights">W, n × n.</param>
/// <param name="Certified">The promised rate, 1/τ.</param>
/// <param name="Attained">Minus the largest measure over all 2ⁿ corners in the same metric, 1/τ: never below the promise.</param>
public sealed record TheoremTrial(NetworkTheorem Theorem, double[,] Weights, double Certified, double Attained)
{
    /// <summary>Draws a network that meets the theorem's condition, and tries the theorem on it.</summary>
    /// <param name="theorem">The theorem.</param>
    /// <param name="n">Neurons, 1 to 14.</param>
    /// <param name="random">The numbers.</param>
    /// <exception cref="NotContractingException">The theorem does not certify the draw: a defect of the library.</exception>
    public static TheoremTrial Draw(NetworkTheorem theorem, int n, Philox random)
    {
        Require.InRange(n, 1, JacobianFamily.MostCorners);
        Require.Defined(theorem);
        double[,] w = WeightsFor(theorem, n, random);
        TheoremResult result = theorem switch
        {
            NetworkTheorem.AbsoluteValue => ContractionTheorems.AbsoluteValue(w),
            NetworkTheorem.Symmetric => ContractionTheorems.Symmetric(w),
            NetworkTheorem.DiagonalDefiniteDiagonal => ContractionTheorems.DiagonalDefiniteDiagonal(w),
            NetworkTheorem.Triangular => ContractionTheorems.Triangular(w),
            _ => ContractionTheorems.SingularValue(w),
        };
        ContractionCertificate certificate = result.OrThrow();
        return new TheoremTrial(theorem, w, certificate.Rate, -certificate.Family.Worst(certificate.Metric!).Measure);
    }

    /// <summary>A symmetric matrix with given eigenvalues in a random basis.</summary>
    /// <param name="eigenvalues">At least one, finite.</param>
    /// <param name="random">The numbers.</param>
    public static double[,] SymmetricWith(ReadOnlySpan<double> eigenvalues, Philox random)
    {
        if (eigenvalues.IsEmpty) throw new ArgumentException("eigenvalues is empty: expected at least one.", nameof(eigenvalues));
        Require.Finite(eigenvalues);
        int n = eigenvalues.Length;
        double[] values = eigenvalues.ToArray();
        double[,] basis = Matrix<double>.Build.DenseOfArray(Normals(n, random)).QR().Q.ToArray();
        double[,] matrix = Dense.Build(n, n, (i, j) => Enumerable.Range(0, n).Sum(k => basis[i, k] * values[k] * basis[j, k]));
        return Dense.Build(n, n, (i, j) => 0.5 * (matrix[i, j] + matrix[j, i]));
    }

    private static double[,] WeightsFor(NetworkTheorem theorem, int n, Philox random)
    {
        double[,] a = Normals(n, random);
        var sizes = new double[2 * n + 1];
        random.Child(2).Uniforms(sizes);
        double top = 0.2 + 0.75 * sizes[2 * n];
        switch (theorem)
        {
            case NetworkTheorem.AbsoluteValue:
                double radius = Spectrum.Radius(Dense.Build(n, n, (i, j) => i == j ? Math.Max(a[i, i], 0.0) : Math.Abs(a[i, j])));
                return radius > 0.0 ? Dense.Scaled(a, top / radius) : a;
            case NetworkTheorem.Symmetric:
                return SymmetricWith([top, .. Enumerable.Range(1, n - 1).Select(i => top - 10.0 * sizes[i])], random);
            case NetworkTheorem.DiagonalDefiniteDiagonal:
                double[,] q = Dense.Sum(Dense.Product(Dense.Transpose(a), a), Dense.Identity(n), 0.2);
                return Dense.Build(n, n, (i, j) => -(0.5 + sizes[i]) * q[i, j] * (0.5 + sizes[n + j]));
            case NetworkTheorem.Triangular:
                return Dense.Build(n, n, (i, j) => i > j ? a[i, j] : i == j ? top - sizes[i] : 0.0);
            default:
                return SvdModule.Draw(n, random).Weights;
        }
    }

    private static double[,] Normals(int n, Philox random)
    {
        var matrix = new double[n, n];
        random.Child(1).Normals(matrix.AsSpan());
        return matrix;
    }
}
