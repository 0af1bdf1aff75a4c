using System.Collections.Immutable;
using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace NeuroNotebooks.Numerics;

/// <summary>How the variance of a signal is spread over frequencies.</summary>
/// <param name="Frequencies">From 0 to half the sampling rate, Hz.</param>
/// <param name="Density">One-sided power density at each, signal units² per Hz.</param>
public sealed record PowerSpectrum(ImmutableArray<double> Frequencies, ImmutableArray<double> Density)
{
    /// <inheritdoc cref="PowerSpectrum(ImmutableArray{double}, ImmutableArray{double})" path="/param[@name='Frequencies']"/>
    public ImmutableArray<double> Frequencies { get; init; } = Require.Given(Frequencies);

    /// <inheritdoc cref="PowerSpectrum(ImmutableArray{double}, ImmutableArray{double})" path="/param[@name='Density']"/>
    public ImmutableArray<double> Density { get; init; } = Require.Given(Density);

    /// <summary>Welch's estimate: the mean of the periodograms of overlapping stretches, each under a Hann window.</summary>
    /// <param name="signal">Equally spaced samples; its mean is taken off.</param>
    /// <param name="samplingRate">Samples per second, Hz.</param>
    /// <param name="window">Samples in a stretch, 2 to the length of the signal.</param>
    /// <param name="overlap">Part of a stretch that the next shares, from 0 up to but not 1.</param>
    /// <remarks>The sum of density × frequency step is the variance of the stretches. Source: Welch, IEEE Trans. Audio Electroacoust. 15:70 (1967).</remarks>
    public static PowerSpectrum Welch(ReadOnlySpan<double> signal, double samplingRate, int window = 1024, double overlap = 0.5)
    {
        Require.Finite(signal);
        Require.Positive(samplingRate);
        RequireWindow(signal, window);
        RequireOverlap(overlap);
        double mean = Mean(signal);
        int advance = Math.Max(1, (int)Math.Round(window * (1.0 - overlap))), count = 0;
        var density = new double[window / 2 + 1];
        for (int start = 0; start + window <= signal.Length; start += advance, count++) AddPeriodogram(signal.Slice(start, window), mean, samplingRate, density);
        return new PowerSpectrum([.. FrequenciesOf(window, samplingRate)], [.. density.Select(power => power / count)]);
    }

    /// <summary>Where the density is highest in a band.</summary>
    /// <param name="low">Lower end, Hz, included.</param>
    /// <param name="high">Upper end, Hz, included.</param>
    /// <exception cref="ArgumentException">No frequency of the spectrum lies in the band.</exception>
    public (double Frequency, double Density) PeakInBand(double low, double high) => InBand(low, high).MaxBy(point => point.Density);

    /// <summary>The median density of a band: the floor that peaks stand on.</summary>
    /// <param name="low">Lower end, Hz, included.</param>
    /// <param name="high">Upper end, Hz, included.</param>
    /// <exception cref="ArgumentException">No frequency of the spectrum lies in the band.</exception>
    public double Floor(double low, double high)
    {
        double[] sorted = [.. InBand(low, high).Select(point => point.Density).Order()];
        return 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }

    internal static IEnumerable<double> FrequenciesOf(int window, double samplingRate) => Enumerable.Range(0, window / 2 + 1).Select(k => k * samplingRate / window);

    internal static double Mean(ReadOnlySpan<double> signal)
    {
        double sum = 0.0;
        foreach (double value in signal) sum += value;
        return sum / signal.Length;
    }

    internal static void RequireWindow(ReadOnlySpan<double> signal, int window)
    {
        if (window < 2 || window > signal.Length)
            throw new ArgumentOutOfRangeException(nameof(window), window, $"window is {window} samples: expected 2 to {signal.Length}, the length of the signal.");
    }

    internal static void RequireOverlap(double overlap)
    {
        if (!(overlap >= 0.0 && overlap < 1.0))
            throw new ArgumentOutOfRangeException(nameof(overlap), overlap, $"overlap is {overlap}: expected 0 up to but not 1.");
    }

    /// <summary>Adds the one-sided density of one stretch under a periodic Hann window.</summary>
    internal static void AddPeriodogram(ReadOnlySpan<double> stretch, double mean, double samplingRate, Span<double> density)
    {
        int n = stretch.Length;
        var values = new Complex[n];
        double squares = 0.0;
        for (int k = 0; k < n; k++)
        {
            double weight = 0.5 - 0.5 * Math.Cos(2.0 * Math.PI * k / n);
            squares += weight * weight;
            values[k] = weight * (stretch[k] - mean);
        }
        Fourier.Forward(values, FourierOptions.NoScaling);
        for (int k = 0; k < density.Length; k++)
        {
            double power = values[k].Real * values[k].Real + values[k].Imaginary * values[k].Imaginary;
            bool alone = k == 0 || 2 * k == n;      // no negative frequency beside it
            density[k] += (alone ? 1.0 : 2.0) * power / (samplingRate * squares);
        }
    }

    private (double Frequency, double Density)[] InBand(double low, double high)
    {
        (double Frequency, double Density)[] band = [.. Frequencies.Zip(Density).Where(point => point.First >= low && point.First <= high)];
        return band.Length > 0 ? band : throw new ArgumentException($"low and high are {low} and {high} Hz: no frequency of the spectrum lies between.", nameof(low));
    }
}
