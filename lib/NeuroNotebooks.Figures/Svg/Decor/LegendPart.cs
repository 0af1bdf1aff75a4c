using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

internal enum LegendSide { Inside, Left, Right, Above, Below }

/// <summary>The legend: keys and names, beside, above or below the plots, or inside them where asked and where no data lie.</summary>
internal sealed class LegendPart
{
    public const double Gap = 12.0;

    private const double KeyWidth = 28.0, KeyGap = 6.0, RowGap = 3.0, ColumnGap = 18.0, Border = 5.0;

    private readonly JsonNode? _spec;
    private readonly Font _font;
    private readonly TextBlock _title;
    private readonly List<Entry> _entries;
    private List<(Entry Entry, double X, double Y)> _places = [];
    private double _width, _height;

    private sealed record Entry(Trace? Trace, TextBlock Name)
    {
        public double Height => Math.Max(Name.Height, 17.0);
    }

    private LegendPart(JsonNode? spec, Font font, List<Entry> entries)
    {
        (_spec, _font, _entries) = (spec, font, entries);
        _title = new TextBlock(spec.Text("title.text"), font.With(spec.At("title.font"))) with { Align = Across.Start };
        Side = SideOf();
    }

    public LegendSide Side { get; private set; }

    public Box Box { get; private set; }

    private bool Horizontal => _spec.Text("orientation") == "h";

    private double X => Math.Clamp(_spec.Number("x", Horizontal ? 0.0 : 1.02), -2.0, 3.0);

    private double Y => Math.Clamp(_spec.Number("y", Horizontal ? -0.1 : 1.0), -2.0, 3.0);

    /// <param name="outside">Puts a legend that would cover data to the right of the plots.</param>
    public static LegendPart? Read(FigureContext figure, IReadOnlyList<Trace> traces, bool outside)
    {
        var spec = figure.Layout.At("legend");
        var font = (figure.Font with { Size = Math.Min(figure.Font.Size, 12.0) }).With(spec.At("font"));
        Trace[] named = [.. traces.Where(t => t.Json.Flag("showlegend") ?? t.InLegend)];
        bool show = figure.Layout.Flag("showlegend") ?? (named.Length > 1 || named.Any(t => t.Json.Flag("showlegend") == true));
        if (!show || named.Length == 0) return null;

        var entries = new List<Entry>();
        foreach (var group in named.GroupBy(t => t.Json.Text("legendgroup") ?? $"\0{t.Spec.Index}"))
        {
            if (group.Select(t => t.Json.Text("legendgrouptitle.text")).FirstOrDefault(t => t is not null) is { } heading)
                entries.Add(new Entry(null, new TextBlock(heading, font)));
            entries.AddRange(group.Select(t => new Entry(t, new TextBlock(t.Spec.Name, font))));
        }
        if (spec.Text("traceorder")?.Contains("reversed", StringComparison.Ordinal) == true) entries.Reverse();
        var legend = new LegendPart(spec, font, entries);
        if (outside) legend.Side = LegendSide.Right;
        return legend;
    }

    /// <summary>Wraps names and arranges the entries in rows and columns that fit the page.</summary>
    public void Measure(Box page)
    {
        bool rows = Horizontal && Side is not LegendSide.Left and not LegendSide.Right;
        double widest = rows ? 0.6 * page.Width : Math.Max(70.0, 0.28 * page.Width);
        for (int i = 0; i < _entries.Count; i++) _entries[i] = _entries[i] with { Name = _entries[i].Name.Wrapped(widest) with { Align = Across.Start } };
        _places = [];
        double top = _title.IsEmpty ? 0.0 : _title.Height + RowGap;
        (_width, _height) = rows ? Rows(top, 0.86 * page.Width) : Columns(top, 0.8 * page.Height);
        _width = Math.Max(_width, _title.Width) + 2.0 * Border;
        _height += 2.0 * Border;
    }

    /// <summary>Puts the legend beside everything taken, or inside the area.</summary>
    public void Place(Box area, Box taken, Box page)
    {
        double left = Anchored(area.Left + X * area.Width, _width, _spec.Text("xanchor") ?? (Side == LegendSide.Inside || Horizontal ? "auto" : "left"), X);
        double top = Anchored(area.Bottom - Y * area.Height, _height, Flipped(_spec.Text("yanchor") ?? "auto"), 1.0 - Y);
        (left, top) = Side switch
        {
            LegendSide.Right => (Math.Max(taken.Right + Gap, Math.Min(left, taken.Right + Gap)), top),
            LegendSide.Left => (taken.Left - Gap - _width, top),
            LegendSide.Above => (left, taken.Top - Gap - _height + 4.0),
            LegendSide.Below => (left, taken.Bottom + Gap - 4.0),
            _ => (left, top),
        };
        var box = new Box(left, top, left + _width, top + _height);
        if (Side is LegendSide.Right or LegendSide.Left) box = box.Shift(0.0, box.ShiftInto(new Box(left, area.Top, left + _width, page.Bottom)).Y);
        if (Side is LegendSide.Above or LegendSide.Below) box = box.Shift(box.ShiftInto(page).X, 0.0);
        if (Side == LegendSide.Inside) { var shift = box.ShiftInto(area.Inflate(-4.0)); box = box.Shift(shift.X, shift.Y); }
        Box = box;
    }

    /// <summary>Moves an inside legend to the freest corner; false if it would cover data or text everywhere.</summary>
    public bool FindFreeCorner(Box area, Occupancy occupancy, IReadOnlyList<Box> texts)
    {
        if (Side != LegendSide.Inside || IsFree(Box, occupancy, texts)) return true;
        var room = area.Inflate(-6.0);
        foreach (double y in (double[])[0.0, 1.0, 0.5])
            foreach (double x in (double[])[1.0, 0.0, 0.5])
            {
                double left = room.Left + x * (room.Width - _width), top = room.Top + y * (room.Height - _height);
                var box = new Box(left, top, left + _width, top + _height);
                if (!IsFree(box, occupancy, texts)) continue;
                Box = box;
                return true;
            }
        return false;
    }

    public void Draw(Canvas canvas)
    {
        var ground = Rgba.Parse(_spec.Text("bgcolor")) ?? (Side == LegendSide.Inside ? Rgba.White.Fade(0.85) : Rgba.Clear);
        var border = Rgba.Parse(_spec.Text("bordercolor"));
        double width = Math.Clamp(_spec.Number("borderwidth", 0.0), 0.0, 10.0);
        if (ground.A > 0.0 || width > 0.0) canvas.Rect(Box, new Paint(ground, border ?? Rgba.Black, width));
        canvas.Text(_title, Box.Left + Border, Box.Top + Border, Across.Start, Along.Top, "legend-title");
        foreach (var (entry, dx, dy) in _places)
        {
            double x = Box.Left + Border + dx, middle = Box.Top + Border + dy + 0.5 * entry.Height;
            entry.Trace?.DrawKey(canvas, new Box(x, middle - 8.0, x + KeyWidth, middle + 8.0));
            canvas.Text(entry.Name, entry.Trace is null ? x : x + KeyWidth + KeyGap, middle, Across.Start, Along.Middle, "legend");
        }
    }

    private static bool IsFree(Box box, Occupancy occupancy, IReadOnlyList<Box> texts) =>
        occupancy.Covered(box.Inflate(-2.0)) == 0 && !texts.Any(t => t.Overlaps(box));

    private static double Wide(Entry entry) => entry.Name.Width + (entry.Trace is null ? 0.0 : KeyWidth + KeyGap);

    private (double Width, double Height) Rows(double top, double widest)
    {
        double x = 0.0, y = top, rowHeight = 0.0, width = 0.0;
        foreach (var entry in _entries)
        {
            if (x > 0.0 && x + Wide(entry) > widest) (x, y, rowHeight) = (0.0, y + rowHeight + RowGap, 0.0);
            _places.Add((entry, x, y));
            width = Math.Max(width, x + Wide(entry));
            rowHeight = Math.Max(rowHeight, entry.Height);
            x += Wide(entry) + ColumnGap;
        }
        return (width, y + rowHeight);
    }

    private (double Width, double Height) Columns(double top, double highest)
    {
        double x = 0.0, y = top, columnWidth = 0.0, height = 0.0;
        foreach (var entry in _entries)
        {
            if (y > top && y + entry.Height > highest) (x, y, columnWidth) = (x + columnWidth + ColumnGap, top, 0.0);
            _places.Add((entry, x, y));
            columnWidth = Math.Max(columnWidth, Wide(entry));
            y += entry.Height + RowGap;
            height = Math.Max(height, y - RowGap);
        }
        return (x + columnWidth, height);
    }

    private LegendSide SideOf()
    {
        string? xanchor = _spec.Text("xanchor"), yanchor = _spec.Text("yanchor");
        if (Y > 1.0 || (Y == 1.0 && yanchor == "bottom")) return LegendSide.Above;
        if (Y < 0.0 || (Y == 0.0 && yanchor == "top")) return LegendSide.Below;
        if (X >= 1.0 && xanchor is null or "left" or "auto" && (X > 1.0 || xanchor == "left")) return LegendSide.Right;
        if (X > 1.0) return LegendSide.Right;
        return X < 0.0 || (X == 0.0 && xanchor == "right") ? LegendSide.Left : LegendSide.Inside;
    }

    private static string Flipped(string anchor) => anchor switch { "top" => "left", "bottom" => "right", "middle" => "center", _ => "auto" };

    private static double Anchored(double at, double size, string anchor, double fraction) => anchor switch
    {
        "left" => at,
        "center" => at - 0.5 * size,
        "right" => at - size,
        _ => fraction < 1.0 / 3.0 ? at : fraction > 2.0 / 3.0 ? at - size : at - 0.5 * size,
    };
}
