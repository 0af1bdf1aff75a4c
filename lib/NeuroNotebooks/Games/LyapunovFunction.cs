using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>The function V that proves a diagonally stable network with equal time constants globally exponentially stable.</summary>
/// <remarks>
/// <code>
/// V = ε/2 |e|² + Σ_i p_i ∫ from y*_i to y_i of (φ_i(s) − φ_i(y*_i)) ds,     y = W x + u,  e = y − y*
/// dV/dt ≤ −(Rate) V,     Rate = ε/(ε + p_max)/τ,     ε = κ/‖W‖²,     κ = −½ λ_max(P A + Aᵀ P)
/// </code>
/// Source: derived; a Lur'e-Postnikov function.
/// </remarks>
public sealed class LyapunovFunction
{
    private readonly FiringRateNetwork network;
    private readonly double[] restInput, restRate;
    private readonly double epsilon;
    private readonly ImmutableArray<double> p;

    private LyapunovFunction(FiringRateNetwork network, double[] rest, ImmutableArray<double> p, double epsilon)
    {
        (this.network, this.p, this.epsilon) = (network, p, epsilon);
        restInput = [.. Enumerable.Range(0, network.Count).Select(i => network.InputOf(i, rest))];
        restRate = [.. restInput.Select((y, i) => network.Activations[i].Phi(y))];
        Rate = epsilon / (epsilon + p.Max()) / network.TimeConstants[0];
    }

    /// <summary>V falls at least like exp(−Rate t), per unit of time.</summary>
    public double Rate { get; }

    /// <summary>The function for a network and its rest state.</summary>
    /// <param name="network">Equal time constants, W − I diagonally stable, W not zero.</param>
    /// <param name="rest">The rest state, n; its residual must be at most 1e-6.</param>
    /// <exception cref="ArgumentException">
    /// The time constants differ, the network is not proved diagonally stable, or rest is none.
    /// </exception>
    public static LyapunovFunction Of(FiringRateNetwork network, ReadOnlySpan<double> rest)
    {
        Require.NotNull(network);
        if (network.TimeConstants.Any(tau => tau != network.TimeConstants[0]))
            throw new ArgumentException(
                "the time constants differ: V proves global stability for equal ones only (local stability holds for any).",
                nameof(network));
        Require.Length(network.Count, rest.Length, nameof(rest), "neuron");
        if (network.Residual(rest) is var residual && !(residual <= 1e-6))
            throw new ArgumentException($"rest is no rest state: its residual is {residual:g3}, expected at most 1e-6.", nameof(rest));
        DiagonalStabilityResult test = DiagonalStability.Test(network.Interaction());
        if (test.IsLds != Decision.Proved || !(test.Margin > 0.0))
            throw new ArgumentException($"the network has no certificate to build V from: {test}", nameof(network));

        double norm = Matrix<double>.Build.DenseOfArray(network.Weights()).L2Norm();
        if (norm == 0.0)
            throw new ArgumentException("W is zero: the neurons do not interact, every one relaxes at rate 1/τ.", nameof(network));
        return new LyapunovFunction(network, rest.ToArray(), test.P, 0.5 * test.Margin / (norm * norm));
    }

    /// <summary>V at rates x, n; zero at the rest state.</summary>
    public double At(ReadOnlySpan<double> x)
    {
        Require.Length(network.Count, x.Length, nameof(x), "neuron");
        double v = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            Activation activation = network.Activations[i];
            double y = network.InputOf(i, x), e = y - restInput[i];
            double area = activation.Primitive(y) - activation.Primitive(restInput[i]) - restRate[i] * e;
            v += 0.5 * epsilon * e * e + p[i] * Math.Max(0.0, area);
        }
        return v;
    }

    /// <summary>V along a trajectory, one value per recorded time.</summary>
    public double[] Along(Trajectory trajectory)
    {
        Require.NotNull(trajectory);
        Require.Length(network.Count, trajectory.End.Length, nameof(trajectory), "neuron");
        return [.. trajectory.States.Select(state => At(state.AsSpan()))];
    }
}
