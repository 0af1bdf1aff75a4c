using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction;

public class ComboNetworkTests
{
    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void A_feedback_matrix_takes_no_part_in_the_measure(ulong seed)
    {
        ComboNetwork modules = Modules(seed), joined = modules.WithFeedback(modules.RandomForward(5.0, new Philox(seed, 9)));
        double[,] product = Draws.Product(modules.Metric.ToMatrix(), joined.Coupling);
        double residual = Draws.Flat(Draws.Sum(product, Draws.Transposed(product))).Max(Math.Abs);
        Assert.True(residual <= 1e-12 * Draws.Flat(product).Max(Math.Abs), $"seed {seed}: {residual}");
        Assert.True(joined.Imbalance <= 1e-12, $"seed {seed}: {joined.Imbalance}");
        Assert.Equal(0.0, modules.Imbalance);
        // rounding of entries of size 5 times the condition number of the metric
        double condition = modules.Metric.ConditionNumber;
        Close.To(modules.Family.Worst(modules.Metric).Measure, joined.Family.Worst(joined.Metric).Measure, 1e-13 * 50.0 * condition, $"seed {seed}");
    }

    [Fact]
    public void A_coupling_that_does_not_answer_is_seen()
    {
        ComboNetwork modules = Modules(1);
        Assert.True(modules.WithMutualExcitation(modules.RandomForward(1.0, new Philox(3))).Imbalance > 0.5);
    }

    [Fact]
    public void Random_forward_connections_lead_to_later_modules_only()
    {
        double[,] forward = Modules(2).RandomForward(1.0, new Philox(4));
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 5; j++) Assert.Equal(i >= 2 && j < 2, forward[i, j] != 0.0);
    }

    [Fact]
    public void The_motion_is_the_equation()
    {
        ComboNetwork modules = Modules(5);
        ComboNetwork joined = modules.WithMutualExcitation(modules.RandomForward(1.0, new Philox(6)));
        double[] x = [0.5, -1.0, 2.0, -0.3, 0.7], dxdt = new double[5];
        joined.Motion(z => Math.Max(z, 0.0), (t, i) => t + i)(2.0, x, dxdt);
        for (int i = 0; i < 5; i++)
        {
            double expected = -x[i] + 2.0 + i;
            for (int j = 0; j < 5; j++) expected += joined.Weights[i, j] * Math.Max(x[j], 0.0) + joined.Coupling[i, j] * x[j];
            Close.To(expected, dxdt[i], 1e-12, $"neuron {i}");
        }
    }

    [Fact]
    public void Three_neurons_are_unstable_in_the_wrong_metric_and_stable_in_the_right_one()
    {
        double[,] chain = { { 0.0, 6.0 }, { 0.0, 0.0 } }, b = { { 0.0, 0.0, 0.0 }, { 0.0, 0.0, 0.0 }, { 1.0, -1.0, 0.0 } };
        ComboNetwork trio = ComboNetwork.Of(
            [chain, new double[1, 1]], [ContractionTheorems.AbsoluteValue(chain).OrThrow().Metric!, Metric.Identity(1)]);
        double[] active = [1.0, 1.0, 1.0];
        double[,] naive = Combinations.FeedbackMatrix(b, Metric.Identity(3));
        Close.To(0.456164, Spectrum.Abscissa(trio.WithCoupling(naive).Family.At(active)), 1e-6);
        Close.To(-0.880240, Spectrum.Abscissa(trio.WithFeedback(b).Family.At(active)), 1e-6);
    }

    [Fact]
    public void The_parameters_of_the_best_network_are_counted() => Assert.Equal(129_034, ComboNetwork.TrainableParameters(16, 32));

    [Fact]
    public void The_count_is_that_of_the_arrays()
    {
        ComboNetwork modules = ComboNetwork.Of(Enumerable.Repeat(new double[4, 4], 3), Enumerable.Repeat(Metric.Identity(4), 3));
        int coupled = Draws.Flat(modules.RandomForward(1.0, new Philox(1))).Count(entry => entry != 0.0);
        Assert.Equal(coupled + 12 * 2 + 12 + 7 * 12 + 7, ComboNetwork.TrainableParameters(3, 4, inputs: 2, classes: 7));
    }

    [Fact]
    public void Metrics_must_fit_their_modules()
    {
        ArgumentException missing = Assert.Throws<ArgumentException>(() => ComboNetwork.Of([new double[2, 2]], [Metric.Identity(2), Metric.Identity(2)]));
        Assert.Contains("metrics", missing.Message, StringComparison.Ordinal);
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => ComboNetwork.Of([new double[2, 2]], [Metric.Identity(3)]));
        Assert.Contains("metrics[0]", wrong.Message, StringComparison.Ordinal);
    }

    private static ComboNetwork Modules(ulong seed)
    {
        var random = new Philox(seed);
        return ComboNetwork.Of(
            [Draws.Matrix(2, random.Child(1), 0.3), Draws.Matrix(3, random.Child(2), 0.3)],
            [Draws.Metric(2, random.Child(3)), Draws.Metric(3, random.Child(4))]);
    }
}
