using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction;

public class TheoremTests
{
    private static readonly double[,] Counterexample = { { 0.0, -4.0 }, { 4.0, 0.0 } };
    private static readonly double[,] Nilpotent = { { 0.0, 6.0, 0.0 }, { 0.0, 0.0, 0.0 }, { 0.0, 0.0, 0.0 } };

    public static TheoryData<string, NetworkForm> Theorems
    {
        get
        {
            var data = new TheoryData<string, NetworkForm>();
            foreach (string name in (string[])["absolute value", "symmetric", "diagonal-definite-diagonal", "triangular", "singular value"])
                foreach (NetworkForm form in (NetworkForm[])[NetworkForm.Hopfield, NetworkForm.FiringRate]) data.Add(name, form);
            return data;
        }
    }

    [Theory, MemberData(nameof(Theorems))]
    public void A_theorem_bounds_every_corner_and_its_certificate_proves_itself(string theorem, NetworkForm form)
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            double g = 0.5 + 0.02 * seed;
            double[,] w = Draw(theorem, new Philox(seed), g);
            TheoremResult result = Result(theorem, w, g, form);
            ContractionCertificate certificate = result.OrThrow();
            Assert.True(certificate.Verify(), $"seed {seed}: {result}");
            double worst = JacobianFamily.Network(w, form, g).Worst(certificate.Metric!).Measure;
            Assert.True(worst <= -certificate.Rate + 1e-10, $"seed {seed}: {worst} above {-certificate.Rate}");
            // T3 reaches its rate at D = 0, whatever the factors
            if (theorem == "diagonal-definite-diagonal") Close.To(-1.0, worst, 1e-9, $"seed {seed}");
        }
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void The_rates_are_those_of_the_formulas(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = Draw("absolute value", random, 1.0), symmetric = Draw("symmetric", random, 1.0);
        double radius = Spectrum.Radius(Draws.Build(6, (i, j) => i == j ? Math.Max(w[i, i], 0.0) : Math.Abs(w[i, j])));
        Close.To(1.0 - radius, ContractionTheorems.AbsoluteValue(w).OrThrow().Rate, 1e-8);
        double top = Spectrum.OfSymmetricPart(symmetric)[^1];
        Close.To(1.0 - Math.Max(top, 0.01), ContractionTheorems.Symmetric(symmetric).OrThrow().Rate, 1e-9);
        double[,] definite = Draw("diagonal-definite-diagonal", random, 1.0);
        Close.To(1.0, ContractionTheorems.DiagonalDefiniteDiagonal(definite).OrThrow().Rate, 1e-9);
        double[,] rotated = Draw("singular value", random, 1.0);
        Assert.True(ContractionTheorems.SingularValue(rotated).OrThrow().Rate >= 1.0 - Spectrum.Norm(rotated) - 1e-9);
    }

    [Fact]
    public void The_symmetric_metric_certifies_where_the_identity_fails()
    {
        double[] values = [0.7, 0.2, -0.5, -3.0, -10.0, -30.0];
        double[,] basis = SvdModule.Draw(6, new Philox(5), epsilon: 0.0).Weights;
        var (_, vectors) = SymmetricEigen.Decompose(Draws.Flat(Draws.Sum(basis, Draws.Transposed(basis))), 6);
        double[,] w = Draws.Build(6, (i, j) => Enumerable.Range(0, 6).Sum(e => values[e] * vectors[e * 6 + i] * vectors[e * 6 + j]));
        w = Draws.Scaled(Draws.Sum(w, Draws.Transposed(w)), 0.5);
        ContractionCertificate certificate = ContractionTheorems.Symmetric(w).OrThrow();
        Close.To(-0.3, certificate.Family.Worst(certificate.Metric!).Measure, 1e-8);
        Assert.True(certificate.Family.Worst(Metric.Identity(6)).Measure > 0.5);
    }

    [Fact]
    public void The_symmetric_part_below_the_identity_is_refused_as_a_proof()
    {
        CertificationReport report = ContractionTheorems.Certify(Counterexample);
        Assert.False(report.IsCertified);
        Assert.Null(report.Best);
        Close.To(0.0, report.SymmetricPart, 1e-12);
        Assert.Contains("does not suffice", report.ToString(), StringComparison.Ordinal);
        NotContractingException refused = Assert.Throws<NotContractingException>(() => report.OrSearch());
        Assert.Contains("no quadratic metric has a rate above zero", refused.Message, StringComparison.Ordinal);
        Close.To(1.884977, Math.Exp(-2.0) * (7.0 + 4.0 * Math.Sqrt(3.0)), 1e-6);     // the Floquet multiplier behind it
    }

    [Theory]
    [InlineData(4.0, 1.885)]
    [InlineData(0.5, 0.1353)]
    public void Trajectories_of_the_counterexample_part_by_its_floquet_multiplier(double gain, double perPeriod)
    {
        double X(double t) => Math.Tanh(20.0 * Math.Sin(Math.PI * t));
        double Rate(double t) => 20.0 * Math.PI * Math.Cos(Math.PI * t) * (1.0 - X(t) * X(t));
        double Relu(double x) => Math.Max(0.0, x);
        void Field(double t, ReadOnlySpan<double> x, Span<double> dxdt)
        {
            double s = X(t), ds = Rate(t);
            dxdt[0] = -x[0] - gain * Relu(x[1]) + (ds + s + gain * Relu(-s));
            dxdt[1] = -x[1] + gain * Relu(x[0]) + (-ds - s - gain * Relu(s));
        }
        double[] Distances(double[] offset)
        {
            var one = OdeSolver.RungeKutta4(Field, [0.0, 0.0], 8.0, 1e-3);
            var two = OdeSolver.RungeKutta4(Field, offset, 8.0, 1e-3);
            double At(double t)
            {
                int k = Enumerable.Range(0, one.Times.Length).MinBy(i => Math.Abs(one.Times[i] - t));
                return Math.Sqrt(Math.Pow(one.States[k][0] - two.States[k][0], 2) + Math.Pow(one.States[k][1] - two.States[k][1], 2));
            }
            return [At(2.0), At(4.0), At(6.0), At(8.0)];
        }
        double[] distances = Distances([1e-7, 1e-7]);
        double found = Math.Sqrt(distances[3] / distances[1]);
        Assert.InRange(found, 0.97 * perPeriod, 1.03 * perPeriod);      // the switch takes a few hundredths of the period
    }

    [Fact]
    public void Without_the_metric_three_units_become_unstable_and_with_it_they_do_not()
    {
        double[,] b = { { 0.0, 0.0, 0.0 }, { 0.0, 0.0, 0.0 }, { 1.0, -1.0, 0.0 } };
        double[,] leaky = Draws.Sum(Nilpotent, Draws.Scaled(Draws.Identity(3), -1.0));
        Metric metric = ContractionTheorems.AbsoluteValue(Nilpotent).OrThrow().Metric!;
        Close.To(49.0, metric[1, 1] / metric[0, 0], 1e-9);
        Close.To(7.0, metric[2, 2] / metric[0, 0], 1e-9);
        Close.To(0.456164, Spectrum.Abscissa(Draws.Sum(leaky, Combinations.FeedbackMatrix(b, Metric.Identity(3)))), 1e-6);
        Close.To(-0.880240, Spectrum.Abscissa(Draws.Sum(leaky, Combinations.FeedbackMatrix(b, metric))), 1e-6);

        ContractionCertificate identity = ContractionCertificate.InMetric(JacobianFamily.Network(Nilpotent), Metric.Identity(3));
        Assert.False(identity.IsContracting);
        Close.To(-2.0, identity.Rate, 1e-9);
        Assert.Contains("measure is 2", Assert.Throws<NotContractingException>(identity.OrThrow).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusals_name_the_deciding_number()
    {
        Assert.Contains("g ρ(|W|) = 8", ContractionTheorems.AbsoluteValue(Counterexample, 2.0).Reason, StringComparison.Ordinal);
        Assert.Contains("(1, 0)", ContractionTheorems.Symmetric(Counterexample).Reason, StringComparison.Ordinal);
        Assert.Contains("no diagonal", ContractionTheorems.DiagonalDefiniteDiagonal(Counterexample).Reason, StringComparison.Ordinal);
        Assert.Contains("0, 1 form a loop", ContractionTheorems.Triangular(Counterexample).Reason, StringComparison.Ordinal);
        Assert.Contains("ρ(W) = 4", ContractionTheorems.SingularValue(Counterexample).Reason, StringComparison.Ordinal);
        Assert.Throws<NotContractingException>(() => ContractionTheorems.SingularValue(Counterexample).OrThrow());
        Assert.Throws<ArgumentException>(() => ContractionTheorems.Certify(new double[2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContractionTheorems.Certify(Counterexample, 0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContractionTheorems.Certify(Counterexample, 1.0, (NetworkForm)7));
        Assert.Contains("QuadraticMetricSearch", Assert.Throws<ArgumentOutOfRangeException>(() =>
            ContractionTheorems.Certify(Counterexample, 1.0, NetworkForm.Linear)).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void Two_trajectories_close_in_at_least_at_the_certified_rate(ulong seed)
    {
        var random = new Philox(seed);
        string[] names = ["absolute value", "symmetric", "diagonal-definite-diagonal", "triangular", "singular value"];
        double[,] w = Draw(names[seed % 5], random, 1.0);
        NetworkForm form = seed % 2 == 0 ? NetworkForm.Hopfield : NetworkForm.FiringRate;
        ContractionCertificate certificate = ContractionTheorems.Certify(w, 1.0, form).Best!;
        double[] drive = Draws.Vector(6, random.Child(7));
        void Field(double t, ReadOnlySpan<double> x, Span<double> dxdt)
        {
            for (int i = 0; i < 6; i++)
            {
                double sum = 0.0, input = drive[i] * Math.Sin((i + 1) * t);
                for (int j = 0; j < 6; j++) sum += w[i, j] * (form == NetworkForm.Hopfield ? Math.Tanh(x[j]) : x[j]);
                dxdt[i] = -x[i] + (form == NetworkForm.Hopfield ? sum + input : Math.Tanh(sum + input));
            }
        }
        var one = OdeSolver.RungeKutta4(Field, Draws.Vector(6, random.Child(8)), 3.0, 2e-3);
        var two = OdeSolver.RungeKutta4(Field, Draws.Vector(6, random.Child(9)), 3.0, 2e-3);
        double first = certificate.Distance([.. one.States[0]], [.. two.States[0]]);
        for (int k = 0; k < one.Times.Length; k += 50)
            // fourth order at this step errs by less than 1e-6 of the distance
            Assert.True(
                certificate.Distance([.. one.States[k]], [.. two.States[k]]) <= first * Math.Exp(-certificate.Rate * one.Times[k]) * (1 + 1e-6),
                $"seed {seed}, t {one.Times[k]}: {certificate}");
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void Renaming_neurons_and_sharing_a_factor_between_weights_and_slope_change_nothing(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = Draw("singular value", random, 1.0);
        int[] order = random.Permutation(3, 6);
        double[,] renamed = Draws.Build(6, (i, j) => w[order[i], order[j]]);
        double rate = ContractionTheorems.SingularValue(w).OrThrow().Rate;
        Close.To(rate, ContractionTheorems.SingularValue(renamed).OrThrow().Rate, 1e-7);
        Close.To(rate, ContractionTheorems.SingularValue(Draws.Scaled(w, 0.25), 4.0).OrThrow().Rate, 1e-7);
    }

    private static TheoremResult Result(string theorem, double[,] w, double g, NetworkForm form) =>
        ContractionTheorems.Certify(w, g, form).Results.Single(result => result.Theorem == theorem);

    /// <summary>Weights of six neurons that meet a theorem at a slope bound.</summary>
    private static double[,] Draw(string theorem, Philox random, double g)
    {
        const int N = 6;
        double[,] a = Draws.Matrix(N, random.Child(1));
        double share = 0.2 + 0.7 * random.Uniform(99);
        switch (theorem)
        {
            case "absolute value":
                return Draws.Scaled(a, share / g / Spectrum.Radius(Draws.Build(N, (i, j) => i == j ? Math.Max(a[i, i], 0.0) : Math.Abs(a[i, j]))));
            case "symmetric":
                double[,] s = Draws.Symmetric(N, random.Child(2));
                return Draws.Scaled(s, share / g / Spectrum.OfSymmetricPart(s)[^1]);
            case "diagonal-definite-diagonal":
                double[,] q = Draws.PositiveDefinite(N, random.Child(3));
                double[] p1 = Draws.Positive(N, random.Child(4)), p2 = Draws.Positive(N, random.Child(5));
                return Draws.Build(N, (i, j) => -p1[i] * q[i, j] * p2[j]);
            case "triangular":
                return Draws.Build(N, (i, j) => j > i ? 0.0 : i == j ? (2.0 * share - 1.0) / g : 0.4 * a[i, j]);
            default:
                double[] root = Draws.Positive(N, random.Child(6));
                double[,] plain = Draws.Scaled(a, share / g / Spectrum.Norm(a));
                return Draws.Build(N, (i, j) => plain[i, j] * root[j] / root[i]);
        }
    }
}
