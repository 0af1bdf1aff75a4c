namespace NeuroNotebooks.Contraction;

/// <summary>The scheme that moves a state and its tangent vectors.</summary>
public enum TangentScheme
{
    /// <summary>The classical fourth-order Runge-Kutta scheme.</summary>
    RungeKutta4,

    /// <summary>Euler's scheme, first order; its exponents are those of another system, see the remarks of <see cref="LyapunovSpectrum"/>.</summary>
    Euler,
}

/// <summary>How to compute Lyapunov exponents.</summary>
public sealed record LyapunovOptions
{
    /// <summary>How many leading exponents, at least 1; all if null.</summary>
    public int? Exponents { get; init; }

    /// <summary>Length of a step of a flow, above zero, in the field's unit of time; a map has steps of 1.</summary>
    public double Step { get; init; } = 0.01;

    /// <summary>How many steps to average over, at least 1.</summary>
    public int Steps { get; init; } = 10_000;

    /// <summary>How many steps to make before, in which the frame turns into its directions; zero or above.</summary>
    public int Transient { get; init; } = 1_000;

    /// <summary>How many steps between two orthonormalisations, at least 1: few enough that no vector outgrows another by 10⁷.</summary>
    public int StepsPerOrthonormalisation { get; init; } = 10;

    /// <summary>The scheme of a flow.</summary>
    public TangentScheme Scheme { get; init; } = TangentScheme.RungeKutta4;

    /// <summary>Seed of the random directions to start from.</summary>
    public ulong Seed { get; init; } = 1;

    internal int Check(int dimension, string name)
    {
        if (Exponents is { } k) Require.InRange(k, 1, dimension, nameof(Exponents));
        Require.Positive(Step);
        Require.Positive(Steps);
        Require.NotNegative(Transient);
        Require.Positive(StepsPerOrthonormalisation);
        if (!Enum.IsDefined(Scheme))
            throw new ArgumentException($"Scheme is {Scheme}: expected RungeKutta4 or Euler.", name);
        return Exponents ?? dimension;
    }
}
