using System.Numerics;
using System.Runtime.InteropServices;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>Small loops over entries, several at once; all spans of one length, that of the target.</summary>
internal static class Spans
{
    /// <summary>y ← y + x.</summary>
    public static void Add<T>(Span<T> y, ReadOnlySpan<T> x) where T : unmanaged, INumber<T>
    {
        ref T to = ref MemoryMarshal.GetReference(y), from = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
            (Vector.LoadUnsafe(ref to, (nuint)i) + Vector.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < y.Length; i++) y[i] += x[i];
    }

    /// <summary>y ← y + scale · x.</summary>
    public static void AddScaled<T>(Span<T> y, T scale, ReadOnlySpan<T> x) where T : unmanaged, INumber<T> =>
        Vectors.AddScaled<T>(y, scale, x, y);

    /// <summary>y ← y + a b.</summary>
    public static void AddProduct<T>(Span<T> y, ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : unmanaged, INumber<T>
    {
        ref T to = ref MemoryMarshal.GetReference(y), first = ref MemoryMarshal.GetReference(a), second = ref MemoryMarshal.GetReference(b);
        int i = 0;
        for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
            (Vector.LoadUnsafe(ref to, (nuint)i) + Vector.LoadUnsafe(ref first, (nuint)i) * Vector.LoadUnsafe(ref second, (nuint)i))
                .StoreUnsafe(ref to, (nuint)i);
        for (; i < y.Length; i++) y[i] += a[i] * b[i];
    }

    /// <summary>y ← a b.</summary>
    public static void Multiply<T>(Span<T> y, ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : unmanaged, INumber<T>
    {
        ref T to = ref MemoryMarshal.GetReference(y), first = ref MemoryMarshal.GetReference(a), second = ref MemoryMarshal.GetReference(b);
        int i = 0;
        for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
            (Vector.LoadUnsafe(ref first, (nuint)i) * Vector.LoadUnsafe(ref second, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < y.Length; i++) y[i] = a[i] * b[i];
    }

    /// <summary>y ← a x + b z; y may be x or z.</summary>
    public static void Combine<T>(Span<T> y, T a, ReadOnlySpan<T> x, T b, ReadOnlySpan<T> z) where T : unmanaged, INumber<T>
    {
        ref T to = ref MemoryMarshal.GetReference(y), first = ref MemoryMarshal.GetReference(x), second = ref MemoryMarshal.GetReference(z);
        Vector<T> va = new(a), vb = new(b);
        int i = 0;
        for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
            (va * Vector.LoadUnsafe(ref first, (nuint)i) + vb * Vector.LoadUnsafe(ref second, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < y.Length; i++) y[i] = a * x[i] + b * z[i];
    }

    /// <summary>y ← scale · y.</summary>
    public static void Scale<T>(Span<T> y, T scale) where T : unmanaged, INumber<T>
    {
        ref T to = ref MemoryMarshal.GetReference(y);
        Vector<T> scales = new(scale);
        int i = 0;
        for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
            (scales * Vector.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < y.Length; i++) y[i] *= scale;
    }

    /// <summary>Σ x.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x) where T : unmanaged, INumber<T>
    {
        var sums = Vector<T>.Zero;
        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count) sums += new Vector<T>(x[i..]);
        T sum = Vector.Sum(sums);
        for (; i < x.Length; i++) sum += x[i];
        return sum;
    }

    /// <summary>Adds to each column's sum the entries of a matrix.</summary>
    public static void AddColumnSums<T>(Span<T> sums, ReadOnlySpan<T> matrix) where T : unmanaged, INumber<T>
    {
        for (int at = 0; at < matrix.Length; at += sums.Length) Add(sums, matrix.Slice(at, sums.Length));
    }
}
