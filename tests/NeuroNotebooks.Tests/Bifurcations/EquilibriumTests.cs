using NeuroNotebooks.Bifurcations;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Bifurcations;

public class EquilibriumTests
{
    [Fact]
    public void A_branch_goes_round_a_fold_and_finds_it()
    {
        var branch = EquilibriumBranch.Follow(NormalForms.Fold, [-1.0], [-1.0], along: 0, low: -1.5, high: 1.0);

        var fold = Assert.Single(branch.Folds);
        Close.To(0.0, fold.State[0], 1e-7);     // the corrector's tolerance is 1e-9, and x is the root of p
        Close.To(0.0, fold.Parameters[0], 1e-12);
        Assert.Equal(CurveEnd.LeftRange, branch.End);
        Assert.True(branch.Points[0].IsStable);
        Assert.False(branch.Points[^1].IsStable);
        // every point lies on p = −x², wherever the branch went
        Assert.All(branch.Points, point => Close.To(0.0, point.Parameters[0] + point.State[0] * point.State[0], 1e-8));
    }

    [Fact]
    public void A_branch_finds_the_Hopf_point_of_the_normal_form_and_its_frequency()
    {
        var branch = EquilibriumBranch.Follow(NormalForms.Hopf, [0.0, 0.0], [-0.5, -1.0], along: 0, low: -1.0, high: 1.0);

        var hopf = Assert.Single(branch.Hopfs);
        Close.To(0.0, hopf.Parameters[0], 1e-8);
        Close.To(1.0, hopf.Frequency, 1e-8);
        Assert.Empty(branch.Folds);
    }

    [Fact]
    public void A_neutral_saddle_is_no_Hopf_point()
    {
        // eigenvalues 1 + p and −1: their sum vanishes at p = 0, and both are real
        var saddle = OdeModel.Of(["x", "y"], ["p"], (x, p, slope) => (slope[0], slope[1]) = ((1.0 + p[0]) * x[0], -x[1]));
        Assert.Empty(EquilibriumBranch.Follow(saddle, [0.0, 0.0], [-0.5], along: 0, low: -0.6, high: 0.5).Hopfs);
    }

    [Fact]
    public void Folds_are_followed_through_a_cusp()
    {
        var branch = EquilibriumBranch.Follow(NormalForms.Cusp, [-2.0], [1.0, -6.0], along: 1, low: -7.0, high: 7.0);
        Assert.Equal(2, branch.Folds.Length);

        var curve = BifurcationCurve.OfFolds(NormalForms.Cusp, branch.Folds[0], new ParameterPlane(0, (-1.0, 1.5), 1, (-2.0, 2.0)));

        // p = 3 x², q = −2 x³, on both sides of x = 0
        Assert.All(curve.Points, point => Close.To(3.0 * Math.Pow(point.State[0], 2.0), point.Parameters[0], 1e-6));
        Assert.All(curve.Points, point => Close.To(-2.0 * Math.Pow(point.State[0], 3.0), point.Parameters[1], 1e-6));
        Assert.True(curve.Points.Min(point => point.State[0]) < -0.5 && curve.Points.Max(point => point.State[0]) > 0.5);
    }

    [Fact]
    public void Hopf_points_of_the_normal_form_lie_on_a_straight_line()
    {
        var hopf = EquilibriumBranch.Follow(NormalForms.Hopf, [0.0, 0.0], [-0.5, -1.0], along: 0, low: -1.0, high: 1.0).Hopfs[0];
        var curve = BifurcationCurve.OfHopfs(NormalForms.Hopf, hopf, new ParameterPlane(0, (-1.0, 1.0), 1, (-2.0, 2.0)));

        Assert.All(curve.Points, point => Close.To(0.0, point.Parameters[0], 1e-7));
        Assert.All(curve.Points, point => Close.To(Math.Tau, point.Period!.Value, 1e-6));
        Assert.True(curve.Extent(1) is ( < -1.9, > 1.9));
    }

    [Fact]
    public void A_fold_tells_how_slowly_the_ghost_is_passed()
    {
        // x' = p + x²: A = B = 1, so K = π, the exact time from −∞ to ∞ being π/√p
        var fold = EquilibriumBranch.Follow(NormalForms.Fold, [-1.0], [-1.0], along: 0, low: -1.5, high: 1.0).Folds[0];
        Close.To(Math.PI, FoldScaling.Of(NormalForms.Fold, fold, along: 0), 1e-5);
    }

    [Fact]
    public void Newton_says_when_there_is_no_equilibrium() =>
        Assert.Contains("no equilibrium",
            Assert.Throws<InvalidOperationException>(() => Equilibrium.Find(NormalForms.Fold, [0.3], [1.0])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_jacobian_is_that_of_the_formula()
    {
        double[,] jacobian = NormalForms.Cusp.Jacobian([0.5], [2.0, 1.0]);
        Close.To(2.0 - 3.0 * 0.25, jacobian[0, 0], 1e-9);
        Assert.Throws<ArgumentException>(() => NormalForms.Cusp.Jacobian([0.5, 1.0], [2.0, 1.0]));
    }
}
