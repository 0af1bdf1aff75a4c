using System.Numerics;

namespace NeuroNotebooks.Numerics;

/// <summary>
/// One thread's product of a matrix and a vector, y ← α A x + β y: bound by memory, so it reads A once in the order it lies.
/// </summary>
internal static unsafe class ManagedVectorKernel<T> where T : unmanaged, INumber<T>
{
    /// <summary>The product's B and C are single, contiguous columns.</summary>
    public static void Multiply(in MatrixProduct<T> product)
    {
        var x = new ReadOnlySpan<T>(product.B.At(0, 0), product.Depth);
        var y = new Span<T>(product.C, product.Rows);
        if (product.A.IsTransposed) SumColumns(product, x, y);
        else
            for (int i = 0; i < y.Length; i++)
            {
                T sum = product.Alpha * Vectors.Dot(new ReadOnlySpan<T>(product.A.At(i, 0), x.Length), x);
                y[i] = T.IsZero(product.Beta) ? sum : sum + product.Beta * y[i];
            }
    }

    private static void SumColumns(in MatrixProduct<T> product, ReadOnlySpan<T> x, Span<T> y)
    {
        if (T.IsZero(product.Beta)) y.Clear();
        else
            for (int i = 0; i < y.Length; i++) y[i] *= product.Beta;

        for (int k = 0; k < x.Length; k++) Vectors.AddScaled(y, product.Alpha * x[k], new ReadOnlySpan<T>(product.A.At(0, k), y.Length), y);
    }
}
