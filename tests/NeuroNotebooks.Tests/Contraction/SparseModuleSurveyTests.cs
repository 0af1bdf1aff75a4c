using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Contraction;

public class SparseModuleSurveyTests
{
    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void A_draw_has_as_many_connections_as_asked_and_none_to_itself(ulong seed)
    {
        double[,] w = SparseModule.WithConnections(7, 12, 3.0, new Philox(seed));
        Assert.Equal(12, Draws.Flat(w).Count(weight => weight != 0.0));
        Assert.All(Enumerable.Range(0, 7), i => Assert.Equal(0.0, w[i, i]));
        Assert.All(Draws.Flat(w), weight => Assert.InRange(weight, -3.0, 3.0));
    }

    [Fact]
    public void Every_accepted_draw_is_what_it_says()
    {
        SparseModuleSurvey survey = SparseModuleSurvey.Run(random => SparseModule.WithConnections(12, 12, 2.0, random), 60, new Philox(3));
        Assert.Equal(60, survey.Accepted.Length);
        Assert.Equal(60.0 / survey.Tried, survey.AcceptanceRate);
        foreach (AcceptedDraw draw in survey.Accepted)
        {
            double[,] size = Draws.Build(12, (i, j) => Math.Abs(draw.Weights[i, j]));
            // a nilpotent matrix vanishes at its n-th power, another does not: no eigenvalue solver is asked
            double[,] power = size;
            for (int k = 1; k < 12; k++) power = Draws.Product(power, size);
            Assert.Equal(draw.IsNilpotent, Draws.Flat(power).All(entry => entry == 0.0));
            Assert.True(draw.Radius < 1.0);
            Assert.True(MatrixMeasure.Of(Draws.Sum(size, Draws.Scaled(Draws.Identity(12), -1.0)), draw.Metric) < 0.0);
        }
        Assert.InRange(survey.NilpotentPart, 0.01, 0.99);
    }

    [Fact]
    public void Draws_that_are_never_accepted_are_given_up()
    {
        double[,] loop = { { 0.0, 2.0 }, { 2.0, 0.0 } };
        NotContractingException refused = Assert.Throws<NotContractingException>(() => SparseModuleSurvey.Run(_ => loop, 1, new Philox(1)));
        Assert.Contains("10000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_connections_than_places_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseModule.WithConnections(3, 7, 1.0, new Philox(1)));

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void A_trial_keeps_what_its_theorem_promises(ulong seed)
    {
        foreach (NetworkTheorem theorem in Enum.GetValues<NetworkTheorem>())
        {
            TheoremTrial trial = TheoremTrial.Draw(theorem, 5, new Philox(seed));
            Assert.True(trial.Certified > 0.0, $"seed {seed}, {theorem}");
            Assert.True(trial.Attained >= trial.Certified - 1e-10, $"seed {seed}, {theorem}: {trial.Attained} below {trial.Certified}");
        }
    }

    [Theory, MemberData(nameof(Draws.Seeds), MemberType = typeof(Draws))]
    public void A_symmetric_matrix_has_the_eigenvalues_asked_for(ulong seed) =>
        Close.All([-30.0, -1.0, 0.7], Spectrum.OfSymmetricPart(TheoremTrial.SymmetricWith([0.7, -30.0, -1.0], new Philox(seed))), 1e-12 * 30.0);

    [Fact]
    public void The_largest_abscissa_is_that_of_some_corner()
    {
        Close.To(-1.0, JacobianFamily.Network(new[,] { { 0.0, -4.0 }, { 4.0, 0.0 } }).LargestAbscissa(), 1e-7);
        Close.To(1.0, JacobianFamily.Network(new[,] { { 2.0, 0.0 }, { 0.0, -5.0 } }).LargestAbscissa(), 1e-12);
        Assert.Throws<ArgumentException>(() => JacobianFamily.Network(new double[15, 15]).LargestAbscissa());
    }
}
