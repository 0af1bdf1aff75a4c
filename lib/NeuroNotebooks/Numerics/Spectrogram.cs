using System.Collections.Immutable;

namespace NeuroNotebooks.Numerics;

/// <summary>How the spectrum of a signal changes over time: a periodogram of each stretch of it.</summary>
/// <param name="Times">Middle of each stretch, s.</param>
/// <param name="Frequencies">From 0 to half the sampling rate, Hz.</param>
/// <param name="Density">For each stretch its one-sided power density, signal units² per Hz.</param>
public sealed record Spectrogram(ImmutableArray<double> Times, ImmutableArray<double> Frequencies, ImmutableArray<ImmutableArray<double>> Density)
{
    /// <inheritdoc cref="Spectrogram(ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{ImmutableArray{double}})" path="/param[@name='Times']"/>
    public ImmutableArray<double> Times { get; init; } = Require.Given(Times);

    /// <inheritdoc cref="Spectrogram(ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{ImmutableArray{double}})" path="/param[@name='Frequencies']"/>
    public ImmutableArray<double> Frequencies { get; init; } = Require.Given(Frequencies);

    /// <inheritdoc cref="Spectrogram(ImmutableArray{double}, ImmutableArray{double}, ImmutableArray{ImmutableArray{double}})" path="/param[@name='Density']"/>
    public ImmutableArray<ImmutableArray<double>> Density { get; init; } = Require.Given(Density);

    /// <summary>Periodograms of overlapping stretches under a Hann window.</summary>
    /// <param name="signal">Equally spaced samples; its mean is taken off.</param>
    /// <param name="samplingRate">Samples per second, Hz.</param>
    /// <param name="window">Samples in a stretch, 2 to the length of the signal.</param>
    /// <param name="overlap">Part of a stretch that the next shares, from 0 up to but not 1.</param>
    public static Spectrogram Of(ReadOnlySpan<double> signal, double samplingRate, int window = 256, double overlap = 0.9)
    {
        Require.Finite(signal);
        Require.Positive(samplingRate);
        PowerSpectrum.RequireWindow(signal, window);
        PowerSpectrum.RequireOverlap(overlap);
        double mean = PowerSpectrum.Mean(signal);
        int advance = Math.Max(1, (int)Math.Round(window * (1.0 - overlap)));
        var times = ImmutableArray.CreateBuilder<double>();
        var density = ImmutableArray.CreateBuilder<ImmutableArray<double>>();
        for (int start = 0; start + window <= signal.Length; start += advance)
        {
            var one = new double[window / 2 + 1];
            PowerSpectrum.AddPeriodogram(signal.Slice(start, window), mean, samplingRate, one);
            times.Add((start + 0.5 * window) / samplingRate);
            density.Add([.. one]);
        }
        return new Spectrogram(times.ToImmutable(), [.. PowerSpectrum.FrequenciesOf(window, samplingRate)], density.ToImmutable());
    }

    /// <summary>The mean density of a band in each stretch.</summary>
    /// <param name="low">Lower end, Hz, included.</param>
    /// <param name="high">Upper end, Hz, included.</param>
    /// <exception cref="ArgumentException">No frequency lies in the band.</exception>
    public ImmutableArray<double> Band(double low, double high)
    {
        int[] inside = [.. Enumerable.Range(0, Frequencies.Length).Where(k => Frequencies[k] >= low && Frequencies[k] <= high)];
        if (inside.Length == 0) throw new ArgumentException($"low and high are {low} and {high} Hz: no frequency of the spectrogram lies between.", nameof(low));
        return [.. Density.Select(stretch => inside.Average(k => stretch[k]))];
    }
}
