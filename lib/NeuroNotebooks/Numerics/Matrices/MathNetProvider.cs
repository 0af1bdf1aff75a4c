using System.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuroNotebooks.Numerics;

/// <summary>Math.NET's managed provider with the products of dense matrices taken over by <see cref="LinearAlgebra"/>.</summary>
/// <remarks>Math.NET stores column after column: its X is our view of Xᵀ, and C = X Y is computed as Cᵀ = Yᵀ Xᵀ.</remarks>
internal sealed class MathNetProvider :
    ILinearAlgebraProvider, IForwardingProvider<double>, IForwardingProvider<float>,
    IForwardingProvider<Complex>, IForwardingProvider<Complex32>
{
    private static readonly ManagedLinearAlgebraProvider Managed = new();

    ILinearAlgebraProvider<double> IForwardingProvider<double>.Inner => Managed;

    ILinearAlgebraProvider<float> IForwardingProvider<float>.Inner => Managed;

    ILinearAlgebraProvider<Complex> IForwardingProvider<Complex>.Inner => Managed;

    ILinearAlgebraProvider<Complex32> IForwardingProvider<Complex32>.Inner => Managed;

    public override string ToString() => $"NeuroNotebooks ({NeuroNotebooks.Numerics.LinearAlgebra.InUse})";

    public bool IsAvailable() => true;

    public void InitializeVerify() => Managed.InitializeVerify();

    public void FreeResources() => Managed.FreeResources();

    public void MatrixMultiply(double[] x, int rowsX, int columnsX, double[] y, int rowsY, int columnsY, double[] result) =>
        MatrixMultiplyWithUpdate(
            Transpose.DontTranspose, Transpose.DontTranspose, 1.0, x, rowsX, columnsX, y, rowsY, columnsY, 0.0, result);

    public void MatrixMultiply(float[] x, int rowsX, int columnsX, float[] y, int rowsY, int columnsY, float[] result) =>
        MatrixMultiplyWithUpdate(
            Transpose.DontTranspose, Transpose.DontTranspose, 1f, x, rowsX, columnsX, y, rowsY, columnsY, 0f, result);

    public void MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, double alpha, double[] a, int rowsA, int columnsA, double[] b, int rowsB, int columnsB,
        double beta, double[] c) =>
        LinearAlgebra.Multiply(Flipped(transposeB, b, rowsB, columnsB, c), Flipped(transposeA, a, rowsA, columnsA, c), c, alpha, beta);

    public void MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, float alpha, float[] a, int rowsA, int columnsA, float[] b, int rowsB, int columnsB,
        float beta, float[] c) =>
        LinearAlgebra.Multiply(Flipped(transposeB, b, rowsB, columnsB, c), Flipped(transposeA, a, rowsA, columnsA, c), c, alpha, beta);

    /// <summary>The transpose of what Math.NET means; of a copy, if the result is to be written over it, which Math.NET allows.</summary>
    private static MatrixView<T> Flipped<T>(Transpose transpose, T[] values, int rows, int columns, T[] result) where T : unmanaged
    {
        var view = new MatrixView<T>(ReferenceEquals(values, result) ? [.. values] : values, columns, rows);
        return transpose == Transpose.DontTranspose ? view : view.Transposed;
    }
}
