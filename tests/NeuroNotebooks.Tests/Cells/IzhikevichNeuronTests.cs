using NeuroNotebooks.Cells;

namespace NeuroNotebooks.Tests.Cells;

public class IzhikevichNeuronTests
{
    private static readonly IzhikevichNeuron Regular = IzhikevichNeuron.RegularSpiking;

    [Fact]
    public void The_regular_cell_rests_at_minus_70_and_has_its_threshold_at_minus_50()
    {
        var points = Regular.RestPoints(0.0);
        Close.To(-70.0, points[0].V, 1e-12);     // rounding of one root
        Close.To(-50.0, points[1].V, 1e-12);
        Assert.Equal(RestKind.StableNode, points[0].Kind);
        Assert.Equal(RestKind.Saddle, points[1].Kind);
    }

    [Fact]
    public void Every_rest_point_is_one_of_the_equations()
    {
        foreach (var pattern in FiringPattern.Catalogue)
            for (double current = -30.0; current < 4.0; current += 0.37)
                foreach (var point in pattern.Cell.RestPoints(current))
                {
                    var (dv, du) = pattern.Cell.Derivative(point.V, point.U, current);
                    Close.To(0.0, dv, 1e-9, $"{pattern.Name} at {current}");
                    Close.To(0.0, du, 1e-12, $"{pattern.Name} at {current}");
                }
    }

    [Fact]
    public void Rest_and_threshold_meet_at_the_fold_where_the_determinant_vanishes()
    {
        Close.To(4.0, Regular.FoldCurrent, 1e-12);
        var before = Regular.RestPoints(Regular.FoldCurrent - 1e-9);
        Assert.Equal(2, before.Length);
        // Δ = −a 0.08 (v − v_fold), and v is √(1e-9/0.04) = 1.6e-4 from the fold
        Assert.All(before, point => Close.To(0.0, point.Determinant, 1e-6));
        Assert.Empty(Regular.RestPoints(Regular.FoldCurrent + 1e-9));
        Assert.Single(Regular.RestPoints(4.0));
        Assert.Equal(RestKind.Undecided, Regular.RestPoints(4.0)[0].Kind);
    }

    [Fact]
    public void The_regular_cell_loses_its_rest_by_a_Hopf_point_just_before_the_fold()
    {
        Close.To(3.7975, Regular.HopfCurrent!.Value, 1e-9);
        Close.To(-62.25, Regular.HopfVoltage, 1e-12);
        Assert.True(Regular.RestPoints(3.79)[0].IsStable);
        Assert.Equal(RestKind.UnstableFocus, Regular.RestPoints(3.85)[0].Kind);
        Assert.Null(new IzhikevichNeuron(0.3, 0.2, -65.0, 2.0).HopfCurrent);
    }

    [Fact]
    public void The_trace_and_determinant_are_those_of_differences_of_the_field()
    {
        var point = Regular.RestPoints(2.0)[0];
        const double H = 1e-4;
        double vv = (Regular.Derivative(point.V + H, point.U, 2.0).V - Regular.Derivative(point.V - H, point.U, 2.0).V) / (2.0 * H);
        double vu = (Regular.Derivative(point.V, point.U + H, 2.0).V - Regular.Derivative(point.V, point.U - H, 2.0).V) / (2.0 * H);
        double uv = (Regular.Derivative(point.V + H, point.U, 2.0).U - Regular.Derivative(point.V - H, point.U, 2.0).U) / (2.0 * H);
        double uu = (Regular.Derivative(point.V, point.U + H, 2.0).U - Regular.Derivative(point.V, point.U - H, 2.0).U) / (2.0 * H);
        Close.To(vv + uu, point.Trace, 1e-8);
        Close.To(vv * uu - vu * uv, point.Determinant, 1e-8);
    }

    [Fact]
    public void A_cell_left_at_rest_stays_there_for_a_second()
    {
        var trace = Regular.Simulate(CurrentProtocol.Constant(0.0), 1000.0, 1.0, IzhikevichScheme.HalfStep, -70.0);
        Assert.Empty(trace.Spikes);
        Assert.All(trace.Voltages, v => Close.To(-70.0, v, 1e-6));
    }

    [Theory]
    [InlineData(3.5, 1)]
    [InlineData(4.5, 46)]
    public void Below_the_loss_of_rest_a_step_brings_one_spike_and_above_it_a_train(double current, int spikes)
    {
        // derived: half steps of 0.05 ms from rest for 5 s
        var trace = Regular.Simulate(CurrentProtocol.Constant(current), 5000.0, 0.05, IzhikevichScheme.HalfStep, -70.0);
        Assert.Equal(spikes, trace.Spikes.Length);
    }

    [Fact]
    public void The_famous_step_of_1_ms_makes_the_gaps_wrong_and_unequal()
    {
        double[] fine = Gaps(0.005), coarse = Gaps(1.0);
        Close.To(44.83, fine[^1], 0.002 * 44.83);       // derived; 0.2 % is the step error at 0.005 ms
        Close.To(fine[^1], fine[^2], 0.01);
        Close.To(19.5, 1000.0 / coarse[10..].Average(), 0.3);   // the mean over some sixty unequal gaps
        Assert.True(coarse[10..].Max() - coarse[10..].Min() > 10.0);

        static double[] Gaps(double step) => [.. Regular.Simulate(
            CurrentProtocol.Constant(10.0), 3000.0, step, IzhikevichScheme.HalfStep, -70.0).Intervals];
    }

    [Fact]
    public void With_short_steps_all_schemes_agree()
    {
        var schemes = new[] { IzhikevichScheme.HalfStep, IzhikevichScheme.SingleEuler, IzhikevichScheme.SequentialEuler, IzhikevichScheme.SubSteps(4) };
        // Euler's error in the time of the fifth spike falls with the step: 0.1 ms at 0.002 ms
        Assert.All(schemes, scheme => Close.To(Fifth(IzhikevichScheme.SubSteps(8)), Fifth(scheme), 0.1, scheme.Name));

        static double Fifth(IzhikevichScheme scheme) => Regular.Simulate(CurrentProtocol.Constant(10.0), 300.0, 0.002, scheme, -70.0).Spikes[4];
    }

    [Fact]
    public void A_step_far_too_long_is_told()
    {
        var error = Assert.Throws<UnstableIntegrationException>(() =>
            Regular.Simulate(CurrentProtocol.Constant(10.0), 1000.0, 40.0, IzhikevichScheme.SingleEuler));
        Assert.Contains("reduce the step", error.Message);
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Parameters_must_be_finite(double wrong)
    {
        Assert.Equal("A", Assert.Throws<ArgumentOutOfRangeException>(() => new IzhikevichNeuron(wrong, 0.2, -65.0, 8.0)).ParamName);
        Assert.Equal("D", Assert.Throws<ArgumentOutOfRangeException>(() => new IzhikevichNeuron(0.02, 0.2, -65.0, wrong)).ParamName);
    }

    [Fact]
    public void A_protocol_changes_after_its_times_and_not_at_them()
    {
        var protocol = CurrentProtocol.Step(14.0, 15.0).Then(20.0, -1.0);
        Assert.Equal([0.0, 0.0, 14.0, 14.0, -1.0], new[] { 0.0, 15.0, 15.25, 20.0, 20.25 }.Select(protocol.At));
        Assert.Equal(-2.0, protocol.Scaled(2.0).At(30.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => protocol.Then(20.0, 3.0));
    }
}
