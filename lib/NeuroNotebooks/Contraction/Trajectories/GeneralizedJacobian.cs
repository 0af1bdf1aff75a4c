using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Contraction;

/// <summary>The Jacobian of a flow in coordinates that move: displacements δz = Θ δx obey δz' = F δz.</summary>
/// <remarks>
/// With M = ΘᵀΘ, F + Fᵀ below zero means that lengths in M shrink. Source: Lohmiller, Slotine, Automatica 34:683 (1998).
/// </remarks>
public static class GeneralizedJacobian
{
    /// <summary>F = (Θ' + Θ J) Θ⁻¹.</summary>
    /// <param name="theta">Θ, n × n, invertible.</param>
    /// <param name="change">Θ' along the flow, n × n, finite, 1/time.</param>
    /// <param name="jacobian">J, n × n, finite, 1/time.</param>
    /// <returns>n × n, 1/time.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or Θ is singular in floating point.</exception>
    public static double[,] Of(double[,] theta, double[,] change, double[,] jacobian)
    {
        Require.Matrix(theta);
        int n = theta.GetLength(0);
        Require.Shape(change, n, n);
        Require.Shape(jacobian, n, n);
        Matrix<double> frame = Matrix<double>.Build.DenseOfArray(theta);
        Matrix<double> moved = Matrix<double>.Build.DenseOfArray(change) + frame * Matrix<double>.Build.DenseOfArray(jacobian);
        // F Θ = moved, transposed so that Θᵀ is what is solved with
        double[,] result = frame.Transpose().LU().Solve(moved.Transpose()).Transpose().ToArray();
        foreach (double entry in result)
            if (!double.IsFinite(entry)) throw new ArgumentException("theta is singular: expected an invertible matrix.", nameof(theta));
        return result;
    }
}
