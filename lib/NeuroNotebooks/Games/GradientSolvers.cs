namespace NeuroNotebooks.Games;

/// <summary>Every neuron steps down its own interaction cost, then takes the proximal map of its activation cost.</summary>
/// <remarks>
/// x ← prox_{γ g}(x − γ F(x)). Converges linearly for γ below 2 μ_P / L_P² of a diagonally stable network (<see cref="Monotonicity"/>);
/// on a fixed set of active neurons exactly while the spectral radius of I − γ (I − W) on them is below 1.
/// </remarks>
/// <param name="Gamma">γ, above zero; if null, half the bound above, or 1/(2 ‖I − W‖₂) where there is none.</param>
public sealed record ProjectedPseudoGradient(double? Gamma = null) : INashSolver
{
    /// <inheritdoc/>
    public string Name => "projected pseudo-gradient" + (Gamma is { } gamma ? $", γ = {gamma:0.###}" : "");

    /// <inheritdoc/>
    public NashResult Solve(
        FiringRateNetwork network, ReadOnlySpan<double> start, NashOptions? options = null, CancellationToken cancellation = default)
    {
        Require.NotNull(network);
        double gamma = Gamma ?? Monotonicity.Of(network) switch
        {
            { Modulus: > 0.0 } constants => 0.5 * constants.GradientStepBound,
            var constants => 0.5 / constants.Lipschitz,
        };
        Require.Positive(gamma, nameof(Gamma));
        return Iteration.Run(network, start, options, rates =>
            Step(network, gamma, rates, network.PseudoGradient(rates)).CopyTo(rates, 0), cancellation);
    }

    /// <summary>prox_{γ g}(x − γ F).</summary>
    internal static double[] Step(FiringRateNetwork network, double gamma, double[] rates, double[] gradient) =>
        [.. rates.Select((rate, i) => network.Activations[i].Prox(rate - gamma * gradient[i], gamma))];
}

/// <summary>A projected gradient step that looks ahead: the slopes are taken where a first step would lead.</summary>
/// <remarks>
/// x̂ = prox_{γ g}(x − γ F(x)), x ← prox_{γ g}(x − γ F(x̂)). Converges for γ below 1/L_P even if the game is only monotone.
/// Source: Korpelevich, Matecon 12:747 (1976).
/// </remarks>
/// <param name="Gamma">γ, above zero; if null, 0.9 / L_P with the weights of <see cref="Monotonicity"/>.</param>
public sealed record Extragradient(double? Gamma = null) : INashSolver
{
    /// <inheritdoc/>
    public string Name => "extragradient" + (Gamma is { } gamma ? $", γ = {gamma:0.###}" : "");

    /// <inheritdoc/>
    public NashResult Solve(
        FiringRateNetwork network, ReadOnlySpan<double> start, NashOptions? options = null, CancellationToken cancellation = default)
    {
        Require.NotNull(network);
        double gamma = Gamma ?? 0.9 * Monotonicity.Of(network).ExtragradientStepBound;
        Require.Positive(gamma, nameof(Gamma));
        return Iteration.Run(network, start, options, rates =>
        {
            double[] ahead = ProjectedPseudoGradient.Step(network, gamma, rates, network.PseudoGradient(rates));
            ProjectedPseudoGradient.Step(network, gamma, rates, network.PseudoGradient(ahead)).CopyTo(rates, 0);
        }, cancellation);
    }
}
