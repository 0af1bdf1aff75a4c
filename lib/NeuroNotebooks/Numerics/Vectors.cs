using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuroNotebooks.Numerics;

/// <summary>Small operations on vectors; a number comes out the same in a register as alone.</summary>
internal static class Vectors
{
    /// <summary>Whether every number is finite.</summary>
    public static bool AllFinite(ReadOnlySpan<double> x)
    {
        // 0 · x is zero for a finite x and not a number otherwise
        var sums = Vector<double>.Zero;
        int i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count) sums += Vector<double>.Zero * new Vector<double>(x[i..]);
        double sum = Vector.Sum(sums);
        for (; i < x.Length; i++) sum += 0.0 * x[i];
        return sum == 0.0;
    }

    /// <summary>result = x + scale · y, all of one length; <paramref name="result"/> may be <paramref name="x"/>.</summary>
    public static void AddScaled<T>(ReadOnlySpan<T> x, T scale, ReadOnlySpan<T> y, Span<T> result) where T : unmanaged, INumber<T>
    {
        int i = 0;
        var scales = new Vector<T>(scale);
        ref T fromX = ref MemoryMarshal.GetReference(x), fromY = ref MemoryMarshal.GetReference(y);
        ref T to = ref MemoryMarshal.GetReference(result);
        for (; i <= result.Length - Vector<T>.Count; i += Vector<T>.Count)
            (Vector.LoadUnsafe(ref fromX, (nuint)i) + scales * Vector.LoadUnsafe(ref fromY, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < result.Length; i++) result[i] = x[i] + scale * y[i];
    }

    /// <summary>result = scale · x, of one length.</summary>
    public static void Scale(ReadOnlySpan<double> x, double scale, Span<double> result)
    {
        int i = 0;
        for (; i <= result.Length - Vector<double>.Count; i += Vector<double>.Count) (scale * new Vector<double>(x[i..])).CopyTo(result[i..]);
        for (; i < result.Length; i++) result[i] = scale * x[i];
    }

    /// <summary>result = scale · x · y, entry by entry, all of one length.</summary>
    public static void MultiplyScaled(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double scale, Span<double> result)
    {
        int i = 0;
        for (; i <= result.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(x[i..]) * new Vector<double>(y[i..]) * scale).CopyTo(result[i..]);
        for (; i < result.Length; i++) result[i] = x[i] * y[i] * scale;
    }

    /// <summary>Σ a b, of one length.</summary>
    public static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : unmanaged, INumber<T>
    {
        int width = Vector<T>.Count, i = 0;
        Vector<T> s0 = default, s1 = default, s2 = default, s3 = default;
        ref T fromA = ref MemoryMarshal.GetReference(a), fromB = ref MemoryMarshal.GetReference(b);
        for (; i <= a.Length - 4 * width; i += 4 * width)
        {
            s0 += Vector.LoadUnsafe(ref fromA, (nuint)i) * Vector.LoadUnsafe(ref fromB, (nuint)i);
            s1 += Vector.LoadUnsafe(ref fromA, (nuint)(i + width)) * Vector.LoadUnsafe(ref fromB, (nuint)(i + width));
            s2 += Vector.LoadUnsafe(ref fromA, (nuint)(i + 2 * width)) * Vector.LoadUnsafe(ref fromB, (nuint)(i + 2 * width));
            s3 += Vector.LoadUnsafe(ref fromA, (nuint)(i + 3 * width)) * Vector.LoadUnsafe(ref fromB, (nuint)(i + 3 * width));
        }
        for (; i <= a.Length - width; i += width) s0 += Vector.LoadUnsafe(ref fromA, (nuint)i) * Vector.LoadUnsafe(ref fromB, (nuint)i);

        T sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
