using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction;

public class MeasureTests
{
    private static readonly Norm[] Norms = Enum.GetValues<Norm>();

    [Theory]
    [InlineData(0.5)]
    [InlineData(-3.0)]
    [InlineData(40.0)]
    public void The_measures_of_a_shear_are_known(double k)
    {
        double[,] shear = { { -1.0, k }, { 0.0, -1.0 } };
        Close.To(-1.0 + Math.Abs(k), MatrixMeasure.Of(shear, Norm.L1), 1e-12);
        Close.To(-1.0 + Math.Abs(k), MatrixMeasure.Of(shear, Norm.LInfinity), 1e-12);
        Close.To(-1.0 + Math.Abs(k) / 2.0, MatrixMeasure.Of(shear, Norm.L2), 1e-12);
        Close.To(-1.0 + Math.Abs(k) / 20.0, MatrixMeasure.Of(shear, Metric.Diagonal(1.0, 100.0)), 1e-12);
        Close.To(-1.0 + Math.Abs(k) / 20.0, MatrixMeasure.Of(shear, Norm.L2, 1.0, 100.0), 1e-12);
        Close.To(-1.0 + Math.Abs(k) / 100.0, MatrixMeasure.Of(shear, Norm.L1, 1.0, 100.0), 1e-12);
        Close.To(-1.0 + Math.Abs(k) / 100.0, MatrixMeasure.Of(shear, Norm.LInfinity, 100.0, 1.0), 1e-12);
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void Measures_shift_scale_add_and_bound_the_spectrum(ulong seed)
    {
        var random = new Philox(seed);
        int n = 2 + (int)(seed % 5);
        double[,] a = Draws.Matrix(n, random.Child(1)), b = Draws.Matrix(n, random.Child(2));
        Metric metric = Draws.Metric(n, random.Child(3));
        double[] weights = Draws.Positive(n, random.Child(4));
        foreach (Func<double[,], double> mu in Norms.Select<Norm, Func<double[,], double>>(norm => m => MatrixMeasure.Of(m, norm, weights))
            .Append(m => MatrixMeasure.Of(m, metric)))
        {
            // values are of order ten, conditions below a few hundred: rounding stays under 1e-11
            Close.To(mu(a) + 1.7, mu(Draws.Sum(a, Draws.Scaled(Draws.Identity(n), 1.7))), 1e-11);
            Close.To(2.5 * mu(a), mu(Draws.Scaled(a, 2.5)), 1e-11);
            Assert.True(mu(Draws.Sum(a, b)) <= mu(a) + mu(b) + 1e-11);
            Assert.All(Spectrum.Eigenvalues(a), value =>
                Assert.InRange(value.Real, -mu(Draws.Scaled(a, -1.0)) - 1e-9, mu(a) + 1e-9));
        }
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void A_flow_grows_no_faster_than_its_measure(ulong seed)
    {
        var random = new Philox(seed);
        double[,] a = Draws.Matrix(4, random.Child(1)), flow = Draws.Exponential(Draws.Scaled(a, 0.7));
        double[] weights = Draws.Positive(4, random.Child(2));
        Metric metric = Draws.Metric(4, random.Child(3));
        foreach (Norm norm in Norms)
            Assert.True(MatrixMeasure.InducedNorm(flow, norm, weights) <= Math.Exp(0.7 * MatrixMeasure.Of(a, norm, weights)) * (1 + 1e-10));
        Assert.True(metric.InducedNorm(flow) <= Math.Exp(0.7 * MatrixMeasure.Of(a, metric)) * (1 + 1e-10));
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void A_metric_measures_the_growth_of_its_own_norm(ulong seed)
    {
        var random = new Philox(seed);
        int n = 2 + (int)(seed % 6);
        Metric metric = seed % 3 == 0 ? Metric.Diagonal(Draws.Positive(n, random)) : Draws.Metric(n, random);
        double[,] a = Draws.Matrix(n, random.Child(9)), theta = metric.Factor();

        Close.All(Draws.Flat(metric.ToMatrix()), Draws.Flat(Draws.Product(Draws.Transposed(theta), theta)), 1e-10);
        Close.All(Draws.Flat(Draws.Identity(n)), Draws.Flat(Draws.Product(metric.ToMatrix(), metric.Inverse().ToMatrix())), 1e-8);
        double[] x = Draws.Vector(n, random.Child(5));
        double square = 0.0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) square += x[i] * metric[i, j] * x[j];
        Close.To(Math.Sqrt(square), metric.NormOf(x), 1e-9);
        Close.To(metric.NormOf(x), metric.Distance(x, new double[n]), 1e-12);

        // the definition, by a difference quotient that errs by about h ‖A‖²
        double[,] step = Draws.Sum(Draws.Identity(n), Draws.Scaled(a, 1e-7));
        Close.To((metric.InducedNorm(step) - 1.0) / 1e-7, MatrixMeasure.Of(a, metric), 2e-4);
        Close.To(MatrixMeasure.Of(a, metric), MatrixMeasure.Of(a, metric.Scaled(7.0)), 1e-9);
    }

    [Fact]
    public void Metrics_side_by_side_are_block_diagonal()
    {
        Metric both = Metric.Blocks(Metric.Diagonal(2.0), Metric.Of(new[,] { { 2.0, 1.0 }, { 1.0, 2.0 } }));
        Assert.Equal([2.0, 0.0, 0.0, 0.0, 2.0, 1.0, 0.0, 1.0, 2.0], Draws.Flat(both.ToMatrix()));
        Close.To(3.0, both.ConditionNumber, 1e-12);
        Assert.True(Metric.Blocks(Metric.Identity(2), Metric.Diagonal(3.0)).IsDiagonal);
        Assert.Equal("diagonal metric, n = 3, condition number 3", Metric.Diagonal(1.0, 2.0, 3.0).ToString());
        Assert.Equal("identity metric, n = 2", Metric.Identity(2).ToString());
    }

    [Fact]
    public void What_is_no_metric_is_refused_with_its_smallest_eigenvalue()
    {
        Assert.Contains("smallest eigenvalue is -1", Refused([[1.0, 2.0], [2.0, 1.0]]), StringComparison.Ordinal);
        Assert.Contains("M[1, 0] is 3", Refused([[1.0, 2.0], [3.0, 9.0]]), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Metric.Of(new double[2, 3]));
        Assert.Throws<ArgumentException>(() => Metric.FromFactor(new[,] { { 1.0, 1.0 }, { 1.0, 1.0 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.Diagonal(1.0, 0.0));
        Assert.Throws<ArgumentException>(() => Metric.Diagonal());
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.Identity(0));
        Assert.Throws<ArgumentException>(() => Metric.Identity(2).NormOf([1.0]));
        Assert.Throws<ArgumentException>(() => MatrixMeasure.Of(new double[2, 2], Metric.Identity(3)));
        Assert.Throws<ArgumentException>(() => MatrixMeasure.Of(new double[2, 2], Norm.L1, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixMeasure.Of(new double[2, 2], (Norm)7));

        static string Refused(double[][] rows) => Assert.Throws<ArgumentException>(() =>
            Metric.Of(new[,] { { rows[0][0], rows[0][1] }, { rows[1][0], rows[1][1] } })).Message;
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void Symmetric_eigenvalues_and_vectors_satisfy_their_equation(ulong seed)
    {
        int n = 1 + (int)(seed % 12);
        double[,] a = Draws.Symmetric(n, new Philox(seed));
        if (seed % 4 == 0) a = Draws.Product(a, new double[n, n]);     // all zero
        var (values, vectors) = SymmetricEigen.Decompose(Draws.Flat(a), n);
        Close.All(values, Spectrum.OfSymmetricPart(a), 1e-12);
        Close.To(Draws.Trace(a), values.Sum(), 1e-12);
        for (int i = 0; i < n; i++)
        {
            double[] v = vectors[(i * n)..(i * n + n)];
            Close.To(1.0, v.Sum(entry => entry * entry), 1e-12);
            Close.All([.. v.Select(entry => values[i] * entry)], LinearAlgebra.Multiply(a, v), 1e-11, $"seed {seed}");
            if (i > 0) Assert.True(values[i] >= values[i - 1]);
        }
    }

    [Fact]
    public void The_spectrum_of_known_matrices()
    {
        double[,] a = { { 0.0, -2.0 }, { 2.0, 0.0 } };
        Close.To(0.0, Spectrum.Abscissa(a), 1e-14);
        Close.To(2.0, Spectrum.Radius(a), 1e-14);
        Close.To(2.0, Spectrum.Norm(a), 1e-14);
        Close.To(5e200, Spectrum.Norm(new[,] { { 3e200, 4e200 } }), 1e188);
        Assert.Equal([0.0, 0.0], Spectrum.OfSymmetricPart(a));
        Assert.Throws<ArgumentException>(() => Spectrum.Norm(new double[0, 0]));
        Assert.Throws<ArgumentException>(() => Spectrum.Abscissa(new double[2, 3]));
    }
}
