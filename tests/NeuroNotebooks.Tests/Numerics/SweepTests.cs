using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Numerics;

public class SweepTests
{
    [Fact]
    public void A_linear_sweep_has_equal_steps_and_exact_ends()
    {
        double[] values = Sweep.Linear(0.0, 2.2, 221);
        Assert.Equal(221, values.Length);
        Assert.Equal((0.0, 2.2), (values[0], values[^1]));
        Close.To(1.0, values[100], 2.3e-16);    // one rounding at 1
        for (int k = 1; k < values.Length; k++) Close.To(0.01, values[k] - values[k - 1], 1e-15);    // each value is within half a unit in the last place near 2
    }

    [Fact]
    public void A_logarithmic_sweep_has_equal_ratios_and_exact_ends()
    {
        double[] values = Sweep.Logarithmic(0.1, 100.0, 31);
        Assert.Equal((0.1, 100.0), (values[0], values[^1]));
        for (int k = 1; k < values.Length; k++) Close.To(Math.Pow(10.0, 0.1), values[k] / values[k - 1], 1e-13);
    }

    [Fact]
    public void A_falling_sweep_falls() => Assert.Equal([3.0, 2.0, 1.0], Sweep.Linear(3.0, 1.0, 3));

    [Fact]
    public void Ends_that_are_no_numbers_or_a_single_value_are_refused()
    {
        Assert.Equal("from", Assert.Throws<ArgumentOutOfRangeException>(() => Sweep.Linear(double.NaN, 1.0, 3)).ParamName);
        Assert.Equal("to", Assert.Throws<ArgumentOutOfRangeException>(() => Sweep.Linear(0.0, double.PositiveInfinity, 3)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => Sweep.Linear(0.0, 1.0, 1)).ParamName);
        Assert.Equal("from", Assert.Throws<ArgumentOutOfRangeException>(() => Sweep.Logarithmic(0.0, 1.0, 3)).ParamName);
        Assert.Equal("to", Assert.Throws<ArgumentOutOfRangeException>(() => Sweep.Logarithmic(1.0, -1.0, 3)).ParamName);
    }
}
