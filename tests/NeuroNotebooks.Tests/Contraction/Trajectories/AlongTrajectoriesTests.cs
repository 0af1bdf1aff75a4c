using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction.Trajectories;

public class AlongTrajectoriesTests
{
    public static IEnumerable<object[]> Seeds => LyapunovTests.Seeds;

    [Theory, MemberData(nameof(Seeds))]
    public void The_jacobian_is_the_slope_of_the_motion(ulong seed)
    {
        RateNetwork network = RateNetwork.Random(4, 1.5, new Philox(seed), (NetworkForm)(seed % 3));
        double[] x = LyapunovTests.Normals(4, seed, 9);
        var J = new double[16];
        network.Jacobian(0.0, x, J);
        for (int j = 0; j < 4; j++)
        {
            double[] up = [.. x], down = [.. x], fUp = new double[4], fDown = new double[4];
            up[j] += 1e-5;
            down[j] -= 1e-5;
            network.Motion(0.0, up, fUp);
            network.Motion(0.0, down, fDown);
            // third derivatives of size 1: 1e-10 of truncation, 1e-11 of rounding
            for (int i = 0; i < 4; i++) Close.To((fUp[i] - fDown[i]) / 2e-5, J[4 * i + j], 1e-8, $"seed {seed}, {i}, {j}");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_variational_equation_carries_small_displacements(ulong seed)
    {
        RateNetwork network = RateNetwork.Random(4, 1.5, new Philox(seed), (NetworkForm)(seed % 3));
        double[] x = LyapunovTests.Normals(4, seed, 9), delta = LyapunovTests.Normals(4, seed, 10);
        VariationalEquation solved = VariationalEquation.Solve(network.Motion, network.Jacobian, x, 2.0, 0.01, recordEvery: 50);
        Assert.Equal(5, solved.Times.Length);
        const double h = 1e-6;
        double[] plus = End(1.0), minus = End(-1.0), expected = LinearAlgebra.Multiply(solved.Fundamental[^1], delta);
        for (int i = 0; i < 4; i++) Close.To(expected[i], (plus[i] - minus[i]) / (2.0 * h), 1e-7, $"seed {seed}");
        // Liouville: det Φ = exp ∫ tr J, so at least it is above zero
        Assert.True(Determinant(solved.Fundamental[^1]) > 0.0);

        double[] End(double sign) =>
            [.. OdeSolver.RungeKutta4(network.Motion, [.. x.Select((value, i) => value + sign * h * delta[i])], 2.0, 0.01).End];
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_largest_exponent_is_at_most_the_mean_measure_and_that_at_most_the_largest(ulong seed)
    {
        RateNetwork network = RateNetwork.Random(6, 1.8, new Philox(seed), (NetworkForm)(seed % 2));
        IntegratedTrajectory run = OdeSolver.RungeKutta4(network.Motion, LyapunovTests.Normals(6, seed, 1), 50.0, 0.01);
        ContractionRateAlong along = ContractionRateAlong.Of(run, network.Jacobian, Metric.Identity(6));
        LyapunovSpectrum spectrum = LyapunovSpectrum.OfFlow(
            network, run.States[0].AsSpan(), new LyapunovOptions { Exponents = 1, Transient = 0, Steps = 5000, StepsPerOrthonormalisation = 1 });
        // the same stretch of the same trajectory; trapezoids err by 1e-5
        Assert.True(spectrum.Largest <= along.Mean + 1e-4, $"seed {seed}: {spectrum.Largest} > {along.Mean}");
        Assert.True(along.Mean <= along.Max);
        Assert.InRange(along.FractionNegative, 0.0, 1.0);
    }

    [Fact]
    public void A_linear_flow_has_one_measure_all_along_in_each_norm()
    {
        var network = new RateNetwork(new[,] { { 0.0, 0.5 }, { -0.2, 0.0 } }, NetworkForm.Linear);
        IntegratedTrajectory run = OdeSolver.RungeKutta4(network.Motion, [1.0, -1.0], 3.0, 0.1);
        Close.To(-0.5, ContractionRateAlong.Of(run, network.Jacobian, Norm.LInfinity).Max, 1e-14);
        Close.To(-0.5, ContractionRateAlong.Of(run, network.Jacobian, Norm.L1).Mean, 1e-14);
        ContractionRateAlong weighted = ContractionRateAlong.Of(run, network.Jacobian, Norm.LInfinity, 1.0, Math.Sqrt(0.4));
        Close.To(-1.0 + Math.Sqrt(0.1), weighted.Max, 1e-14);
        Assert.Equal(1.0, weighted.FractionNegative);
    }

    [Fact]
    public void A_frozen_eigenvalue_misleads_where_a_moving_metric_does_not()
    {
        // Markus and Yamabe: both eigenvalues of A(t) are −1/4 ± i√7/4 at all times, yet a solution grows like exp(t/2)
        JacobianField jacobian = (t, _, J) =>
        {
            double c = Math.Cos(t), s = Math.Sin(t);
            ReadOnlySpan<double> entries = [-1.0 + 1.5 * c * c, 1.0 - 1.5 * s * c, -1.0 - 1.5 * s * c, -1.0 + 1.5 * s * s];
            entries.CopyTo(J);
        };
        VectorField motion = (t, x, dxdt) =>
        {
            var J = new double[4];
            jacobian(t, x, J);
            dxdt[0] = J[0] * x[0] + J[1] * x[1];
            dxdt[1] = J[2] * x[0] + J[3] * x[1];
        };
        IntegratedTrajectory run = OdeSolver.RungeKutta4(motion, [1.0, 0.3], 6.0, 0.01);
        // in the rotating frame the flow is diag(1/2, −1): the generalised Jacobian shows it
        ContractionRateAlong along = ContractionRateAlong.InMovingMetric(run, motion, jacobian, (t, _, theta) =>
        {
            ReadOnlySpan<double> entries = [Math.Cos(t), -Math.Sin(t), Math.Sin(t), Math.Cos(t)];
            entries.CopyTo(theta);
        });
        Close.All([.. Enumerable.Repeat(0.5, along.Measures.Length)], along.Measures, 1e-7);
        Assert.True(Math.Abs(run.End[0]) > 0.9 * Math.Exp(3.0));
    }

    [Fact]
    public void Eigenvectors_make_the_generalised_jacobian_diagonal()
    {
        // A = (0, 1; −2, −3) has the eigenvalues −1, −2; Θ is the inverse of its eigenvectors
        double[,] F = GeneralizedJacobian.Of(new[,] { { 2.0, 1.0 }, { -1.0, -1.0 } }, new double[2, 2], new[,] { { 0.0, 1.0 }, { -2.0, -3.0 } });
        Close.All([-1.0, 0.0, 0.0, -2.0], [.. F.Cast<double>()], 1e-14);
        Assert.Throws<ArgumentException>("theta", () => GeneralizedJacobian.Of(new double[2, 2], new double[2, 2], F));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Two_trajectories_never_part_faster_than_the_measure_allows(ulong seed)
    {
        double[,] W = RateNetwork.Random(4, 1.0, new Philox(seed)).Weights();
        var network = new RateNetwork(W, NetworkForm.Linear);
        double[,] J = network.Weights();
        for (int i = 0; i < 4; i++) J[i, i] -= 1.0;
        Metric metric = Metric.Diagonal(1.0, 2.0, 0.5, 3.0);
        TwoTrajectoryTest test = TwoTrajectoryTest.Run(
            network.Motion, LyapunovTests.Normals(4, seed, 1), LyapunovTests.Normals(4, seed, 2), 3.0, 0.01, metric);
        // Runge-Kutta steps of 0.01 err by 1e-10 in a slope; the time of a record by less
        Assert.True(test.WorstSlope <= MatrixMeasure.Of(J, metric) + 1e-8, $"seed {seed}");
        Assert.True(test.Slope <= test.WorstSlope);
    }

    [Fact]
    public void A_stable_node_closes_in_at_its_eigenvalue()
    {
        var network = new RateNetwork(new[,] { { 0.5 } }, NetworkForm.Linear, [2.0]);
        TwoTrajectoryTest test = TwoTrajectoryTest.Run(network.Motion, [1.0], [-3.0], 200.0, 0.05);
        Close.To(-0.5, test.Slope, 1e-6);
        Close.To(Math.Log(2.0) / 0.5, test.TimeToShrinkTo(0.5)!.Value, 0.05);
        Assert.True(test.Distances[^1] <= test.Floor);
        Assert.True(test.Slopes.Length < test.Times.Length - 1);
        Assert.Null(TwoTrajectoryTest.Run(network.Motion, [1.0], [-3.0], 1.0, 0.05).TimeToShrinkTo(0.1));
    }

    [Fact]
    public void Memory_fades_at_the_rate_of_contraction()
    {
        VectorField Driven(double u) => (_, x, dxdt) => dxdt[0] = -2.0 * x[0] + u;
        FadingMemory memory = FadingMemory.Run(Driven(1.0), Driven(-1.0), Driven(0.3), [0.0], 5.0, 3.0, 0.001);
        Close.To(1.0 - Math.Exp(-10.0), memory.DistanceAtChange, 1e-9);
        Close.To(0.5, memory.MemoryTime()!.Value, 0.002);
        Close.To(-2.0, memory.After.Slope, 1e-9);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        var network = new RateNetwork(new[,] { { 0.5 } }, NetworkForm.Linear);
        IntegratedTrajectory run = OdeSolver.RungeKutta4(network.Motion, [1.0], 1.0, 0.1), other = OdeSolver.RungeKutta4(network.Motion, [1.0], 1.0, 0.05);
        Assert.Throws<ArgumentException>("metric", () => ContractionRateAlong.Of(run, network.Jacobian, Metric.Identity(2)));
        Assert.Throws<ArgumentException>("weights", () => ContractionRateAlong.Of(run, network.Jacobian, Norm.L1, 1.0, 2.0));
        Assert.Throws<ArgumentException>("two", () => TwoTrajectoryTest.Of(run, other));
        Assert.Throws<ArgumentOutOfRangeException>("form", () => new RateNetwork(new double[1, 1], (NetworkForm)9));
        Assert.Throws<ArgumentException>("u", () => new RateNetwork(new double[1, 1], NetworkForm.Linear, [1.0, 2.0]));
        Assert.Throws<ArgumentOutOfRangeException>("tau", () => new RateNetwork(new double[1, 1], NetworkForm.Linear, tau: 0.0));
        Assert.Throws<ArgumentException>("W", () => new RateNetwork(new double[0, 0], NetworkForm.Linear));
    }

    private static double Determinant(double[,] a) => MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(a).Determinant();
}
