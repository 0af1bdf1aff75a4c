namespace NeuroNotebooks.Figures.Svg;

/// <summary>surface: heights over a grid, or a curved sheet when x and y are tables too.</summary>
internal sealed class SurfaceTrace : SpatialTrace
{
    /// <summary>Finer grids are drawn with this many patches along a side.</summary>
    private const int MostPatches = 44;

    private readonly double[,] _x, _y, _z, _values;
    private readonly ColorMap _colors;

    public SurfaceTrace(TraceSpec spec, Scene scene) : base(spec, scene)
    {
        double[,] z = Json.Table("z") ?? new double[0, 0];
        int rows = z.GetLength(0), columns = z.GetLength(1);
        _z = Mapped(z, scene.Axes[2]);
        _x = Spread(Json.Table("x"), Json.At("x").Entries().Count > 0 ? scene.Axes[0].Coordinates(Json.At("x")) : null, rows, columns, alongRows: false);
        _y = Spread(Json.Table("y"), Json.At("y").Entries().Count > 0 ? scene.Axes[1].Coordinates(Json.At("y")) : null, rows, columns, alongRows: true);
        _values = Json.Table("surfacecolor") is { } own && own.GetLength(0) == rows && own.GetLength(1) == columns ? own : z;
        _colors = spec.Figure.ColorMap(Json, "c", showByDefault: true, scene.Id);
        _colors.Observe(_values.Cast<double>());
        Extend([.. _x.Cast<double>()], [.. _y.Cast<double>()], [.. _z.Cast<double>()], padded: false);
    }

    public override bool HasFaces => true;

    public override bool InLegend => Json.Flag("showlegend") == true;

    public override IEnumerable<ColorMap> ColorMaps => [_colors];

    public override IEnumerable<Piece> Pieces(SpaceView view)
    {
        if (Json.Flag("hidesurface") == true) yield break;
        int[] rows = Chosen(_z.GetLength(0)), columns = Chosen(_z.GetLength(1));
        for (int a = 0; a + 1 < rows.Length; a++)
            for (int b = 0; b + 1 < columns.Length; b++)
                if (Patch(view, rows[a], rows[a + 1], columns[b], columns[b + 1]) is { } piece) yield return piece;
    }

    private Piece? Patch(SpaceView view, int i0, int i1, int j0, int j1)
    {
        Span<(int I, int J)> cells = [(i0, j0), (i0, j1), (i1, j1), (i1, j0)];
        Span<Vector3> corners = stackalloc Vector3[4];
        double value = 0.0;
        for (int k = 0; k < 4; k++)
        {
            var (i, j) = cells[k];
            if (!view.Shows(_x[i, j], _y[i, j], _z[i, j])) return null;
            corners[k] = view.Place(_x[i, j], _y[i, j], _z[i, j]);
            value += 0.25 * _values[i, j];
        }
        return double.IsNaN(value) ? null : Face(view, corners, _colors[value], Spec.Opacity);
    }

    private static int[] Chosen(int count) => count <= MostPatches + 1 ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, MostPatches + 1).Select(k => (int)Math.Round(k * (count - 1.0) / MostPatches))];

    private static double[,] Mapped(double[,] table, Axis axis)
    {
        var mapped = new double[table.GetLength(0), table.GetLength(1)];
        for (int i = 0; i < mapped.GetLength(0); i++)
            for (int j = 0; j < mapped.GetLength(1); j++) mapped[i, j] = axis.Coordinate(table[i, j]);
        return mapped;
    }

    /// <summary>One coordinate of every grid point: from a table, from a list along rows or columns, or counted.</summary>
    private static double[,] Spread(double[,]? table, double[]? list, int rows, int columns, bool alongRows)
    {
        if (table is not null && table.GetLength(0) == rows && table.GetLength(1) == columns) return table;
        var spread = new double[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                int at = alongRows ? i : j;
                spread[i, j] = list is null || list.Length < (alongRows ? rows : columns) ? at : list[at];
            }
        return spread;
    }
}
