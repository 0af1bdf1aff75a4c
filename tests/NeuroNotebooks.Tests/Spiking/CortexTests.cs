using NeuroNotebooks.Cells;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.Spiking;

namespace NeuroNotebooks.Tests.Spiking;

/// <summary>The statistics of the paper's network, held against an independent simulator and Brian 2 (12 seeds of 10 s each).</summary>
public class CortexTests
{
    private static readonly Lazy<CortexStatistics[]> HalfStep = new(() => Runs(IzhikevichScheme.HalfStep)), Euler = new(() => Runs(IzhikevichScheme.SingleEuler));

    private static CortexStatistics[] Runs(IzhikevichScheme scheme) => [.. Enumerable.Range(1, 5).Select(seed =>
        CortexStatistics.Measure(new CortexOptions { Scheme = scheme, Seed = (ulong)seed, NoiseSeed = (ulong)seed }, 10_000.0))];

    private static double Mean(Lazy<CortexStatistics[]> runs, Func<CortexStatistics, double> statistic) => runs.Value.Average(statistic);

    [Fact]
    public void The_half_step_network_has_the_papers_rates_and_rhythms()
    {
        Close.To(7.25, Mean(HalfStep, s => s.RateE), 0.3);                     // tolerances: those of the reference, several standard errors
        Close.To(6.64, Mean(HalfStep, s => s.RateI), 0.5);
        Assert.InRange(Mean(HalfStep, s => s.Alpha.Frequency), 6.5, 10.5);
        Assert.InRange(Mean(HalfStep, s => s.Gamma.Frequency), 25.0, 42.0);
        Assert.True(Mean(HalfStep, s => s.Alpha.OverFloor) > 30.0);
        Assert.True(Mean(HalfStep, s => s.Gamma.OverFloor) > 15.0);
        Close.To(0.434, Mean(HalfStep, s => s.VariationE), 0.03);
        Close.To(0.507, Mean(HalfStep, s => s.VariationI), 0.08);
        Close.To(3.10, Mean(HalfStep, s => s.Fano1), 0.25 * 3.10);
        Close.To(10.6, Mean(HalfStep, s => s.Fano5), 0.25 * 10.6);
        Close.To(0.134, Mean(HalfStep, s => s.Synchrony), 0.015);
    }

    [Fact]
    public void The_single_Euler_network_has_the_statistics_of_the_Brian_2_example()
    {
        Close.To(8.73, Mean(Euler, s => s.RateE), 0.3);
        Close.To(8.93, Mean(Euler, s => s.RateI), 0.5);
        Assert.InRange(Mean(Euler, s => s.Alpha.Frequency), 6.5, 10.5);
        Assert.InRange(Mean(Euler, s => s.Gamma.Frequency), 25.0, 42.0);
        Close.To(0.451, Mean(Euler, s => s.VariationE), 0.03);
        Close.To(0.533, Mean(Euler, s => s.VariationI), 0.08);
        Close.To(3.63, Mean(Euler, s => s.Fano1), 0.25 * 3.63);
        Close.To(12.9, Mean(Euler, s => s.Fano5), 0.25 * 12.9);
        Close.To(0.148, Mean(Euler, s => s.Synchrony), 0.015);
    }

    [Fact]
    public void The_first_second_fires_around_8_Hz()
    {
        double[] rates = [.. Enumerable.Range(1, 30).Select(seed =>
        {
            var spikes = Cortex.Network(new CortexOptions { Seed = (ulong)seed, NoiseSeed = (ulong)seed }).Run(1000.0).Spikes;
            return spikes.Count / 1000.0;
        })];
        Close.To(7.53, rates.Average(), 0.4);
    }

    [Fact]
    public void Uncoupled_cells_have_no_rhythm_and_no_synchrony()
    {
        var control = CortexStatistics.Measure(new CortexOptions { ExcitatoryWeight = 0.0, InhibitoryWeight = 0.0 }, 20_000.0);
        Close.To(1.0 / Math.Sqrt(1000.0), control.Synchrony, 0.03 * 0.0316);
        Close.To(1.0, control.Fano1, 0.05);
        Assert.True(control.Alpha.OverFloor < 3.0 && control.Gamma.OverFloor < 3.0, $"{control.Alpha} {control.Gamma}");
    }

    [Fact]
    public void Ten_times_as_many_cells_keep_their_rates_and_lose_synchrony()
    {
        var large = CortexStatistics.Measure(new CortexOptions { Excitatory = 8000, Inhibitory = 2000, OutDegree = 1000 }, 3000.0);
        Close.To(7.14, large.RateE, 0.3);
        Close.To(6.27, large.RateI, 0.5);
        Close.To(0.05, large.Synchrony, 0.01);
    }

    [Fact]
    public void Statistics_need_a_spectrum()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CortexStatistics.Measure(new CortexOptions(), 1000.0));
    }
}
