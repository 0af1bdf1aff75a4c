using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>
/// Parallel trajectory tempering: chains at machines kept during training, which trade places so that the last one is sampled well.
/// </summary>
/// <remarks>
/// Neighbours k and k + 1 exchange their words with probability min(1, e^Δ), Δ = F_k(v_k) − F_k(v_{k+1}) + F_{k+1}(v_{k+1}) − F_{k+1}(v_k):
/// the early machines mix fast and hand their variety down. Not safe for two threads at once.
/// Source: Béreux et al., Fast training and sampling of RBMs, ICLR 2025 (arXiv:2405.15376).
/// </remarks>
public sealed class TrajectoryTempering
{
    private readonly RbmParameters[] parameters;
    private readonly GibbsKernel[] kernels;
    private readonly Philox[] sweeps;
    private readonly Philox decisions;
    private readonly long[] tried, accepted;
    private readonly double[] ownLow, otherLow, ownHigh, otherHigh;
    private readonly byte[] swapped;
    private long made;

    /// <summary>Chains at each machine, started from fair coins.</summary>
    /// <param name="machines">
    /// From the first, which mixes fast, to the one that is wanted; at least two, with as many visible units each.
    /// </param>
    /// <param name="chains">Chains at each machine, above zero.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="threads">Threads to use, above zero; one a processor if left out. The states do not depend on it.</param>
    /// <exception cref="ArgumentException">There are fewer than two machines, or their visible units differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public TrajectoryTempering(IReadOnlyList<BernoulliRbm> machines, int chains, Philox random, int? threads = null)
    {
        Require.NotNull(machines);
        Require.Positive(chains);
        int crew = threads ?? Environment.ProcessorCount;
        Require.Positive(crew, nameof(threads));
        if (machines.Count < 2)
            throw new ArgumentException($"machines has {machines.Count} entries: expected at least 2.", nameof(machines));
        if (machines.Any(machine => machine is null))
            throw new ArgumentException("machines holds nothing in a place: expected machines.", nameof(machines));
        int visible = machines[0].Visible;
        if (machines.FirstOrDefault(machine => machine.Visible != visible) is { } odd)
            throw new ArgumentException(
                $"machines have {visible} and {odd.Visible} visible units: expected as many in each.", nameof(machines));

        Machines = [.. machines];
        parameters = [.. machines.Select(RbmParameters.Of)];
        kernels = [.. machines.Select(machine => new GibbsKernel(chains, visible, machine.Hidden, crew))];
        sweeps = [.. machines.Select((_, k) => random.Child(2 + (ulong)k))];
        decisions = random.Child(0);
        for (int k = 0; k < kernels.Length; k++) kernels[k].TossCoins(random.Child(1).Child((ulong)k));
        (tried, accepted) = (new long[kernels.Length - 1], new long[kernels.Length - 1]);
        (ownLow, otherLow, ownHigh, otherHigh) = (new double[chains], new double[chains], new double[chains], new double[chains]);
        swapped = new byte[visible];
    }

    /// <summary>The machines, in the order of the ladder.</summary>
    public ImmutableArray<BernoulliRbm> Machines { get; }

    /// <summary>Share of exchanges accepted between each machine and the next; not a number before the first attempt.</summary>
    public ImmutableArray<double> Acceptance => [.. accepted.Zip(tried, (yes, all) => (double)yes / all)];

    /// <summary>The words at which the chains of one machine stand.</summary>
    /// <param name="machine">Its place on the ladder; the last, which is the wanted one, if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such machine.</exception>
    public BinaryPatterns Current(int? machine = null)
    {
        int k = machine ?? kernels.Length - 1;
        Require.InRange(k, 0, kernels.Length - 1, nameof(machine));
        return BinaryPatterns.FromStates(kernels[k].Visible, kernels[k].VisibleUnits);
    }

    /// <summary>Rounds of sweeps at every machine, each followed by one attempt to exchange along the ladder.</summary>
    /// <param name="rounds">How many, zero or above.</param>
    /// <param name="sweepsPerRound">Sweeps before each attempt, above zero.</param>
    /// <param name="cancellation">Stops between two rounds.</param>
    /// <returns>This sampler.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; a whole number of rounds was made.</exception>
    public TrajectoryTempering Advance(int rounds, int sweepsPerRound = 10, CancellationToken cancellation = default)
    {
        Require.NotNegative(rounds);
        Require.Positive(sweepsPerRound);
        for (int r = 0; r < rounds; r++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int k = 0; k < kernels.Length; k++)
                kernels[k].Sweep(parameters[k], sweeps[k], (ulong)(made * sweepsPerRound), sweepsPerRound);
            for (int k = 0; k + 1 < kernels.Length; k++) Exchange(k);
            made++;
        }
        return this;
    }

    /// <summary>A ladder of as few machines as keep neighbours in touch: from the first to the last of those given.</summary>
    /// <param name="machines">Machines in the order of training, at least two, with as many visible units each.</param>
    /// <param name="chains">Chains used to try them, above zero.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="acceptance">
    /// The exchange acceptance under which a machine in between is kept: 0.25 to sample, 0.7 for likelihoods.
    /// </param>
    /// <param name="sweepsPerTrial">Sweeps at each machine before it is tried, above zero.</param>
    /// <exception cref="ArgumentException">There are fewer than two machines, or their visible units differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static IReadOnlyList<BernoulliRbm> Ladder(
        IReadOnlyList<BernoulliRbm> machines, int chains, Philox random, double acceptance = 0.25, int sweepsPerTrial = 10)
    {
        Require.InRange(acceptance, 0.0, 1.0);
        Require.Positive(sweepsPerTrial);
        var ladder = new TrajectoryTempering(machines, chains, random);
        for (int k = 0; k < machines.Count; k++)
        {
            if (k > 0) ladder.kernels[k - 1].Visible.CopyTo(ladder.kernels[k].Visible);
            ladder.kernels[k].Sweep(ladder.parameters[k], ladder.sweeps[k], 0, sweepsPerTrial);
        }
        var kept = new List<int> { 0 };
        for (int k = 1; k < machines.Count - 1; k++)
            if (ladder.MeanAcceptance(kept[^1], k + 1) < acceptance) kept.Add(k);
        kept.Add(machines.Count - 1);
        return [.. kept.Select(k => machines[k])];
    }

    private double MeanAcceptance(int low, int high)
    {
        Weigh(low, high);
        double sum = 0.0;
        for (int n = 0; n < ownLow.Length; n++) sum += Math.Min(1.0, Math.Exp(Gain(n)));
        return sum / ownLow.Length;
    }

    private void Exchange(int k)
    {
        Weigh(k, k + 1);
        for (int n = 0; n < ownLow.Length; n++)
        {
            tried[k]++;
            if (Math.Log(decisions.Substream((ulong)made).Uniform(((ulong)k << 32) + (ulong)n)) >= Gain(n)) continue;
            accepted[k]++;
            int units = swapped.Length;
            Span<byte> one = kernels[k].Visible.Slice(n * units, units), other = kernels[k + 1].Visible.Slice(n * units, units);
            one.CopyTo(swapped);
            other.CopyTo(one);
            swapped.CopyTo(other);
        }
    }

    private double Gain(int n) => ownLow[n] - otherLow[n] + ownHigh[n] - otherHigh[n];

    /// <summary>Free energies of both machines' words under both.</summary>
    private void Weigh(int low, int high)
    {
        FreeEnergies(low, ownLow);
        FreeEnergies(high, ownHigh);
        ExchangeAll(low, high);
        FreeEnergies(low, otherLow);
        FreeEnergies(high, otherHigh);
        ExchangeAll(low, high);
    }

    private void FreeEnergies(int k, double[] result)
    {
        kernels[k].HiddenInputs(parameters[k]);
        kernels[k].FreeEnergiesFromInputs(parameters[k], result);
    }

    private void ExchangeAll(int low, int high)
    {
        Span<byte> one = kernels[low].Visible, other = kernels[high].Visible;
        for (int start = 0; start < one.Length; start += swapped.Length)
        {
            one.Slice(start, swapped.Length).CopyTo(swapped);
            other.Slice(start, swapped.Length).CopyTo(one[start..]);
            swapped.CopyTo(other[start..]);
        }
    }
}
