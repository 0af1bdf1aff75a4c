using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Two rectified neurons that excite and inhibit each other, driven so that they take turns: a warning.</summary>
/// <remarks>
/// <code>
/// x' = −x + W max(x, 0) + u(t),   W = ((0, −k), (k, 0)),   sym(W) = 0 for every k
/// x* = (s, −s),  s = tanh(a sin πt),   u = x*' + x* − W max(x*, 0)
/// </code>
/// x* is a solution of period 2. While x₁* is active the Jacobian is ((−1, 0), (k, −1)), while x₂* is, ((−1, −k), (0, −1)); both decay, but
/// what one shears the other shears on, and above k = 2 cosh 1 = 3.09 neighbours of x* part. Time in units of the time constant. Derived.
/// </remarks>
/// <param name="Gain">k, above zero, at most 1e100.</param>
/// <param name="Sharpness">a, above zero, at most 1e100: how fast the turns change.</param>
public sealed record SwitchingPair(double Gain, double Sharpness = 20.0)
{
    /// <summary>How long until both have had their turn.</summary>
    public const double Period = 2.0;

    private const double Largest = 1e100;

    /// <summary>k.</summary>
    public double Gain { get; } = Checked(Gain, nameof(Gain));

    /// <summary>a.</summary>
    public double Sharpness { get; } = Checked(Sharpness, nameof(Sharpness));

    /// <summary>W.</summary>
    public double[,] Weights => new[,] { { 0.0, -Gain }, { Gain, 0.0 } };

    /// <summary>How a small displacement of x* has changed after a period: exp(J₂) exp(J₁), in closed form.</summary>
    public double[,] Monodromy
    {
        get
        {
            double decay = Math.Exp(-Period);
            return new[,] { { decay * (1.0 - Gain * Gain), -decay * Gain }, { decay * Gain, decay } };
        }
    }

    /// <summary>The eigenvalue of <see cref="Monodromy"/> of largest magnitude: above 1 in magnitude, neighbours part.</summary>
    public Complex FloquetMultiplier => Spectrum.Eigenvalues(Monodromy).MaxBy(value => value.Magnitude);

    /// <summary>x₁* = s at a time; x₂* = −s.</summary>
    /// <param name="t">Time, finite.</param>
    public double Path(double t)
    {
        Require.Finite(t);
        return Math.Tanh(Sharpness * Math.Sin(Math.PI * t));
    }

    /// <summary>The equation of motion.</summary>
    public VectorField Motion => (t, x, dxdt) =>
    {
        Require.Length(2, x.Length, nameof(x), "neuron");
        double s = Path(t), slope = (1.0 - s * s) * Sharpness * Math.PI * Math.Cos(Math.PI * t);
        double first = Math.Max(x[0], 0.0) - Math.Max(s, 0.0), second = Math.Max(x[1], 0.0) - Math.Max(-s, 0.0);
        (dxdt[0], dxdt[1]) = (slope + s - x[0] - Gain * second, -slope - s - x[1] + Gain * first);
    };

    /// <summary>−I + W D, D the slopes of the rectifier.</summary>
    public JacobianField Jacobian => (_, x, jacobian) =>
    {
        Require.Length(2, x.Length, nameof(x), "neuron");
        (jacobian[0], jacobian[1]) = (-1.0, x[1] > 0.0 ? -Gain : 0.0);
        (jacobian[2], jacobian[3]) = (x[0] > 0.0 ? Gain : 0.0, -1.0);
    };

    private static double Checked(double value, string name)
    {
        Require.Positive(value, name);
        Require.InRange(value, 0.0, Largest, name);
        return value;
    }
}
