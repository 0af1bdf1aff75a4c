namespace NeuroNotebooks.Cells;

/// <summary>How an Izhikevich cell is moved on by one step; with steps of 1 ms the choice shows in the rates, so that it is never silent.</summary>
/// <remarks>
/// After every substep the voltage is held against the peak of 30 mV; a cell at or above it has spiked and is reset. One step reports one
/// spike of a cell at most, so steps are to be shorter than the shortest gap between spikes, about 1.4 ms for a chattering cell.
/// </remarks>
public sealed record IzhikevichScheme
{
    private IzhikevichScheme(string name, int substeps, int voltageParts, bool recoveryFollows) =>
        (Name, Divisions, VoltageParts, RecoveryFollows) = (name, substeps, voltageParts, recoveryFollows);

    /// <summary>The paper's program: v in two halves of the step, the second from the first, then u once from the new v.</summary>
    public static IzhikevichScheme HalfStep { get; } = new("half-step", 1, 2, true);

    /// <summary>The Euler step of the Brian 2 example: v and u both from the old state.</summary>
    public static IzhikevichScheme SingleEuler { get; } = new("single Euler", 1, 1, false);

    /// <summary>The Euler step of the public program of the firing patterns: v first, then u from the new v.</summary>
    public static IzhikevichScheme SequentialEuler { get; } = new("sequential Euler", 1, 1, true);

    /// <summary>Short Euler steps inside a step, each held against the peak.</summary>
    /// <param name="count">How many, at least 1.</param>
    public static IzhikevichScheme SubSteps(int count)
    {
        Require.Positive(count);
        return new IzhikevichScheme($"{count} substeps", count, 1, false);
    }

    /// <summary>What it is called in tables.</summary>
    public string Name { get; }

    /// <summary>Substeps in a step.</summary>
    public int Divisions { get; }

    /// <summary>Parts of a substep in which v moves.</summary>
    public int VoltageParts { get; }

    /// <summary>Whether u moves after v and sees the new one.</summary>
    public bool RecoveryFollows { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
