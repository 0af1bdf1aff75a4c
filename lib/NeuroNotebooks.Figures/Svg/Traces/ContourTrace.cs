namespace NeuroNotebooks.Figures.Svg;

/// <summary>contour: level lines of a table, the bands between them filled unless asked otherwise.</summary>
internal sealed class ContourTrace : CartesianTrace
{
    private const int MostLevels = 60;

    private readonly GridData? _grid;
    private readonly ColorMap _colors;
    private readonly double[] _levels;
    private readonly double _step;
    private readonly string _coloring;

    public ContourTrace(TraceSpec spec, Axis x, Axis y) : base(spec, x, y)
    {
        _grid = GridData.Read(Json, x, y);
        _colors = spec.Figure.ColorMap(Json, "z", showByDefault: true, x.Id + y.Id);
        _coloring = Json.Text("contours.coloring") ?? "fill";
        if (_grid is not null) _colors.Observe(_grid.Values);
        (_levels, _step) = Levels();
        if (_coloring == "fill") _colors.Levels = _levels;
    }

    public override int Layer => 1;

    public override bool InLegend => Json.Flag("showlegend") == true;

    public override IEnumerable<ColorMap> ColorMaps => _grid is null || _coloring == "none" || IsConstraint ? [] : [_colors];

    private bool IsConstraint => Json.Text("contours.type") == "constraint";

    public override void Extend()
    {
        if (_grid is null) return;
        var (x, y) = _grid.Centres;
        X.Finder.Include(x, padded: false);
        Y.Finder.Include(y, padded: false);
    }

    public override void Draw(Plot plot)
    {
        if (_grid is null || _levels.Length == 0 || _grid.Rows < 2 || _grid.Columns < 2) return;
        var (cx, cy) = _grid.Centres;
        double[] x = [.. cx.Select(X.Scale.Pixel)], y = [.. cy.Select(Y.Scale.Pixel)];
        plot.Occupancy.Mark(new Box(Math.Min(x[0], x[^1]), Math.Min(y[0], y[^1]), Math.Max(x[0], x[^1]), Math.Max(y[0], y[^1])));
        if (_coloring == "heatmap") DrawCells(plot, _grid);
        else if (_coloring == "fill" && !IsConstraint) FillBands(plot, _grid, x, y);
        if (Json.Flag("contours.showlines") != false || _coloring == "lines") DrawLines(plot, _grid, x, y);
    }

    public override void DrawKey(Canvas canvas, Box box) => canvas.Line(box.Left, box.CenterY, box.Right, box.CenterY, LinePaint(double.NaN));

    private (double[] Levels, double Step) Levels()
    {
        if (IsConstraint) return (Json.Number("contours.value") is { } value ? [value] : [], 1.0);
        double low = _colors.Low, high = _colors.High;
        double step = Json.Number("contours.size") is { } given and > 0.0 ? given : Ticks.RoundStep(high - low, Json.Number("ncontours") is { } most and >= 1 ? Math.Min(most, MostLevels) : 10.0);
        if (Json.Number("contours.start") is { } start && Json.Number("contours.end") is { } end && Json.Flag("autocontour") != true)
        {
            double count = Math.Floor((end - start) / step + 1e-6) + 1.0;
            if (start == end) return ([start], step);
            if (count is >= 1.0 and <= MostLevels) return ([.. Enumerable.Range(0, (int)count).Select(i => start + i * step)], step);
        }
        return (Ticks.Multiples(low, high, step), step);
    }

    private void FillBands(Plot plot, GridData grid, double[] x, double[] y)
    {
        double lowest = grid.Values.Where(double.IsFinite).DefaultIfEmpty(0.0).Min();
        Fill(plot, MarchingSquares.Regions(grid.Z, x, y, Math.Min(lowest, _levels[0])), _colors[_levels[0] - 0.5 * _step]);
        foreach (double level in _levels) Fill(plot, MarchingSquares.Regions(grid.Z, x, y, level), _colors[level + 0.5 * _step]);
    }

    private void Fill(Plot plot, List<Point[]> loops, Rgba color)
    {
        var path = new PathData(1);
        foreach (var loop in loops) path.Polyline(Simplify.Line(loop, plot.Rect), close: true);
        plot.Canvas.Path(path.ToString(), Paint.Filled(color.Fade(Spec.Opacity)) with { Extra = " fill-rule=\"evenodd\"" });
    }

    private void DrawCells(Plot plot, GridData grid)
    {
        var (ex, ey) = grid.Edges;
        CellImage.Draw(plot, grid, [.. ex.Select(X.Scale.Pixel)], [.. ey.Select(Y.Scale.Pixel)], _colors, Spec.Opacity);
    }

    private void DrawLines(Plot plot, GridData grid, double[] x, double[] y)
    {
        bool labels = Json.Flag("contours.showlabels") ?? false;
        foreach (double level in _levels)
        {
            var lines = MarchingSquares.Lines(grid.Z, x, y, level);
            var path = new PathData(1);
            foreach (var line in lines) path.Polyline(Simplify.Line(line, plot.Rect));
            plot.Canvas.Path(path.ToString(), LinePaint(level));
            if (labels && lines.MaxBy(line => line.Length) is { Length: > 8 } longest) AddLabel(plot, level, longest);
        }
    }

    private void AddLabel(Plot plot, double level, Point[] line)
    {
        var color = Rgba.Parse(Json.Text("contours.labelfont.color"))
            ?? (_coloring == "fill" || _coloring == "heatmap" ? _colors[level].Ink : LinePaint(level).Stroke ?? Rgba.Black);
        string text = Json.Text("contours.labelformat") is { } format && D3Format.Format(format, level) is { } formatted ? formatted : NumberFormat.Short(level);
        var block = new TextBlock(text, (plot.Figure.Font with { Size = 10.5 }).With(Json.At("contours.labelfont")) with { Color = color });
        var places = new List<(double, double, Across, Along)>();
        foreach (double part in (double[])[0.5, 0.35, 0.65, 0.25, 0.75])
            if (line[(int)(part * (line.Length - 1))] is var at && plot.Rect.Inflate(-8.0).Contains(at)) places.Add((at.X, at.Y, Across.Middle, Along.Middle));
        plot.Labels.Add(new Label(block, "label", places));
    }

    private Paint LinePaint(double level)
    {
        double width = Math.Clamp(Json.Number("line.width", _coloring == "lines" || IsConstraint ? 2.0 : 0.7), 0.0, 20.0);
        var given = Rgba.Parse(Json.Text("line.color"));
        var color = given ?? (_coloring is "lines" && double.IsFinite(level) ? _colors[level] : IsConstraint ? Spec.Color : new Rgba(60, 60, 60));
        return Paint.Stroked(color.Fade(Spec.Opacity), width, Paint.DashOf(Json.Text("line.dash"), width)) with { Round = true };
    }
}
