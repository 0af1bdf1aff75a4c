namespace NeuroNotebooks.WorkingMemory;

/// <summary>What is done to a trained network before it is tested.</summary>
public sealed record NetworkPerturbation
{
    /// <summary>The noise that networks are trained with.</summary>
    public const double TrainingNoise = 0.05;

    /// <summary>Nothing but the noise of training.</summary>
    public static NetworkPerturbation None { get; } = new();

    private readonly double synapseAblationProbability, processNoise = TrainingNoise;

    /// <summary>Probability with which each entry of the recurrent matrix, or of the plasticity matrix K, is set to zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no probability.</exception>
    public double SynapseAblationProbability
    {
        get => synapseAblationProbability;
        init
        {
            Require.InRange(value, 0.0, 1.0, nameof(SynapseAblationProbability));
            synapseAblationProbability = value;
        }
    }

    /// <summary>σ: noise η = √(2/α) σ ξ enters inside the nonlinearity, ξ standard normal, new for each unit and step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below zero or not finite.</exception>
    public double ProcessNoise
    {
        get => processNoise;
        init
        {
            Require.NotNegative(value, nameof(ProcessNoise));
            processNoise = value;
        }
    }

    /// <summary>Which synapses are cut: one mask for all trials.</summary>
    public ulong MaskSeed { get; init; }

    /// <summary>Cuts synapses instead by size: the largest part <see cref="SynapseAblationProbability"/> of them, not a random one.</summary>
    public bool LargestFirst { get; init; }
}
