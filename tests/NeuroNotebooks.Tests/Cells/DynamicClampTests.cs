using NeuroNotebooks.Cells;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Cells;

/// <summary>Golden values are derived: by the reconstruction's own equations in a second implementation.</summary>
public class DynamicClampTests
{
    private static readonly PyramidalNeuron Cell = new();
    private static readonly double[] Currents = [13.5, 15, 20, 25, 30, 35, 40, 44, 46, 50, 55, 60, 62, 65, 70, 75, 78];
    private static readonly double[] Shunts = [0.0, 0.5, 1.0, 1.5, 2.0];

    private static readonly double[,] Rates =
    {
        { 2.6, 4.9, 9.0, 12.2, 15.1, 18.1, 21.5, 25.3, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
        { 0, 0, 0, 6.5, 10.0, 13.0, 15.9, 18.2, 19.4, 22.2, 0, 0, 0, 0, 0, 0, 0 },
        { 0, 0, 0, 0, 0, 7.5, 10.7, 13.0, 14.1, 16.4, 19.4, 23.0, 25.2, 0, 0, 0, 0 },
        { 0, 0, 0, 0, 0, 0, 0, 7.4, 8.8, 11.2, 14.1, 17.0, 18.2, 20.1, 24.3, 0, 0 },
        { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11.8, 13.0, 14.7, 17.7, 21.1, 0 },
    };

    // one run for all tests of the table
    private static readonly Lazy<RateSurface> Table = new(() => DynamicClamp.Surface(Cell, Currents, Shunts, new ClampOptions { Step = 0.04 }));

    [Fact]
    public void Steady_rates_are_those_of_the_table()
    {
        for (int row = 0; row < Shunts.Length; row++)
            for (int column = 0; column < Currents.Length; column++)
                Close.To(Rates[row, column], Table.Value[row, column].Rate, Rates[row, column] < 10.0 ? 0.2 : 0.02 * Rates[row, column],
                    Table.Value[row, column].ToString());
    }

    [Fact]
    public void The_rate_rises_with_current_and_falls_with_conductance_wherever_the_cell_spikes()
    {
        for (int row = 0; row < Shunts.Length; row++)
            for (int column = 0; column < Currents.Length; column++)
            {
                if (Table.Value[row, column].State != SpikingState.Spiking) continue;
                if (column > 0) Assert.True(Table.Value[row, column].Rate > Table.Value[row, column - 1].Rate);
                if (row > 0 && Table.Value[row - 1, column].Rate > 0.0)
                    Assert.True(Table.Value[row, column].Rate < Table.Value[row - 1, column].Rate);
                Assert.True(Table.Value[row, column].Variation < 0.001, "spiking is regular");
            }
    }

    [Fact]
    public void A_cell_that_does_not_spike_is_silent_below_its_domain_and_blocked_above()
    {
        Assert.Equal(SpikingState.Silent, Table.Value[1, 0].State);
        Assert.Equal(SpikingState.Blocked, Table.Value[0, Currents.Length - 1].State);
        Assert.Equal(0.0, Table.Value[0, Currents.Length - 1].Rate);
        Assert.Null(Table.Value[0, Currents.Length - 1].Peak);
    }

    [Theory]
    [InlineData(20.0, 9.010, 22.3, -55.1, 0.27)]
    [InlineData(30.0, 15.129, 18.6, -50.9, 0.42)]
    [InlineData(40.0, 21.459, 15.9, -47.0, 0.53)]
    public void The_shape_of_the_spikes_is_that_of_the_table(double u, double rate, double peak, double trough, double fraction)
    {
        var answer = DynamicClamp.SteadyState(Cell, u);
        Close.To(rate, answer.Rate, 0.005);
        Close.To(peak, answer.Peak!.Value, 0.05);       // half a unit of the last digit given
        Close.To(trough, answer.Trough!.Value, 0.05);
        Close.To(fraction, answer.AhpFraction!.Value, 0.03);
        Assert.InRange(answer.Threshold!.Value, -30.0, -27.0);
    }

    [Fact]
    public void The_first_spikes_come_when_they_should() =>
        Close.All([20.21, 97.55, 163.75], [.. DynamicClamp.SteadyState(Cell, 30.0).SpikeTimes.Take(3)], 0.05);

    [Fact]
    public void Halving_the_step_changes_no_rate_by_a_thousandth()
    {
        var points = new[] { (20.0, 0.0), (40.0, 0.0), (46.0, 1.0), (70.0, 2.0) };
        var coarse = DynamicClamp.SteadyStates(Cell, points, new ClampOptions { Duration = 1500.0, Step = 0.02 });
        var fine = DynamicClamp.SteadyStates(Cell, points, new ClampOptions { Duration = 1500.0, Step = 0.01 });
        for (int k = 0; k < points.Length; k++) Close.To(1.0, coarse[k].Rate / fine[k].Rate, 0.001);
    }

    [Fact]
    public void A_surface_is_the_same_bits_on_any_number_of_threads_and_in_any_company()
    {
        var options = new ClampOptions { Duration = 300.0, Step = 0.04 };
        double[] us = [20, 25, 30, 35, 40, 45, 50];
        var one = DynamicClamp.Surface(Cell, us, [0.0, 1.0], options, threads: 1);
        var two = DynamicClamp.Surface(Cell, us, [0.0, 1.0], options, threads: 2);
        for (int k = 0; k < one.Points.Length; k++) Assert.True(one.Points[k].End.SequenceEqual(two.Points[k].End));
        Assert.True(one[1, 3].End.SequenceEqual(DynamicClamp.SteadyState(Cell, 35.0, 1.0, options).End));
    }

    [Fact]
    public void A_surface_tells_its_progress_and_can_be_cancelled()
    {
        var told = new Told();
        DynamicClamp.Surface(Cell, [20.0, 30.0], [0.0], new ClampOptions { Duration = 100.0 }, progress: told);
        Assert.Equal(1.0, told.Last);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => DynamicClamp.Surface(Cell, [20.0], [0.0], cancellation: cancelled.Token));
    }

    [Fact]
    public void On_a_staircase_the_block_outlasts_its_onset()
    {
        // stairs of 1 mV: a larger one down would wake the cell
        var stair = new ClampOptions { Duration = 1500.0, Step = 0.04 };
        var up = DynamicClamp.Staircase(Cell, [42, 43, 44, 45], options: stair);
        var down = DynamicClamp.Staircase(Cell, [.. Enumerable.Range(22, 23).Reverse()], options: stair, start: up[^1].End);
        Assert.Equal([true, true, true, false], up.Select(answer => answer.State == SpikingState.Spiking));
        Assert.All(down.SkipLast(1), answer => Assert.Equal(SpikingState.Blocked, answer.State));
        Assert.Equal(22.0, down[^1].U);
        Assert.NotEmpty(down[^1].SpikeTimes);
    }

    [Fact]
    public void Hodgkin_and_Huxleys_axon_fires_fast_and_not_at_all_under_a_strong_shunt()
    {
        var axon = new HodgkinHuxley();
        Close.To(-64.996, axon.Rest()[0], 0.001);
        Close.To(1.1669, axon.InputConductance(axon.Rest()[0]) * axon.GIn, 1e-4);
        var surface = DynamicClamp.Surface(axon, [4.0, 9.0, 20.0, 50.0, 100.0], [0.0, 1.0, 2.0], new ClampOptions { Duration = 1000.0, Step = 0.05 });
        Assert.Equal(SpikingState.Silent, surface[0, 0].State);
        for (int column = 1; column < 5; column++) Assert.InRange(surface[0, column].Rate, 66.0, 165.0);
        Assert.All(Enumerable.Range(0, 5), column => Assert.Equal(0.0, surface[2, column].Rate));
    }

    [Fact]
    public void Izhikevichs_neuron_never_blocks()
    {
        var cell = new IzhikevichShunt();
        Close.To(-70.0, cell.Rest()[0], 1e-9);
        var surface = DynamicClamp.Surface(cell, [20.0, 40.0, 100.0], [0.0, 3.0], new ClampOptions { Duration = 2000.0 });
        Close.All([35.0, 69.0, 177.0], [surface[0, 0].Rate, surface[0, 1].Rate, surface[0, 2].Rate], 1.0);  // given as whole numbers
        Close.To(71.0, surface[1, 2].Rate, 1.0);
    }

    [Fact]
    public void Two_synaptic_conductances_are_a_current_and_a_conductance()
    {
        var (u, s) = DynamicClamp.FromSynapses(excitation: 0.5, inhibition: 1.5);
        Close.To(32.5, u, 1e-12);
        Close.To(2.0, s, 1e-12);
    }

    [Fact]
    public void A_step_too_long_for_the_sodium_gate_is_refused_with_the_limit()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => DynamicClamp.SteadyState(Cell, 30.0, options: new ClampOptions { Step = 0.07 }));
        Assert.Contains("at most 0.06 ms", error.Message, StringComparison.Ordinal);
        Assert.Equal("Step", error.ParamName);
    }

    [Fact]
    public void A_negative_total_conductance_is_warned_of()
    {
        var brief = new ClampOptions { Duration = 50.0 };
        Assert.Contains("unstable below s = -1", DynamicClamp.SteadyState(Cell, 0.0, -1.2, brief).ToString(), StringComparison.Ordinal);
        Assert.Null(DynamicClamp.SteadyState(Cell, 0.0, -0.9, brief).Warning);
    }

    [Fact]
    public void A_trace_holds_the_protocol_and_its_spikes()
    {
        var trace = ClampTrace.Record(Cell, [new ClampSegment(50.0, 0.0, 0.0), new ClampSegment(200.0, 30.0, 0.0)]);
        Assert.Equal(250.0, trace.Times[^1], 1e-9);
        Assert.Equal(trace.Times.Length, trace.Voltage.Length);
        Close.All([70.21, 147.55, 213.75], trace.SpikeTimes, 0.05);
        Assert.All(Enumerable.Range(0, 200), k => Close.To(Cell.Rest()[0], trace.Voltage[k], 1e-6));
    }

    private sealed class Told : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value) => Last = Math.Max(Last, value);
    }
}
