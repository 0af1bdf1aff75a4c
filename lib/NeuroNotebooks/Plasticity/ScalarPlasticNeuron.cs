using System.Collections.Immutable;

namespace NeuroNotebooks.Plasticity;

/// <summary>One neuron that talks to itself through a Hebbian or an anti-Hebbian synapse: all in closed form.</summary>
/// <param name="Gamma">γ, decay of the synapse, above zero, 1/time.</param>
/// <param name="K">k, learning rate, above zero, 1/time.</param>
/// <param name="Grows">Hebbian if true, anti-Hebbian if not.</param>
/// <remarks>
/// x' = −x + w x + u, w' = −γ w ± k x². Rest states solve x (1 ∓ k x²/γ) = u. The Hebbian neuron has a stable and an unstable one that meet in
/// a fold at u_c = ⅔ √(γ/(3k)); above it grows without bound, in finite time. The anti-Hebbian neuron has one for every u. Derived.
/// </remarks>
public sealed record ScalarPlasticNeuron(double Gamma = 1.0, double K = 1.0, bool Grows = true)
{
    /// <summary>An activity beyond this counts as blown up.</summary>
    public const double Blown = 50.0;

    /// <summary>No run is watched longer.</summary>
    public const double LongestRun = 1e6;

    /// <summary>γ, decay of the synapse, above zero, 1/time.</summary>
    public double Gamma { get; } = Require.Positive(Gamma, nameof(Gamma));

    /// <summary>k, learning rate, above zero, 1/time.</summary>
    public double K { get; } = Require.Positive(K, nameof(K));

    /// <summary>u_c, the largest input with a rest state; infinite for the anti-Hebbian neuron.</summary>
    public double FoldInput => Grows ? 2.0 / 3.0 * FoldState : double.PositiveInfinity;

    /// <summary>√(γ/(3k)), the activity at the fold.</summary>
    public double FoldState => Math.Sqrt(Gamma / (3.0 * K));

    /// <summary>Activities of the rest states for a positive input, ascending; the first is stable, a second one is not.</summary>
    /// <param name="u">Input, above zero.</param>
    public ImmutableArray<double> RestStates(double u)
    {
        Require.Positive(u);
        double c = K / Gamma;
        if (!Grows)
            // the root of c x³ + x − u by Cardano's formula in its hyperbolic form, which does not cancel
            return [2.0 / Math.Sqrt(3.0 * c) * Math.Sinh(Math.Asinh(1.5 * u * Math.Sqrt(3.0 * c)) / 3.0)];
        if (u > FoldInput) return [];
        // c x³ − x + u = 0 has three real roots; the two above zero bracket the fold
        double angle = Math.Acos(Math.Clamp(-1.5 * u * Math.Sqrt(3.0 * c), -1.0, 1.0)), size = 2.0 / Math.Sqrt(3.0 * c);
        double upper = size * Math.Cos(angle / 3.0), lower = size * Math.Cos((angle - Math.Tau) / 3.0);
        return upper == lower ? [upper] : [Math.Min(upper, lower), Math.Max(upper, lower)];
    }

    /// <summary>The determinant of the Jacobian at a rest state: γ − 3 k x² (Hebbian) or γ + 3 k x²; zero at the fold.</summary>
    /// <param name="x">Activity of the rest state, finite.</param>
    public double Determinant(double x)
    {
        Require.Finite(x);
        return Grows ? Gamma - 3.0 * K * x * x : Gamma + 3.0 * K * x * x;
    }

    /// <summary>When |x| passes 50 in a run from x = w = 0 by Euler steps; null if it does not until the end.</summary>
    /// <param name="u">Input, finite.</param>
    /// <param name="duration">How long to wait, above zero and at most 10⁶.</param>
    /// <param name="dt">The step, above zero, with γ dt &lt; 1.</param>
    public double? BlowUpTime(double u, double duration = 400.0, double dt = 0.01)
    {
        Require.Finite(u);
        Require.Positive(duration);
        Require.InRange(duration, 0.0, LongestRun);
        EulerStep.Check(Gamma, dt);
        double x = 0.0, w = 0.0, sign = Grows ? K : -K;
        for (long step = 1; step * dt <= duration; step++)
        {
            (x, w) = (x + dt * (-x + w * x + u), w + dt * (-Gamma * w + sign * x * x));
            if (!(Math.Abs(x) <= Blown)) return step * dt;
        }
        return null;
    }

    /// <summary>Where runs from zero stop staying bounded, by bisection: the fold as a simulation finds it.</summary>
    /// <param name="low">An input whose run stays bounded.</param>
    /// <param name="high">An input whose run does not.</param>
    /// <param name="duration">How long a run is watched, above zero and at most 10⁶.</param>
    /// <param name="tolerance">How exactly, above zero.</param>
    /// <exception cref="ArgumentException">The run at low blows up, or the one at high does not.</exception>
    public double LocateFold(double low, double high, double duration = 1000.0, double tolerance = 1e-4)
    {
        Require.Finite(low);
        Require.Finite(high);
        Require.Positive(duration);
        Require.InRange(duration, 0.0, LongestRun);
        Require.Positive(tolerance);
        if (BlowUpTime(low, duration) is { } early)
            throw new ArgumentException($"low is {low}, whose run blows up at t = {early:g4}: expected a bounded one.", nameof(low));
        if (BlowUpTime(high, duration) is null)
            throw new ArgumentException($"high is {high}, whose run stays bounded until t = {duration:g4}: expected one that blows up.", nameof(high));
        for (double middle = 0.5 * (low + high); Math.Abs(high - low) > tolerance && middle != low && middle != high; middle = 0.5 * (low + high))
            if (BlowUpTime(middle, duration) is null) low = middle;
            else high = middle;
        return 0.5 * (low + high);
    }
}
