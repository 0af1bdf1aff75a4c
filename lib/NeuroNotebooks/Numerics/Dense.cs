namespace NeuroNotebooks.Numerics;

/// <summary>Everyday operations on matrices, unchecked: for use inside the library.</summary>
internal static class Dense
{
    private const int SmallestForBackend = 48;

    public static double[,] Identity(int n)
    {
        var identity = new double[n, n];
        for (int i = 0; i < n; i++) identity[i, i] = 1.0;
        return identity;
    }

    public static double[,] Build(int rows, int columns, Func<int, int, double> entry)
    {
        var matrix = new double[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) matrix[i, j] = entry(i, j);
        return matrix;
    }

    public static double[,] Diagonal(ReadOnlySpan<double> entries)
    {
        var matrix = new double[entries.Length, entries.Length];
        for (int i = 0; i < entries.Length; i++) matrix[i, i] = entries[i];
        return matrix;
    }

    public static double[,] Transpose(double[,] a) => Build(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    public static double[,] Scaled(double[,] a, double factor) => Build(a.GetLength(0), a.GetLength(1), (i, j) => factor * a[i, j]);

    /// <summary>A + factor · B.</summary>
    public static double[,] Sum(double[,] a, double[,] b, double factor = 1.0)
    {
        var sum = new double[a.GetLength(0), a.GetLength(1)];
        Vectors.AddScaled(a.AsSpan(), factor, b.AsSpan(), sum.AsSpan());
        return sum;
    }

    public static double[,] Product(double[,] a, double[,] b)
    {
        int rows = a.GetLength(0), inner = a.GetLength(1), columns = b.GetLength(1);
        var product = new double[rows, columns];
        if (Math.Min(rows, Math.Min(inner, columns)) >= SmallestForBackend)
        {
            LinearAlgebra.Multiply(a, b, product.AsSpan());
            return product;
        }
        ReadOnlySpan<double> from = b.AsSpan();
        Span<double> to = product.AsSpan();
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = to.Slice(i * columns, columns);
            for (int k = 0; k < inner; k++)
                if (a[i, k] != 0.0) Vectors.AddScaled(row, a[i, k], from.Slice(k * columns, columns), row);
        }
        return product;
    }

    public static double[] Product(double[,] a, ReadOnlySpan<double> x)
    {
        int columns = a.GetLength(1);
        var product = new double[a.GetLength(0)];
        for (int i = 0; i < product.Length; i++) product[i] = Vectors.Dot(a.AsSpan().Slice(i * columns, columns), x);
        return product;
    }

    /// <summary>Square matrices along the diagonal, zeros elsewhere.</summary>
    public static double[,] Blocks(IReadOnlyList<double[,]> blocks)
    {
        var whole = new double[blocks.Sum(block => block.GetLength(0)), blocks.Sum(block => block.GetLength(1))];
        int row = 0, column = 0;
        foreach (double[,] block in blocks)
        {
            for (int i = 0; i < block.GetLength(0); i++)
                for (int j = 0; j < block.GetLength(1); j++) whole[row + i, column + j] = block[i, j];
            row += block.GetLength(0);
            column += block.GetLength(1);
        }
        return whole;
    }

    public static double LargestEntry(double[,] a)
    {
        double largest = 0.0;
        foreach (double entry in a) largest = Math.Max(largest, Math.Abs(entry));
        return largest;
    }
}
