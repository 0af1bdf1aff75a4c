namespace NeuroNotebooks.Figures.Svg;

/// <summary>Which parts of the page carry data, in squares of a few pixels: a legend looks here for a free corner.</summary>
internal sealed class Occupancy(double width, double height)
{
    private const double Square = 6.0;

    private readonly bool[,] _taken = new bool[(int)Math.Ceiling(width / Square) + 1, (int)Math.Ceiling(height / Square) + 1];

    public void Mark(Point p)
    {
        int i = (int)Math.Floor(p.X / Square), j = (int)Math.Floor(p.Y / Square);
        if (i >= 0 && j >= 0 && i < _taken.GetLength(0) && j < _taken.GetLength(1)) _taken[i, j] = true;
    }

    public void Mark(ReadOnlySpan<Point> polyline)
    {
        var page = new Box(0.0, 0.0, width, height);
        for (int i = 0; i < polyline.Length; i++)
        {
            Mark(polyline[i]);
            if (i == 0 || !Segment(polyline[i - 1], polyline[i]).Overlaps(page, gap: 1.0)) continue;
            var step = polyline[i] - polyline[i - 1];
            int pieces = (int)Math.Min(step.Length / (0.7 * Square), 4000.0);
            for (int k = 1; k < pieces; k++) Mark(polyline[i - 1] + step * (k / (double)pieces));
        }
    }

    public void Mark(Box box)
    {
        foreach (var (i, j) in Squares(box)) _taken[i, j] = true;
    }

    /// <summary>How much of a box is covered, in squares.</summary>
    public int Covered(Box box) => Squares(box).Count(square => _taken[square.I, square.J]);

    private IEnumerable<(int I, int J)> Squares(Box box)
    {
        int left = First(box.Left), right = Math.Min((int)Math.Floor(Math.Min(box.Right, width) / Square), _taken.GetLength(0) - 1);
        int top = First(box.Top), bottom = Math.Min((int)Math.Floor(Math.Min(box.Bottom, height) / Square), _taken.GetLength(1) - 1);
        for (int i = left; i <= right; i++)
            for (int j = top; j <= bottom; j++) yield return (i, j);
    }

    private static int First(double edge) => (int)Math.Floor(Math.Clamp(edge, 0.0, 1e6) / Square);

    private static Box Segment(Point a, Point b) =>
        new(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));
}
