using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>A network whose synapses facilitate or depress with their sender's activity: PS-pre.</summary>
/// <remarks>
/// <code>
/// x ← x + α [−x + relu(W̃ᵀ (x∘R∘U) + Wᵢᵀ u + b + η)],  W̃ = D relu(W),  D = ±1: Dale's law
/// </code>
/// with R and U as in <see cref="ShortTermPlasticity"/>: units with an even number facilitate, those with an odd one depress. Source:
/// Kozachkov et al., PLoS Comput Biol 18:e1010776 (2022), from the authors' code.
/// </remarks>
public sealed class PresynapticStpRnn : MemoryNetwork
{
    /// <summary>A network with given parameters.</summary>
    /// <param name="variant">How synapses are stepped.</param>
    /// <param name="signs">Each unit's sign, 1 or −1.</param>
    /// <param name="channels">Inputs, and as many outputs.</param>
    /// <param name="parameters">As <see cref="MemoryNetwork.Parameters"/>.</param>
    /// <param name="facilitating">Synapses of units with an even number; as in the paper if left out.</param>
    /// <param name="depressing">Synapses of units with an odd number; as in the paper if left out.</param>
    /// <exception cref="ArgumentException">
    /// A sign is neither 1 nor −1, there are more or fewer parameters than such a network has, or one is not finite.
    /// </exception>
    public PresynapticStpRnn(
        StpVariant variant, ReadOnlySpan<int> signs, int channels, ReadOnlySpan<float> parameters,
        ShortTermPlasticity? facilitating = null, ShortTermPlasticity? depressing = null) : base(signs.Length, channels, parameters)
    {
        foreach (int sign in signs)
            if (sign is not (1 or -1)) throw new ArgumentException($"signs has the entry {sign}: expected 1 or −1.", nameof(signs));
        Require.Defined(variant);
        (Variant, Signs) = (variant, [.. signs]);
        (Facilitating, Depressing) = (facilitating ?? ShortTermPlasticity.Facilitating, depressing ?? ShortTermPlasticity.Depressing);
    }

    /// <summary>How synapses are stepped.</summary>
    public StpVariant Variant { get; }

    /// <summary>Each unit's sign, 1 or −1.</summary>
    public ImmutableArray<int> Signs { get; }

    /// <summary>Synapses of units with an even number.</summary>
    public ShortTermPlasticity Facilitating { get; }

    /// <summary>Synapses of units with an odd number.</summary>
    public ShortTermPlasticity Depressing { get; }

    /// <inheritdoc />
    public override string Kind => "PS-pre";

    /// <inheritdoc />
    public override int SynapticStates => 2 * Units;

    /// <summary>
    /// An untrained network: four fifths of the units excite, at random places; W log-normal, of Frobenius norm 0.1; input and readout weights
    /// uniform within ±1/√N; biases zero.
    /// </summary>
    /// <param name="variant">How synapses are stepped.</param>
    /// <param name="units">N.</param>
    /// <param name="channels">Inputs, and as many outputs.</param>
    /// <param name="random">The stream.</param>
    public static PresynapticStpRnn Draw(StpVariant variant, int units, int channels, Philox random)
    {
        Require.InRange(units, 1, 2000);
        Require.InRange(channels, 1, 2000);
        var layout = new ParameterLayout(units, channels);
        var all = new float[ParameterLayout.Count(units, channels)];
        double width = 1.0 / Math.Sqrt(units), norm = 0.0;
        Uniforms(all.AsSpan(ParameterLayout.Input, units * channels), width, random.Substream(1));
        Uniforms(all.AsSpan(layout.Readout, units * channels), width, random.Substream(2));
        Span<float> weights = all.AsSpan(layout.Recurrent, units * units);
        Normals(weights, 0.9 * width, random.Substream(3));
        foreach (ref float weight in weights)
        {
            weight = MathF.Exp(weight);
            norm += weight * weight;
        }
        foreach (ref float weight in weights) weight /= (float)(10.0 * Math.Sqrt(norm));
        int[] signs = [.. random.Permutation(4, units).Select(place => place < (int)Math.Round(0.8 * units) ? 1 : -1)];
        return new PresynapticStpRnn(variant, signs, channels, all);
    }

    /// <inheritdoc />
    public override MemoryNetwork With(ReadOnlySpan<float> parameters) =>
        new PresynapticStpRnn(Variant, Signs.AsSpan(), Channels, parameters, Facilitating, Depressing);

    /// <summary>The same network with other synapses.</summary>
    /// <param name="facilitating">Synapses of units with an even number.</param>
    /// <param name="depressing">Synapses of units with an odd number.</param>
    public PresynapticStpRnn WithSynapses(ShortTermPlasticity facilitating, ShortTermPlasticity depressing)
    {
        Require.NotNull(facilitating);
        Require.NotNull(depressing);
        return new PresynapticStpRnn(Variant, Signs.AsSpan(), Channels, Parameters.AsSpan(), facilitating, depressing);
    }

    /// <summary>W̃ = D relu(W): units × units, from the row to the column.</summary>
    public double[,] EffectiveWeights() => Dense.Build(Units, Units, (i, j) =>
        Signs[i] * Math.Max(0.0, Parameters[new ParameterLayout(Units, Channels).Recurrent + i * Units + j]));

    internal override TrialEngine<T> NewEngine<T>(double stepMs) => new PresynapticEngine<T>(Channels, stepMs / TimeConstantMs,
        [.. Enumerable.Range(0, Units).Select(i => (i % 2 == 0 ? Facilitating : Depressing).Step(stepMs, Variant))], [.. Signs]);

    private protected override double[,] SynapseSizes()
    {
        double[,] weights = EffectiveWeights();
        return Dense.Build(Units, Units, (i, j) => Math.Abs(weights[i, j]));
    }
}
