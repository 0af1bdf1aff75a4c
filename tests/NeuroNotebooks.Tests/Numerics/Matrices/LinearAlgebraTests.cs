using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Numerics;

[Collection(nameof(UsesBackend))]
public sealed class LinearAlgebraTests : IDisposable
{
    private const double HalfUlp = 1.1102230246251565e-16, HalfUlpSingle = 5.9604644775390625e-8;

    private readonly MatrixBackendInfo before = LinearAlgebra.InUse;

    public static IEnumerable<object[]> Cases =>
        from backend in Enum.GetValues<MatrixBackend>().Where(LinearAlgebra.IsAvailable)
        from seed in Enumerable.Range(1, 400)
        select new object[] { backend, (ulong)seed };

    public static IEnumerable<object[]> Backends =>
        Enum.GetValues<MatrixBackend>().Where(LinearAlgebra.IsAvailable).Select(b => new object[] { b });

    public void Dispose() => LinearAlgebra.Use(before.Backend, before.Threads);

    [Theory, MemberData(nameof(Cases))]
    public void A_product_is_its_definition_within_rounding(MatrixBackend backend, ulong seed)
    {
        LinearAlgebra.Use(backend);
        var product = ProductCase.Draw(seed);
        double[] c = [.. product.C];
        LinearAlgebra.Multiply(product.ViewA, product.ViewB, c, product.Alpha, product.Beta);

        var (expected, magnitudes) = product.Definition();
        for (int i = 0; i < c.Length; i++)
            Close.To(expected[i], c[i], product.Bound(magnitudes[i], HalfUlp), $"at {i}, seed {seed}: {product}");
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_product_in_single_precision_is_its_definition_within_rounding(MatrixBackend backend, ulong seed)
    {
        LinearAlgebra.Use(backend);
        var product = ProductCase.Draw(seed);
        float[] a = Narrow(product.A), b = Narrow(product.B), c = Narrow(product.C);
        var viewA = product.TurnA ? new MatrixView<float>(a, product.Depth, product.Rows).Transposed : new(a, product.Rows, product.Depth);
        var viewB =
            product.TurnB ? new MatrixView<float>(b, product.Columns, product.Depth).Transposed : new(b, product.Depth, product.Columns);
        LinearAlgebra.Multiply(viewA, viewB, c, (float)product.Alpha, (float)product.Beta);

        // the operands were rounded too: three more roundings a term
        var (expected, magnitudes) = product.Definition();
        for (int i = 0; i < c.Length; i++)
            Close.To(expected[i], c[i], product.Bound(magnitudes[i], 2.5 * HalfUlpSingle), $"at {i}, seed {seed}: {product}");
    }

    [Theory, MemberData(nameof(Backends))]
    public void The_comparison_sees_one_wrong_entry(MatrixBackend backend)
    {
        LinearAlgebra.Use(backend);
        var product = new ProductCase(new Philox(7), 30, 40, 20, turnA: false, turnB: true, alpha: 1.0, beta: 0.0);
        var c = new double[600];
        product.A[5] += 1e-9;
        LinearAlgebra.Multiply(product.ViewA, product.ViewB, c);
        product.A[5] -= 1e-9;

        var (expected, magnitudes) = product.Definition();
        Assert.Contains(Enumerable.Range(0, 600), i => Math.Abs(expected[i] - c[i]) > product.Bound(magnitudes[i], HalfUlp));
    }

    [Theory, MemberData(nameof(Backends))]
    public void Products_larger_than_every_block_agree_with_the_definition(MatrixBackend backend)
    {
        LinearAlgebra.Use(backend, threads: 2);
        // one more than a block in each direction, and than two stripes of a thread
        var product = new ProductCase(new Philox(11), 121, 513, 515, turnA: true, turnB: false, alpha: 0.5, beta: 2.0);
        double[] c = [.. product.C];
        LinearAlgebra.Multiply(product.ViewA, product.ViewB, c, product.Alpha, product.Beta);

        var (expected, magnitudes) = product.Definition();
        for (int i = 0; i < c.Length; i++) Close.To(expected[i], c[i], product.Bound(magnitudes[i], HalfUlp), $"at {i}");
    }

    [Theory]
    [InlineData(300, 200, 150)]
    [InlineData(100, 200, 401)]
    [InlineData(5000, 400, 1)]
    [InlineData(1, 400, 5000)]
    public void The_managed_kernel_gives_the_same_bits_on_any_number_of_threads(int rows, int depth, int columns)
    {
        var product = new ProductCase(new Philox(3), rows, depth, columns, turnA: false, turnB: false, alpha: 1.0, beta: 0.0);
        double[] Run(int threads)
        {
            LinearAlgebra.Use(MatrixBackend.Managed, threads);
            var c = new double[rows * columns];
            LinearAlgebra.Multiply(product.ViewA, product.ViewB, c);
            return c;
        }
        double[] one = Run(1);
        Assert.Equal(one, Run(2));
        Assert.Equal(one, Run(5));
    }

    [Theory, MemberData(nameof(Backends))]
    public void Nothing_is_written_outside_the_result(MatrixBackend backend)
    {
        LinearAlgebra.Use(backend);
        for (int rows = 1; rows <= 14; rows++)
            for (int columns = 1; columns <= 18; columns++)
            {
                var product = new ProductCase(new Philox(5), rows, 3, columns, turnA: false, turnB: false, alpha: 1.0, beta: 0.0);
                double[] guarded = [.. Enumerable.Repeat(-77.0, rows * columns + 64)];
                LinearAlgebra.Multiply(product.ViewA, product.ViewB, guarded.AsSpan(32, rows * columns));
                Assert.All(guarded[..32].Concat(guarded[^32..]), value => Assert.Equal(-77.0, value));
            }
    }

    [Theory, MemberData(nameof(Backends))]
    public void Without_beta_the_old_result_is_not_read_and_without_alpha_the_operands_are_not(MatrixBackend backend)
    {
        LinearAlgebra.Use(backend);
        double[] a = [.. Enumerable.Repeat(1.0, 49)], nan = [.. Enumerable.Repeat(double.NaN, 49)], c = [.. nan];
        LinearAlgebra.Multiply(new MatrixView<double>(a, 7, 7), new MatrixView<double>(a, 7, 7), c);
        Assert.All(c, value => Assert.Equal(7.0, value));

        LinearAlgebra.Multiply(new MatrixView<double>(nan, 7, 7), new MatrixView<double>(nan, 7, 7), c, alpha: 0.0, beta: 2.0);
        Assert.All(c, value => Assert.Equal(14.0, value));
    }

    [Theory, MemberData(nameof(Backends))]
    public void A_sum_over_nothing_is_zero(MatrixBackend backend)
    {
        LinearAlgebra.Use(backend);
        Assert.Equal(new double[2, 3], LinearAlgebra.Multiply(new double[2, 0], new double[0, 3]));
        Assert.Empty(LinearAlgebra.Multiply(new double[0, 4], new double[4, 3]));
        float[] c = [3f, 4f];
        LinearAlgebra.Multiply(new MatrixView<float>([], 2, 0), new MatrixView<float>([], 0, 1), c, beta: 2f);
        Assert.Equal([6f, 8f], c);
    }

    [Theory, MemberData(nameof(Backends))]
    public void A_matrix_times_a_vector_is_a_product_with_one_column(MatrixBackend backend)
    {
        LinearAlgebra.Use(backend);
        double[,] a = { { 1, 2, 3 }, { 4, 5, 6 } };
        Assert.Equal([14.0, 32.0], LinearAlgebra.Multiply(a, (double[])[1, 2, 3]));
        Assert.Equal(new double[,] { { 9, 12, 15 } }, LinearAlgebra.Multiply(new double[,] { { 1, 2 } }, a));

        float[] y = [1f, 1f, 1f];
        LinearAlgebra.Multiply(new MatrixView<float>([1, 2, 3, 4, 5, 6], 2, 3).Transposed, [1f, 2f], y, alpha: 2f, beta: 10f);
        Assert.Equal([28f, 34f, 40f], y);
        double[] z = [1.0, 1.0];
        LinearAlgebra.Multiply(a, [1.0, 2.0, 3.0], z, beta: 1.0);
        Assert.Equal([15.0, 33.0], z);
    }

    [Theory]
    [InlineData(MatrixBackend.Managed, 1, 60, 0)]
    [InlineData(MatrixBackend.Managed, 2, 200, 600)]
    [InlineData(MatrixBackend.OpenBlas, 1, 60, 0)]
    public void Repeated_products_allocate_nothing_but_the_hand_over_between_threads(
        MatrixBackend backend, int threads, int n, long allowedPerCall)
    {
        if (!LinearAlgebra.IsAvailable(backend)) return;
        LinearAlgebra.Use(backend, threads);
        double[] a = new double[n * n], b = new double[n * n], c = new double[n * n];
        void Once() => LinearAlgebra.Multiply(new MatrixView<double>(a, n, n), new MatrixView<double>(b, n, n), c);
        for (int i = 0; i < 50; i++) Once();

        long start = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Once();
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - start) / 100, 0, allowedPerCall);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Math_NET_multiplies_through_the_back_end_and_gets_the_same_product(MatrixBackend backend, ulong seed)
    {
        LinearAlgebra.Use(backend);
        var product = ProductCase.Draw(seed);
        if (product.Rows * product.Columns * product.Depth == 0) return;      // Math.NET has no empty matrices
        // the operands as Math.NET stores them, column after column: our row after row of the turned matrix
        var a = Matrix<double>.Build.Dense(product.Rows, product.Depth, [.. product.A]);
        var b = Matrix<double>.Build.Dense(product.Depth, product.Columns, [.. product.B]);
        var turned = new ProductCase(new Philox(seed), product.Rows, product.Depth, product.Columns, turnA: true, turnB: true,
            alpha: 1.0, beta: 0.0);
        var (expected, magnitudes) = turned.Definition();

        foreach (var c in new[] { a * b, a.Transpose().TransposeThisAndMultiply(b), a.TransposeAndMultiply(b.Transpose()) })
            for (int i = 0; i < product.Rows; i++)
                for (int j = 0; j < product.Columns; j++)
                    Close.To(expected[i * product.Columns + j], c[i, j], turned.Bound(magnitudes[i * product.Columns + j], HalfUlp),
                        $"seed {seed}");
    }

    [Fact]
    public void Math_NET_s_other_operations_pass_through_unchanged()
    {
        LinearAlgebra.Use();
        Assert.Contains("NeuroNotebooks", LinearAlgebraControl.Provider.ToString(), StringComparison.Ordinal);
        var a = Matrix<double>.Build.DenseOfArray(new[,] { { 4.0, 1.0, 0.5 }, { 1.0, 3.0, -0.25 }, { 0.5, -0.25, 2.0 } });
        var b = Vector<double>.Build.Dense([1.0, 2.0, 3.0]);
        var identity = Matrix<double>.Build.DenseIdentity(3);

        // a well conditioned 3 × 3 problem: 1e-13 leaves a hundred times the rounding of each factorisation
        foreach (var x in new[] { a.Solve(b), a.LU().Solve(b), a.QR().Solve(b), a.Cholesky().Solve(b), a.Svd().Solve(b), a.Inverse() * b })
            Assert.True((a * x - b).L2Norm() < 1e-13);
        var eigen = a.Evd(Symmetricity.Symmetric);
        Assert.True((eigen.EigenVectors * eigen.D * eigen.EigenVectors.Transpose() - a).FrobeniusNorm() < 1e-13);
        Assert.True((a - a.PointwiseDivide(a + identity - identity).PointwiseMultiply(a)).L1Norm() < 1e-13);
        Assert.Equal(2.0 * a, a + a);
        Assert.Equal(14.0, b.DotProduct(b));
        var single = Matrix<float>.Build.DenseOfArray(new[,] { { 2f, 1f }, { 1f, 3f } });
        Assert.True((single * single.Inverse() - Matrix<float>.Build.DenseIdentity(2)).FrobeniusNorm() < 1e-6);
        Assert.Equal(Matrix<float>.Build.DenseOfArray(new[,] { { 5f, 5f }, { 5f, 10f } }), single * single);
    }

    [Fact]
    public void Math_NET_may_write_a_product_over_an_operand()
    {
        LinearAlgebra.Use();
        double[] x = [1.0, 2.0, 3.0, 4.0], y = [0.0, 1.0, 1.0, 0.0];        // columns: y exchanges the columns of x
        LinearAlgebraControl.Provider.MatrixMultiply(x, 2, 2, y, 2, 2, x);
        Assert.Equal([3.0, 4.0, 1.0, 2.0], x);
        float[] z = [1f, 2f, 3f, 4f], w = [0f, 1f, 1f, 0f];
        LinearAlgebraControl.Provider.MatrixMultiply(w, 2, 2, z, 2, 2, z);
        Assert.Equal([2f, 1f, 4f, 3f], z);
    }

    [Fact]
    public void The_back_end_in_use_can_be_asked_and_set()
    {
        var info = LinearAlgebra.Use(MatrixBackend.Managed, threads: 1);
        Assert.Equal((MatrixBackend.Managed, 1), (info.Backend, info.Threads));
        Assert.Equal(info, LinearAlgebra.InUse);
        Assert.StartsWith("managed kernel", info.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(", 1 thread", info.ToString(), StringComparison.Ordinal);

        var best = LinearAlgebra.Use();
        Assert.Equal(LinearAlgebra.IsAvailable(MatrixBackend.OpenBlas) ? MatrixBackend.OpenBlas : MatrixBackend.Managed, best.Backend);
        if (best.Backend == MatrixBackend.OpenBlas) Assert.Contains("OpenBLAS", best.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_managed_kernel_multiplies_on_many_threads_at_once()
    {
        LinearAlgebra.Use(MatrixBackend.Managed, threads: 2);
        double[] a = ProductCase.Numbers(new Philox(9), 120 * 120), expected = new double[120 * 120];
        LinearAlgebra.Multiply(new MatrixView<double>(a, 120, 120), new MatrixView<double>(a, 120, 120), expected);
        Parallel.For(0, 64, _ =>
        {
            var c = new double[120 * 120];
            LinearAlgebra.Multiply(new MatrixView<double>(a, 120, 120), new MatrixView<double>(a, 120, 120), c);
            Assert.Equal(expected, c);
        });
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        var error = Assert.Throws<ArgumentException>(() => LinearAlgebra.Multiply(new double[2, 3], new double[4, 5]));
        Assert.Contains("a is 2 × 3 and b is 4 × 5", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => LinearAlgebra.Multiply(new double[2, 3], new double[3, 5], new double[9]));
        Assert.Contains("c has 9 entries: expected 10", error.Message, StringComparison.Ordinal);
        var shared = new double[9];
        error = Assert.Throws<ArgumentException>(() =>
            LinearAlgebra.Multiply(new MatrixView<double>(shared, 3, 3), new MatrixView<double>(new double[9], 3, 3), shared));
        Assert.Contains("shares memory", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => LinearAlgebra.Multiply(null!, new double[1, 1]));
        Assert.Throws<ArgumentNullException>(() => LinearAlgebra.Multiply(new double[1, 1], (double[,])null!));
        Assert.Throws<ArgumentNullException>(() => LinearAlgebra.Multiply(null!, (double[])[1.0]));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => LinearAlgebra.Use(MatrixBackend.Managed, threads: 0));
        Assert.Throws<ArgumentOutOfRangeException>("backend", () => LinearAlgebra.Use((MatrixBackend)9));
        Assert.False(LinearAlgebra.IsAvailable((MatrixBackend)9));
    }

    [Fact]
    public void A_view_reads_what_it_was_given_either_way_round()
    {
        MatrixView<double> view = new double[,] { { 1, 2, 3 }, { 4, 5, 6 } };
        Assert.Equal((2, 3, false), (view.Rows, view.Columns, view.IsTransposed));
        Assert.Equal(6.0, view[1, 2]);
        Assert.Equal(6.0, view.Transposed[2, 1]);
        Assert.Equal(2.0, view.Transposed[1, 0]);
        Assert.Throws<ArgumentException>(() => { _ = new MatrixView<double>([1.0, 2.0], 3, 1); });
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => { _ = new MatrixView<double>([], -1, 1); });
        Assert.Throws<ArgumentOutOfRangeException>("columns", () => { _ = new MatrixView<double>([], 1, -1); });
        Assert.Throws<ArgumentNullException>(() => { _ = new MatrixView<double>(null!); });
        Assert.Throws<ArgumentOutOfRangeException>("row", () => { _ = new MatrixView<double>([1.0], 1, 1)[1, 0]; });
        Assert.Throws<ArgumentOutOfRangeException>("column", () => { _ = new MatrixView<double>([1.0], 1, 1)[0, 1]; });
    }

    private static float[] Narrow(double[] values) => [.. values.Select(value => (float)value)];
}
