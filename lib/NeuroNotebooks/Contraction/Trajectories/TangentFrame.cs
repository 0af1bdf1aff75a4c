using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>k tangent vectors of an n-dimensional state, the columns of an n × k matrix that lies row after row.</summary>
internal sealed class TangentFrame(int dimension, int vectors)
{
    private readonly double[] products = new double[vectors];

    public int Dimension => dimension;

    public int Vectors => vectors;

    public double[] Values { get; } = new double[dimension * vectors];

    public static TangentFrame Identity(int n)
    {
        var frame = new TangentFrame(n, n);
        for (int i = 0; i < n; i++) frame.Values[i * n + i] = 1.0;
        return frame;
    }

    /// <summary>Random directions: no coordinate axis, which may be invariant and miss an exponent.</summary>
    public static TangentFrame Random(int n, int vectors, Philox random)
    {
        var frame = new TangentFrame(n, vectors);
        var direction = new double[n];
        for (int j = 0; j < vectors; j++)
        {
            random.Normals(direction, (ulong)j * (ulong)n);      // the first ones do not depend on how many there are
            for (int i = 0; i < n; i++) frame.Values[i * vectors + j] = direction[i];
        }
        frame.Orthonormalise([]);
        return frame;
    }

    /// <summary>target = α J V + β target.</summary>
    public static void Apply(
        ReadOnlySpan<double> jacobian, TangentFrame frame, double[] target, double alpha = 1.0, double beta = 0.0) =>
        LinearAlgebra.Multiply(
            new MatrixView<double>(jacobian, frame.Dimension, frame.Dimension),
            new MatrixView<double>(frame.Values, frame.Dimension, frame.Vectors), target, alpha, beta);

    /// <summary>
    /// Makes the vectors orthonormal, first to last, by the modified Gram-Schmidt method; its triangular factor is as exact as that of
    /// Householder's method.
    /// </summary>
    /// <param name="logs">Receives the logarithms of the factor's diagonal, one a vector; may be empty.</param>
    /// <returns>Whether every vector had a length above zero.</returns>
    public bool Orthonormalise(Span<double> logs)
    {
        bool independent = true;
        for (int j = 0; j < vectors; j++)
        {
            // products[l] = Σ_i V[i, j] V[i, l] for l ≥ j, along the rows as they lie in memory
            Span<double> row = products.AsSpan(j);
            row.Clear();
            for (int i = 0; i < dimension; i++)
            {
                ReadOnlySpan<double> values = Values.AsSpan(i * vectors + j, vectors - j);
                Numerics.Vectors.AddScaled<double>(row, values[0], values, row);
            }
            double length = Math.Sqrt(row[0]);
            independent &= length > 0.0;
            if (!logs.IsEmpty) logs[j] = Math.Log(length);

            double squared = 1.0 / row[0], inverse = 1.0 / length;
            for (int i = 0; i < dimension; i++)
            {
                Span<double> values = Values.AsSpan(i * vectors + j, vectors - j);
                Numerics.Vectors.AddScaled<double>(values[1..], -values[0] * squared, row[1..], values[1..]);
                values[0] *= inverse;
            }
        }
        return independent;
    }
}
