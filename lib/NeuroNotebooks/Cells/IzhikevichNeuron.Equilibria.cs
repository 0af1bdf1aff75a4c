using System.Collections.Immutable;

namespace NeuroNotebooks.Cells;

/// <summary>What a rest point of a planar system looks like from nearby.</summary>
public enum RestKind
{
    /// <summary>Attracts without ringing.</summary>
    StableNode,

    /// <summary>Attracts while ringing.</summary>
    StableFocus,

    /// <summary>Attracts along one direction, repels along the other: the threshold.</summary>
    Saddle,

    /// <summary>Repels while ringing.</summary>
    UnstableFocus,

    /// <summary>Repels without ringing.</summary>
    UnstableNode,

    /// <summary>An eigenvalue with real part zero: the linear part does not decide.</summary>
    Undecided,
}

/// <summary>A rest point of a cell.</summary>
/// <param name="V">Voltage, mV.</param>
/// <param name="U">Recovery, mV/ms.</param>
/// <param name="Trace">Trace of the Jacobian, 1/ms.</param>
/// <param name="Determinant">Determinant of the Jacobian, 1/ms².</param>
public readonly record struct RestPoint(double V, double U, double Trace, double Determinant)
{
    /// <summary>What it looks like from nearby.</summary>
    public RestKind Kind => (Determinant, Trace) switch
    {
        ( < 0.0, _) => RestKind.Saddle,
        ( > 0.0, < 0.0) => Rings ? RestKind.StableFocus : RestKind.StableNode,
        ( > 0.0, > 0.0) => Rings ? RestKind.UnstableFocus : RestKind.UnstableNode,
        _ => RestKind.Undecided,
    };

    /// <summary>Whether small displacements decay.</summary>
    public bool IsStable => Determinant > 0.0 && Trace < 0.0;

    private bool Rings => Trace * Trace < 4.0 * Determinant;
}

public sealed partial record IzhikevichNeuron
{
    /// <summary>The current at which rest and threshold meet and vanish (a fold), mV/ms: (5 − b)²/0.16 − 140.</summary>
    public double FoldCurrent => (Linear - B) * (Linear - B) / (4.0 * Quadratic) - Offset;

    /// <summary>
    /// The current at which the rest state begins to ring for ever (a Hopf point), mV/ms; null if it reaches the fold first, which is so for b ≤ a.
    /// </summary>
    public double? HopfCurrent => B > A && A > 0.0 ? -(Quadratic * HopfVoltage * HopfVoltage + (Linear - B) * HopfVoltage + Offset) : null;

    /// <summary>The voltage where the trace of the Jacobian vanishes, mV: (a − 5)/0.08.</summary>
    public double HopfVoltage => (A - Linear) / (2.0 * Quadratic);

    /// <summary>The rest points under a constant current, the lower first: two, one at the fold, or none.</summary>
    /// <param name="current">I, mV/ms.</param>
    /// <remarks>The roots of 0.04 v² + (5 − b) v + 140 + I, from the one that does not cancel.</remarks>
    public ImmutableArray<RestPoint> RestPoints(double current)
    {
        Require.Finite(current);
        double slope = Linear - B, constant = Offset + current, discriminant = slope * slope - 4.0 * Quadratic * constant;
        if (!(discriminant >= 0.0)) return [];
        if (discriminant == 0.0) return [At(-slope / (2.0 * Quadratic))];
        double q = -0.5 * (slope + Math.CopySign(Math.Sqrt(discriminant), slope));
        double first = q / Quadratic, second = q == 0.0 ? 0.0 : constant / q;
        return [At(Math.Min(first, second)), At(Math.Max(first, second))];

        RestPoint At(double v) => new(v, B * v, 2.0 * Quadratic * v + Linear - A, A * (B - 2.0 * Quadratic * v - Linear));
    }

    /// <summary>The u at which the voltage stands still (a parabola), mV/ms.</summary>
    /// <param name="v">Voltage, mV.</param>
    /// <param name="current">I, mV/ms.</param>
    public static double VoltageNullcline(double v, double current) => (Quadratic * v + Linear) * v + Offset + current;

    /// <summary>The u at which the recovery stands still (the line b v), mV/ms.</summary>
    /// <param name="v">Voltage, mV.</param>
    public double RecoveryNullcline(double v) => B * v;
}
