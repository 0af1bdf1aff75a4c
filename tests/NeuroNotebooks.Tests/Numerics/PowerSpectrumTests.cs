using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Numerics;

public class PowerSpectrumTests
{
    private static double[] Sine(double frequency, double amplitude, int length) =>
        [.. Enumerable.Range(0, length).Select(k => 3.0 + amplitude * Math.Sin(2.0 * Math.PI * frequency * k / 1000.0))];

    [Fact]
    public void A_sine_has_its_power_at_its_frequency_and_the_mean_is_gone()
    {
        var spectrum = PowerSpectrum.Welch(Sine(125.0, 2.0, 8192), 1000.0, 1024);       // a whole number of periods in a window
        var (frequency, density) = spectrum.PeakInBand(1.0, 500.0);
        Close.To(125.0, frequency, 1e-9);
        // the Hann window puts two thirds of A²/2 into the bin of the sine
        Close.To(2.0 / 1.5, density * 1000.0 / 1024.0, 1e-9);
        Close.To(2.0, spectrum.Density.Sum() * 1000.0 / 1024.0, 1e-9);
        Close.To(0.0, spectrum.Density[0], 1e-9);
    }

    [Fact]
    public void White_noise_is_flat_at_twice_its_variance_over_the_sampling_rate()
    {
        var noise = new double[200_000];
        new Philox(1).Normals(noise);
        var spectrum = PowerSpectrum.Welch(noise, 1000.0, 512);
        // some 780 half overlapping windows: about 1.9/11 windows' worth each, 4 % a bin; the median of many is far closer
        Close.To(0.002, spectrum.Floor(20.0, 480.0), 0.02 * 0.002);
        Close.To(0.002, spectrum.Density.Skip(1).Take(255).Average(), 0.01 * 0.002);
    }

    [Fact]
    public void A_spectrogram_sees_when_a_rhythm_comes()
    {
        double[] signal = [.. Sine(40.0, 0.0, 2000), .. Sine(40.0, 1.0, 2000)];
        var spectrogram = Spectrogram.Of(signal, 1000.0, 256, 0.5);
        var band = spectrogram.Band(35.0, 45.0);
        Assert.All(Enumerable.Range(0, band.Length).Where(k => spectrogram.Times[k] < 1.8), k => Close.To(0.0, band[k], 1e-12));
        Assert.All(Enumerable.Range(0, band.Length).Where(k => spectrogram.Times[k] > 2.2), k => Assert.True(band[k] > 0.01));
    }

    [Fact]
    public void A_window_must_fit_into_the_signal_and_a_band_into_the_spectrum()
    {
        Assert.Equal("window", Assert.Throws<ArgumentOutOfRangeException>(() => PowerSpectrum.Welch(new double[100], 1000.0, 101)).ParamName);
        Assert.Equal("overlap", Assert.Throws<ArgumentOutOfRangeException>(() => PowerSpectrum.Welch(new double[100], 1000.0, 64, 1.0)).ParamName);
        Assert.Equal("window", Assert.Throws<ArgumentOutOfRangeException>(() => Spectrogram.Of(new double[100], 1000.0, 101)).ParamName);
        Assert.Equal("low", Assert.Throws<ArgumentException>(() => PowerSpectrum.Welch(Sine(1.0, 1.0, 100), 1000.0, 64).PeakInBand(600.0, 700.0)).ParamName);
        Assert.Equal("signal", Assert.Throws<ArgumentException>(() => PowerSpectrum.Welch([1.0, double.NaN, 2.0], 1000.0, 2)).ParamName);
    }
}
