using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>A text on the page, with or without an arrow to what it is about.</summary>
internal sealed class Annotation
{
    private readonly JsonObject _spec;
    private readonly AxisSet _axes;
    private readonly Font _font;

    public Annotation(JsonObject spec, AxisSet axes, FigureContext figure)
    {
        (_spec, _axes) = (spec, axes);
        _font = (figure.Font with { Size = Math.Min(figure.Font.Size, 12.5) }).With(spec.At("font"));
        HasArrow = (spec.Flag("showarrow") ?? true) && spec.Text("arrowhead") is not "none";
    }

    public bool HasArrow { get; }

    private string? XRef => _spec.Text("xref") ?? (_axes.Find("x") is null ? "paper" : "x");

    private string? YRef => _spec.Text("yref") ?? (_axes.Find("y") is null ? "paper" : "y");

    /// <summary>Whether it is placed by the page or a subplot rather than by data: a heading or a note that may stand beside the plots.</summary>
    public bool IsOuter => !HasArrow && (!IsData(XRef) || !IsData(YRef));

    private double Angle => Math.Clamp(_spec.Number("textangle", 0.0), -180.0, 180.0);

    private double Pad => Math.Clamp(_spec.Number("borderpad", 1.0), 0.0, 40.0) + Math.Clamp(_spec.Number("borderwidth", 0.0), 0.0, 20.0);

    private static bool IsData(string? reference) => reference is not null and not "paper" && !reference.EndsWith("domain", StringComparison.Ordinal);

    public Box BoxOn(PageLayout layout) => Find(layout) is { } place ? place.Box : new Box(layout.Area.CenterX, layout.Area.CenterY, layout.Area.CenterX, layout.Area.CenterY);

    /// <summary>A heading above a subplot, or a note below it, makes the gap there wide enough.</summary>
    public void Attach(PageLayout layout)
    {
        if (Find(layout) is not { } place) return;
        foreach (var panel in layout.Panels)
        {
            var slot = panel.Slot;
            if (place.Box.CenterX < slot.Left - 1.0 || place.Box.CenterX > slot.Right + 1.0) continue;
            double above = slot.Top - place.Box.Top;
            bool heads = place.Box.Bottom <= slot.Top + 3.0 && slot.Top - place.Box.Bottom < 30.0;
            if (heads) panel.Decor = panel.Decor with { Top = Math.Max(panel.Decor.Top, above) };
        }
    }

    public void Draw(Canvas canvas, PageLayout layout)
    {
        if (Find(layout) is not { } place) return;
        var room = layout.Page.Inflate(-3.0);
        var shift = place.Box.ShiftInto(room);
        var box = place.Box.Shift(shift.X, shift.Y);
        var free = FreePlace.Near(box.Inflate(1.0), canvas.Texts, room);
        box = box.Shift(free.X, free.Y);
        shift += free;

        double opacity = Math.Clamp(_spec.Number("opacity", 1.0), 0.0, 1.0);
        if (HasArrow) DrawArrow(canvas, place.Target, box, opacity);
        var ground = Rgba.Parse(_spec.Text("bgcolor"));
        var border = Rgba.Parse(_spec.Text("bordercolor"));
        if (ground is not null || border is not null)
            canvas.Rect(box, new Paint((ground ?? Rgba.Clear).Fade(opacity), border, border is null ? 0.0 : Math.Clamp(_spec.Number("borderwidth", 1.0), 0.0, 20.0)));
        var block = place.Block with { Font = place.Block.Font with { Color = place.Block.Font.Color.Fade(opacity) } };
        canvas.Text(block, place.X + shift.X, place.Y + shift.Y, place.Across, place.Along, "annotation", Angle);
    }

    private readonly record struct Placed(TextBlock Block, Point Target, double X, double Y, Across Across, Along Along, Box Box);

    private Placed? Find(PageLayout layout)
    {
        if (_spec.Flag("visible") == false) return null;
        var reference = new PageReference(_axes, layout);
        if (reference.Pixel(_spec.At("x"), XRef, isX: true, logarithms: true) is not { } x
            || reference.Pixel(_spec.At("y"), YRef, isX: false, logarithms: true) is not { } y) return null;
        x += Math.Clamp(_spec.Number("xshift", 0.0), -2000.0, 2000.0);
        y -= Math.Clamp(_spec.Number("yshift", 0.0), -2000.0, 2000.0);
        if (OutOfSight(reference, x, y)) return null;

        var (tailX, tailY) = HasArrow ? Tail(reference, x, y) : (x, y);
        var block = new TextBlock(_spec.Text("text"), _font) with
        {
            Align = _spec.Text("align") switch { "left" => Across.Start, "right" => Across.End, _ => Across.Middle },
        };
        block = block.Wrapped(_spec.Number("width") is { } width and > 20.0 ? width : layout.Page.Width - 30.0);
        var across = XAnchor();
        var along = YAnchor();
        double px = tailX + (across switch { Across.Start => Pad, Across.End => -Pad, _ => 0.0 });
        double py = tailY + (along switch { Along.Top => Pad, Along.Bottom => -Pad, _ => 0.0 });
        // a turned text turns about its own middle, and is then put where its upright box belongs
        if (Angle != 0.0)
        {
            var turned = block.BoxAt(0.0, 0.0, Across.Middle, Along.Middle, Angle);
            px += across switch { Across.Start => turned.Width / 2, Across.End => -turned.Width / 2, _ => 0.0 };
            py += along switch { Along.Top => turned.Height / 2, Along.Bottom => -turned.Height / 2, _ => 0.0 };
            (across, along) = (Across.Middle, Along.Middle);
        }
        return new Placed(block, new Point(x, y), px, py, across, along, block.BoxAt(px, py, across, along, Angle).Inflate(Pad));
    }

    /// <summary>An arrow to data outside the axes' ranges points at nothing.</summary>
    private bool OutOfSight(PageReference reference, double x, double y) =>
        (IsData(XRef) || IsData(YRef)) && reference.PanelOf(XRef, YRef) is { } panel
        && ((IsData(XRef) && (x < panel.Rect.Left - 1.0 || x > panel.Rect.Right + 1.0)) || (IsData(YRef) && (y < panel.Rect.Top - 1.0 || y > panel.Rect.Bottom + 1.0)));

    private (double X, double Y) Tail(PageReference reference, double x, double y)
    {
        double? axisX = IsData(_spec.Text("axref")) ? reference.Pixel(_spec.At("ax"), _spec.Text("axref"), isX: true, logarithms: true) : null;
        double? axisY = IsData(_spec.Text("ayref")) ? reference.Pixel(_spec.At("ay"), _spec.Text("ayref"), isX: false, logarithms: true) : null;
        return (axisX ?? x + Math.Clamp(_spec.Number("ax", -10.0), -2000.0, 2000.0), axisY ?? y + Math.Clamp(_spec.Number("ay", -30.0), -2000.0, 2000.0));
    }

    private Across XAnchor() => _spec.Text("xanchor") switch
    {
        "left" => Across.Start,
        "right" => Across.End,
        "center" => Across.Middle,
        _ => HasArrow || IsData(XRef) ? Across.Middle : _spec.Number("x", 0.5) switch { < 1.0 / 3.0 => Across.Start, > 2.0 / 3.0 => Across.End, _ => Across.Middle },
    };

    private Along YAnchor() => _spec.Text("yanchor") switch
    {
        "top" => Along.Top,
        "bottom" => Along.Bottom,
        "middle" => Along.Middle,
        _ => HasArrow || IsData(YRef) ? Along.Middle : _spec.Number("y", 0.5) switch { < 1.0 / 3.0 => Along.Bottom, > 2.0 / 3.0 => Along.Top, _ => Along.Middle },
    };

    private void DrawArrow(Canvas canvas, Point target, Box from, double opacity)
    {
        double width = Math.Clamp(_spec.Number("arrowwidth", 1.2), 0.1, 20.0), size = Math.Clamp(_spec.Number("arrowsize", 1.0), 0.3, 5.0);
        var color = (Rgba.Parse(_spec.Text("arrowcolor")) ?? _font.Color).Fade(opacity);
        var empty = _spec.Text("text") is null;
        var start = new Point(from.CenterX, from.CenterY);
        var direction = target - start;
        if (direction.Length < 1.0) return;
        if (!empty) start += direction * Math.Min(1.0, Leave(from, direction));
        var unit = direction * (1.0 / direction.Length);
        target -= unit * Math.Clamp(_spec.Number("standoff", 0.0), 0.0, 200.0);
        if ((target - start).Length < 4.0 || (!empty && from.Contains(target))) return;

        double head = 4.0 * size * Math.Max(1.0, Math.Sqrt(width)) + 2.0;
        bool headless = _spec.Number("arrowhead") == 0.0;
        var neck = target - unit * (headless ? 0.0 : 0.8 * head);
        canvas.Line(start.X, start.Y, neck.X, neck.Y, Paint.Stroked(color, width));
        if (headless) return;
        var side = new Point(-unit.Y, unit.X) * (0.42 * head);
        canvas.Path(new PathData().Polyline([target, target - unit * head + side, neck, target - unit * head - side], close: true).ToString(), Paint.Filled(color));
    }

    /// <summary>The part of a way from a box' middle at which it leaves the box.</summary>
    private static double Leave(Box box, Point direction) => Math.Min(
        Math.Abs(direction.X) < 1e-9 ? 1.0 : 0.5 * box.Width / Math.Abs(direction.X),
        Math.Abs(direction.Y) < 1e-9 ? 1.0 : 0.5 * box.Height / Math.Abs(direction.Y));
}

/// <summary>The figure's annotations.</summary>
internal sealed class AnnotationSet(FigureContext figure, AxisSet axes)
{
    private readonly Annotation[] _all = [.. figure.Layout.Maps("annotations").Take(500).Select(spec => new Annotation(spec, axes, figure))];

    /// <summary>Those that may stand beside the plots: the page makes room for them.</summary>
    public IEnumerable<Annotation> Outer => _all.Where(a => a.IsOuter);

    public void Draw(Canvas canvas, PageLayout layout)
    {
        // headings keep their places; what points at data gives way
        foreach (var note in _all.OrderBy(a => a.IsOuter ? 0 : 1)) note.Draw(canvas, layout);
    }
}
