using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>What a neuron does to those it projects to: all its weights have one sign (Dale's law).</summary>
public enum NeuronType
{
    /// <summary>Outgoing weights ≥ 0.</summary>
    Excitatory,

    /// <summary>Outgoing weights ≤ 0.</summary>
    Inhibitory,
}

/// <summary>A firing-rate network, which is also a game that its neurons play. Immutable.</summary>
/// <remarks>
/// <code>
/// τ_i x_i' = −x_i + φ_i(y_i),     y_i = Σ_j W_ij x_j + u_i
/// </code>
/// x_i firing rate, u_i drive, y_i net input (all a.u.), W_ij dimensionless weight from j to i, τ_i time constant (unit of time).
/// Neurons are numbered from 0. Source: Betteti et al., arXiv:2512.05252.
/// </remarks>
public sealed partial class FiringRateNetwork
{
    private readonly double[] weights;      // row-major: weights[i * Count + j] is from j to i

    /// <summary>A network from its weights, drives, activations and time constants.</summary>
    /// <param name="W">Weights, n × n, W[i, j] from j to i, finite.</param>
    /// <param name="u">Drives, n, finite.</param>
    /// <param name="phi">Activations, n.</param>
    /// <param name="tau">Time constants, n, above zero.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or an entry is not finite; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time constant is zero or below.</exception>
    public FiringRateNetwork(double[,] W, double[] u, Activation[] phi, double[] tau)
    {
        Require.Square(W);
        Require.Finite(W);
        Require.NotNull(u);
        Require.NotNull(phi);
        Require.NotNull(tau);
        Count = W.GetLength(0);
        if (Count == 0) throw new ArgumentException("W is 0 × 0: expected at least one neuron.", nameof(W));
        Require.Length(Count, u.Length, nameof(u), "neuron");
        Require.Length(Count, phi.Length, nameof(phi), "neuron");
        Require.Length(Count, tau.Length, nameof(tau), "neuron");
        Require.Finite(u);
        for (int i = 0; i < Count; i++)
        {
            Require.NotNull(phi[i], $"phi[{i}]");
            Require.Positive(tau[i], $"tau[{i}]");
        }

        weights = [.. W.Cast<double>()];
        (Drive, Activations, TimeConstants) = ([.. u], [.. phi], [.. tau]);
        Labels = [.. Enumerable.Range(0, Count).Select(i => $"{i}")];
    }

    /// <summary>A network whose neurons share one activation and one time constant.</summary>
    /// <inheritdoc cref="FiringRateNetwork(double[,], double[], Activation[], double[])"/>
    public FiringRateNetwork(double[,] W, double[] u, Activation phi, double tau = 1.0)
        : this(W, u, [.. Enumerable.Repeat(phi, u?.Length ?? 0)], [.. Enumerable.Repeat(tau, u?.Length ?? 0)])
    {
    }

    private FiringRateNetwork(FiringRateNetwork source)
    {
        (weights, Count, Drive, Activations) = (source.weights, source.Count, source.Drive, source.Activations);
        (TimeConstants, Labels, Types) = (source.TimeConstants, source.Labels, source.Types);
    }

    /// <summary>How many neurons.</summary>
    public int Count { get; }

    /// <summary>u, one per neuron, a.u.</summary>
    public ImmutableArray<double> Drive { get; private init; }

    /// <summary>φ, one per neuron.</summary>
    public ImmutableArray<Activation> Activations { get; private init; }

    /// <summary>τ, one per neuron.</summary>
    public ImmutableArray<double> TimeConstants { get; private init; }

    /// <summary>What the neurons are called in messages and figures; their numbers unless given.</summary>
    public ImmutableArray<string> Labels { get; private init; }

    /// <summary>Which neurons excite and which inhibit; empty when the network does not say.</summary>
    public ImmutableArray<NeuronType> Types { get; private init; } = [];

    /// <summary>The weight from neuron <paramref name="j"/> to neuron <paramref name="i"/>.</summary>
    public double Weight(int i, int j)
    {
        Require.InRange(i, 0, Count - 1);
        Require.InRange(j, 0, Count - 1);
        return weights[i * Count + j];
    }

    /// <summary>A copy of W, n × n.</summary>
    public double[,] Weights()
    {
        var copy = new double[Count, Count];
        Buffer.BlockCopy(weights, 0, copy, 0, sizeof(double) * weights.Length);
        return copy;
    }

    /// <summary>W − I, the matrix whose diagonal stability proves one equilibrium.</summary>
    public double[,] Interaction()
    {
        double[,] a = Weights();
        for (int i = 0; i < Count; i++) a[i, i] -= 1.0;
        return a;
    }

    /// <summary>The same network with another drive.</summary>
    public FiringRateNetwork WithDrive(params ReadOnlySpan<double> u)
    {
        Require.Length(Count, u.Length, nameof(u), "neuron");
        Require.Finite(u);
        return new FiringRateNetwork(this) { Drive = [.. u] };
    }

    /// <summary>The same network with other time constants.</summary>
    public FiringRateNetwork WithTimeConstants(params ReadOnlySpan<double> tau)
    {
        Require.Length(Count, tau.Length, nameof(tau), "neuron");
        for (int i = 0; i < tau.Length; i++) Require.Positive(tau[i], $"tau[{i}]");
        return new FiringRateNetwork(this) { TimeConstants = [.. tau] };
    }

    /// <summary>The same network with one activation for all neurons.</summary>
    public FiringRateNetwork WithActivation(Activation phi)
    {
        Require.NotNull(phi);
        return new FiringRateNetwork(this) { Activations = [.. Enumerable.Repeat(phi, Count)] };
    }

    /// <summary>The same network with names for its neurons.</summary>
    public FiringRateNetwork WithLabels(params ReadOnlySpan<string> labels)
    {
        Require.Length(Count, labels.Length, nameof(labels), "neuron");
        return new FiringRateNetwork(this) { Labels = [.. labels] };
    }

    /// <summary>The same network, checked to obey Dale's law with these types.</summary>
    /// <exception cref="ArgumentException">A weight has the wrong sign; the message names its row and column.</exception>
    public FiringRateNetwork WithTypes(params ReadOnlySpan<NeuronType> types)
    {
        Require.Length(Count, types.Length, nameof(types), "neuron");
        for (int j = 0; j < Count; j++)
            for (int i = 0; i < Count; i++)
                if (types[j] == NeuronType.Excitatory ? weights[i * Count + j] < 0.0 : weights[i * Count + j] > 0.0)
                    throw new ArgumentException(
                        $"W[{i}, {j}] = {weights[i * Count + j]} breaks Dale's law: neuron {j} ({Labels[j]}) is "
                        + (types[j] == NeuronType.Excitatory ? "excitatory" : "inhibitory")
                        + $", so column {j} must be {(types[j] == NeuronType.Excitatory ? "≥ 0" : "≤ 0")} (row {i}).",
                        nameof(types));
        return new FiringRateNetwork(this) { Types = [.. types] };
    }

    /// <summary>y_i = Σ_j W_ij x_j + u_i, the net input of one neuron.</summary>
    public double NetInput(int i, ReadOnlySpan<double> x)
    {
        RequireNeuron(i, x);
        return InputOf(i, x);
    }

    internal double InputOf(int i, ReadOnlySpan<double> x)
    {
        ReadOnlySpan<double> row = weights.AsSpan(i * Count, Count);
        double sum = Drive[i];
        for (int j = 0; j < row.Length; j++) sum += row[j] * x[j];
        return sum;
    }

    /// <summary>Φ(W x + u), what every neuron would fire if the others held their rates.</summary>
    /// <param name="x">Rates, n.</param>
    /// <param name="result">Receives the answers, n; another array than <paramref name="x"/>.</param>
    public void Respond(ReadOnlySpan<double> x, Span<double> result)
    {
        Require.Length(Count, x.Length, nameof(x), "neuron");
        Require.Length(Count, result.Length, nameof(result), "neuron");
        for (int i = 0; i < Count; i++) result[i] = Activations[i].Phi(InputOf(i, x));
    }

    /// <summary>The equation of motion x' = T⁻¹(−x + Φ(W x + u)).</summary>
    public VectorField Motion => (_, x, dxdt) =>
    {
        for (int i = 0; i < Count; i++) dxdt[i] = (Activations[i].Phi(InputOf(i, x)) - x[i]) / TimeConstants[i];
    };

    /// <summary>‖x − Φ(W x + u)‖∞: zero exactly at rest states.</summary>
    public double Residual(ReadOnlySpan<double> x)
    {
        Require.Length(Count, x.Length, nameof(x), "neuron");
        double residual = 0.0;
        for (int i = 0; i < Count; i++) residual = Math.Max(residual, Math.Abs(x[i] - Activations[i].Phi(InputOf(i, x))));
        return residual;
    }

    /// <summary>The Jacobian T⁻¹(−I + D W) of the motion, D the slopes at the net inputs, n × n.</summary>
    public double[,] Jacobian(ReadOnlySpan<double> x)
    {
        Require.Length(Count, x.Length, nameof(x), "neuron");
        return JacobianOf(Slopes(x));
    }

    /// <summary>∂x_i/∂u_j, how a rest state moves with the drives: (I − D W)⁻¹ D, n × n.</summary>
    /// <param name="rest">A rest state away from kinks.</param>
    public double[,] Sensitivity(ReadOnlySpan<double> rest)
    {
        Require.Length(Count, rest.Length, nameof(rest), "neuron");
        double[] slopes = Slopes(rest);
        var left = Matrix<double>.Build.Dense(Count, Count, (i, j) => (i == j ? 1.0 : 0.0) - slopes[i] * weights[i * Count + j]);
        return left.LU().Solve(Matrix<double>.Build.DenseOfDiagonalArray(slopes)).ToArray();
    }

    /// <summary>The motion from a start by the classical Runge-Kutta method.</summary>
    /// <param name="start">Rates at t = 0, n.</param>
    /// <param name="duration">How long, in the unit of τ.</param>
    /// <param name="step">The step, in the unit of τ.</param>
    /// <param name="recordEvery">How many steps between two recorded states.</param>
    /// <param name="cancellation">Stops the integration.</param>
    public Trajectory Simulate(
        ReadOnlySpan<double> start, double duration, double step = 0.01, int recordEvery = 1, CancellationToken cancellation = default)
    {
        Require.Length(Count, start.Length, nameof(start), "neuron");
        return OdeSolver.RungeKutta4(Motion, start, duration, step, recordEvery, cancellation);
    }

    internal ReadOnlySpan<double> WeightRows => weights;

    internal double[] Slopes(ReadOnlySpan<double> x)
    {
        var slopes = new double[Count];
        for (int i = 0; i < Count; i++) slopes[i] = Activations[i].PhiPrime(InputOf(i, x));
        return slopes;
    }

    internal double[,] JacobianOf(double[] slopes)
    {
        var jacobian = new double[Count, Count];
        for (int i = 0; i < Count; i++)
            for (int j = 0; j < Count; j++)
                jacobian[i, j] = (slopes[i] * weights[i * Count + j] - (i == j ? 1.0 : 0.0)) / TimeConstants[i];
        return jacobian;
    }
}
