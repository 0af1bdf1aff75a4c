using System.Numerics;

namespace NeuroNotebooks.Numerics;

/// <summary>Matrix products on the caller's thread, by the managed kernel: the same bits whichever back end the process uses.</summary>
internal static class SerialProduct
{
    private static readonly ManagedMultiplier One = new(threads: 1);

    /// <summary>C ← α A B + β C; shapes and memory as for <see cref="LinearAlgebra"/>.</summary>
    public static void Multiply<T>(MatrixView<T> a, MatrixView<T> b, Span<T> c, T alpha, T beta) where T : unmanaged, INumber<T> =>
        MatrixOperation<T>.Run(One, a, b, c, alpha, beta, Hand<T>.Over);

    private static class Hand<T> where T : unmanaged, INumber<T>
    {
        public static readonly MatrixOperation<T>.Hand Over = typeof(T) == typeof(float)
            ? (MatrixOperation<T>.Hand)(object)(MatrixOperation<float>.Hand)(static (IMatrixMultiplier to, in MatrixProduct<float> p) => to.Multiply(p))
            : (MatrixOperation<T>.Hand)(object)(MatrixOperation<double>.Hand)(static (IMatrixMultiplier to, in MatrixProduct<double> p) => to.Multiply(p));
    }
}
