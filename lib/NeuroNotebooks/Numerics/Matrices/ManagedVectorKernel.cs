using System.Numerics;

namespace NeuroNotebooks.Numerics;

/// <summary>One thread's product of a matrix and a vector, y ← α A x + β y: bound by memory, so it reads A once in the order it lies.</summary>
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
                T sum = product.Alpha * Dot(new ReadOnlySpan<T>(product.A.At(i, 0), x.Length), x);
                y[i] = T.IsZero(product.Beta) ? sum : sum + product.Beta * y[i];
            }
    }

    private static void SumColumns(in MatrixProduct<T> product, ReadOnlySpan<T> x, Span<T> y)
    {
        if (T.IsZero(product.Beta)) y.Clear();
        else
            for (int i = 0; i < y.Length; i++) y[i] *= product.Beta;

        for (int k = 0; k < x.Length; k++) AddScaled(y, product.Alpha * x[k], new ReadOnlySpan<T>(product.A.At(0, k), y.Length));
    }

    private static T Dot(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        int width = Vector<T>.Count, i = 0;
        Vector<T> s0 = default, s1 = default, s2 = default, s3 = default;
        for (; i <= a.Length - 4 * width; i += 4 * width)
        {
            s0 += new Vector<T>(a[i..]) * new Vector<T>(b[i..]);
            s1 += new Vector<T>(a[(i + width)..]) * new Vector<T>(b[(i + width)..]);
            s2 += new Vector<T>(a[(i + 2 * width)..]) * new Vector<T>(b[(i + 2 * width)..]);
            s3 += new Vector<T>(a[(i + 3 * width)..]) * new Vector<T>(b[(i + 3 * width)..]);
        }
        for (; i <= a.Length - width; i += width) s0 += new Vector<T>(a[i..]) * new Vector<T>(b[i..]);

        T sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void AddScaled(Span<T> y, T scale, ReadOnlySpan<T> x)
    {
        int i = 0;
        var scales = new Vector<T>(scale);
        for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
            (new Vector<T>(y[i..]) + scales * new Vector<T>(x[i..])).CopyTo(y[i..]);
        for (; i < y.Length; i++) y[i] += scale * x[i];
    }
}
