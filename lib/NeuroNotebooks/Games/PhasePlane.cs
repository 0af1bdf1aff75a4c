using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>A curve in the plane of two rates; NaN separates its parts.</summary>
/// <param name="X">Rate of neuron 0, a.u.</param>
/// <param name="Y">Rate of neuron 1, a.u., as many.</param>
public sealed record PlaneCurve(ImmutableArray<double> X, ImmutableArray<double> Y);

/// <summary>Velocities on a grid of two rates.</summary>
/// <param name="X">Rate of neuron 0 at each point, a.u.</param>
/// <param name="Y">Rate of neuron 1 at each point, a.u.</param>
/// <param name="VelocityX">dx₀/dt there.</param>
/// <param name="VelocityY">dx₁/dt there.</param>
public sealed record PlaneFlow(
    ImmutableArray<double> X, ImmutableArray<double> Y, ImmutableArray<double> VelocityX, ImmutableArray<double> VelocityY);

/// <summary>Pictures of the motion of two neurons.</summary>
public static class PhasePlane
{
    /// <summary>Where a neuron stands still: x_i = φ(W_ii x_i + W_ij x_j + u_i). For convex costs also its best responses.</summary>
    /// <param name="network">Two neurons.</param>
    /// <param name="neuron">i, 0 or 1; it must hear the other one.</param>
    /// <param name="largest">Both rates are drawn from 0 to here, above zero, a.u.</param>
    /// <param name="points">Points along the curve before clipping, at least 2.</param>
    /// <remarks>
    /// Drawn by net input y, in which the curve is single-valued even where it folds: x_i = φ(y), x_j = (y − W_ii φ(y) − u_i)/W_ij.
    /// </remarks>
    public static PlaneCurve Nullcline(FiringRateNetwork network, int neuron, double largest, int points = 2001)
    {
        RequirePair(network, neuron);
        Require.Positive(largest);
        Require.InRange(points, 2, int.MaxValue);
        double self = network.Weight(neuron, neuron), other = network.Weight(neuron, 1 - neuron), drive = network.Drive[neuron];
        if (other == 0.0)
            throw new ArgumentException(
                $"neuron {neuron} does not hear neuron {1 - neuron}: W[{neuron}, {1 - neuron}] = 0, no curve.", nameof(neuron));

        // no point of the window has a larger net input than this
        double reach = Math.Abs(self) * largest + Math.Abs(other) * largest + Math.Abs(drive);
        var own = ImmutableArray.CreateBuilder<double>();
        var others = ImmutableArray.CreateBuilder<double>();
        for (int k = 0; k < points; k++)
        {
            double y = -reach + 2.0 * reach * k / (points - 1);
            double rate = network.Activations[neuron].Phi(y), otherRate = (y - self * rate - drive) / other;
            bool inside = rate >= 0.0 && rate <= largest && otherRate >= 0.0 && otherRate <= largest;
            if (!inside && (own.Count == 0 || double.IsNaN(own[^1]))) continue;
            own.Add(inside ? rate : double.NaN);
            others.Add(inside ? otherRate : double.NaN);
        }
        return neuron == 0
            ? new PlaneCurve(own.ToImmutable(), others.ToImmutable())
            : new PlaneCurve(others.ToImmutable(), own.ToImmutable());
    }

    /// <summary>
    /// A neuron's best response to every rate of the other one from 0 to a largest; NaN where its cost is unbounded below.
    /// </summary>
    /// <param name="network">Two neurons.</param>
    /// <param name="neuron">Who answers, 0 or 1.</param>
    /// <param name="largest">The other's largest rate, above zero, a.u.</param>
    /// <param name="points">Points, at least 2.</param>
    public static PlaneCurve BestResponseCurve(FiringRateNetwork network, int neuron, double largest, int points = 201)
    {
        RequirePair(network, neuron);
        Require.Positive(largest);
        Require.InRange(points, 2, int.MaxValue);
        double[] others = [.. Enumerable.Range(0, points).Select(k => largest * k / (points - 1))];
        double[] answers = [.. others.Select(other =>
        {
            double[] rates = neuron == 0 ? [0.0, other] : [other, 0.0];
            return network.CostOf(neuron, rates).Minimiser() ?? double.NaN;
        })];
        return neuron == 0 ? new PlaneCurve([.. answers], [.. others]) : new PlaneCurve([.. others], [.. answers]);
    }

    /// <summary>The velocities on a grid from 0 to a largest rate.</summary>
    /// <param name="network">Two neurons.</param>
    /// <param name="largestX">Largest rate of neuron 0, above zero, a.u.</param>
    /// <param name="largestY">Largest rate of neuron 1, above zero, a.u.</param>
    /// <param name="perSide">Points along each side, at least 2.</param>
    public static PlaneFlow Flow(FiringRateNetwork network, double largestX, double largestY, int perSide = 17)
    {
        RequirePair(network, 0);
        Require.Positive(largestX);
        Require.Positive(largestY);
        Require.InRange(perSide, 2, int.MaxValue);
        int points = perSide * perSide;
        var (xs, ys, us, vs) = (new double[points], new double[points], new double[points], new double[points]);
        VectorField motion = network.Motion;
        var velocity = new double[2];
        for (int k = 0; k < xs.Length; k++)
        {
            (xs[k], ys[k]) = (largestX * (k % perSide) / (perSide - 1), largestY * (k / perSide) / (perSide - 1));
            motion(0.0, [xs[k], ys[k]], velocity);
            (us[k], vs[k]) = (velocity[0], velocity[1]);
        }
        return new PlaneFlow([.. xs], [.. ys], [.. us], [.. vs]);
    }

    private static void RequirePair(FiringRateNetwork network, int neuron)
    {
        Require.NotNull(network);
        if (network.Count != 2)
            throw new ArgumentException($"network has {network.Count} neurons: a phase plane shows two.", nameof(network));
        Require.InRange(neuron, 0, 1);
    }
}
