using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Spiking;

/// <summary>A peak of a spectrum, and how far it stands out.</summary>
/// <param name="Frequency">Hz.</param>
/// <param name="OverFloor">Its density over the median density from 100 to 400 Hz.</param>
public readonly record struct Rhythm(double Frequency, double OverFloor);

/// <summary>What a run of the cortex is judged by.</summary>
/// <param name="RateE">Mean rate of the excitatory cells, Hz.</param>
/// <param name="RateI">Mean rate of the inhibitory cells, Hz.</param>
/// <param name="FirstSecond">Mean rate of all cells in the first second, start-up included, Hz.</param>
/// <param name="Alpha">The highest peak from 5 to 20 Hz of the spectrum of the population's spike count.</param>
/// <param name="Gamma">The highest peak from 25 to 80 Hz.</param>
/// <param name="VariationE">Mean coefficient of variation of the intervals of excitatory cells with 20 spikes or more.</param>
/// <param name="VariationI">The same of inhibitory cells.</param>
/// <param name="Fano1">Fano factor of the population's spike count in bins of 1 ms.</param>
/// <param name="Fano5">The same in bins of 5 ms.</param>
/// <param name="Synchrony">Golomb's χ of the voltages.</param>
/// <param name="Spectrum">Power density of the population's spike count per ms.</param>
/// <remarks>All but <paramref name="FirstSecond"/> leave the first 200 ms out. Spectrum: Welch, Hann windows of 1024 ms, half overlapping.</remarks>
public sealed record CortexStatistics(
    double RateE, double RateI, double FirstSecond, Rhythm Alpha, Rhythm Gamma, Statistic VariationE, Statistic VariationI, Statistic Fano1, Statistic Fano5,
    Statistic Synchrony, PowerSpectrum Spectrum)
{
    private const double Transient = 200.0;
    private const int Window = 1024;

    /// <summary>Draws a network, runs it, and measures.</summary>
    /// <param name="options">The recipe.</param>
    /// <param name="duration">How long, ms: 1224 at least, for one window of the spectrum.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static CortexStatistics Measure(CortexOptions options, double duration, CancellationToken cancellation = default)
    {
        Require.NotNull(options);
        RequireDuration(duration);
        var record = Cortex.Network(options, cancellation).Run(
            duration, new RecordingOptions { Synchrony = true, SynchronyFrom = Transient }, cancellation: cancellation);
        return Of(record);
    }

    /// <summary>Measures what has been run.</summary>
    /// <param name="record">A run of a network with the groups E and I, of 1224 ms at least.</param>
    public static CortexStatistics Of(NetworkRecord record)
    {
        Require.NotNull(record);
        var spikes = record.Spikes.Between(Transient);
        CellGroup e = spikes.Group(Cortex.Excitatory), i = spikes.Group(Cortex.Inhibitory), all = new("all", 0, spikes.CellCount);
        var spectrum = PowerSpectrum.Welch(spikes.PopulationCount(all).AsSpan(), 1000.0, Window);
        return new CortexStatistics(
            spikes.Rate(e), spikes.Rate(i), record.Spikes.Between(0.0, 1000.0).Rate(all), Peak(spectrum, 5.0, 20.0), Peak(spectrum, 25.0, 80.0),
            spikes.MeanIntervalCv(e), spikes.MeanIntervalCv(i), spikes.FanoFactor(all, 1.0), spikes.FanoFactor(all, 5.0), record.Synchrony, spectrum);
    }

    /// <summary>One run for each seed, of the network and of the noise.</summary>
    /// <param name="options">The recipe.</param>
    /// <param name="seeds">How many, at least 1: the recipe's and those that follow.</param>
    /// <param name="duration">How long each, ms.</param>
    /// <param name="cancellation">Ends the runs.</param>
    public static ImmutableArray<CortexStatistics> OverSeeds(CortexOptions options, int seeds, double duration, CancellationToken cancellation = default)
    {
        Require.NotNull(options);
        Require.Positive(seeds);
        RequireDuration(duration);
        var results = new CortexStatistics[seeds];
        try
        {
            Parallel.For(0, seeds, new ParallelOptions { CancellationToken = cancellation }, k => results[k] = Measure(
                options with { Seed = options.Seed + (ulong)k, NoiseSeed = options.NoiseSeed + (ulong)k }, duration, cancellation));
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);      // what went wrong in one run, as that run would have said it
        }
        return [.. results];
    }

    private static void RequireDuration(double duration) => Require.InRange(duration, Transient + Window, 1e9);

    private static Rhythm Peak(PowerSpectrum spectrum, double low, double high)
    {
        var (frequency, density) = spectrum.PeakInBand(low, high);
        return new Rhythm(frequency, density / spectrum.Floor(100.0, 400.0));
    }
}
