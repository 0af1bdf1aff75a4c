using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>How strongly monotone the pseudo-gradient F(x) = (I − W) x − u is in the norm of a diagonal P.</summary>
/// <param name="P">The diagonal: the certificate of diagonal stability if there is one, else all 1.</param>
/// <param name="Modulus">
/// μ_P = λ_min of the symmetric part of P^½ (I − W) P^−½. Above zero, the projected pseudo-gradient flow x' = Π(u − (I − W) x) closes in on
/// its rest state at this rate, per unit of time.
/// </param>
/// <param name="Lipschitz">L_P = ‖P^½ (I − W) P^−½‖₂.</param>
public sealed record Monotonicity(ImmutableArray<double> P, double Modulus, double Lipschitz)
{
    /// <summary>2 μ_P / L_P²: below it, projected pseudo-gradient steps converge; not above zero if nothing is proved.</summary>
    public double GradientStepBound => 2.0 * Modulus / (Lipschitz * Lipschitz);

    /// <summary>1 / L_P: below it, extragradient steps converge if μ_P ≥ 0.</summary>
    public double ExtragradientStepBound => 1.0 / Lipschitz;

    /// <summary>The constants of a network.</summary>
    public static Monotonicity Of(FiringRateNetwork network)
    {
        Require.NotNull(network);
        int n = network.Count;
        double[,] interaction = network.Interaction();
        DiagonalStabilityResult test = DiagonalStability.Test(interaction);
        ImmutableArray<double> p = test.IsLds == Decision.Proved ? test.P : [.. Enumerable.Repeat(1.0, n)];
        var m = Matrix<double>.Build.Dense(n, n, (i, j) => -interaction[i, j] * Math.Sqrt(p[i] / p[j]));
        double modulus = ((m + m.Transpose()) * 0.5).Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real);
        return new Monotonicity(p, modulus, m.L2Norm());
    }
}
