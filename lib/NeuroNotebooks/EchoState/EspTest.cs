using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.EchoState;

/// <summary>What a ladder of tests says about forgetting.</summary>
public enum EspVerdict
{
    /// <summary>E1 holds: the reservoir contracts in the Euclidean norm, for every input.</summary>
    ContractsInTheIdentity,

    /// <summary>E2 holds: it contracts in a diagonal metric, for every input.</summary>
    ContractsInADiagonalMetric,

    /// <summary>Neither, but the necessary condition E3 holds: it may forget or not, which can depend on the input.</summary>
    Undecided,

    /// <summary>E3 fails: without input and bias the rest state 0 is unstable, so the reservoir does not forget at all inputs.</summary>
    FailsWithoutInput,
}

/// <summary>The echo-state property of a reservoir, by a ladder of tests: E1 implies E2 implies the property implies E3.</summary>
/// <param name="Leak">a.</param>
/// <param name="Norm">E1: the largest singular value of W; below 1 it holds.</param>
/// <param name="Scaling">E2: the best diagonal scaling found; a norm below 1 and it holds. Not found is not refuted.</param>
/// <param name="AbsoluteRadius">The spectral radius of |W|; below 1, E2 holds with the Perron scaling.</param>
/// <param name="Radius">E3: the spectral radius of (1 − a) I + a W; necessary, at most 1.</param>
/// <remarks>
/// The property: the distance of any two starts goes to 0 under every input. Jacobians are (1 − a) I + a D W with slopes D in (0, 1]; a
/// diagonal Θ commutes with D. Derived; E1 and E3 as in Jaeger, GMD report 148 (2001), E2 as in Buehner and Young, IEEE Trans. Neural Networks 17:820 (2006).
/// </remarks>
public sealed record EspTest(double Leak, double Norm, DiagonalScaling Scaling, double AbsoluteRadius, double Radius)
{
    private const double Rounding = 1e-12;

    /// <summary>E2: the best diagonal scaling found; a norm below 1 and it holds. Not found is not refuted.</summary>
    public DiagonalScaling Scaling { get; } = Scaling ?? throw new ArgumentNullException(nameof(Scaling));

    /// <summary>What the tests say together.</summary>
    public EspVerdict Verdict =>
        Norm < 1.0 ? EspVerdict.ContractsInTheIdentity
        : Scaling.Norm < 1.0 ? EspVerdict.ContractsInADiagonalMetric
        : Radius > 1.0 + Rounding ? EspVerdict.FailsWithoutInput
        : EspVerdict.Undecided;

    /// <summary>Whether the echo-state property is certified for every input.</summary>
    public bool IsCertified => Verdict is EspVerdict.ContractsInTheIdentity or EspVerdict.ContractsInADiagonalMetric;

    /// <summary>The factor by which distances shrink at least in a step, in the better of the two metrics; 1 or above certifies nothing.</summary>
    public double Factor => 1.0 - Leak + Leak * Math.Min(Norm, Scaling.Norm);

    /// <summary>The metric in which <see cref="Factor"/> holds.</summary>
    public Metric Metric => Norm <= Scaling.Norm ? Contraction.Metric.Identity(Scaling.Scales.Length) : Scaling.Metric;

    /// <summary>How many steps surely shrink any distance, in that metric, to a part: ⌈ln part / ln factor⌉; null if nothing is certified.</summary>
    /// <param name="part">Above 0 and below 1.</param>
    public int? WashOutLength(double part)
    {
        if (!(part > 0.0 && part < 1.0))
            throw new ArgumentOutOfRangeException(nameof(part), part, $"part is {part}: expected a number above 0 and below 1.");
        return !IsCertified ? null : Factor <= 0.0 ? 1 : (int)Math.Min(int.MaxValue, Math.Ceiling(Math.Log(part) / Math.Log(Factor)));
    }

    /// <summary>All three tests.</summary>
    /// <param name="W">Recurrent weights, N × N, finite, not empty.</param>
    /// <param name="leak">a, above 0 and at most 1.</param>
    public static EspTest Ladder(double[,] W, double leak = 1.0)
    {
        Require.Matrix(W);
        LeakRange.Check(leak);
        int n = W.GetLength(0);
        return new EspTest(
            leak, Spectrum.Norm(W), DiagonalScaling.Search(W),
            Reservoirs.IsNilpotent(W) ? 0.0 : Spectrum.Radius(Dense.Build(n, n, (i, j) => Math.Abs(W[i, j]))),
            Spectrum.Radius(Dense.Build(n, n, (i, j) => leak * W[i, j] + (i == j ? 1.0 - leak : 0.0))));
    }
}
