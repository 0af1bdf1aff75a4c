using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuroNotebooks.Numerics;

/// <summary>One thread's matrix product: blocks that fit the caches, packed in the order they are read, multiplied in registers.</summary>
/// <remarks>
/// Every entry of C is summed over the depth in one order, whatever the tile, the register width, the edge or the thread it falls to, so
/// that the result does not depend on any of them.
/// Source: Goto and van de Geijn, Anatomy of high-performance matrix multiplication, ACM TOMS 34:12 (2008).
/// </remarks>
internal static unsafe class ManagedKernel<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, INumber<T>
{
    /// <summary>Rows of a register tile; with two vectors of columns they fill 12 of 16 registers.</summary>
    public const int TileRows = 6;

    // A block: 120 × 256 doubles, half of a 512 KiB second-level cache; B panel: 256 × 512 doubles, in the third level.
    private const int BlockRows = 120, BlockDepth = 256, BlockColumns = 512;

    public static int TileColumns => 2 * TSimd.Width;

    public static void Multiply(in MatrixProduct<T> product)
    {
        int depth = Math.Min(product.Depth, BlockDepth);
        int rows = RoundUp(Math.Min(product.Rows, BlockRows), TileRows);
        int columns = RoundUp(Math.Min(product.Columns, BlockColumns), TileColumns);
        T[] packed = ArrayPool<T>.Shared.Rent(depth * (rows + columns));
        fixed (T* a = packed)
        {
            T* b = a + (nint)depth * rows;
            for (int column = 0; column < product.Columns; column += BlockColumns)
            {
                int width = Math.Min(BlockColumns, product.Columns - column);
                for (int k = 0; k < product.Depth; k += BlockDepth)
                {
                    int length = Math.Min(BlockDepth, product.Depth - k);
                    T beta = k == 0 ? product.Beta : T.One;
                    Pack(product.B.At(k, column), product.B.ColumnStride, product.B.RowStride, width, length, TileColumns, b);
                    for (int row = 0; row < product.Rows; row += BlockRows)
                    {
                        int height = Math.Min(BlockRows, product.Rows - row);
                        Pack(product.A.At(row, k), product.A.RowStride, product.A.ColumnStride, height, length, TileRows, a);
                        T* c = product.C + row * product.CStride + column;
                        MultiplyBlock(a, b, height, width, length, product.Alpha, beta, c, product.CStride);
                    }
                }
            }
        }
        ArrayPool<T>.Shared.Return(packed);
    }

    /// <summary>
    /// Lays lines (rows of A, columns of B) side by side in panels of <paramref name="tile"/>, and fills the last panel with zeros.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(T* source, nint lineStride, nint depthStride, int lines, int depth, int tile, T* target)
    {
        for (int line = 0; line < lines; line += tile, target += tile * depth)
        {
            int filled = Math.Min(tile, lines - line);
            if (filled < tile) new Span<T>(target, tile * depth).Clear();

            T* from = source + line * lineStride;
            if (lineStride == 1 && filled == tile && tile == TileColumns)
            {
                for (int k = 0; k < depth; k++)
                {
                    T* at = from + k * depthStride;
                    TSimd.Store(TSimd.Load(at), target + k * tile);
                    TSimd.Store(TSimd.Load(at + TSimd.Width), target + k * tile + TSimd.Width);
                }
            }
            else if (lineStride == 1)
            {
                for (int k = 0; k < depth; k++)
                    for (int i = 0; i < filled; i++) target[k * tile + i] = from[k * depthStride + i];
            }
            else
            {
                for (int i = 0; i < filled; i++)
                    for (int k = 0; k < depth; k++) target[k * tile + i] = from[i * lineStride + k * depthStride];
            }
        }
    }

    private static void MultiplyBlock(T* a, T* b, int rows, int columns, int depth, T alpha, T beta, T* c, nint stride)
    {
        T* edge = stackalloc T[TileRows * TileColumns];
        for (int j = 0; j < columns; j += TileColumns)
        {
            for (int i = 0; i < rows; i += TileRows)
            {
                T* left = a + (nint)i * depth, right = b + (nint)j * depth, target = c + i * stride + j;
                if (i + TileRows <= rows && j + TileColumns <= columns)
                {
                    MultiplyTile(depth, left, right, alpha, beta, target, stride);
                    continue;
                }
                MultiplyTile(depth, left, right, alpha, T.Zero, edge, TileColumns);
                AddEdge(edge, beta, target, stride, Math.Min(TileRows, rows - i), Math.Min(TileColumns, columns - j));
            }
        }
    }

    private static void AddEdge(T* edge, T beta, T* c, nint stride, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                T value = edge[i * TileColumns + j];
                c[i * stride + j] = T.IsZero(beta) ? value : value + beta * c[i * stride + j];
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile(nint depth, T* a, T* b, T alpha, T beta, T* c, nint stride)
    {
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;

        for (; depth > 0; depth--, a += TileRows, b += TileColumns)
        {
            TVector b0 = TSimd.Load(b), b1 = TSimd.Load(b + TSimd.Width);
            TVector x = TSimd.Fill(a[0]);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            c01 = TSimd.MultiplyAdd(x, b1, c01);
            x = TSimd.Fill(a[1]);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            c11 = TSimd.MultiplyAdd(x, b1, c11);
            x = TSimd.Fill(a[2]);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            c21 = TSimd.MultiplyAdd(x, b1, c21);
            x = TSimd.Fill(a[3]);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            c31 = TSimd.MultiplyAdd(x, b1, c31);
            x = TSimd.Fill(a[4]);
            c40 = TSimd.MultiplyAdd(x, b0, c40);
            c41 = TSimd.MultiplyAdd(x, b1, c41);
            x = TSimd.Fill(a[5]);
            c50 = TSimd.MultiplyAdd(x, b0, c50);
            c51 = TSimd.MultiplyAdd(x, b1, c51);
        }

        Write(c00, c01, alpha, beta, c);
        Write(c10, c11, alpha, beta, c + stride);
        Write(c20, c21, alpha, beta, c + 2 * stride);
        Write(c30, c31, alpha, beta, c + 3 * stride);
        Write(c40, c41, alpha, beta, c + 4 * stride);
        Write(c50, c51, alpha, beta, c + 5 * stride);
    }

    /// <summary>c ← alpha · (first, second) + beta · c, two registers wide; c is not read if beta is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Write(TVector first, TVector second, T alpha, T beta, T* c)
    {
        first = TSimd.Multiply(TSimd.Fill(alpha), first);
        second = TSimd.Multiply(TSimd.Fill(alpha), second);
        if (!T.IsZero(beta))
        {
            first = TSimd.Add(first, TSimd.Multiply(TSimd.Fill(beta), TSimd.Load(c)));
            second = TSimd.Add(second, TSimd.Multiply(TSimd.Fill(beta), TSimd.Load(c + TSimd.Width)));
        }
        TSimd.Store(first, c);
        TSimd.Store(second, c + TSimd.Width);
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
