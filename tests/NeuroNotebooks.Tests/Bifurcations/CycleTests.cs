using NeuroNotebooks.Bifurcations;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Bifurcations;

public class CycleTests
{
    [Theory]
    [InlineData(0.04)]
    [InlineData(0.5)]
    public void The_normal_form_has_a_cycle_of_known_radius_period_and_multiplier(double p)
    {
        // a = −1: r⁴ + r² = p; around the cycle the radius relaxes with d(r')/dr = −2 r² (1 + 2 r²)
        var orbit = PeriodicOrbit.Find(NormalForms.Hopf, [1.0, 0.0], [p, -1.0], section: 0.0, transient: 200.0, longestPeriod: 20.0);
        double r2 = 0.5 * (Math.Sqrt(1.0 + 4.0 * p) - 1.0);

        Close.To(Math.Tau, orbit.Period, 1e-6);
        Close.To(Math.Sqrt(r2), orbit.Highest[0], 1e-5);   // the mesh is refined by a cubic
        Close.To(-Math.Sqrt(r2), orbit.Lowest[0], 1e-5);
        Close.To(1.0, orbit.Trivial.Real, 1e-6);
        Close.To(Math.Exp(-2.0 * r2 * (1.0 + 2.0 * r2) * Math.Tau), orbit.Leading.Real, 1e-6);
        Assert.True(orbit.IsStable);
    }

    [Fact]
    public void A_branch_of_cycles_turns_at_its_fold_and_ends_at_the_subcritical_Hopf_point()
    {
        // a = 1: stable cycles of r² = (1 + √(1 + 4 p))/2, fold at p = −1/4, unstable ones down to the Hopf point at p = 0
        var start = PeriodicOrbit.Find(NormalForms.Hopf, [1.2, 0.0], [0.2, 1.0], section: 0.0, transient: 50.0, longestPeriod: 20.0);
        var branch = CycleBranch.Follow(NormalForms.Hopf, start, along: 0, low: -1.0, high: 1.0, downwards: true);

        var fold = Assert.Single(branch.Folds);
        Close.To(-0.25, fold.Parameters[0], 1e-7);
        Close.To(1.0, fold.Leading.Real, 1e-3);     // at a fold both multipliers are 1: their difference is the root of the error
        Close.To(Math.Sqrt(0.5), fold.Highest[0], 1e-4);
        Assert.Equal(CurveEnd.AmplitudeVanished, branch.End);
        Close.To(0.0, branch.Points[^1].Parameters[0], 1e-3);
        Assert.All(branch.Points, point => Close.To(Math.Tau, point.Period, 1e-6));
        Assert.True(branch.Points[0].IsStable);
        Assert.False(branch.Points[^2].IsStable);
    }

    [Fact]
    public void Folds_of_cycles_lie_on_the_parabola_of_the_normal_form()
    {
        var start = PeriodicOrbit.Find(NormalForms.Hopf, [1.2, 0.0], [0.2, 1.0], section: 0.0, transient: 50.0, longestPeriod: 20.0);
        var fold = CycleBranch.Follow(NormalForms.Hopf, start, along: 0, low: -1.0, high: 1.0, downwards: true).Folds[0];
        var curve = BifurcationCurve.OfCycleFolds(
            NormalForms.Hopf, fold, new ParameterPlane(0, (-1.0, 0.0), 1, (0.5, 1.8)), new ContinuationOptions { MaxPoints = 30 });

        Assert.True(curve.Extent(1) is ( < 0.6, > 1.7));
        Assert.All(curve.Points, point => Close.To(-Math.Pow(point.Parameters[1], 2.0) / 4.0, point.Parameters[0], 1e-5));
    }

    [Fact]
    public void A_saddle_node_on_a_circle_has_the_period_of_the_closed_form_until_it_diverges()
    {
        var start = PeriodicOrbit.Find(NormalForms.Circle, [1.0, 0.0], [2.0], section: 0.0, transient: 20.0, longestPeriod: 20.0);
        Close.To(Math.Tau / Math.Sqrt(3.0), start.Period, 1e-6);

        var branch = CycleBranch.Follow(
            NormalForms.Circle, start, along: 0, low: 0.9, high: 3.0, downwards: true, new ContinuationOptions { LongestPeriod = 60.0 });

        Assert.Equal(CurveEnd.PeriodDiverged, branch.End);
        Assert.All(branch.Points, point =>
            Close.To(1.0, point.Period * Math.Sqrt(point.Parameters[0] * point.Parameters[0] - 1.0) / Math.Tau, 1e-5));
    }

    [Fact]
    public void A_section_that_the_cycle_does_not_cross_is_named_with_the_range_to_choose_from()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            PeriodicOrbit.Find(NormalForms.Hopf, [1.0, 0.0], [0.5, -1.0], section: 3.0, transient: 50.0, longestPeriod: 20.0));
        Assert.Equal("section", error.ParamName);
        Assert.Contains("does not cross x = 3; choose it between", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(0.0), InlineData(1e300), InlineData(double.NaN)]
    public void A_simulation_that_would_never_end_is_refused_before_it_begins(double duration)
    {
        PeriodicOrbit Find(double transient, double longestPeriod) =>
            PeriodicOrbit.Find(NormalForms.Hopf, [1.0, 0.0], [0.5, -1.0], section: 0.0, transient, longestPeriod);
        Assert.Equal("transient", Assert.Throws<ArgumentOutOfRangeException>(() => Find(duration, 20.0)).ParamName);
        Assert.Equal("longestPeriod", Assert.Throws<ArgumentOutOfRangeException>(() => Find(50.0, duration)).ParamName);
    }
}
