using System.Buffers;
using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>A recurrent network with φ = tanh whose motion and Jacobian are computed in place: the fast path of the tools along trajectories.</summary>
/// <remarks>
/// <code>
/// τ x' = −x + W φ(x) + u   (Hopfield)     −x + φ(W x + u)   (FiringRate)     −x + W x + u   (Linear)
/// </code>
/// Nothing is allocated by a call of <see cref="Motion"/> or <see cref="Jacobian"/> up to 1024 neurons.
/// </remarks>
public sealed class RateNetwork
{
    private const int OnStack = 1024;

    private readonly double[] weights;

    /// <summary>Makes a network.</summary>
    /// <param name="W">Weights, n × n, finite; row = postsynaptic.</param>
    /// <param name="form">Where the saturation stands.</param>
    /// <param name="u">Constant input, n, finite; zero if left out.</param>
    /// <param name="tau">Time constant, above zero.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a number is out of its range.</exception>
    public RateNetwork(double[,] W, NetworkForm form, ReadOnlySpan<double> u = default, double tau = 1.0)
    {
        Require.Square(W);
        Require.Finite(W);
        if (W.Length == 0) throw new ArgumentException("W is 0 × 0: expected at least one neuron.", nameof(W));
        Require.Defined(form);
        Require.Positive(tau);
        Count = W.GetLength(0);
        if (!u.IsEmpty) Require.Length(Count, u.Length, nameof(u), "neuron");
        Require.Finite(u);
        weights = [.. W.Cast<double>()];
        (Form, TimeConstant, Input) = (form, tau, u.IsEmpty ? [.. new double[Count]] : [.. u]);
    }

    /// <summary>How many neurons.</summary>
    public int Count { get; }

    /// <summary>Where the saturation stands.</summary>
    public NetworkForm Form { get; }

    /// <summary>τ.</summary>
    public double TimeConstant { get; }

    /// <summary>u, n.</summary>
    public ImmutableArray<double> Input { get; }

    /// <summary>A network with independent normal weights of mean 0 and standard deviation g / √n.</summary>
    /// <param name="count">n, at least 1.</param>
    /// <param name="gain">g, zero or above; without input, activity of a large network with φ = tanh turns chaotic above 1.</param>
    /// <param name="random">The stream of the weights.</param>
    /// <param name="form">Where the saturation stands.</param>
    public static RateNetwork Random(int count, double gain, Philox random, NetworkForm form = NetworkForm.Hopfield)
    {
        Require.Positive(count);
        Require.NotNegative(gain);
        var W = new double[count, count];
        random.Normals(W.AsSpan());
        foreach (ref double weight in W.AsSpan()) weight *= gain / Math.Sqrt(count);
        return new RateNetwork(W, form);
    }

    /// <summary>The equation of motion.</summary>
    public VectorField Motion => (_, x, dxdt) =>
    {
        if (Form == NetworkForm.Hopfield)
        {
            double[]? rented = null;
            Span<double> rates = Count <= OnStack ? stackalloc double[Count] : rented = ArrayPool<double>.Shared.Rent(Count);
            rates = rates[..Count];
            for (int i = 0; i < rates.Length; i++) rates[i] = Math.Tanh(x[i]);
            LinearAlgebra.Multiply(View, rates, dxdt);
            if (rented is not null) ArrayPool<double>.Shared.Return(rented);
        }
        else
        {
            LinearAlgebra.Multiply(View, x, dxdt);
        }
        ReadOnlySpan<double> input = Input.AsSpan();
        for (int i = 0; i < dxdt.Length; i++)
        {
            double drive = dxdt[i] + input[i];
            dxdt[i] = ((Form == NetworkForm.FiringRate ? Math.Tanh(drive) : drive) - x[i]) / TimeConstant;
        }
    };

    /// <summary>The Jacobian (−I + W)/τ, (−I + D W)/τ or (−I + W D)/τ, D the slopes of φ.</summary>
    public JacobianField Jacobian => (_, x, jacobian) =>
    {
        double[]? rented = null;
        Span<double> slopes = Count <= OnStack ? stackalloc double[Count] : rented = ArrayPool<double>.Shared.Rent(Count);
        slopes = slopes[..Count];
        Slopes(x, slopes);
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> row = weights.AsSpan(i * Count, Count);
            Span<double> target = jacobian.Slice(i * Count, Count);
            if (Form == NetworkForm.Hopfield) Vectors.MultiplyScaled(row, slopes, 1.0 / TimeConstant, target);
            else Vectors.Scale(row, (Form == NetworkForm.FiringRate ? slopes[i] : 1.0) / TimeConstant, target);
            target[i] -= 1.0 / TimeConstant;
        }
        if (rented is not null) ArrayPool<double>.Shared.Return(rented);
    };

    /// <summary>A copy of W, n × n.</summary>
    public double[,] Weights()
    {
        var copy = new double[Count, Count];
        weights.CopyTo(copy.AsSpan());
        return copy;
    }

    private MatrixView<double> View => new(weights, Count, Count);

    private void Slopes(ReadOnlySpan<double> x, Span<double> slopes)
    {
        if (Form == NetworkForm.FiringRate)
        {
            LinearAlgebra.Multiply(View, x, slopes);
            for (int i = 0; i < slopes.Length; i++) slopes[i] += Input[i];
        }
        else
        {
            x.CopyTo(slopes);
        }
        for (int i = 0; i < slopes.Length; i++)
        {
            double rate = Form == NetworkForm.Linear ? 0.0 : Math.Tanh(slopes[i]);
            slopes[i] = 1.0 - rate * rate;
        }
    }
}
