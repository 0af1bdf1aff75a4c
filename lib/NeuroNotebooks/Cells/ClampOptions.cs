namespace NeuroNotebooks.Cells;

/// <summary>How long and how finely to clamp, and what counts as a spike.</summary>
public sealed record ClampOptions
{
    /// <summary>How long a step of current and conductance lasts, ms, above zero; the last half is measured.</summary>
    public double Duration { get; init => field = Checked.Positive(value); } = 3000.0;

    /// <summary>How a step is made.</summary>
    public ClampScheme Scheme { get; init => field = Require.Defined(value, nameof(Scheme)); }

    /// <summary>
    /// The step, ms, above zero; at most the neuron's <see cref="IShuntableNeuron.LongestStep"/> unless the scheme is <see cref="ClampScheme.ExponentialEuler"/>.
    /// </summary>
    public double Step { get; init => field = Checked.Positive(value); } = 0.02;

    /// <summary>A spike rises at least this far above the minimum before it, and falls at least as far after, mV, above zero.</summary>
    public double SpikeHeight { get; init => field = Checked.Positive(value); } = 15.0;

    /// <summary>The speed of V at which a spike's threshold is read, mV/ms, above zero.</summary>
    public double ThresholdSlope { get; init => field = Checked.Positive(value); } = 10.0;

    /// <summary>A cell that does not spike is blocked if it stays above this voltage, and silent below it, mV.</summary>
    public double BlockedAbove { get; init => field = Checked.Finite(value); } = -45.0;

    internal int Steps => (int)Math.Round(Duration / Step);

    internal void Check(IShuntableNeuron cell)
    {
        if (Scheme != ClampScheme.ExponentialEuler && !(Step <= cell.LongestStep))
            throw Checked.Refusal(nameof(Step), Step, $"ms: the fastest gate of the {cell.Name} needs at most {cell.LongestStep:g3} ms");
        if (!(Duration / Step is >= 4.0 and <= 1e9))
            throw Checked.Refusal(nameof(Duration), Duration, $"ms: expected from 4 to 10^9 steps of {Step} ms");
    }
}
