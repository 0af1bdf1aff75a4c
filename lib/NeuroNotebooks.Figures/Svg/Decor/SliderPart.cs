namespace NeuroNotebooks.Figures.Svg;

/// <summary>A slider as a line with its knob at the frame shown, and the value beside it.</summary>
internal sealed class SliderPart(SliderState state, FigureContext figure)
{
    private const double Above = 10.0, Track = 14.0;

    private readonly TextBlock _caption = new(state.Caption, figure.Font with { Size = 12.0 });
    private readonly TextBlock _first = new(state.FirstLabel, Small(figure)), _last = new(state.LastLabel, Small(figure));
    private Box _box;

    public double Height => Above + Track + Math.Max(_caption.Height, _first.Height) + 4.0;

    private static Font Small(FigureContext figure) => figure.Font with { Size = 10.5, Color = new Rgba(96, 96, 96) };

    public void Place(Box area, Box page) => _box = new Box(area.Left, page.Bottom - Height + Above - 6.0, area.Right, page.Bottom - 6.0);

    public void Draw(Canvas canvas)
    {
        double y = _box.Top + 6.0, left = _box.Left + 6.0, right = _box.Right - 6.0, knob = left + state.Position * (right - left);
        canvas.Line(left, y, right, y, new Paint(null, new Rgba(200, 200, 200), 4.0, Round: true));
        canvas.Line(left, y, knob, y, new Paint(null, new Rgba(120, 120, 120), 4.0, Round: true));
        canvas.Ellipse(new Box(knob - 6.0, y - 6.0, knob + 6.0, y + 6.0), new Paint(Rgba.White, new Rgba(85, 85, 85), 1.5));

        double below = y + 9.0;
        var room = new Box(_box.Left, below, _box.Right, below + 40.0);
        var caption = _caption.Wrapped(room.Width);
        var box = caption.BoxAt(knob, below, Across.Middle, Along.Top);
        var placed = canvas.Text(caption, knob + box.ShiftInto(room).X, below, Across.Middle, Along.Top, "slider");
        if (!_first.BoxAt(_box.Left, below, Across.Start, Along.Top).Overlaps(placed, 6.0)) canvas.Text(_first, _box.Left, below, Across.Start, Along.Top, "slider-end");
        if (!_last.BoxAt(_box.Right, below, Across.End, Along.Top).Overlaps(placed, 6.0)) canvas.Text(_last, _box.Right, below, Across.End, Along.Top, "slider-end");
    }
}
