using NeuroNotebooks.Cells;

namespace NeuroNotebooks.Tests.Cells;

public class IntegrateAndFireTests
{
    [Fact]
    public void A_leaky_cell_fires_at_the_rate_of_its_closed_form()
    {
        var cell = LeakyNeuron.Typical;
        foreach (double input in new[] { 20.5, 25.0, 40.0 })
        {
            var trace = cell.Simulate(CurrentProtocol.Constant(input), 4000.0, 0.01);
            double gap = trace.Intervals.Average();
            Close.To(1000.0 / cell.Rate(input), gap, 0.02, $"input {input}");       // spikes wait for the grid of 0.01 ms, twice a gap at most
        }
        Assert.Equal(0.0, cell.Rate(cell.Rheobase));
    }

    [Fact]
    public void An_adaptive_cell_rings_before_its_fold_only_if_its_adaptation_is_slow_and_strong()
    {
        var regular = AdaptiveExponentialNeuron.RegularSpiking;       // a/g = 0.133 is above C/(g τ) = 0.065
        Assert.True(regular.HopfCurrent < regular.FoldCurrent);
        Assert.Null(new AdaptiveExponentialNeuron(281.0, 30.0, -70.6, -50.4, 2.0, 1.0, 144.0, 80.5, -70.6).HopfCurrent);
    }

    [Fact]
    public void The_rheobase_parts_silence_from_firing()
    {
        foreach (var cell in new[]
        {
            AdaptiveExponentialNeuron.RegularSpiking,
            new AdaptiveExponentialNeuron(281.0, 30.0, -70.6, -50.4, 2.0, 0.0, 144.0, 0.0, -70.6),
        })
        {
            // towards the current in small steps, slower than the cell, so that no jump carries it over
            Assert.Empty(Ramp(cell, 0.99 * cell.Rheobase).Spikes);
            Assert.NotEmpty(Ramp(cell, 1.01 * cell.Rheobase).Spikes);
        }

        static VoltageTrace Ramp(AdaptiveExponentialNeuron cell, double current)
        {
            var protocol = CurrentProtocol.Constant(0.0);
            for (int k = 1; k <= 100; k++) protocol = protocol.Then(40.0 * k, current * k / 100.0);
            return cell.Simulate(protocol, 6000.0, 0.05);
        }
    }

    [Fact]
    public void A_cell_whose_reset_is_no_reset_is_refused()
    {
        Assert.Equal("Reset", Assert.Throws<ArgumentOutOfRangeException>(() => new LeakyNeuron(20.0, -70.0, -50.0, -40.0, 2.0)).ParamName);
        Assert.Equal("Subthreshold", Assert.Throws<ArgumentOutOfRangeException>(() =>
            new AdaptiveExponentialNeuron(281.0, 30.0, -70.6, -50.4, 2.0, -31.0, 144.0, 80.5, -70.6)).ParamName);
    }
}
