using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

public static partial class Plot
{
    private static readonly Ink FlowInk = new(Palette.Reference, Width: 1.0);

    /// <summary>Arrows at points, all on one scale: the longest reaches about as far as the points are apart.</summary>
    /// <param name="x">Where the arrows begin.</param>
    /// <param name="y">Where the arrows begin, one for each of <paramref name="x"/>.</param>
    /// <param name="u">Their extent along x, in units of x per unit of whatever they show.</param>
    /// <param name="v">Their extent along y.</param>
    /// <param name="name">Their name in the legend.</param>
    /// <param name="ink">How they are drawn; thin and grey unless given.</param>
    /// <param name="stretch">Makes all arrows longer or shorter, above zero.</param>
    /// <exception cref="ArgumentException">A number is not finite, or all arrows have length zero.</exception>
    public static Figure Quiver(IEnumerable<double> x, IEnumerable<double> y, IEnumerable<double> u, IEnumerable<double> v,
        string? name = null,
        Ink? ink = null, double stretch = 1.0)
    {
        (double[] xs, double[] ys) = Pairs(x, y);
        double[] us = Require.Some(u), vs = Require.Some(v);
        Require.SameLength(us, xs.Length, "x", "u");
        Require.SameLength(vs, xs.Length, "x", "v");
        Require.AllFinite(xs, "x");
        Require.AllFinite(ys, "y");
        Require.AllFinite(us, "u");
        Require.AllFinite(vs, "v");
        Require.Positive(stretch);

        Frame frame = Around(xs, ys);
        double longest = us.Zip(vs, (a, b) => Math.Sqrt(Math.Pow(a / frame.Width, 2.0) + Math.Pow(b / frame.Height, 2.0))).Max();
        if (longest == 0.0) throw new ArgumentException("u and v are zero everywhere: there is no arrow to draw.", nameof(u));
        double unit = stretch * 0.9 / (Math.Max(1.0, Math.Sqrt(xs.Length) - 1.0) * longest);

        var pieces = new Pieces(frame);
        for (int i = 0; i < xs.Length; i++)
        {
            (double X, double Y) tail = ((xs[i] - frame.Across.From) / frame.Width, (ys[i] - frame.Along.From) / frame.Height);
            AddArrow(pieces, tail, (tail.X + unit * us[i] / frame.Width, tail.Y + unit * vs[i] / frame.Height));
        }
        return Figure.Flat(Flow(pieces.X, pieces.Y, name, ink, "arrows"));
    }

    /// <summary>A planar flow as arrows on a grid, all of one length: they show the direction, not the speed.</summary>
    /// <param name="field">The velocity (dx/dt, dy/dt) at a point.</param>
    /// <param name="x">The range shown, rising.</param>
    /// <param name="y">The range shown, rising.</param>
    /// <param name="arrows">How many along each side, 2 to 60.</param>
    /// <param name="ink">How they are drawn; thin and grey unless given.</param>
    public static Figure VectorField(Func<double, double, (double X, double Y)> field, (double From, double To) x,
        (double From, double To) y,
        int arrows = 17, Ink? ink = null)
    {
        Frame frame = FrameOf(field, x, y);
        Require.InRange(arrows, 2, 60);
        double length = 0.75 / arrows;

        var pieces = new Pieces(frame);
        for (int i = 0; i < arrows; i++)
            for (int j = 0; j < arrows; j++)
            {
                (double X, double Y) middle = ((i + 0.5) / arrows, (j + 0.5) / arrows);
                (double atX, double atY) = frame.FromUnit(middle);
                (double u, double v) = field(atX, atY);
                (u, v) = (u / frame.Width, v / frame.Height);
                double speed = Math.Sqrt(u * u + v * v);
                if (!double.IsFinite(speed) || speed == 0.0) continue;
                (u, v) = (0.5 * length * u / speed, 0.5 * length * v / speed);
                AddArrow(pieces, (middle.X - u, middle.Y - v), (middle.X + u, middle.Y + v));
            }
        return Framed(Figure.Flat(Flow(pieces.X, pieces.Y, null, ink, "vector field")), frame);
    }

    /// <summary>A planar flow as evenly spread lines with arrowheads.</summary>
    /// <param name="field">The velocity (dx/dt, dy/dt) at a point.</param>
    /// <param name="x">The range shown, rising.</param>
    /// <param name="y">The range shown, rising.</param>
    /// <param name="density">How closely the lines lie: about this many side by side, 5 to 80.</param>
    /// <param name="ink">How they are drawn; thin and grey unless given.</param>
    public static Figure StreamLines(Func<double, double, (double X, double Y)> field, (double From, double To) x,
        (double From, double To) y,
        int density = 22, Ink? ink = null)
    {
        Frame frame = FrameOf(field, x, y);
        Require.InRange(density, 5, 80);
        (List<double> xs, List<double> ys) = FlowLines.Trace(frame, field, density);
        return Framed(Figure.Flat(Flow(xs, ys, null, ink, "stream lines")), frame);
    }

    private static void AddArrow(Pieces pieces, (double X, double Y) tail, (double X, double Y) tip)
    {
        if (tail == tip) return;
        pieces.Add([tail, tip]);
        pieces.AddHead(tail, tip);
    }

    private static Layer Flow(List<double> x, List<double> y, string? name, Ink? ink, string kind)
    {
        ink ??= FlowInk;
        ink.Check();
        JsonObject trace = TraceParts.Curve(name, [.. x], [.. y], ink).OfKind(kind);
        trace["hoverinfo"] = "skip";
        return Layer.Of(trace);
    }

    private static Frame FrameOf(Func<double, double, (double X, double Y)> field, (double From, double To) x, (double From, double To) y)
    {
        Require.NotNull(field);
        Require.Ascending(x);
        Require.Ascending(y);
        return new Frame(x, y);
    }

    private static Frame Around(double[] xs, double[] ys)
    {
        static (double, double) Side(double[] values) =>
            values.Min() < values.Max() ? (values.Min(), values.Max()) : (values[0] - 0.5, values[0] + 0.5);
        return new Frame(Side(xs), Side(ys));
    }

    private static Figure Framed(Figure figure, Frame frame) => figure.XAxis(range: frame.Across).YAxis(range: frame.Along);
}
