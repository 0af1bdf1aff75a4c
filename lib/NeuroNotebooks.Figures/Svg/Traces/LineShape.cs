namespace NeuroNotebooks.Figures.Svg;

/// <summary>The ways a line joins its points: straight, in steps, or by a smooth curve.</summary>
internal static class LineShape
{
    /// <summary>Corners added for the step shapes hv, vh, hvh and vhv; other shapes keep their points.</summary>
    public static Point[] WithCorners(ReadOnlySpan<Point> points, string shape)
    {
        if (shape is not ("hv" or "vh" or "hvh" or "vhv")) return points.ToArray();
        var path = new List<Point>(3 * points.Length);
        for (int i = 0; i < points.Length; i++)
        {
            if (i > 0)
            {
                Point a = points[i - 1], b = points[i];
                double middleX = 0.5 * (a.X + b.X), middleY = 0.5 * (a.Y + b.Y);
                path.AddRange(shape switch
                {
                    "hv" => [new Point(b.X, a.Y)],
                    "vh" => [new Point(a.X, b.Y)],
                    "hvh" => [new Point(middleX, a.Y), new Point(middleX, b.Y)],
                    _ => [new Point(a.X, middleY), new Point(b.X, middleY)],
                });
            }
            path.Add(points[i]);
        }
        return [.. path];
    }

    /// <summary>Adds a smooth curve through the points: a centripetal Catmull-Rom spline, scaled by smoothing, as Plotly draws it.</summary>
    public static void Spline(PathData path, ReadOnlySpan<Point> points, double smoothing, bool continues = false)
    {
        if (points.Length < 3 || smoothing <= 0.0)
        {
            for (int i = 0; i < points.Length; i++)
                if (i == 0 && !continues) path.MoveTo(points[i]); else path.LineTo(points[i]);
            return;
        }
        if (continues) path.LineTo(points[0]); else path.MoveTo(points[0]);
        Point leaving = points[0];
        for (int i = 1; i < points.Length; i++)
        {
            var (arriving, next) = i + 1 < points.Length ? Tangent(points[i - 1], points[i], points[i + 1], smoothing) : (points[i], points[i]);
            path.CurveTo(leaving, arriving, points[i]);
            leaving = next;
        }
    }

    private static (Point Arriving, Point Leaving) Tangent(Point before, Point here, Point after, double smoothing)
    {
        Point d1 = before - here, d2 = after - here;
        double a = Math.Sqrt(d1.Length), b = Math.Sqrt(d2.Length);
        var direction = (d1 * (b * b) - d2 * (a * a)) * smoothing;
        double divide1 = 3.0 * b * (a + b), divide2 = 3.0 * a * (a + b);
        return (divide1 > 0.0 ? here + direction * (1.0 / divide1) : here, divide2 > 0.0 ? here - direction * (1.0 / divide2) : here);
    }
}
