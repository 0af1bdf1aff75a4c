namespace NeuroNotebooks.Figures.Svg;

/// <summary>The box around a scene: grids on the far walls, ticks and titles along the outer edges.</summary>
internal sealed class SceneFrame(IReadOnlyList<Axis> axes, Projection3D projection)
{
    private const double TickLength = 5.0, LabelGap = 3.0, TitleGap = 7.0;

    private static readonly Vector3[] Walls =
        [new(1.0, 0.0, 0.0), new(-1.0, 0.0, 0.0), new(0.0, 1.0, 0.0), new(0.0, -1.0, 0.0), new(0.0, 0.0, 1.0), new(0.0, 0.0, -1.0)];

    private readonly record struct Placed(TextBlock Block, double X, double Y, Across Across, Along Along, string Role)
    {
        public Box Box => Block.BoxAt(X, Y, Across, Along);
    }

    private Box _rect;

    /// <summary>The rectangle that the box and its texts take up.</summary>
    public Box Seen { get; private set; }

    /// <summary>Makes the box as large as its rectangle allows with all its texts inside.</summary>
    public void FitInto(Box rect)
    {
        _rect = rect;
        var room = rect.Inflate(-2.0);
        var inner = room.Inflate(-Math.Min(40.0, 0.2 * Math.Min(rect.Width, rect.Height)));
        for (int round = 0; round < 3; round++)
        {
            projection.Fit(inner);
            PlanTicks();
            Box texts = TextsOf().Aggregate(inner, (box, text) => box.Union(text.Box));
            var over = Insets.Overhang(texts, inner);
            var next = over.Within(room);
            if (next.Width < 0.3 * room.Width || next.Height < 0.3 * room.Height) break;
            inner = next;
        }
        projection.Fit(inner);
        PlanTicks();
        Seen = inner;
    }

    public void DrawBack(Canvas canvas)
    {
        foreach (var wall in Walls)
            if (projection.IsBack(wall)) DrawWall(canvas, wall);
    }

    public void DrawAxes(Canvas canvas)
    {
        foreach (var axis in axes.Where(a => a.Style.Visible))
        {
            var edge = EdgeOf(axis);
            Point a = projection.Page(edge.From), b = projection.Page(edge.To), outward = Outward(a, b) * TickLength;
            var path = new PathData().MoveTo(a).LineTo(b);
            foreach (var (at, _) in axis.Plan.Major)
                if (On(axis, edge, at) is var tick) path.MoveTo(tick).LineTo(tick + outward);
            canvas.Path(path.ToString(), axis.Style.LinePaint with { Extra = "" });
        }
        var page = new Box(0.0, 0.0, Math.Max(_rect.Right, 1.0), Math.Max(_rect.Bottom, 1.0));
        foreach (var text in TextsOf().OrderByDescending(t => t.Role))      // axis titles' room comes first
        {
            var box = text.Box;
            if (canvas.Texts.Any(other => other.Overlaps(box)) && text.Role != "axis-title") continue;
            var shift = box.ShiftInto(page);
            canvas.Text(text.Block, text.X + shift.X, text.Y + shift.Y, text.Across, text.Along, text.Role);
        }
    }

    private void DrawWall(Canvas canvas, Vector3 wall)
    {
        Vector3 u = wall.X != 0.0 ? new Vector3(0.0, 1.0, 0.0) : new Vector3(1.0, 0.0, 0.0);
        Vector3 v = wall.Z != 0.0 ? new Vector3(0.0, 1.0, 0.0) : new Vector3(0.0, 0.0, 1.0);
        Point P(Vector3 p) => projection.Page(projection.Inside(p.X, p.Y, p.Z));
        canvas.Path(new PathData(1).Polyline([P(wall - u - v), P(wall + u - v), P(wall + u + v), P(wall - u + v)], close: true).ToString(),
            new Paint(new Rgba(250, 250, 250), new Rgba(205, 205, 205), 1.0));
        foreach (var (axis, along, across) in ((Axis, Vector3, Vector3)[])[(AxisAlong(u), u, v), (AxisAlong(v), v, u)])
        {
            if (!axis.Style.ShowGrid(category: false)) continue;
            var path = new PathData(1);
            foreach (var (at, _) in axis.Plan.Major)
            {
                double part = axis.Scale.Pixel(at);
                if (Math.Abs(part) < 0.999) path.MoveTo(P(wall + along * part - across)).LineTo(P(wall + along * part + across));
            }
            canvas.Path(path.ToString(), axis.Style.GridPaint with { Extra = "" });
        }
    }

    private Axis AxisAlong(Vector3 direction) => axes[direction.X != 0.0 ? 0 : direction.Y != 0.0 ? 1 : 2];

    private void PlanTicks()
    {
        foreach (var axis in axes)
        {
            var edge = EdgeOf(axis);
            Point a = projection.Page(edge.From), b = projection.Page(edge.To);
            double wide = Math.Abs(a.X - b.X), high = Math.Abs(a.Y - b.Y);
            bool level = wide / 3.0 > high;     // labels are about three times as wide as high
            // perspective crowds the far ticks: plan for nine tenths of the edge
            var scale = axis.Scale with { Start = 0.0, End = 0.9 * Math.Max(1.0, level ? wide : high) };
            axis.Spec["nticks"] ??= 6;
            axis.Plan = axis.Style.Visible
                ? new TickPlanner(axis.Spec, axis.Kind, scale, axis.Style.TickFont, level, axis.Style.ShowLabels).Plan(axis.Categories, axis.Coordinate, 0.0)
                : TickPlan.Empty;
        }
    }

    /// <summary>The edge to write an axis along: on the outline of the box, lowest for x and y, furthest left for z.</summary>
    private (Vector3 From, Vector3 To) EdgeOf(Axis axis)
    {
        int n = axis.Id[0] - 'x';
        (Vector3 From, Vector3 To) best = default;
        double bestScore = double.NegativeInfinity;
        for (int corner = 0; corner < 4; corner++)
        {
            double s = (corner & 1) * 2 - 1, t = (corner & 2) - 1;
            (Vector3 side1, Vector3 side2) = n switch
            {
                0 => (new Vector3(0.0, s, 0.0), new Vector3(0.0, 0.0, t)),
                1 => (new Vector3(s, 0.0, 0.0), new Vector3(0.0, 0.0, t)),
                _ => (new Vector3(s, 0.0, 0.0), new Vector3(0.0, t, 0.0)),
            };
            var middle = side1 + side2;
            Vector3 along = n switch { 0 => new(1.0, 0.0, 0.0), 1 => new(0.0, 1.0, 0.0), _ => new(0.0, 0.0, 1.0) };
            var from = Inside(middle - along);
            var to = Inside(middle + along);
            Point page = (projection.Page(from) + projection.Page(to)) * 0.5;
            double outline = projection.IsBack(side1) != projection.IsBack(side2) ? 1e6 : 0.0;
            double score = outline + (n == 2 ? -page.X : page.Y);
            if (score > bestScore) (best, bestScore) = ((from, to), score);
        }
        return best;
    }

    private Vector3 Inside(Vector3 p) => projection.Inside(p.X, p.Y, p.Z);

    private Point On(Axis axis, (Vector3 From, Vector3 To) edge, double at) =>
        projection.Page(edge.From + (edge.To - edge.From) * (0.5 * (axis.Scale.Pixel(at) + 1.0)));

    /// <summary>Unit vector on the page, square to an edge and away from the middle of the box.</summary>
    private Point Outward(Point a, Point b)
    {
        Point along = b - a, normal = new Point(-along.Y, along.X) * (1.0 / Math.Max(along.Length, 1e-9));
        Point away = (a + b) * 0.5 - projection.Page(new Vector3(0.0, 0.0, 0.0));
        return normal.X * away.X + normal.Y * away.Y < 0.0 ? normal * -1.0 : normal;
    }

    private List<Placed> TextsOf()
    {
        var texts = new List<Placed>();
        foreach (var axis in axes.Where(a => a.Style.Visible))
        {
            var edge = EdgeOf(axis);
            Point a = projection.Page(edge.From), b = projection.Page(edge.To), outward = Outward(a, b);
            double reach = TickLength;
            foreach (var (at, label) in axis.Plan.Major)
            {
                if (label.IsEmpty) continue;
                var tick = On(axis, edge, at);
                var placed = Beside(label, tick + outward * (TickLength + LabelGap), outward, "tick");
                reach = Math.Max(reach, Reach(placed.Box, tick, outward));
                texts.Add(placed);
            }
            if (!axis.Style.Title.IsEmpty) texts.Add(Beside(axis.Style.Title, (a + b) * 0.5 + outward * (reach + TitleGap), outward, "axis-title"));
        }
        return texts;
    }

    private static Placed Beside(TextBlock block, Point at, Point outward, string role) => new(
        block, at.X, at.Y,
        outward.X > 0.35 ? Across.Start : outward.X < -0.35 ? Across.End : Across.Middle,
        outward.Y > 0.5 ? Along.Top : outward.Y < -0.5 ? Along.Bottom : Along.Middle, role);

    /// <summary>How far a box stretches from a point along a direction.</summary>
    private static double Reach(Box box, Point from, Point direction) =>
        Math.Max((box.Left - from.X) * direction.X, (box.Right - from.X) * direction.X)
        + Math.Max((box.Top - from.Y) * direction.Y, (box.Bottom - from.Y) * direction.Y);
}
