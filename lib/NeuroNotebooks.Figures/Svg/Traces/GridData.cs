using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>A table of values over two axes: row i at Y[i], column j at X[j], in axis coordinates.</summary>
/// <param name="X">One coordinate a column, or one more: the columns' edges.</param>
internal sealed record GridData(double[,] Z, double[] X, double[] Y)
{
    public int Rows => Z.GetLength(0);

    public int Columns => Z.GetLength(1);

    public IEnumerable<double> Values => Z.Cast<double>();

    public static GridData? Read(JsonObject trace, Axis x, Axis y)
    {
        if (trace.Table("z") is not { } z) return trace.At("z").IsSeries() ? FromColumns(trace, x, y) : null;
        if (trace.Flag("transpose") == true) z = Transposed(z);
        return new GridData(z, Along(trace, "x", x, z.GetLength(1)), Along(trace, "y", y, z.GetLength(0))).Ascending();
    }

    /// <summary>Centres of the columns and rows, whichever way they were given.</summary>
    public (double[] X, double[] Y) Centres => (Middles(X, Columns), Middles(Y, Rows));

    /// <summary>Edges between cells: half way between centres, and as far beyond the outer ones.</summary>
    public (double[] X, double[] Y) Edges => (Borders(X, Columns), Borders(Y, Rows));

    /// <summary>z as a list beside lists x and y of the same length.</summary>
    private static GridData? FromColumns(JsonObject trace, Axis x, Axis y)
    {
        double[] xs = x.Coordinates(trace.At("x")), ys = y.Coordinates(trace.At("y")), zs = trace.Numbers("z") ?? [];
        int count = Math.Min(zs.Length, Math.Min(xs.Length, ys.Length));
        double[] columns = [.. xs.Take(count).Where(double.IsFinite).Distinct().Order()], rows = [.. ys.Take(count).Where(double.IsFinite).Distinct().Order()];
        if (count == 0 || columns.Length == 0 || rows.Length == 0 || (long)columns.Length * rows.Length > 4_000_000) return null;
        var z = new double[rows.Length, columns.Length];
        foreach (ref double cell in System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z[0, 0], z.Length)) cell = double.NaN;
        for (int i = 0; i < count; i++)
            if (double.IsFinite(xs[i]) && double.IsFinite(ys[i])) z[Array.BinarySearch(rows, ys[i]), Array.BinarySearch(columns, xs[i])] = zs[i];
        return new GridData(z, columns, rows);
    }

    private static double[] Along(JsonObject trace, string name, Axis axis, int count)
    {
        double[] given = axis.Coordinates(trace.At(name));
        if ((given.Length == count || given.Length == count + 1) && given.All(double.IsFinite)) return given;
        double start = trace.Number(name + "0", 0.0), step = trace.Number("d" + name, 1.0);
        double[] counted = [.. Enumerable.Range(0, count).Select(i => axis.Coordinate(start + i * step))];
        return counted.All(double.IsFinite) ? counted : [.. Enumerable.Range(0, count).Select(i => (double)i)];
    }

    private GridData Ascending()
    {
        bool flipX = X.Length > 1 && X[0] > X[^1], flipY = Y.Length > 1 && Y[0] > Y[^1];
        if (!flipX && !flipY) return this;
        var z = new double[Rows, Columns];
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++) z[i, j] = Z[flipY ? Rows - 1 - i : i, flipX ? Columns - 1 - j : j];
        return new GridData(z, flipX ? [.. X.Reverse()] : X, flipY ? [.. Y.Reverse()] : Y);
    }

    private static double[] Middles(double[] at, int count) =>
        at.Length == count ? at : [.. Enumerable.Range(0, count).Select(i => 0.5 * (at[i] + at[i + 1]))];

    private static double[] Borders(double[] at, int count)
    {
        if (at.Length == count + 1) return at;
        if (count == 1) return [at[0] - 0.5, at[0] + 0.5];
        var edges = new double[count + 1];
        for (int i = 1; i < count; i++) edges[i] = 0.5 * (at[i - 1] + at[i]);
        edges[0] = at[0] - 0.5 * (at[1] - at[0]);
        edges[count] = at[^1] + 0.5 * (at[^1] - at[^2]);
        return edges;
    }

    private static double[,] Transposed(double[,] z)
    {
        var turned = new double[z.GetLength(1), z.GetLength(0)];
        for (int i = 0; i < z.GetLength(0); i++)
            for (int j = 0; j < z.GetLength(1); j++) turned[j, i] = z[i, j];
        return turned;
    }
}
