using MathNet.Numerics.LinearAlgebra;
using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Games;

public class DiagonalStabilityTests
{
    [Fact]
    public void The_antagonistic_pair_has_the_interval_and_the_optimum_of_the_fact_sheet()
    {
        double[,] a = WilsonCowanPair.Antagonistic.Network().Interaction();
        var (low, high) = DiagonalStability.Lds2Interval(a)!.Value;
        Close.To(0.208712, low, 1e-6);
        Close.To(4.791288, high, 1e-6);

        DiagonalOptimum optimum = DiagonalStability.Optimum(a);
        Close.To(-1.088562, optimum.Value, 1e-4);
        Close.All([1.15551, 0.84449], optimum.P, 1e-4);
        Close.To(optimum.Value, optimum.LowerBound, 1e-8);       // duality closes the gap
        Assert.True(optimum.LowerBound <= optimum.Value);
    }

    [Theory]
    [InlineData(0.5, -0.35264)]
    [InlineData(0.75, -0.05622)]
    [InlineData(0.79, -0.01114)]
    [InlineData(0.81, 0.01108)]
    public void The_margin_of_the_micro_circuit_runs_out_at_the_critical_cross_inhibition(double wX, double expected)
    {
        FiringRateNetwork network = (CrossInhibition.Micro with { WX = wX }).Network([1.0, 1.0]);
        Close.To(expected, DiagonalStability.Optimum(network.Interaction()).Value, 1e-4);
        DiagonalStabilityResult test = DiagonalStability.Test(network.Interaction());
        Assert.Equal(expected < 0.0 ? Decision.Proved : Decision.Refuted, test.IsLds);
        Assert.True(test.Verify());
    }

    [Fact]
    public void A_column_of_three_is_stable_by_a_hair_and_feedback_breaks_it_between_one_and_two_percent()
    {
        // the sheet gives −3.1e-4, two digits
        Close.To(-3.1e-4, DiagonalStability.Optimum(Circuits.MicroColumn(3, CrossInhibition.Micro, 0.0).Interaction()).Value, 0.1e-4);
        foreach (var (feedback, verdict) in new[] { (0.0, Decision.Proved), (0.01, Decision.Proved), (0.02, Decision.Refuted) })
        {
            DiagonalStabilityResult test = DiagonalStability.Test(Circuits.MicroColumn(3, CrossInhibition.Micro, 0.0,
                feedback).Interaction());
            Assert.Equal(verdict, test.IsLds);
            Assert.True(test.Verify());
        }
        double[] along = ColumnSweep.LdsOptimumOverFeedback(CrossInhibition.Micro, 3, [0.0, 0.01, 0.02]);
        Assert.True(along[0] < along[1] && along[1] < 0.0 && along[2] > 0.0);
    }

    [Fact]
    public void Three_by_three_the_closed_form_agrees_with_the_interior_point_search_on_300_matrices()
    {
        int stable = 0;
        for (ulong seed = 1; seed <= 300; seed++)
        {
            double[,] a = BruteForce.RandomMatrix(3, new Philox(seed), -1.0, 1.0);
            for (int i = 0; i < 3; i++) a[i, i] -= 1.0;
            var interval = DiagonalStability.Lds3Interval(a);
            double optimum = DiagonalStability.Optimum(a).Value;
            Assert.True(Math.Abs(optimum) > 1e-7, $"seed {seed} lies on the boundary");
            Assert.Equal(optimum < 0.0, interval is not null);

            DiagonalStabilityResult test = DiagonalStability.Test(a);
            Assert.Equal(optimum < 0.0 ? Decision.Proved : Decision.Refuted, test.IsLds);
            Assert.True(test.Verify(), $"seed {seed}");
            if (interval is not { } d) continue;
            stable++;
            Assert.Equal(LdsMethod.ClosedForm, test.Method);
            Assert.InRange(test.P[1] / test.P[0], d.Low, d.High);
            Assert.True(BruteForce.LargestEigenvalue(a, test.P) < 0.0, $"seed {seed}");
        }
        Assert.InRange(stable, 60, 240);             // both answers were put to the test
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Two_by_two_the_interval_is_where_the_larger_eigenvalue_is_negative(ulong seed)
    {
        double[,] a = BruteForce.RandomMatrix(2, new Philox(seed), -2.0, 2.0);
        a[0, 0] -= 1.0;
        a[1, 1] -= 1.0;
        var interval = DiagonalStability.Lds2Interval(a);
        for (double d = 1e-3; d < 1e3; d *= 1.1)
        {
            // P A + Aᵀ P of two rows is negative definite iff its trace is below and its determinant above zero
            double q11 = 2 * a[0, 0], q22 = 2 * d * a[1, 1], q12 = a[0, 1] + d * a[1, 0];
            bool negative = q11 + q22 < 0.0 && q11 * q22 - q12 * q12 > 0.0;
            bool inside = interval is { } open && d > open.Low && d < open.High;
            Assert.True(negative == inside, $"seed {seed}, d {d}");
        }
        Assert.Equal(interval is null ? Decision.Refuted : Decision.Proved, DiagonalStability.Test(a).IsLds);
    }

    [Theory]
    [InlineData(79.0, true)]
    [InlineData(81.0, false)]
    public void The_ring_of_three_is_stable_up_to_the_secant_bound(double cube, bool stable)
    {
        double g = Math.Cbrt(cube);
        double[,] a = { { -1.0, 0.0, -g }, { g, -1.0, 0.0 }, { 0.0, g, -10.0 } };
        Assert.Equal(stable, DiagonalStability.SecantCriterion(g, g, g / 10.0));
        Assert.Equal(stable ? Decision.Proved : Decision.Refuted, DiagonalStability.Test(a).IsLds);
        Assert.Equal(stable, DiagonalStability.Lds3Interval(a) is not null);
        Assert.All(Matrix<double>.Build.DenseOfArray(a).Evd().EigenValues, value => Assert.True(value.Real < 0.0));
        Assert.True(MatrixClasses.IsPMatrix(Negative(a)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void Longer_rings_obey_the_secant_bound_too(int n)
    {
        foreach (var (share, verdict) in new[] { (0.98, Decision.Proved), (1.02, Decision.Refuted) })
        {
            double g = Math.Pow(share * DiagonalStability.SecantBound(n), 1.0 / n);
            var a = new double[n, n];
            for (int i = 0; i < n; i++)
            {
                a[i, i] = -1.0;
                a[i, (i + n - 1) % n] = i == 0 ? -g : g;
            }
            DiagonalStabilityResult test = DiagonalStability.Test(a);
            Assert.Equal(verdict, test.IsLds);
            Assert.True(test.Verify());
        }
    }

    [Fact]
    public void The_secant_bound_has_its_known_values()
    {
        Assert.Equal(double.PositiveInfinity, DiagonalStability.SecantBound(1));
        Assert.Equal(double.PositiveInfinity, DiagonalStability.SecantBound(2));
        Close.To(8.0, DiagonalStability.SecantBound(3), 1e-12);
        Close.To(4.0, DiagonalStability.SecantBound(4), 1e-12);
        Assert.True(DiagonalStability.SecantCriterion(1e6, 1e6));
    }

    [Theory]
    [InlineData(2, 1.0)]
    [InlineData(3, 1.0)]
    [InlineData(4, 1.0)]
    [InlineData(5, 0.96)]
    [InlineData(6, 32.0 / 36.0)]
    [InlineData(8, 0.75)]
    [InlineData(10, 0.64)]
    public void Mutual_inhibition_of_K_pairs_is_diagonally_stable_up_to_its_limit(int pairs, double limit)
    {
        Close.To(limit, CrossInhibition.LdsLimit(pairs), 1e-15);
        foreach (var (s, stable) in new[] { (limit - 0.005, true), (limit + 0.005, false) })
        {
            CrossInhibition circuit = CrossInhibition.Micro with { WX = s * 0.8 };
            DiagonalStabilityResult test = DiagonalStability.Test(circuit.Network(new double[pairs]).Interaction());
            Assert.Equal(stable ? Decision.Proved : Decision.Refuted, test.IsLds);
            Assert.True(test.Verify());
            Assert.Equal(stable, circuit.LdsInterval(pairs) is not null);
            double[,] m = Negative(circuit.Network(new double[pairs]).Interaction());
            if (pairs <= 4) Assert.Equal(s < 1.0, BruteForce.IsPMatrix(m));
            if (pairs <= 8) Assert.Equal(circuit.IsPMatrix, MatrixClasses.IsPMatrix(m));
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void Every_verdict_survives_a_check_that_shares_no_code(ulong seed)
    {
        var random = new Philox(seed);
        int n = 2 + (int)(seed % 7);
        double[,] a = BruteForce.RandomMatrix(n, random, -1.0, 1.0);
        for (int i = 0; i < n; i++) a[i, i] -= 0.3 * n * random.Substream(2).Uniform((ulong)i);
        DiagonalStabilityResult test = DiagonalStability.Test(a);
        Assert.NotEqual(Decision.Undecided, test.IsLds);
        Assert.True(test.Verify());
        if (test.IsLds == Decision.Proved)
        {
            Close.To(n, test.P.Sum(), 1e-9);
            Assert.All(test.P, p => Assert.True(p > 0.0));
            Assert.True(BruteForce.LargestEigenvalue(a, test.P) <= -test.Margin + 1e-9, $"seed {seed}");
            Assert.True(BruteForce.IsPMatrix(Negative(a)), $"seed {seed}: LDS implies a P-matrix");
            Assert.All(Matrix<double>.Build.DenseOfArray(a).Evd().EigenValues, value =>
                Assert.True(value.Real < 0.0, $"seed {seed}: LDS implies Hurwitz"));
        }
        else
        {
            double[,] h = test.H!;
            for (int i = 0; i < n; i++)
                Assert.True(Enumerable.Range(0, n).Sum(j => a[i, j] * h[j, i]) >= -1e-12, $"seed {seed}, row {i}");
            Assert.All(Matrix<double>.Build.DenseOfArray(h).Evd(Symmetricity.Symmetric).EigenValues, value =>
                Assert.True(value.Real >= -1e-12));
            Assert.True(test.Margin <= 0.0);
            Assert.True(DiagonalStability.Optimum(a).Value > -1e-9);
        }
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void A_proved_network_has_one_rest_state_that_attracts_from_everywhere(ulong seed)
    {
        var random = new Philox(seed);
        double[,] w = BruteForce.RandomMatrix(5, random, -0.8, 0.8);
        if (DiagonalStability.Test(new FiringRateNetwork(w, new double[5], Activation.Relu).Interaction()).IsLds != Decision.Proved)
            for (int i = 0; i < 5; i++)
                for (int j = 0; j < 5; j++) w[i, j] *= 0.3;
        var network = new FiringRateNetwork(w, BruteForce.RandomVector(5, random, -1.0, 1.0), Activation.Relu);
        Assert.Equal(Decision.Proved, DiagonalStability.Test(network.Interaction()).IsLds);

        Equilibrium rest = EquilibriumEnumerator.All(network).Only;
        Assert.Equal(Stability.Stable, rest.Stability);
        for (ulong k = 0; k < 3; k++)
        {
            var end = network.Simulate(BruteForce.RandomVector(5, random.Substream(200 + k), 0.0, 5.0), 2000.0, 0.1, 20_000).End;
            Close.All(rest.Rates, end, 1e-6, $"seed {seed}");         // the slowest of these decays like e^(−0.03 t)
        }
        foreach (double slow in (double[])[0.05, 20.0])
            Assert.Equal(Stability.Stable, EquilibriumEnumerator.All(network.WithTimeConstants(1.0, slow, 1.0, slow, 1.0)).Only.Stability);
    }

    [Fact]
    public void Each_sufficient_condition_is_recognised_by_name()
    {
        Assert.Equal(LdsMethod.ClosedForm, DiagonalStability.Test(new[,] { { -2.0 } }).Method);
        Assert.Equal(LdsMethod.DiagonalEntry, DiagonalStability.Test(new[,] { { 0.0 } }).Method);
        Assert.Equal(LdsMethod.Identity, DiagonalStability.Test(Ring(4, 0.9)).Method);

        double[,] skewed = Ring(4, 0.9);
        for (int i = 0; i < 4; i++) (skewed[i, 0], skewed[0, i]) = i == 0 ? (-1.0, -1.0) : (skewed[i, 0] * 100.0, skewed[0, i] / 100.0);
        DiagonalStabilityResult scaled = DiagonalStability.Test(skewed);
        Assert.Equal((Decision.Proved, LdsMethod.ComparisonMatrix), (scaled.IsLds, scaled.Method));
        Assert.True(BruteForce.LargestEigenvalue(skewed, scaled.P) < 0.0);

        DiagonalStabilityResult cascade = DiagonalStability.Test(Circuits.MicroColumn(6, CrossInhibition.Micro, 0.0).Interaction());
        Assert.Equal((Decision.Proved, LdsMethod.Cascade), (cascade.IsLds, cascade.Method));
        Assert.True(cascade.Verify());
        Assert.Contains("Lyapunov diagonally stable", cascade.ToString(), StringComparison.Ordinal);

        static double[,] Ring(int n, double g)
        {
            var a = new double[n, n];
            for (int i = 0; i < n; i++) (a[i, i], a[(i + 1) % n, i]) = (-1.0, g);
            return a;
        }
    }

    [Fact]
    public void A_chain_with_one_bad_block_is_refuted_by_that_block()
    {
        FiringRateNetwork bad = Circuits.Column(3, CrossInhibition.WinnerTakeAll.Network([1.0, 1.0]), 1.0);
        DiagonalStabilityResult test = DiagonalStability.Test(bad.Interaction());
        Assert.Equal(Decision.Refuted, test.IsLds);
        Assert.True(test.Verify());
        Assert.Equal(12, test.H!.GetLength(0));
        Assert.Contains("not Lyapunov", test.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_boundary_nothing_is_claimed()
    {
        // det = 0: no P is strict, and no H can be told from rounding
        DiagonalStabilityResult test = DiagonalStability.Test(new[,] { { -1.0, 1.0 }, { 1.0, -1.0 } });
        Assert.Equal(Decision.Undecided, test.IsLds);
        Assert.False(test.Verify());
        Assert.True(test.P.IsEmpty && test.H is null && double.IsNaN(test.Margin));
        Assert.Contains("undecided", test.ToString(), StringComparison.Ordinal);
        Assert.Equal(Decision.Undecided, DiagonalStability.Test(
            new[,] { { -1.0, 1.0, 0.0 }, { 1.0, -1.0, 0.0 }, { 1.0, 0.0, -1.0 } }).IsLds);
    }

    [Fact]
    public void Wrong_certificates_are_turned_down()
    {
        double[,] a = WilsonCowanPair.Antagonistic.Network().Interaction();
        Assert.True(LdsCertificate.Proves(a, [1.15551, 0.84449], 1.0885));
        Assert.False(LdsCertificate.Proves(a, [1.15551, 0.84449], 1.0886));       // above the optimum
        Assert.False(LdsCertificate.Proves(a, [1.0, 5.0], 0.0));                  // outside the interval
        Assert.False(LdsCertificate.Proves(a, [-1.0, -1.0], 0.0));
        Assert.False(LdsCertificate.Proves(new[,] { { 1.0, 0.0 }, { 0.0, 1.0 } }, [1.0, 1.0], 0.0));

        double[,] grows = { { 1.0, 0.0 }, { 0.0, -1.0 } };
        Assert.True(LdsCertificate.Refutes(grows, new[,] { { 1.0, 0.0 }, { 0.0, 0.0 } }));
        Assert.False(LdsCertificate.Refutes(grows, new[,] { { 0.0, 0.0 }, { 0.0, 1.0 } }));      // (A H)₂₂ < 0
        Assert.False(LdsCertificate.Refutes(grows, new double[2, 2]));                           // zero
        Assert.False(LdsCertificate.Refutes(grows, new[,] { { 1.0, 0.5 }, { -0.5, 1.0 } }));     // not symmetric
        Assert.False(LdsCertificate.Refutes(a, new[,] { { 1.0, 2.0 }, { 2.0, 1.0 } }));          // not positive semidefinite
        Assert.False(LdsCertificate.Refutes(new[,] { { -1.0, 3.0 }, { 3.0, -1.0 } }, new[,] { { 1.0, 1.1 }, { 1.1, 1.0 } }));
        Assert.True(LdsCertificate.Refutes(new[,] { { -1.0, 3.0 }, { 3.0, -1.0 } }, new[,] { { 1.0, 0.9 }, { 0.9, 1.0 } }));
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void P_matrices_are_those_whose_minors_are_all_positive(ulong seed)
    {
        double[,] m = BruteForce.RandomMatrix(4, new Philox(seed), -1.0, 1.0);
        for (int i = 0; i < 4; i++) m[i, i] += 1.2;
        Assert.Equal(BruteForce.IsPMatrix(m), MatrixClasses.IsPMatrix(m));
    }

    [Fact]
    public void A_matrix_with_too_many_minors_for_the_test_is_refused_with_a_way_out()
    {
        var m = new double[MatrixClasses.LargestForP + 1, MatrixClasses.LargestForP + 1];
        var error = Assert.Throws<ArgumentException>("M", () => MatrixClasses.IsPMatrix(m));
        Assert.Contains("stops at 20 rows; DiagonalStability.Test", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BruteForce.Seeds), MemberType = typeof(BruteForce))]
    public void M_matrices_are_those_with_a_nonnegative_inverse(ulong seed)
    {
        double[,] m = BruteForce.RandomMatrix(4, new Philox(seed), -1.0, 0.0);
        for (int i = 0; i < 4; i++) m[i, i] += 2.5;
        bool inverse = Matrix<double>.Build.DenseOfArray(m).Inverse().Enumerate().All(entry => entry >= -1e-14);
        Assert.Equal(inverse, MatrixClasses.IsMMatrix(m));
        m[0, 1] = 0.1;
        Assert.False(MatrixClasses.IsMMatrix(m));
    }

    [Fact]
    public void Matrices_of_the_wrong_shape_or_size_are_named()
    {
        Throws("A is 0 × 0", () => DiagonalStability.Test(new double[0, 0]));
        Throws("A is 2 × 3", () => DiagonalStability.Optimum(new double[2, 3]));
        Throws("A[0, 0] is NaN", () => DiagonalStability.Test(new[,] { { double.NaN } }));
        Throws("expected 2 × 2", () => DiagonalStability.Lds2Interval(new double[3, 3]));
        Throws("expected 3 × 3", () => DiagonalStability.Lds3Interval(new double[2, 2]));
        Throws("2^21 − 1 principal minors", () => MatrixClasses.IsPMatrix(new double[21, 21]));
        Throws("M is 1 × 2", () => MatrixClasses.IsMMatrix(new double[1, 2]));
        Throws("ratios[1] is -1", () => DiagonalStability.SecantCriterion(1.0, -1.0));
        Throws("p has 1 entries", () => LdsCertificate.Proves(new double[2, 2], [1.0], 0.0));
        Throws("H has 1 entries", () => LdsCertificate.Refutes(new double[2, 2], new double[1, 1]));

        static void Throws(string message, Func<object?> action) =>
            Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => action()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public void A_large_random_network_is_decided_with_a_certificate(int n)
    {
        FiringRateNetwork network = Circuits.RandomDale(n * 4 / 5, n / 5, new Philox(11), wEE: 0.9, wEI: 2.0, wIE: 2.0, wII: 1.0);
        DiagonalStabilityResult test = DiagonalStability.Test(network.Interaction());
        Assert.NotEqual(Decision.Undecided, test.IsLds);
        Assert.True(test.Verify());
    }

    private static double[,] Negative(double[,] a)
    {
        var negative = (double[,])a.Clone();
        for (int i = 0; i < a.GetLength(0); i++)
            for (int j = 0; j < a.GetLength(1); j++) negative[i, j] = -a[i, j];
        return negative;
    }
}
