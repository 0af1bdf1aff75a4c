using System.Collections.Immutable;
using NeuroNotebooks.Cells;

namespace NeuroNotebooks.Spiking;

/// <summary>Synapses of a network and how long their spikes travel.</summary>
/// <param name="Synapses">Who reaches whom.</param>
/// <param name="Delay">Steps from a spike to the step that feels it, at least 1: the very next.</param>
public sealed record Projection(Connectivity Synapses, int Delay = 1)
{
    /// <summary>The longest delay, steps.</summary>
    public const int LongestDelay = 10_000;

    /// <inheritdoc cref="Projection(Connectivity, int)" path="/param[@name='Synapses']"/>
    public Connectivity Synapses { get; } = Synapses ?? throw new ArgumentNullException(nameof(Synapses));

    /// <inheritdoc cref="Projection(Connectivity, int)" path="/param[@name='Delay']"/>
    public int Delay { get; } = Delay is >= 1 and <= LongestDelay ? Delay
        : throw new ArgumentOutOfRangeException(nameof(Delay), Delay, $"Delay is {Delay} steps: expected 1 to {LongestDelay}.");
}

/// <summary>Cells, the synapses between them, and what drives them; running it changes nothing in it.</summary>
/// <remarks>
/// A step is: input = what arrives + drives; the cells move on; those that spiked send their weights on their way. A spike bears the time at
/// which its step begins. What arrives lasts for one step, or decays with <see cref="SynapticTimeConstant"/>.
/// <para>
/// Everything random comes from counters and every sum has an order of its own, so that a run is the same to the last bit on any number of
/// threads.
/// </para>
/// </remarks>
public sealed class SpikingNetwork
{
    private readonly SpikingPopulation cells;

    /// <summary>A network.</summary>
    /// <param name="cells">Its cells; a copy of their present state is where every run starts.</param>
    /// <param name="groups">Names for cells next to each other, for statistics; one of all cells if empty.</param>
    /// <param name="projections">Its synapses; none if empty.</param>
    /// <param name="drives">Input from outside; none if empty.</param>
    /// <param name="step">The step, ms.</param>
    /// <param name="synapticTimeConstant">Decay of what arrived, ms; zero for an input that lasts one step.</param>
    /// <exception cref="ArgumentException">A connectivity or drive is for another number of cells, or two connectivities are cut into different blocks.</exception>
    public SpikingNetwork(
        SpikingPopulation cells, IEnumerable<CellGroup> groups, IEnumerable<Projection> projections, IEnumerable<Drive> drives,
        double step = 1.0, double synapticTimeConstant = 0.0)
    {
        Require.NotNull(cells);
        Require.NotNull(groups);
        Require.NotNull(projections);
        Require.NotNull(drives);
        Require.Positive(step);
        Require.NotNegative(synapticTimeConstant);
        this.cells = cells.Copy();
        (Groups, Projections, Drives) = ([.. groups], [.. projections], [.. drives]);
        (Step, SynapticTimeConstant) = (step, synapticTimeConstant);
        CellGroup.RequireWithin(Groups, cells.Count, nameof(groups));
        if (Groups.IsEmpty) Groups = [new CellGroup("cells", 0, cells.Count)];
        foreach (var projection in Projections)
        {
            Require.NotNull(projection, nameof(projections));
            Require.Length(cells.Count, projection.Synapses.Cells, nameof(projections), "cell");
        }
        foreach (var drive in Drives)
        {
            Require.NotNull(drive, nameof(drives));
            Require.Length(cells.Count, drive.Cells, nameof(drives), "cell");
        }
        int[][] cuts = [.. Projections.Select(p => p.Synapses.Boundaries).OfType<int[]>()];
        if (cuts.Any(cut => !cut.SequenceEqual(cuts[0])))
            throw new ArgumentException("projections are cut into different blocks: build all of them with the same number of blocks.", nameof(projections));
        Boundaries = cuts.FirstOrDefault();
    }

    /// <summary>How many cells.</summary>
    public int Count => cells.Count;

    /// <summary>Names of cells next to each other.</summary>
    public ImmutableArray<CellGroup> Groups { get; }

    /// <summary>The synapses.</summary>
    public ImmutableArray<Projection> Projections { get; }

    /// <summary>Input from outside.</summary>
    public ImmutableArray<Drive> Drives { get; }

    /// <summary>The step, ms.</summary>
    public double Step { get; }

    /// <summary>Decay of what arrived, ms; zero for an input that lasts one step.</summary>
    public double SynapticTimeConstant { get; }

    /// <summary>How many synapses there are.</summary>
    public long Synapses => Projections.Sum(projection => projection.Synapses.Synapses);

    /// <summary>The cells as they are at the start.</summary>
    internal SpikingPopulation CopyOfCells() => cells.Copy();

    /// <summary>Where targets may be parted among threads, if not at every tile.</summary>
    internal int[]? Boundaries { get; }

    /// <summary>Runs the network from its start.</summary>
    /// <param name="duration">How long, ms.</param>
    /// <param name="recording">What to keep; spikes and counts unless given.</param>
    /// <param name="threads">On how many threads at most; one per processor if zero. The result does not depend on it.</param>
    /// <param name="progress">Told each new hundredth of the run.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="UnstableIntegrationException">A voltage left the range that the model can mean.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public NetworkRecord Run(
        double duration, RecordingOptions? recording = null, int threads = 0, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Require.NotNegative(threads);
        int steps = VoltageTrace.Steps(duration, Step);
        var options = recording ?? new RecordingOptions();
        options.RequireWithin(Count);
        if (steps * (long)Groups.Length > MostCounts)
            throw new ArgumentOutOfRangeException(nameof(duration), duration, $"duration is {duration} ms, {steps} steps: too many to count {Groups.Length} groups in.");
        return new NetworkRun(this, cells.Copy(), options, steps, threads).Run(progress, cancellation);
    }

    private const long MostCounts = 500_000_000;
}
