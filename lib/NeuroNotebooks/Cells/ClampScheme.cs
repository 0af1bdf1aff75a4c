namespace NeuroNotebooks.Cells;

/// <summary>How a clamped neuron is moved on by one step.</summary>
public enum ClampScheme
{
    /// <summary>The classical scheme of fourth order: four evaluations of the equations a step.</summary>
    RungeKutta4,

    /// <summary>The trapezoid rule with Euler's guess, second order: two evaluations a step.</summary>
    Heun,

    /// <summary>
    /// Every variable relaxes exponentially to where it is heading while the others are held, first order: three evaluations a step. Stable with
    /// steps that are too long for the fastest gate. Exact in the slopes for cells that are linear in V and whose other variables follow V alone.
    /// </summary>
    ExponentialEuler,
}
