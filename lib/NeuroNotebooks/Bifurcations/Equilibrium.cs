using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;
using Complex = System.Numerics.Complex;

namespace NeuroNotebooks.Bifurcations;

/// <summary>A state that does not move, and how its surroundings do.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="State">The state.</param>
/// <param name="Eigenvalues">Of ∂f/∂x, 1/time, real parts descending.</param>
public sealed record Equilibrium(
    ImmutableArray<double> Parameters, ImmutableArray<double> State, ImmutableArray<Complex> Eigenvalues)
{
    /// <summary>Of ∂f/∂x, 1/time, real parts descending.</summary>
    public ImmutableArray<Complex> Eigenvalues { get; init; } = Require.Some(Eigenvalues, nameof(Eigenvalues));

    /// <summary>Whether every eigenvalue has a real part below zero.</summary>
    public bool IsStable => Eigenvalues[0].Real < 0.0;

    /// <summary>How many eigenvalues have a real part above zero.</summary>
    public int UnstableCount => Eigenvalues.Count(value => value.Real > 0.0);

    /// <summary>The imaginary part of the complex pair nearest to the imaginary axis, 1/time; 0 if all eigenvalues are real.</summary>
    public double Frequency => Eigenvalues.Where(value => value.Imaginary > 0.0).OrderBy(value => Math.Abs(value.Real))
        .Select(value => value.Imaginary).FirstOrDefault();

    /// <summary>The equilibrium next to a guess, by Newton's method.</summary>
    /// <param name="model">The model.</param>
    /// <param name="guess">Where to start, one number a variable, finite.</param>
    /// <param name="parameters">The parameters, finite.</param>
    /// <exception cref="ArgumentException">An argument has another length, or is not finite.</exception>
    /// <exception cref="InvalidOperationException">Newton's method does not settle from this guess.</exception>
    public static Equilibrium Find(OdeModel model, ReadOnlySpan<double> guess, ReadOnlySpan<double> parameters)
    {
        Require.NotNull(model);
        model.Check(guess, nameof(guess), parameters, nameof(parameters));
        int n = model.Dimension;
        double[] x = guess.ToArray(), slope = new double[n];
        for (int round = 0; round < 50; round++)
        {
            model.Evaluate(x, parameters, slope);
            var jacobian = new double[n, n];
            model.Differentiate(x, parameters, jacobian);
            var move = Matrix<double>.Build.DenseOfArray(jacobian).Solve(Vector<double>.Build.Dense(slope));
            double size = Enumerable.Range(0, n).Max(i => Math.Abs(move[i]) / model.Scales[i]);
            if (!double.IsFinite(size)) break;
            double part = Math.Min(1.0, 0.5 / size);
            for (int i = 0; i < n; i++) x[i] -= part * move[i];
            if (size < 1e-11) return At(model, x, parameters);
        }
        throw new InvalidOperationException("Newton's method found no equilibrium from this guess in 50 rounds: start closer, or simulate first.");
    }

    internal static Equilibrium At(OdeModel model, ReadOnlySpan<double> state, ReadOnlySpan<double> parameters)
    {
        var jacobian = new double[model.Dimension, model.Dimension];
        model.Differentiate(state, parameters, jacobian);
        return new Equilibrium([.. parameters], [.. state], [.. Sorted(jacobian)]);
    }

    internal static IEnumerable<Complex> Sorted(double[,] jacobian) =>
        Spectrum.Eigenvalues(jacobian).OrderByDescending(value => value.Real).ThenByDescending(value => value.Imaginary);
}
