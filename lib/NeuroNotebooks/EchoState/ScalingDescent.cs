using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.EchoState;

/// <summary>Minimises the norm of e^D W e^−D over diagonal D, a convex problem, by quasi-Newton steps on smooth bounds that tighten.</summary>
/// <remarks>
/// The bound is (Σ σ^2p)^(1/2p) over the singular values, at most n^(1/2p) above the largest. Its logarithm has the derivative Σ_k w_k (u_ki² − v_ki²)
/// in D_i, u and v the singular vectors and w_k the part of σ_k^2p. Convexity: Sezginer and Overton, IEEE Trans. Automatic Control 35:1066 (1990).
/// </remarks>
internal sealed class ScalingDescent
{
    private static readonly double[] Powers = [2, 8, 32, 128, 512, 2048];
    private const int StepsPerPower = 80;

    private readonly double[,] matrix;
    private readonly int n;

    private ScalingDescent(double[,] matrix) => (this.matrix, n) = (matrix, matrix.GetLength(0));

    public static DiagonalScaling From(double[,] W, DiagonalScaling start)
    {
        if (start.Norm == 0.0) return start;
        var descent = new ScalingDescent(W);
        double[] d = [.. start.Scales.Select(Math.Log)];
        DiagonalScaling best = start;
        foreach (double power in Powers)
        {
            descent.Minimise(d, power);
            double top = d.Max();
            DiagonalScaling found = DiagonalScaling.Measured(W, [.. d.Select(value => Math.Exp(value - top))]);
            if (found.Norm < best.Norm) best = found;
        }
        return best;
    }

    /// <summary>BFGS with a backtracking line search, from d, in place.</summary>
    private void Minimise(double[] d, double power)
    {
        double[,] inverse = Dense.Identity(n);
        var (value, gradient) = At(d, power);
        for (int step = 0; step < StepsPerPower; step++)
        {
            double[] direction = [.. Dense.Product(inverse, gradient).Select(entry => -entry)];
            double slope = Vectors.Dot<double>(direction, gradient);
            if (!(slope < -1e-16)) return;
            double length = Math.Min(1.0, 2.0 / direction.Max(Math.Abs));
            double[] next = new double[n];
            (double Value, double[] Gradient) at;
            while (true)
            {
                Vectors.AddScaled<double>(d, length, direction, next);
                at = At(next, power);
                if (at.Value <= value + 1e-4 * length * slope) break;
                length *= 0.5;
                if (length < 1e-10) return;
            }
            Update(inverse, Difference(next, d), Difference(at.Gradient, gradient));
            next.CopyTo(d, 0);
            (value, gradient) = at;
        }
    }

    /// <summary>The logarithm of the bound and its gradient.</summary>
    private (double Value, double[] Gradient) At(double[] d, double power)
    {
        double[,] scaled = Dense.Build(n, n, (i, j) => matrix[i, j] == 0.0 ? 0.0 : matrix[i, j] * Math.Exp(d[i] - d[j]));
        double[,] gram = Dense.Product(Dense.Transpose(scaled), scaled);
        var (values, vectors) = SymmetricEigen.Decompose(gram.AsSpan(), n);
        double top = values[^1], sum = 0.0;
        var gradient = new double[n];
        for (int k = 0; k < n; k++)
        {
            double weight = Math.Pow(Math.Max(0.0, values[k]) / top, power);
            if (weight < 1e-14) continue;
            sum += weight;
            ReadOnlySpan<double> v = vectors.AsSpan(k * n, n);
            double[] u = Dense.Product(scaled, v);
            for (int i = 0; i < n; i++) gradient[i] += weight * (u[i] * u[i] / values[k] - v[i] * v[i]);
        }
        for (int i = 0; i < n; i++) gradient[i] /= sum;
        return (0.5 * Math.Log(top) + Math.Log(sum) / (2.0 * power), gradient);
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Select((entry, i) => entry - b[i])];

    private void Update(double[,] inverse, double[] moved, double[] turned)
    {
        double curvature = Vectors.Dot<double>(moved, turned);
        if (!(curvature > 1e-300)) return;
        double[] pulled = Dense.Product(inverse, turned);
        double size = 1.0 + Vectors.Dot<double>(turned, pulled) / curvature;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                inverse[i, j] += (size * moved[i] * moved[j] - pulled[i] * moved[j] - moved[i] * pulled[j]) / curvature;
    }
}
