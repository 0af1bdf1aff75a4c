namespace NeuroNotebooks.Numerics;

/// <summary>Eigenvalues and eigenvectors of small symmetric matrices, row-major in one array: fast where they are wanted often.</summary>
/// <remarks>
/// Householder reflections to tridiagonal form, then implicitly shifted QL. Values carry an error of a few n 2⁻⁵³ times the largest one.
/// Source: Golub and Van Loan, Matrix Computations (4th ed.), 8.3.
/// </remarks>
internal static class SymmetricEigen
{
    /// <summary>All eigenvalues, ascending.</summary>
    /// <param name="a">n × n, symmetric, finite.</param>
    /// <param name="n">Rows.</param>
    public static double[] Values(ReadOnlySpan<double> a, int n) => Solve(a, n, wantVectors: false).Values;

    /// <summary>All eigenvalues, ascending, and their eigenvectors: row i of the vectors, of length 1, belongs to value i.</summary>
    public static (double[] Values, double[] Vectors) Decompose(ReadOnlySpan<double> a, int n)
    {
        var (values, rows) = Solve(a, n, wantVectors: true);
        int[] order = [.. Enumerable.Range(0, n)];
        Array.Sort(values, order);
        var vectors = new double[n * n];
        for (int i = 0; i < n; i++) rows.AsSpan(order[i] * n, n).CopyTo(vectors.AsSpan(i * n, n));
        return (values, vectors);
    }

    private static (double[] Values, double[] Vectors) Solve(ReadOnlySpan<double> a, int n, bool wantVectors)
    {
        double largest = 0.0;
        foreach (double entry in a) largest = Math.Max(largest, Math.Abs(entry));
        double[] values = new double[n], rows = wantVectors ? Identity(n) : [];
        if (largest == 0.0) return (values, rows);

        // a power of two brings the entries near 1 without rounding, so that no square overflows
        double scale = Math.ScaleB(1.0, -Math.ILogB(largest));
        double[] work = a.ToArray(), offDiagonal = new double[n];
        for (int i = 0; i < work.Length; i++) work[i] *= scale;
        Tridiagonalise(work, n, values, offDiagonal, rows);
        Diagonalise(values, offDiagonal, rows);
        for (int i = 0; i < n; i++) values[i] /= scale;
        if (!wantVectors) Array.Sort(values);
        return (values, rows);
    }

    private static double[] Identity(int n)
    {
        var identity = new double[n * n];
        for (int i = 0; i < n; i++) identity[i * n + i] = 1.0;
        return identity;
    }

    /// <summary>A ← Q A Qᵀ, one reflection a column; the rows of Q are collected if there is room for them.</summary>
    private static void Tridiagonalise(double[] a, int n, double[] diagonal, double[] offDiagonal, double[] rows)
    {
        double[] v = new double[n], w = new double[n];
        for (int k = 0; k < n - 2; k++)
        {
            int m = n - k - 1;                          // the reflection acts on the last m coordinates
            Span<double> below = v.AsSpan(0, m), pull = w.AsSpan(0, m);
            a.AsSpan(k * n + k + 1, m).CopyTo(below);   // row k stands for column k by symmetry
            double tail = Vectors.Dot<double>(below[1..], below[1..]), length = Math.Sqrt(below[0] * below[0] + tail);
            offDiagonal[k] = below[0];
            if (tail == 0.0) continue;

            double image = below[0] > 0.0 ? -length : length;
            below[0] -= image;
            double beta = 2.0 / (below[0] * below[0] + tail);
            offDiagonal[k] = image;
            for (int i = 0; i < m; i++) pull[i] = beta * Vectors.Dot(a.AsSpan((k + 1 + i) * n + k + 1, m), below);
            double half = 0.5 * beta * Vectors.Dot<double>(pull, below);
            Vectors.AddScaled(pull, -half, below, pull);
            for (int i = 0; i < m; i++)
            {
                Span<double> row = a.AsSpan((k + 1 + i) * n + k + 1, m);
                Vectors.AddScaled(row, -below[i], pull, row);
                Vectors.AddScaled(row, -pull[i], below, row);
            }
            if (rows.Length > 0) ReflectRows(rows, n, k + 1, below, beta);
        }
        for (int i = 0; i < n; i++) diagonal[i] = a[i * n + i];
        if (n > 1) offDiagonal[n - 2] = a[(n - 2) * n + n - 1];
    }

    /// <summary>Q ← (I − β v vᵀ) Q, where v lives on the rows from <paramref name="first"/> on.</summary>
    private static void ReflectRows(double[] rows, int n, int first, ReadOnlySpan<double> v, double beta)
    {
        var sum = new double[n];
        for (int i = 0; i < v.Length; i++) Vectors.AddScaled(sum, beta * v[i], rows.AsSpan((first + i) * n, n), sum.AsSpan());
        for (int i = 0; i < v.Length; i++)
        {
            Span<double> row = rows.AsSpan((first + i) * n, n);
            Vectors.AddScaled(row, -v[i], sum, row);
        }
    }

    private static void Diagonalise(double[] d, double[] e, double[] rows)
    {
        int n = d.Length;
        for (int l = 0; l < n; l++)
            for (int round = 0; round < 60; round++)
            {
                int m = l;
                while (m < n - 1 && Math.Abs(d[m]) + Math.Abs(d[m + 1]) + Math.Abs(e[m]) != Math.Abs(d[m]) + Math.Abs(d[m + 1])) m++;
                if (m == l) break;
                Chase(d, e, rows, l, m);
            }
    }

    /// <summary>One implicit QL step on the unreduced block from l to m.</summary>
    private static void Chase(double[] d, double[] e, double[] rows, int l, int m)
    {
        double g = (d[l + 1] - d[l]) / (2.0 * e[l]);
        g = d[m] - d[l] + e[l] / (g + Math.CopySign(Math.Sqrt(g * g + 1.0), g));
        double s = 1.0, c = 1.0, p = 0.0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i], b = c * e[i], r = Math.Sqrt(f * f + g * g);
            e[i + 1] = r;
            if (r == 0.0)
            {
                d[i + 1] -= p;
                e[m] = 0.0;
                return;
            }
            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2.0 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            if (rows.Length > 0) Rotate(rows.AsSpan(i * d.Length, d.Length), rows.AsSpan((i + 1) * d.Length, d.Length), c, s);
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0.0;
    }

    private static void Rotate(Span<double> lower, Span<double> upper, double c, double s)
    {
        for (int k = 0; k < lower.Length; k++)
            (lower[k], upper[k]) = (c * lower[k] - s * upper[k], s * lower[k] + c * upper[k]);
    }
}
