using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Matrix products with a block of trials, whose lanes lie side by side in registers.</summary>
/// <remarks>
/// A state is rows × lanes. Matrices are packed in panels of six columns, in the order in which they are read; a panel's twelve sums stay in
/// registers over the whole depth. An entry is summed in one order, whatever stands beside it.
/// </remarks>
internal static unsafe class LaneProduct<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Columns of a panel.</summary>
    public const int Panel = 6;

    /// <summary>Rows and columns of a tile of a gradient.</summary>
    public const int GradientRows = 3, GradientColumns = 4;

    /// <summary>Rows that a product writes: the columns of its matrix, filled up to whole panels.</summary>
    public static int PaddedColumns(int columns) => RoundUp(columns, Panel);

    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>Packs the entries of a depth × columns matrix.</summary>
    public static void Pack(int depth, int columns, T* panels, Func<int, int, T> entry)
    {
        for (int first = 0; first < columns; first += Panel)
            for (int k = 0; k < depth; k++)
                for (int j = first; j < first + Panel; j++)
                    *panels++ = j < columns ? entry(k, j) : T.Zero;
    }

    /// <summary>z ← Mᵀ x, or z ← z + Mᵀ x.</summary>
    /// <param name="panels">M, depth × columns, packed.</param>
    /// <param name="depth">Rows of M and of x.</param>
    /// <param name="columns">Columns of M.</param>
    /// <param name="x">Depth × lanes.</param>
    /// <param name="z">Columns, filled up to whole panels, × lanes.</param>
    /// <param name="add">Whether z is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(T* panels, int depth, int columns, T* x, T* z, bool add)
    {
        int width = Vector256<T>.Count, lanes = 2 * width;
        for (int first = 0; first < columns; first += Panel, z += Panel * lanes)
        {
            Vector256<T> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
            Vector256<T> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
            if (add)
            {
                (c00, c01, c10, c11) = (At(z, 0), At(z, 1), At(z, 2), At(z, 3));
                (c20, c21, c30, c31) = (At(z, 4), At(z, 5), At(z, 6), At(z, 7));
                (c40, c41, c50, c51) = (At(z, 8), At(z, 9), At(z, 10), At(z, 11));
            }
            T* from = x;
            for (int k = depth; k > 0; k--, from += lanes, panels += Panel)
            {
                Vector256<T> b0 = Vector256.Load(from), b1 = Vector256.Load(from + width);
                Vector256<T> m = Vector256.Create(panels[0]);
                c00 = Lanes<T>.MultiplyAdd(m, b0, c00);
                c01 = Lanes<T>.MultiplyAdd(m, b1, c01);
                m = Vector256.Create(panels[1]);
                c10 = Lanes<T>.MultiplyAdd(m, b0, c10);
                c11 = Lanes<T>.MultiplyAdd(m, b1, c11);
                m = Vector256.Create(panels[2]);
                c20 = Lanes<T>.MultiplyAdd(m, b0, c20);
                c21 = Lanes<T>.MultiplyAdd(m, b1, c21);
                m = Vector256.Create(panels[3]);
                c30 = Lanes<T>.MultiplyAdd(m, b0, c30);
                c31 = Lanes<T>.MultiplyAdd(m, b1, c31);
                m = Vector256.Create(panels[4]);
                c40 = Lanes<T>.MultiplyAdd(m, b0, c40);
                c41 = Lanes<T>.MultiplyAdd(m, b1, c41);
                m = Vector256.Create(panels[5]);
                c50 = Lanes<T>.MultiplyAdd(m, b0, c50);
                c51 = Lanes<T>.MultiplyAdd(m, b1, c51);
            }
            Put(c00, c01, z, 0);
            Put(c10, c11, z, 1);
            Put(c20, c21, z, 2);
            Put(c30, c31, z, 3);
            Put(c40, c41, z, 4);
            Put(c50, c51, z, 5);
        }
    }

    /// <summary>M ← M + Σ over steps and lanes of a dᵀ.</summary>
    /// <param name="a">Steps of rows × lanes.</param>
    /// <param name="aStride">Numbers from one step's a to the next.</param>
    /// <param name="rows">Rows of M, a multiple of <see cref="GradientRows"/>.</param>
    /// <param name="d">Steps of columns × lanes.</param>
    /// <param name="dStride">Numbers from one step's d to the next.</param>
    /// <param name="columns">Columns of M, a multiple of <see cref="GradientColumns"/>.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="m">rows × columns, row after row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddOuter(T* a, nint aStride, int rows, T* d, nint dStride, int columns, int steps, T* m)
    {
        int lanes = Lanes<T>.Count;
        for (int i = 0; i < rows; i += GradientRows)
            for (int j = 0; j < columns; j += GradientColumns)
                Tile(a + i * lanes, aStride, d + j * lanes, dStride, steps, m + (nint)i * columns + j, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(T* a, nint aStride, T* d, nint dStride, int steps, T* m, int columns)
    {
        int width = Vector256<T>.Count, lanes = 2 * width;
        Vector256<T> c00 = default, c01 = default, c02 = default, c03 = default, c10 = default, c11 = default;
        Vector256<T> c12 = default, c13 = default, c20 = default, c21 = default, c22 = default, c23 = default;
        for (; steps > 0; steps--, a += aStride, d += dStride)
            for (int half = 0; half < lanes; half += width)
            {
                Vector256<T> a0 = Vector256.Load(a + half), a1 = Vector256.Load(a + half + lanes), a2 = Vector256.Load(a + half + 2 * lanes);
                Vector256<T> to = Vector256.Load(d + half);
                c00 = Lanes<T>.MultiplyAdd(a0, to, c00);
                c10 = Lanes<T>.MultiplyAdd(a1, to, c10);
                c20 = Lanes<T>.MultiplyAdd(a2, to, c20);
                to = Vector256.Load(d + half + lanes);
                c01 = Lanes<T>.MultiplyAdd(a0, to, c01);
                c11 = Lanes<T>.MultiplyAdd(a1, to, c11);
                c21 = Lanes<T>.MultiplyAdd(a2, to, c21);
                to = Vector256.Load(d + half + 2 * lanes);
                c02 = Lanes<T>.MultiplyAdd(a0, to, c02);
                c12 = Lanes<T>.MultiplyAdd(a1, to, c12);
                c22 = Lanes<T>.MultiplyAdd(a2, to, c22);
                to = Vector256.Load(d + half + 3 * lanes);
                c03 = Lanes<T>.MultiplyAdd(a0, to, c03);
                c13 = Lanes<T>.MultiplyAdd(a1, to, c13);
                c23 = Lanes<T>.MultiplyAdd(a2, to, c23);
            }
        AddSums(m, c00, c01, c02, c03);
        AddSums(m + columns, c10, c11, c12, c13);
        AddSums(m + 2 * columns, c20, c21, c22, c23);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSums(T* m, Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d)
    {
        m[0] += Vector256.Sum(a);
        m[1] += Vector256.Sum(b);
        m[2] += Vector256.Sum(c);
        m[3] += Vector256.Sum(d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> At(T* z, int index) => Vector256.Load(z + index * Vector256<T>.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector256<T> first, Vector256<T> second, T* z, int row)
    {
        first.Store(z + 2 * row * Vector256<T>.Count);
        second.Store(z + (2 * row + 1) * Vector256<T>.Count);
    }
}
