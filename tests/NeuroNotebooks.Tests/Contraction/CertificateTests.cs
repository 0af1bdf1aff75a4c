using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction;

public class CertificateTests
{
    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void A_certificate_survives_being_written_and_read(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = Draws.Matrix(4, random, 0.2);
        JacobianFamily family = (seed % 4) switch
        {
            0 => JacobianFamily.Network(w),
            1 => JacobianFamily.Network(w, NetworkForm.FiringRate, 0.5, 1.0, 1.5, 2.0),
            2 => JacobianFamily.Linear(w),
            _ => JacobianFamily.Hull(w, Draws.Transposed(w)),
        };
        Coverage covers = seed % 3 == 0 ? Coverage.Box([0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0])
            : seed % 3 == 1 ? Coverage.Trajectory(0.0, 5.0) : Coverage.AllStates;
        foreach (ContractionCertificate certificate in (ContractionCertificate[])
            [ContractionCertificate.InMetric(family, Draws.Metric(4, random.Child(1)), covers),
             ContractionCertificate.InNorm(family, Norm.L1, Draws.Positive(4, random.Child(2)), covers),
             ContractionCertificate.InNorm(family, Norm.LInfinity, Draws.Positive(4, random.Child(3)), covers)])
        {
            Assert.True(certificate.Verify(), $"{certificate}");
            ContractionCertificate back = ContractionCertificate.FromJson(certificate.ToJson());
            Assert.Equal(certificate.ToJson(), back.ToJson());
            Assert.Equal(certificate.Rate, back.Rate);
            Assert.Equal(covers, back.Covers);
            Assert.True(back.Verify());
        }
    }

    [Fact]
    public void A_certificate_that_claims_too_much_does_not_verify()
    {
        ContractionCertificate honest = ContractionTheorems.AbsoluteValue(new[,] { { 0.0, 0.5 }, { 0.5, 0.0 } }).OrThrow();
        Assert.True(honest.Verify());
        string forged = honest.ToJson().Replace($"\"Rate\":{honest.Rate:R}", "\"Rate\":0.51", StringComparison.Ordinal);
        Assert.NotEqual(honest.ToJson(), forged);
        Assert.False(ContractionCertificate.FromJson(forged).Verify());
        Assert.Throws<FormatException>(() => ContractionCertificate.FromJson("{}"));
        Assert.Throws<FormatException>(() => ContractionCertificate.FromJson("no certificate"));
        Assert.Throws<FormatException>(() => ContractionCertificate.FromJson(honest.ToJson().Replace("L2", "L7", StringComparison.Ordinal)));
        Assert.Throws<FormatException>(() => ContractionCertificate.FromJson(honest.ToJson().Replace("\"Slopes\":[1,1]", "\"Slopes\":[1]", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void Weighted_norms_bound_every_corner_exactly_for_networks(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = Draws.Matrix(4, random);
        double[] weights = Draws.Positive(4, random.Child(1));
        foreach (NetworkForm form in (NetworkForm[])[NetworkForm.Hopfield, NetworkForm.FiringRate])
            foreach (Norm norm in (Norm[])[Norm.L1, Norm.LInfinity])
            {
                JacobianFamily family = JacobianFamily.Network(w, form, 1.3);
                double worst = Enumerable.Range(0, 16).Max(corner => MatrixMeasure.Of(
                    family.At([.. Enumerable.Range(0, 4).Select(k => 1.3 * (corner >> k & 1))]), norm, weights));
                Close.To(-worst, ContractionCertificate.InNorm(family, norm, weights).Rate, 1e-11, $"seed {seed}, {form}, {norm}");
            }
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void The_worst_corner_is_the_worst(ulong seed)
    {
        var random = new Philox(seed);
        JacobianFamily family = JacobianFamily.Network(Draws.Matrix(5, random), NetworkForm.FiringRate).WithCoupling(Draws.Matrix(5, random.Child(1)));
        Metric metric = Draws.Metric(5, random.Child(2));
        WorstCorner worst = family.Worst(metric);
        double brute = Enumerable.Range(0, 32).Max(corner => MatrixMeasure.Of(
            family.At([.. Enumerable.Range(0, 5).Select(k => (double)(corner >> k & 1))]), metric));
        Close.To(brute, worst.Measure, 1e-10);
        Close.To(worst.Measure, MatrixMeasure.Of(family.At([.. worst.Slopes]), metric), 1e-10);
        Close.To(worst.Measure, family.Transposed().Worst(metric.Inverse()).Measure, 1e-8);
    }

    [Fact]
    public void Families_refuse_what_does_not_fit()
    {
        double[,] w = new double[2, 2];
        Assert.Throws<ArgumentException>(() => JacobianFamily.Network(new double[2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => JacobianFamily.Network(w, NetworkForm.Hopfield, 0.0));
        Assert.Throws<ArgumentException>(() => JacobianFamily.Network(w, NetworkForm.Hopfield, 1.0, 1.0, 1.0));
        Assert.Throws<ArgumentException>(() => JacobianFamily.Hull());
        Assert.Throws<ArgumentException>(() => JacobianFamily.Hull(w, new double[3, 3]));
        Assert.Throws<ArgumentException>(() => JacobianFamily.Lurie(w, new double[2, 1], new double[2, 2]));
        Assert.Throws<ArgumentException>(() => JacobianFamily.Network(new double[15, 15]).Worst(Metric.Identity(15)));
        Assert.Throws<ArgumentException>(() => JacobianFamily.Network(w).Worst(Metric.Identity(3)));
        Assert.Throws<InvalidOperationException>(() => JacobianFamily.Hull(w, w).At());
        Assert.Throws<ArgumentOutOfRangeException>(() => JacobianFamily.Network(w).At(2.0, 0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Coverage.Box([1.0], [0.0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Coverage.Trajectory(1.0, 0.0));
    }

    [Fact]
    public void Metzler_matrices_reach_their_abscissa_in_every_norm()
    {
        double[,] a = { { -1.0, 0.3 }, { 0.6, -1.0 } };
        OptimalDiagonalMetric best = OptimalDiagonalMetric.Of(a);
        double abscissa = -1.0 + Math.Sqrt(0.18);
        Close.To(abscissa, best.Abscissa, 1e-10);
        Close.To(2.0, best.Metric[0, 0] / best.Metric[1, 1], 1e-8);
        Close.To(abscissa, MatrixMeasure.Of(a, best.Metric), 1e-9);
        Close.To(abscissa, MatrixMeasure.Of(a, Norm.L1, [.. best.Left]), 1e-9);
        Close.To(abscissa, MatrixMeasure.Of(a, Norm.LInfinity, [.. best.Right]), 1e-9);
        Assert.True(best.IsIrreducible);

        OptimalDiagonalMetric chain = OptimalDiagonalMetric.Of(new[,] { { -1.0, 6.0, 0.0 }, { 0.0, -1.0, 0.0 }, { 0.0, 0.0, -1.0 } });
        Assert.False(chain.IsIrreducible);
        Close.To(49.0, chain.Metric[1, 1] / chain.Metric[0, 0], 1e-9);
        Assert.Throws<ArgumentException>(() => OptimalDiagonalMetric.Of(new[,] { { 0.0, -1.0 }, { 0.0, 0.0 } }));
        Assert.Throws<ArgumentException>(() => OptimalDiagonalMetric.Of(new[,] { { 0.0, 1.0 }, { 0.0, 0.0 } }));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-7.0)]
    public void The_lyapunov_equation_of_a_shear_has_its_closed_form(double k)
    {
        Metric p = Lyapunov.Metric(new[,] { { -1.0, k }, { 0.0, -1.0 } });
        Close.To(0.5, p[0, 0], 1e-10);
        Close.To(k / 4.0, p[0, 1], 1e-10);
        Close.To(0.5 + k * k / 4.0, p[1, 1], 1e-10);
        Assert.Contains("abscissa is 1", Assert.Throws<ArgumentException>(() => Lyapunov.Metric(new[,] { { 1.0 } })).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void The_lyapunov_equation_holds_and_links_to_the_euler_map(ulong seed)
    {
        var random = new Philox(seed);
        int n = 2 + (int)(seed % 6);
        double[,] a = Draws.Matrix(n, random);
        a = Draws.Sum(a, Draws.Scaled(Draws.Identity(n), -Spectrum.Abscissa(a) - 0.3));
        double[,] q = Draws.PositiveDefinite(n, random.Child(1));
        double[,] p = Lyapunov.Metric(a, q).ToMatrix(), pa = Draws.Product(p, a);
        double size = Draws.Flat(p).Max(Math.Abs) * Draws.Flat(a).Max(Math.Abs);
        Close.All(Draws.Flat(Draws.Scaled(q, -1.0)), Draws.Flat(Draws.Sum(pa, Draws.Transposed(pa))), 1e-11 * (1.0 + size));

        const double Step = 0.05;
        double[,] euler = Draws.Sum(Draws.Identity(n), Draws.Scaled(a, Step));
        double[,] change = Draws.Sum(Draws.Product(Draws.Transposed(euler), Draws.Product(p, euler)), Draws.Scaled(p, -1.0));
        double[,] second = Draws.Product(Draws.Transposed(a), Draws.Product(p, a));
        Close.All(Draws.Flat(Draws.Sum(Draws.Scaled(q, -Step), Draws.Scaled(second, Step * Step))), Draws.Flat(change), 1e-10 * (1.0 + size));
    }

    [Fact]
    public void In_the_coordinates_of_its_eigenvectors_a_linear_system_is_diagonal()
    {
        double[,] a = { { -1.0, 1.0 }, { 0.0, -3.0 } };
        double[,] theta = { { 2.0, 1.0 }, { 0.0, 1.0 } };           // rows are left eigenvectors
        Close.All([-1.0, 0.0, 0.0, -3.0], Draws.Flat(Lyapunov.GeneralizedJacobian(theta, a)), 1e-12);
        double[,] moving = Lyapunov.GeneralizedJacobian(theta, a, Draws.Scaled(theta, 0.5));
        Close.All([-0.5, 0.0, 0.0, -2.5], Draws.Flat(moving), 1e-12);
        Assert.Throws<ArgumentException>(() => Lyapunov.GeneralizedJacobian(new double[2, 2], a));
    }
}
