using NeuroNotebooks.Bifurcations;

namespace NeuroNotebooks.Tests.Bifurcations;

/// <summary>Models whose bifurcations are known in closed form.</summary>
internal static class NormalForms
{
    /// <summary>x' = p + x²: a fold at the origin.</summary>
    public static OdeModel Fold { get; } = OdeModel.Of(["x"], ["p"], (x, p, slope) => slope[0] = p[0] + x[0] * x[0]);

    /// <summary>
    /// r' = r (p + a r² − r⁴), θ' = 1 in the plane: a Hopf point at p = 0, cycles r⁴ − a r² = p of period 2π, and for a above zero a
    /// fold of cycles at r² = a/2, p = −a²/4.
    /// </summary>
    public static OdeModel Hopf { get; } = OdeModel.Of(["x", "y"], ["p", "a"], (x, p, slope) =>
    {
        double r2 = x[0] * x[0] + x[1] * x[1], growth = p[0] + p[1] * r2 - r2 * r2;
        slope[0] = growth * x[0] - x[1];
        slope[1] = growth * x[1] + x[0];
    });

    /// <summary>
    /// r' = r (1 − r²), θ' = p − sin θ in the plane: a saddle-node on the unit circle at p = 1, period 2π/√(p² − 1) beyond.
    /// </summary>
    public static OdeModel Circle { get; } = OdeModel.Of(["x", "y"], ["p"], (x, p, slope) =>
    {
        double r2 = x[0] * x[0] + x[1] * x[1], turn = p[0] - x[1] / Math.Sqrt(r2);
        slope[0] = (1.0 - r2) * x[0] - turn * x[1];
        slope[1] = (1.0 - r2) * x[1] + turn * x[0];
    });

    /// <summary>x' = q + p x − x³: a cusp at the origin, folds at 4 p³ = 27 q².</summary>
    public static OdeModel Cusp { get; } = OdeModel.Of(
        ["x"], ["p", "q"], (x, p, slope) => slope[0] = p[1] + p[0] * x[0] - x[0] * x[0] * x[0]);
}
