using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>k tangent vectors of an n-dimensional state, one after the other in memory.</summary>
internal sealed class TangentFrame(int dimension, int vectors)
{
    private const int Panel = 16;

    private readonly double[] products = new double[Panel * vectors];

    public int Dimension => dimension;

    public int Vectors => vectors;

    /// <summary>Vector j at j · n to j · n + n − 1.</summary>
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
        random.Normals(frame.Values);       // the first vectors do not depend on how many there are
        frame.Orthonormalise([]);
        return frame;
    }

    /// <summary>target = α J V + β target.</summary>
    public static void Apply(
        ReadOnlySpan<double> jacobian, TangentFrame frame, double[] target, double alpha = 1.0, double beta = 0.0) =>
        LinearAlgebra.Multiply(
            new MatrixView<double>(frame.Values, frame.Vectors, frame.Dimension),
            new MatrixView<double>(jacobian, frame.Dimension, frame.Dimension).Transposed, target, alpha, beta);

    /// <summary>
    /// Makes the vectors orthonormal, first to last, by the modified Gram-Schmidt method, sixteen at a time; its triangular factor is as exact as
    /// that of Householder's method.
    /// </summary>
    /// <param name="logs">Receives the logarithms of the factor's diagonal, one a vector; may be empty.</param>
    /// <returns>Whether every vector had a length above zero.</returns>
    public bool Orthonormalise(Span<double> logs)
    {
        bool independent = true;
        for (int first = 0; first < vectors; first += Panel)
        {
            int end = Math.Min(first + Panel, vectors);
            for (int j = first; j < end; j++)
            {
                Span<double> vector = Vector(j);
                double length = Math.Sqrt(Numerics.Vectors.Dot<double>(vector, vector));
                independent &= length > 0.0;
                if (!logs.IsEmpty) logs[j] = Math.Log(length);
                Numerics.Vectors.Scale(vector, 1.0 / length, vector);
                for (int l = j + 1; l < end; l++)
                    Numerics.Vectors.AddScaled(Vector(l), -Numerics.Vectors.Dot<double>(vector, Vector(l)), vector, Vector(l));
            }
            if (end < vectors) TakeOff(first, end);
        }
        return independent;
    }

    /// <summary>Takes the directions of the vectors from first to end off all later ones: two matrix products.</summary>
    private void TakeOff(int first, int end)
    {
        int width = end - first, later = vectors - end;
        var panel = new MatrixView<double>(Values.AsSpan(first * dimension, width * dimension), width, dimension);
        Span<double> rest = Values.AsSpan(end * dimension);
        Span<double> overlaps = products.AsSpan(0, later * width);
        LinearAlgebra.Multiply(new MatrixView<double>(rest, later, dimension), panel.Transposed, overlaps);
        LinearAlgebra.Multiply(new MatrixView<double>(overlaps, later, width), panel, rest, alpha: -1.0, beta: 1.0);
    }

    private Span<double> Vector(int j) => Values.AsSpan(j * dimension, dimension);
}
