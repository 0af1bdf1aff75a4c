using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>Square matrix products: Math.NET as it comes, our two back ends, and Math.NET through them.</summary>
internal static class MatrixProducts
{
    private static readonly int[] Sizes = [128, 256, 512, 1024];

    public static void Run(TextWriter output)
    {
        output.WriteLine("GFLOP/s (2 n³ operations)");
        Heading(output, "type");
        foreach (int threads in new[] { 1, 2 })
        {
            Row(output, "double", threads, "Math.NET, as it comes", n => MathNetDoubles(n, null, threads));
            Row(output, "float", threads, "Math.NET, as it comes", n => MathNetFloats(n, null, threads));
            foreach (var backend in Enum.GetValues<MatrixBackend>().Where(LinearAlgebra.IsAvailable))
            {
                Row(output, "double", threads, $"{backend}", n => Doubles(n, backend, threads));
                Row(output, "float", threads, $"{backend}", n => Floats(n, backend, threads));
                Row(output, "double", threads, $"Math.NET on {backend}", n => MathNetDoubles(n, backend, threads));
                Row(output, "float", threads, $"Math.NET on {backend}", n => MathNetFloats(n, backend, threads));
            }
        }
    }

    private static void Heading(TextWriter output, string first) =>
        output.WriteLine($"{first,-8}{"threads",8}  {"path",-24}{string.Concat(Sizes.Select(n => $"{"n = " + n,10}"))}");

    private static void Row(TextWriter output, string type, int threads, string path, Func<int, double> gigaflops) =>
        output.WriteLine($"{type,-8}{threads,8}  {path,-24}{string.Concat(Sizes.Select(n => $"{gigaflops(n),10:f1}"))}");

    private static double Doubles(int n, MatrixBackend backend, int threads)
    {
        LinearAlgebra.Use(backend, threads);
        double[] a = Numbers(n * n), b = Numbers(n * n), c = new double[n * n];
        return Rate(n, () => LinearAlgebra.Multiply(new MatrixView<double>(a, n, n), new MatrixView<double>(b, n, n), c));
    }

    private static double Floats(int n, MatrixBackend backend, int threads)
    {
        LinearAlgebra.Use(backend, threads);
        float[] a = [.. Numbers(n * n).Select(x => (float)x)], b = [.. a], c = new float[n * n];
        return Rate(n, () => LinearAlgebra.Multiply(new MatrixView<float>(a, n, n), new MatrixView<float>(b, n, n), c));
    }

    private static double MathNetDoubles(int n, MatrixBackend? backend, int threads)
    {
        Choose(backend, threads);
        var build = Matrix<double>.Build;
        var (a, b, c) = (build.Dense(n, n, Numbers(n * n)), build.Dense(n, n, Numbers(n * n)), build.Dense(n, n));
        return Rate(n, () => a.Multiply(b, c));
    }

    private static double MathNetFloats(int n, MatrixBackend? backend, int threads)
    {
        Choose(backend, threads);
        float[] values = [.. Numbers(n * n).Select(x => (float)x)];
        var build = Matrix<float>.Build;
        var (a, b, c) = (build.Dense(n, n, values), build.Dense(n, n, [.. values]), build.Dense(n, n));
        return Rate(n, () => a.Multiply(b, c));
    }

    private static void Choose(MatrixBackend? backend, int threads)
    {
        MathNet.Numerics.Control.MaxDegreeOfParallelism = threads;
        if (backend is null) LinearAlgebraControl.Provider = new ManagedLinearAlgebraProvider();
        else LinearAlgebra.Use(backend, threads);
    }

    private static double Rate(int n, Action multiply) => 2e-9 * n * n * n / Measure.Seconds(multiply);

    private static double[] Numbers(int count)
    {
        var stream = new Philox(1);
        return [.. Enumerable.Range(0, count).Select(i => stream.Normal((ulong)i))];
    }
}
