using System.Runtime.InteropServices;

namespace NeuroNotebooks.Numerics;

/// <summary>A matrix looked at in memory that somebody else owns: read-only, row after row, turned over at no cost.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <remarks>
/// A <c>double[,]</c> converts by itself. A column after column matrix of r × c is <c>new MatrixView(values, c, r).Transposed</c>.
/// </remarks>
public readonly ref struct MatrixView<T> where T : unmanaged
{
    /// <summary>Views numbers stored row after row.</summary>
    /// <param name="values">rows · columns numbers.</param>
    /// <param name="rows">Number of rows, zero or above.</param>
    /// <param name="columns">Number of columns, zero or above.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than rows · columns.</exception>
    public MatrixView(ReadOnlySpan<T> values, int rows, int columns)
    {
        Require.NotNegative(rows);
        Require.NotNegative(columns);
        if (values.Length != (long)rows * columns)
            throw new ArgumentException(
                $"values has {values.Length} entries: expected {(long)rows * columns}, for {rows} × {columns}.", nameof(values));
        Values = values;
        (Rows, Columns) = (rows, columns);
    }

    /// <summary>Views a rectangular array.</summary>
    public MatrixView(T[,] matrix)
    {
        Require.NotNull(matrix);
        Values = matrix.AsSpan();
        (Rows, Columns) = (matrix.GetLength(0), matrix.GetLength(1));
    }

    private MatrixView(ReadOnlySpan<T> values, int rows, int columns, bool isTransposed)
    {
        Values = values;
        (Rows, Columns, IsTransposed) = (rows, columns, isTransposed);
    }

    /// <summary>The numbers as they lie in memory: row after row, or column after column if <see cref="IsTransposed"/>.</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Whether the numbers lie column after column.</summary>
    public bool IsTransposed { get; }

    /// <summary>The same numbers with rows and columns exchanged.</summary>
    public MatrixView<T> Transposed => new(Values, Columns, Rows, !IsTransposed);

    /// <summary>One entry.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row or the column does not exist.</exception>
    public T this[int row, int column]
    {
        get
        {
            Require.InRange(row, 0, Rows - 1);
            Require.InRange(column, 0, Columns - 1);
            return IsTransposed ? Values[column * Rows + row] : Values[row * Columns + column];
        }
    }

    /// <summary>Views a rectangular array.</summary>
    public static implicit operator MatrixView<T>(T[,] matrix) => new(matrix);
}

internal static class RectangularArrays
{
    /// <summary>All entries of a rectangular array, row after row.</summary>
    public static Span<T> AsSpan<T>(this T[,] matrix) =>
        matrix.Length == 0 ? [] : MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length);
}
