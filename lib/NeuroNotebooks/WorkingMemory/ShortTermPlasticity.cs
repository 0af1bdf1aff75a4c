namespace NeuroNotebooks.WorkingMemory;

/// <summary>How the change of synapses in a trial is stepped.</summary>
public enum StpVariant
{
    /// <summary>The cited model with its time constants in their units, started at rest.</summary>
    Physical,

    /// <summary>
    /// As in the authors' code: steps of dt/τ instead of dt, which makes recovery 100 times and the action of activity 6.7 times slower; τ_R in
    /// the place of τ_U; started at utilisation zero.
    /// </summary>
    AuthorsCode,
}

/// <summary>A synapse that remembers the last seconds by its resources R and its utilisation U.</summary>
/// <param name="Rest">U₀, from 0 to 1.</param>
/// <param name="UtilisationMs">τ_U, ms.</param>
/// <param name="RecoveryMs">τ_R, ms.</param>
/// <remarks>
/// <code>
/// R' = (1 − R)/τ_R − U R x          U' = (U₀ − U)/τ_U + U₀ (1 − U) x          rate x in 1/s, what arrives: R U x
/// </code>
/// Source: Mongillo, Barak, Tsodyks, Science 319:1543 (2008), with rates; constants: Masse et al., Nat Neurosci 22:1159 (2019).
/// </remarks>
public sealed record ShortTermPlasticity(double Rest, double UtilisationMs, double RecoveryMs)
{
    /// <summary>A synapse that grows stronger with use: U₀ = 0.15, τ_U = 1500 ms, τ_R = 200 ms.</summary>
    public static ShortTermPlasticity Facilitating { get; } = new(0.15, 1500.0, 200.0);

    /// <summary>A synapse that tires: U₀ = 0.45, τ_U = 200 ms, τ_R = 1500 ms.</summary>
    public static ShortTermPlasticity Depressing { get; } = new(0.45, 200.0, 1500.0);

    /// <summary>U₀, from 0 to 1.</summary>
    public double Rest { get; init; } = Part(Rest);

    /// <summary>τ_U, ms.</summary>
    public double UtilisationMs { get; init; } = Require.Positive(UtilisationMs, nameof(UtilisationMs));

    /// <summary>τ_R, ms.</summary>
    public double RecoveryMs { get; init; } = Require.Positive(RecoveryMs, nameof(RecoveryMs));

    /// <summary>Where a constant rate takes the synapse.</summary>
    /// <param name="rate">x, 1/s, zero or above.</param>
    /// <returns>U∞ = U₀ (1 + τ_U x) / (1 + U₀ τ_U x), R∞ = 1 / (1 + U∞ τ_R x), and their product.</returns>
    public SynapseState SteadyState(double rate)
    {
        Require.NotNegative(rate);
        double facilitation = UtilisationMs * rate / 1000.0, utilisation = Rest * (1.0 + facilitation) / (1.0 + Rest * facilitation);
        return new SynapseState(1.0 / (1.0 + utilisation * RecoveryMs * rate / 1000.0), utilisation);
    }

    /// <summary>The synapse under a constant rate, from rest; Euler steps as the networks take them.</summary>
    /// <param name="rate">x, 1/s, zero or above.</param>
    /// <param name="steps">How many steps, above zero.</param>
    /// <param name="stepMs">Length of a step, ms.</param>
    /// <param name="variant">How it is stepped.</param>
    /// <param name="restingSteps">Steps without activity that follow.</param>
    /// <returns>The state before the first step and after each.</returns>
    public SynapseState[] Clamp(
        double rate, int steps, double stepMs = 15.0, StpVariant variant = StpVariant.Physical, int restingSteps = 0)
    {
        Require.NotNegative(rate);
        Require.InRange(steps, 1, 10_000_000);
        Require.InRange(restingSteps, 0, 10_000_000);
        SynapseStep s = Step(stepMs, variant);
        var path = new SynapseState[steps + restingSteps + 1];
        path[0] = new SynapseState(1.0, s.Start);
        for (int k = 0; k < steps + restingSteps; k++)
        {
            (double r, double u) = path[k];
            double drive = k < steps ? s.Gain * rate : 0.0;
            path[k + 1] = new SynapseState(
                Math.Clamp(r + s.Recovery * (1.0 - r) - drive * u * r, 0.0, 1.0),
                Math.Clamp(u + s.Relaxation * (s.Rest - u) + drive * s.Rest * (1.0 - u), 0.0, 1.0));
        }
        return path;
    }

    internal SynapseStep Step(double stepMs, StpVariant variant)
    {
        Require.Positive(stepMs);
        double alpha = stepMs / MemoryNetwork.TimeConstantMs, seconds = stepMs / 1000.0;
        return variant switch
        {
            StpVariant.Physical => new SynapseStep(stepMs / RecoveryMs, stepMs / UtilisationMs, Rest, Start: Rest, Gain: seconds),
            StpVariant.AuthorsCode => new SynapseStep(alpha / RecoveryMs, alpha / RecoveryMs, Rest, Start: 0.0, Gain: alpha * seconds),
            _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, $"variant is {variant}: expected Physical or AuthorsCode."),
        };
    }

    private static double Part(double value)
    {
        Require.InRange(value, 0.0, 1.0, nameof(Rest));
        return value;
    }
}

/// <summary>The state of a synapse.</summary>
/// <param name="Resources">R, from 0 to 1.</param>
/// <param name="Utilisation">U, from 0 to 1.</param>
public readonly record struct SynapseState(double Resources, double Utilisation)
{
    /// <summary>R U: the part of the weight that is in effect.</summary>
    public double Efficacy => Resources * Utilisation;
}
