using NeuroNotebooks.Cells;
using NeuroNotebooks.TestSupport;
using NeuroNotebooks.Tests.Numerics;

namespace NeuroNotebooks.Tests.Cells;

public class ClampSchemeTests
{
    private static readonly PyramidalNeuron Cell = new();

    [Theory]
    [InlineData(ClampScheme.RungeKutta4, 4)]
    [InlineData(ClampScheme.Heun, 2)]
    [InlineData(ClampScheme.ExponentialEuler, 1)]
    public void The_error_after_a_spike_shrinks_with_the_order_of_the_scheme(ClampScheme scheme, int order)
    {
        double[] exact = End(ClampScheme.RungeKutta4, 0.001);
        double finest = order == 4 ? 0.005 : 0.001;
        double[] steps = [finest, 1.25 * finest, 2.0 * finest, 2.5 * finest, 4.0 * finest];
        double[] errors = [.. steps.Select(step => Order.Distance(exact, End(scheme, step)))];
        Close.To(order, Order.Leading(steps, errors), 0.1, string.Join(", ", errors));
    }

    [Fact]
    public void A_cell_that_only_leaks_relaxes_exactly_by_exponential_steps_of_any_length()
    {
        var passive = Cell with { GNa = 0.0, GK = 0.0, GS = 0.0 };
        var options = new ClampOptions { Scheme = ClampScheme.ExponentialEuler, Step = 5.0 };
        var trace = ClampTrace.Record(passive, [new ClampSegment(100.0, 10.0, 0.5)], recordEvery: 1, options);
        double conductance = passive.GL + 0.5, settled = (passive.GL * passive.VL + 0.5 * passive.ReferenceVoltage + 10.0) / conductance;
        double[] expected =
            [.. trace.Times.Select(t => settled + (trace.Voltage[0] - settled) * Math.Exp(-conductance * t / passive.Tau))];
        Close.All(expected, trace.Voltage, 1e-9);
    }

    [Fact]
    public void Exponential_steps_stay_bounded_where_others_are_refused()
    {
        double longStep = 10.0 * Cell.LongestStep;
        foreach (var scheme in new[] { ClampScheme.RungeKutta4, ClampScheme.Heun })
            Assert.Contains("Step", Assert.Throws<ArgumentOutOfRangeException>(
                () => DynamicClamp.SteadyState(Cell, 30.0, options: new ClampOptions { Scheme = scheme, Step = longStep })).Message);
        var options = new ClampOptions { Scheme = ClampScheme.ExponentialEuler, Step = longStep };
        var trace = ClampTrace.Record(Cell, [new ClampSegment(1000.0, 30.0, 0.0)], recordEvery: 1, options);
        Assert.All(trace.Voltage, v => Assert.InRange(v, Cell.VK, Cell.VNa));
        Assert.All(trace.States, state => Assert.All(state.Skip(1), gate => Assert.InRange(gate, 0.0, 1.0)));
    }

    [Theory]
    [InlineData(ClampScheme.Heun, 0.02, 0.001)]
    [InlineData(ClampScheme.ExponentialEuler, 0.005, 0.01)]
    public void Other_schemes_find_the_same_rates(ClampScheme scheme, double step, double tolerance)
    {
        var points = new[] { (20.0, 0.0), (40.0, 0.0), (46.0, 1.0), (70.0, 2.0) };
        var expected = DynamicClamp.SteadyStates(Cell, points, new ClampOptions { Duration = 1500.0 });
        var found = DynamicClamp.SteadyStates(Cell, points, new ClampOptions { Duration = 1500.0, Scheme = scheme, Step = step });
        for (int k = 0; k < points.Length; k++) Close.To(1.0, found[k].Rate / expected[k].Rate, tolerance);
    }

    [Fact]
    public void A_scheme_that_is_none_is_refused() =>
        Assert.Contains("Scheme", Assert.Throws<ArgumentOutOfRangeException>(() => new ClampOptions { Scheme = (ClampScheme)9 }).Message);

    // 30 ms of a strong current: one spike and its after-potential
    private static double[] End(ClampScheme scheme, double step) =>
        [.. ClampTrace.Record(Cell, [new ClampSegment(30.0, 40.0, 0.2)], options: new ClampOptions { Scheme = scheme, Step = step }).States[^1]];
}
