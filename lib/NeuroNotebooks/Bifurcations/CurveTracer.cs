using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Bifurcations;

/// <summary>N equations in N + 1 unknowns.</summary>
internal interface ICurveProblem
{
    /// <summary>The size of each unknown.</summary>
    double[] Scales { get; }

    /// <summary>Fixes what is held during the next corrections, at the last point and the predicted one.</summary>
    void Prepare(double[] last, double[] predicted);

    /// <summary>Residual and its N × (N + 1) derivative; false if they are not finite.</summary>
    bool Linearise(double[] z, double[] residual, double[,] derivative);
}

/// <summary>A point on a curve: the unknowns, and the tangent in scaled unknowns.</summary>
internal sealed record CurvePoint(double[] Z, double[] Tangent);

/// <summary>Follows a curve by pseudo-arclength: a step along the tangent, then Newton steps across it.</summary>
/// <remarks>Source: Keller, in Applications of Bifurcation Theory (1977); Kuznetsov, Elements of Applied Bifurcation Theory, 10.2.</remarks>
internal sealed class CurveTracer(ICurveProblem problem, ContinuationOptions options)
{
    private const int MostCorrections = 10;

    private readonly double[] scales = problem.Scales;
    private double[]? residual;
    private double[,]? derivative;

    public bool StepVanished { get; private set; }

    /// <summary>The point next to a guess, moving across the seed; the tangent points where the seed does.</summary>
    public CurvePoint? First(double[] guess, double[] seed)
    {
        problem.Prepare(guess, guess);
        return Correct(guess, seed, out _) is { } z ? At(z, seed) : null;
    }

    /// <summary>The points after the first one, until the consumer stops or the step vanishes; no step is longer than the options and the caller say.</summary>
    public IEnumerable<CurvePoint> Follow(CurvePoint first, Func<CurvePoint, double> longest)
    {
        double step = options.FirstStep;
        for (var point = first; ;)
        {
            step = Math.Min(step, Math.Min(options.LargestStep, longest(point)));
            CurvePoint? next = null;
            int rounds = 0;
            while (step >= options.SmallestStep && (next = Next(point, step, out rounds)) is null) step *= 0.5;
            if (next is null)
            {
                StepVanished = true;
                yield break;
            }
            yield return point = next;
            step *= rounds <= 3 ? 1.3 : rounds <= 5 ? 1.0 : 0.7;
        }
    }

    /// <summary>Where a test changes sign between two neighbouring points, by the Illinois rule along the arc; null if it does not.</summary>
    public CurvePoint? Between(CurvePoint from, CurvePoint to, Func<CurvePoint, double> test)
    {
        double low = 0.0, high = Along(from, to), atLow = test(from), atHigh = test(to);
        if (!(atLow * atHigh <= 0.0) || !(high > 0.0)) return null;
        CurvePoint best = Math.Abs(atLow) < Math.Abs(atHigh) ? from : to;
        double whole = high;
        int side = 0;
        for (int i = 0; i < 60 && high - low > 1e-10 * whole; i++)
        {
            double at = low - atLow * (high - low) / (atHigh - atLow);
            if (!(at > low && at < high)) at = 0.5 * (low + high);
            if (Next(from, at, out _) is not { } found) break;
            double value = test(found);
            best = found;
            if (value == 0.0 || Math.Abs(value) < 1e-13) break;
            if (value * atHigh > 0.0)
            {
                (high, atHigh) = (at, value);
                if (side == 1) atLow *= 0.5;
                side = 1;
            }
            else
            {
                (low, atLow) = (at, value);
                if (side == -1) atHigh *= 0.5;
                side = -1;
            }
        }
        return best;
    }

    private double Along(CurvePoint from, CurvePoint to)
    {
        double sum = 0.0;
        for (int i = 0; i < scales.Length; i++) sum += from.Tangent[i] * (to.Z[i] - from.Z[i]) / scales[i];
        return sum;
    }

    private CurvePoint? Next(CurvePoint point, double step, out int rounds)
    {
        double[] predicted = [.. point.Z.Select((z, i) => z + step * scales[i] * point.Tangent[i])];
        problem.Prepare(point.Z, predicted);
        if (Correct(predicted, point.Tangent, out rounds) is not { } corrected) return null;
        return At(corrected, point.Tangent) is { } next && Turn(point, next) > 0.7 ? next : null;
    }

    /// <summary>The cosine of the angle between two tangents.</summary>
    private static double Turn(CurvePoint a, CurvePoint b) => a.Tangent.Zip(b.Tangent, (x, y) => x * y).Sum();

    private double[]? Correct(double[] guess, double[] across, out int rounds)
    {
        int n = guess.Length;
        double[] z = [.. guess];
        double moved = double.PositiveInfinity;
        for (rounds = 1; rounds <= MostCorrections; rounds++)
        {
            if (Matrix(z, across) is not { } matrix) return null;
            var right = Vector<double>.Build.Dense(n, i => i < n - 1 ? -residual![i] : 0.0);
            double[] move = [.. matrix.Solve(right)];
            double size = Math.Sqrt(move.Sum(part => part * part));
            // a step that grows is leaving the curve
            if (!double.IsFinite(size) || size > 10.0 || (rounds > 2 && size > 2.0 * moved && size > 1e3 * options.Tolerance)) return null;
            moved = size;
            for (int i = 0; i < n; i++) z[i] += scales[i] * move[i];
            if (size <= options.Tolerance) return z;
        }
        return moved <= 30.0 * options.Tolerance ? z : null;
    }

    private CurvePoint? At(double[] z, double[] seed)
    {
        if (Matrix(z, seed) is not { } matrix) return null;
        var tangent = matrix.Solve(Vector<double>.Build.Dense(z.Length, i => i == z.Length - 1 ? 1.0 : 0.0));
        double norm = tangent.L2Norm();
        return double.IsFinite(norm) && norm > 0.0 ? new CurvePoint(z, [.. tangent / norm]) : null;
    }

    /// <summary>The derivative in scaled unknowns, with one more row.</summary>
    private Matrix<double>? Matrix(double[] z, double[] row)
    {
        int n = z.Length;
        residual ??= new double[n - 1];
        derivative ??= new double[n - 1, n];
        if (!problem.Linearise(z, residual, derivative)) return null;
        return Matrix<double>.Build.Dense(n, n, (i, j) => i < n - 1 ? derivative[i, j] * scales[j] : row[j]);
    }
}
