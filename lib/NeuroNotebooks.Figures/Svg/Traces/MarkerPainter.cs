namespace NeuroNotebooks.Figures.Svg;

/// <summary>Draws markers, those of one look in one element when there are many.</summary>
internal static class MarkerPainter
{
    /// <summary>Above this, markers that fall on the same pixel are drawn once.</summary>
    private const int Many = 4000;

    /// <summary>Above this, equal circles become dots of one path.</summary>
    private const int FewEnough = 400;

    public static void Paint(Canvas canvas, IReadOnlyList<(Point At, MarkerLook Look)> markers, double opacity = 1.0)
    {
        markers = Thinned(markers);
        int start = 0;
        while (start < markers.Count)
        {
            int end = start + 1;
            while (end < markers.Count && markers[end].Look == markers[start].Look) end++;
            PaintEqual(canvas, markers[start].Look, [.. Enumerable.Range(start, end - start).Select(i => markers[i].At)], opacity);
            start = end;
        }
    }

    private static void PaintEqual(Canvas canvas, MarkerLook look, Point[] at, double opacity)
    {
        if (look.Size <= 0.0) return;
        var symbol = Symbol.Read(look.Symbol);
        double alpha = look.Opacity * opacity;
        Rgba line = (symbol.Open ? (symbol.Closed.Length > 0 || symbol.IsCircle ? look.Fill : look.Outline) : look.Outline).Fade(alpha);
        double width = symbol.Open ? Math.Max(look.OutlineWidth, symbol.Closed.Length > 0 || symbol.IsCircle ? 1.2 : 0.5) : look.OutlineWidth;
        var paint = new Paint(symbol.Open ? null : look.Fill.Fade(alpha), line, width);

        if (symbol.IsCircle) PaintCircles(canvas, at, look.Size, paint);
        PaintOutlines(canvas, at, symbol.Closed, look.Size, paint, close: true);
        if (symbol.Strokes.Length > 0)
        {
            double strokeWidth = Math.Max(width, 1.0);
            PaintOutlines(canvas, at, symbol.Strokes, look.Size, Svg.Paint.Stroked(line, strokeWidth), close: false);
        }
        if (symbol.Dot) PaintCircles(canvas, at, 0.25 * look.Size, Svg.Paint.Filled(symbol.Open ? line : look.Outline.Fade(alpha)));
    }

    private static void PaintCircles(Canvas canvas, Point[] at, double size, Paint paint)
    {
        bool plain = paint is { Width: 0.0, Fill.A: >= 1.0 };
        if (at.Length > FewEnough && plain)
        {
            var dots = new PathData();
            foreach (var p in at) dots.Dot(p);
            canvas.Path(dots.ToString(), new Paint(null, paint.Fill, size, Round: true));
            return;
        }
        canvas.Open(paint.Attributes);
        string r = Fixed.Text(0.5 * size);
        foreach (var p in at) canvas.Raw($"<circle cx=\"{Fixed.Text(p.X)}\" cy=\"{Fixed.Text(p.Y)}\" r=\"{r}\"/>");
        canvas.Shut();
    }

    private static void PaintOutlines(Canvas canvas, Point[] at, Point[][] outlines, double size, Paint paint, bool close)
    {
        if (outlines.Length == 0) return;
        var path = new PathData();
        foreach (var p in at)
            foreach (var outline in outlines)
                path.Polyline([.. outline.Select(corner => p + corner * size)], close);
        canvas.Path(path.ToString(), paint);
    }

    /// <summary>Of many markers, one for every fraction of a pixel that holds any of a look; coarser until few enough.</summary>
    private static IReadOnlyList<(Point At, MarkerLook Look)> Thinned(IReadOnlyList<(Point At, MarkerLook Look)> markers)
    {
        for (double cell = 0.5; markers.Count > Many && cell < 16.0; cell *= 1.6)
        {
            double side = cell;
            markers = [.. markers.DistinctBy(m => (Math.Floor(m.At.X / side), Math.Floor(m.At.Y / side), m.Look.Symbol, m.Look.Fill))];
        }
        return markers;
    }
}
