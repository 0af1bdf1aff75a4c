namespace NeuroNotebooks.Figures.Svg;

/// <summary>Places an axis' labels and title beside its line, the same way for measuring and for drawing.</summary>
internal static class AxisPainter
{
    private const double LabelGap = 4.0;

    private readonly record struct Placed(TextBlock Block, double X, double Y, Across Across, Along Along, double Angle, string Role)
    {
        public Box Box => Block.BoxAt(X, Y, Across, Along, Angle);
    }

    /// <summary>The box that the axis' ticks, labels and title take up, its line included.</summary>
    public static Box Measure(Axis axis)
    {
        var (low, high) = Ends(axis);
        double out1 = axis.Line + Outward(axis) * (axis.Style.Visible ? Math.Max(0.0, axis.Style.TickLength) : 0.0);
        var box = axis.IsX
            ? new Box(low, Math.Min(axis.Line, out1), high, Math.Max(axis.Line, out1))
            : new Box(Math.Min(axis.Line, out1), low, Math.Max(axis.Line, out1), high);
        return Texts(axis).Aggregate(box, (all, text) => all.Union(text.Box));
    }

    public static void PaintGrid(Canvas canvas, Axis axis, Box rect)
    {
        if (axis.Style.ShowGrid(axis.Kind == AxisKind.Category))
            Strokes(canvas, axis.Plan.Major.Select(tick => tick.At).Where(at => Inside(axis, at)), axis, rect, axis.Style.GridPaint);
        if (axis.Kind == AxisKind.Linear && axis.Style.ShowZero && axis.Scale.Shows(0.0) && Inside(axis, 0.0, edge: 5.0))
            Strokes(canvas, [0.0], axis, rect, axis.Style.ZeroPaint);
    }

    /// <summary>Line, ticks and texts; the line runs along the rectangle's side, again on the far side if mirrored.</summary>
    public static void Paint(Canvas canvas, Axis axis, Box rect)
    {
        if (!axis.Style.Visible) return;
        PaintTicks(canvas, axis, axis.Line, Outward(axis));
        double far = axis.IsX ? rect.Top + rect.Bottom - axis.Line : rect.Left + rect.Right - axis.Line;
        if (axis.Style.Mirror.Ticks) PaintTicks(canvas, axis, far, -Outward(axis));
        if (axis.Style.ShowLine)
        {
            PaintLine(canvas, axis, axis.Line, rect);
            if (axis.Style.Mirror.Line) PaintLine(canvas, axis, far, rect);
        }
        foreach (var text in Texts(axis)) canvas.Text(text.Block, text.X, text.Y, text.Across, text.Along, text.Role, text.Angle);
    }

    private static double Outward(Axis axis) => axis.Side is "bottom" or "right" ? 1.0 : -1.0;

    private static (double Low, double High) Ends(Axis axis) =>
        (Math.Min(axis.Scale.Start, axis.Scale.End), Math.Max(axis.Scale.Start, axis.Scale.End));

    /// <summary>A grid line on the very edge would only thicken the axis line.</summary>
    private static bool Inside(Axis axis, double at, double edge = 2.5)
    {
        double pixel = axis.Scale.Pixel(at);
        var (low, high) = Ends(axis);
        return pixel > low + edge && pixel < high - edge;
    }

    private static void Strokes(Canvas canvas, IEnumerable<double> at, Axis axis, Box rect, Paint paint)
    {
        var path = new PathData();
        foreach (double coordinate in at)
        {
            double pixel = axis.Scale.Pixel(coordinate);
            if (axis.IsX) path.MoveTo(new Point(pixel, rect.Top)).LineTo(new Point(pixel, rect.Bottom));
            else path.MoveTo(new Point(rect.Left, pixel)).LineTo(new Point(rect.Right, pixel));
        }
        canvas.Path(path.ToString(), paint);
    }

    private static void PaintTicks(Canvas canvas, Axis axis, double line, double outward)
    {
        double length = axis.Style.TickLength * outward;
        if (length == 0.0) return;
        var path = new PathData();
        foreach (var (at, _) in axis.Plan.Major) Stroke(path, axis, at, line, length);
        foreach (double at in axis.Plan.Minor) Stroke(path, axis, at, line, 0.55 * length);
        canvas.Path(path.ToString(), axis.Style.TickPaint);
    }

    private static void Stroke(PathData path, Axis axis, double at, double line, double length)
    {
        double pixel = axis.Scale.Pixel(at);
        if (axis.IsX) path.MoveTo(new Point(pixel, line)).LineTo(new Point(pixel, line + length));
        else path.MoveTo(new Point(line, pixel)).LineTo(new Point(line + length, pixel));
    }

    private static void PaintLine(Canvas canvas, Axis axis, double line, Box rect)
    {
        double overlap = 0.5 * axis.Style.LinePaint.Width;      // so that two axis lines meet in a full corner
        if (axis.IsX) canvas.Line(rect.Left - overlap, line, rect.Right + overlap, line, axis.Style.LinePaint);
        else canvas.Line(line, rect.Top - overlap, line, rect.Bottom + overlap, axis.Style.LinePaint);
    }

    private static IEnumerable<Placed> Texts(Axis axis)
    {
        double outward = Outward(axis), start = axis.Line + outward * (Math.Max(0.0, axis.Style.TickLength) + LabelGap);
        double reach = start - outward * LabelGap;
        foreach (var (at, label) in axis.Plan.Major)
        {
            if (label.IsEmpty) continue;
            var placed = axis.IsX ? AcrossX(axis, label, axis.Scale.Pixel(at), start) : BesideY(axis, label, axis.Scale.Pixel(at), start);
            reach = outward > 0.0
                ? Math.Max(reach, axis.IsX ? placed.Box.Bottom : placed.Box.Right)
                : Math.Min(reach, axis.IsX ? placed.Box.Top : placed.Box.Left);
            yield return placed;
        }
        if (!axis.Style.Title.IsEmpty) yield return Title(axis, reach + outward * axis.Style.TitleGap);
    }

    private static Placed AcrossX(Axis axis, TextBlock label, double x, double start)
    {
        bool bottom = axis.Side == "bottom";
        double angle = axis.Plan.Angle;
        if (angle == 0.0) return new Placed(label, x, start, Across.Middle, bottom ? Along.Top : Along.Bottom, 0.0, "tick");
        double half = 0.5 * label.Height * Math.Abs(Math.Cos(angle * Math.PI / 180.0));
        var end = (angle < 0.0) == bottom ? Across.End : Across.Start;
        return new Placed(label with { Align = end }, x, bottom ? start + half : start - half, end, Along.Middle, angle, "tick");
    }

    private static Placed BesideY(Axis axis, TextBlock label, double y, double start)
    {
        bool left = axis.Side == "left";
        double angle = axis.Plan.Angle;
        var end = left ? Across.End : Across.Start;
        if (Math.Abs(angle) < 89.0) return new Placed(label with { Align = end }, start, y, end, Along.Middle, angle, "tick");
        return new Placed(label, start, y, Across.Middle, left == angle < 0.0 ? Along.Bottom : Along.Top, angle, "tick");
    }

    private static Placed Title(Axis axis, double at)
    {
        var (low, high) = Ends(axis);
        var title = axis.Style.Title.Wrapped(Math.Max(high - low, 110.0));
        double middle = 0.5 * (low + high);
        return axis.Side switch
        {
            "bottom" => new Placed(title, middle, at, Across.Middle, Along.Top, 0.0, "axis-title"),
            "top" => new Placed(title, middle, at, Across.Middle, Along.Bottom, 0.0, "axis-title"),
            "left" => new Placed(title, at, middle, Across.Middle, Along.Bottom, -90.0, "axis-title"),
            _ => new Placed(title, at, middle, Across.Middle, Along.Bottom, 90.0, "axis-title"),
        };
    }
}
