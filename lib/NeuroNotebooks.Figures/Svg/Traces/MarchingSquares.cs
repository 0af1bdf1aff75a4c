namespace NeuroNotebooks.Figures.Svg;

/// <summary>Level lines of a table of values, in page coordinates, joined end to end.</summary>
/// <remarks>Marching squares with linear interpolation; a saddle is decided by the mean of its four corners.</remarks>
internal static class MarchingSquares
{
    /// <summary>Lines along which the table has the given level; cells with a missing corner are left out.</summary>
    /// <param name="x">Page positions of the columns; <paramref name="y"/> of the rows.</param>
    public static List<Point[]> Lines(double[,] z, double[] x, double[] y, double level)
    {
        var joiner = new SegmentJoiner();
        for (int i = 0; i + 1 < y.Length; i++)
            for (int j = 0; j + 1 < x.Length; j++)
                AddCell(joiner, z, x, y, i, j, level);
        return joiner.Join();
    }

    /// <summary>Closed loops around everything at or above the level, for filling by the even-odd rule.</summary>
    public static List<Point[]> Regions(double[,] z, double[] x, double[] y, double level)
    {
        int rows = z.GetLength(0), columns = z.GetLength(1);
        var framed = new double[rows + 2, columns + 2];     // a frame below every level closes the loops at the border
        for (int i = 0; i < rows + 2; i++)
            for (int j = 0; j < columns + 2; j++)
            {
                bool inside = i > 0 && j > 0 && i <= rows && j <= columns && !double.IsNaN(z[i - 1, j - 1]);
                framed[i, j] = inside ? z[i - 1, j - 1] : double.NegativeInfinity;
            }
        return Lines(framed, [x[0], .. x, x[^1]], [y[0], .. y, y[^1]], level);
    }

    private static void AddCell(SegmentJoiner joiner, double[,] z, double[] x, double[] y, int i, int j, double level)
    {
        double a = z[i, j], b = z[i, j + 1], c = z[i + 1, j + 1], d = z[i + 1, j];
        if (double.IsNaN(a) || double.IsNaN(b) || double.IsNaN(c) || double.IsNaN(d)) return;
        int above = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
        if (above is 0 or 15) return;

        // edges of the cell, each shared with one neighbour: 0 from a to b, 1 from b to c, 2 from d to c, 3 from a to d
        (int, int, int) ab = (i, j, 0), bc = (i, j + 1, 1), dc = (i + 1, j, 0), ad = (i, j, 1);
        void Add((int, int, int) from, (int, int, int) to) =>
            joiner.Add(from, Crossing(z, x, y, from, level), to, Crossing(z, x, y, to, level));
        bool high = 0.25 * (a + b + c + d) >= level;
        switch (above)
        {
            case 1 or 14: Add(ab, ad); break;
            case 2 or 13: Add(ab, bc); break;
            case 4 or 11: Add(bc, dc); break;
            case 8 or 7: Add(dc, ad); break;
            case 3 or 12: Add(ad, bc); break;
            case 6 or 9: Add(ab, dc); break;
            case 5 when high: Add(ab, bc); Add(dc, ad); break;
            case 5: Add(ab, ad); Add(bc, dc); break;
            case 10 when high: Add(ab, ad); Add(bc, dc); break;
            default: Add(ab, bc); Add(dc, ad); break;
        }
    }

    private static Point Crossing(double[,] z, double[] x, double[] y, (int I, int J, int Edge) at, double level)
    {
        var (i, j, edge) = at;
        double from = z[i, j], to = edge == 0 ? z[i, j + 1] : z[i + 1, j];
        // towards a missing value the region ends at the last known one
        double part = double.IsNegativeInfinity(from) ? 1.0 : double.IsNegativeInfinity(to) ? 0.0 : Math.Clamp((level - from) / (to - from), 0.0, 1.0);
        return edge == 0 ? new Point(x[j] + part * (x[j + 1] - x[j]), y[i]) : new Point(x[j], y[i] + part * (y[i + 1] - y[i]));
    }

    /// <summary>Joins segments that share a cell edge into lines; a line that meets itself is closed.</summary>
    private sealed class SegmentJoiner
    {
        private readonly Dictionary<(int, int, int), List<(int, int, int)>> _next = [];
        private readonly Dictionary<(int, int, int), Point> _points = [];

        public void Add((int, int, int) from, Point a, (int, int, int) to, Point b)
        {
            (_points[from], _points[to]) = (a, b);
            Link(from, to);
            Link(to, from);
        }

        public List<Point[]> Join()
        {
            var lines = new List<Point[]>();
            foreach (var start in _next.Where(n => n.Value.Count == 1).Select(n => n.Key).ToArray())
                if (_next[start].Count > 0) lines.Add(Follow(start));
            foreach (var start in _next.Keys.ToArray())
                if (_next[start].Count > 0) lines.Add(Follow(start));
            return lines;
        }

        private void Link((int, int, int) from, (int, int, int) to)
        {
            if (!_next.TryGetValue(from, out var ends)) _next[from] = ends = [];
            ends.Add(to);
        }

        private Point[] Follow((int, int, int) at)
        {
            var line = new List<Point> { _points[at] };
            while (_next[at] is { Count: > 0 } ends)
            {
                var to = ends[^1];
                ends.RemoveAt(ends.Count - 1);
                _next[to].Remove(at);
                line.Add(_points[to]);
                at = to;
            }
            return [.. line];
        }
    }
}
