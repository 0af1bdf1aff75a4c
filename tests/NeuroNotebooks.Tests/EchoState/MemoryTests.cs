using NeuroNotebooks.EchoState;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.EchoState;

public class MemoryTests
{
    public static IEnumerable<object[]> Seeds => EchoStateTests.Seeds;

    [Theory]
    [InlineData(10, 0.8, 9.01153)]
    [InlineData(20, 0.9, 19.01478)]
    public void A_linear_ring_remembers_by_its_closed_form(int n, double r, double total)
    {
        double[] v = new double[n];
        v[0] = 1.0;
        MemoryCapacity memory = MemoryCapacity.ExactLinear(Reservoirs.Ring(n, r), v, 40 * n);
        for (int k = 1; k <= 5 * n; k++)
            Close.To(Math.Pow(r, 2.0 * n * (k / n)) * (1.0 - Math.Pow(r, 2 * n)), memory.Curve[k - 1], 1e-8, $"delay {k}");
        Close.To(total, memory.Total, 1e-5);
        Close.To(n, memory.Total + memory.AtZero, 1e-8);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_memory_of_a_controllable_linear_reservoir_is_its_size(ulong seed)
    {
        const int n = 5;
        double[,] A = Reservoirs.WithSpectralRadius(Reservoirs.Gaussian(n, new Philox(seed)), 0.9);
        MemoryCapacity memory = MemoryCapacity.ExactLinear(A, Reservoirs.InputWeights(n, 1.0, new Philox(seed, 1)), 600);
        // the covariance of five random units has a condition number up to 1e9
        Close.To(n, memory.Total + memory.AtZero, 1e-6, $"seed {seed}");
        Assert.All(memory.Curve, value => Assert.InRange(value, -1e-9, 1.0 + 1e-6));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_discrete_lyapunov_equation_is_solved(ulong seed)
    {
        double[,] A = Reservoirs.WithSpectralRadius(Reservoirs.Gaussian(6, new Philox(seed)), 0.98), Q = new double[6, 6];
        for (int i = 0; i < 6; i++) Q[i, i] = 1.0 + i;
        double[,] C = DiscreteLyapunov.Solve(A, Q);
        double[,] image = LinearAlgebra.Multiply(LinearAlgebra.Multiply(A, C), Transposed(A));
        double largest = C.Cast<double>().Max(Math.Abs);
        for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++) Close.To(Q[i, j], C[i, j] - image[i, j], 1e-12 * largest, $"seed {seed}");
    }

    [Fact]
    public void An_almost_linear_reservoir_remembers_as_the_exact_answer_says()
    {
        // inputs of 1e-3: tanh is linear to 1e-6. 20 000 steps estimate each correlation to 1e-2
        double[,] W = Reservoirs.Ring(8, 0.8);
        double[] v = [1e-3, 0, 0, 0, 0, 0, 0, 0];
        var options = new MemoryOptions { WashOut = 100, Fit = 10_000, Test = 10_000, Delays = 20, Penalty = 1e-16 };
        MemoryCapacity measured = MemoryCapacity.Empirical(new EchoStateNetwork(W, v), new Philox(1), options);
        Close.All(MemoryCapacity.ExactLinear(W, v, 20).Curve, measured.Curve, 0.02);
    }

    [Fact]
    public void Fifty_units_remember_what_the_reconstruction_lists()
    {
        // 29/45/47 for orthogonal weights of norm .8/.95/.99, 12 for Gaussian ones scaled by norm; ± 3, here the mean of three draws
        foreach (var (norm, expected) in new[] { (0.8, 29.0), (0.95, 45.0), (0.99, 47.0) })
            Close.To(expected, Mean(seed => Reservoirs.Orthogonal(50, norm, new Philox(seed))), 3.0, $"{norm}");
        Close.To(14.0, Mean(seed => Reservoirs.WithNorm(Reservoirs.Gaussian(50, new Philox(seed)), 0.95)), 3.0);
        Close.To(44.0, Mean(_ => Reservoirs.Ring(50, 0.95)), 3.0);

        static double Mean(Func<ulong, double[,]> draw) => new ulong[] { 1, 2, 3 }.Average(seed => MemoryCapacity.Empirical(
            new EchoStateNetwork(draw(seed), Reservoirs.InputWeights(50, 0.1, new Philox(seed, 1))), new Philox(seed, 2)).Total);
    }

    [Fact]
    public void Feedback_through_a_rotation_shares_the_memory_of_two_reservoirs()
    {
        var totals = new Dictionary<string, double>();
        for (ulong seed = 1; seed <= 3; seed++)
        {
            double[,] W1 = Reservoirs.Orthogonal(25, 0.95, new Philox(seed)), W2 = Reservoirs.Orthogonal(25, 0.95, new Philox(seed, 1));
            double[,] G = Reservoirs.Orthogonal(25, 0.5, new Philox(seed, 2));
            Add("single", W1, 25);
            Add("parallel", Coupling.Parallel(W1, W2).W, 50);
            Add("cascade", Coupling.Cascade(W1, W2, G).W, 25);
            Add("rotation", Coupling.Rotation(W1, W2, 0.2).W, 25);

            // the rest of the units gets no input: cascade and rotation drive block 1 only
            void Add(string name, double[,] W, int driven)
            {
                double[] weights = new double[W.GetLength(0)];
                Reservoirs.InputWeights(driven, 0.1, new Philox(seed, 3)).CopyTo(weights, 0);
                totals[name] = totals.GetValueOrDefault(name) + MemoryCapacity.Empirical(new EchoStateNetwork(W, weights), new Philox(seed, 4)).Total / 3.0;
            }
        }
        Close.To(23.7, totals["single"], 4.0);
        Close.To(40.0, totals["parallel"], 4.0);
        Close.To(44.8, totals["cascade"], 4.0);
        Close.To(46.8, totals["rotation"], 4.0);
        // cascade and parallel change places from draw to draw
        Assert.True(
            totals["rotation"] > Math.Max(totals["parallel"], totals["cascade"]) && Math.Min(totals["parallel"], totals["cascade"]) > totals["single"],
            string.Join(", ", totals));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Ridge_finds_planted_weights(ulong seed)
    {
        double[,] X = Matrix(30, 4, seed, 1), planted = Matrix(4, 2, seed, 2), Y = LinearAlgebra.Multiply(X, planted);
        Close.All([.. planted.Cast<double>()], [.. Ridge.Fit(X, Y, 0.0).Cast<double>()], 1e-10, $"seed {seed}");
        double[,] shrunk = Ridge.Fit(X, Y, 10.0);
        // the gradient of ‖Xw − y‖² + λ‖w‖² vanishes
        double[,] residual = LinearAlgebra.Multiply(Transposed(X), Minus(LinearAlgebra.Multiply(X, shrunk), Y));
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 2; j++) Close.To(0.0, residual[i, j] + 10.0 * shrunk[i, j], 1e-10);
    }

    private static double[,] Matrix(int rows, int columns, ulong seed, ulong stream)
    {
        var matrix = new double[rows, columns];
        for (int e = 0; e < rows * columns; e++) matrix[e / columns, e % columns] = new Philox(seed, stream).Normal((ulong)e);
        return matrix;
    }

    private static double[,] Transposed(double[,] a)
    {
        var t = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < t.GetLength(0); i++)
            for (int j = 0; j < t.GetLength(1); j++) t[i, j] = a[j, i];
        return t;
    }

    private static double[,] Minus(double[,] a, double[,] b)
    {
        var c = (double[,])a.Clone();
        for (int i = 0; i < c.GetLength(0); i++)
            for (int j = 0; j < c.GetLength(1); j++) c[i, j] -= b[i, j];
        return c;
    }
}
