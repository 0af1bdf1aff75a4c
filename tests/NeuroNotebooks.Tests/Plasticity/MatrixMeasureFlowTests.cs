using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.Plasticity;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Plasticity;

public class MatrixMeasureFlowTests
{
    private static readonly NamedMeasure[] Three = [NamedMeasure.L1, NamedMeasure.L2, NamedMeasure.LInfinity];

    public static IEnumerable<object[]> Seeds => StableCircuitsTests.Seeds;

    [Theory, MemberData(nameof(Seeds))]
    public void Under_pure_decay_every_measure_decays_by_the_same_factor(ulong seed)
    {
        double[,] W = Random(4, seed);
        NamedMeasure[] measures = [.. Three, NamedMeasure.Weighted(Norm.LInfinity, 1.0, 2.0, 3.0, 4.0), NamedMeasure.In(Metric.Diagonal(1.0, 2.0, 1.0, 0.5))];
        MatrixMeasureFlow flow = MatrixMeasureFlow.Run(MatrixFlow.Decay(0.7), W, measures, 0.01, 2.0, recordEvery: 50);
        foreach (MeasureCurve curve in flow.Curves)
            for (int k = 0; k < flow.Times.Length; k++)
                Close.To(curve.Values[0] * Math.Pow(1.0 - 0.007, 50 * k), curve.Values[k], 1e-12, $"seed {seed}, {curve.Measure}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void No_rule_and_no_norm_exceeds_the_bound(ulong seed)
    {
        foreach (PlasticNetwork network in Rules(seed))
        {
            MatrixMeasureFlow flow = MatrixMeasureFlow.Run(network, Normals(10, seed, 3), Random(10, seed, 1.5), Three, 0.01, 6.0, recordEvery: 100);
            Assert.Null(flow.BlowUpTime);
            foreach (MeasureCurve curve in flow.Curves) Assert.True(curve.LargestExcess < 1e-9, $"seed {seed}, {network.Rule.Name}, {curve.Measure}");
            if (network.Rule.OnlyUnlearns)
            {
                MeasureCurve two = flow.Of(NamedMeasure.L2);
                for (int k = 0; k < flow.Times.Length; k++)
                    Assert.True(two.Values[k] <= two.Values[0] * Math.Exp(-flow.Times[k]) + 1e-12, $"seed {seed}, {network.Rule.Name}");
            }
        }
    }

    [Fact]
    public void Over_six_thousand_steps_the_largest_excess_is_rounding()
    {
        foreach (PlasticNetwork network in Rules(1))
            foreach (MeasureCurve curve in
                MatrixMeasureFlow.Run(network, Normals(10, 1, 3), Random(10, 1, 1.5), Three, 1e-3, 6.0, recordEvery: 1000).Curves)
                Assert.True(curve.LargestExcess < 1e-9, $"{network.Rule.Name}, {curve.Measure}");
    }

    [Fact]
    public void Unlearning_in_the_euclidean_norm_leaves_the_maximum_norm_large()
    {
        var left = new List<double>();
        for (ulong seed = 1; seed <= 12; seed++)
        {
            MatrixMeasureFlow flow = MatrixMeasureFlow.Run(Rules(seed)[0], Normals(10, seed, 3), Random(10, seed, 1.5), Three, 1e-3, 6.0, 1000);
            double start = flow.Of(NamedMeasure.L2).Values[0];
            Close.To(start * Math.Pow(1.0 - 1e-3, 6000), flow.Of(NamedMeasure.L2).Bounds[^1], 1e-9);
            Assert.InRange(flow.Of(NamedMeasure.L2).Values[^1], -1e-2, 0.01);
            left.Add(flow.Of(NamedMeasure.LInfinity).Values[^1]);
        }
        // it follows the activity of the moment, so a draw may be small at t = 6
        Assert.True(left.Average() > 0.3 && left.Min() > 0.1, string.Join(", ", left));
    }

    [Fact]
    public void An_outer_product_measures_as_its_closed_form()
    {
        for (ulong seed = 0; seed < 1000; seed++)
        {
            double[] z = Normals(2 + (int)(seed % 7), seed, 5);
            for (int i = 0; i < z.Length; i += 3) z[i] *= seed % 2;
            double largest = z.Max(Math.Abs), sum = z.Sum(Math.Abs), squares = z.Sum(value => value * value);
            double[,] hebbian = Outer(z, 1.0), anti = Outer(z, -1.0);
            double expected = z.Max(value => Math.Abs(value) * (sum - 2.0 * Math.Abs(value)));
            foreach (Norm norm in new[] { Norm.L1, Norm.LInfinity })
            {
                Close.To(expected, MatrixMeasure.Of(anti, norm), 1e-13 * (1 + squares));
                Close.To(largest * sum, MatrixMeasure.Of(hebbian, norm), 1e-13 * (1 + squares));
            }
            Close.To(0.0, MatrixMeasure.Of(anti, Norm.L2), 1e-13 * (1 + squares));
            Close.To(squares, MatrixMeasure.Of(hebbian, Norm.L2), 1e-13 * (1 + squares));
        }
        Close.To(0.6, MatrixMeasure.Of(HebbianRule.AntiHebbian(1.0).PushAt(1.0, 0.5, 0.5, 0.2), Norm.LInfinity), 1e-15);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Speed_gradient_in_its_metric_only_unlearns_there(ulong seed)
    {
        double[,] root = Random(5, seed), Q = LinearAlgebra.Multiply(Transpose(root), root);
        for (int i = 0; i < 5; i++)
        {
            Q[i, i] += 0.3;
            for (int j = 0; j < i; j++) Q[i, j] = Q[j, i];
        }
        double[] z = Normals(5, seed, 5), S = new double[25];
        SpeedGradientRule.InMetric(Q, 1.3).Push(z, new double[25], [], S);
        Close.To(0.0, MatrixMeasure.Of(Square(S), Metric.Of(Q)), 1e-10, $"seed {seed}");
        double[] plain = new double[25];
        SpeedGradientRule.Plain(Q, 1.3).Push(z, new double[25], [], plain);
        Close.All([.. Transpose(Square(plain)).Cast<double>()], S, 1e-12);
        // −k ∇_W of V' = zᵀQ(−z + W z): the slope by differences of the bilinear form
        Close.To(-1.3 * Enumerable.Range(0, 5).Sum(j => Q[2, j] * z[j]) * z[3], plain[2 * 5 + 3], 1e-12);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_worst_slopes_of_saturating_networks_are_at_the_corners_and_match_the_closed_form(ulong seed)
    {
        const int n = 6;
        double[,] W = Random(n, seed, 2.0);
        double rate = double.NegativeInfinity, hopfield = double.NegativeInfinity, rateOther = double.NegativeInfinity, hopfieldOther = double.NegativeInfinity;
        for (int corner = 0; corner < 1 << n; corner++)
        {
            double[,] DW = new double[n, n], WD = new double[n, n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) (DW[i, j], WD[i, j]) = (corner >> i & 1) * W[i, j] is var row && true ? (row, (corner >> j & 1) * W[i, j]) : default;
            rate = Math.Max(rate, MatrixMeasure.Of(DW, Norm.LInfinity));
            rateOther = Math.Max(rateOther, MatrixMeasure.Of(DW, Norm.L1));
            hopfield = Math.Max(hopfield, MatrixMeasure.Of(WD, Norm.L1));
            hopfieldOther = Math.Max(hopfieldOther, MatrixMeasure.Of(WD, Norm.LInfinity));
        }
        Close.To(Math.Max(0.0, MatrixMeasure.Of(W, Norm.LInfinity)), rate, 1e-12);
        Close.To(Math.Max(0.0, MatrixMeasure.Of(W, Norm.L1)), hopfield, 1e-12);
        Close.To(1.0 - rate, NetworkRate.Of(W, NetworkForm.FiringRate, NamedMeasure.LInfinity), 1e-12);
        Close.To(1.0 - rateOther, NetworkRate.Of(W, NetworkForm.FiringRate, NamedMeasure.L1), 1e-12);
        Close.To(1.0 - hopfield, NetworkRate.Of(W, NetworkForm.Hopfield, NamedMeasure.L1), 1e-12);
        Close.To(1.0 - hopfieldOther, NetworkRate.Of(W, NetworkForm.Hopfield, NamedMeasure.LInfinity), 1e-12);
        Close.To(1.0 - MatrixMeasure.Of(W, Norm.L2), NetworkRate.Of(W, NetworkForm.Linear, NamedMeasure.L2), 1e-12);
    }

    [Fact]
    public void The_euclidean_measure_of_the_weights_certifies_no_saturating_network()
    {
        double[,] W = { { 0.0, -4.0 }, { 4.0, 0.0 } };
        Assert.Throws<NotSupportedException>(() => NetworkRate.Of(W, NetworkForm.FiringRate, NamedMeasure.L2));
        Assert.Throws<NotSupportedException>(() => NetworkRate.Of(W, NetworkForm.Hopfield, NamedMeasure.In(Metric.Identity(2))));
        Close.To(0.0, MatrixMeasure.Of(W, Norm.L2), 1e-15);
        // a certificate lends its metric: the identity's proves that the rate is 1 − 2, however the weights were certified elsewhere
        ContractionCertificate lent = ContractionCertificate.InMetric(JacobianFamily.Linear(new[,] { { -1.0, 0.0 }, { 0.0, -1.0 } }), Metric.Identity(2));
        Close.To(-1.0, NetworkRate.Of(W, NetworkForm.FiringRate, lent), 1e-9);
        Close.To(2.0, MatrixMeasure.Of(new[,] { { 0.0, -4.0 }, { 0.0, 0.0 } }, Norm.L2), 1e-14);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_dini_derivative_is_the_slope_from_the_right(ulong seed)
    {
        double[,] W = Random(5, seed), change = Random(5, seed + 1000);
        double h = 1e-6, slope = (MatrixMeasure.Of(Plus(W, change, h), Norm.L2) - MatrixMeasure.Of(W, Norm.L2)) / h;
        // second derivatives are one over the gap of the top eigenvalues, which is above 0.01 in these draws
        Close.To(slope, MatrixMeasureFlow.DiniDerivativeMu2(W, change), 1e-3, $"seed {seed}");
        Assert.True(MatrixMeasureFlow.DiniDerivativeMu2(W, change) <= MatrixMeasure.Of(change, Norm.L2) + 1e-12);
    }

    [Fact]
    public void The_dini_derivative_at_a_double_eigenvalue_takes_the_faster_branch()
    {
        double[,] identity = { { 1.0, 0.0 }, { 0.0, 1.0 } };
        Close.To(1.0, MatrixMeasureFlow.DiniDerivativeMu2(identity, new[,] { { 1.0, 0.0 }, { 0.0, -1.0 } }), 1e-15);
        Close.To(1.0, MatrixMeasureFlow.DiniDerivativeMu2(identity, new[,] { { -1.0, 0.0 }, { 0.0, 1.0 } }), 1e-15);
        Close.To(-1.0, MatrixMeasureFlow.DiniDerivativeMu2(new[,] { { 1.1, 0.0 }, { 0.0, 1.0 } }, new[,] { { -1.0, 0.0 }, { 0.0, 1.0 } }), 1e-15);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-1.0)]
    public void Constant_activity_stores_a_rank_one_pattern_in_closed_form(double sign)
    {
        const double gamma = 1.3, k = 0.8;
        double[,] W = Random(5, 4);
        double[] z = Normals(5, 4, 5);
        IntegratedTrajectory run = OdeSolver.RungeKutta4((_, w, change) =>
        {
            for (int e = 0; e < 25; e++) change[e] = -gamma * w[e] + sign * k * z[e / 5] * z[e % 5];
        }, [.. W.Cast<double>()], 2.0, 0.005);
        double kept = Math.Exp(-gamma * 2.0);
        double[] expected = [.. Enumerable.Range(0, 25).Select(e => kept * W[e / 5, e % 5] + sign * k * (1.0 - kept) / gamma * z[e / 5] * z[e % 5])];
        Close.All(expected, run.End, 1e-8);

        // the library's Euler run tends to it at first order
        var network = new PlasticNetwork(sign > 0 ? HebbianRule.Hebbian(k) : HebbianRule.AntiHebbian(k), NetworkInput.Constant(z))
        { Gamma = gamma, Activity = ActivitySource.Input };
        Close.All(expected, [.. network.Simulate(new double[5], W, 1e-4, 20_000, recordEvery: 20_000).Synapses[^1]], 1e-3);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Decay_with_rates_a_i_plus_a_j_is_a_congruence_that_keeps_the_inertia(ulong seed)
    {
        double[,] W = Random(4, seed), rates = new double[4, 4];
        double[] a = [.. Normals(4, seed, 6).Select(value => 0.1 + Math.Abs(value))];
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) rates[i, j] = a[i] + a[j];
        const double t = 1.0;
        MatrixMeasureFlow flow = MatrixMeasureFlow.Run(MatrixFlow.HeterogeneousDecay(rates), W, Three, 1e-4, t, recordEvery: 5000);
        double[,] expected = new double[4, 4];
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) expected[i, j] = Math.Exp(-(a[i] + a[j]) * t) * W[i, j];
        Close.All([.. expected.Cast<double>()], [.. flow.End.Cast<double>()], 3e-3, $"seed {seed}");     // Euler steps of 1e-4
        Assert.Equal(Spectrum.OfSymmetricPart(W).Count(value => value > 0.0), Spectrum.OfSymmetricPart(expected).Count(value => value > 0.0));
        double start = MatrixMeasure.Of(W, Norm.L2);
        if (start >= 0.0) Assert.True(MatrixMeasure.Of(expected, Norm.L2) <= Math.Exp(-2.0 * a.Min() * t) * start + 1e-12);
        foreach (MeasureCurve curve in flow.Curves) Assert.True(curve.LargestExcess < 1e-9);
    }

    [Fact]
    public void A_source_that_commutes_with_the_weights_makes_the_bound_tight()
    {
        double[,] W = { { 2.0, 1.0 }, { 1.0, 2.0 } };
        MatrixMeasureFlow flow = MatrixMeasureFlow.Run(
            new MatrixFlow(1.0, (_, _, S) => { ReadOnlySpan<double> same = [0.5, 0.2, 0.2, 0.5]; same.CopyTo(S); }), W, [NamedMeasure.L2], 0.01, 3.0);
        Close.All(flow.Curves[0].Bounds, flow.Curves[0].Values, 1e-12);
    }

    [Fact]
    public void Input_driven_plasticity_keeps_coppels_bound()
    {
        NetworkInput input = NetworkInput.RandomSinusoids(10, (0.5, 1.5), (0.5, 3.0), new Philox(8));
        var network = new PlasticNetwork(HebbianRule.AntiHebbian(1.0), input) { Activity = ActivitySource.Input };
        double[,] W = Random(10, 8, 1.5);
        PlasticTrajectory one = network.Simulate(Normals(10, 8, 1), W, 1e-3, 6000), two = network.Simulate(Normals(10, 8, 2), W, 1e-3, 6000);
        TwoTrajectoryTest test = TwoTrajectoryTest.Of(one, two);
        Assert.Equal(one.Synapses[^1].AsSpan().ToArray(), two.Synapses[^1].AsSpan().ToArray());
        double exponent = 0.0;
        for (int k = 0; k < 6000; k++)
        {
            exponent += 1e-3 * (MatrixMeasure.Of(one.Weights(k), Norm.L2) - 1.0);
            // Euler steps: |I + dt J| ≤ 1 + dt μ + dt² |J|²/2
            Assert.True(test.Distances[k + 1] <= test.Distances[0] * Math.Exp(exponent + 1e-6 * (k + 1) * 60.0), $"step {k}");
        }
    }

    [Fact]
    public void The_report_tells_when_a_network_is_certified()
    {
        // the exercise: γ = 2, k = 0.5, |z| ≤ 1, μ₂(W₀) = 3: e^{−2t} < 0.75/2.75
        double[,] W = { { 3.0, 0.0 }, { 0.0, 0.0 } };
        MatrixMeasureFlow flow = MatrixMeasureFlow.Run(
            new MatrixFlow(2.0, (_, _, S) => { ReadOnlySpan<double> push = [0.5, 0.0, 0.0, 0.0]; push.CopyTo(S); }), W, Three, 1e-4, 2.0);
        PlasticContractionReport report = PlasticContractionReport.Of(flow, NamedMeasure.L2);
        Close.To(0.5 * Math.Log(2.75 / 0.75), report.CertifiedFrom!.Value, 1e-3);
        Close.To(report.CertifiedFrom!.Value, report.MeasuredFrom!.Value, 1e-3);
        Close.To(1.0 / report.CertifiedRate, report.DisturbanceGain, 1e-12);
        Assert.Contains("certified from", report.ToString());
        PlasticContractionReport.Of(flow, NamedMeasure.LInfinity, NetworkForm.FiringRate);
        Assert.Throws<NotSupportedException>(() => PlasticContractionReport.Of(flow, NamedMeasure.L2, NetworkForm.Hopfield));
        Assert.Throws<ArgumentException>("measure", () => PlasticContractionReport.Of(flow, NamedMeasure.Weighted(Norm.L1, 1.0, 1.0)));

        PlasticContractionReport never = PlasticContractionReport.Of(MatrixMeasureFlow.Run(MatrixFlow.Decay(0.1), W, Three, 0.01, 1.0), NamedMeasure.L2);
        Assert.Null(never.CertifiedFrom);
        Assert.Equal(double.PositiveInfinity, never.DisturbanceGain);
    }

    [Fact]
    public void The_largest_certified_input_is_where_the_bound_meets_the_leak()
    {
        // constant activity a on one synapse: the bound tends to k a²/γ, so a = 1/√k is the limit for a long run
        MatrixMeasureFlow At(double size) => MatrixMeasureFlow.Run(
            new MatrixFlow(1.0, (_, _, S) => S[0] = 0.25 * size * size), new double[1, 1], [NamedMeasure.L2], 0.01, 40.0, 100);
        Close.To(2.0, PlasticContractionReport.LargestCertifiedInput(At, NamedMeasure.L2, 10.0), 2e-3);
        Assert.Equal(1.5, PlasticContractionReport.LargestCertifiedInput(At, NamedMeasure.L2, 1.5));
    }

    [Fact]
    public void Weighted_measures_are_those_of_the_scaled_matrix()
    {
        double[,] W = Random(3, 2), scaled = new double[3, 3];
        double[] theta = [1.0, 3.0, 0.5];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) scaled[i, j] = theta[i] * W[i, j] / theta[j];
        // the weights of the maximum norm are 1/θ
        Close.To(NamedMeasure.LInfinity.Of(scaled), NamedMeasure.Weighted(Norm.LInfinity, 1.0, 1.0 / 3.0, 2.0).Of(W), 1e-14);
        Close.To(NamedMeasure.L1.Of(scaled), NamedMeasure.Weighted(Norm.L1, theta).Of(W), 1e-14);
    }

    [Fact]
    public void The_symmetric_spectrum_is_followed_along_a_run()
    {
        PlasticStart start = PlasticStart.Normal(10, 1.5, new Philox(1));
        PlasticTrajectory run = Rules(1)[0].Simulate(start.X.AsSpan(), start.W, 1e-2, 600, recordEvery: 100);
        var spectrum = run.SymmetricSpectrum();
        Assert.Equal(10, spectrum.Length);
        Close.To(MatrixMeasure.Of(run.Weights(3), Norm.L2), spectrum[^1][3], 1e-12);
        Assert.True(spectrum[^1][^1] > -1e-2);
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        double[,] W = new double[2, 2];
        Assert.Throws<ArgumentOutOfRangeException>("gamma", () => new MatrixFlow(-1.0, (_, _, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>("dt", () => MatrixMeasureFlow.Run(MatrixFlow.Decay(1.0), W, Three, 1.0, 2.0));
        Assert.Throws<ArgumentOutOfRangeException>("dt", () => MatrixMeasureFlow.Run(MatrixFlow.Decay(1.0), W, Three, -0.1, 2.0));
        Assert.Throws<ArgumentException>("measures", () => MatrixMeasureFlow.Run(MatrixFlow.Decay(1.0), W, [], 0.1, 2.0));
        Assert.Throws<ArgumentOutOfRangeException>("weights[1]", () => NamedMeasure.Weighted(Norm.L1, 1.0, 0.0));
        Assert.Throws<ArgumentException>("z", () => HebbianRule.Hebbian(new[,] { { 1.0 } }).Push([1.0, 2.0], new double[4], [], new double[4]));
        Assert.Throws<ArgumentException>("W", () => HebbianRule.Hebbian(1.0).Push([1.0, 2.0], new double[3], [], new double[4]));
        Assert.Throws<ArgumentException>("network", () => MatrixMeasureFlow.Run(Rules(1)[0] with { Sigma = 0.1 }, new double[10], new double[10, 10], Three, 0.1, 1.0));
        MatrixMeasureFlow blown = MatrixMeasureFlow.Run(
            new MatrixFlow(1.0, (_, w, S) => S[0] = Math.Exp(w[0] * w[0])), new[,] { { 2.0 } }, [NamedMeasure.L2], 0.01, 2.0);
        Assert.NotNull(blown.BlowUpTime);
        Assert.Null(PlasticContractionReport.Of(blown, NamedMeasure.L2).CertifiedFrom);
    }

    private static IReadOnlyList<PlasticNetwork> Rules(ulong seed) => FourRules.Networks(10, new Philox(seed).Child(9));

    private static double[] Normals(int count, ulong seed, ulong stream)
    {
        var numbers = new double[count];
        new Philox(seed, stream).Normals(numbers);
        return numbers;
    }

    private static double[,] Random(int n, ulong seed, double gain = 1.0)
    {
        double[] numbers = Normals(n * n, seed, 40);
        for (int e = 0; e < numbers.Length; e++) numbers[e] *= gain / Math.Sqrt(n);
        return Square(numbers);
    }

    private static double[,] Square(double[] rows)
    {
        int n = (int)Math.Sqrt(rows.Length);
        var matrix = new double[n, n];
        for (int e = 0; e < rows.Length; e++) matrix[e / n, e % n] = rows[e];
        return matrix;
    }

    private static double[,] Outer(double[] z, double scale) =>
        Square([.. Enumerable.Range(0, z.Length * z.Length).Select(e => scale * z[e / z.Length] * z[e % z.Length])]);

    private static double[,] Transpose(double[,] a)
    {
        int n = a.GetLength(0);
        return Square([.. Enumerable.Range(0, n * n).Select(e => a[e % n, e / n])]);
    }

    private static double[,] Plus(double[,] a, double[,] b, double scale)
    {
        int n = a.GetLength(0);
        return Square([.. Enumerable.Range(0, n * n).Select(e => a[e / n, e % n] + scale * b[e / n, e % n])]);
    }
}
