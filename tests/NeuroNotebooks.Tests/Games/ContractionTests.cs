using NeuroNotebooks.Contraction;
using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Games;

public class ContractionTests
{
    private static readonly double[,] Pair = WilsonCowanPair.Antagonistic.Network().Weights();

    [Fact]
    public void The_antagonistic_pair_contracts_in_the_euclidean_norm_only()
    {
        Close.To(1.118034, ContractionRate.Abscissa(Pair, Norm.LInfinity), 1e-6);
        Close.To(1.280776, ContractionRate.Abscissa(Pair, Norm.L1), 1e-6);
        Close.To(1.0 - 1.118034, ContractionRate.Best(Pair, Norm.LInfinity).Rate, 1e-6);
        Close.To(1.0 - 1.280776, ContractionRate.Best(Pair, Norm.L1).Rate, 1e-6);
        Assert.False(ContractionRate.Best(Pair, Norm.L1).IsContracting);

        Close.To(0.190983, ContractionRate.Weighted(Pair, Norm.L2, [1.0, 1.0]).Rate, 1e-6);
        ContractionCertificate best = ContractionRate.Best(Pair, Norm.L2);
        Close.To(0.337641, best.Rate, 1e-6);
        Close.To(2.3247, best.Weights[1] / best.Weights[0], 1e-3);       // the rate is flat around its best weights
        Assert.True(best.IsContracting);
    }

    [Theory]
    [InlineData(0.3, 0.5)]
    [InlineData(0.6, 1.0)]
    [InlineData(0.75, 1.0)]
    public void In_the_micro_circuit_the_best_maximum_norm_rate_is_the_slow_eigenvalue(double wX, double wIE)
    {
        CrossInhibition circuit = CrossInhibition.Micro with { WX = wX, WIE = wIE };
        Close.To(-circuit.SlowEigenvalue, ContractionRate.Best(circuit.Network([1.0, 1.0]).Weights(), Norm.LInfinity).Rate, 1e-7);
        if (wX == 0.3) Close.To(0.5, -circuit.SlowEigenvalue, 1e-12);
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Two_trajectories_close_in_at_least_at_the_stated_rate(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = BruteForce.RandomMatrix(3, random, -0.5, 0.5);
        var network = new FiringRateNetwork(
            w, BruteForce.RandomVector(3, random, -1.0, 1.0), seed % 2 == 0 ? Activation.Relu : Activation.Tanh);
        Trajectory one = network.Simulate(BruteForce.RandomVector(3, random.Substream(5), 0.0, 2.0), 3.0);
        Trajectory two = network.Simulate(BruteForce.RandomVector(3, random.Substream(6), 0.0, 2.0), 3.0);
        foreach (Norm norm in Enum.GetValues<Norm>())
        {
            ContractionCertificate certificate = ContractionRate.Best(w, norm);
            double first = Distance(norm, certificate.Weights, one.States[0], two.States[0]);
            for (int t = 0; t < one.Times.Length; t++)
                // the fixed step errs by less than 1e-6 of the distance
                Assert.True(
                    Distance(norm, certificate.Weights, one.States[t], two.States[t])
                        <= first * Math.Exp(-certificate.Rate * one.Times[t]) * (1 + 1e-6),
                    $"seed {seed}, {norm}, t {one.Times[t]}");
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void No_other_weights_do_better(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = BruteForce.RandomMatrix(3, random, -1.0, 1.0);
        foreach (Norm norm in Enum.GetValues<Norm>())
        {
            double best = ContractionRate.Best(w, norm).Rate;
            for (ulong k = 0; k < 20; k++)
            {
                double[] weights = [.. BruteForce.RandomVector(3, random.Substream(300 + k), -1.5, 1.5).Select(Math.Exp)];
                Assert.True(ContractionRate.Weighted(w, norm, weights).Rate <= best + 1e-6, $"seed {seed}, {norm}");
            }
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void The_rate_bounds_the_logarithmic_norm_at_every_slope_and_is_attained(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = BruteForce.RandomMatrix(3, random, -1.0, 1.0);
        double[] weights = BruteForce.RandomVector(3, random.Substream(4), 0.5, 2.0);
        foreach (Norm norm in Enum.GetValues<Norm>())
        {
            double rate = ContractionRate.Weighted(w, norm, weights).Rate, worst = double.NegativeInfinity;
            for (int corner = 0; corner < 27; corner++)
            {
                double[] d = [corner % 3 / 2.0, corner / 3 % 3 / 2.0, corner / 9 / 2.0];
                worst = Math.Max(worst, LogarithmicNorm(norm, w, d, weights));
            }
            Close.To(-rate, worst, 1e-6, $"seed {seed}, {norm}");        // difference quotients err by about h‖W‖²
        }
    }

    [Fact]
    public void Shallow_activations_contract_faster_and_a_feed_forward_chain_as_fast_as_its_cells()
    {
        double[,] chain = { { 0.0, 0.0 }, { 5.0, 0.0 } };
        foreach (Norm norm in (Norm[])[Norm.L1, Norm.LInfinity]) Close.To(1.0, ContractionRate.Best(chain, norm).Rate, 1e-6);
        Close.To(1.0 - 0.5 * 1.118034, ContractionRate.Best(Pair, Norm.LInfinity, 0.5, 0.5).Rate, 1e-6);
        Close.To(1.0, ContractionRate.Best(Pair, Norm.L2, 0.0, 0.0).Rate, 1e-9);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Contains("12 neurons", Assert.Throws<ArgumentException>(() => ContractionRate.Best(new double[13, 13], Norm.L2)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ContractionRate.Best(new double[2, 3], Norm.L1));
        Assert.Throws<ArgumentException>(() => ContractionRate.Best(Pair, Norm.L1, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContractionRate.Best(Pair, Norm.L1, 1.0, -1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContractionRate.Weighted(Pair, Norm.L1, [1.0, 0.0]));
        Assert.Throws<ArgumentException>(() => ContractionRate.Weighted(Pair, Norm.L1, [1.0]));
        Assert.Throws<ArgumentException>(() => ContractionRate.Abscissa(Pair, Norm.L2));
    }

    private static double Distance(Norm norm, IReadOnlyList<double> w, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var gaps = Enumerable.Range(0, w.Count).Select(i => (w[i], Math.Abs(x[i] - y[i])));
        return norm switch
        {
            Norm.L1 => gaps.Sum(gap => gap.Item1 * gap.Item2),
            Norm.LInfinity => gaps.Max(gap => gap.Item2 / gap.Item1),
            _ => Math.Sqrt(gaps.Sum(gap => gap.Item1 * gap.Item2 * gap.Item2)),
        };
    }

    /// <summary>(‖I + h(−I + D W)‖ − 1)/h for a small h, the norm by its definition over many directions or its known formula.</summary>
    private static double LogarithmicNorm(Norm norm, double[,] w, double[] d, double[] weights)
    {
        const double H = 1e-7;
        var m = new double[3, 3];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) m[i, j] = (i == j ? 1.0 - H : 0.0) + H * d[i] * w[i, j];
        double size = norm switch
        {
            Norm.L1 => Enumerable.Range(0, 3).Max(j => Enumerable.Range(0, 3).Sum(i => weights[i] * Math.Abs(m[i, j])) / weights[j]),
            Norm.LInfinity => Enumerable.Range(0, 3).Max(i => Enumerable.Range(0, 3).Sum(j => weights[j] * Math.Abs(m[i, j])) / weights[i]),
            _ => MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(3, 3, (i, j) =>
                m[i, j] * Math.Sqrt(weights[i] / weights[j])).L2Norm(),
        };
        return (size - 1.0) / H;
    }
}
