using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>An initial value problem whose solution is known.</summary>
public sealed record Problem(string Name, VectorField Field, Func<double, double[]> Solution, double Duration)
{
    public double[] Start => Solution(0.0);

    /// <summary>Linear: a damped rotation.</summary>
    public static Problem Linear { get; } = new(
        "linear", (t, x, dx) => (dx[0], dx[1]) = (-0.1 * x[0] - x[1], x[0] - 0.1 * x[1]),
        t => [Math.Exp(-0.1 * t) * Math.Cos(t), Math.Exp(-0.1 * t) * Math.Sin(t)], Duration: 2.0);

    /// <summary>Nonlinear and explicit in time.</summary>
    public static Problem Nonlinear { get; } = new(
        "nonlinear", (t, x, dx) => dx[0] = -2.0 * t * x[0] * x[0], t => [1.0 / (1.0 + t * t)], Duration: 1.5);

    /// <summary>Nonlinear in four variables: a circular orbit.</summary>
    public static Problem Orbit { get; } = new(
        "orbit",
        (t, x, dx) =>
        {
            double r = Math.Sqrt(x[0] * x[0] + x[1] * x[1]), pull = -1.0 / (r * r * r);
            (dx[0], dx[1], dx[2], dx[3]) = (x[2], x[3], pull * x[0], pull * x[1]);
        },
        t => [Math.Cos(t), Math.Sin(t), -Math.Sin(t), Math.Cos(t)], Duration: 2.0);

    /// <summary>Stiff as far as an explicit scheme goes: a fast relaxation (rate 50) to a slow drive.</summary>
    public static Problem Stiff { get; } = new(
        "stiff", (t, x, dx) => dx[0] = -50.0 * (x[0] - Math.Cos(t)),
        t => [(2500.0 * Math.Cos(t) + 50.0 * Math.Sin(t)) / 2501.0], Duration: 1.5);

    public static RungeKuttaScheme Scheme(string name) =>
        new[] { RungeKuttaScheme.Euler, RungeKuttaScheme.Heun, RungeKuttaScheme.RungeKutta4, RungeKuttaScheme.DormandPrince }.Single(known => known.Name == name);

    public static Problem Named(string name) => new[] { Linear, Nonlinear, Orbit, Stiff }.Single(problem => problem.Name == name);
}

/// <summary>How fast an error shrinks.</summary>
internal static class Order
{
    /// <summary>The slope of ln error over ln step, by least squares.</summary>
    public static double Slope(IReadOnlyList<double> steps, IReadOnlyList<double> errors)
    {
        double[] x = [.. steps.Select(step => Math.Log(step))], y = [.. errors.Select(error => Math.Log(error))];
        double mx = x.Average(), my = y.Average();
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / x.Sum(a => (a - mx) * (a - mx));
    }

    /// <summary>
    /// The power p of an error C hᵖ (1 + c h), fitted with its next term: what is left at steps too coarse for the first alone.
    /// </summary>
    public static double Leading(IReadOnlyList<double> steps, IReadOnlyList<double> errors) =>
        MathNet.Numerics.LinearRegression.MultipleRegression.QR(
        [.. steps.Select(step => (double[])[Math.Log(step), step])], [.. errors.Select(error => Math.Log(error))], intercept: true)[1];

    public static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b) => a.Zip(b, (p, q) => Math.Abs(p - q)).Max();
}
