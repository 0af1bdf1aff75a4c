namespace NeuroNotebooks.Figures.Svg;

/// <summary>heatmap: a colour for each cell; few cells as rectangles, many as an embedded image.</summary>
internal sealed class HeatmapTrace : CartesianTrace
{
    private const int MostRectangles = 1200;

    private readonly GridData? _grid;
    private readonly ColorMap _colors;

    public HeatmapTrace(TraceSpec spec, Axis x, Axis y) : base(spec, x, y)
    {
        _grid = spec.Type == "histogram2d" ? Histogram2D.Count(Json, x, y) : GridData.Read(Json, x, y);
        _colors = spec.Figure.ColorMap(Json, "z", showByDefault: true, x.Id + y.Id);
        if (_grid is not null) _colors.Observe(_grid.Values);
    }

    public override int Layer => 0;

    public override bool InLegend => false;

    public override IEnumerable<ColorMap> ColorMaps => _grid is null ? [] : [_colors];

    public override void Extend()
    {
        if (_grid is null) return;
        var (x, y) = _grid.Edges;
        X.Finder.Include(x, padded: false);
        Y.Finder.Include(y, padded: false);
    }

    public override void Draw(Plot plot)
    {
        if (_grid is null) return;
        var (edgesX, edgesY) = _grid.Edges;
        double[] x = [.. edgesX.Select(X.Scale.Pixel)], y = [.. edgesY.Select(Y.Scale.Pixel)];
        double gapX = Math.Clamp(Json.Number("xgap", 0.0), 0.0, 20.0), gapY = Math.Clamp(Json.Number("ygap", 0.0), 0.0, 20.0);
        if (_grid.Values.Count() <= MostRectangles) DrawRectangles(plot, _grid, x, y, gapX, gapY);
        else CellImage.Draw(plot, _grid, x, y, _colors, Spec.Opacity);
        plot.Occupancy.Mark(new Box(Math.Min(x[0], x[^1]), Math.Min(y[0], y[^1]), Math.Max(x[0], x[^1]), Math.Max(y[0], y[^1])));
        AddTexts(plot, _grid, x, y);
    }

    private void DrawRectangles(Plot plot, GridData grid, double[] x, double[] y, double gapX, double gapY)
    {
        for (int i = 0; i < grid.Rows; i++)
            for (int start = 0, end; start < grid.Columns; start = end)
            {
                end = start + 1;
                var color = _colors[grid.Z[i, start]];
                if (gapX == 0.0)
                    while (end < grid.Columns && _colors[grid.Z[i, end]] == color) end++;
                if (double.IsNaN(grid.Z[i, start])) continue;

                // a cell reaches one pixel under the neighbours drawn after it, so that no white seam shows between them
                double right = gapX == 0.0 && end < grid.Columns && !double.IsNaN(grid.Z[i, end]) ? x[end] + Math.Sign(x[end] - x[start]) : x[end];
                double far = gapY == 0.0 && i + 1 < grid.Rows && !double.IsNaN(grid.Z[i + 1, start]) ? y[i + 1] + Math.Sign(y[i + 1] - y[i]) : y[i + 1];
                var cell = new Box(Math.Min(x[start], right), Math.Min(y[i], far), Math.Max(x[start], right), Math.Max(y[i], far));
                cell = new Box(cell.Left + 0.5 * gapX, cell.Top + 0.5 * gapY, cell.Right - 0.5 * gapX, cell.Bottom - 0.5 * gapY);
                plot.Canvas.Rect(cell, Paint.Filled(color.Fade(Spec.Opacity)));
            }
    }

    private void AddTexts(Plot plot, GridData grid, double[] x, double[] y)
    {
        string? template = Json.Text("texttemplate");
        if (template is null || grid.Rows * grid.Columns > 900) return;
        var font = (plot.Figure.Font with { Size = 11.0 }).With(Json.At("textfont"));
        var texts = Json.At("text").Entries();
        for (int i = 0; i < grid.Rows; i++)
            for (int j = 0; j < grid.Columns; j++)
            {
                double z = grid.Z[i, j];
                if (double.IsNaN(z)) continue;
                string text = i < texts.Count && texts[i].Entries() is var row && j < row.Count ? row[j].AsText() : "";
                var block = new TextBlock(TextTemplate.Fill(template, name => name == "z" ? z : name == "text" ? text : null),
                    font with { Color = _colors[z].Ink });
                if (block.Width <= Math.Abs(x[j + 1] - x[j]) && block.Height <= Math.Abs(y[i + 1] - y[i]))
                    plot.Labels.Add(new Label(block, "cell", [(0.5 * (x[j] + x[j + 1]), 0.5 * (y[i] + y[i + 1]), Across.Middle, Along.Middle)]));
            }
    }
}
