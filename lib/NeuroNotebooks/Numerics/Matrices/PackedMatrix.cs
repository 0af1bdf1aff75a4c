using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuroNotebooks.Numerics;

/// <summary>
/// The right factor of many products, laid out once in the order in which it is read: for weights that stay while a network runs through
/// time. Runs on the caller's thread, so that several may multiply by one matrix, each its own rows.
/// </summary>
/// <remarks>
/// An entry of the product is summed over the depth in one order whatever the number of rows. Not safe for packing on one thread while
/// another multiplies.
/// </remarks>
internal sealed unsafe class PackedMatrix<T> where T : unmanaged, System.Numerics.INumber<T>
{
    private T[] panels = [];

    private static int TileColumns => 2 * (Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16) / sizeof(T);

    /// <summary>Rows k of the factor.</summary>
    public int Rows { get; private set; }

    /// <summary>Columns n of the factor.</summary>
    public int Columns { get; private set; }

    /// <summary>Takes a copy of a matrix, k × n; memory is kept from one packing to the next.</summary>
    public void Pack(MatrixView<T> matrix)
    {
        (Rows, Columns) = (matrix.Rows, matrix.Columns);
        int tile = TileColumns, length = (Columns + tile - 1) / tile * tile * Rows;
        if (panels.Length < length) panels = new T[length];
        if (Columns % tile != 0) panels.AsSpan(Columns / tile * tile * Rows, tile * Rows).Clear();

        ReadOnlySpan<T> values = matrix.Values;
        for (int j = 0; j < Columns; j++)
        {
            Span<T> panel = panels.AsSpan(j / tile * tile * Rows + j % tile);
            if (matrix.IsTransposed)
                for (int k = 0; k < Rows; k++) panel[k * tile] = values[j * Rows + k];
            else
                for (int k = 0; k < Rows; k++) panel[k * tile] = values[k * Columns + j];
        }
    }

    /// <summary>C ← α A B + β C.</summary>
    /// <param name="a">m × k, row after row.</param>
    /// <param name="rows">m.</param>
    /// <param name="c">m × n, row after row, apart from <paramref name="a"/> in memory; not read if β is zero.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    public void Multiply(ReadOnlySpan<T> a, int rows, Span<T> c, T alpha, T beta) => Multiply(a, Rows, rows, c, Columns, alpha, beta);

    /// <summary>C ← α A B + β C for columns of larger matrices.</summary>
    /// <param name="a">Starts at the first entry of A.</param>
    /// <param name="aStride">From one row of A to the next.</param>
    /// <param name="rows">m.</param>
    /// <param name="c">Starts at the first entry of C.</param>
    /// <param name="cStride">From one row of C to the next.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    public void Multiply(ReadOnlySpan<T> a, int aStride, int rows, Span<T> c, int cStride, T alpha, T beta)
    {
        if (rows == 0) return;
        if (a.Length < (rows - 1L) * aStride + Rows || c.Length < (rows - 1L) * cStride + Columns)
            throw new ArgumentException($"{rows} rows by {Rows} × {Columns} do not fit into {a.Length} and {c.Length} entries.");
        fixed (T* left = a, right = panels, target = c)
        {
            if (typeof(T) == typeof(float))
                Single(new((float*)left, aStride, (float*)right, (float*)target, cStride, rows, Rows, Columns), (float)(object)alpha, (float)(object)beta);
            else
                Double(new((double*)left, aStride, (double*)right, (double*)target, cStride, rows, Rows, Columns), (double)(object)alpha, (double)(object)beta);
        }
    }

    private static void Single(in PackedProduct<float> product, float alpha, float beta)
    {
        if (Vector512.IsHardwareAccelerated) PackedKernel<Floats512, Vector512<float>, float>.Multiply(product, alpha, beta);
        else if (Vector256.IsHardwareAccelerated) PackedKernel<Floats256, Vector256<float>, float>.Multiply(product, alpha, beta);
        else PackedKernel<Floats128, Vector128<float>, float>.Multiply(product, alpha, beta);
    }

    private static void Double(in PackedProduct<double> product, double alpha, double beta)
    {
        if (Vector512.IsHardwareAccelerated) PackedKernel<Doubles512, Vector512<double>, double>.Multiply(product, alpha, beta);
        else if (Vector256.IsHardwareAccelerated) PackedKernel<Doubles256, Vector256<double>, double>.Multiply(product, alpha, beta);
        else PackedKernel<Doubles128, Vector128<double>, double>.Multiply(product, alpha, beta);
    }
}

/// <summary>What the kernel is asked to compute: C, Rows × Columns, from A, Rows × Depth, and a packed matrix.</summary>
internal readonly unsafe struct PackedProduct<T>(T* a, nint aStride, T* b, T* c, nint cStride, int rows, int depth, int columns) where T : unmanaged
{
    public readonly T* A = a, B = b, C = c;
    public readonly nint AStride = aStride, CStride = cStride;
    public readonly int Rows = rows, Depth = depth, Columns = columns;
}

/// <summary>Multiplies rows as they lie by panels of a packed matrix: six rows by two registers of columns at a time.</summary>
internal static unsafe class PackedKernel<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, System.Numerics.INumber<T>
{
    private const int TileRows = 6, BlockDepth = 256;

    public static void Multiply(in PackedProduct<T> product, T alpha, T beta)
    {
        int tile = 2 * TSimd.Width, depth = product.Depth, columns = product.Columns;
        nint aStride = product.AStride, cStride = product.CStride;
        T* edge = stackalloc T[TileRows * tile];
        for (int k = 0; k < depth; k += BlockDepth)
        {
            int length = Math.Min(BlockDepth, depth - k);
            T keep = k == 0 ? beta : T.One;
            for (int j = 0; j < columns; j += tile)
            {
                T* panel = product.B + (nint)j * depth + (nint)k * tile;
                int width = Math.Min(tile, columns - j);
                for (int i = 0; i < product.Rows; i += TileRows)
                {
                    int height = Math.Min(TileRows, product.Rows - i);
                    T* left = product.A + i * aStride + k, target = product.C + i * cStride + j;
                    if (width == tile) Tile(height, length, left, aStride, panel, alpha, keep, target, cStride);
                    else
                    {
                        if (width <= TSimd.Width) HalfTile(height, length, left, aStride, panel, alpha, edge, tile);
                        else Tile(height, length, left, aStride, panel, alpha, T.Zero, edge, tile);
                        AddEdge(edge, tile, keep, target, cStride, height, width);
                    }
                }
            }
        }
    }

    private static void AddEdge(T* edge, int tile, T beta, T* c, nint stride, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                c[i * stride + j] = T.IsZero(beta) ? edge[i * tile + j] : edge[i * tile + j] + beta * c[i * stride + j];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(int height, nint depth, T* a, nint stride, T* b, T alpha, T beta, T* c, nint cStride)
    {
        if (height < TileRows)
        {
            for (; height >= 2; height -= 2, a += 2 * stride, c += 2 * cStride) TwoRows(depth, a, stride, b, alpha, beta, c, cStride);
            if (height == 1) OneRow(depth, a, b, alpha, beta, c);
            return;
        }
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        nint third = 3 * stride, fifth = 5 * stride;
        for (; depth > 0; depth--, a++, b += 2 * TSimd.Width)
        {
            TVector b0 = TSimd.Load(b), b1 = TSimd.Load(b + TSimd.Width);
            TVector x = TSimd.Fill(a[0]);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            c01 = TSimd.MultiplyAdd(x, b1, c01);
            x = TSimd.Fill(a[stride]);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            c11 = TSimd.MultiplyAdd(x, b1, c11);
            x = TSimd.Fill(a[2 * stride]);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            c21 = TSimd.MultiplyAdd(x, b1, c21);
            x = TSimd.Fill(a[third]);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            c31 = TSimd.MultiplyAdd(x, b1, c31);
            x = TSimd.Fill(a[4 * stride]);
            c40 = TSimd.MultiplyAdd(x, b0, c40);
            c41 = TSimd.MultiplyAdd(x, b1, c41);
            x = TSimd.Fill(a[fifth]);
            c50 = TSimd.MultiplyAdd(x, b0, c50);
            c51 = TSimd.MultiplyAdd(x, b1, c51);
        }
        ManagedKernel<TSimd, TVector, T>.Write(c00, c01, alpha, beta, c);
        ManagedKernel<TSimd, TVector, T>.Write(c10, c11, alpha, beta, c + cStride);
        ManagedKernel<TSimd, TVector, T>.Write(c20, c21, alpha, beta, c + 2 * cStride);
        ManagedKernel<TSimd, TVector, T>.Write(c30, c31, alpha, beta, c + 3 * cStride);
        ManagedKernel<TSimd, TVector, T>.Write(c40, c41, alpha, beta, c + 4 * cStride);
        ManagedKernel<TSimd, TVector, T>.Write(c50, c51, alpha, beta, c + 5 * cStride);
    }

    // two rows with two chains each, because one chain an entry waits for itself
    private static void TwoRows(nint depth, T* a, nint stride, T* b, T alpha, T beta, T* c, nint cStride)
    {
        TVector c00 = default, c01 = default, c10 = default, c11 = default;
        for (; depth > 0; depth--, a++, b += 2 * TSimd.Width)
        {
            TVector b0 = TSimd.Load(b), b1 = TSimd.Load(b + TSimd.Width);
            TVector x = TSimd.Fill(a[0]), y = TSimd.Fill(a[stride]);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            c01 = TSimd.MultiplyAdd(x, b1, c01);
            c10 = TSimd.MultiplyAdd(y, b0, c10);
            c11 = TSimd.MultiplyAdd(y, b1, c11);
        }
        ManagedKernel<TSimd, TVector, T>.Write(c00, c01, alpha, beta, c);
        ManagedKernel<TSimd, TVector, T>.Write(c10, c11, alpha, beta, c + cStride);
    }

    private static void OneRow(nint depth, T* a, T* b, T alpha, T beta, T* c)
    {
        TVector c0 = default, c1 = default;
        for (; depth > 0; depth--, a++, b += 2 * TSimd.Width)
        {
            TVector x = TSimd.Fill(a[0]);
            c0 = TSimd.MultiplyAdd(x, TSimd.Load(b), c0);
            c1 = TSimd.MultiplyAdd(x, TSimd.Load(b + TSimd.Width), c1);
        }
        ManagedKernel<TSimd, TVector, T>.Write(c0, c1, alpha, beta, c);
    }

    /// <summary>A last panel of which only the first register counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfTile(int height, nint depth, T* a, nint stride, T* b, T alpha, T* c, nint cStride)
    {
        if (height < TileRows)
        {
            Tile(height, depth, a, stride, b, alpha, T.Zero, c, cStride);
            return;
        }
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        for (; depth > 0; depth--, a++, b += 2 * TSimd.Width)
        {
            TVector b0 = TSimd.Load(b);
            c0 = TSimd.MultiplyAdd(TSimd.Fill(a[0]), b0, c0);
            c1 = TSimd.MultiplyAdd(TSimd.Fill(a[stride]), b0, c1);
            c2 = TSimd.MultiplyAdd(TSimd.Fill(a[2 * stride]), b0, c2);
            c3 = TSimd.MultiplyAdd(TSimd.Fill(a[3 * stride]), b0, c3);
            c4 = TSimd.MultiplyAdd(TSimd.Fill(a[4 * stride]), b0, c4);
            c5 = TSimd.MultiplyAdd(TSimd.Fill(a[5 * stride]), b0, c5);
        }
        TSimd.Store(TSimd.Multiply(TSimd.Fill(alpha), c0), c);
        TSimd.Store(TSimd.Multiply(TSimd.Fill(alpha), c1), c + cStride);
        TSimd.Store(TSimd.Multiply(TSimd.Fill(alpha), c2), c + 2 * cStride);
        TSimd.Store(TSimd.Multiply(TSimd.Fill(alpha), c3), c + 3 * cStride);
        TSimd.Store(TSimd.Multiply(TSimd.Fill(alpha), c4), c + 4 * cStride);
        TSimd.Store(TSimd.Multiply(TSimd.Fill(alpha), c5), c + 5 * cStride);
    }
}
