using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Numerics.Fitting;

public class FittingTests
{
    private static readonly double[] Low = [-3.0, -3.0], High = [3.0, 3.0];

    /// <summary>Rosenbrock's valley as residuals; its minimum, 0, is at (1, 1).</summary>
    private static double[] Valley(double[] x) => [10.0 * (x[1] - x[0] * x[0]), 1.0 - x[0]];

    private static double Cost(double[] x) => Valley(x).Sum(r => r * r);

    [Fact]
    public void Both_searches_go_down_the_valley()
    {
        var squares = LeastSquares.Fit(Valley, [-1.2, 1.0], Low, High, new LeastSquaresOptions { Rounds = 100, Tolerance = 1e-8 });
        Close.All([1.0, 1.0], squares.Parameters, 1e-4);
        var simplex = NelderMead.Minimise(Cost, [-1.2, 1.0], Low, High, new NelderMeadOptions { Tolerance = 1e-12 });
        Close.All([1.0, 1.0], simplex.Parameters, 1e-3);
        Assert.Equal(Cost([.. simplex.Parameters]), simplex.Cost);
    }

    [Fact]
    public void Bounds_hold_and_the_best_point_on_them_is_found()
    {
        // with x[0] ≤ 0.5 the best is x = (0.5, 0.25), cost 0.25
        double[] high = [0.5, 3.0];
        double furthest = 0.0;
        double[] Watched(double[] x)
        {
            furthest = Math.Max(furthest, x[0]);
            return Valley(x);
        }
        var squares = LeastSquares.Fit(Watched, [-1.0, 0.5], Low, high, new LeastSquaresOptions { Rounds = 200, Tolerance = 1e-9 });
        Close.To(0.25, squares.Cost, 0.01);
        Assert.InRange(furthest, 0.4, 0.5);     // not even the derivative looks over the bound
        var simplex = NelderMead.Minimise(Cost, [-1.0, 0.5], Low, high, new NelderMeadOptions { Tolerance = 1e-10 });
        Close.To(0.25, simplex.Cost, 1e-3);
        Assert.True(simplex.Parameters[0] <= 0.5);
    }

    [Fact]
    public void The_log_counts_every_evaluation_and_never_rises()
    {
        int calls = 0;
        var fit = NelderMead.Minimise(x => { calls++; return Cost(x); }, [-1.2, 1.0], Low, High, new NelderMeadOptions { Evaluations = 40, Restarts = 1 });
        Assert.Equal(calls, fit.Log.Length);
        Assert.True(calls <= 80);
        Assert.All(fit.Log.Zip(fit.Log.Skip(1)), pair => Assert.True(pair.Second.Best <= pair.First.Best));
        Assert.Equal(1, fit.Restarts);
    }

    [Fact]
    public void Several_starts_come_back_by_rising_cost()
    {
        // two minima: cost 0 at 1, cost 1 near −1
        static double[] Two(double[] x) => [x[0] * x[0] - 1.0, x[0] < 0.0 ? 1.0 : 0.0];
        var fits = LeastSquares.FromStarts(Two, [[-1.1], [0.8]], [-3.0], [3.0], new LeastSquaresOptions { Rounds = 30 });
        Close.To(1.0, fits[0].Parameters[0], 1e-3);
        Close.To(-1.0, fits[1].Parameters[0], 1e-3);
        Assert.True(fits[0].Cost < fits[1].Cost);
    }

    [Fact]
    public void A_linear_fit_has_the_standard_errors_and_the_profile_of_the_textbook()
    {
        // r = A x − b with orthogonal columns of length 2 and 1/2: errors 1/2 and 2
        static double[] Line(double[] x) => [2.0 * x[0] - 1.0, 0.5 * x[1] - 0.25];
        var fit = LeastSquares.Fit(Line, [0.0, 0.0], [-50.0, -50.0], [50.0, 50.0], new LeastSquaresOptions { Rounds = 50, Tolerance = 1e-9 });
        Close.All([0.5, 2.0], fit.StandardErrors(), 1e-6);
        var directions = fit.Directions();
        Close.To(2.0, directions[0].Stiffness, 1e-6);
        Close.All([0.0, 1.0], directions[1].Direction, 1e-6);

        double[] offsets = [.. Sweep.Linear(-5.0, 5.0, 101)];
        var profile = ProfileLikelihood.Of(Line, fit, 1, offsets);
        Close.To(fit.Parameters[1] + 1.96 * 2.0, profile.Interval.High!.Value, 0.01);     // chords of a parabola, 0.1 apart
        Assert.False(ProfileLikelihood.Of(Line, fit, 1, [-1.0, 1.0]).IsIdentified);
    }

    [Fact]
    public void The_profile_lets_the_other_parameters_make_up_for_the_held_one()
    {
        // only the sum is measured, and weakly the difference: holding one costs what the difference does
        static double[] Sum(double[] x) => [10.0 * (x[0] + x[1]), 0.1 * (x[0] - x[1])];
        var fit = LeastSquares.Fit(Sum, [0.3, 0.2], [-9.0, -9.0], [9.0, 9.0], new LeastSquaresOptions { Rounds = 50, Tolerance = 1e-9 });
        var profile = ProfileLikelihood.Of(Sum, fit, 0, [2.0]);
        Close.To(0.16, profile.Costs[^1], 1e-3);       // (0.1 · 4)² once x[1] has gone to −2, to one part in 10⁴ of the stiff one
    }

    [Fact]
    public void Arguments_that_make_no_fit_are_named()
    {
        Assert.Equal("start", Assert.Throws<ArgumentException>(() => LeastSquares.Fit(Valley, [5.0, 0.0], Low, High)).ParamName);
        Assert.Equal("high", Assert.Throws<ArgumentException>(() => NelderMead.Minimise(Cost, [0.0, 0.0], High, Low)).ParamName);
        Assert.Equal("residuals", Assert.Throws<ArgumentException>(() => LeastSquares.Fit(_ => [double.NaN], [0.0], [-1.0], [1.0])).ParamName);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => NelderMead.Minimise(Cost, [0.0, 0.0], Low, High, cancellation: cancelled.Token));
    }
}
