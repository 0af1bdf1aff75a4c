namespace NeuroNotebooks.Figures.Svg;

/// <summary>A point on the page, in pixels from the top left.</summary>
internal readonly record struct Point(double X, double Y)
{
    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y);

    public static Point operator *(Point a, double factor) => new(a.X * factor, a.Y * factor);

    public double Length => Math.Sqrt(X * X + Y * Y);

    /// <summary>This point turned about the origin, clockwise on the page.</summary>
    public Point Turned(double degrees)
    {
        double radians = degrees * Math.PI / 180.0, cosine = Math.Cos(radians), sine = Math.Sin(radians);
        return new Point(X * cosine - Y * sine, X * sine + Y * cosine);
    }
}

/// <summary>An upright rectangle on the page, in pixels.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public double CenterX => 0.5 * (Left + Right);

    public double CenterY => 0.5 * (Top + Bottom);

    public Box Inflate(double by) => new(Left - by, Top - by, Right + by, Bottom + by);

    public Box Shift(double dx, double dy) => new(Left + dx, Top + dy, Right + dx, Bottom + dy);

    public Box Union(Box other) => new(
        Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    public bool Overlaps(Box other, double gap = 0.0) =>
        Left < other.Right + gap && other.Left < Right + gap && Top < other.Bottom + gap && other.Top < Bottom + gap;

    public bool Contains(Point p, double slack = 0.0) =>
        p.X >= Left - slack && p.X <= Right + slack && p.Y >= Top - slack && p.Y <= Bottom + slack;

    /// <summary>The shift that brings this box inside another; a box too large keeps its left and top edges inside.</summary>
    public Point ShiftInto(Box room)
    {
        double dx = Math.Max(room.Left - Left, Math.Min(0.0, room.Right - Right));
        double dy = Math.Max(room.Top - Top, Math.Min(0.0, room.Bottom - Bottom));
        return new Point(dx, dy);
    }

    /// <summary>The upright rectangle around this one turned about a point.</summary>
    public Box Turned(double degrees, Point pivot)
    {
        if (degrees == 0.0) return this;
        Span<Point> corners = [new(Left, Top), new(Right, Top), new(Right, Bottom), new(Left, Bottom)];
        var box = new Box(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var corner in corners)
        {
            var p = pivot + (corner - pivot).Turned(degrees);
            box = box.Union(new Box(p.X, p.Y, p.X, p.Y));
        }
        return box;
    }
}

/// <summary>How far things stand out on the four sides of a rectangle, in pixels.</summary>
internal readonly record struct Insets(double Left, double Top, double Right, double Bottom)
{
    public Insets Max(Insets other) => new(
        Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>How far <paramref name="box"/> stands out of <paramref name="rect"/>.</summary>
    public static Insets Overhang(Box box, Box rect) => new(
        Math.Max(0.0, rect.Left - box.Left), Math.Max(0.0, rect.Top - box.Top),
        Math.Max(0.0, box.Right - rect.Right), Math.Max(0.0, box.Bottom - rect.Bottom));

    public Box Around(Box rect) => new(rect.Left - Left, rect.Top - Top, rect.Right + Right, rect.Bottom + Bottom);

    public Box Within(Box rect) => new(rect.Left + Left, rect.Top + Top, rect.Right - Right, rect.Bottom - Bottom);
}
