using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>What a unit makes of its drive.</summary>
public enum RateFunction
{
    /// <summary>tanh z.</summary>
    Tanh,

    /// <summary>The rectifier max(0, z).</summary>
    Relu,
}

/// <summary>A network whose synapses do not change in a trial: FS-relu and FS-tanh.</summary>
/// <remarks>
/// <code>
/// x ← x + α [−x + φ(Wᵀ x + Wᵢᵀ u + b + η)],  α = step / 100 ms
/// </code>
/// Source: Kozachkov et al., PLoS Comput Biol 18:e1010776 (2022), from the authors' code.
/// </remarks>
public sealed class FixedSynapseRnn : MemoryNetwork
{
    /// <summary>A network with given parameters.</summary>
    /// <param name="function">φ.</param>
    /// <param name="units">N.</param>
    /// <param name="channels">Inputs, and as many outputs.</param>
    /// <param name="parameters">As <see cref="MemoryNetwork.Parameters"/>.</param>
    /// <exception cref="ArgumentException">There are more or fewer parameters than such a network has, or one is not finite.</exception>
    public FixedSynapseRnn(RateFunction function, int units, int channels, ReadOnlySpan<float> parameters) : base(units, channels, parameters)
    {
        Require.Defined(function);
        Function = function;
    }

    /// <summary>φ.</summary>
    public RateFunction Function { get; }

    /// <inheritdoc />
    public override string Kind => Function == RateFunction.Tanh ? "FS-tanh" : "FS-relu";

    /// <inheritdoc />
    public override int SynapticStates => 0;

    /// <summary>An untrained network: W normal of deviation 0.9/√N, everything else of 1/√N.</summary>
    /// <param name="function">φ.</param>
    /// <param name="units">N.</param>
    /// <param name="channels">Inputs, and as many outputs.</param>
    /// <param name="random">The stream.</param>
    public static FixedSynapseRnn Draw(RateFunction function, int units, int channels, Philox random)
    {
        Require.InRange(units, 1, 2000);
        Require.InRange(channels, 1, 2000);
        var layout = new ParameterLayout(units, channels);
        var all = new float[ParameterLayout.Count(units, channels)];
        Normals(all, 1.0 / Math.Sqrt(units), random);
        foreach (ref float weight in all.AsSpan(layout.Recurrent, units * units)) weight *= 0.9f;
        return new FixedSynapseRnn(function, units, channels, all);
    }

    /// <inheritdoc />
    public override MemoryNetwork With(ReadOnlySpan<float> parameters) => new FixedSynapseRnn(Function, Units, Channels, parameters);

    internal override TrialEngine<T> NewEngine<T>(double stepMs) => new FixedSynapseEngine<T>(Units, Channels, stepMs / TimeConstantMs, Function);

    private protected override double[,] SynapseSizes() =>
        Dense.Build(Units, Units, (i, j) => Math.Abs(Parameters[new ParameterLayout(Units, Channels).Recurrent + i * Units + j]));
}
