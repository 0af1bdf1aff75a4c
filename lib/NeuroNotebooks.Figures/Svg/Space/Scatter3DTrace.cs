namespace NeuroNotebooks.Figures.Svg;

/// <summary>scatter3d: a trajectory, or points, in a scene.</summary>
internal sealed class Scatter3DTrace : SpatialTrace
{
    private const int MostSegments = 600;

    private readonly double[] _x, _y, _z;
    private readonly bool _lines, _marks, _texts;
    private readonly LineStyle _line;
    private readonly MarkerStyle _markers;
    private readonly double[]? _lineValues;
    private readonly ColorMap? _lineColors;

    public Scatter3DTrace(TraceSpec spec, Scene scene) : base(spec, scene)
    {
        _x = scene.Axes[0].Coordinates(Json.At("x"));
        _y = scene.Axes[1].Coordinates(Json.At("y"));
        _z = scene.Axes[2].Coordinates(Json.At("z"));
        string mode = Json.Text("mode") ?? "lines+markers";
        _lines = mode.Contains("lines", StringComparison.Ordinal);
        _marks = mode.Contains("markers", StringComparison.Ordinal);
        _texts = mode.Contains("text", StringComparison.Ordinal);
        var color = Rgba.Parse(Json.Text("line.color")) ?? Rgba.Parse(Json.Text("marker.color")) ?? spec.Color;
        _line = LineStyle.Read(Json.At("line"), color);
        _markers = new MarkerStyle(Json.At("marker"), color, spec.Figure, scene.Id);
        if (Json.Numbers("line.color") is { } values && values.Any(double.IsFinite))
        {
            _lineValues = values;
            _lineColors = spec.Figure.ColorMap(Json.At("line"), "c", Json.At("line.colorbar") is not null || Json.At("line.coloraxis") is not null, scene.Id);
            _lineColors.Observe(values);
        }
        Extend(_x, _y, _z, padded: true);
    }

    public override bool HasFaces => false;

    public override IEnumerable<ColorMap> ColorMaps =>
        ((ColorMap?[])[_marks ? _markers.Colors : null, _lines ? _lineColors : null]).OfType<ColorMap>();

    public override IEnumerable<Piece> Pieces(SpaceView view)
    {
        int count = Math.Min(_x.Length, Math.Min(_y.Length, _z.Length));
        var at = new Vector3?[count];
        for (int i = 0; i < count; i++)
            if (view.Shows(_x[i], _y[i], _z[i])) at[i] = view.Place(_x[i], _y[i], _z[i]);
        var pieces = _lines ? _lineColors is null && !Scene.HasFaces ? Whole(view, at) : Segments(view, at) : [];
        return _marks || _texts ? pieces.Concat(Marks(view, at)) : pieces;
    }

    public override void DrawKey(Canvas canvas, Box box)
    {
        if (_lines) canvas.Line(box.Left, box.CenterY, box.Right, box.CenterY, LinePaint(_lineColors?[_lineColors.Low] ?? _line.Color));
        if (_marks) MarkerPainter.Paint(canvas, [(new Point(box.CenterX, box.CenterY), _markers.Look(0) with { Size = 7.0 })], Spec.Opacity);
    }

    /// <summary>Plotly's line widths in scenes look about half as wide as in the plane.</summary>
    private Paint LinePaint(Rgba color) =>
        new(null, color.Fade(Spec.Opacity), Math.Max(1.2, 0.6 * _line.Width), _line.Dash, Round: true);

    private IEnumerable<Piece> Whole(SpaceView view, Vector3?[] at)
    {
        var path = new PathData(1);
        var run = new List<Point>();
        double depth = 0.0;
        for (int i = 0; i <= at.Length; i++)
        {
            if (i < at.Length && at[i] is { } p) { run.Add(view.Projection.Page(p)); depth = Math.Max(depth, view.Projection.Depth(p)); continue; }
            if (run.Count > 1) path.Polyline(Simplify.Line([.. run], new Box(-1e5, -1e5, 1e5, 1e5)));
            run.Clear();
        }
        return [new Piece(depth, canvas => canvas.Path(path.ToString(), LinePaint(_line.Color)))];
    }

    private IEnumerable<Piece> Segments(SpaceView view, Vector3?[] at)
    {
        int stride = Math.Max(1, at.Length / MostSegments);
        for (int i = 0; i + 1 < at.Length; i += stride)
        {
            var path = new PathData(1);
            double depth = 0.0;
            var points = new List<Point>();
            for (int k = i; k <= Math.Min(i + stride, at.Length - 1); k++)
            {
                if (at[k] is not { } p) continue;
                points.Add(view.Projection.Page(p));
                depth = Math.Max(depth, view.Projection.Depth(p));
            }
            if (points.Count < 2) continue;
            path.Polyline(Simplify.Within([.. points], tolerance: 0.1));
            double value = _lineValues is not null && i < _lineValues.Length ? _lineValues[i] : double.NaN;
            var paint = LinePaint(double.IsFinite(value) ? _lineColors![value] : _line.Color);
            yield return new Piece(depth - 1e-6, canvas => canvas.Path(path.ToString(), paint));
        }
    }

    private IEnumerable<Piece> Marks(SpaceView view, Vector3?[] at)
    {
        int stride = Math.Max(1, at.Length / 3000);
        var texts = Json.At("text").Entries();
        var font = (Spec.Figure.Font with { Size = 11.0 }).With(Json.At("textfont"));
        for (int i = 0; i < at.Length; i += stride)
        {
            if (at[i] is not { } p) continue;
            var page = view.Projection.Page(p);
            int point = i;
            if (_marks)
                yield return new Piece(view.Projection.Depth(p) - 2e-6, canvas => MarkerPainter.Paint(canvas, [(page, _markers.Look(point))], Spec.Opacity));
            if (_texts && i < texts.Count && new TextBlock(texts[i].AsText(), font) is { IsEmpty: false } block)
                yield return new Piece(double.MinValue, canvas =>
                {
                    var box = block.BoxAt(page.X, page.Y - 5.0, Across.Middle, Along.Bottom);
                    if (!canvas.Texts.Any(other => other.Overlaps(box))) canvas.Text(block, page.X, page.Y - 5.0, Across.Middle, Along.Bottom, "label");
                });
        }
    }
}
