using System.Numerics;

namespace NeuroNotebooks.Numerics;

/// <summary>Checks a product at the edge, settles the cases without work, pins the memory and hands it to a back end.</summary>
internal static unsafe class MatrixOperation<T> where T : unmanaged, INumber<T>
{
    public delegate void Hand(IMatrixMultiplier multiplier, in MatrixProduct<T> product);

    public static void Run(IMatrixMultiplier multiplier, MatrixView<T> a, MatrixView<T> b, Span<T> c, T alpha, T beta, Hand hand)
    {
        Check(a, b, c);
        if (c.IsEmpty) return;
        if (a.Columns == 0 || T.IsZero(alpha))
        {
            Scale(c, beta);
            return;
        }

        fixed (T* pa = a.Values, pb = b.Values, pc = c)
        {
            StoredMatrix<T> left = Store(a, pa), right = Store(b, pb);
            // a single row is a single column of the transposed product, and the same memory
            hand(multiplier, a.Rows == 1 && b.Columns > 1
                ? new(b.Columns, 1, a.Columns, alpha, right.Transposed, left.Transposed, beta, (nint)pc, 1)
                : new(a.Rows, b.Columns, a.Columns, alpha, left, right, beta, (nint)pc, b.Columns));
        }
    }

    private static void Check(MatrixView<T> a, MatrixView<T> b, Span<T> c)
    {
        if (a.Columns != b.Rows)
            throw new ArgumentException(
                $"a is {a.Rows} × {a.Columns} and b is {b.Rows} × {b.Columns}: expected as many rows of b as columns of a.", nameof(b));
        if (c.Length != (long)a.Rows * b.Columns)
            throw new ArgumentException(
                $"c has {c.Length} entries: expected {(long)a.Rows * b.Columns}, for {a.Rows} × {b.Columns}.", nameof(c));
        if (c.Overlaps(a.Values) || c.Overlaps(b.Values))
            throw new ArgumentException(
                "c shares memory with a or b: expected a result of its own, because they are read while it is written.", nameof(c));
    }

    private static void Scale(Span<T> c, T beta)
    {
        if (T.IsZero(beta)) c.Clear();
        else
            foreach (ref T value in c) value *= beta;
    }

    private static StoredMatrix<T> Store(MatrixView<T> view, T* values) => view.IsTransposed
        ? new((nint)values, 1, view.Rows, IsTransposed: true)
        : new((nint)values, view.Columns, 1, IsTransposed: false);
}
