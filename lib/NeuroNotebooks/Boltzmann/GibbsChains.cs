using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Chains of block Gibbs sampling from a machine: v → h → v, a reversible step that leaves p(v) as it is.</summary>
/// <remarks>Holds its place: asked for ten sweeps and ten more it stands where it would after twenty. Not safe for two threads at once.</remarks>
public sealed class GibbsChains
{
    private readonly RbmParameters parameters;
    private readonly GibbsKernel kernel;
    private readonly Philox random;

    private GibbsChains(BernoulliRbm machine, int chains, Philox random, int? threads)
    {
        Require.NotNull(machine);
        Require.Positive(chains);
        int count = threads ?? Environment.ProcessorCount;
        Require.Positive(count, nameof(threads));
        Machine = machine;
        parameters = RbmParameters.Of(machine);
        kernel = new GibbsKernel(chains, machine.Visible, machine.Hidden, count);
        this.random = random.Child(1);
    }

    /// <summary>The machine that is sampled.</summary>
    public BernoulliRbm Machine { get; }

    /// <summary>Number of chains.</summary>
    public int Count => kernel.Chains;

    /// <summary>Sweeps made so far.</summary>
    public long Sweeps { get; private set; }

    /// <summary>The words at which the chains stand.</summary>
    public BinaryPatterns Current => BinaryPatterns.FromStates(kernel.Visible, Machine.Visible);

    /// <summary>Chains that start from fair coins.</summary>
    /// <param name="machine">What to sample.</param>
    /// <param name="chains">How many chains, above zero.</param>
    /// <param name="random">Their random numbers.</param>
    /// <param name="threads">Threads to use, above zero; one a processor if left out. The states do not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static GibbsChains FromCoins(BernoulliRbm machine, int chains, Philox random, int? threads = null)
    {
        var result = new GibbsChains(machine, chains, random, threads);
        result.kernel.TossCoins(random.Child(0));
        return result;
    }

    /// <summary>Chains that start from given words, one each.</summary>
    /// <param name="machine">What to sample.</param>
    /// <param name="start">Words of as many neurons as the machine has.</param>
    /// <param name="random">Their random numbers.</param>
    /// <param name="threads">Threads to use, above zero; one a processor if left out. The states do not depend on it.</param>
    /// <exception cref="ArgumentException">The words have another number of neurons.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static GibbsChains From(BernoulliRbm machine, BinaryPatterns start, Philox random, int? threads = null)
    {
        Require.NotNull(machine);
        Require.NotNull(start);
        BinaryPatterns.RequireUnits(start, machine.Visible, nameof(start));
        var result = new GibbsChains(machine, start.Count, random, threads);
        for (int n = 0; n < start.Count; n++) start[n].CopyTo(result.kernel.Visible[(n * machine.Visible)..]);
        return result;
    }

    /// <summary>Moves every chain on.</summary>
    /// <param name="sweeps">How many sweeps, zero or above.</param>
    /// <param name="cancellation">Stops between two sweeps.</param>
    /// <returns>These chains.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of sweeps is negative.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the chains stand after a whole number of sweeps.</exception>
    public GibbsChains Advance(int sweeps, CancellationToken cancellation = default)
    {
        Require.NotNegative(sweeps);
        for (int k = 0; k < sweeps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            kernel.Sweep(parameters, random, (ulong)Sweeps);
            Sweeps++;
        }
        return this;
    }

    /// <summary>Words collected along the way, those of all chains at one time after those of the time before.</summary>
    /// <param name="times">How often to collect, above zero.</param>
    /// <param name="every">Sweeps before each collection, above zero.</param>
    /// <param name="cancellation">Stops between two sweeps.</param>
    /// <returns>times · <see cref="Count"/> words.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public BinaryPatterns Collect(int times, int every = 1, CancellationToken cancellation = default)
    {
        Require.Positive(times);
        Require.Positive(every);
        int size = kernel.Visible.Length;
        var states = new byte[times * size];
        for (int k = 0; k < times; k++)
        {
            Advance(every, cancellation);
            kernel.Visible.CopyTo(states.AsSpan(k * size));
        }
        return new BinaryPatterns(states, Machine.Visible);
    }
}
