using System.Collections.Immutable;
using NeuroNotebooks.Cells;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Cells;

/// <summary>Golden values are derived: by the reconstruction's own equations in a second implementation.</summary>
public class PyramidalNeuronTests
{
    private static readonly PyramidalNeuron Cell = new();

    [Fact]
    public void It_rests_at_minus_65_millivolts_with_an_input_conductance_of_one()
    {
        ImmutableArray<double> rest = Cell.Rest();
        Close.To(-65.078, rest[0], 0.002);
        Close.All([8.0e-6, 0.99993, 6.05e-4, 1.8e-4], [.. rest.Skip(1)], 1e-5);
        Close.To(1.002, Cell.InputConductance(rest[0]), 0.001);
    }

    [Fact]
    public void The_curve_of_steady_currents_turns_twice_without_a_shunt_and_not_at_all_with_a_strong_one()
    {
        var folds = Cell.SteadyFolds();
        Assert.Equal(2, folds.Length);
        Close.All([-48.912, 13.139, -41.773, 8.056], [.. folds.SelectMany(fold => new[] { fold.Voltage, fold.Current })], 0.005);
        Assert.Equal(2, Cell.SteadyFolds(s: 1.1).Length);
        Assert.Empty(Cell.SteadyFolds(s: 1.3));
    }

    [Fact]
    public void A_gate_is_half_open_at_its_threshold_with_the_mean_of_its_time_constants()
    {
        Close.To(0.5, Cell.M.Steady(-24.0), 1e-15);
        Close.To(0.5 * (0.06 + 1.4), Cell.M.TimeConstant(-24.0), 1e-12);
        Close.To(130.0, Cell.H.TimeConstant(-150.0), 1e-9);
        Close.To(6.0, Cell.H.TimeConstant(60.0), 1e-9);
        Assert.True(Cell.H.Steady(-60.0) > 0.99 && Cell.H.Steady(-20.0) < 0.01);
    }

    [Fact]
    public void The_vectorised_gates_move_as_the_formula_says()
    {
        double[] state = [-30.0, 0.2, 0.6, 0.1, 0.05];
        double[] slope = Cell.AsModel().Derivative(state, [20.0, 0.5]);
        (ThresholdGate, double)[] gates = [(Cell.M, 0.2), (Cell.H, 0.6), (Cell.N, 0.1), (Cell.W, 0.05)];
        for (int i = 0; i < 4; i++)
        {
            var (gate, x) = gates[i];
            Close.To((gate.Steady(-30.0) - x) / gate.TimeConstant(-30.0), slope[i + 1], 1e-13);
        }
        double current = 20.0 - 0.5 * 35.0 - 0.99 * 35.0 + 68.0 * 0.2 * 0.6 * 90.0 - 16.5 * 0.1 * 50.0 - 10.0 * 0.05 * 33.0;
        Close.To(current / 14.0, slope[0], 1e-12);
    }

    [Fact]
    public void Moving_every_voltage_moves_the_trace_and_nothing_else()
    {
        var shifted = Cell.Shifted(12.5);
        var (here, there) = (DynamicClamp.SteadyState(Cell, 30.0, 0.5, Brief), DynamicClamp.SteadyState(shifted, 30.0, 0.5, Brief));
        Close.All(here.SpikeTimes, there.SpikeTimes, 1e-6);     // rounding of the voltages, grown over some spikes
        Close.To(here.Peak!.Value + 12.5, there.Peak!.Value, 1e-6);
        Close.To(here.Trough!.Value + 12.5, there.Trough!.Value, 1e-6);
    }

    [Fact]
    public void Moving_the_reference_of_the_shunt_shears_the_plane_of_inputs()
    {
        const double Shift = 7.0, S = 0.8;
        var sheared = Cell with { ReferenceVoltage = Cell.ReferenceVoltage - Shift };
        var here = ClampTrace.Record(Cell, [new ClampSegment(300.0, 40.0, S)]);
        var there = ClampTrace.Record(sheared, [new ClampSegment(300.0, 40.0 + S * Shift, S)], start: Cell.Rest());
        Assert.Equal(4, here.SpikeTimes.Length);
        Close.All(here.Voltage, there.Voltage, 1e-8);   // the same current up to rounding, which upstrokes stretch by their steepness
    }

    [Fact]
    public void Impossible_numbers_are_refused_by_name()
    {
        Assert.Equal("GNa", Assert.Throws<ArgumentOutOfRangeException>(() => Cell with { GNa = -1.0 }).ParamName);
        Assert.Equal("Tau", Assert.Throws<ArgumentOutOfRangeException>(() => Cell with { Tau = -14.0 }).ParamName);
        Assert.Equal("TauAbove", Assert.Throws<ArgumentOutOfRangeException>(() => new ThresholdGate(-24.0, 3.5, -0.06, 1.4)).ParamName);
        Assert.Equal("slope", Assert.Throws<ArgumentOutOfRangeException>(() => new ThresholdGate(-24.0, 0.0, 0.06, 1.4)).ParamName);
        Assert.Equal("GL", Assert.Throws<ArgumentOutOfRangeException>(() => new HodgkinHuxley { GL = -0.1 }).ParamName);
        Assert.Equal("Restart", Assert.Throws<ArgumentOutOfRangeException>(() => new IzhikevichShunt { Restart = 31.0 }).ParamName);
    }

    private static ClampOptions Brief { get; } = new() { Duration = 500.0 };
}
