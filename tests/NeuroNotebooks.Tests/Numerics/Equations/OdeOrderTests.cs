using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>Measured orders of convergence, and what accuracy costs.</summary>
public class OdeOrderTests
{
    public static IEnumerable<object[]> Cases =>
        from scheme in new[] { "Euler", "Heun", "Runge-Kutta 4", "Dormand-Prince 5(4)" }
        from problem in new[] { "linear", "nonlinear", "orbit", "stiff" }
        select new object[] { scheme, problem };

    [Theory, MemberData(nameof(Cases))]
    public void The_error_at_the_end_shrinks_with_the_order_of_the_scheme(string schemeName, string problemName)
    {
        var (scheme, problem) = (Scheme(schemeName), Problem.Named(problemName));
        // small enough for the leading term to rule, large enough for the error to stand a hundredfold above rounding
        int coarsest = (schemeName, problemName) switch
        {
            ("Euler", _) => 2000,
            ("Heun", _) => 1500,
            ("Runge-Kutta 4", "stiff") => 1200,
            ("Runge-Kutta 4", _) => 160,
            (_, "stiff") => 300,
            _ => 40,
        };
        double[] steps = [.. new[] { 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5 }.Select(finer => problem.Duration / (coarsest * finer))];
        double[] errors = [.. steps.Select(step => Order.Distance(problem.Solution(problem.Duration), Solve(problem, scheme, step).End))];
        Close.To(scheme.Order, Order.Leading(steps, errors), 0.05, $"{schemeName} on {problemName}: errors {string.Join(", ", errors)}");
    }

    [Theory]
    [InlineData("Runge-Kutta 4", 4)]            // a cubic through the ends: an error of h⁴ between them
    [InlineData("Dormand-Prince 5(4)", 5)]      // an interpolant of order 4: an error of h⁵ in each step, which does not build up
    public void The_error_between_steps_shrinks_with_the_order_of_the_interpolant(string schemeName, int expected)
    {
        foreach (var problem in new[] { Problem.Linear, Problem.Orbit, Problem.Nonlinear })
        {
            int coarsest = problem == Problem.Orbit ? 80 : 50;
            double[] steps = [.. new[] { 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.4 }.Select(finer => problem.Duration / (coarsest * finer))];
            double[] errors = [.. steps.Select(step => LargestErrorBetween(problem, Scheme(schemeName), step))];
            Close.To(expected, Order.Leading(steps, errors), 0.05, $"{problem.Name}: errors {string.Join(", ", errors)}");
        }
    }

    [Fact]
    public void The_order_test_sees_a_scheme_that_is_one_order_worse()
    {
        // forgetting that the field depends on time costs Runge-Kutta 4 its order
        var problem = Problem.Nonlinear;
        VectorField late = (t, x, dx) => problem.Field(Math.Floor(t * 400.0) / 400.0, x, dx);
        double[] steps = [1.5 / 40, 1.5 / 60, 1.5 / 80];
        double[] errors =
            [.. steps.Select(step => Order.Distance(problem.Solution(1.5), OdeSolver.RungeKutta4(late, problem.Start, 1.5, step).End))];
        Assert.True(Order.Slope(steps, errors) < 3.9);
    }

    [Fact]
    public void A_fixed_step_costs_the_stages_of_the_scheme_and_one_evaluation_at_the_end()
    {
        long Evaluations(RungeKuttaScheme scheme) => Solve(Problem.Linear, scheme, 0.1).Cost.Evaluations;
        Assert.Equal(20 * 1 + 1, Evaluations(RungeKuttaScheme.Euler));
        Assert.Equal(20 * 2 + 1, Evaluations(RungeKuttaScheme.Heun));
        Assert.Equal(20 * 4 + 1, Evaluations(RungeKuttaScheme.RungeKutta4));
        Assert.Equal(20 * 6 + 1, Evaluations(RungeKuttaScheme.DormandPrince));
    }

    [Theory]
    [InlineData(1e-4, 160)]
    [InlineData(1e-6, 320)]
    [InlineData(1e-8, 750)]
    [InlineData(1e-10, 1900)]
    public void Error_control_keeps_the_error_near_the_tolerance_at_a_known_cost(double tolerance, int mostEvaluations)
    {
        int calls = 0;
        VectorField counted = (t, x, dx) =>
        {
            calls++;
            Problem.Orbit.Field(t, x, dx);
        };
        var turn = OdeSolver.Solve(counted, Problem.Orbit.Start, 2.0 * Math.PI, Within(tolerance));

        Assert.Equal(IntegrationStatus.Completed, turn.Status);
        Assert.Equal(calls, turn.Cost.Evaluations);
        // the field at the start, and a probe for the first step
        Assert.Equal(6 * (turn.Cost.Steps + turn.Cost.Rejected) + 2, turn.Cost.Evaluations);
        Assert.InRange(turn.Cost.Evaluations, 50, mostEvaluations);
        // errors along an orbit add up and grow with time: 40 to 250 tolerances after one turn
        Assert.InRange(Order.Distance(Problem.Orbit.Start, turn.End), tolerance, 300.0 * tolerance);
    }

    [Fact]
    public void A_tenth_of_the_tolerance_costs_ten_to_the_fifth_root_more_steps()
    {
        double[] tolerances = [1e-7, 1e-8, 1e-9, 1e-10, 1e-11];
        double[] steps = [.. tolerances.Select(tolerance => (double)OdeSolver.Solve(
            Problem.Orbit.Field, Problem.Orbit.Start, 20.0, Within(tolerance)).Cost.Steps)];
        Close.To(-0.2, Order.Slope(tolerances, steps), 0.01);       // order 5; whole steps over 20 units make 1 %
    }

    [Fact]
    public void Error_control_finds_its_way_through_fast_and_slow_stretches()
    {
        // van der Pol's oscillator, µ = 50: the reference is our own run at a tolerance a thousand times finer
        VectorField field = (t, x, dx) => (dx[0], dx[1]) = (x[1], 50.0 * (1.0 - x[0] * x[0]) * x[1] - x[0]);
        IntegratedTrajectory Run(double tolerance) =>
            OdeSolver.Solve(field, [2.0, 0.0], 90.0, Within(tolerance)).OrThrow();
        var run = Run(1e-7);
        Assert.InRange(Order.Distance(Run(1e-10).End, run.End), 0.0, 1e-4);
        double[] steps = [.. run.Times.Zip(run.Times.Skip(1), (a, b) => b - a)];
        Assert.True(steps.Max() > 50.0 * steps.Min());
        Assert.InRange(run.Cost.Rejected, 1, run.Cost.Steps / 3);
    }

    private static OdeOptions Within(double tolerance) => new() { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance };

    private static RungeKuttaScheme Scheme(string name) => Problem.Scheme(name);

    private static IntegratedTrajectory Solve(Problem problem, RungeKuttaScheme scheme, double step, bool keep = false) =>
        OdeSolver.Solve(problem.Field, problem.Start, problem.Duration,
            new OdeOptions { Scheme = scheme, FixedStep = step, KeepInterpolant = keep }).OrThrow();

    private static double LargestErrorBetween(Problem problem, RungeKuttaScheme scheme, double step)
    {
        var interpolant = Solve(problem, scheme, step, keep: true).Interpolant!;
        // the middle half of each step, where the interpolation error is not small by itself
        int n = (int)Math.Round(problem.Duration / step);
        return Enumerable.Range(0, n).SelectMany(i => new[] { 0.3, 0.5, 0.7 }.Select(theta => (i + theta) * step))
            .Max(time => Order.Distance(problem.Solution(time), interpolant.At(time)));
    }
}
