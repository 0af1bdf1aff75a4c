using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuroNotebooks.Numerics;

/// <summary>An unknown of a matrix inequality: a symmetric positive definite matrix, full or diagonal.</summary>
internal sealed record LmiUnknown(int Size, bool IsDiagonal)
{
    public int Count => IsDiagonal ? Size : Size * (Size + 1) / 2;
}

/// <summary>Uᵀ X V + Vᵀ X U for the unknown X; U and V row-major, size of X × size of the constraint.</summary>
internal sealed record LmiTerm(int Unknown, double[] U, double[] V);

/// <summary>t E − K − Σ (Uᵀ X V + Vᵀ X U) ≻ 0 with E diagonal, one term at most per unknown; K may be left out.</summary>
internal sealed record LmiConstraint(int Size, double[] Level, LmiTerm[] Terms, double[]? Constant = null);

/// <summary>Minimises t subject to matrix inequalities, along the central path of the log-det barrier.</summary>
/// <remarks>
/// <code>
/// minimise  s t − Σ log det S_k − Σ log det X_b,     S_k = t E_k − K_k − Σ (Uᵀ X_b V + Vᵀ X_b U),     tr X_0 fixed
/// </code>
/// Newton's method. With Z = S⁻¹ the derivatives need no tensor: gradient 2 sym(V Z Uᵀ), Hessian form in directions F, G of two unknowns
/// 2 tr(F (V Z U'ᵀ) G (V' Z Uᵀ)) + 2 tr(F (V Z V'ᵀ) G (U' Z Uᵀ)), so that an entry costs eight multiplications. Source: Boyd and
/// Vandenberghe, Convex Optimization (2004), ch. 11; the structure as in Vandenberghe, Balakrishnan et al. on KYP inequalities (2005).
/// </remarks>
internal sealed class MatrixInequality
{
    private readonly LmiUnknown[] unknowns;
    private readonly LmiConstraint[] constraints;
    private readonly int[] offsets;
    private readonly int count;             // entries of all unknowns; t comes after them
    private readonly bool keepTrace;
    private double[] variables;
    private double[]? pending;              // the Newton step that was too small to take

    /// <summary>Starts at given unknowns, with t so large that every constraint holds with room to spare.</summary>
    /// <param name="unknowns">The first is the one whose trace is kept.</param>
    /// <param name="constraints">At least one.</param>
    /// <param name="start">One value per unknown: n × n row-major, or the n entries of a diagonal.</param>
    /// <param name="t">Tried first.</param>
    /// <param name="keepTrace">Whether tr X_0 stays as it is.</param>
    public MatrixInequality(LmiUnknown[] unknowns, LmiConstraint[] constraints, double[][] start, double t, bool keepTrace = true)
    {
        (this.unknowns, this.constraints, this.keepTrace) = (unknowns, constraints, keepTrace);
        offsets = new int[unknowns.Length];
        for (int b = 1; b < unknowns.Length; b++) offsets[b] = offsets[b - 1] + unknowns[b - 1].Count;
        count = offsets[^1] + unknowns[^1].Count;
        variables = new double[count + 1];
        for (int b = 0; b < unknowns.Length; b++) Pack(b, start[b]);
        variables[count] = t;
        for (int doubling = 0; doubling < 200 && !TryEvaluate(variables, 0.0, out _, out _, out _); doubling++)
            variables[count] = variables[count] <= 0.0 ? 1e-3 : 2.0 * variables[count];
        IsFeasible = TryEvaluate(variables, 0.0, out _, out _, out _);
    }

    /// <summary>Whether a start inside the constraints was found.</summary>
    public bool IsFeasible { get; }

    /// <summary>The bound t.</summary>
    public double T => variables[count];

    /// <summary>Newton steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Sizes of all constraints and unknowns together: at the centre for s the optimum is at most this over s below t.</summary>
    public int BarrierDegree => constraints.Sum(constraint => constraint.Size) + unknowns.Sum(unknown => unknown.Size);

    /// <summary>The value of an unknown: n × n row-major, or the n entries of a diagonal.</summary>
    public double[] Value(int unknown)
    {
        var (n, isDiagonal) = unknowns[unknown];
        return isDiagonal ? variables.AsSpan(offsets[unknown], n).ToArray() : Unpack(variables, unknown);
    }

    /// <summary>The dual variables of every constraint, up to their common scale.</summary>
    /// <remarks>
    /// Z − Z dS Z with Z = S⁻¹ and dS the Newton step that centring ended with: the equations that duals obey then hold to rounding, not
    /// only as far as the point is centred.
    /// </remarks>
    public double[][] Duals()
    {
        TryEvaluate(variables, 0.0, out _, out double[][] factors, out _);
        double[][] duals = [.. factors.Select((factor, k) => SymmetricPositive.Inverse(factor, constraints[k].Size))];
        if (pending is null) return duals;
        double[][] steps = [.. unknowns.Select((unknown, b) =>
            unknown.IsDiagonal ? pending.AsSpan(offsets[b], unknown.Size).ToArray() : Unpack(pending, b))];
        for (int k = 0; k < duals.Length; k++)
        {
            int q = constraints[k].Size;
            double[] change = Slack(constraints[k] with { Constant = null }, steps, pending[count]);
            for (int i = 0; i < q; i++)
                for (int j = 0; j < i; j++) change[j * q + i] = change[i * q + j];
            double[] correction = Flat.Product(Flat.Product(duals[k], change, q, q, q), duals[k], q, q, q);
            Vectors.AddScaled(duals[k], -1.0, correction, duals[k].AsSpan());
        }
        return duals;
    }

    /// <summary>Newton steps at a fixed s, until the decrement is small; false if not even one could be taken.</summary>
    public bool Centre(double s, double decrement = 1e-2, CancellationToken cancellation = default)
    {
        for (int round = 0; ; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            TryEvaluate(variables, s, out double value, out double[][] factors, out double[][] barriers);
            var (gradient, hessian) = Derivatives(s, factors, barriers);
            if (NewtonStep(gradient, hessian) is not { } step) return round > 0;
            double slope = Vectors.Dot<double>(gradient, step);
            if (!(-slope > decrement) || round == 60)
            {
                pending = -slope <= decrement ? step : null;
                return true;
            }

            double length = 1.0;
            var next = new double[count + 1];
            while (true)
            {
                Vectors.AddScaled(variables, length, step, next.AsSpan());
                if (TryEvaluate(next, s, out double trial, out _, out _) && trial <= value + 0.1 * length * slope) break;
                if ((length *= 0.5) < 1e-9) return round > 0;
            }
            variables = next;
            Steps++;
        }
    }

    private void Pack(int unknown, double[] value)
    {
        var (n, isDiagonal) = unknowns[unknown];
        int at = offsets[unknown];
        if (isDiagonal) value.CopyTo(variables, at);
        else
            for (int i = 0; i < n; i++)
                for (int j = i; j < n; j++) variables[at++] = value[i * n + j];
    }

    private double[] Unpack(double[] from, int unknown)
    {
        int n = unknowns[unknown].Size, at = offsets[unknown];
        var value = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++) value[i * n + j] = value[j * n + i] = from[at++];
        return value;
    }

    private bool TryEvaluate(double[] at, double s, out double value, out double[][] factors, out double[][] barriers)
    {
        value = s * at[count];
        factors = new double[constraints.Length][];
        barriers = new double[unknowns.Length][];
        var full = new double[unknowns.Length][];
        for (int b = 0; b < unknowns.Length; b++)
        {
            var (n, isDiagonal) = unknowns[b];
            if (isDiagonal)
            {
                full[b] = barriers[b] = at.AsSpan(offsets[b], n).ToArray();
                foreach (double entry in barriers[b])
                {
                    if (!(entry > 0.0)) return false;
                    value -= Math.Log(entry);
                }
                continue;
            }
            full[b] = Unpack(at, b);
            barriers[b] = [.. full[b]];
            if (!SymmetricPositive.TryFactor(barriers[b], n)) return false;
            value -= LogDeterminant(barriers[b], n);
        }
        for (int k = 0; k < constraints.Length; k++)
        {
            factors[k] = Slack(constraints[k], full, at[count]);
            if (!SymmetricPositive.TryFactor(factors[k], constraints[k].Size)) return false;
            value -= LogDeterminant(factors[k], constraints[k].Size);
        }
        return double.IsFinite(value);
    }

    private static double LogDeterminant(double[] factor, int n)
    {
        double sum = 0.0;
        for (int i = 0; i < n; i++) sum += 2.0 * Math.Log(factor[i * n + i]);
        return sum;
    }

    /// <summary>S, of which the lower triangle is right.</summary>
    private double[] Slack(LmiConstraint constraint, double[][] values, double t)
    {
        int q = constraint.Size;
        var slack = new double[q * q];
        foreach (LmiTerm term in constraint.Terms)
        {
            var (n, isDiagonal) = unknowns[term.Unknown];
            double[] value = values[term.Unknown], scaled;
            if (isDiagonal)
            {
                scaled = [.. term.V];
                for (int i = 0; i < n; i++)
                    for (int j = 0; j < q; j++) scaled[i * q + j] *= value[i];
            }
            else scaled = Flat.Product(value, term.V, n, n, q);
            double[] half = Flat.TransposeProduct(term.U, scaled, n, q, q);
            for (int i = 0; i < q; i++)
                for (int j = 0; j <= i; j++) slack[i * q + j] -= half[i * q + j] + half[j * q + i];
        }
        for (int i = 0; i < q; i++) slack[i * q + i] += t * constraint.Level[i];
        if (constraint.Constant is { } constant) Vectors.AddScaled(slack, -1.0, constant, slack.AsSpan());
        return slack;
    }

    private (double[] Gradient, double[] Hessian) Derivatives(double s, double[][] factors, double[][] barriers)
    {
        int m = count + 1;
        double[] gradient = new double[m], hessian = new double[m * m];
        gradient[count] = s;
        for (int k = 0; k < constraints.Length; k++)
            AddConstraint(constraints[k], SymmetricPositive.Inverse(factors[k], constraints[k].Size), gradient, hessian);
        for (int b = 0; b < unknowns.Length; b++) AddBarrier(b, barriers[b], gradient, hessian);
        HalveDiagonalPairs(hessian);
        return (gradient, hessian);
    }

    private void AddConstraint(LmiConstraint constraint, double[] z, double[] gradient, double[] hessian)
    {
        int q = constraint.Size, m = count + 1;
        double[] level = constraint.Level, leveled = new double[q * q];
        for (int i = 0; i < q; i++)
            for (int j = 0; j < q; j++) leveled[i * q + j] = z[i * q + j] * level[j];
        double[] twice = Flat.ProductTransposed(leveled, z, q, q, q);            // Z E Z
        for (int i = 0; i < q; i++)
        {
            gradient[count] -= leveled[i * q + i];
            hessian[count * m + count] += level[i] * twice[i * q + i];
        }

        double[][] uz = [.. constraint.Terms.Select(term => Flat.Product(term.U, z, term.U.Length / q, q, q))];
        double[][] vz = [.. constraint.Terms.Select(term => Flat.Product(term.V, z, term.V.Length / q, q, q))];
        for (int first = 0; first < constraint.Terms.Length; first++)
        {
            LmiTerm a = constraint.Terms[first];
            int n = unknowns[a.Unknown].Size;
            double[] bend = Flat.ProductTransposed(vz[first], a.U, n, q, n);
            double[] pull = Flat.ProductTransposed(Flat.Product(a.V, twice, n, q, q), a.U, n, q, n);
            ForEachPair(a.Unknown, (at, i, j) =>
            {
                double weight = i == j ? 1.0 : 2.0;
                gradient[at] += weight * (bend[i * n + j] + bend[j * n + i]);
                hessian[count * m + at] -= weight * (pull[i * n + j] + pull[j * n + i]);
            });
            for (int second = 0; second <= first; second++)
            {
                LmiTerm b = constraint.Terms[second];
                int other = unknowns[b.Unknown].Size;
                AddCurvature(a.Unknown, b.Unknown,
                    Flat.ProductTransposed(vz[first], b.U, n, q, other), Flat.ProductTransposed(uz[first], b.V, n, q, other),
                    Flat.ProductTransposed(vz[first], b.V, n, q, other), Flat.ProductTransposed(uz[first], b.U, n, q, other), hessian);
            }
        }
    }

    private void ForEachPair(int unknown, Action<int, int, int> visit)
    {
        var (n, isDiagonal) = unknowns[unknown];
        int at = offsets[unknown];
        for (int i = 0; i < n; i++)
            for (int j = i; j < (isDiagonal ? i + 1 : n); j++) visit(at++, i, j);
    }

    /// <summary>
    /// 2 tr(F x1 G y1) + 2 tr(F x2 G y2) over all basis matrices F of one unknown and G of another; y come transposed, all are n × m.
    /// </summary>
    private void AddCurvature(int first, int second, double[] x1, double[] y1, double[] x2, double[] y2, double[] hessian)
    {
        var (n, _) = unknowns[first];
        var (other, otherIsDiagonal) = unknowns[second];
        int m = count + 1, start = offsets[second];
        ForEachPair(first, (at, i, j) =>
        {
            double weight = i == j ? 1.0 : 2.0;
            ReadOnlySpan<double> x1i = x1.AsSpan(i * other, other), x1j = x1.AsSpan(j * other, other);
            ReadOnlySpan<double> y1i = y1.AsSpan(i * other, other), y1j = y1.AsSpan(j * other, other);
            ReadOnlySpan<double> x2i = x2.AsSpan(i * other, other), x2j = x2.AsSpan(j * other, other);
            ReadOnlySpan<double> y2i = y2.AsSpan(i * other, other), y2j = y2.AsSpan(j * other, other);
            Span<double> row = hessian.AsSpan(at * m + start);
            if (otherIsDiagonal)
            {
                // twice, as the column of a diagonal pair is halved in the end
                int last = first == second ? i : other - 1;
                for (int k = 0; k <= last; k++)
                    row[k] += 2.0 * weight * (x1i[k] * y1j[k] + x1j[k] * y1i[k] + x2i[k] * y2j[k] + x2j[k] * y2i[k]);
                return;
            }
            int position = 0;
            for (int k = 0; k < other && start + position <= at; k++)
            {
                int length = Math.Min(other - k, at - start - position + 1);
                Accumulate(row.Slice(position, length), k, weight, x1i, x1j, y1i, y1j);
                Accumulate(row.Slice(position, length), k, weight, x2i, x2j, y2i, y2j);
                position += other - k;
            }
        });
    }

    /// <summary>row[l − k] += weight (x_jk y_il + y_ik x_jl + x_ik y_jl + y_jk x_il), l from k on.</summary>
    private static void Accumulate(
        Span<double> row, int k, double weight, ReadOnlySpan<double> xi, ReadOnlySpan<double> xj, ReadOnlySpan<double> yi, ReadOnlySpan<double> yj)
    {
        double a = weight * xj[k], b = weight * yi[k], c = weight * xi[k], d = weight * yj[k];
        ref double to = ref MemoryMarshal.GetReference(row);
        ref double fromXi = ref MemoryMarshal.GetReference(xi[k..]), fromXj = ref MemoryMarshal.GetReference(xj[k..]);
        ref double fromYi = ref MemoryMarshal.GetReference(yi[k..]), fromYj = ref MemoryMarshal.GetReference(yj[k..]);
        int l = 0;
        Vector<double> av = new(a), bv = new(b), cv = new(c), dv = new(d);
        for (; l <= row.Length - Vector<double>.Count; l += Vector<double>.Count)
        {
            var sum = Vector.LoadUnsafe(ref to, (nuint)l) + av * Vector.LoadUnsafe(ref fromYi, (nuint)l);
            sum += bv * Vector.LoadUnsafe(ref fromXj, (nuint)l);
            sum += cv * Vector.LoadUnsafe(ref fromYj, (nuint)l);
            sum += dv * Vector.LoadUnsafe(ref fromXi, (nuint)l);
            sum.StoreUnsafe(ref to, (nuint)l);
        }
        for (; l < row.Length; l++) row[l] += a * yi[k + l] + b * xj[k + l] + c * yj[k + l] + d * xi[k + l];
    }

    /// <summary>−log det X, of which the factor is given.</summary>
    private void AddBarrier(int unknown, double[] factor, double[] gradient, double[] hessian)
    {
        var (n, isDiagonal) = unknowns[unknown];
        int m = count + 1, start = offsets[unknown];
        if (isDiagonal)
        {
            for (int i = 0; i < n; i++)
            {
                gradient[start + i] -= 1.0 / factor[i];
                hessian[(start + i) * m + start + i] += 2.0 / (factor[i] * factor[i]);
            }
            return;
        }
        double[] inverse = SymmetricPositive.Inverse(factor, n);
        ForEachPair(unknown, (at, i, j) =>
        {
            double weight = i == j ? 0.5 : 1.0;
            gradient[at] -= 2.0 * weight * inverse[i * n + j];
            ReadOnlySpan<double> rowI = inverse.AsSpan(i * n, n), rowJ = inverse.AsSpan(j * n, n);
            Span<double> row = hessian.AsSpan(at * m + start);
            int position = 0;
            for (int k = 0; k < n && start + position <= at; k++)
            {
                Accumulate(row.Slice(position, Math.Min(n - k, at - start - position + 1)), k, weight, rowI, rowJ, rowI, rowJ);
                position += n - k;
            }
        });
    }

    // a basis matrix of a diagonal pair is e eᵀ, half of what the sums above take it for
    private void HalveDiagonalPairs(double[] hessian)
    {
        int m = count + 1;
        for (int b = 0; b < unknowns.Length; b++)
            ForEachPair(b, (column, i, j) =>
            {
                if (i != j) return;
                for (int row = column; row < count; row++) hessian[row * m + column] *= 0.5;
            });
    }

    /// <summary>The Newton step that keeps the trace of the first unknown; null if rounding has spoilt the Hessian beyond repair.</summary>
    private double[]? NewtonStep(double[] gradient, double[] hessian)
    {
        int m = count + 1;
        double[] unit = new double[m], trace = new double[m];
        for (int i = 0; i < m; i++) unit[i] = 1.0 / Math.Sqrt(hessian[i * m + i]);
        if (keepTrace) ForEachPair(0, (at, i, j) => trace[at] = i == j ? unit[at] : 0.0);
        double stiffness = keepTrace ? 1.0 / Vectors.Dot<double>(trace, trace) : 0.0;
        int[] onDiagonal = [.. Enumerable.Range(0, m).Where(i => trace[i] != 0.0)];

        // the barrier hardly notices X and t growing together; as the trace is kept anyway, a term (tr X)² may stiffen that direction
        for (int i = 0; i < m; i++)
            for (int j = 0; j <= i; j++) hessian[i * m + j] *= unit[i] * unit[j];
        foreach (int i in onDiagonal)
            foreach (int j in onDiagonal)
                if (j <= i) hessian[i * m + j] += stiffness * trace[i] * trace[j];
        for (double repair = 0.0; repair < 1e-6; repair = Math.Max(1e-15, 10.0 * repair))
        {
            for (int i = 0; i < m; i++) hessian[i * m + i] += repair;
            if (BlockedCholesky.TryFactor(hessian, m) is not { } factor) continue;
            double[] step = new double[m], pull = [.. trace];
            for (int i = 0; i < m; i++) step[i] = -unit[i] * gradient[i];
            factor.Solve(step);
            factor.Solve(pull);
            double multiplier = !keepTrace ? 0.0 : Vectors.Dot<double>(trace, step) / Vectors.Dot<double>(trace, pull);
            for (int i = 0; i < m; i++) step[i] = unit[i] * (step[i] - multiplier * pull[i]);
            return step;
        }
        return null;
    }
}
