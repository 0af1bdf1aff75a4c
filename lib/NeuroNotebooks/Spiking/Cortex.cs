using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Spiking;

/// <summary>The network of cortex of Izhikevich (2003): two groups, E first and I after it.</summary>
public static class Cortex
{
    /// <summary>Name of the group of excitatory cells.</summary>
    public const string Excitatory = "E";

    /// <summary>Name of the group of inhibitory cells.</summary>
    public const string Inhibitory = "I";

    private const ulong NoiseFamily = 0x6E6F697365;      // keeps the noise apart from the network that is drawn with the same seed

    /// <summary>Draws a network.</summary>
    /// <param name="options">The recipe; the paper's unless given.</param>
    /// <param name="cancellation">Ends the drawing.</param>
    public static SpikingNetwork Network(CortexOptions? options = null, CancellationToken cancellation = default)
    {
        var o = options ?? new CortexOptions();
        Require.Positive(o.Excitatory, nameof(o.Excitatory));
        Require.Positive(o.Inhibitory, nameof(o.Inhibitory));
        Require.NotNull(o.Scheme, nameof(o.Scheme));
        Require.NotNegative(o.ExcitatoryWeight, nameof(o.ExcitatoryWeight));
        Require.NotNegative(o.InhibitoryWeight, nameof(o.InhibitoryWeight));
        int count = checked(o.Excitatory + o.Inhibitory);
        var random = new Philox(o.Seed);
        var synapses = random.Child(1);
        float[] scales = PerGroup(o, (float)o.ExcitatoryWeight, -(float)o.InhibitoryWeight);
        Connectivity connectivity = o.OutDegree is { } degree
            ? SparseConnectivity.FixedOutDegree(count, degree, scales, synapses, cancellation: cancellation)
            : DenseConnectivity.Uniform(count, scales, synapses);
        float[] noise = PerGroup(o, (float)o.ExcitatoryNoise, (float)o.InhibitoryNoise);
        return new SpikingNetwork(
            Cells(o, random.Child(0)), [new CellGroup(Excitatory, 0, o.Excitatory), new CellGroup(Inhibitory, o.Excitatory, o.Inhibitory)],
            [new Projection(connectivity)], [new GaussianDrive(noise, new Philox(o.NoiseSeed).Child(NoiseFamily))], o.Step);
    }

    private static IzhikevichPopulation Cells(CortexOptions o, Philox random)
    {
        int count = o.Excitatory + o.Inhibitory;
        float[] r = new float[count], a = new float[count], b = new float[count], c = new float[count], d = new float[count];
        random.Uniforms(r);
        for (int i = 0; i < count; i++)
            (a[i], b[i], c[i], d[i]) = i < o.Excitatory
                ? (0.02f, 0.2f, -65f + 15f * r[i] * r[i], 8f - 6f * r[i] * r[i])
                : (0.02f + 0.08f * r[i], 0.25f - 0.05f * r[i], -65f, 2f);
        return new IzhikevichPopulation(a, b, c, d, o.Scheme);
    }

    private static float[] PerGroup(CortexOptions o, float excitatory, float inhibitory)
    {
        var values = new float[o.Excitatory + o.Inhibitory];
        values.AsSpan(0, o.Excitatory).Fill(excitatory);
        values.AsSpan(o.Excitatory).Fill(inhibitory);
        return values;
    }
}
