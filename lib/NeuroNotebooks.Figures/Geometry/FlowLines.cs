namespace NeuroNotebooks.Figures;

/// <summary>Evenly spread lines along a planar flow, each with an arrowhead in its middle.</summary>
/// <remarks>
/// A coarse grid of cells remembers which are taken; a line ends where it meets a taken cell, leaves the frame or comes to rest. The idea
/// of
/// an occupancy grid: Jobard and Lefer, Visualization in Scientific Computing '97, 43 (1997). Lines are followed in the unit square by
/// second-order steps of fixed length along the direction alone.
/// </remarks>
internal sealed class FlowLines
{
    private const double MaxLength = 1.5;
    private readonly Frame frame;
    private readonly Func<double, double, (double X, double Y)> field;
    private readonly bool[,] taken;
    private readonly int cells;

    private FlowLines(Frame frame, Func<double, double, (double X, double Y)> field, int cells)
    {
        this.frame = frame;
        this.field = field;
        this.cells = cells;
        taken = new bool[cells, cells];
    }

    /// <summary>The lines and heads as one list of points, NaN between pieces.</summary>
    public static (List<double> X, List<double> Y) Trace(Frame frame, Func<double, double, (double X, double Y)> field, int cells)
    {
        var lines = new FlowLines(frame, field, cells);
        var pieces = new Pieces(frame);
        foreach ((int i, int j) in lines.Seeds())
        {
            if (lines.taken[i, j]) continue;
            List<(double X, double Y)> line = lines.Follow(((i + 0.5) / cells, (j + 0.5) / cells));
            if (line.Count < 2) continue;
            pieces.Add(line);
            int middle = line.Count / 2;
            pieces.AddHead(line[middle - 1], line[middle]);
        }
        return (pieces.X, pieces.Y);
    }

    /// <summary>Every cell once, from the border inwards: lines that begin outside are the longest.</summary>
    private IEnumerable<(int, int)> Seeds() =>
        from i in Enumerable.Range(0, cells)
        from j in Enumerable.Range(0, cells)
        orderby Math.Min(Math.Min(i, cells - 1 - i), Math.Min(j, cells - 1 - j)), i, j
        select (i, j);

    private List<(double X, double Y)> Follow((double X, double Y) seed)
    {
        var own = new HashSet<(int, int)> { Cell(seed) };
        List<(double X, double Y)> back = Half(seed, -1.0, own), forth = Half(seed, 1.0, own);
        back.Reverse();
        List<(double X, double Y)> line = [.. back, seed, .. forth];
        // Crumbs say nothing about the flow, and leave their cells to longer lines.
        if (own.Count < 4) return [];
        foreach ((int i, int j) in own) taken[i, j] = true;
        return line;
    }

    private List<(double X, double Y)> Half((double X, double Y) start, double sense, HashSet<(int, int)> own)
    {
        double step = 0.25 / cells;
        var points = new List<(double X, double Y)>();
        (double X, double Y) at = start;
        (int, int) cell = Cell(at);
        for (double length = 0.0; length < MaxLength; length += step)
        {
            if (Direction(at) is not { } first) break;
            if (Direction((at.X + 0.5 * sense * step * first.X, at.Y + 0.5 * sense * step * first.Y)) is not { } second) break;
            at = (at.X + sense * step * second.X, at.Y + sense * step * second.Y);
            if (at.X < 0.0 || at.X > 1.0 || at.Y < 0.0 || at.Y > 1.0) break;
            if (Cell(at) != cell)
            {
                cell = Cell(at);
                if (taken[cell.Item1, cell.Item2] || !own.Add(cell)) break;
            }
            points.Add(at);
        }
        return points;
    }

    private (int, int) Cell((double X, double Y) at) =>
        (Math.Min((int)(at.X * cells), cells - 1), Math.Min((int)(at.Y * cells), cells - 1));

    private (double X, double Y)? Direction((double X, double Y) at)
    {
        (double x, double y) = frame.FromUnit(at);
        (double u, double v) = field(x, y);
        (u, v) = (u / frame.Width, v / frame.Height);
        double speed = Math.Sqrt(u * u + v * v);
        return double.IsFinite(speed) && speed > 0.0 ? (u / speed, v / speed) : null;
    }
}
