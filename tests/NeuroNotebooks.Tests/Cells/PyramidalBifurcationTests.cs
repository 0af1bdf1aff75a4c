using NeuroNotebooks.Bifurcations;
using NeuroNotebooks.Cells;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Cells;

public class PyramidalBifurcationTests
{
    private static readonly PyramidalNeuron Cell = new();
    private static readonly OdeModel Model = Cell.AsModel();

    private static readonly Lazy<EquilibriumBranch> Equilibria = new(() =>
        EquilibriumBranch.Follow(Model, Cell.Rest().AsSpan(), [0.0, 0.0], along: 0, low: -1.0, high: 60.0));

    private static readonly Lazy<PeriodicOrbit> At30 = new(() =>
        PeriodicOrbit.Find(Model, Cell.Rest().AsSpan(), [30.0, 0.0], section: -38.0, transient: 500.0, longestPeriod: 150.0));

    private static readonly Lazy<CycleBranch> Cycles = new(() => CycleBranch.Follow(Model, At30.Value, along: 0, low: 5.0, high: 80.0));

    [Fact]
    public void The_branch_of_equilibria_has_the_folds_of_the_closed_form_and_one_Hopf_point()
    {
        var folds = Cell.SteadyFolds();
        Assert.Equal(2, Equilibria.Value.Folds.Length);
        for (int k = 0; k < 2; k++)
        {
            Close.To(folds[k].Voltage, Equilibria.Value.Folds[k].State[0], 1e-4);
            Close.To(folds[k].Current, Equilibria.Value.Folds[k].Parameters[0], 1e-8);   // flat there: the square of the voltage's error
        }
        Close.To(13.13896, Equilibria.Value.Folds[0].Parameters[0], 1e-3);

        var hopf = Assert.Single(Equilibria.Value.Hopfs);
        Close.To(-36.905, hopf.State[0], 0.005);
        Close.To(23.074, hopf.Parameters[0], 0.005);
        Close.To(29.53, Math.Tau / hopf.Frequency, 0.1);
    }

    [Fact]
    public void Every_equilibrium_on_the_branch_has_the_steady_current_of_the_closed_form() =>
        Assert.All(Equilibria.Value.Points, point => Close.To(Cell.SteadyCurrent(point.State[0]), point.Parameters[0], 1e-6));

    [Fact]
    public void Shooting_and_simulation_agree_on_the_cycle_at_30_millivolts()
    {
        Close.To(66.10, At30.Value.Period, 0.05);
        Close.To(1.0, At30.Value.Trivial.Real, 1e-4);
        Assert.True(At30.Value.IsStable);
        var simulated = DynamicClamp.SteadyState(Cell, 30.0, options: new ClampOptions { Step = 0.01 });
        Close.To(1000.0 / simulated.Rate, At30.Value.Period, 1e-3);
        Close.To(simulated.Peak!.Value, At30.Value.Highest[0], 0.01);
        Close.To(simulated.Trough!.Value, At30.Value.Lowest[0], 0.01);
    }

    [Fact]
    public void Spiking_ends_at_a_fold_of_cycles_and_the_unstable_cycles_shrink_to_the_Hopf_point()
    {
        var fold = Assert.Single(Cycles.Value.Folds);
        Close.To(44.693, fold.Parameters[0], 0.02);     // derived by a coarser continuation; the next test holds ours against simulation
        Close.To(44.7118, fold.Parameters[0], 1e-3);    // the same for meshes of 1e-7 to 1e-11
        Close.To(1.0, fold.Leading.Real, 0.05);
        Assert.Equal(CurveEnd.AmplitudeVanished, Cycles.Value.End);
        Close.To(Equilibria.Value.Hopfs[0].Parameters[0], Cycles.Value.Points[^1].Parameters[0], 0.02);
        Close.To(Math.Tau / Equilibria.Value.Hopfs[0].Frequency, Cycles.Value.Points[^1].Period, 0.02);
        Assert.True(Cycles.Value.Points[^2].Leading.Real > 1.0);
    }

    [Fact]
    public void A_simulation_followed_upwards_stops_spiking_at_the_fold_of_cycles()
    {
        double at = Cycles.Value.Folds[0].Parameters[0];
        var stairs = DynamicClamp.Staircase(
            Cell, [44.0, 44.5, at - 0.05, at + 0.05], options: new ClampOptions { Duration = 2500.0, Step = 0.04 });
        Assert.Equal([true, true, true, false], stairs.Select(answer => answer.State == SpikingState.Spiking));
    }

    [Fact]
    public void Just_above_the_fold_of_equilibria_the_period_follows_the_law_of_the_ghost()
    {
        var fold = Equilibria.Value.Folds[0];
        double u = fold.Parameters[0], k = FoldScaling.Of(Model, fold, along: 0);
        Close.To(79.9, k, 0.1);
        var options = new ClampOptions { Duration = 8000.0, Step = 0.04 };
        var slow = DynamicClamp.SteadyStates(Cell, [(u + 0.005, 0.0), (u + 0.01, 0.0), (u + 0.02, 0.0)], options);
        double[] periods = [.. slow.Select(answer => 1000.0 / answer.Rate)];
        Close.All([1476.3, 1157.9, 927.7], periods, 1.0);
        double slope = (periods[0] - periods[1]) / (1.0 / Math.Sqrt(0.005) - 1.0 / Math.Sqrt(0.01));
        Close.To(k, slope, 0.05 * k);       // the next term of the expansion: 4 % at these distances
    }

    [Fact]
    public void Below_the_fold_of_equilibria_spiking_cannot_be_kept_up_even_from_the_cycle()
    {
        double u = Equilibria.Value.Folds[0].Parameters[0] - 0.005;
        var options = new ClampOptions { Duration = 4000.0, Step = 0.04 };
        Assert.Equal(SpikingState.Silent, DynamicClamp.SteadyState(Cell, u, options: options, start: At30.Value.State).State);
    }

    [Fact]
    public void Hodgkin_and_Huxleys_axon_has_its_two_known_Hopf_currents()
    {
        // 9.78 and 154.5 µA/cm² for these parameters: Hassard, J. Theor. Biol. 71:401 (1978); Rinzel, Miller, Math. Biosci. 49:27 (1980)
        var axon = new HodgkinHuxley();
        var branch = EquilibriumBranch.Follow(axon.AsModel(), axon.Rest().AsSpan(), [0.0, 0.0], along: 0, low: -1.0, high: 150.0);
        Assert.Equal(2, branch.Hopfs.Length);
        Close.To(9.78, branch.Hopfs[0].Parameters[0] * axon.GIn, 0.01);
        Close.To(154.5, branch.Hopfs[1].Parameters[0] * axon.GIn, 0.1);
        Assert.Empty(branch.Folds);
    }

    [Fact]
    public void The_folds_of_cycles_close_the_domain_of_spiking()
    {
        var curve = BifurcationCurve.OfCycleFolds(
            Model, Cycles.Value.Folds[0], new ParameterPlane(0, (20.0, 100.0), 1, (0.0, 4.0)),
            new ContinuationOptions { LargestStep = 0.6, MaxPoints = 40, LongestPeriod = 120.0, MeshTolerance = 1e-7 });
        Close.To(2.45, curve.Extent(1).High, 0.1);
        Close.To(78.9, curve.Extent(0).High, 1.0);
        Assert.Equal(CurveEnd.PeriodDiverged, curve.Ends.Last);
    }

    [Fact]
    public void A_neuron_with_a_reset_is_no_smooth_model() =>
        Assert.Contains("reset", Assert.Throws<ArgumentException>(() => new IzhikevichShunt().AsModel()).Message, StringComparison.Ordinal);
}
