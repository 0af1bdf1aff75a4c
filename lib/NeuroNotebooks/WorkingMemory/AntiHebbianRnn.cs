using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>A network without fixed recurrent synapses: what fires together is uncoupled. PS-hebb.</summary>
/// <remarks>
/// <code>
/// x ← x + α [−x + W x + Wᵢᵀ u + b + η]        W ← W + α [−K ∘ (x xᵀ) − γ W],  W = 0 at the start of each trial
/// K = (S∘S)ᵀ (S∘S) + 0.01 · 1 1ᵀ + 0.005 I
/// </code>
/// W stays symmetric and negative semidefinite. Unrolled, W_t x_t = −Σ_{s&lt;t} α (1 − αγ)^{t−1−s} x_s ∘ K (x_s ∘ x_t): attention over the
/// trial's past. Source: Kozachkov et al., PLoS Comput Biol 18:e1010776 (2022), from the authors' code; the model: PLoS Comput Biol 16:e1007659 (2020).
/// </remarks>
public sealed class AntiHebbianRnn : MemoryNetwork
{
    /// <summary>The paper's γ, a memory of 20 s.</summary>
    public const double PaperLeak = 1.0 / 200.0;

    private const double Floor = 1e-2, DiagonalFloor = 0.5e-2;

    /// <summary>A network with given parameters.</summary>
    /// <param name="units">N.</param>
    /// <param name="channels">Inputs, and as many outputs.</param>
    /// <param name="parameters">As <see cref="MemoryNetwork.Parameters"/>, the recurrent ones being S.</param>
    /// <param name="leak">
    /// γ per time constant, from 0 to 0.1: beyond, single precision would lose digits when the way back recomputes W.
    /// </param>
    /// <exception cref="ArgumentException">There are more or fewer parameters than such a network has, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The leak is out of its range.</exception>
    public AntiHebbianRnn(int units, int channels, ReadOnlySpan<float> parameters, double leak = PaperLeak) : base(units, channels, parameters)
    {
        Require.InRange(leak, 0.0, 0.1);
        Leak = leak;
    }

    /// <summary>γ: the memory lasts τ/γ.</summary>
    public double Leak { get; }

    /// <inheritdoc />
    public override string Kind => "PS-hebb";

    /// <inheritdoc />
    public override int SynapticStates => Units * (Units + 1) / 2;

    private protected override int MaskedSynapticStates => Units * Units;

    /// <summary>An untrained network: S uniform within ±0.5, input weights within ±1/√channels, everything else within ±1/√N.</summary>
    /// <param name="units">N.</param>
    /// <param name="channels">Inputs, and as many outputs.</param>
    /// <param name="random">The stream.</param>
    /// <param name="leak">γ, from 0 to 0.1.</param>
    public static AntiHebbianRnn Draw(int units, int channels, Philox random, double leak = PaperLeak)
    {
        Require.InRange(units, 1, 2000);
        Require.InRange(channels, 1, 2000);
        var layout = new ParameterLayout(units, channels);
        var all = new float[ParameterLayout.Count(units, channels)];
        Uniforms(all, 1.0 / Math.Sqrt(units), random.Substream(1));
        Uniforms(all.AsSpan(ParameterLayout.Input, units * channels), 1.0 / Math.Sqrt(channels), random.Substream(2));
        Uniforms(all.AsSpan(layout.Recurrent, units * units), 0.5, random.Substream(3));
        return new AntiHebbianRnn(units, channels, all, leak);
    }

    /// <inheritdoc />
    public override MemoryNetwork With(ReadOnlySpan<float> parameters) => new AntiHebbianRnn(Units, Channels, parameters, Leak);

    /// <summary>The same network with another memory.</summary>
    /// <param name="leak">γ, from 0 to 0.1.</param>
    public AntiHebbianRnn WithLeak(double leak) => new(Units, Channels, Parameters.AsSpan(), leak);

    /// <summary>K, how strongly each pair of units is uncoupled: N × N, symmetric, positive definite.</summary>
    public double[,] Plasticity()
    {
        int start = new ParameterLayout(Units, Channels).Recurrent;
        return Plasticity(Dense.Build(Units, Units, (i, j) => (double)Parameters[start + i * Units + j] * Parameters[start + i * Units + j]));
    }

    internal static double[,] Plasticity(double[,] squaredRoot)
    {
        double[,] k = Dense.Product(Dense.Transpose(squaredRoot), squaredRoot);
        for (int i = 0; i < k.GetLength(0); i++)
            for (int j = 0; j < k.GetLength(1); j++) k[i, j] += Floor + (i == j ? DiagonalFloor : 0.0);
        return k;
    }

    internal override TrialEngine<T> NewEngine<T>(double stepMs) => new AntiHebbianEngine<T>(Units, Channels, stepMs / TimeConstantMs, Leak);

    private protected override double[,] SynapseSizes() => Plasticity();
}
