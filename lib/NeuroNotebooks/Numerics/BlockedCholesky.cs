namespace NeuroNotebooks.Numerics;

/// <summary>The Cholesky factor of a large symmetric positive definite matrix, in block columns so that matrix products do the work.</summary>
internal sealed class BlockedCholesky
{
    private const int Width = 64;

    private readonly int n;
    private readonly double[][] panels;         // panel p: rows p·Width … n − 1 of its columns, row-major

    private BlockedCholesky(int n, double[][] panels) => (this.n, this.panels) = (n, panels);

    /// <summary>Factors a matrix; null if it is not positive definite in floating point.</summary>
    /// <param name="a">n × n, row-major; only the lower triangle is read.</param>
    /// <param name="n">Rows.</param>
    public static BlockedCholesky? TryFactor(ReadOnlySpan<double> a, int n)
    {
        var panels = new double[(n + Width - 1) / Width][];
        for (int p = 0; p < panels.Length; p++)
        {
            int first = p * Width, width = Math.Min(Width, n - first), rows = n - first;
            double[] panel = panels[p] = new double[rows * width];
            for (int i = 0; i < rows; i++)
                a.Slice((first + i) * n + first, Math.Min(width, i + 1)).CopyTo(panel.AsSpan(i * width));
            for (int q = 0; q < p; q++)
            {
                ReadOnlySpan<double> below = panels[q].AsSpan((p - q) * Width * Width);
                LinearAlgebra.Multiply(
                    new MatrixView<double>(below, rows, Width), new MatrixView<double>(below[..(width * Width)], width, Width).Transposed,
                    panel, alpha: -1.0, beta: 1.0);
            }
            if (!TryFactorPanel(panel, rows, width)) return null;
        }
        return new BlockedCholesky(n, panels);
    }

    /// <summary>Replaces x by A⁻¹ x.</summary>
    public void Solve(Span<double> x)
    {
        for (int p = 0; p < panels.Length; p++)
        {
            int first = p * Width, width = Math.Min(Width, n - first);
            double[] panel = panels[p];
            for (int i = 0; i < n - first; i++)
            {
                int known = Math.Min(i, width);
                double sum = x[first + i] - Vectors.Dot<double>(panel.AsSpan(i * width, known), x.Slice(first, known));
                x[first + i] = i < width ? sum / panel[i * width + i] : sum;
            }
        }
        for (int p = panels.Length - 1; p >= 0; p--)
        {
            int first = p * Width, width = Math.Min(Width, n - first);
            double[] panel = panels[p];
            Span<double> own = x.Slice(first, width);
            for (int i = n - first - 1; i >= width; i--) Vectors.AddScaled(own, -x[first + i], panel.AsSpan(i * width, width), own);
            for (int i = width - 1; i >= 0; i--)
            {
                own[i] /= panel[i * width + i];
                Vectors.AddScaled(own[..i], -own[i], panel.AsSpan(i * width, i), own[..i]);
            }
        }
    }

    private static bool TryFactorPanel(double[] panel, int rows, int width)
    {
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = panel.AsSpan(i * width, width);
            int known = Math.Min(i, width);
            for (int j = 0; j < known; j++)
                row[j] = (row[j] - Vectors.Dot<double>(row[..j], panel.AsSpan(j * width, j))) / panel[j * width + j];
            if (i >= width) continue;
            double pivot = row[i] - Vectors.Dot<double>(row[..i], row[..i]);
            if (!(pivot > 0.0) || double.IsInfinity(pivot)) return false;
            row[i] = Math.Sqrt(pivot);
        }
        return true;
    }
}
