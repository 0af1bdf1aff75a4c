using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>A product drawn at random, and the same product from its definition.</summary>
internal sealed class ProductCase(Philox random, int rows, int depth, int columns, bool turnA, bool turnB, double alpha, double beta)
{
    public int Rows => rows;
    public int Columns => columns;
    public int Depth => depth;
    public double Alpha => alpha;
    public double Beta => beta;
    public bool TurnA => turnA;
    public bool TurnB => turnB;
    public double[] A { get; } = Numbers(random.Substream(1), rows * depth);
    public double[] B { get; } = Numbers(random.Substream(2), depth * columns);
    public double[] C { get; } = Numbers(random.Substream(3), rows * columns);

    public MatrixView<double> ViewA => turnA ? new MatrixView<double>(A, depth, rows).Transposed : new(A, rows, depth);
    public MatrixView<double> ViewB => turnB ? new MatrixView<double>(B, columns, depth).Transposed : new(B, depth, columns);

    /// <summary>Shapes from 0 to 70, all four ways to store the operands, and the α and β that have short cuts.</summary>
    public static ProductCase Draw(ulong seed)
    {
        var random = new Philox(seed);
        int Shape(ulong i) => (int)(random.Uniform(i) * 71.0);
        double[] scales = [0.0, 1.0, -1.0, 0.7];
        return new(random, Shape(0), Shape(1), Shape(2), random.Uniform(3) < 0.5, random.Uniform(4) < 0.5,
            scales[(int)(random.Uniform(5) * 4)], scales[(int)(random.Uniform(6) * 4)]);
    }

    /// <summary>α A B + β C as a sum from left to right, and for each entry the sum of the absolute values of its terms.</summary>
    public (double[] Values, double[] Magnitudes) Definition()
    {
        double[] values = new double[rows * columns], magnitudes = new double[rows * columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                double sum = 0.0, size = 0.0;
                for (int k = 0; k < depth; k++)
                {
                    double term = (turnA ? A[k * rows + i] : A[i * depth + k]) * (turnB ? B[j * depth + k] : B[k * columns + j]);
                    sum += term;
                    size += Math.Abs(term);
                }
                int at = i * columns + j;
                values[at] = alpha * sum + beta * C[at];
                magnitudes[at] = Math.Abs(alpha) * size + Math.Abs(beta * C[at]);
            }
        return (values, magnitudes);
    }

    /// <summary>Any two orders of summation differ by at most 2 (depth + 3) roundings of the sum of absolute terms.</summary>
    public double Bound(double magnitude, double halfUlp) => 2.0 * (depth + 3) * halfUlp * magnitude;

    public override string ToString() => $"{rows} × {depth} × {columns}, turned {turnA}/{turnB}, α {alpha}, β {beta}";

    public static double[] Numbers(Philox random, int count) => [.. Enumerable.Range(0, count).Select(i => random.Normal((ulong)i))];
}

/// <summary>Tests that switch the back end of the process run one after another, and put back what they found.</summary>
[CollectionDefinition(nameof(UsesBackend), DisableParallelization = true)]
public sealed class UsesBackend;
