using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Games;

/// <summary>Rest states on a choice of pieces whose linear equations are singular: none, or a continuum.</summary>
internal static class SingularPieces
{
    /// <summary>The continuum of rest states on these pieces, if there is one.</summary>
    /// <remarks>
    /// The solutions are x₀ + N t. One free direction: the interval of t that keeps all net inputs on their pieces is exact. Two or
    /// three: a feasible point is looked for among x₀ and the corners where as many net inputs sit on kinks; more: only x₀ is tried.
    /// </remarks>
    public static Continuum? Find(FiringRateNetwork network, LinearPiece[] pieces, double tolerance)
    {
        int n = network.Count;
        var weights = Matrix<double>.Build.DenseOfArray(network.Weights());
        var slopes = Vector<double>.Build.Dense(n, i => pieces[i].Slope);
        var drive = Vector<double>.Build.Dense([.. network.Drive]);
        Vector<double> right = slopes.PointwiseMultiply(drive) + Vector<double>.Build.Dense(n, i => pieces[i].Offset);
        Matrix<double> left = Matrix<double>.Build.DenseIdentity(n) - Matrix<double>.Build.DiagonalOfDiagonalVector(slopes) * weights;

        var svd = left.Svd();
        int rank = svd.S.Count(value => value > 1e-11 * Math.Max(1.0, svd.S[0]));
        Vector<double> projected = svd.U.TransposeThisAndMultiply(right), origin = Vector<double>.Build.Dense(n);
        for (int k = 0; k < rank; k++) origin += svd.VT.Row(k) * (projected[k] / svd.S[k]);
        double near = tolerance * (1.0 + origin.InfinityNorm());
        if ((left * origin - right).InfinityNorm() > near) return null;

        Vector<double>[] directions = [.. Enumerable.Range(rank, n - rank).Select(svd.VT.Row)];
        Vector<double> inputs = weights * origin + drive;
        Vector<double>[] inputDirections = [.. directions.Select(direction => weights * direction)];
        double[]? shift = directions.Length == 1
            ? Interval(pieces, inputs, inputDirections[0], near)
            : Corner(pieces, inputs, inputDirections, near);
        if (shift is null) return null;

        for (int k = 0; k < shift.Length; k++) origin += shift[k] * directions[k];
        return new Continuum(
            [.. origin], [.. directions.Select(direction => direction.ToImmutableArray())],
            [.. Enumerable.Range(0, n).Where(i => pieces[i].Slope > 0.0)]);
    }

    /// <summary>Whether a state lies on the line or plane of a continuum.</summary>
    public static bool Contains(Continuum continuum, ImmutableArray<double> state)
    {
        var offset = Vector<double>.Build.Dense(state.Length, i => state[i] - continuum.Point[i]);
        double size = 1.0 + offset.InfinityNorm();
        foreach (ImmutableArray<double> direction in continuum.Directions)
        {
            var along = Vector<double>.Build.DenseOfEnumerable(direction);
            offset -= along * (along * offset);
        }
        return offset.InfinityNorm() <= 1e-7 * size;
    }

    /// <summary>The middle of the interval of t that keeps every net input on its piece, or a point inside if it is unbounded.</summary>
    private static double[]? Interval(LinearPiece[] pieces, Vector<double> inputs, Vector<double> direction, double near)
    {
        var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        for (int i = 0; i < pieces.Length; i++)
        {
            if (Math.Abs(direction[i]) <= 1e-12)
            {
                if (inputs[i] < pieces[i].Low - near || inputs[i] > pieces[i].High + near) return null;
                continue;
            }
            double first = (pieces[i].Low - inputs[i]) / direction[i], second = (pieces[i].High - inputs[i]) / direction[i];
            (low, high) = (Math.Max(low, Math.Min(first, second)), Math.Min(high, Math.Max(first, second)));
        }
        if (!(high - low > near)) return null;       // one point: also found on the neighbouring pieces
        return [(double.IsFinite(low), double.IsFinite(high)) switch
        {
            (true, true) => 0.5 * (low + high),
            (true, false) => low + 1.0,
            (false, true) => high - 1.0,
            _ => 0.0,
        }];
    }

    private static double[]? Corner(LinearPiece[] pieces, Vector<double> inputs, Vector<double>[] directions, double near)
    {
        int d = directions.Length;
        if (IsFeasible(new double[d])) return new double[d];
        if (d > 3) return null;

        (int Neuron, double Kink)[] kinks = [.. Enumerable.Range(0, pieces.Length).SelectMany(i =>
            new[] { (i, pieces[i].Low), (i, pieces[i].High) }).Where(kink => double.IsFinite(kink.Item2))];
        return Subsets(kinks, d).Select(Solve).FirstOrDefault(t => t is not null && IsFeasible(t));

        bool IsFeasible(double[] t) => Enumerable.Range(0, pieces.Length).All(i =>
        {
            double y = inputs[i] + Enumerable.Range(0, d).Sum(k => t[k] * directions[k][i]);
            return y >= pieces[i].Low - near && y <= pieces[i].High + near;
        });

        double[]? Solve((int Neuron, double Kink)[] chosen)
        {
            var matrix = Matrix<double>.Build.Dense(d, d, (r, k) => directions[k][chosen[r].Neuron]);
            if (Math.Abs(matrix.Determinant()) < 1e-10) return null;
            return [.. matrix.LU().Solve(Vector<double>.Build.Dense(d, r => chosen[r].Kink - inputs[chosen[r].Neuron]))];
        }
    }

    private static IEnumerable<T[]> Subsets<T>(T[] items, int size, int from = 0)
    {
        if (size == 0) return [[]];
        return Enumerable.Range(from, Math.Max(0, items.Length - from))
            .SelectMany(first => Subsets(items, size - 1, first + 1).Select(rest => (T[])[items[first], .. rest]));
    }
}
