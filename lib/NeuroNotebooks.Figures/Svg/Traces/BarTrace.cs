namespace NeuroNotebooks.Figures.Svg;

/// <summary>One bar in axis coordinates: where it stands across, and from where to where it reaches.</summary>
internal record struct Bar(double Position, double Size, double Base, double Near, double Far, int Point)
{
    public readonly double Tip => Base + Size;
}

/// <summary>bar: upright or lying, side by side, stacked or over one another.</summary>
internal class BarTrace : CartesianTrace
{
    private readonly MarkerStyle _markers;
    private readonly ErrorBars? _error;

    public BarTrace(TraceSpec spec, Axis x, Axis y) : base(spec, x, y)
    {
        _markers = new MarkerStyle(Json.At("marker"), spec.Color, spec.Figure, x.Id + y.Id);
        _error = ErrorBars.Read(Json, IsFlat ? "error_x" : "error_y");
        if (spec.Type == "bar") Bars = ReadBars();
    }

    public sealed override int Layer => 2;

    public override IEnumerable<ColorMap> ColorMaps => _markers.Colors is { } colors ? [colors] : [];

    /// <summary>True for bars that lie along x.</summary>
    public virtual bool IsFlat => Json.Text("orientation") is { } given ? given == "h" : !Json.At("y").IsSeries() ? false
        : X.Kind != AxisKind.Category && Y.Kind == AxisKind.Category;

    public Axis Places => IsFlat ? Y : X;

    public Axis Sizes => IsFlat ? X : Y;

    public IReadOnlyList<Bar> Bars { get; set; } = [];

    /// <summary>Widths given in data units; NaN where none is.</summary>
    public double WidthOf(int point) =>
        Json.Numbers("width") is { } list ? (point < list.Length ? list[point] : double.NaN) : Json.Number("width") ?? double.NaN;

    public double? Offset(int point) =>
        Json.Numbers("offset") is { } list ? (point < list.Length && double.IsFinite(list[point]) ? list[point] : null) : Json.Number("offset");

    /// <summary>The room of one bar across, where the trace knows it; else the smallest distance between bars.</summary>
    public virtual double? Pitch => null;

    /// <summary>Half the room that the arrangement gave each place: the axis shows all of it.</summary>
    public double HalfRoom { get; set; }

    public bool HasBase => Json.At("base") is not null;

    public override void Extend()
    {
        if (Sizes.Kind == AxisKind.Linear && Bars.Count > 0 && !HasBase) Sizes.Finder.StandOnZero();
        foreach (var bar in Bars)
        {
            Places.Finder.Include(Math.Min(bar.Near, bar.Position - HalfRoom), padded: false);
            Places.Finder.Include(Math.Max(bar.Far, bar.Position + HalfRoom), padded: false);
            if (HasBase) Sizes.Finder.Include(Sizes.Coordinate(bar.Base));
            Sizes.Finder.Include(Sizes.Coordinate(bar.Tip));
            if (_error is null) continue;
            var (low, high) = _error.Span(bar.Tip, bar.Point);
            Sizes.Finder.Include(Sizes.Coordinate(low));
            Sizes.Finder.Include(Sizes.Coordinate(high));
        }
    }

    public override void Draw(Plot plot)
    {
        Box[] boxes = [.. Bars.Select(BoxOf)];
        for (int start = 0, end; start < boxes.Length; start = end)
        {
            var paint = PaintOf(start);
            for (end = start + 1; end < boxes.Length && PaintOf(end) == paint; end++) { }
            PaintAll(plot, boxes.AsSpan(start, end - start), paint);
        }
        foreach (var box in boxes) plot.Occupancy.Mark(box);
        _error?.Draw(plot.Canvas, Sizes, [.. Bars.Select((bar, i) => (bar.Tip, IsFlat ? boxes[i].CenterY : boxes[i].CenterX, bar.Point))],
            new Rgba(68, 68, 68));
        AddTexts(plot, boxes);
    }

    public override void DrawKey(Canvas canvas, Box box) => canvas.Rect(KeySquare(box), PaintOf(0));

    protected virtual string DefaultTextPosition => "auto";

    private List<Bar> ReadBars()
    {
        double[] sizes = (IsFlat ? Json.Numbers("x") : Json.Numbers("y")) ?? [];
        string name = IsFlat ? "y" : "x";
        double start = Json.Number(name + "0", 0.0), step = Json.Number("d" + name, 1.0);
        double[] places = Json.At(name).IsSeries() ? Places.Coordinates(Json.At(name))
            : [.. Enumerable.Range(0, sizes.Length).Select(i => Places.Coordinate(start + i * step))];
        double[]? bases = Json.Numbers("base");
        var bars = new List<Bar>();
        for (int i = 0; i < Math.Min(sizes.Length, places.Length); i++)
            if (double.IsFinite(sizes[i]) && double.IsFinite(places[i]))
                bars.Add(new Bar(places[i], sizes[i], bases is not null && i < bases.Length && double.IsFinite(bases[i]) ? bases[i] : Json.Number("base", 0.0), 0, 0, i));
        return bars;
    }

    private Paint PaintOf(int bar)
    {
        var look = _markers.Look(bar < Bars.Count ? Bars[bar].Point : 0);
        bool edge = Json.At("marker.line.width") is not null;
        return new Paint(look.Fill.Fade(look.Opacity * Spec.Opacity), edge ? look.Outline.Fade(Spec.Opacity) : null, edge ? look.OutlineWidth : 0.0);
    }

    private Box BoxOf(Bar bar)
    {
        double near = Places.Scale.Pixel(bar.Near), far = Places.Scale.Pixel(bar.Far);
        double from = Sizes.Coordinate(bar.Base) is var root && double.IsNaN(root) ? Sizes.Scale.Start : Sizes.Scale.Pixel(root);
        double to = Sizes.Coordinate(bar.Tip) is var tip && double.IsNaN(tip) ? Sizes.Scale.Start : Sizes.Scale.Pixel(tip);
        var (a, b) = (Math.Min(near, far), Math.Max(near, far));
        var (c, d) = (Math.Min(from, to), Math.Max(from, to));
        return IsFlat ? new Box(c, a, d, b) : new Box(a, c, b, d);
    }

    private static void PaintAll(Plot plot, ReadOnlySpan<Box> boxes, Paint paint)
    {
        if (boxes.Length <= 300)
        {
            foreach (var box in boxes) plot.Canvas.Rect(box, paint);
            return;
        }
        var path = new PathData();
        foreach (var box in boxes)
            path.Polyline([new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom), new(box.Left, box.Bottom)], close: true);
        plot.Canvas.Path(path.ToString(), paint);
    }

    private void AddTexts(Plot plot, Box[] boxes)
    {
        var texts = Json.At("text").Entries();
        string? template = Json.Text("texttemplate"), single = Json.Text("text");
        string position = Json.Text("textposition") ?? DefaultTextPosition;
        if (position == "none" || (texts.Count == 0 && template is null && single is null)) return;
        var font = (plot.Figure.Font with { Size = 12.0 }).With(Json.At("textfont"));
        for (int i = 0; i < Math.Min(boxes.Length, 500); i++)
        {
            var bar = Bars[i];
            string text = bar.Point < texts.Count ? texts[bar.Point].AsText() : single ?? "";
            if (template is not null)
                text = TextTemplate.Fill(template, name => name switch
                {
                    "text" => text,
                    "x" => IsFlat ? bar.Size : PlaceName(bar),
                    "y" => IsFlat ? PlaceName(bar) : bar.Size,
                    "value" => bar.Size,
                    _ => null,
                });
            if (BarLabel(new TextBlock(text, font), boxes[i], bar.Size >= 0.0, position, PaintOf(i)) is { } label) plot.Labels.Add(label);
        }
    }

    private object PlaceName(Bar bar) =>
        Places.Kind == AxisKind.Category && bar.Position >= 0 && bar.Position < Places.Categories.Count ? Places.Categories[(int)bar.Position] : Places.Value(bar.Position);

    /// <summary>Inside the bar's tip where it fits, else beyond the tip.</summary>
    private Label? BarLabel(TextBlock block, Box box, bool upwards, string position, Paint paint)
    {
        const double gap = 4.0;
        bool fits = block.Width + gap <= box.Width && block.Height <= box.Height;
        if (position == "inside" && !fits) return null;
        if (position != "outside" && fits)
        {
            var inside = block with { Font = block.Font with { Color = (paint.Fill ?? Rgba.White).Ink } };
            return new Label(inside, "label", IsFlat
                ? [upwards ? (box.Right - gap, box.CenterY, Across.End, Along.Middle) : (box.Left + gap, box.CenterY, Across.Start, Along.Middle)]
                : [upwards ? (box.CenterX, box.Top + gap, Across.Middle, Along.Top) : (box.CenterX, box.Bottom - gap, Across.Middle, Along.Bottom)]);
        }
        return new Label(block, "label", IsFlat
            ? [upwards ? (box.Right + gap, box.CenterY, Across.Start, Along.Middle) : (box.Left - gap, box.CenterY, Across.End, Along.Middle)]
            : [upwards ? (box.CenterX, box.Top - 2.0, Across.Middle, Along.Bottom) : (box.CenterX, box.Bottom + 2.0, Across.Middle, Along.Top)]);
    }
}
