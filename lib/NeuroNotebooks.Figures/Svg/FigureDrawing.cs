namespace NeuroNotebooks.Figures.Svg;

/// <summary>One drawing of a figure, from its parts' places to the finished elements.</summary>
internal sealed class FigureDrawing
{
    private readonly FigureContext _figure;
    private readonly Canvas _canvas;
    private readonly PageLayout _layout;
    private readonly List<Label> _labels = [];

    public FigureDrawing(FigureSource source, string id, bool legendOutside)
    {
        _figure = new FigureContext(source);
        _canvas = new Canvas(id);
        var axes = new AxisSet(_figure);
        var scenes = new SceneSet(_figure);
        var traces = new TraceReader(_figure, axes, scenes).Read();
        UnknownTrace[] unknown = [.. traces.OfType<UnknownTrace>()];
        if (traces.Count == unknown.Length && unknown.Length == 0) (_, _) = (axes.Get("x", 'x'), axes.Get("y", 'y'));

        var notes = new AnnotationSet(_figure, axes);
        var parts = new PageParts(
            TitlePart.Read(_figure), LegendPart.Read(_figure, traces, legendOutside),
            source.Slider is { } slider ? new SliderPart(slider, _figure) : null, ColorBarPart.All(_figure, traces), notes);
        _layout = new PageLayout(_figure, axes, Panel.All(axes, scenes, traces), parts);
        Draw(parts, new ShapeSet(_figure, axes), notes, unknown);
    }

    public Box Page => _layout.Page;

    public string Family => _figure.Family;

    public string Body => _canvas.Body;

    /// <summary>False if the legend stands inside the plots and covers data wherever it stands.</summary>
    public bool LegendFits { get; private set; } = true;

    private void Draw(PageParts parts, ShapeSet shapes, AnnotationSet notes, UnknownTrace[] unknown)
    {
        var occupancy = new Occupancy(Page.Width, Page.Height);
        if (_figure.Page.A > 0.0) _canvas.Rect(Page, Paint.Filled(_figure.Page));
        foreach (var panel in _layout.Panels.Where(p => p.Scene is null)) DrawGround(panel);
        shapes.Draw(_canvas, _layout, below: true, _labels);
        foreach (var panel in _layout.Panels) DrawData(panel, occupancy);
        foreach (var panel in _layout.Panels)
            foreach (var axis in panel.Axes) AxisPainter.Paint(_canvas, axis, panel.Rect);
        shapes.Draw(_canvas, _layout, below: false, _labels);

        parts.Title?.Draw(_canvas);
        foreach (var bar in parts.Bars) bar.Draw(_canvas);
        parts.Slider?.Draw(_canvas);
        notes.Draw(_canvas, _layout);
        if (parts.Legend is { } legend)
        {
            LegendFits = legend.FindFreeCorner(_layout.Area, occupancy, _canvas.Texts);
            legend.Draw(_canvas);
        }
        DrawLabels(parts.Legend?.Box);
        DrawNotes(unknown);
    }

    private void DrawGround(Panel panel)
    {
        if (_figure.Plot.A > 0.0) _canvas.Rect(panel.Rect, Paint.Filled(_figure.Plot));
        foreach (var axis in panel.Traces.SelectMany(t => new[] { t.X, t.Y }).Concat(panel.Axes).Distinct())
            if (axis.Overlaying is null || axis.Spec.Flag("showgrid") == true) AxisPainter.PaintGrid(_canvas, axis, panel.Rect);
    }

    private void DrawData(Panel panel, Occupancy occupancy)
    {
        if (panel.Scene is { } scene)
        {
            scene.Draw(_canvas, panel.Slot, occupancy);
            return;
        }
        if (panel.Traces.Count == 0) return;
        var plot = new Plot(_canvas, panel.Rect, occupancy, _figure);
        CartesianTrace[] order = [.. panel.Traces.OrderBy(t => t.Layer)];
        // half a line's width more, so that a line along the edge keeps its whole width
        _canvas.OpenClip(panel.Traces.Any(t => t.Layer == 4) ? panel.Rect.Inflate(4.0) : panel.Rect.Inflate(1.0));
        foreach (var trace in order.Where(t => t.Layer < 4)) trace.Draw(plot);
        foreach (var trace in order.Where(t => t.Layer == 4)) trace.DrawBelow(plot);
        foreach (var trace in order.Where(t => t.Layer == 4)) trace.Draw(plot);
        _canvas.Shut();
        _labels.AddRange(plot.Labels);
    }

    private void DrawLabels(Box? legend)
    {
        var page = Page.Inflate(-2.0);
        foreach (var label in _labels)
            foreach (var (x, y, across, along) in label.Places)
            {
                var box = label.Block.BoxAt(x, y, across, along);
                bool free = !_canvas.Texts.Any(other => other.Overlaps(box)) && legend?.Overlaps(box) != true
                    && box.Left >= page.Left && box.Right <= page.Right && box.Top >= page.Top && box.Bottom <= page.Bottom;
                if (!free) continue;
                _canvas.Text(label.Block, x, y, across, along, label.Role);
                break;
            }
    }

    /// <summary>Traces of kinds unknown here are named rather than left out in silence.</summary>
    private void DrawNotes(UnknownTrace[] unknown)
    {
        double y = _layout.Area.Top + 12.0;
        foreach (var trace in unknown.Take(6))
        {
            var block = new TextBlock(trace.Note, _figure.Font with { Size = 12.0 }).Wrapped(Math.Max(80.0, 0.8 * _layout.Area.Width));
            var box = block.BoxAt(_layout.Area.CenterX, y, Across.Middle, Along.Top).Inflate(6.0);
            var shift = FreePlace.Near(box, _canvas.Texts, Page);
            _canvas.Rect(box.Shift(shift.X, shift.Y), new Paint(Rgba.White.Fade(0.9), new Rgba(150, 150, 150), 1.0));
            _canvas.Text(block, _layout.Area.CenterX + shift.X, y + shift.Y, Across.Middle, Along.Top, "note");
            y += box.Height + 8.0;
        }
    }
}
