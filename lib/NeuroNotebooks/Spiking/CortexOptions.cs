using NeuroNotebooks.Cells;

namespace NeuroNotebooks.Spiking;

/// <summary>The recipe of the paper's network of cortex, and the knobs one may turn.</summary>
/// <remarks>
/// <code>
/// I_i(t) = η_i(t) + Σ over j that fired of S_ij,      S_ij = 0.5 r (j excitatory) or −r (j inhibitory),      η ~ N(0, σ²), fresh each ms
/// excitatory:  a = 0.02          b = 0.2            c = −65 + 15 r²    d = 8 − 6 r²        σ = 5
/// inhibitory:  a = 0.02 + 0.08 r b = 0.25 − 0.05 r  c = −65            d = 2               σ = 2
/// </code>
/// with r uniform between 0 and 1, one for each cell and one for each synapse.
/// Source: Izhikevich, IEEE Trans. Neural Networks 14:1569 (2003), and its public program.
/// </remarks>
public sealed record CortexOptions
{
    /// <summary>How many excitatory cells.</summary>
    public int Excitatory { get; init; } = 800;

    /// <summary>How many inhibitory cells.</summary>
    public int Inhibitory { get; init; } = 200;

    /// <summary>How many targets each cell has; all cells if null.</summary>
    public int? OutDegree { get; init; }

    /// <summary>How a step is made.</summary>
    public IzhikevichScheme Scheme { get; init; } = IzhikevichScheme.HalfStep;

    /// <summary>Largest weight of an excitatory synapse, mV/ms.</summary>
    public double ExcitatoryWeight { get; init; } = 0.5;

    /// <summary>Largest weight of an inhibitory synapse, as a size, mV/ms.</summary>
    public double InhibitoryWeight { get; init; } = 1.0;

    /// <summary>Deviation of the noise of excitatory cells, mV/ms.</summary>
    public double ExcitatoryNoise { get; init; } = 5.0;

    /// <summary>Deviation of the noise of inhibitory cells, mV/ms.</summary>
    public double InhibitoryNoise { get; init; } = 2.0;

    /// <summary>The draw of the parameters and weights.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The draw of the noise, so that it can be drawn anew on the same network.</summary>
    public ulong NoiseSeed { get; init; } = 1;

    /// <summary>The step, ms.</summary>
    public double Step { get; init; } = 1.0;
}
