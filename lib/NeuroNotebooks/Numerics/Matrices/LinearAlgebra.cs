namespace NeuroNotebooks.Numerics;

/// <summary>Products of matrices, through whichever back end the process uses.</summary>
/// <remarks>
/// The back end is the one setting of the library that belongs to the whole process: a native library and its threads exist once. Until
/// <see cref="Use"/> is called it is OpenBLAS with one thread a processor where the system has it, and the managed kernel otherwise.
/// </remarks>
public static class LinearAlgebra
{
    private static readonly Lock Switch = new();
    private static IMatrixMultiplier multiplier = Create(Best, Environment.ProcessorCount);

    /// <summary>The back end in use.</summary>
    public static MatrixBackendInfo InUse => Volatile.Read(ref multiplier).Info;

    private static MatrixBackend Best => OpenBlas.IsAvailable ? MatrixBackend.OpenBlas : MatrixBackend.Managed;

    /// <summary>Whether this machine can use a back end.</summary>
    public static bool IsAvailable(MatrixBackend backend) =>
        backend == MatrixBackend.Managed || (backend == MatrixBackend.OpenBlas && OpenBlas.IsAvailable);

    /// <summary>Chooses the back end for the whole process, and makes it multiply Math.NET's dense matrices too.</summary>
    /// <param name="backend">Which one; OpenBLAS where the system has it, if left out.</param>
    /// <param name="threads">Threads a large product may use, above zero; one a processor if left out.</param>
    /// <returns>What is now in use.</returns>
    /// <exception cref="NotSupportedException">The system has no OpenBLAS that can be used.</exception>
    /// <remarks>Safe on any thread; a product already begun ends on the back end it began with.</remarks>
    public static MatrixBackendInfo Use(MatrixBackend? backend = null, int? threads = null)
    {
        int count = threads ?? Environment.ProcessorCount;
        Require.Positive(count, nameof(threads));
        lock (Switch)
        {
            Volatile.Write(ref multiplier, Create(backend ?? Best, count));
            MathNet.Numerics.Providers.LinearAlgebra.LinearAlgebraControl.Provider = new MathNetProvider();
        }
        return InUse;
    }

    /// <summary>The product of two matrices.</summary>
    /// <param name="a">m × k.</param>
    /// <param name="b">k × n.</param>
    /// <returns>m × n.</returns>
    /// <exception cref="ArgumentException">
    /// The columns of <paramref name="a"/> are not as many as the rows of <paramref name="b"/>.
    /// </exception>
    public static double[,] Multiply(double[,] a, double[,] b)
    {
        Require.NotNull(a);
        Require.NotNull(b);
        var result = new double[a.GetLength(0), b.GetLength(1)];
        Multiply(a, b, result.AsSpan());
        return result;
    }

    /// <summary>The product of a matrix and a vector.</summary>
    /// <param name="a">m × n.</param>
    /// <param name="x">Length n.</param>
    /// <returns>Length m.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static double[] Multiply(double[,] a, ReadOnlySpan<double> x)
    {
        Require.NotNull(a);
        var result = new double[a.GetLength(0)];
        Multiply(a, x, result);
        return result;
    }

    /// <summary>C ← α A B + β C.</summary>
    /// <param name="a">m × k.</param>
    /// <param name="b">k × n.</param>
    /// <param name="c">
    /// m × n, row after row; apart from <paramref name="a"/> and <paramref name="b"/> in memory. Not read if β is zero.
    /// </param>
    /// <param name="alpha">α; if zero, A and B are not read.</param>
    /// <param name="beta">β.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or <paramref name="c"/> overlaps an operand.</exception>
    /// <remarks>
    /// Not-a-number and infinity spread as in IEEE arithmetic. With the managed kernel the bits do not depend on the number of threads; the
    /// two back ends differ by rounding, at most about k 2⁻⁵³ Σ |a| |b| in an entry. No memory is allocated beyond pooled buffers, but for
    /// about 200 bytes when a product is divided between threads.
    /// </remarks>
    public static void Multiply(MatrixView<double> a, MatrixView<double> b, Span<double> c, double alpha = 1.0, double beta = 0.0) =>
        MatrixOperation<double>.Run(Volatile.Read(ref multiplier), a, b, c, alpha, beta,
            static (IMatrixMultiplier to, in MatrixProduct<double> p) => to.Multiply(p));

    /// <summary>C ← α A B + β C in single precision; otherwise as for doubles.</summary>
    /// <param name="a">m × k.</param>
    /// <param name="b">k × n.</param>
    /// <param name="c">
    /// m × n, row after row; apart from <paramref name="a"/> and <paramref name="b"/> in memory. Not read if β is zero.
    /// </param>
    /// <param name="alpha">α; if zero, A and B are not read.</param>
    /// <param name="beta">β.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or <paramref name="c"/> overlaps an operand.</exception>
    public static void Multiply(MatrixView<float> a, MatrixView<float> b, Span<float> c, float alpha = 1f, float beta = 0f) =>
        MatrixOperation<float>.Run(Volatile.Read(ref multiplier), a, b, c, alpha, beta,
            static (IMatrixMultiplier to, in MatrixProduct<float> p) => to.Multiply(p));

    /// <summary>y ← α A x + β y.</summary>
    /// <param name="a">m × n.</param>
    /// <param name="x">Length n.</param>
    /// <param name="y">Length m; apart from <paramref name="a"/> and <paramref name="x"/> in memory. Not read if β is zero.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or <paramref name="y"/> overlaps an operand.</exception>
    public static void Multiply(MatrixView<double> a, ReadOnlySpan<double> x, Span<double> y, double alpha = 1.0, double beta = 0.0)
    {
        CheckLengths(a, x, y);
        Multiply(a, new MatrixView<double>(x, x.Length, 1), y, alpha, beta);
    }

    /// <summary>y ← α A x + β y in single precision.</summary>
    /// <param name="a">m × n.</param>
    /// <param name="x">Length n.</param>
    /// <param name="y">Length m; apart from <paramref name="a"/> and <paramref name="x"/> in memory. Not read if β is zero.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or <paramref name="y"/> overlaps an operand.</exception>
    public static void Multiply(MatrixView<float> a, ReadOnlySpan<float> x, Span<float> y, float alpha = 1f, float beta = 0f)
    {
        CheckLengths(a, x, y);
        Multiply(a, new MatrixView<float>(x, x.Length, 1), y, alpha, beta);
    }

    private static void CheckLengths<T>(MatrixView<T> a, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged
    {
        Require.Length(a.Columns, x.Length, nameof(x), "column of a");
        Require.Length(a.Rows, y.Length, nameof(y), "row of a");
    }

    private static IMatrixMultiplier Create(MatrixBackend backend, int threads) => backend switch
    {
        MatrixBackend.Managed => new ManagedMultiplier(threads),
        MatrixBackend.OpenBlas => OpenBlas.TryCreate(threads) ?? throw new NotSupportedException(
            "This system has no OpenBLAS (libopenblas) that can be used: install it, or use MatrixBackend.Managed."),
        _ => throw new ArgumentOutOfRangeException(nameof(backend), backend, $"backend is {backend}: expected Managed or OpenBlas."),
    };
}
