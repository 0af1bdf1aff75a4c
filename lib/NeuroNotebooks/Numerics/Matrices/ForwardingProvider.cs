using System.Numerics;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuroNotebooks.Numerics;

/// <summary>
/// A Math.NET provider for one kind of number that passes everything on, so that an implementer writes only what it does better.
/// </summary>
internal interface IForwardingProvider<T> : ILinearAlgebraProvider<T> where T : struct
{
    ILinearAlgebraProvider<T> Inner { get; }

    void ILinearAlgebraProvider<T>.AddVectorToScaledVector(T[] y, T alpha, T[] x, T[] result) =>
        Inner.AddVectorToScaledVector(y, alpha, x, result);

    void ILinearAlgebraProvider<T>.ScaleArray(T alpha, T[] x, T[] result) => Inner.ScaleArray(alpha, x, result);

    void ILinearAlgebraProvider<T>.ConjugateArray(T[] x, T[] result) => Inner.ConjugateArray(x, result);

    T ILinearAlgebraProvider<T>.DotProduct(T[] x, T[] y) => Inner.DotProduct(x, y);

    void ILinearAlgebraProvider<T>.AddArrays(T[] x, T[] y, T[] result) => Inner.AddArrays(x, y, result);

    void ILinearAlgebraProvider<T>.SubtractArrays(T[] x, T[] y, T[] result) => Inner.SubtractArrays(x, y, result);

    void ILinearAlgebraProvider<T>.PointWiseMultiplyArrays(T[] x, T[] y, T[] result) => Inner.PointWiseMultiplyArrays(x, y, result);

    void ILinearAlgebraProvider<T>.PointWiseDivideArrays(T[] x, T[] y, T[] result) => Inner.PointWiseDivideArrays(x, y, result);

    void ILinearAlgebraProvider<T>.PointWisePowerArrays(T[] x, T[] y, T[] result) => Inner.PointWisePowerArrays(x, y, result);

    double ILinearAlgebraProvider<T>.MatrixNorm(Norm norm, int rows, int columns, T[] matrix) =>
        Inner.MatrixNorm(norm, rows, columns, matrix);

    void ILinearAlgebraProvider<T>.MatrixMultiply(T[] x, int rowsX, int columnsX, T[] y, int rowsY, int columnsY, T[] result) =>
        Inner.MatrixMultiply(x, rowsX, columnsX, y, rowsY, columnsY, result);

    void ILinearAlgebraProvider<T>.MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, T alpha, T[] a, int rowsA, int columnsA, T[] b, int rowsB, int columnsB,
        T beta, T[] c) =>
        Inner.MatrixMultiplyWithUpdate(transposeA, transposeB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, c);

    void ILinearAlgebraProvider<T>.LUFactor(T[] data, int order, int[] pivots) => Inner.LUFactor(data, order, pivots);

    void ILinearAlgebraProvider<T>.LUInverse(T[] a, int order) => Inner.LUInverse(a, order);

    void ILinearAlgebraProvider<T>.LUInverseFactored(T[] a, int order, int[] pivots) => Inner.LUInverseFactored(a, order, pivots);

    void ILinearAlgebraProvider<T>.LUSolve(int columnsOfB, T[] a, int order, T[] b) => Inner.LUSolve(columnsOfB, a, order, b);

    void ILinearAlgebraProvider<T>.LUSolveFactored(int columnsOfB, T[] a, int order, int[] pivots, T[] b) =>
        Inner.LUSolveFactored(columnsOfB, a, order, pivots, b);

    void ILinearAlgebraProvider<T>.CholeskyFactor(T[] a, int order) => Inner.CholeskyFactor(a, order);

    void ILinearAlgebraProvider<T>.CholeskySolve(T[] a, int orderA, T[] b, int columnsB) => Inner.CholeskySolve(a, orderA, b, columnsB);

    void ILinearAlgebraProvider<T>.CholeskySolveFactored(T[] a, int orderA, T[] b, int columnsB) =>
        Inner.CholeskySolveFactored(a, orderA, b, columnsB);

    void ILinearAlgebraProvider<T>.QRFactor(T[] a, int rowsA, int columnsA, T[] q, T[] tau) => Inner.QRFactor(a, rowsA, columnsA, q, tau);

    void ILinearAlgebraProvider<T>.ThinQRFactor(T[] a, int rowsA, int columnsA, T[] r, T[] tau) =>
        Inner.ThinQRFactor(a, rowsA, columnsA, r, tau);

    void ILinearAlgebraProvider<T>.QRSolve(T[] a, int rows, int columns, T[] b, int columnsB, T[] x, QRMethod method) =>
        Inner.QRSolve(a, rows, columns, b, columnsB, x, method);

    void ILinearAlgebraProvider<T>.QRSolveFactored(
        T[] q, T[] r, int rowsA, int columnsA, T[] tau, T[] b, int columnsB, T[] x, QRMethod method) =>
        Inner.QRSolveFactored(q, r, rowsA, columnsA, tau, b, columnsB, x, method);

    void ILinearAlgebraProvider<T>.SingularValueDecomposition(bool computeVectors, T[] a, int rowsA, int columnsA, T[] s, T[] u, T[] vt) =>
        Inner.SingularValueDecomposition(computeVectors, a, rowsA, columnsA, s, u, vt);

    void ILinearAlgebraProvider<T>.SvdSolve(T[] a, int rowsA, int columnsA, T[] b, int columnsB, T[] x) =>
        Inner.SvdSolve(a, rowsA, columnsA, b, columnsB, x);

    void ILinearAlgebraProvider<T>.SvdSolveFactored(int rowsA, int columnsA, T[] s, T[] u, T[] vt, T[] b, int columnsB, T[] x) =>
        Inner.SvdSolveFactored(rowsA, columnsA, s, u, vt, b, columnsB, x);

    void ILinearAlgebraProvider<T>.EigenDecomp(bool isSymmetric, int order, T[] matrix, T[] vectors, Complex[] values, T[] matrixD) =>
        Inner.EigenDecomp(isSymmetric, order, matrix, vectors, values, matrixD);
}
