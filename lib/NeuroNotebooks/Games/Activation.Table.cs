using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <content>The table of activations, each with its cost g.</content>
public sealed partial class Activation
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>φ(z) = z, g = 0.</summary>
    public static Activation Linear { get; } = new(
        "linear", z => z, _ => 1.0, _ => 0.0, Point, -Infinity, Infinity, 1.0, "",
        new LinearPiece(-Infinity, Infinity, 1.0, 0.0));

    /// <summary>φ(z) = max(0, z), g = 0 for x ≥ 0.</summary>
    public static Activation Relu { get; } = ThresholdLinear(0.0);

    /// <summary>φ(z) = tanh z, g(x) = x artanh x + ln(1 − x²)/2 − x²/2.</summary>
    public static Activation Tanh { get; } = new(
        "tanh", Math.Tanh, z => 1.0 - Math.Tanh(z) * Math.Tanh(z),
        x => Math.Abs(x) > 1.0 ? Infinity : 0.5 * (XLogX(1.0 + x) + XLogX(1.0 - x)) - 0.5 * x * x,
        x => Point(Math.Atanh(x)), -1.0, 1.0, 1.0, "");

    /// <summary>φ(z) = ln(1 + eᶻ), g(x) = Li₂(e⁻ˣ) for x ≥ 0, with Li₂ the dilogarithm.</summary>
    public static Activation Softplus { get; } = new(
        "softplus", z => Math.Max(z, 0.0) + double.LogP1(Math.Exp(-Math.Abs(z))), Sigmoid,
        x => x < 0.0 ? Infinity : Dilogarithm.At(Math.Exp(-x)),
        x => Point(x < 0.0 ? double.NaN : x + Math.Log(-double.ExpM1(-x))), 0.0, Infinity, 1.0, "");

    /// <summary>φ(z) = max(0, z − θ), g(x) = θ x for x ≥ 0.</summary>
    /// <param name="threshold">θ, net input at which firing starts, a.u.</param>
    public static Activation ThresholdLinear(double threshold)
    {
        Require.Finite(threshold);
        return new Activation(
            threshold == 0.0 ? "ReLU" : $"ReLU, threshold {threshold:0.####}",
            z => Math.Max(0.0, z - threshold), z => z > threshold ? 1.0 : 0.0, x => x < 0.0 ? Infinity : threshold * x,
            x => x > 0.0 ? Point(x + threshold) : (x == 0.0 ? -Infinity : double.NaN, x == 0.0 ? threshold : double.NaN),
            0.0, Infinity, 1.0, "", new LinearPiece(-Infinity, threshold, 0.0, 0.0), new LinearPiece(threshold, Infinity, 1.0, -threshold));
    }

    /// <summary>φ(z) = min(m, max(0, z)), g = 0 on [0, m].</summary>
    /// <param name="maximum">m, the highest rate, above zero, a.u.</param>
    public static Activation SaturatedRelu(double maximum)
    {
        Require.Positive(maximum);
        return new Activation(
            $"ReLU, saturated at {maximum:0.####}",
            z => Math.Clamp(z, 0.0, maximum), z => z > 0.0 && z <= maximum ? 1.0 : 0.0, x => x < 0.0 || x > maximum ? Infinity : 0.0,
            x => x < 0.0 || x > maximum ? Point(double.NaN) : (x == 0.0 ? -Infinity : x, x == maximum ? Infinity : x),
            0.0, maximum, 1.0, "", new LinearPiece(-Infinity, 0.0, 0.0, 0.0), new LinearPiece(0.0, maximum, 1.0, 0.0),
            new LinearPiece(maximum, Infinity, 0.0, maximum));
    }

    /// <summary>φ(z) = sgn(z) max(0, |z| − λ), g(x) = λ |x|.</summary>
    /// <param name="lambda">λ, half the width of the dead zone, above zero, a.u.</param>
    public static Activation SoftThreshold(double lambda)
    {
        Require.Positive(lambda);
        return new Activation(
            $"soft threshold {lambda:0.####}",
            z => Math.CopySign(Math.Max(0.0, Math.Abs(z) - lambda), z), z => z <= -lambda || z > lambda ? 1.0 : 0.0,
            x => lambda * Math.Abs(x),
            x => x == 0.0 ? (-lambda, lambda) : Point(x + Math.CopySign(lambda, x)),
            -Infinity, Infinity, 1.0, "", new LinearPiece(-Infinity, -lambda, 1.0, lambda), new LinearPiece(-lambda, lambda, 0.0, 0.0),
            new LinearPiece(lambda, Infinity, 1.0, -lambda));
    }

    /// <summary>φ(z) = z for z ≥ 0 and s z below, g(x) = (1/s − 1) x²/2 for x &lt; 0 and 0 above.</summary>
    /// <param name="slope">s, above 0 and at most 1.</param>
    /// <exception cref="ArgumentException">s is above 1.</exception>
    public static Activation LeakyRelu(double slope)
    {
        Require.Positive(slope);
        return new Activation(
            $"leaky ReLU, slope {slope:0.####}",
            z => z > 0.0 ? z : slope * z, z => z > 0.0 ? 1.0 : slope, x => x < 0.0 ? 0.5 * (1.0 / slope - 1.0) * x * x : 0.0,
            x => Point(x < 0.0 ? x / slope : x),
            -Infinity, Infinity, Math.Max(1.0, slope), nameof(slope),
            new LinearPiece(-Infinity, 0.0, slope, 0.0), new LinearPiece(0.0, Infinity, 1.0, 0.0));
    }

    /// <summary>φ(z) = 1/(1 + e^(−k z)), g(x) = (x ln x + (1 − x) ln(1 − x))/k − x²/2 on [0, 1].</summary>
    /// <param name="gain">k, above 0 and at most 4: the steepest slope is k/4.</param>
    /// <exception cref="ArgumentException">The gain is above 4.</exception>
    public static Activation Logistic(double gain = 1.0)
    {
        Require.Positive(gain);
        return new Activation(
            gain == 1.0 ? "logistic" : $"logistic, gain {gain:0.####}",
            z => Sigmoid(gain * z), z => gain * Sigmoid(gain * z) * Sigmoid(-gain * z),
            x => x < 0.0 || x > 1.0 ? Infinity : (XLogX(x) + XLogX(1.0 - x)) / gain - 0.5 * x * x,
            x => Point((Math.Log(x) - double.LogP1(-x)) / gain), 0.0, 1.0, 0.25 * gain, nameof(gain));
    }

    /// <summary>An activation of one's own.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="phi">φ, nondecreasing with slopes from 0 to 1.</param>
    /// <param name="phiPrime">Its derivative.</param>
    /// <param name="g">Its cost, ∫φ⁻¹ − x²/2 on the range of φ.</param>
    /// <param name="low">Infimum of φ.</param>
    /// <param name="high">Supremum of φ.</param>
    /// <exception cref="ArgumentException">The derivative, sampled on [−30, 30] in steps of 0.01, leaves [0, 1].</exception>
    public static Activation Custom(
        string name, Func<double, double> phi, Func<double, double> phiPrime, Func<double, double> g, double low, double high)
    {
        Require.NotNull(name);
        Require.NotNull(phi);
        Require.NotNull(phiPrime);
        Require.NotNull(g);
        double[] slopes = [.. Enumerable.Range(-3000, 6001).Select(k => phiPrime(0.01 * k))];
        if (slopes.Min() is var least && !(least >= 0.0))
            throw new ArgumentException(
                $"{name} is not a proximal activation: slope {least:0.######} < 0; φ must not fall.", nameof(phiPrime));

        return new Activation(
            name, phi, phiPrime, x => x < low || x > high ? Infinity : g(x),
            x => Point(x < low || x > high ? double.NaN : ScalarRoot.Rising(y => phi(y) - x, -1e3, 1e3)), low, high, slopes.Max(),
            nameof(phiPrime));
    }

    private static (double Low, double High) Point(double z) => (z, z);

    private static double Sigmoid(double z) => z >= 0.0 ? 1.0 / (1.0 + Math.Exp(-z)) : Math.Exp(z) / (1.0 + Math.Exp(z));

    private static double XLogX(double x) => x <= 0.0 ? 0.0 : x * Math.Log(x);
}
