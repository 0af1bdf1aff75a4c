namespace NeuroNotebooks.Numerics;

/// <summary>Products of matrices that lie row-major in one array.</summary>
internal static class Flat
{
    private const int SmallestForBackend = 32;

    /// <summary>A B.</summary>
    public static double[] Product(double[] a, double[] b, int rows, int inner, int columns)
    {
        var product = new double[rows * columns];
        if (Math.Min(rows, Math.Min(inner, columns)) >= SmallestForBackend)
        {
            LinearAlgebra.Multiply(new MatrixView<double>(a, rows, inner), new MatrixView<double>(b, inner, columns), product);
            return product;
        }
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = product.AsSpan(i * columns, columns);
            for (int k = 0; k < inner; k++)
                if (a[i * inner + k] != 0.0) Vectors.AddScaled(row, a[i * inner + k], b.AsSpan(k * columns, columns), row);
        }
        return product;
    }

    /// <summary>Aᵀ B, where A is inner × rows.</summary>
    public static double[] TransposeProduct(double[] a, double[] b, int inner, int rows, int columns)
    {
        var product = new double[rows * columns];
        if (Math.Min(rows, Math.Min(inner, columns)) >= SmallestForBackend)
        {
            LinearAlgebra.Multiply(new MatrixView<double>(a, inner, rows).Transposed, new MatrixView<double>(b, inner, columns), product);
            return product;
        }
        for (int k = 0; k < inner; k++)
            for (int i = 0; i < rows; i++)
            {
                if (a[k * rows + i] == 0.0) continue;
                Span<double> row = product.AsSpan(i * columns, columns);
                Vectors.AddScaled(row, a[k * rows + i], b.AsSpan(k * columns, columns), row);
            }
        return product;
    }

    /// <summary>A Bᵀ, where B is columns × inner.</summary>
    public static double[] ProductTransposed(double[] a, double[] b, int rows, int inner, int columns)
    {
        var product = new double[rows * columns];
        if (Math.Min(rows, Math.Min(inner, columns)) >= SmallestForBackend)
        {
            LinearAlgebra.Multiply(new MatrixView<double>(a, rows, inner), new MatrixView<double>(b, columns, inner).Transposed, product);
            return product;
        }
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                product[i * columns + j] = Vectors.Dot<double>(a.AsSpan(i * inner, inner), b.AsSpan(j * inner, inner));
        return product;
    }
}
