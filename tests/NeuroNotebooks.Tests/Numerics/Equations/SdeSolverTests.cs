using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>Strong and weak orders against solutions known path by path, in each scheme's own calculus.</summary>
public class SdeSolverTests
{
    private const int Paths = 2000;
    private static readonly int[] StepCounts = [16, 32, 64, 128, 256, 512];

    private delegate IntegratedTrajectory Scheme(double[] start, double step, Philox noise);

    [Fact]
    public void Euler_and_Maruyama_follow_a_path_of_geometric_Brownian_motion_with_order_one_half() =>
        AssertStrongOrder(0.5, (x0, h, noise) => SdeSolver.EulerMaruyama(Growth(0.5), Growth(1.0), x0, 1.0, h, noise, int.MaxValue),
            w => Math.Exp(0.5 - 0.5 + w));

    [Fact]
    public void Heun_follows_a_path_of_geometric_Brownian_motion_with_order_one() =>
        AssertStrongOrder(1.0, (x0, h, noise) => SdeSolver.Heun(Growth(0.5), Growth(1.0), x0, 1.0, h, noise, int.MaxValue),
            w => Math.Exp(0.5 + w));

    // dx = ½ x dt + √(1 + x²) dW in Itô's calculus, dx = √(1 + x²) ∘ dW in Stratonovich's: x = sinh(W + arsinh x₀). Kloeden, Platen, 4.4
    [Fact]
    public void Euler_and_Maruyama_follow_a_path_of_a_nonlinear_equation_with_order_one_half() =>
        AssertStrongOrder(0.5, (x0, h, noise) => SdeSolver.EulerMaruyama(Growth(0.5), Root, x0, 1.0, h, noise, int.MaxValue),
            w => Math.Sinh(w + Math.Asinh(1.0)));

    [Fact]
    public void Heun_follows_a_path_of_a_nonlinear_equation_with_order_one() =>
        AssertStrongOrder(1.0, (x0, h, noise) => SdeSolver.Heun(Growth(0.0), Root, x0, 1.0, h, noise, int.MaxValue),
            w => Math.Sinh(w + Math.Asinh(1.0)));

    [Fact]
    public void Euler_and_Maruyama_find_the_mean_with_order_one() =>
        AssertWeakOrder((x0, h, noise) => SdeSolver.EulerMaruyama(Growth(1.5), Growth(0.3), x0, 1.0, h, noise, int.MaxValue),
            w => Math.Exp(1.5 - 0.045 + 0.3 * w));

    [Fact]
    public void Heun_finds_the_mean_with_order_one() =>
        AssertWeakOrder((x0, h, noise) => SdeSolver.Heun(Growth(0.5), Growth(1.0), x0, 1.0, h, noise, int.MaxValue),
            w => Math.Exp(0.5 + w));

    [Fact]
    public void Each_scheme_misses_the_other_calculus_by_half_g_g_prime()
    {
        // same f and g: the means part by the factor exp(σ² T / 2), here e^½
        double Mean(Scheme scheme) => Enumerable.Range(0, Paths).Average(path => scheme([1.0], 1.0 / 256, Stream(path)).End[0]);
        double ito = Mean((x0, h, noise) => SdeSolver.EulerMaruyama(Growth(0.5), Growth(1.0), x0, 1.0, h, noise, int.MaxValue));
        double stratonovich = Mean((x0, h, noise) => SdeSolver.Heun(Growth(0.5), Growth(1.0), x0, 1.0, h, noise, int.MaxValue));
        Close.To(Math.Exp(0.5), stratonovich / ito, 0.03);      // the same paths: the ratio varies by about 1 %
    }

    [Fact]
    public void A_step_uses_the_numbers_that_the_stream_gives_for_it()
    {
        var noise = new Philox(3, 14);
        VectorField f = (t, x, dx) => (dx[0], dx[1]) = (1.0 + t, -x[1]), g = (t, x, s) => (s[0], s[1]) = (x[1], 2.0);
        var run = SdeSolver.EulerMaruyama(f, g, [1.0, 2.0], duration: 0.3, step: 0.2, noise);
        double[] x = [1.0, 2.0];
        double[] lengths = [0.2, 0.3 - 0.2];
        for (int k = 0; k < 2; k++)
        {
            double h = lengths[k], root = Math.Sqrt(h);
            x = [x[0] + (1.0 + 0.2 * k) * h + x[1] * root * noise.Normal(2ul * (ulong)k),
                x[1] - x[1] * h + 2.0 * root * noise.Normal(2ul * (ulong)k + 1)];
            Close.All(x, run.States[k + 1], 1e-15);
        }
        Close.All([0.0, 0.2, 0.3], run.Times, 0.0);
        Assert.Equal((2L, 2L), (run.Cost.Steps, run.Cost.Evaluations));
    }

    [Fact]
    public void Without_noise_the_schemes_are_those_of_ordinary_equations()
    {
        VectorField none = (t, x, g) => g.Clear();
        var problem = Problem.Nonlinear;
        double[] euler = [.. SdeSolver.EulerMaruyama(problem.Field, none, problem.Start, 1.5, 0.01, new Philox(1)).End];
        Assert.Equal(OdeSolver.Euler(problem.Field, problem.Start, 1.5, 0.01).End, euler);
        double[] steps = [1.5 / 200, 1.5 / 300, 1.5 / 400];
        double[] End(double h) => [.. SdeSolver.Heun(problem.Field, none, problem.Start, 1.5, h, new Philox(1)).End];
        double[] errors = [.. steps.Select(h => Order.Distance(problem.Solution(1.5), End(h)))];
        Close.To(2.0, Order.Slope(steps, errors), 0.05);
    }

    [Fact]
    public void Paths_do_not_depend_on_threads_and_differ_by_stream()
    {
        double[] Run(int path) => [.. SdeSolver.Heun(Growth(0.5), Growth(1.0), [1.0], 1.0, 0.01, Stream(path)).End];
        double[] serial = [.. Enumerable.Range(0, 50).Select(path => Run(path)[0])], parallel = new double[50];
        Parallel.For(0, 50, path => parallel[path] = Run(path)[0]);
        Assert.Equal(serial, parallel);
        Assert.Distinct(serial);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        long Allocated(double duration)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            SdeSolver.Heun(Growth(-1.0), Growth(0.1), [1.0], duration, 0.01, new Philox(1), int.MaxValue);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        for (int i = 0; i < 5; i++) Allocated(10.0);        // until everything is compiled
        // the steps differ by thousands, and the smallest object has 24 bytes; compilation in the background may move a few
        Assert.InRange(Allocated(100.0) - Allocated(1.0), -1000, 1000);
    }

    [Fact]
    public void An_explosion_ends_with_the_last_finite_state()
    {
        VectorField explosion = (t, x, dx) => dx[0] = x[0] * x[0];
        var run = SdeSolver.EulerMaruyama(explosion, Growth(0.1), [1.0], 10.0, 0.01, new Philox(1), recordEvery: 100_000);
        Assert.Equal(IntegrationStatus.NonFinite, run.Status);
        Assert.True(double.IsFinite(run.End[0]));
        Assert.Equal(run.EndTime, run.Times[^1]);
        Assert.Throws<InvalidOperationException>(() => run.OrThrow());
    }

    [Fact]
    public void Wrong_arguments_are_named_and_cancelling_stops()
    {
        var noise = new Philox(1);
        Assert.Throws<ArgumentNullException>("drift", () => SdeSolver.Heun(null!, Root, [1.0], 1.0, 0.1, noise));
        Assert.Throws<ArgumentNullException>("diffusion", () => SdeSolver.Heun(Root, null!, [1.0], 1.0, 0.1, noise));
        Assert.Throws<ArgumentException>("start", () => SdeSolver.Heun(Root, Root, [], 1.0, 0.1, noise));
        Assert.Throws<ArgumentException>("start", () => SdeSolver.Heun(Root, Root, [double.NaN], 1.0, 0.1, noise));
        Assert.Throws<ArgumentOutOfRangeException>("duration", () => SdeSolver.EulerMaruyama(Root, Root, [1.0], 0.0, 0.1, noise));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => SdeSolver.EulerMaruyama(Root, Root, [1.0], 1.0, -0.1, noise));
        Assert.Throws<ArgumentOutOfRangeException>("recordEvery", () => SdeSolver.EulerMaruyama(Root, Root, [1.0], 1.0, 0.1, noise, 0));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            SdeSolver.EulerMaruyama(Root, Root, [1.0], 1.0, 0.1, noise, cancellation: stop.Token));
    }

    private static void Root(double t, ReadOnlySpan<double> x, Span<double> g) => g[0] = Math.Sqrt(1.0 + x[0] * x[0]);

    private static VectorField Growth(double rate) => (t, x, dx) => dx[0] = rate * x[0];

    private static Philox Stream(int path) => new Philox(2026).Substream((ulong)path);

    /// <summary>The differences at the end between each numerical path and the true one under the same noise, from x = 1.</summary>
    private static double[] Differences(Scheme scheme, Func<double, double> solution, int steps) =>
    [
        .. Enumerable.Range(0, Paths).AsParallel().AsOrdered().Select(path =>
        {
            var noise = Stream(path).Child((ulong)steps);
            double h = 1.0 / steps, w = Math.Sqrt(h) * Enumerable.Range(0, steps).Sum(k => noise.Normal((ulong)k));
            return scheme([1.0], h, noise).End[0] - solution(w);
        }),
    ];

    private static void AssertStrongOrder(double order, Scheme scheme, Func<double, double> solution)
    {
        double[] errors = [.. StepCounts.Select(n => Differences(scheme, solution, n).Average(Math.Abs))];
        Close.To(order, Order.Slope([.. StepCounts.Select(n => 1.0 / n)], errors), 0.15, $"errors {string.Join(", ", errors)}");
    }

    /// <summary>
    /// The error of the mean, from differences path by path; steps whose error drowns in its statistical error are left out.
    /// </summary>
    private static void AssertWeakOrder(Scheme scheme, Func<double, double> solution)
    {
        List<double> steps = [], errors = [];
        foreach (int n in StepCounts)
        {
            double[] differences = Differences(scheme, solution, n);
            double mean = differences.Average(), spread = Math.Sqrt(differences.Average(d => (d - mean) * (d - mean)) / Paths);
            if (Math.Abs(mean) < 10.0 * spread) continue;
            steps.Add(1.0 / n);
            errors.Add(Math.Abs(mean));
        }
        Assert.True(steps.Count >= 3, $"only {steps.Count} steps have an error above the noise");
        Close.To(1.0, Order.Slope(steps, errors), 0.15, $"errors {string.Join(", ", errors)}");
    }
}
