using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Contraction;

/// <summary>Random matrices and plain matrix algebra by loops, sharing no code with what they judge.</summary>
internal static class Draws
{
    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 64).Select(seed => new object[] { (ulong)seed });

    public static double[,] Matrix(int n, Philox random, double size = 1.0) => Build(n, (i, j) => size * random.Normal((ulong)(i * n + j)));

    public static double[,] Symmetric(int n, Philox random, double size = 1.0)
    {
        double[,] a = Matrix(n, random, size);
        return Build(n, (i, j) => 0.5 * (a[i, j] + a[j, i]));
    }

    public static double[] Vector(int n, Philox random, double size = 1.0) =>
        [.. Enumerable.Range(0, n).Select(i => size * random.Normal((ulong)i))];

    public static double[] Positive(int n, Philox random) => [.. Vector(n, random, 0.7).Select(Math.Exp)];

    public static double[,] PositiveDefinite(int n, Philox random, double floor = 0.2)
    {
        double[,] a = Matrix(n, random);
        return Sum(Product(Transposed(a), a), Scaled(Identity(n), floor));
    }

    public static Metric Metric(int n, Philox random) => NeuroNotebooks.Contraction.Metric.Of(PositiveDefinite(n, random));

    public static double[,] Identity(int n) => Build(n, (i, j) => i == j ? 1.0 : 0.0);

    public static double[,] Diagonal(params double[] entries) => Build(entries.Length, (i, j) => i == j ? entries[i] : 0.0);

    public static double[,] Scaled(double[,] a, double factor) => Build(a.GetLength(0), (i, j) => factor * a[i, j]);

    public static double[,] Sum(double[,] a, double[,] b) => Build(a.GetLength(0), (i, j) => a[i, j] + b[i, j]);

    public static double[,] Transposed(double[,] a) => Build(a.GetLength(0), (i, j) => a[j, i]);

    public static double[,] Product(double[,] a, double[,] b) =>
        Build(a.GetLength(0), (i, j) => Enumerable.Range(0, b.GetLength(0)).Sum(k => a[i, k] * b[k, j]));

    public static double Trace(double[,] a) => Enumerable.Range(0, a.GetLength(0)).Sum(i => a[i, i]);

    public static double[] Flat(double[,] a) => [.. a.Cast<double>()];

    public static double[,] Build(int n, Func<int, int, double> entry)
    {
        var matrix = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) matrix[i, j] = entry(i, j);
        return matrix;
    }

    /// <summary>exp A by scaling and squaring of a long Taylor series.</summary>
    public static double[,] Exponential(double[,] a)
    {
        const int Squarings = 8;
        int n = a.GetLength(0);
        double[,] small = Scaled(a, 1.0 / (1 << Squarings)), term = Identity(n), sum = Identity(n);
        for (int k = 1; k <= 20; k++)
        {
            term = Scaled(Product(term, small), 1.0 / k);
            sum = Sum(sum, term);
        }
        for (int k = 0; k < Squarings; k++) sum = Product(sum, sum);
        return sum;
    }
}
