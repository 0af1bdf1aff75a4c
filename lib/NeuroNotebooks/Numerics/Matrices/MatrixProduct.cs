namespace NeuroNotebooks.Numerics;

/// <summary>C ← α A B + β C in pinned memory: what a back end is asked to compute. No dimension is zero.</summary>
/// <remarks>A is Rows × Depth, B is Depth × Columns; C lies row after row, CStride entries apart, and is not read if β is zero.</remarks>
internal readonly unsafe record struct MatrixProduct<T>(
    int Rows, int Columns, int Depth, T Alpha, StoredMatrix<T> A, StoredMatrix<T> B, T Beta, nint CAddress, nint CStride)
    where T : unmanaged
{
    public T* C => (T*)CAddress;
}

/// <summary>
/// A matrix in pinned memory: entry (i, j) lies i · RowStride + j · ColumnStride from the start, and one of the strides is one.
/// </summary>
internal readonly unsafe record struct StoredMatrix<T>(nint Address, nint RowStride, nint ColumnStride, bool IsTransposed)
    where T : unmanaged
{
    public T* At(nint row, nint column) => (T*)Address + row * RowStride + column * ColumnStride;

    public StoredMatrix<T> Transposed => new(Address, ColumnStride, RowStride, !IsTransposed);

    /// <summary>The distance between two stored lines, as BLAS wants it.</summary>
    public int LeadingDimension => (int)(IsTransposed ? ColumnStride : RowStride);
}

/// <summary>Somebody who can multiply matrices.</summary>
internal interface IMatrixMultiplier
{
    MatrixBackendInfo Info { get; }

    void Multiply(in MatrixProduct<double> product);

    void Multiply(in MatrixProduct<float> product);
}
