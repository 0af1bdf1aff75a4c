using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>A colour bar: right of the plots, or beside its own subplot when there are several.</summary>
internal sealed class ColorBarPart(ColorMap map, FigureContext figure, bool besidePanel)
{
    private const double Gap = 12.0;

    private readonly JsonNode? _spec = map.Bar;
    private readonly Font _tickFont = (figure.Font with { Size = Math.Min(figure.Font.Size, 12.0) }).With(map.Bar.At("tickfont"));
    private readonly bool _titleAside = map.Bar.Text("title.side") == "right" || map.Bar.Text("titleside") == "right";
    private Box _bar;

    /// <summary>The subplot it stands beside; null if it stands beside them all.</summary>
    public Panel? Panel { get; private set; }

    /// <summary>The box around bar, labels and title.</summary>
    public Box Box { get; private set; }

    private double Thickness => Math.Clamp(_spec.Number("thickness", 15.0), 4.0, 60.0);

    public static List<ColorBarPart> All(FigureContext figure, IEnumerable<Trace> traces)
    {
        ColorMap[] maps = [.. traces.SelectMany(t => t.ColorMaps).Distinct().Where(m => m.ShowBar)];
        int unplaced = maps.Count(m => m.Bar.Number("x") is null);
        return [.. maps.Select(map => new ColorBarPart(map, figure, map.Bar.Number("x") is { } x ? x < 0.999 : unplaced > 1))];
    }

    /// <summary>Makes room beside the subplot that the bar belongs to.</summary>
    public void Attach(PageLayout layout)
    {
        Panel = besidePanel ? PanelBeside(layout) : null;
        if (Panel is not { } panel) return;
        Box = Measure(panel.Slot.Right + panel.Decor.Right + Gap, panel.Rect);
        panel.Decor = panel.Decor with { Right = Box.Right - panel.Slot.Right };
    }

    /// <summary>Puts the bar right of everything taken, unless another bar leaves room above or below itself; returns its right edge.</summary>
    public double Place(Box area, double taken, IReadOnlyList<ColorBarPart> bars)
    {
        Box = default;
        double left = taken + Gap;
        foreach (double start in bars.Where(b => b != this && b.Panel is null && b.Box.Width > 0.0).Select(b => b.Box.Left).Distinct().Order())
            if (Measure(start, area) is var box && !bars.Any(b => b != this && b.Box.Width > 0.0 && b.Box.Overlaps(box))) { left = start; break; }
        Box = Measure(left, area);
        return Box.Right;
    }

    public void Draw(Canvas canvas)
    {
        DrawColors(canvas);
        canvas.Rect(_bar, Paint.Stroked(Rgba.Parse(_spec.Text("outlinecolor")) ?? new Rgba(68, 68, 68), Math.Clamp(_spec.Number("outlinewidth", 0.8), 0.0, 6.0)));
        var plan = Plan();
        var ticks = new PathData();
        foreach (var (at, label) in plan.Major)
        {
            double y = Scale.Pixel(at);
            ticks.MoveTo(new Point(_bar.Right, y)).LineTo(new Point(_bar.Right + 4.0, y));
            canvas.Text(label, _bar.Right + 7.0, y, Across.Start, Along.Middle, "tick");
        }
        canvas.Path(ticks.ToString(), Paint.Stroked(new Rgba(68, 68, 68), 1.0));
        var title = Title();
        if (_titleAside) canvas.Text(title, Box.Right - title.Height, _bar.CenterY, Across.Middle, Along.Bottom, "axis-title", 90.0);
        else canvas.Text(title, _bar.Left, _bar.Top - 8.0, Across.Start, Along.Bottom, "axis-title");
    }

    private Scale Scale => new(map.Low, map.High, _bar.Bottom, _bar.Top);

    private TickPlan Plan() => new TickPlanner(_spec ?? new JsonObject(), AxisKind.Linear, Scale, _tickFont, along: false, showLabels: _spec.Flag("showticklabels") ?? true)
        .Plan([], v => v, null);

    private TextBlock Title()
    {
        string? text = _spec.At("title") is JsonObject ? _spec.Text("title.text") : _spec.Text("title");
        var block = new TextBlock(text, figure.Font.With(_spec.At("title.font"))) with { Align = Across.Start };
        return block.Wrapped(_titleAside ? Math.Max(80.0, _bar.Height) : 110.0);
    }

    /// <summary>The whole box when the bar's left edge and the rectangle it goes with are known.</summary>
    private Box Measure(double left, Box beside)
    {
        double length = _spec.Text("lenmode") == "pixels" ? Math.Clamp(_spec.Number("len", beside.Height), 20.0, 4000.0)
            : Math.Clamp(_spec.Number("len", 1.0), 0.05, 1.0) * beside.Height;
        double y = beside.Bottom - Math.Clamp(_spec.Number("y", 0.5), -1.0, 2.0) * beside.Height;
        double top = _spec.Text("yanchor") switch { "top" => y, "bottom" => y - length, _ => y - 0.5 * length };
        if (besidePanel && Panel is not null) (top, length) = (beside.Top, beside.Height);
        top = Math.Clamp(top, beside.Top, Math.Max(beside.Top, beside.Bottom - length));

        _bar = new Box(left, top, left + Thickness, top + length);
        var title = Title();
        if (!_titleAside && !title.IsEmpty) _bar = _bar with { Top = Math.Min(_bar.Bottom - 12.0, _bar.Top + title.Height + 4.0) };
        double labels = Plan().Major.Select(t => t.Label.Width).DefaultIfEmpty(0.0).Max();
        double right = _bar.Right + 7.0 + labels + (_titleAside && !title.IsEmpty ? 6.0 + title.Height : 0.0);
        if (!_titleAside) right = Math.Max(right, left + title.Width);
        return new Box(left, top, right, top + length);
    }

    private void DrawColors(Canvas canvas)
    {
        if (map.Levels.Length > 0)
        {
            double[] edges = [map.Low, .. map.Levels.Where(level => level > map.Low && level < map.High), map.High];
            for (int i = 0; i + 1 < edges.Length; i++)
            {
                double step = map.Levels.Length > 1 ? map.Levels[1] - map.Levels[0] : map.High - map.Low;
                double middle = i == 0 ? edges[1] - 0.5 * step : edges[i] + 0.5 * step;
                canvas.Rect(new Box(_bar.Left, Scale.Pixel(edges[i + 1]), _bar.Right, Scale.Pixel(edges[i])), Paint.Filled(map[middle]));
            }
            return;
        }
        const int shades = 250;
        var indices = new byte[shades];
        for (int i = 0; i < shades; i++) indices[i] = (byte)(shades - 1 - i);
        canvas.Image(_bar, PngEncoder.Encode(1, shades, indices, [.. Enumerable.Range(0, shades).Select(i => map.Scale.At(i / (shades - 1.0)))]));
    }

    private Panel? PanelBeside(PageLayout layout)
    {
        if (layout.PanelOf(map.Panel) is { } own) return own;
        double x = _spec.Number("x", 1.02);
        return layout.Panels.Where(p => p.DomainX.High <= x + 0.02).MaxBy(p => p.DomainX.High);
    }
}
