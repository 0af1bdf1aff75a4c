namespace NeuroNotebooks.Figures.Svg;

/// <summary>Drops points of a long line that no eye could tell apart at the page's resolution.</summary>
internal static class Simplify
{
    private const int FewEnough = 600;

    private const int Most = 9000;

    /// <summary>The line with its shape kept: runs outside the plot shortened, pixel columns reduced to their extremes, straight runs to their ends.</summary>
    public static Point[] Line(Point[] points, Box rect)
    {
        if (points.Length <= FewEnough) return points;
        var kept = WithoutOutside(points, rect.Inflate(50.0));
        if (kept.Length > 3.0 * rect.Width && IsMonotone(kept)) kept = ColumnExtremes(kept, columnWidth: 0.5);
        for (double tolerance = 0.08; tolerance < 20.0; tolerance *= 2.0)
        {
            if (kept.Length <= FewEnough) return kept;
            kept = Within(kept, tolerance);
            if (kept.Length <= Most) return kept;
        }
        return kept.Length <= Most ? kept : [.. Enumerable.Range(0, Most).Select(i => kept[(int)((long)i * (kept.Length - 1) / (Most - 1))])];
    }

    private static bool IsMonotone(Point[] points)
    {
        for (int i = 1; i < points.Length; i++)
            if (points[i].X < points[i - 1].X) return false;
        return true;
    }

    /// <summary>Of a run of points that all lie beyond the same side, only the ends.</summary>
    private static Point[] WithoutOutside(Point[] points, Box room)
    {
        var kept = new List<Point>(points.Length);
        for (int i = 0; i < points.Length; i++)
        {
            int here = Side(points[i], room);
            bool within = here == 0 || i == 0 || i == points.Length - 1
                || (here & Side(points[i - 1], room) & Side(points[i + 1], room)) == 0;
            if (within) kept.Add(points[i]);
        }
        return [.. kept];
    }

    private static int Side(Point p, Box room) =>
        (p.X < room.Left ? 1 : 0) | (p.X > room.Right ? 2 : 0) | (p.Y < room.Top ? 4 : 0) | (p.Y > room.Bottom ? 8 : 0);

    /// <summary>In every pixel column the first, lowest, highest and last point, in their order.</summary>
    private static Point[] ColumnExtremes(Point[] points, double columnWidth)
    {
        var kept = new List<Point>();
        Span<int> chosen = stackalloc int[4];
        for (int start = 0; start < points.Length;)
        {
            double column = Math.Floor(points[start].X / columnWidth);
            int low = start, high = start, end = start;
            for (; end < points.Length && Math.Floor(points[end].X / columnWidth) == column; end++)
            {
                if (points[end].Y < points[low].Y) low = end;
                if (points[end].Y > points[high].Y) high = end;
            }
            (chosen[0], chosen[1], chosen[2], chosen[3]) = (start, Math.Min(low, high), Math.Max(low, high), end - 1);
            for (int k = 0; k < 4; k++)
                if (k == 0 || chosen[k] != chosen[k - 1]) kept.Add(points[chosen[k]]);
            start = end;
        }
        return [.. kept];
    }

    /// <summary>Douglas and Peucker's reduction (1973): no dropped point lies further from the line than the tolerance, pixels.</summary>
    public static Point[] Within(Point[] points, double tolerance)
    {
        var keep = new bool[points.Length];
        keep[0] = keep[^1] = true;
        var open = new Stack<(int From, int To)>([(0, points.Length - 1)]);
        while (open.TryPop(out var span))
        {
            double furthest = tolerance;
            int at = -1;
            for (int i = span.From + 1; i < span.To; i++)
                if (Distance(points[i], points[span.From], points[span.To]) is var distance && distance > furthest) (furthest, at) = (distance, i);
            if (at < 0) continue;
            keep[at] = true;
            open.Push((span.From, at));
            open.Push((at, span.To));
        }
        return [.. points.Where((_, i) => keep[i])];
    }

    private static double Distance(Point p, Point a, Point b)
    {
        Point along = b - a, to = p - a;
        double square = along.X * along.X + along.Y * along.Y;
        double part = square <= 0.0 ? 0.0 : Math.Clamp((to.X * along.X + to.Y * along.Y) / square, 0.0, 1.0);
        return (to - along * part).Length;
    }
}
