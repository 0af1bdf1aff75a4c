namespace NeuroNotebooks.Figures.Svg;

/// <summary>One subplot of the page: the axes that span it, or a scene.</summary>
internal sealed class Panel((double Low, double High) domainX, (double Low, double High) domainY)
{
    public (double Low, double High) DomainX { get; } = domainX;

    public (double Low, double High) DomainY { get; } = domainY;

    public List<Axis> Axes { get; } = [];

    public List<CartesianTrace> Traces { get; } = [];

    public Scene? Scene { get; init; }

    /// <summary>The room the page gives it.</summary>
    public Box Slot { get; set; }

    /// <summary>The rectangle that data are drawn in: the slot, or a part of it where scales are tied to each other.</summary>
    public Box Rect { get; set; }

    /// <summary>How far labels stand out of the slot.</summary>
    public Insets Decor { get; set; }

    /// <summary>Names of the axis pairs, or of the scene, as colour maps know them.</summary>
    public bool Holds(string? name) => Scene is { } scene ? scene.Id == name : Traces.Any(t => t.X.Id + t.Y.Id == name);

    /// <summary>The panels of a figure: axes over the same part of the page share one.</summary>
    public static List<Panel> All(AxisSet axes, SceneSet scenes, IEnumerable<Trace> traces)
    {
        var panels = new List<Panel>();
        foreach (var trace in traces.OfType<CartesianTrace>())
        {
            var panel = panels.Find(p => p.DomainX == trace.X.Domain && p.DomainY == trace.Y.Domain);
            if (panel is null) panels.Add(panel = new Panel(trace.X.Domain, trace.Y.Domain));
            panel.Traces.Add(trace);
        }
        if (panels.Count == 0)
            foreach (var x in axes.All.Where(a => a.IsX).ToArray())
                if ((axes.Find(x.Anchor) ?? axes.All.FirstOrDefault(a => !a.IsX)) is { IsX: false } y) panels.Add(new Panel(x.Domain, y.Domain));
        foreach (var axis in axes.All) Owner(axis, axes, panels)?.Axes.Add(axis);
        panels.AddRange(scenes.All.Select(scene => new Panel(scene.DomainX, scene.DomainY) { Scene = scene }));
        return panels;
    }

    /// <summary>The panel along whose side an axis is written: the one of its anchor, else the first that it spans.</summary>
    private static Panel? Owner(Axis axis, AxisSet axes, List<Panel> panels)
    {
        Panel[] spanned = [.. panels.Where(p => (axis.IsX ? p.DomainX : p.DomainY) == axis.Domain)];
        if (axes.Find(axis.Anchor) is { } anchor && anchor.IsX != axis.IsX
            && spanned.FirstOrDefault(p => (axis.IsX ? p.DomainY : p.DomainX) == anchor.Domain) is { } own) return own;
        return spanned.FirstOrDefault(p => p.Traces.Any(t => t.X == axis || t.Y == axis)) ?? spanned.FirstOrDefault();
    }

    /// <summary>Sets the pixels that the panel's axes span.</summary>
    public void SetPixels(IEnumerable<Axis> all)
    {
        foreach (var axis in all)
            if (Axes.Contains(axis) || Traces.Any(t => t.X == axis || t.Y == axis))
                axis.Scale = axis.IsX ? axis.Scale with { Start = Slot.Left, End = Slot.Right } : axis.Scale with { Start = Slot.Bottom, End = Slot.Top };
    }

    /// <summary>The rectangle its axes now span.</summary>
    public void SetRect()
    {
        var x = Traces.Select(t => t.X).Concat(Axes.Where(a => a.IsX)).FirstOrDefault();
        var y = Traces.Select(t => t.Y).Concat(Axes.Where(a => !a.IsX)).FirstOrDefault();
        Rect = new Box(x?.Scale.Start ?? Slot.Left, y?.Scale.End ?? Slot.Top, x?.Scale.End ?? Slot.Right, y?.Scale.Start ?? Slot.Bottom);
    }

    /// <summary>Puts its axes' lines along its sides, a second one on a side beyond the first, and measures what stands out.</summary>
    /// <param name="free">The pixel of an axis that names its own position.</param>
    public void PlaceAxisLines(Func<Axis, double?> free)
    {
        var taken = Slot;
        foreach (var side in Axes.GroupBy(a => a.Side))
        {
            double line = side.Key switch { "left" => Rect.Left, "right" => Rect.Right, "top" => Rect.Top, _ => Rect.Bottom };
            bool first = true;
            foreach (var axis in side)
            {
                const double apart = 12.0;
                if (!first)
                    line = side.Key switch
                    {
                        "left" => taken.Left - apart,
                        "right" => taken.Right + apart,
                        "top" => taken.Top - apart,
                        _ => taken.Bottom + apart,
                    };
                axis.Line = free(axis) ?? line;
                axis.Plan = TickPlanner.Plan(axis);
                taken = taken.Union(AxisPainter.Measure(axis));
                first = false;
            }
        }
        Decor = Insets.Overhang(taken, Slot);
    }
}
