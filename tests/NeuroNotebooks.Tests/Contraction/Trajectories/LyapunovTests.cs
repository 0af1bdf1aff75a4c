using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction.Trajectories;

public class LyapunovTests
{
    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 64).Select(seed => new object[] { (ulong)seed });

    private static readonly VectorField Lorenz = (_, x, dxdt) =>
    {
        dxdt[0] = 10.0 * (x[1] - x[0]);
        dxdt[1] = x[0] * (28.0 - x[2]) - x[1];
        dxdt[2] = x[0] * x[1] - 8.0 / 3.0 * x[2];
    };

    private static readonly JacobianField LorenzJacobian = (_, x, J) =>
    {
        ReadOnlySpan<double> entries = [-10.0, 10.0, 0.0, 28.0 - x[2], -1.0, -x[0], x[1], x[0], -8.0 / 3.0];
        entries.CopyTo(J);
    };

    private static readonly LyapunovOptions LorenzRun = new() { Step = 0.01, Steps = 40_000, Transient = 2_000, StepsPerOrthonormalisation = 5 };

    [Fact]
    public void Lorenz_has_its_known_exponents_and_their_sum_is_the_trace()
    {
        LyapunovSpectrum spectrum = LyapunovSpectrum.OfFlow(Lorenz, LorenzJacobian, [1.0, 1.0, 20.0], LorenzRun).OrThrow();
        // Sprott, Chaos and Time-Series Analysis (2003): 0.9056, 0, -14.5723; 400 time units leave about 0.01
        Assert.InRange(spectrum.Exponents[0], 0.88, 0.93);
        Assert.InRange(spectrum.Exponents[1], -0.02, 0.02);
        Assert.InRange(spectrum.Exponents[2], -14.61, -14.54);
        Close.To(-41.0 / 3.0, spectrum.Sum, 0.01);
        Close.To(2.06, spectrum.KaplanYorkeDimension!.Value, 0.01);
        Close.To(spectrum.Exponents[0], spectrum.EntropyRate, 0.02);
        Assert.InRange(spectrum.StandardErrors[0], 1e-3, 0.05);
        Close.All(spectrum.Exponents, spectrum.History[^1], 0.0);
        Close.To(400.0, spectrum.Time, 1e-9);
    }

    [Fact]
    public void Euler_steps_give_the_exponents_of_another_system()
    {
        LyapunovSpectrum spectrum = LyapunovSpectrum.OfFlow(
            Lorenz, LorenzJacobian, [1.0, 1.0, 20.0], LorenzRun with { Scheme = TangentScheme.Euler });
        Close.To(1.04, spectrum.Largest, 0.04);
        Close.To(-13.95, spectrum.Sum, 0.03);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_leading_part_of_the_spectrum_agrees_with_the_whole(ulong seed)
    {
        RateNetwork network = RateNetwork.Random(8, 1.5, new Philox(seed), (NetworkForm)(seed % 3));
        double[] start = Normals(8, seed, 1);
        var options = new LyapunovOptions { Steps = 400, Transient = 200, Seed = seed };
        LyapunovSpectrum all = LyapunovSpectrum.OfFlow(network, start, options);
        LyapunovSpectrum some = LyapunovSpectrum.OfFlow(network, start, options with { Exponents = 3 });
        // the first vectors of a frame start alike and do not know of the others
        Close.All([.. all.Exponents[..3]], some.Exponents, 1e-10, $"seed {seed}");
        // fourth-order steps of 0.01 with eigenvalues up to 2.5: 8 · 2.5⁵ · 0.01⁴ / 120
        Close.To(MeanTrace(network, start, options), all.Sum, 1e-6, $"seed {seed}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_exponents_of_a_stable_linear_flow_are_the_real_parts_of_its_eigenvalues(ulong seed)
    {
        RateNetwork network = RateNetwork.Random(5, 0.8, new Philox(seed), NetworkForm.Linear);
        double[,] J = network.Weights();
        for (int i = 0; i < 5; i++) J[i, i] -= 1.0;
        LyapunovSpectrum spectrum = LyapunovSpectrum.OfFlow(
            network, Normals(5, seed, 1), new LyapunovOptions { Step = 0.05, Steps = 5_000, Transient = 2_000 });
        double[] expected = [.. Spectrum.Eigenvalues(J).Select(value => value.Real).OrderDescending()];
        // 250 time units: complex pairs turn about, and close neighbours separate slowly
        Close.All(expected, spectrum.Exponents, 0.03, $"seed {seed}");
    }

    [Fact]
    public void A_linear_map_reaches_the_logarithm_of_its_spectral_radius_from_below()
    {
        double[,] W = RateNetwork.Random(20, 1.0, new Philox(5)).Weights();
        double expected = Math.Log(Spectrum.Radius(W));
        LyapunovSpectrum spectrum = LyapunovSpectrum.OfMap(
            (_, x, next) => LinearAlgebra.Multiply(W, x, next), (_, _, J) => new MatrixView<double>(W).Values.CopyTo(J), Normals(20, 5, 1),
            new LyapunovOptions { Exponents = 1, Transient = 0, Steps = 1000, StepsPerOrthonormalisation = 1 });
        // a start with little of the leading direction costs about ln|c·u| / T, a few thousandths here
        Close.To(expected, spectrum.Largest, 0.01);
    }

    [Fact]
    public void A_diagonal_map_has_the_logarithms_of_its_entries()
    {
        double[] entries = [2.0, 0.5, 0.1];
        LyapunovSpectrum spectrum = LyapunovSpectrum.OfMap(
            (_, x, next) => { for (int i = 0; i < 3; i++) next[i] = 0.0; },
            (_, _, J) => { J.Clear(); for (int i = 0; i < 3; i++) J[4 * i] = entries[i]; },
            [0.0, 0.0, 0.0], new LyapunovOptions { Steps = 1000, Transient = 100, StepsPerOrthonormalisation = 2 });
        // the frame has turned into the axes to rounding after the transient
        Close.All([.. entries.Select(entry => Math.Log(entry))], spectrum.Exponents, 1e-12);
    }

    [Fact]
    public void The_exponents_of_a_run_do_not_depend_on_how_often_it_is_made_orthonormal()
    {
        LyapunovSpectrum often = LyapunovSpectrum.OfFlow(Lorenz, LorenzJacobian, [1.0, 1.0, 20.0], LorenzRun with { StepsPerOrthonormalisation = 1 });
        LyapunovSpectrum rarely = LyapunovSpectrum.OfFlow(Lorenz, LorenzJacobian, [1.0, 1.0, 20.0], LorenzRun with { StepsPerOrthonormalisation = 20 });
        // one triangular factor or a product of them: the same up to rounding, since the states are the same
        Close.All(often.Exponents, rarely.Exponents, 1e-8);
    }

    [Fact]
    public void A_run_that_explodes_says_so_and_keeps_what_it_had()
    {
        LyapunovSpectrum spectrum = LyapunovSpectrum.OfFlow(
            (_, x, dxdt) => dxdt[0] = x[0] * x[0], (_, x, J) => J[0] = 2.0 * x[0], [1.0], new LyapunovOptions { Transient = 0 });
        Assert.Equal(IntegrationStatus.NonFinite, spectrum.Status);
        Assert.InRange(spectrum.Time, 0.5, 1.2);
        Assert.Contains("left the finite numbers", Assert.Throws<InvalidOperationException>(spectrum.OrThrow).Message);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        RateNetwork network = RateNetwork.Random(30, 1.5, new Philox(1));
        double[] start = Normals(30, 1, 1);
        var options = new LyapunovOptions { Steps = 200, Transient = 0 };
        LyapunovSpectrum.OfFlow(network, start, options);
        long one = Allocated(options), two = Allocated(options with { Steps = 2000 });
        // records grow to 200 looks of 30 numbers; 1800 steps more would show
        Assert.True(two - one < 200 * 30 * 8 * 4, $"{one} then {two} bytes");

        long Allocated(LyapunovOptions how)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            LyapunovSpectrum.OfFlow(network, start, how);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Wrong_options_are_named()
    {
        foreach (var (options, name) in new (LyapunovOptions, string)[]
        {
            (new() { Exponents = 4 }, "Exponents"), (new() { Exponents = 0 }, "Exponents"), (new() { Step = 0.0 }, "Step"),
            (new() { Steps = 0 }, "Steps"), (new() { Transient = -1 }, "Transient"),
            (new() { StepsPerOrthonormalisation = 0 }, "StepsPerOrthonormalisation"), (new() { Scheme = (TangentScheme)7 }, "Scheme"),
        })
            Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(
                () => LyapunovSpectrum.OfFlow(Lorenz, LorenzJacobian, [1.0, 1.0, 1.0], options)).Message);
        Assert.Throws<ArgumentException>("start", () => LyapunovSpectrum.OfFlow(Lorenz, LorenzJacobian, []));
        Assert.Throws<ArgumentException>("start", () => LyapunovSpectrum.OfFlow(Lorenz, LorenzJacobian, [1.0, double.NaN, 0.0]));
    }

    internal static double[] Normals(int count, ulong seed, ulong stream)
    {
        var numbers = new double[count];
        new Philox(seed, stream).Normals(numbers);
        return numbers;
    }

    /// <summary>The mean trace of the Jacobian along the run, by Simpson's rule over each step's stages.</summary>
    private static double MeanTrace(RateNetwork network, double[] start, LyapunovOptions options)
    {
        int n = network.Count, total = options.Transient + options.Steps;
        IntegratedTrajectory run = OdeSolver.RungeKutta4(network.Motion, start, total * options.Step, options.Step / 2);
        var J = new double[n * n];
        double sum = 0.0;
        for (int k = options.Transient; k < total; k++)
            sum += (Trace(2 * k) + 4.0 * Trace(2 * k + 1) + Trace(2 * k + 2)) / 6.0;
        return sum / options.Steps;

        double Trace(int record)
        {
            network.Jacobian(0.0, run.States[record].AsSpan(), J);
            return Enumerable.Range(0, n).Sum(i => J[i * n + i]);
        }
    }
}
