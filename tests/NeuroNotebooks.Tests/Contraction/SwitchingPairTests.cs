using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction;

public class SwitchingPairTests
{
    [Fact]
    public void The_multiplier_at_gain_four_is_the_closed_form()
    {
        System.Numerics.Complex multiplier = new SwitchingPair(4.0).FloquetMultiplier;
        Close.To(-Math.Exp(-2.0) * (7.0 + 4.0 * Math.Sqrt(3.0)), multiplier.Real, 1e-12);
        Close.To(0.0, multiplier.Imaginary, 1e-12);
        Close.To(Math.Exp(-2.0), new SwitchingPair(0.5).FloquetMultiplier.Magnitude, 1e-12);
        Close.To(1.0, new SwitchingPair(2.0 * Math.Cosh(1.0)).FloquetMultiplier.Magnitude, 1e-9);
    }

    [Theory, InlineData(0.5), InlineData(4.0)]
    public void The_monodromy_is_the_product_of_two_exponentials(double gain)
    {
        double[,] first = { { -1.0, 0.0 }, { gain, -1.0 } }, second = { { -1.0, -gain }, { 0.0, -1.0 } };
        double[,] expected = Draws.Product(Draws.Exponential(second), Draws.Exponential(first));
        Close.All(Draws.Flat(expected), Draws.Flat(new SwitchingPair(gain).Monodromy), 1e-12);
    }

    [Fact]
    public void The_turning_path_is_a_solution()
    {
        var pair = new SwitchingPair(0.5);
        IntegratedTrajectory run = OdeSolver.RungeKutta4(pair.Motion, [0.0, 0.0], duration: 3.25, step: 1e-3);
        // the path's own slope changes within 0.02, a few steps: the fourth-order error is far below
        Close.All([pair.Path(3.25), -pair.Path(3.25)], run.End, 1e-4);
    }

    [Fact]
    public void Neighbours_part_by_the_multiplier_in_every_period()
    {
        var pair = new SwitchingPair(4.0);
        var distances = TwoTrajectoryTest.Run(
            pair.Motion, [0.0, 0.0], [1e-7, 0.0], 6.0 * SwitchingPair.Period, 1e-3, recordEvery: 2000).Distances;
        // the corner is met inside a step twice a period: about k dt / 6 each
        Close.To(pair.FloquetMultiplier.Magnitude, distances[^1] / distances[^2], 4e-3);
        double[,] flow = VariationalEquation.Solve(pair.Motion, pair.Jacobian, [0.0, 0.0], SwitchingPair.Period, 1e-3).Fundamental[^1];
        Close.To(pair.FloquetMultiplier.Magnitude, Spectrum.Radius(flow), 4e-3);
    }

    [Theory, InlineData(0.0), InlineData(-1.0), InlineData(double.NaN)]
    public void A_gain_or_a_sharpness_that_is_not_above_zero_is_refused(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SwitchingPair(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SwitchingPair(1.0, value));
    }
}
