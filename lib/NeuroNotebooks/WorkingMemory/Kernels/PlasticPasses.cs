using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Single passes over a plastic matrix: it is changed by a masked rank-one term and multiplied while it lies in registers.</summary>
/// <remarks>
/// A symmetric matrix is stored as its diagonal and its strict lower triangle. The triangle lies in groups of four rows, each cut into
/// registers of columns, up to the diagonal: for each group, for each register of columns, four rows. Entries on or above the diagonal
/// that fill a register up are zero in K, and stay without effect.
/// </remarks>
internal static unsafe class PlasticPasses<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Rows = 4;

    private static int Width => Vector256<T>.Count;

    /// <summary>Length of a vector of units, filled up with zeros to whole registers and groups.</summary>
    public static int Padded(int units) => LaneProduct<T>.RoundUp(units, 8);

    public static int TriangleLength(int units) => IndexOf(LaneProduct<T>.RoundUp(units, Rows), 0);

    /// <summary>Where the triangle keeps the entry (row, column), column below row.</summary>
    public static int IndexOf(int row, int column)
    {
        int start = 0;
        for (int group = 0; group < row / Rows; group++) start += Rows * Registers(group) * Width;
        return start + column / Width * (Rows * Width) + row % Rows * Width + column % Width;
    }

    private static int Registers(int group) => (Rows * group + Rows - 1 + Width - 1) / Width;

    /// <summary>W ← W + K ∘ (s pᵀ), then y ← y + W x; off the diagonal, s pᵀ symmetric.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(int units, T* k, T* w, T* s, T* p, T* x, T* y)
    {
        for (int row = 0; row < units; row += Rows)
        {
            Vector256<T> s0 = Vector256.Create(s[row]), s1 = Vector256.Create(s[row + 1]);
            Vector256<T> s2 = Vector256.Create(s[row + 2]), s3 = Vector256.Create(s[row + 3]);
            Vector256<T> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            int end = Registers(row / Rows) * Width;
            for (int j = 0; j < end; j += Width, k += Rows * Width, w += Rows * Width)
            {
                Vector256<T> from = Vector256.Load(p + j), at = Vector256.Load(x + j), down = Vector256.Load(y + j);
                Vector256<T> entry = Lanes<T>.MultiplyAdd(s0, Vector256.Load(k) * from, Vector256.Load(w));
                entry.Store(w);
                sum0 = Lanes<T>.MultiplyAdd(entry, at, sum0);
                Vector256<T> other = entry * Vector256.Create(x[row]);
                entry = Lanes<T>.MultiplyAdd(s1, Vector256.Load(k + Width) * from, Vector256.Load(w + Width));
                entry.Store(w + Width);
                sum1 = Lanes<T>.MultiplyAdd(entry, at, sum1);
                down = Lanes<T>.MultiplyAdd(entry, Vector256.Create(x[row + 1]), down);
                entry = Lanes<T>.MultiplyAdd(s2, Vector256.Load(k + 2 * Width) * from, Vector256.Load(w + 2 * Width));
                entry.Store(w + 2 * Width);
                sum2 = Lanes<T>.MultiplyAdd(entry, at, sum2);
                other = Lanes<T>.MultiplyAdd(entry, Vector256.Create(x[row + 2]), other);
                entry = Lanes<T>.MultiplyAdd(s3, Vector256.Load(k + 3 * Width) * from, Vector256.Load(w + 3 * Width));
                entry.Store(w + 3 * Width);
                sum3 = Lanes<T>.MultiplyAdd(entry, at, sum3);
                down = Lanes<T>.MultiplyAdd(entry, Vector256.Create(x[row + 3]), down);
                (down + other).Store(y + j);
            }
            AddSums(y + row, sum0, sum1, sum2, sum3);
        }
    }

    /// <summary>The same for a matrix without symmetry: units × padded, row after row in groups as above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardFull(int units, int padded, T* k, T* w, T* s, T* p, T* x, T* y)
    {
        for (int row = 0; row < units; row += Rows)
        {
            Vector256<T> s0 = Vector256.Create(s[row]), s1 = Vector256.Create(s[row + 1]);
            Vector256<T> s2 = Vector256.Create(s[row + 2]), s3 = Vector256.Create(s[row + 3]);
            Vector256<T> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (int j = 0; j < padded; j += Width, k += Rows * Width, w += Rows * Width)
            {
                Vector256<T> from = Vector256.Load(p + j), at = Vector256.Load(x + j);
                Vector256<T> entry = Lanes<T>.MultiplyAdd(s0, Vector256.Load(k) * from, Vector256.Load(w));
                entry.Store(w);
                sum0 = Lanes<T>.MultiplyAdd(entry, at, sum0);
                entry = Lanes<T>.MultiplyAdd(s1, Vector256.Load(k + Width) * from, Vector256.Load(w + Width));
                entry.Store(w + Width);
                sum1 = Lanes<T>.MultiplyAdd(entry, at, sum1);
                entry = Lanes<T>.MultiplyAdd(s2, Vector256.Load(k + 2 * Width) * from, Vector256.Load(w + 2 * Width));
                entry.Store(w + 2 * Width);
                sum2 = Lanes<T>.MultiplyAdd(entry, at, sum2);
                entry = Lanes<T>.MultiplyAdd(s3, Vector256.Load(k + 3 * Width) * from, Vector256.Load(w + 3 * Width));
                entry.Store(w + 3 * Width);
                sum3 = Lanes<T>.MultiplyAdd(entry, at, sum3);
            }
            AddSums(y + row, sum0, sum1, sum2, sum3);
        }
    }

    /// <summary>Where <see cref="ForwardFull"/> keeps the entry (row, column).</summary>
    public static int FullIndexOf(int row, int column, int padded) =>
        row / Rows * Rows * padded + column / Width * (Rows * Width) + row % Rows * Width + column % Width;

    /// <summary>One step back: W as it was, y ← y + W gz + (G ∘ K) p, then the gradient of K and the adjoint G of W moved on.</summary>
    /// <param name="units">Units.</param>
    /// <param name="k">K, triangle.</param>
    /// <param name="w">W, triangle: W ← W + K ∘ (back pᵀ).</param>
    /// <param name="g">G, triangle: after its use G ← G + turned pᵀ + half gzᵀ.</param>
    /// <param name="dk">Gradient of K, triangle: ← + G ∘ (half pᵀ), with G before it moves.</param>
    /// <param name="v">The vectors of the step.</param>
    /// <param name="y">Sum, one per unit.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(int units, T* k, T* w, T* g, T* dk, in BackwardVectors<T> v, T* y)
    {
        T* p = v.P, gz = v.Gz, half = v.Half, back = v.Back, turned = v.Turned;
        for (int row = 0; row < units; row += Rows)
        {
            Vector256<T> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            int end = Registers(row / Rows) * Width;
            for (int j = 0; j < end; j += Width, k += Rows * Width, w += Rows * Width, g += Rows * Width, dk += Rows * Width)
            {
                Vector256<T> pj = Vector256.Load(p + j), gj = Vector256.Load(gz + j), down = Vector256.Load(y + j), other = default;
                sum0 = BackwardRow(0, row, k, w, g, dk, p, gz, half, back, turned, pj, gj, sum0, ref down);
                sum1 = BackwardRow(1, row, k, w, g, dk, p, gz, half, back, turned, pj, gj, sum1, ref other);
                sum2 = BackwardRow(2, row, k, w, g, dk, p, gz, half, back, turned, pj, gj, sum2, ref down);
                sum3 = BackwardRow(3, row, k, w, g, dk, p, gz, half, back, turned, pj, gj, sum3, ref other);
                (down + other).Store(y + j);
            }
            AddSums(y + row, sum0, sum1, sum2, sum3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> BackwardRow(
        int r, int row, T* k, T* w, T* g, T* dk, T* p, T* gz, T* half, T* back, T* turned,
        Vector256<T> pj, Vector256<T> gj, Vector256<T> sum, ref Vector256<T> down)
    {
        Vector256<T> plasticity = Vector256.Load(k + r * Width), adjoint = Vector256.Load(g + r * Width);
        Vector256<T> change = plasticity * pj, halfI = Vector256.Create(half[row + r]);
        Vector256<T> weight = Lanes<T>.MultiplyAdd(Vector256.Create(back[row + r]), change, Vector256.Load(w + r * Width));
        weight.Store(w + r * Width);
        sum = Lanes<T>.MultiplyAdd(weight, gj, sum);
        sum = Lanes<T>.MultiplyAdd(adjoint, change, sum);
        down = Lanes<T>.MultiplyAdd(weight, Vector256.Create(gz[row + r]), down);
        down = Lanes<T>.MultiplyAdd(adjoint * plasticity, Vector256.Create(p[row + r]), down);
        Lanes<T>.MultiplyAdd(adjoint * halfI, pj, Vector256.Load(dk + r * Width)).Store(dk + r * Width);
        adjoint = Lanes<T>.MultiplyAdd(Vector256.Create(turned[row + r]), pj, adjoint);
        Lanes<T>.MultiplyAdd(halfI, gj, adjoint).Store(g + r * Width);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSums(T* y, Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d)
    {
        y[0] += Vector256.Sum(a);
        y[1] += Vector256.Sum(b);
        y[2] += Vector256.Sum(c);
        y[3] += Vector256.Sum(d);
    }
}

/// <summary>The vectors of a step back, each padded.</summary>
internal unsafe struct BackwardVectors<T> where T : unmanaged
{
    /// <summary>−2 α d^−(t+1) x_t.</summary>
    public T* P;

    /// <summary>d^t times the adjoint of the drive.</summary>
    public T* Gz;

    /// <summary>x_t / 2.</summary>
    public T* Half;

    /// <summary>−x_t / 2, or zero where W was not changed yet.</summary>
    public T* Back;

    /// <summary>Gz divided by −4 α d^−(t+1).</summary>
    public T* Turned;
}
