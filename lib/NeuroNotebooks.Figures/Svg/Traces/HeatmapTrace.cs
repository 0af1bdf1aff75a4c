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
        // neighbours overlap by less than a pixel, so that no white seam shows between them
        double seamX = gapX > 0.0 ? -0.5 * gapX : 0.25, seamY = gapY > 0.0 ? -0.5 * gapY : 0.25;
        for (int i = 0; i < grid.Rows; i++)
            for (int start = 0, end; start < grid.Columns; start = end)
            {
                end = start + 1;
                var color = _colors[grid.Z[i, start]];
                if (gapX == 0.0)
                    while (end < grid.Columns && _colors[grid.Z[i, end]] == color) end++;
                if (double.IsNaN(grid.Z[i, start])) continue;
                var cell = new Box(Math.Min(x[start], x[end]) - seamX, Math.Min(y[i], y[i + 1]) - seamY, Math.Max(x[start], x[end]) + seamX, Math.Max(y[i], y[i + 1]) + seamY);
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
