namespace NeuroNotebooks.Figures;

/// <summary>Where a function sampled on a grid is zero: marching squares, the pieces joined into curves.</summary>
internal static class ZeroContour
{
    /// <param name="x">Places of the columns, rising.</param>
    /// <param name="y">Places of the rows, rising.</param>
    /// <param name="values">The samples: [column, row]. A cell with a corner that is not finite is left out.</param>
    public static List<List<(double X, double Y)>> Trace(double[] x, double[] y, double[,] values)
    {
        var neighbours = new SortedDictionary<int, List<int>>();
        for (int j = 0; j + 1 < y.Length; j++)
            for (int i = 0; i + 1 < x.Length; i++)
                foreach ((int a, int b) in Crossings(values, i, j, x.Length))
                {
                    Join(neighbours, a, b);
                    Join(neighbours, b, a);
                }

        var curves = new List<List<(double X, double Y)>>();
        // Open curves first, from their ends; what remains are loops.
        foreach (bool open in (bool[])[true, false])
            foreach (int start in neighbours.Keys.ToList())
            {
                if (neighbours[start].Count == 0 || (open && neighbours[start].Count != 1)) continue;
                curves.Add([.. Walk(neighbours, start).Select(edge => Place(edge, x, y, values))]);
            }
        return curves;
    }

    private static void Join(SortedDictionary<int, List<int>> neighbours, int from, int to)
    {
        if (!neighbours.TryGetValue(from, out List<int>? list)) neighbours[from] = list = [];
        list.Add(to);
    }

    private static List<int> Walk(SortedDictionary<int, List<int>> neighbours, int start)
    {
        var path = new List<int> { start };
        for (int at = start; neighbours[at].Count > 0;)
        {
            int next = neighbours[at][0];
            neighbours[at].RemoveAt(0);
            neighbours[next].Remove(at);
            path.Add(next);
            at = next;
        }
        return path;
    }

    /// <summary>An edge of the grid has an even number if it runs along x from (i, j), an odd one if it runs along y.</summary>
    private static IEnumerable<(int, int)> Crossings(double[,] values, int i, int j, int columns)
    {
        double a = values[i, j], b = values[i + 1, j], c = values[i + 1, j + 1], d = values[i, j + 1];
        if (!double.IsFinite(a + b + c + d)) yield break;

        int bottom = 2 * (j * columns + i), left = bottom + 1, right = left + 2, top = bottom + 2 * columns;
        bool A = a >= 0.0, B = b >= 0.0, C = c >= 0.0, D = d >= 0.0;
        var crossed = new List<int>(4);
        if (A != B) crossed.Add(bottom);
        if (B != C) crossed.Add(right);
        if (C != D) crossed.Add(top);
        if (D != A) crossed.Add(left);

        if (crossed.Count == 2) yield return (crossed[0], crossed[1]);
        if (crossed.Count != 4) yield break;
        // A saddle: the sign in the middle tells which corners hang together.
        bool middle = a + b + c + d >= 0.0;
        yield return middle == A ? (bottom, right) : (left, bottom);
        yield return middle == A ? (top, left) : (right, top);
    }

    private static (double, double) Place(int edge, double[] x, double[] y, double[,] values)
    {
        int corner = edge / 2, i = corner % x.Length, j = corner / x.Length;
        bool along = edge % 2 == 0;
        double here = values[i, j], there = along ? values[i + 1, j] : values[i, j + 1];
        double part = here / (here - there);
        return along ? (x[i] + part * (x[i + 1] - x[i]), y[j]) : (x[i], y[j] + part * (y[j + 1] - y[j]));
    }
}
