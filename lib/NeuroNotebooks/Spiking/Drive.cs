using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Spiking;

/// <summary>Input from outside the network, given to each cell at each step.</summary>
public abstract class Drive
{
    private protected Drive(int cells) => Cells = cells;

    /// <summary>How many cells it drives.</summary>
    public int Cells { get; }

    /// <summary>Adds the input of a step to cells of whole tiles.</summary>
    /// <param name="step">Which step.</param>
    /// <param name="length">Of the step, ms.</param>
    /// <param name="first">The first cell.</param>
    /// <param name="end">One past the last, padding included.</param>
    /// <param name="input">Of all cells.</param>
    internal abstract void Add(long step, double length, int first, int end, Span<float> input);
}

/// <summary>Gaussian noise, fresh at each step and of each cell: the thalamus of the paper.</summary>
/// <remarks>
/// The number of a cell at a step is a function of (seed, step, cell): it does not depend on the number of threads or on anything else in
/// the run. Single precision, at most 5.9 deviations in size.
/// </remarks>
public sealed class GaussianDrive : Drive
{
    private readonly float[] deviations;
    private readonly Philox random;

    /// <summary>Noise of given strengths.</summary>
    /// <param name="deviations">Standard deviation of each cell's input, zero or above, in the unit of the cells.</param>
    /// <param name="random">The stream family; its streams are the steps.</param>
    public GaussianDrive(ReadOnlySpan<float> deviations, Philox random) : base(deviations.Length)
    {
        SpikingPopulation.RequireFinite(deviations, nameof(deviations));
        foreach (float deviation in deviations) Require.NotNegative(deviation, nameof(deviations));
        this.deviations = new float[SpikingPopulation.Padded(deviations.Length)];
        deviations.CopyTo(this.deviations);
        this.random = random;
    }

    internal override void Add(long step, double length, int first, int end, Span<float> input) =>
        NormalNoise.AddTo(input[first..end], deviations.AsSpan(first, end - first), first, random.Substream((ulong)step));
}

/// <summary>Poisson spikes from outside: each adds a weight to the input of its cell for one step.</summary>
public sealed class PoissonDrive : Drive
{
    private readonly float[] rates, weights;
    private readonly Philox random;

    /// <summary>Independent trains, one per cell.</summary>
    /// <param name="rates">Of each cell's train, Hz, zero or above and at most 10⁶.</param>
    /// <param name="weights">What a spike adds, one per cell, in the unit of the cells.</param>
    /// <param name="random">The stream family; its streams are the steps.</param>
    public PoissonDrive(ReadOnlySpan<float> rates, ReadOnlySpan<float> weights, Philox random) : base(rates.Length)
    {
        Require.Length(rates.Length, weights.Length, nameof(weights), "cell");
        foreach (float rate in rates) Require.InRange(rate, 0.0, 1e6, nameof(rates));
        SpikingPopulation.RequireFinite(weights, nameof(weights));
        (this.rates, this.weights, this.random) = ([.. rates], [.. weights], random);
    }

    internal override void Add(long step, double length, int first, int end, Span<float> input)
    {
        const int Chunk = 256;
        Span<uint> words = stackalloc uint[Chunk];
        var stream = random.Substream((ulong)step);
        end = Math.Min(end, Cells);
        for (int start = first; start < end; start += Chunk)
        {
            var part = words[..Math.Min(Chunk, end - start)];
            stream.Words(part, (ulong)start / Philox.WordsPerBlock);
            for (int k = 0; k < part.Length; k++)
            {
                double mean = 1e-3 * rates[start + k] * length, u = (part[k] + 0.5) / 4294967296.0;
                if (u > 1.0 - mean) input[start + k] += weights[start + k] * new CountQuantile.Poisson(mean).At(u);     // e⁻ᵐ ≥ 1 − m: most need no sum
            }
        }
    }
}

/// <summary>A constant current into each cell between two times.</summary>
public sealed class CurrentDrive : Drive
{
    private readonly float[] currents;

    /// <summary>Currents of given strengths.</summary>
    /// <param name="currents">One per cell, in the unit of the cells.</param>
    /// <param name="from">When they begin, ms.</param>
    /// <param name="to">When they end, ms.</param>
    /// <exception cref="ArgumentException">A current is not finite: which cell's.</exception>
    public CurrentDrive(ReadOnlySpan<float> currents, double from = 0.0, double to = double.PositiveInfinity) : base(currents.Length)
    {
        SpikingPopulation.RequireFinite(currents, nameof(currents));
        if (!(from <= to)) throw new ArgumentOutOfRangeException(nameof(to), to, $"to is {to} ms: expected a time from {from} ms on.");
        this.currents = new float[SpikingPopulation.Padded(currents.Length)];
        currents.CopyTo(this.currents);
        (From, To) = (from, to);
    }

    /// <summary>When they begin, ms.</summary>
    public double From { get; }

    /// <summary>When they end, ms.</summary>
    public double To { get; }

    internal override void Add(long step, double length, int first, int end, Span<float> input)
    {
        double time = step * length;
        if (!(time >= From && time < To)) return;
        for (int i = first; i < end; i++) input[i] += currents[i];
    }
}
