using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction;

public class ReadmeTests
{
    [Fact]
    public void The_example_of_the_readme_runs_and_says_what_it_promises()
    {
        double[,] w = { { 0.2, -1.4, 0.0 }, { 1.1, 0.0, -0.6 }, { 0.0, 0.8, -0.5 } };
        MetricSearchResult search = QuadraticMetricSearch.FastestRate(JacobianFamily.Network(w));
        ContractionCertificate proof = search.OrThrow();
        Assert.True(ContractionCertificate.FromJson(proof.ToJson()).Verify());
        Assert.True(Combinations.EulerStepBound(proof) > 0.0);

        NetworkModule area = NetworkModule.Of("V1", proof), next = NetworkModule.Certify("V2", SparseModule.Draw(20, 0.2, 1.0, new Philox(Seed: 1)));
        double[,] up = new double[20, 3];
        for (int i = 0; i < 20; i++) up[i, i % 3] = 50.0;
        NetworkModule both = Assembly.Of(area, next).NegativeFeedback("V1", "V2", up).Certify("both").OrThrow();
        Close.To(Math.Min(area.Rate, next.Rate), both.Rate, 1e-6);
        Assert.True(both.Certificate.Verify());
    }
}
