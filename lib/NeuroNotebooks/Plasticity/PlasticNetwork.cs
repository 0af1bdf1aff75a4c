using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>What a plasticity rule takes for the activity z of the neurons.</summary>
public enum ActivitySource
{
    /// <summary>z = x, the state.</summary>
    State,

    /// <summary>z = tanh x, the rate.</summary>
    Rate,

    /// <summary>z = u, the input: all copies of a network then have the same weights at all times.</summary>
    Input,
}

/// <summary>A recurrent network whose synapses move with its activity.</summary>
/// <remarks>
/// <code>
/// x' = −α x + W x + u   (Linear)     or  −α x + φ(W x + u)   (FiringRate)     or  −α x + W φ(x) + u   (Hopfield),   φ = tanh
/// W' = −γ W + S(z),   on existing synapses; others stay zero
/// </code>
/// with noise σ dB on every state and every existing synapse. All dimensionless; time in the unit of 1/α and 1/γ; W_ij from j to i.
/// Source: Kozachkov, Lundqvist, Slotine, Miller, PLoS Comput. Biol. 16:e1007659 (2020), for the linear form with an anti-Hebbian rule.
/// </remarks>
public sealed record PlasticNetwork
{
    /// <summary>A state beyond this ends a run.</summary>
    public const double LargestState = 1e6;

    private readonly double decay = 1.0, leak = 1.0, noise;
    private readonly NetworkInput input;
    private readonly IPlasticityRule rule;
    private readonly bool[,]? synapses;

    /// <summary>Makes a network of linear neurons with α = γ = 1, no noise and all synapses.</summary>
    /// <param name="rule">What activity does to the synapses.</param>
    /// <param name="input">u, which also says how many neurons there are.</param>
    /// <exception cref="ArgumentException">The rule is for another number of neurons.</exception>
    public PlasticNetwork(IPlasticityRule rule, NetworkInput input)
    {
        Require.NotNull(rule);
        Require.NotNull(input);
        (this.rule, this.input, Count) = (rule, input, input.Count);
        CheckRule(rule, nameof(rule));
    }

    /// <summary>n, how many neurons.</summary>
    public int Count { get; }

    /// <summary>What activity does to the synapses.</summary>
    public IPlasticityRule Rule
    {
        get => rule;
        init
        {
            Require.NotNull(value, nameof(Rule));
            CheckRule(value, nameof(Rule));
            rule = value;
        }
    }

    /// <summary>u, n numbers at each step.</summary>
    public NetworkInput Input
    {
        get => input;
        init
        {
            Require.NotNull(value, nameof(Input));
            Require.Length(Count, value.Count, nameof(Input), "neuron");
            input = value;
        }
    }

    /// <summary>What the rule takes for the activity.</summary>
    public ActivitySource Activity { get; init; }

    /// <summary>Where the saturation stands.</summary>
    public NetworkForm Form { get; init; } = NetworkForm.Linear;

    /// <summary>γ, decay of the synapses, above zero, 1/time.</summary>
    public double Gamma
    {
        get => decay;
        init
        {
            Require.Positive(value, nameof(Gamma));
            decay = value;
        }
    }

    /// <summary>α, leak of the neurons, above zero, 1/time.</summary>
    public double Alpha
    {
        get => leak;
        init
        {
            Require.Positive(value, nameof(Alpha));
            leak = value;
        }
    }

    /// <summary>σ, noise on every state, zero or above, 1/√time.</summary>
    public double Sigma
    {
        get => noise;
        init
        {
            Require.NotNegative(value, nameof(Sigma));
            noise = value;
        }
    }

    /// <summary>Which synapses exist, n × n, row = postsynaptic; all if null.</summary>
    public bool[,]? Synapses
    {
        get => (bool[,]?)synapses?.Clone();
        init
        {
            if (value is not null && (value.GetLength(0) != Count || value.GetLength(1) != Count))
                throw new ArgumentException(
                    $"Synapses is {value.GetLength(0)} × {value.GetLength(1)}: expected {Count} × {Count}, one entry per pair of neurons.", nameof(Synapses));
            synapses = (bool[,]?)value?.Clone();
        }
    }

    /// <summary>Runs it by Euler and Maruyama's scheme: the right-hand sides use the old x and W.</summary>
    /// <param name="x">Activity at t = 0, n, finite.</param>
    /// <param name="W">Weights at t = 0, n × n, finite; those of synapses that do not exist must be zero.</param>
    /// <param name="dt">The step, above zero, with γ dt &lt; 1.</param>
    /// <param name="steps">How many, at least 1.</param>
    /// <param name="noise">Stream of the noise; two runs with one stream get the same.</param>
    /// <param name="recordEvery">How many steps between two records of x and W, at least 1; start and end are always recorded.</param>
    /// <returns>What was recorded; a run that leaves |x| ≤ 10⁶ ends there and says when.</returns>
    /// <exception cref="ArgumentException">
    /// A shape or a number is wrong, the input is shorter than the run, or the window of its disturbance is not within the run.
    /// </exception>
    public PlasticTrajectory Simulate(
        ReadOnlySpan<double> x, double[,] W, double dt, int steps, Philox noise = default, int recordEvery = 1)
    {
        Require.Positive(recordEvery);
        var run = new PlasticRun(this, x, W, dt, steps, noise);
        var record = new PlasticTrajectory.Builder();
        record.Add(0.0, run);
        while (run.Step < steps && run.Advance())
            if (run.Step % recordEvery == 0 || run.Step == steps) record.Add(run.Step * dt, run);
        return record.Finish(run.BlowUpTime);
    }

    private void CheckRule(IPlasticityRule candidate, string name)
    {
        if (candidate.Neurons is { } neurons && neurons != Count)
            throw new ArgumentException($"{name} is {candidate.Name} for {neurons} neurons, but the input drives {Count}.", name);
    }

    internal bool Exists(int i, int j) => synapses is null || synapses[i, j];

    internal bool IsDense => synapses is null;
}
