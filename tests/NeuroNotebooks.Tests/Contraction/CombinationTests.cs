using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction;

public class CombinationTests
{
    [Fact]
    public void A_hierarchy_comes_near_its_slower_part()
    {
        Close.To(0.79289, Combinations.HierarchyRate(1.0, 2.0, 10.0, 0.1), 1e-5);
        Close.To(0.99751, Combinations.HierarchyRate(1.0, 2.0, 10.0, 0.01), 1e-5);
        // two scalars attain the bound: the measure of the pair in diag(1, ε²)
        Close.To(-Combinations.HierarchyRate(1.0, 2.0, 10.0, 0.1),
            MatrixMeasure.Of(new[,] { { -1.0, 0.0 }, { 10.0, -2.0 } }, Metric.Diagonal(1.0, 0.01)), 1e-12);
    }

    [Fact]
    public void Small_gain_asks_for_the_product_of_rates()
    {
        SmallGainResult found = Combinations.SmallGain([1.0, 1.0], new[,] { { 0.0, 2.0 }, { 0.4, 0.0 } });
        Close.To(1.0 - Math.Sqrt(0.8), found.Rate, 1e-10);
        Assert.True(found.IsContracting);
        Assert.False(Combinations.SmallGain([1.0, 1.0], new[,] { { 0.0, 2.0 }, { 0.6, 0.0 } }).IsContracting);
        Close.To(0.5 + Math.Sqrt(0.02), Combinations.SmallGainOfMaps(new[,] { { 0.5, 0.2 }, { 0.1, 0.5 } }), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => Combinations.SmallGain([1.0, 1.0], new[,] { { 0.0, -2.0 }, { 0.4, 0.0 } }));
    }

    [Fact]
    public void Balanced_excitation_and_inhibition_cancel_in_their_metric()
    {
        EiBalanceResult found = Combinations.EiBalance(new[,] { { 0.5, -4.0 }, { 2.0, -1.0 } }, 1, 2.0);
        Close.To(0.5, found.Rate, 1e-10);
        Close.To(0.5, found.RateBound, 1e-10);
        Close.To(0.0, found.Imbalance, 1e-12);
        double[,] jacobian = { { -0.5, -4.0 }, { 2.0, -2.0 } };
        Close.To(0.0, MatrixMeasure.Of(jacobian, Norm.L2), 1e-10);
        Close.To(-1.25, Spectrum.Abscissa(jacobian), 1e-10);
    }

    [Fact]
    public void The_balance_bound_is_never_above_the_rate()
    {
        for (ulong seed = 1; seed <= 1000; seed++)
        {
            var random = new Philox(seed);
            double[,] a = Draws.Matrix(5, random);
            double[,] w = Draws.Build(5, (i, j) => (j < 3 ? 1.0 : -1.0) * 0.3 * Math.Abs(a[i, j]));
            EiBalanceResult found = Combinations.EiBalance(w, 3, 0.5 + random.Uniform(40));
            Assert.True(found.RateBound <= found.Rate + 1e-10, $"seed {seed}");
        }
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void Feedback_of_the_paper_adds_nothing_in_its_metric(ulong seed)
    {
        var random = new Philox(seed);
        Metric metric = Metric.Blocks(Draws.Metric(3, random.Child(1)), Draws.Metric(2, random.Child(2)));
        double[,] l = Combinations.FeedbackMatrix(Draws.Matrix(5, random.Child(3)), metric);
        double[,] ml = Draws.Product(metric.ToMatrix(), l), sum = Draws.Sum(ml, Draws.Transposed(ml));
        double size = Draws.Flat(l).Max(Math.Abs) * Draws.Flat(metric.ToMatrix()).Max(Math.Abs);
        Assert.All(Draws.Flat(sum), entry => Assert.True(Math.Abs(entry) <= 1e-12 * size));

        double[,] forward = Draws.Build(3, (i, j) => random.Normal((ulong)(i * 3 + j)));
        Metric one = Draws.Metric(3, random.Child(4)), two = Draws.Metric(3, random.Child(5));
        CancellingFeedback loop = Combinations.NegativeFeedback(one, two, forward, 3.0);
        double[,] whole = Draws.Build(6, (i, j) => i >= 3 && j < 3 ? forward[i - 3, j] : i < 3 && j >= 3 ? loop.Backward[i, j - 3] : 0.0);
        Close.To(0.0, MatrixMeasure.Of(whole, loop.Metric), 1e-9);

        CancellingFeedback adaptive = Combinations.Adaptive(one, forward, 0.5, 1.0, 2.0);
        whole = Draws.Build(6, (i, j) => i < 3 && j >= 3 ? forward[i, j - 3] : i >= 3 && j < 3 ? adaptive.Backward[i - 3, j] : 0.0);
        Close.To(0.0, MatrixMeasure.Of(whole, adaptive.Metric), 1e-9);
    }

    [Fact]
    public void An_assembly_keeps_the_slowest_rate_however_strong_its_feedback()
    {
        double[,] Weights(ulong seed) => SvdModule.Draw(4, new Philox(seed), epsilon: 0.3).Weights;
        NetworkModule one = NetworkModule.Certify("V1", Weights(1)), two = NetworkModule.Certify("V2", Weights(2));
        double slowest = Math.Min(one.Rate, two.Rate);
        foreach (double strength in (double[])[0.0, 1.0, 10.0, 100.0])
        {
            double[,] b = Draws.Scaled(Draws.Matrix(4, new Philox(3)), strength);
            NetworkModule whole = Assembly.Of(one, two).NegativeFeedback("V1", "V2", b).Certify("cortex").OrThrow();
            Close.To(slowest, whole.Rate, 1e-10, $"strength {strength}");
            Assert.True(whole.Certificate.Verify());
            Assert.True(whole.Certificate.Family.Worst(whole.Metric).Measure <= -whole.Rate + 1e-10);

            // an assembly is a module: once more with a third area
            NetworkModule three = NetworkModule.Of("motor", ContractionCertificate.InMetric(
                JacobianFamily.Linear(new[,] { { -2.0 } }), Metric.Identity(1)));
            double[,] down = new double[1, 8];
            for (int j = 0; j < 8; j++) down[0, j] = strength;
            NetworkModule all = Assembly.Of(whole, three).NegativeFeedback("cortex", "motor", down, 2.0).Certify("brain").OrThrow();
            Close.To(slowest, all.Rate, 1e-9);
            Assert.Equal(9, all.Dimension);
        }
    }

    [Fact]
    public void An_assembly_refuses_what_it_cannot_certify_and_names_the_connection()
    {
        NetworkModule Leak(string name) => NetworkModule.Certify(name, new[,] { { -1.0 } });
        Assembly pair = Assembly.Of(Leak("a"), Leak("b"));
        AssemblyResult refused = pair.Connect("a", "b", new[,] { { 3.0 } }).Connect("b", "a", new[,] { { 3.0 } }).Certify("pair");
        Assert.False(refused.IsCertified);
        Assert.Contains("from a to b has gain", refused.Reason + refused.Reason.Replace("from b to a", "from a to b", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Throws<NotContractingException>(() => refused.OrThrow());

        NetworkModule chain = pair.Connect("a", "b", new[,] { { 3.0 } }).Certify("chain").OrThrow();
        Assert.InRange(chain.Rate, 0.01, 1.0);
        Assert.True(chain.Certificate.Verify());

        Assert.Throws<ArgumentException>(() => pair.Connect("a", "c", new[,] { { 1.0 } }));
        Assert.Throws<ArgumentException>(() => pair.Connect("a", "a", new[,] { { 1.0 } }));
        Assert.Throws<ArgumentException>(() => pair.Connect("a", "b", new double[2, 1]));
        Assert.Throws<ArgumentException>(() => Assembly.Of(Leak("a"), Leak("a")));
        Assert.Throws<ArgumentException>(() => pair.Certify(" "));
        Assert.Throws<NotContractingException>(() => NetworkModule.Certify("fast", new[,] { { 2.0 } }));
        Assert.Throws<ArgumentException>(() => NetworkModule.Of("sum", ContractionCertificate.InNorm(
            JacobianFamily.Linear(new[,] { { -1.0 } }), Norm.L1, [1.0])));
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void Drawn_modules_contract_as_their_rule_promises(ulong seed)
    {
        var random = new Philox(seed);
        double[,] scaled = SparseModule.Draw(8, 0.2, 3.0, random);
        Assert.True(JacobianFamily.Network(scaled).Worst(Metric.Identity(8)).Measure <= -0.1 + 1e-9);
        double[,] accepted = SparseModule.Draw(8, 0.08, 3.0, random, ModuleRule.AbsoluteValue);
        Assert.True(ContractionTheorems.AbsoluteValue(accepted).Fires || Spectrum.Radius(accepted) < 1.0);
        Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(0.0, accepted[i, i]));

        SvdModule svd = SvdModule.Draw(5, random, g: 2.0, epsilon: 0.1);
        Assert.True(JacobianFamily.Network(svd.Weights, NetworkForm.Hopfield, 2.0).Worst(svd.Metric).Measure <= -svd.Rate + 1e-9);
        Assert.True(svd.Metric.InducedNorm(svd.Weights) <= 0.9 / 2.0 + 1e-10);
    }

    [Fact]
    public void A_draw_that_cannot_be_accepted_says_so()
    {
        NotContractingException error = Assert.Throws<NotContractingException>(() =>
            SparseModule.Draw(4, 1.0, 50.0, new Philox(1), ModuleRule.AbsoluteValue));
        Assert.Contains("10000 draws", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseModule.Draw(4, 1.5, 1.0, new Philox(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseModule.Draw(4, 0.5, 1.0, new Philox(1), (ModuleRule)9));
        Assert.Throws<ArgumentException>(() => SvdModule.At(new double[2, 2], new double[2, 2], [1.0], [1.0, 1.0]));
    }

    [Fact]
    public void Euler_steps_below_the_bound_contract_and_the_bound_is_exact_for_a_rotation()
    {
        double[,] rotation = { { -1.0, 3.0 }, { -3.0, -1.0 } };
        ContractionCertificate certificate = ContractionCertificate.InMetric(JacobianFamily.Linear(rotation), Metric.Identity(2));
        double bound = Combinations.EulerStepBound(certificate);
        Close.To(2.0 / (1.0 + 9.0), bound, 1e-10);
        double Norm(double step) => Spectrum.Norm(Draws.Sum(Draws.Identity(2), Draws.Scaled(rotation, step)));
        Assert.True(Norm(0.999 * bound) < 1.0);
        Assert.True(Norm(1.001 * bound) > 1.0);
        Assert.Throws<ArgumentOutOfRangeException>(() => Combinations.EulerStepBound(0.0, 1.0));
    }
}
