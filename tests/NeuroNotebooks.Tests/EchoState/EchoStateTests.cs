using NeuroNotebooks.Contraction;
using NeuroNotebooks.EchoState;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.EchoState;

public class EchoStateTests
{
    private static readonly double[,] Chain = { { 0.0, 2.0, 0.0, 0.0 }, { 0.0, 0.0, 2.0, 0.0 }, { 0.0, 0.0, 0.0, 2.0 }, { 0.0, 0.0, 0.0, 0.0 } };

    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 64).Select(seed => new object[] { (ulong)seed });

    [Fact]
    public void The_chain_fails_E1_and_holds_E2()
    {
        EspTest test = EspTest.Ladder(Chain);
        Close.To(2.0, test.Norm, 1e-12);
        Assert.Equal(0.0, test.AbsoluteRadius);
        Assert.Equal(EspVerdict.ContractsInADiagonalMetric, test.Verdict);
        Assert.True(test.Factor < 0.5 && test.IsCertified);
        foreach (double epsilon in new[] { 0.1, 0.01 })
            // Θ = diag(ε^−i): σ = 2 ε
            Close.To(2.0 * epsilon, DiagonalScaling.Of(Chain, 1.0, 1.0 / epsilon, Math.Pow(epsilon, -2), Math.Pow(epsilon, -3)).Norm, 1e-12);
    }

    [Fact]
    public void A_reservoir_without_connections_forgets_in_one_step()
    {
        EspTest test = EspTest.Ladder(new double[3, 3]);
        Assert.Equal(EspVerdict.ContractsInTheIdentity, test.Verdict);
        Assert.Equal(0.0, test.Factor);
        Assert.Equal(1, test.WashOutLength(1e-6));
    }

    [Fact]
    public void The_ladder_names_each_case()
    {
        var draws = new Philox(2);
        Assert.Equal(EspVerdict.ContractsInTheIdentity, EspTest.Ladder(Reservoirs.Orthogonal(12, 0.9, draws)).Verdict);
        Assert.Equal(EspVerdict.FailsWithoutInput, EspTest.Ladder(Reservoirs.WithSpectralRadius(Reservoirs.Gaussian(12, draws), 1.5)).Verdict);
        EspTest gaussian = EspTest.Ladder(Reservoirs.WithSpectralRadius(Reservoirs.Gaussian(30, draws), 0.9));
        Assert.Equal(EspVerdict.Undecided, gaussian.Verdict);
        Assert.Null(gaussian.WashOutLength(1e-6));
        Assert.Contains(EspVerdict.ContractsInADiagonalMetric, Enum.GetValues<EspVerdict>());
        // leak 0.5: factor 0.5 + 0.45
        EspTest leaky = EspTest.Ladder(Reservoirs.Orthogonal(12, 0.9, draws), 0.5);
        Close.To(0.95, leaky.Factor, 1e-12);
        Assert.Equal((int)Math.Ceiling(Math.Log(1e-6) / Math.Log(leaky.Factor)), leaky.WashOutLength(1e-6));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_search_is_at_least_as_good_as_perron_scales_and_random_ones(ulong seed)
    {
        double[,] W = Reservoirs.Gaussian(6, new Philox(seed));
        DiagonalScaling found = DiagonalScaling.Search(W);
        Close.To(found.Norm, DiagonalScaling.Of(W, found.Scales.AsSpan()).Norm, 1e-14);
        Assert.True(found.Norm >= Spectrum.Radius(W) - 1e-9, $"seed {seed}: a norm below the spectral radius");
        Assert.True(found.Norm <= DiagonalScaling.Perron(W).Norm + 1e-12);
        var draws = new Philox(seed, 5);
        for (ulong k = 0; k < 200; k++)
        {
            // near the optimum and far from it
            double[] scales = [.. found.Scales.Select((scale, i) => scale * Math.Exp((k % 2 == 0 ? 0.01 : 1.0) * draws.Normal(k * 6 + (ulong)i)))];
            Assert.True(found.Norm <= DiagonalScaling.Of(W, scales).Norm + 1e-5, $"seed {seed}");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Perron_scales_reach_the_spectral_radius_of_the_absolute_values(ulong seed)
    {
        double[,] W = Reservoirs.Gaussian(5, new Philox(seed)), size = new double[5, 5];
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 5; j++) size[i, j] = Math.Abs(W[i, j]);
        DiagonalScaling perron = DiagonalScaling.Perron(size);
        Close.To(Spectrum.Radius(size), perron.Norm, 1e-6, $"seed {seed}");      // power iteration stops at 1e-7
        Assert.True(DiagonalScaling.Perron(W).Norm <= Spectrum.Radius(size) + 1e-6);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Distances_never_grow_faster_than_the_certified_factor(ulong seed)
    {
        var draws = new Philox(seed);
        double[,] W = Reservoirs.WithNorm(Reservoirs.Gaussian(8, draws), 0.6 + 0.5 * draws.Uniform(999));
        double leak = 0.2 + 0.8 * draws.Uniform(998);
        EspTest test = EspTest.Ladder(W, leak);
        var network = new EchoStateNetwork(W, Reservoirs.InputWeights(8, 1.0, draws.Substream(3)), leak);
        double[] input = Uniforms(50, seed, 4), one = Uniforms(8, seed, 5), two = Uniforms(8, seed, 6);
        double[,] x = network.Run(input, one), y = network.Run(input, two);
        double last = test.Metric.Distance(one, two);
        for (int t = 0; t < 50; t++)
        {
            double now = test.Metric.Distance(Row(x, t), Row(y, t));
            Assert.True(now <= test.Factor * last + 1e-13, $"seed {seed}, step {t}");
            last = now;
        }
        Close.To(last, test.Metric.Distance(Row(x, 49), Row(y, 49)), 0.0);
    }

    [Fact]
    public void Input_helps_a_reservoir_forget()
    {
        // orthogonal, norm 0.9, 30 units, input weights and input even between −1 and 1 times 0, 0.5, 2
        double[] factors = [.. new[] { 0.0, 0.5, 2.0 }.Select(size => Enumerable.Range(1, 5).Average(seed => PerStep(
            Reservoirs.Orthogonal(30, 0.9, new Philox((ulong)seed)), size, (ulong)seed)))];
        Close.To(0.9, factors[0], 0.005);
        Close.To(0.841, factors[1], 0.03);
        Assert.InRange(factors[2], 0.5, 0.8);
        // Gaussian of radius 0.9: E1 fails (norm near 1.8) and yet it forgets
        double[,] gaussian = Reservoirs.WithSpectralRadius(Reservoirs.Gaussian(30, new Philox(4)), 0.9);
        Assert.True(Spectrum.Norm(gaussian) > 1.3);
        foreach (double size in new[] { 0.0, 0.5, 2.0 }) Assert.True(PerStep(gaussian, size, 4) < 0.95);
    }

    [Fact]
    public void Above_radius_one_strong_input_makes_it_forget_what_silence_does_not()
    {
        double[,] W = Reservoirs.WithSpectralRadius(Reservoirs.Gaussian(30, new Philox(4)), 1.5);
        double[] silent = [.. Distances(W, 0.0, 4, 300)], driven = [.. Distances(W, 2.0, 4, 300)];
        Assert.True(silent[^1] > 0.5, $"{silent[^1]}");
        Assert.True(driven[^1] < 1e-6, $"{driven[^1]}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_rotation_keeps_the_norm_at_every_angle(ulong seed)
    {
        var draws = new Philox(seed);
        double[,] W1 = Reservoirs.Gaussian(5, draws), W2 = Reservoirs.Gaussian(5, draws.Substream(1));
        CoupledReservoir joined = Coupling.Rotation(W1, W2, 10.0 * draws.Uniform(77));
        Close.To(Math.Max(Spectrum.Norm(W1), Spectrum.Norm(W2)), Spectrum.Norm(joined.W), 1e-12, $"seed {seed}");
        Close.To(joined.Factor, Spectrum.Norm(joined.W), 1e-12);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Every_coupling_holds_its_factor_in_its_metric(ulong seed)
    {
        var draws = new Philox(seed);
        double[,] W1 = Reservoirs.Orthogonal(4, 0.9, draws), W2 = Reservoirs.Orthogonal(3, 0.7, draws.Substream(1));
        double[,] G = Rectangle(3, 4, seed, 2, 5.0), H = Rectangle(4, 3, seed, 3, 0.02);
        foreach (CoupledReservoir joined in new[]
        {
            Coupling.Parallel(W1, W2), Coupling.Cascade(W1, W2, G), Coupling.SmallGain(W1, W2, Rectangle(3, 4, seed, 2, 0.3), H),
            Coupling.SmallGain(W1, W2, G, H), Coupling.RawSkew(W1, W2, G, 0.1),
        })
            Assert.True(joined.Metric.InducedNorm(joined.W) <= joined.Factor + 1e-12, $"seed {seed}");
        Assert.True(Coupling.Cascade(W1, W2, G).IsCertified);
        // the factor of small gain is the radius of the gain matrix
        double g = Spectrum.Norm(Rectangle(3, 4, seed, 2, 0.3)), h = Spectrum.Norm(H);
        Close.To(0.8 + Math.Sqrt(0.01 + g * h), Coupling.SmallGain(W1, W2, Rectangle(3, 4, seed, 2, 0.3), H).Factor, 1e-9);
    }

    [Fact]
    public void Small_gain_certifies_exactly_where_the_product_of_the_margins_exceeds_that_of_the_gains()
    {
        // the exercise: q = 0.9 both, ‖G‖ = 0.2: ‖H‖ up to 0.05
        double[,] W = { { 0.9 } }, G = { { 0.2 } };
        Assert.True(Coupling.SmallGain(W, W, G, new[,] { { 0.0499 } }).IsCertified);
        Assert.False(Coupling.SmallGain(W, W, G, new[,] { { 0.0501 } }).IsCertified);
    }

    [Fact]
    public void A_raw_skew_coupling_breaks_what_a_rotation_keeps()
    {
        double[,] W1 = Reservoirs.Orthogonal(25, 0.95, new Philox(1)), W2 = Reservoirs.Orthogonal(25, 0.95, new Philox(2));
        double[,] G = Reservoirs.Orthogonal(25, 1.0, new Philox(3));
        // at most 0.95 + 0.2, and √(0.95² + 0.2²) = 0.971 if the blocks did not meet
        double norm = Coupling.RawSkew(W1, W2, G, 0.2).Factor;
        Assert.InRange(norm, 1.0, 1.15);
        Assert.True(Spectrum.Radius(Coupling.RawSkew(W1, W2, G, 0.5).W) > 1.0);
        Close.To(0.95, Spectrum.Norm(Coupling.Rotation(W1, W2, 0.2).W), 1e-12);
    }

    [Fact]
    public void A_cascade_forgets_whatever_drives_it()
    {
        double[,] W1 = Reservoirs.Orthogonal(10, 0.9, new Philox(1)), W2 = Reservoirs.Orthogonal(10, 0.9, new Philox(2));
        double[,] G = Reservoirs.Orthogonal(10, 100.0, new Philox(3));
        CoupledReservoir joined = Coupling.Cascade(W1, W2, G);
        Assert.True(joined.IsCertified);
        Assert.True(Distances(joined.W, 0.5, 1, 1500)[^1] < 1e-10);
    }

    [Fact]
    public void The_leaky_skew_factor_is_exact_without_recurrent_weights()
    {
        double[,] L = { { 0.0, 1.5, 0.0 }, { -1.5, 0.0, 0.7 }, { 0.0, -0.7, 0.0 } };
        double turn = Spectrum.Norm(L);
        foreach (double leak in new[] { 0.1, 0.4, 0.9 })
        {
            double[,] map = new double[3, 3];
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < 3; j++) map[i, j] = (i == j ? 1.0 - leak : 0.0) + leak * L[i, j];
            // an odd size leaves a real eigenvalue, but the norm is that of the fastest turn
            Close.To(Spectrum.Norm(map), Coupling.LeakySkewFactor(new double[3, 3], L, leak), 1e-12);
        }
        double edge = Coupling.LargestLeak(turn);
        Close.To(1.0, Coupling.LeakySkewFactor(new double[3, 3], L, edge), 1e-12);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_largest_leak_is_where_the_leaky_factor_reaches_one(ulong seed)
    {
        var draws = new Philox(seed, 21);
        double norm = 0.95 * draws.Uniform(0), turn = 3.0 * draws.Uniform(1), edge = Coupling.LargestLeak(turn, norm);
        double[,] W = { { norm, 0.0 }, { 0.0, norm } }, L = { { 0.0, turn }, { -turn, 0.0 } };
        Assert.True(edge > 0.0);
        // LeakySkewFactor from its own norms: 1 at the edge, if that is a leak at all, and less below it
        if (edge <= 1.0) Close.To(1.0, Coupling.LeakySkewFactor(W, L, edge), 1e-12, $"seed {seed}");
        Assert.True(Coupling.LeakySkewFactor(W, L, Math.Min(1.0, 0.99 * edge)) < 1.0, $"seed {seed}");
        Assert.Equal(0.0, Coupling.LargestLeak(turn, 1.0));
    }

    [Theory, InlineData(2), InlineData(7), InlineData(10)]
    public void A_random_skew_turns_all_planes_alike(int count)
    {
        double[,] L = Reservoirs.Skew(count, 1.7, new Philox(5));
        var square = new double[count, count];
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
            {
                Assert.Equal(-L[j, i], L[i, j]);
                for (int k = 0; k < count; k++) square[i, j] -= L[i, k] * L[k, j];
            }
        double[] squares = Spectrum.OfSymmetricPart(square);
        Assert.Equal(count % 2, squares.Count(value => value < 1e-9));
        Assert.All(squares.Where(value => value > 1e-9), value => Close.To(1.7 * 1.7, value, 1e-12));
    }

    [Fact]
    public void Two_starts_meet_by_the_leaky_skew_factor_if_nothing_else_moves_them()
    {
        double[,] none = new double[6, 6], L = Reservoirs.Skew(6, 1.5, new Philox(8));
        foreach (double leak in new[] { 0.2, 0.5, 0.7 })
        {
            var test = new EchoStateNetwork(none, new double[6], leak, feedback: L).TwoStarts(1.0, 40, new Philox(9));
            // all planes turn alike, so every step has the same factor
            Assert.All(test.Slopes, slope => Close.To(Coupling.LeakySkewFactor(none, L, leak), Math.Exp(slope), 1e-5));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Two_starts_never_part_faster_than_a_certificate_says(ulong seed)
    {
        CoupledReservoir joined = Coupling.Cascade(
            Reservoirs.Orthogonal(4, 0.8, new Philox(seed)), Reservoirs.Orthogonal(3, 0.7, new Philox(seed, 1)), Rectangle(3, 4, seed, 2, 3.0));
        var test = new EchoStateNetwork(joined.W, Reservoirs.InputWeights(7, 1.0, new Philox(seed, 3)))
            .TwoStarts(1.0, 200, new Philox(seed, 4), joined.Metric);
        Assert.Equal(201, test.Distances.Length);
        // rounding of states of size 1 against distances down to 1e-10
        Assert.True(Math.Exp(test.WorstSlope) <= joined.Factor + 1e-5, $"seed {seed}");
        Assert.NotNull(test.TimeToShrinkTo(1e-6));
    }

    [Fact]
    public void Two_starts_do_not_meet_where_the_rest_state_is_unstable()
    {
        double[,] W = Reservoirs.Orthogonal(6, 1.5, new Philox(1));
        Assert.Null(new EchoStateNetwork(W, new double[6]).TwoStarts(0.0, 300, new Philox(2)).TimeToShrinkTo(1e-3));
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        double[,] two = { { 0.5, 0.0 }, { 0.0, 0.5 } }, one = { { 0.5 } };
        Assert.Throws<ArgumentOutOfRangeException>("leak", () => new EchoStateNetwork(one, [1.0], 0.0));
        Assert.Throws<ArgumentOutOfRangeException>("leak", () => EspTest.Ladder(one, 1.1));
        Assert.Throws<ArgumentException>("W", () => Reservoirs.WithSpectralRadius(Chain, 0.9));
        Assert.Throws<ArgumentException>("W2", () => Coupling.Rotation(one, two, 0.1));
        Assert.Throws<ArgumentException>("X", () => Ridge.Fit(new double[2, 3], new double[2, 1]));
        Assert.Throws<ArgumentException>("X", () => Ridge.Fit(new double[3, 2], new double[3, 1], 0.0));
        Assert.Throws<ArgumentException>("signal", () => MemoryCapacity.Empirical(
            new EchoStateNetwork(one, [1.0]), new double[30], new MemoryOptions { WashOut = 10, Fit = 10, Test = 10, Delays = 5 }));
        Assert.Throws<ArgumentException>("options", () => MemoryCapacity.Empirical(
            new EchoStateNetwork(two, [1.0, 1.0]), new Philox(1), new MemoryOptions { WashOut = 10, Fit = 1, Test = 10, Delays = 5 }));
        Assert.Throws<ArgumentException>("A", () => MemoryCapacity.ExactLinear(new[,] { { 1.0 } }, [1.0], 3));
        Assert.Throws<ArgumentException>("v", () => MemoryCapacity.ExactLinear(two, [1.0, 0.0], 3));
        Assert.Throws<ArgumentException>("L", () => Coupling.LeakySkewFactor(one, one, 0.5));
        Assert.Throws<ArgumentException>("feedback", () => new EchoStateNetwork(one, [1.0], feedback: two));
        Assert.Throws<ArgumentException>("metric", () => new EchoStateNetwork(one, [1.0]).TwoStarts(1.0, 5, new Philox(1), Metric.Identity(2)));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => new EchoStateNetwork(one, [1.0]).TwoStarts(1.0, 0, new Philox(1)));
        Assert.Throws<ArgumentOutOfRangeException>("amplitude", () => new EchoStateNetwork(one, [1.0]).TwoStarts(-1.0, 5, new Philox(1)));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => Reservoirs.Skew(1, 1.0, new Philox(1)));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => Reservoirs.Skew(2, -1.0, new Philox(1)));
        Assert.Throws<ArgumentOutOfRangeException>("norm", () => Coupling.LargestLeak(1.0, -0.1));
        Assert.Throws<ArgumentException>("start", () => new EchoStateNetwork(two, [1.0, 1.0]).Run([1.0], [0.0]));
    }

    private static double PerStep(double[,] W, double size, ulong seed)
    {
        double[] distances = [.. Distances(W, size, seed, 120)];
        return Math.Pow(distances[100] / distances[20], 1.0 / 80.0);
    }

    private static System.Collections.Immutable.ImmutableArray<double> Distances(double[,] W, double size, ulong seed, int steps)
    {
        int n = W.GetLength(0);
        var network = new EchoStateNetwork(W, Reservoirs.InputWeights(n, 1.0, new Philox(seed, 11)));
        double[] input = [.. Uniforms(steps, seed, 12).Select(value => size * value)];
        return network.Distances(input, Uniforms(n, seed, 13), Uniforms(n, seed, 14));
    }

    private static double[] Uniforms(int count, ulong seed, ulong stream)
    {
        var numbers = new double[count];
        new Philox(seed, stream).Uniforms(numbers);
        return [.. numbers.Select(value => 2.0 * value - 1.0)];
    }

    private static double[] Row(double[,] matrix, int row) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[row, j])];

    private static double[,] Rectangle(int rows, int columns, ulong seed, ulong stream, double size)
    {
        double[] numbers = Uniforms(rows * columns, seed, stream);
        var matrix = new double[rows, columns];
        for (int e = 0; e < numbers.Length; e++) matrix[e / columns, e % columns] = size * numbers[e];
        return matrix;
    }
}
