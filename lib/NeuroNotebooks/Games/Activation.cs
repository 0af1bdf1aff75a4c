using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>One straight piece of an activation: φ(z) = Slope z + Offset for Low ≤ z ≤ High.</summary>
/// <param name="Low">Least net input of the piece, may be −∞.</param>
/// <param name="High">Greatest net input of the piece, may be +∞.</param>
/// <param name="Slope">Slope, 0 to 1.</param>
/// <param name="Offset">Rate at z = 0 of the line through the piece.</param>
public readonly record struct LinearPiece(double Low, double High, double Slope, double Offset);

/// <summary>A neuron's answer φ to its net input, which is the proximal map of a convex activation cost g.</summary>
/// <remarks>
/// <code>
/// φ(z) = prox_g(z) = argmin over x of  g(x) + (x − z)²/2          g(x) = ∫ˣ φ⁻¹(s) ds − x²/2
/// </code>
/// This holds exactly for nondecreasing φ with slopes from 0 to 1: a steeper φ makes g nonconvex and is refused.
/// Net input and rate in arbitrary units. Two activations are equal when they are the same object.
/// Source: Betteti, Retnaraj, Davydov, Cortés, Bullo, arXiv:2512.05252; the formula for g follows from φ⁻¹ = identity + ∂g (Moreau).
/// </remarks>
public sealed partial class Activation
{
    private readonly Func<double, double> phi, slope, cost;
    private readonly Func<double, (double Low, double High)> inverse;

    private Activation(
        string name, Func<double, double> phi, Func<double, double> slope, Func<double, double> cost,
        Func<double, (double Low, double High)> inverse, double low, double high, double maxSlope, string gainName,
        params ReadOnlySpan<LinearPiece> pieces)
    {
        if (maxSlope > 1.0 + 1e-12)
            throw new ArgumentException(
                $"{name} is not a proximal activation: maximal slope {maxSlope:0.######} > 1; "
                + $"scale the gain by at most {1.0 / maxSlope:0.####}.", gainName);

        (Name, this.phi, this.slope, this.cost, this.inverse) = (name, phi, slope, cost, inverse);
        (Low, High, MaxSlope, Pieces) = (low, high, maxSlope, [.. pieces]);
    }

    /// <summary>What the activation is called, with its constants.</summary>
    public string Name { get; }

    /// <summary>Infimum of the rates; g is +∞ below it.</summary>
    public double Low { get; }

    /// <summary>Supremum of the rates; g is +∞ above it.</summary>
    public double High { get; }

    /// <summary>The steepest slope, at most 1.</summary>
    public double MaxSlope { get; }

    /// <summary>The straight pieces from left to right; empty when φ is curved.</summary>
    public ImmutableArray<LinearPiece> Pieces { get; }

    /// <summary>Whether φ is made of straight pieces, so that rest states can be enumerated.</summary>
    public bool IsPiecewiseLinear => !Pieces.IsEmpty;

    /// <summary>The rate φ(z) at net input z.</summary>
    public double Phi(double z) => phi(z);

    /// <summary>The slope φ′(z), 0 to 1; at a kink the slope of the piece on its left.</summary>
    public double PhiPrime(double z) => slope(z);

    /// <summary>The activation cost g(x) of a rate; +∞ outside the range of φ.</summary>
    public double G(double x) => cost(x);

    /// <summary>The net inputs that give the rate x: one point where φ climbs, an interval where it is flat.</summary>
    /// <returns>The interval's ends, which may be infinite; NaN when no net input gives x.</returns>
    public (double Low, double High) Inverse(double x) => inverse(x);

    /// <summary>
    /// The one-sided derivative of g at a rate, towards higher rates when <paramref name="direction"/> is positive, else lower.
    /// </summary>
    public double GSlope(double x, double direction)
    {
        var (low, high) = inverse(x);
        return (direction > 0.0 ? high : low) - x;
    }

    /// <summary>A primitive of φ, that is ∫φ dz up to a constant: the convex conjugate of g + x²/2.</summary>
    public double Primitive(double z)
    {
        double x = phi(z);
        return z * x - 0.5 * x * x - cost(x);
    }

    /// <summary>prox of γ g: the rate x that minimises γ g(x) + (x − z)²/2. For γ = 1 this is φ(z).</summary>
    /// <param name="z">Where to project from.</param>
    /// <param name="gamma">Weight of the cost, above zero.</param>
    /// <remarks>With x = φ(y) the optimality condition reads (1 − γ) φ(y) + γ y = z, which has one solution y because 0 ≤ φ′ ≤ 1.</remarks>
    public double Prox(double z, double gamma)
    {
        Require.Positive(gamma);
        return gamma == 1.0 ? phi(z) : IsPiecewiseLinear ? ProxOfPieces(z, gamma) : phi(ProxNetInput(z, gamma));
    }

    /// <summary>The activation z → amplitude · φ(gain · z), whose slope is amplitude · gain times as steep.</summary>
    /// <param name="amplitude">Scale of the rates, above zero.</param>
    /// <param name="gain">Scale of the net input, above zero.</param>
    /// <exception cref="ArgumentException">The result would be steeper than 1.</exception>
    public Activation Scaled(double amplitude, double gain)
    {
        Require.Positive(amplitude);
        Require.Positive(gain);
        LinearPiece[] pieces = [.. Pieces.Select(piece =>
            new LinearPiece(piece.Low / gain, piece.High / gain, amplitude * gain * piece.Slope, amplitude * piece.Offset))];

        return new Activation(
            $"{amplitude:0.####} × {Name} at gain {gain:0.####}",
            z => amplitude * phi(gain * z),
            z => amplitude * gain * slope(gain * z),
            x => amplitude / gain * (cost(x / amplitude) + 0.5 * (x / amplitude) * (x / amplitude)) - 0.5 * x * x,
            x => inverse(x / amplitude) is var (low, high) ? (low / gain, high / gain) : default,
            amplitude * Low, amplitude * High, amplitude * gain * MaxSlope, nameof(gain), pieces);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private double ProxOfPieces(double z, double gamma)
    {
        foreach (LinearPiece piece in Pieces)
        {
            double y = (z - (1.0 - gamma) * piece.Offset) / ((1.0 - gamma) * piece.Slope + gamma);
            if (y <= piece.High) return phi(Math.Max(y, piece.Low));    // the left side climbs with y: the first piece that is not passed
        }
        return double.NaN;
    }

    private double ProxNetInput(double z, double gamma)
    {
        double Excess(double y) => (1.0 - gamma) * phi(y) + gamma * y - z;
        double least = Math.Min(1.0, gamma), start = Excess(z);         // the slope of Excess is at least this
        return ScalarRoot.Rising(Excess, z - Math.Abs(start) / least - 1.0, z + Math.Abs(start) / least + 1.0);
    }
}
