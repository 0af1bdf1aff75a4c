namespace NeuroNotebooks.Figures.Svg;

/// <summary>scatter and scattergl: lines, markers, texts, filled areas and error bars.</summary>
internal sealed class ScatterTrace : CartesianTrace
{
    private readonly double[] _x, _y;
    private readonly bool _lines, _marks, _texts, _connect;
    private readonly LineStyle _line;
    private readonly MarkerStyle _markers;
    private readonly ErrorBars? _errorX, _errorY;
    private readonly string _fill;

    public ScatterTrace(TraceSpec spec, Axis x, Axis y) : base(spec, x, y)
    {
        _x = Values(x, "x", Json.At("y").Entries().Count);
        _y = Values(y, "y", Json.At("x").Entries().Count);
        int count = Math.Min(_x.Length, _y.Length);
        string mode = Json.Text("mode") ?? (count < 20 ? "lines+markers" : "lines");
        _lines = mode.Contains("lines", StringComparison.Ordinal);
        _marks = mode.Contains("markers", StringComparison.Ordinal);
        _texts = mode.Contains("text", StringComparison.Ordinal);
        _connect = Json.Flag("connectgaps") ?? false;
        _fill = Json.Text("fill") ?? "none";
        var color = Rgba.Parse(Json.Text("line.color")) ?? Rgba.Parse(Json.Text("marker.color")) ?? spec.Color;
        _line = LineStyle.Read(Json.At("line"), color);
        _markers = new MarkerStyle(Json.At("marker"), color, spec.Figure, x.Id + y.Id);
        _errorX = ErrorBars.Read(Json, "error_x");
        _errorY = ErrorBars.Read(Json, "error_y");
    }

    /// <summary>The scatter trace drawn before in the same axes: what tonexty fills to.</summary>
    public ScatterTrace? Before { get; set; }

    public override int Layer => 4;

    public override IEnumerable<ColorMap> ColorMaps => _marks && _markers.Colors is { } colors ? [colors] : [];

    private int Count => Math.Min(_x.Length, _y.Length);

    public override void Extend()
    {
        double room = _marks && Count > 0 ? 0.5 * _markers.LargestSize + 1.0 : 0.0;
        bool padX = _marks || _texts || X.Kind == AxisKind.Category;
        for (int i = 0; i < Count; i++)
        {
            if (double.IsNaN(_x[i]) || double.IsNaN(_y[i])) continue;
            X.Finder.Include(_x[i], padX, room);
            Y.Finder.Include(_y[i], true, room);
            Extend(_errorX, X, _x[i], i);
            Extend(_errorY, Y, _y[i], i);
        }
        if (_fill == "tozeroy" && Y.Kind == AxisKind.Linear) Y.Finder.StandOnZero();
        if (_fill == "tozerox" && X.Kind == AxisKind.Linear) X.Finder.StandOnZero();
    }

    public override void DrawBelow(Plot plot)
    {
        if (_fill == "none") return;
        var path = new PathData();
        foreach (var points in Segments(plot.Rect)) AddArea(path, points, plot.Rect);
        var color = Rgba.Parse(Json.Text("fillcolor")) ?? _line.Color.Fade(0.5);
        plot.Canvas.Path(path.ToString(), Paint.Filled(color.Fade(Spec.Opacity)));
    }

    public override void Draw(Plot plot)
    {
        var points = Pixels();
        _errorX?.Draw(plot.Canvas, X, [.. Shown(points).Select(i => (X.Value(_x[i]), points[i].Y, i))], _line.Color.Fade(Spec.Opacity));
        _errorY?.Draw(plot.Canvas, Y, [.. Shown(points).Select(i => (Y.Value(_y[i]), points[i].X, i))], _line.Color.Fade(Spec.Opacity));
        if (_lines && _line.Width > 0.0) DrawLine(plot);
        if (_marks)
        {
            var seen = plot.Rect.Inflate(_markers.LargestSize);
            MarkerPainter.Paint(plot.Canvas, [.. Shown(points).Where(i => seen.Contains(points[i])).Select(i => (points[i], _markers.Look(i)))], Spec.Opacity);
            foreach (int i in Shown(points)) plot.Occupancy.Mark(points[i]);
        }
        if (_texts) AddTexts(plot, points);
    }

    public override void DrawKey(Canvas canvas, Box box)
    {
        if (_fill != "none" && (!_lines || _fill is not "tozeroy" and not "tozerox"))
            canvas.Rect(KeySquare(box), Paint.Filled((Rgba.Parse(Json.Text("fillcolor")) ?? _line.Color.Fade(0.5)).Fade(Spec.Opacity)));
        if (_lines && _line.Width > 0.0) canvas.Line(box.Left, box.CenterY, box.Right, box.CenterY, _line.Paint(Spec.Opacity));
        if (!_marks || Count == 0) return;
        var look = _markers.Look(0) with { Size = Math.Clamp(_markers.Size(0), 3.0, 12.0) };
        MarkerPainter.Paint(canvas, [(new Point(box.CenterX, box.CenterY), look)], Spec.Opacity);
    }

    private double[] Values(Axis axis, string name, int otherCount)
    {
        if (Json.At(name).IsSeries()) return axis.Coordinates(Json.At(name));
        double start = Json.Number(name + "0", 0.0), step = Json.Number("d" + name, 1.0);
        return [.. Enumerable.Range(0, otherCount).Select(i => axis.Coordinate(start + i * step))];
    }

    private static void Extend(ErrorBars? bars, Axis axis, double at, int point)
    {
        if (bars is null) return;
        var (low, high) = bars.Span(axis.Value(at), point);
        axis.Finder.Include(axis.Coordinate(low));
        axis.Finder.Include(axis.Coordinate(high));
    }

    private Point[] Pixels() =>
        [.. Enumerable.Range(0, Count).Select(i => double.IsNaN(_x[i]) || double.IsNaN(_y[i]) ? new Point(double.NaN, 0.0) : At(_x[i], _y[i]))];

    private static IEnumerable<int> Shown(Point[] points) => Enumerable.Range(0, points.Length).Where(i => !double.IsNaN(points[i].X));

    /// <summary>The points in runs without gaps, thinned to the page's resolution.</summary>
    private List<Point[]> Segments(Box rect)
    {
        var runs = new List<Point[]>();
        var run = new List<Point>();
        foreach (var point in Pixels())
        {
            if (!double.IsNaN(point.X)) { run.Add(point); continue; }
            if (_connect || run.Count == 0) continue;
            runs.Add([.. run]);
            run.Clear();
        }
        if (run.Count > 0) runs.Add([.. run]);
        return [.. runs.Select(points => Simplify.Line(points, rect))];
    }

    private void DrawLine(Plot plot)
    {
        var segments = Segments(plot.Rect);
        var path = new PathData(segments.Sum(s => s.Length) > 1500 ? 1 : 2);
        foreach (var points in segments.Where(points => points.Length > 1))
        {
            _line.Trace(path, points);
            plot.Occupancy.Mark(LineShape.WithCorners(points, _line.Shape));
        }
        plot.Canvas.Path(path.ToString(), _line.Paint(Spec.Opacity));
    }

    private void AddArea(PathData path, Point[] points, Box rect)
    {
        bool toY = _fill is "tozeroy" || (_fill is "tonexty" && Before is null), toX = _fill is "tozerox" || (_fill is "tonextx" && Before is null);
        _line.Trace(path, points);
        if (toY)
        {
            double zero = Y.Kind == AxisKind.Linear ? Y.Scale.Pixel(0.0) : Y.Scale.Start;
            path.LineTo(new Point(points[^1].X, zero)).LineTo(new Point(points[0].X, zero));
        }
        else if (toX)
        {
            double zero = X.Kind == AxisKind.Linear ? X.Scale.Pixel(0.0) : X.Scale.Start;
            path.LineTo(new Point(zero, points[^1].Y)).LineTo(new Point(zero, points[0].Y));
        }
        else if (_fill is "tonexty" or "tonextx" or "tonext")
        {
            Point[] other = [.. Before!.Segments(rect).SelectMany(s => s).Reverse()];
            if (other.Length > 0) Before._line.Trace(path, other, continues: true);
        }
        path.Close();
    }

    private void AddTexts(Plot plot, Point[] points)
    {
        var texts = Json.At("text").Entries();
        var positions = Json.At("textposition").Entries();
        var font = (plot.Figure.Font with { Size = 12.0 }).With(Json.At("textfont"));
        string? template = Json.Text("texttemplate");
        foreach (int i in Shown(points).Where(i => plot.Rect.Contains(points[i], slack: 1.0)).Take(500))
        {
            string text = i < texts.Count ? texts[i].AsText() : texts.Count == 0 ? Json.Text("text") ?? "" : "";
            if (template is not null)
                text = TextTemplate.Fill(template, name => name switch { "x" => X.Value(_x[i]), "y" => Y.Value(_y[i]), "text" => text, _ => null });
            string position = (i < positions.Count ? positions[i].AsText() : Json.Text("textposition")) ?? "middle center";
            double away = _marks ? 0.5 * _markers.Size(i) + 3.0 : 3.0;
            plot.Labels.Add(new Label(new TextBlock(text, font), "label", [.. LabelPlaces.Around(points[i], position, away)]));
        }
    }
}
