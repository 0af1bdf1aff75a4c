using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Numerics;

/// <summary>A direction in the space of parameters, and how strongly the residuals answer to it.</summary>
/// <param name="Stiffness">Length of the change of the residuals for a unit step along the direction.</param>
/// <param name="Direction">The unit step; its largest entry is above zero.</param>
public sealed record FitDirection(double Stiffness, ImmutableArray<double> Direction);

/// <summary>Where a least-squares fit ended, and what the data say about each parameter there.</summary>
/// <param name="Parameters">The best point.</param>
/// <param name="Cost">Σ r² there.</param>
/// <param name="Residuals">r there.</param>
/// <param name="Jacobian">∂r/∂parameter there.</param>
/// <param name="Settled">Whether it stopped because nothing changed any more, rather than out of rounds.</param>
/// <param name="Log">The lowest cost after each evaluation.</param>
public sealed record LeastSquaresFit(
    ImmutableArray<double> Parameters, double Cost, ImmutableArray<double> Residuals, double[,] Jacobian, bool Settled,
    ImmutableArray<FitStep> Log)
{
    /// <summary>∂r/∂parameter at the best point.</summary>
    public double[,] Jacobian { get; init; } = Checked(Jacobian);

    /// <summary>
    /// The standard error of each parameter if the residuals are in units of their noise: √ of the diagonal of (JᵀJ)⁻¹; infinite where the
    /// data do not tell.
    /// </summary>
    public double[] StandardErrors()
    {
        double[] errors = new double[Jacobian.GetLength(1)];
        foreach (FitDirection direction in Directions())
            for (int i = 0; i < errors.Length; i++)
                errors[i] += direction.Direction[i] == 0.0 ? 0.0 : Math.Pow(direction.Direction[i] / direction.Stiffness, 2.0);
        return [.. errors.Select(Math.Sqrt)];
    }

    /// <summary>The directions from the stiffest to the sloppiest: the singular vectors of the Jacobian.</summary>
    /// <remarks>Source: Gutenkunst et al., PLoS Comput. Biol. 3:e189 (2007).</remarks>
    public ImmutableArray<FitDirection> Directions()
    {
        var svd = Matrix<double>.Build.DenseOfArray(Jacobian).Svd();
        return [.. Enumerable.Range(0, Jacobian.GetLength(1)).Select(k =>
        {
            double[] direction = [.. svd.VT.Row(k)];
            double sign = direction.MaxBy(Math.Abs) < 0.0 ? -1.0 : 1.0;
            return new FitDirection(k < svd.S.Count ? svd.S[k] : 0.0, [.. direction.Select(part => sign * part)]);
        })];
    }

    private static double[,] Checked(double[,] Jacobian)
    {
        Require.NotEmpty(Jacobian);
        Require.Finite(Jacobian);
        return Jacobian;
    }
}
