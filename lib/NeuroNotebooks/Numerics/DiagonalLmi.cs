namespace NeuroNotebooks.Numerics;

/// <summary>Where a search for a common diagonal Lyapunov matrix stopped.</summary>
/// <param name="P">The diagonal, above zero, summing to its length.</param>
/// <param name="Value">An upper bound on the optimum: max over k of λ_max(P A_k + A_kᵀ P), within rounding.</param>
/// <param name="LowerBound">A lower bound on the optimum, from <paramref name="Duals"/>.</param>
/// <param name="Duals">
/// One positive semidefinite H_k per matrix, n × n row-major, traces summing to 1; LowerBound = 2n min_i Σ_k (A_k H_k)_ii.
/// </param>
/// <param name="Steps">Newton steps taken.</param>
internal sealed record DiagonalLmiSolution(double[] P, double Value, double LowerBound, double[][] Duals, int Steps);

/// <summary>Minimises max over k of λ_max(P A_k + A_kᵀ P) over diagonal P &gt; 0 with trace n.</summary>
/// <remarks>
/// <code>
/// minimise  s t − Σ_k log det S_k − Σ_i log p_i,     S_k = t I − P A_k − A_kᵀ P,     Σ p = n,     for growing s
/// </code>
/// Newton's method on the log-det barrier. With Z = S⁻¹, B = A Z, C = A Z Aᵀ the derivatives in p need no tensor: gradient 2 B_ii, Hessian
/// 2 (Z_ij C_ij + B_ij B_ji). The duals H_k = Z_k / Σ tr Z bound the optimum from below at every step. O(n³) a step and matrix.
/// Source: Boyd and Vandenberghe, Convex Optimization (2004), ch. 11; Barker, Berman, Plemmons, Lin. Multilin. Alg. 5:249 (1978) for the
/// dual.
/// </remarks>
internal sealed class DiagonalLmi
{
    private readonly double[][] family;      // row-major, divided by scale
    private readonly int n;
    private readonly double scale;
    private readonly CancellationToken cancellation;
    private double[] variables;              // p_1 … p_n, t
    private int steps;

    private DiagonalLmi(IReadOnlyList<double[,]> matrices, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        n = matrices[0].GetLength(0);
        scale = Math.Max(matrices.Max(matrix => matrix.Cast<double>().Max(Math.Abs)), 1e-300);
        family = [.. matrices.Select(matrix => matrix.Cast<double>().Select(entry => entry / scale).ToArray())];
        variables = [.. Enumerable.Repeat(1.0, n + 1)];
    }

    /// <summary>Solves the problem.</summary>
    /// <param name="matrices">At least one, all n × n, finite.</param>
    /// <param name="enough">Told the upper and the lower bound after each centring; true stops the search there.</param>
    /// <param name="gap">
    /// Distance of the bounds, relative to the largest entry, at which the search ends; rounding may end it earlier.
    /// </param>
    /// <param name="cancellation">Stops the search.</param>
    public static DiagonalLmiSolution Minimise(
        IReadOnlyList<double[,]> matrices, Func<double, double, bool>? enough = null, double gap = 1e-10,
        CancellationToken cancellation = default) =>
        new DiagonalLmi(matrices, cancellation).Run(enough ?? ((_, _) => false), gap);

    private DiagonalLmiSolution Run(Func<double, double, bool> enough, double gap)
    {
        while (!TryEvaluate(variables, 0.0, out _, out _)) variables[n] *= 2.0;
        // the centre for s has a gap of (matrices + 1) n/s: start with the one whose gap is about the first t
        double s = (family.Length + 1) * n / variables[n];

        DiagonalLmiSolution? best = null;
        int idle = 0;       // rounds in which rounding kept the gap from closing
        while (true)
        {
            double before = best is null ? double.PositiveInfinity : best.Value - best.LowerBound;
            bool progressed = Centre(s);
            DiagonalLmiSolution now = Describe();
            best = best is null ? now : new DiagonalLmiSolution(
                now.Value <= best.Value ? now.P : best.P, Math.Min(now.Value, best.Value),
                Math.Max(now.LowerBound, best.LowerBound), now.LowerBound >= best.LowerBound ? now.Duals : best.Duals, steps);
            bool done = enough(best.Value, best.LowerBound) || best.Value - best.LowerBound <= gap * scale;
            idle = best.Value - best.LowerBound > 0.5 * before ? idle + 1 : 0;
            if (done || !progressed || idle == 2) return best;
            s *= 8.0;
        }
    }

    /// <summary>Newton steps at a fixed s; false if not even one could be taken.</summary>
    private bool Centre(double s)
    {
        for (int round = 0; ; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            TryEvaluate(variables, s, out double value, out double[][] factors);
            var (gradient, hessian) = Derivatives(s, factors);
            if (NewtonStep(gradient, hessian) is not { } step) return round > 0;
            double slope = SymmetricPositive.Dot(gradient, step);
            if (-slope < 1e-8 || round == 100) return true;

            double length = 1.0;
            double[] next;
            while (!TryEvaluate(next = Moved(step, length), s, out double trial, out _) || trial > value + 0.1 * length * slope)
                if ((length *= 0.5) < 1e-10) return round > 0 || -slope < 1e-3;
            variables = next;
            steps++;
        }
    }

    private double[] Moved(double[] step, double length)
    {
        double[] next = [.. variables];
        for (int i = 0; i <= n; i++) next[i] += length * step[i];
        return next;
    }

    private bool TryEvaluate(double[] at, double s, out double value, out double[][] factors)
    {
        value = s * at[n];
        factors = new double[family.Length][];
        for (int i = 0; i < n; i++)
        {
            if (!(at[i] > 0.0)) return false;
            value -= Math.Log(at[i]);
        }
        for (int k = 0; k < family.Length; k++)
        {
            double[] a = family[k], slack = factors[k] = new double[n * n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j <= i; j++)
                    slack[i * n + j] = (i == j ? at[n] : 0.0) - at[i] * a[i * n + j] - at[j] * a[j * n + i];
            if (!SymmetricPositive.TryFactor(slack, n)) return false;
            for (int i = 0; i < n; i++) value -= 2.0 * Math.Log(slack[i * n + i]);
        }
        return double.IsFinite(value);
    }

    private (double[] Gradient, double[] Hessian) Derivatives(double s, double[][] factors)
    {
        int m = n + 1;
        double[] gradient = new double[m], hessian = new double[m * m], b = new double[n * n];
        gradient[n] = s;
        for (int i = 0; i < n; i++)
        {
            gradient[i] = -1.0 / variables[i];
            hessian[i * m + i] = 1.0 / (variables[i] * variables[i]);
        }
        for (int k = 0; k < family.Length; k++)
        {
            double[] a = family[k], z = SymmetricPositive.Inverse(factors[k], n);
            ReadOnlySpan<double> Row(double[] matrix, int i) => matrix.AsSpan(i * n, n);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) b[i * n + j] = SymmetricPositive.Dot(Row(a, i), Row(z, j));
            for (int i = 0; i < n; i++)
            {
                gradient[i] += 2.0 * b[i * n + i];
                gradient[n] -= z[i * n + i];
                for (int j = 0; j <= i; j++)
                {
                    double c = SymmetricPositive.Dot(Row(b, i), Row(a, j));
                    hessian[i * m + j] += 2.0 * (z[i * n + j] * c + b[i * n + j] * b[j * n + i]);
                }
                hessian[n * m + i] -= 2.0 * SymmetricPositive.Dot(Row(b, i), Row(z, i));
                hessian[n * m + n] += SymmetricPositive.Dot(Row(z, i), Row(z, i));
            }
        }
        return (gradient, hessian);
    }

    /// <summary>The Newton step that keeps Σ p; null if rounding has spoilt the Hessian beyond repair.</summary>
    private double[]? NewtonStep(double[] gradient, double[] hessian)
    {
        int m = n + 1;
        double[] unit = [.. Enumerable.Range(0, m).Select(i => 1.0 / Math.Sqrt(hessian[i * m + i]))];
        double stiffness = 1.0 / unit.Take(n).Sum(entry => entry * entry);
        for (double repair = 0.0; repair < 1e-6; repair = Math.Max(1e-15, 10.0 * repair))
        {
            var scaled = new double[m * m];
            for (int i = 0; i < m; i++)
            {
                // the barrier hardly notices p and t growing together; as Σ p is kept anyway, a term (Σ p)² may stiffen that direction
                for (int j = 0; j <= i; j++) scaled[i * m + j] = unit[i] * unit[j] * (hessian[i * m + j] + (i < n ? stiffness : 0.0));
                scaled[i * m + i] += repair;
            }
            if (SymmetricPositive.TryFactor(scaled, m)) return ConstrainedStep(gradient, unit, SymmetricPositive.Inverse(scaled, m));
        }
        return null;
    }

    private double[] ConstrainedStep(double[] gradient, double[] unit, double[] inverse)
    {
        int m = n + 1;
        double[] step = new double[m], pull = new double[m];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < m; j++)
            {
                double entry = unit[i] * unit[j] * inverse[i * m + j];
                step[i] -= entry * gradient[j];
                if (j < n) pull[i] += entry;
            }
        double multiplier = step.Take(n).Sum() / pull.Take(n).Sum();
        for (int i = 0; i < m; i++) step[i] -= multiplier * pull[i];
        return step;
    }

    private DiagonalLmiSolution Describe()
    {
        TryEvaluate(variables, 1.0, out _, out double[][] factors);
        double[][] duals = [.. factors.Select(factor => SymmetricPositive.Inverse(factor, n))];
        double trace = duals.Sum(dual => Enumerable.Range(0, n).Sum(i => dual[i * n + i])), lower = double.PositiveInfinity;
        foreach (double[] dual in duals)
            for (int i = 0; i < dual.Length; i++) dual[i] /= trace;
        for (int i = 0; i < n; i++)
        {
            double growth = 0.0;
            for (int k = 0; k < family.Length; k++)
                growth += SymmetricPositive.Dot(family[k].AsSpan(i * n, n), duals[k].AsSpan(i * n, n));
            lower = Math.Min(lower, 2.0 * n * growth);
        }
        return new DiagonalLmiSolution([.. variables.Take(n)], scale * variables[n], scale * lower, duals, steps);
    }
}
