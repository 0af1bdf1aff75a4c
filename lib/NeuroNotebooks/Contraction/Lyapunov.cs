using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>The metric of a linear system from its Lyapunov equation, and coordinates that move.</summary>
public static class Lyapunov
{
    /// <summary>The P with Aᵀ P + P A = −Q, in which x' = A x loses xᵀ Q x of energy.</summary>
    /// <param name="A">n × n, Hurwitz.</param>
    /// <param name="Q">n × n, symmetric positive definite; the identity if left out.</param>
    /// <exception cref="ArgumentException">A is not Hurwitz (the message names its abscissa), or Q is not positive definite.</exception>
    /// <remarks>
    /// Cayley's transform and Smith's doubling, with one correction by the residual. Source: Smith, SIAM J. Appl. Math. 16:198 (1968).
    /// </remarks>
    public static Metric Metric(double[,] A, double[,]? Q = null)
    {
        Require.Matrix(A);
        int n = A.GetLength(0);
        double[,] q = Q ?? Dense.Identity(n);
        Require.Shape(q, n, n, nameof(Q));
        _ = Contraction.Metric.Of(q);
        double[] rates = [.. Spectrum.Eigenvalues(A).Select(value => -value.Real)];
        if (!(rates.Min() > 0.0))
            throw new ArgumentException($"A is not Hurwitz: its spectral abscissa is {-rates.Min():g6}; it must be below zero.", nameof(A));

        double shift = Math.Sqrt(rates.Min() * Math.Max(rates.Max(), Spectrum.Radius(A)));
        Matrix<double> a = Matrix<double>.Build.DenseOfArray(A), right = Matrix<double>.Build.DenseOfArray(q);
        Matrix<double> p = Solve(a, right, shift);
        p += Solve(a, right + a.TransposeThisAndMultiply(p) + p * a, shift);
        return Contraction.Metric.Of((0.5 * (p + p.Transpose())).ToArray());
    }

    /// <summary>The Jacobian in moving coordinates z = Θ(x, t) δx: F = (Θ' + Θ J) Θ⁻¹.</summary>
    /// <param name="theta">Θ, n × n, invertible.</param>
    /// <param name="jacobian">J, n × n, 1/time.</param>
    /// <param name="thetaRate">Θ', n × n, 1/time; zero if left out.</param>
    /// <returns>F, n × n: the system contracts in Θᵀ Θ where its symmetric part is negative definite.</returns>
    /// <exception cref="ArgumentException">Θ is singular, or a shape does not fit.</exception>
    public static double[,] GeneralizedJacobian(double[,] theta, double[,] jacobian, double[,]? thetaRate = null)
    {
        Require.Matrix(theta);
        int n = theta.GetLength(0);
        Require.Shape(jacobian, n, n);
        double[,] moved = Dense.Product(theta, jacobian);
        if (thetaRate is not null)
        {
            Require.Shape(thetaRate, n, n);
            moved = Dense.Sum(moved, thetaRate);
        }
        // F Θ = moved, solved as Θᵀ Fᵀ = movedᵀ
        double[,] f = Matrix<double>.Build.DenseOfArray(theta).Transpose().LU()
            .Solve(Matrix<double>.Build.DenseOfArray(moved).Transpose()).Transpose().ToArray();
        if (f.Cast<double>().Any(entry => !double.IsFinite(entry)))
            throw new ArgumentException("theta is singular: coordinates must be invertible.", nameof(theta));
        return f;
    }

    // P = R + Sᵀ R S + … with S = (p − A)⁻¹ (p + A), R = 2p (p − A)⁻ᵀ Q (p − A)⁻¹, twice as many terms a round
    private static Matrix<double> Solve(Matrix<double> a, Matrix<double> q, double shift)
    {
        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(a.RowCount);
        Matrix<double> inverse = (identity * shift - a).Inverse(), s = inverse * (identity * shift + a);
        Matrix<double> p = 2.0 * shift * inverse.TransposeThisAndMultiply(q) * inverse;
        for (int round = 0; round < 60; round++)
        {
            Matrix<double> more = s.TransposeThisAndMultiply(p) * s;
            p += more;
            if (!(more.FrobeniusNorm() > 1e-17 * p.FrobeniusNorm())) break;
            s *= s;
        }
        return p;
    }
}
