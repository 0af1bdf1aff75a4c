using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction;

public class MetricSearchTests
{
    private static double[,] Ring(double k) => new[,] { { 0.0, -k }, { k, 0.0 } };

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    [InlineData(3.0)]
    public void In_the_relu_ring_the_identity_is_best_by_symmetry(double k)
    {
        MetricSearchResult found = QuadraticMetricSearch.FastestRate(JacobianFamily.Network(Ring(k)));
        Close.To(1.0 - k / 2.0, found.BestRate, 1e-6);
        Close.To(1.0 - k / 2.0, found.UpperBound, 1e-6);
        Assert.Equal(k < 2.0 ? Decision.Proved : Decision.Refuted, found.Decision);
        Assert.True(found.Certificate!.Verify());
        Assert.True(found.Refutation!.Verify());
        Assert.True(found.Residual < 1e-9);
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void One_matrix_contracts_as_fast_as_its_slowest_mode(ulong seed)
    {
        int n = 1 + (int)(seed % 7);
        double[,] a = Draws.Matrix(n, new Philox(seed));
        MetricSearchResult found = QuadraticMetricSearch.FastestRate(JacobianFamily.Linear(a));
        Close.To(-Spectrum.Abscissa(a), found.BestRate, 1e-5);
        Close.To(-Spectrum.Abscissa(a), found.UpperBound, 1e-9);
        Assert.Equal(Spectrum.Abscissa(a) < 0.0 ? Decision.Proved : Decision.Refuted, found.Decision);
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void The_bounds_meet_on_random_networks(ulong seed)
    {
        int n = 2 + (int)(seed % 6);
        double[,] w = Draws.Matrix(n, new Philox(seed), 0.8 / Math.Sqrt(n));
        JacobianFamily family = JacobianFamily.Network(w);
        MetricSearchResult found = QuadraticMetricSearch.FastestRate(family);
        Assert.True(found.UpperBound - found.BestRate < 1e-4, $"seed {seed}: {found}");
        Assert.True(found.Certificate!.Verify());
        Assert.True(found.Refutation is { } refutation && refutation.Verify(), $"seed {seed}: no proof of the bound");
        // no other metric does better: tried, not computed
        for (ulong k = 0; k < 20; k++)
            Assert.True(-family.Worst(Draws.Metric(n, new Philox(seed).Child(k))).Measure <= found.Refutation.Bound);
        // and the theorems cannot do better either
        if (ContractionTheorems.Certify(w).Best is { } theorem) Assert.True(theorem.Rate <= found.BestRate + 1e-4);
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void A_similar_family_contracts_as_fast(ulong seed)
    {
        var random = new Philox(seed);
        double[,] a = Draws.Matrix(3, random), b = Draws.Matrix(3, random.Child(1)), theta = Draws.Metric(3, random.Child(2)).Factor();
        double[,] Similar(double[,] m) => Lyapunov.GeneralizedJacobian(theta, m);
        double here = QuadraticMetricSearch.FastestRate(JacobianFamily.Hull(a, b)).BestRate;
        double there = QuadraticMetricSearch.FastestRate(JacobianFamily.Hull(Similar(a), Similar(b))).BestRate;
        Close.To(here, there, 1e-4, $"seed {seed}");
        double shifted = QuadraticMetricSearch.FastestRate(
            JacobianFamily.Hull(Draws.Sum(a, Draws.Scaled(Draws.Identity(3), -2.0)), Draws.Sum(b, Draws.Scaled(Draws.Identity(3), -2.0)))).BestRate;
        Close.To(here + 2.0, shifted, 1e-4, $"seed {seed}");
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void Diagonal_metrics_do_no_better_than_full_ones_and_agree_with_the_diagonal_search(ulong seed)
    {
        double[,] w = Draws.Matrix(4, new Philox(seed), 0.4);
        JacobianFamily family = JacobianFamily.Network(w, NetworkForm.FiringRate);
        double full = QuadraticMetricSearch.FastestRate(family).BestRate;
        MetricSearchResult diagonal = QuadraticMetricSearch.FastestRate(family, new MetricSearchOptions { DiagonalOnly = true });
        Assert.True(diagonal.Certificate!.Metric!.IsDiagonal);
        Assert.True(diagonal.BestRate <= full + 1e-5, $"seed {seed}");
        Close.To(ContractionRate.Best(w, Norm.L2).Rate, diagonal.BestRate, 1e-4, $"seed {seed}");
    }

    [Fact]
    public void A_rate_that_is_asked_for_is_found_or_excluded()
    {
        JacobianFamily ring = JacobianFamily.Network(Ring(1.0));
        Assert.Equal(Decision.Proved, QuadraticMetricSearch.WithRate(ring, 0.4).Decision);
        MetricSearchResult excluded = QuadraticMetricSearch.WithRate(ring, 0.6);
        Assert.Equal(Decision.Refuted, excluded.Decision);
        Assert.Contains("no quadratic metric", Assert.Throws<NotContractingException>(() => excluded.OrThrow()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => QuadraticMetricSearch.WithRate(ring, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MetricSearchOptions { Tolerance = 0.0 });
    }

    [Fact]
    public void Thirty_neurons_are_certified_by_multipliers()
    {
        double[,] w = Draws.Matrix(30, new Philox(4), 0.5 / Math.Sqrt(30.0));
        JacobianFamily family = JacobianFamily.Network(w);
        MetricSearchResult found = QuadraticMetricSearch.FastestRate(family, new MetricSearchOptions { Tolerance = 1e-4 });
        Assert.Equal(Decision.Proved, found.Decision);
        Assert.True(found.Certificate!.Verify());
        Assert.Equal(30, found.Certificate.Multipliers.Length);
        Assert.True(found.BestRate >= 1.0 - Spectrum.Norm(w) - 1e-3);
        // the corners that can be tried agree
        var random = new Philox(9);
        for (ulong k = 0; k < 200; k++)
        {
            double[] slopes = [.. Enumerable.Range(0, 30).Select(i => random.Uniform(30 * k + (ulong)i) < 0.5 ? 0.0 : 1.0)];
            Assert.True(MatrixMeasure.Of(family.At(slopes), found.Certificate.Metric!) <= -found.BestRate + 1e-9);
        }
        ContractionCertificate given = ContractionCertificate.InMetric(family, Metric.Identity(30));
        Assert.True(given.Rate >= 1.0 - Spectrum.Norm(w) - 1e-6);
        Assert.True(given.Verify());
    }
}
