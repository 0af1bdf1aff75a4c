using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>How a phase plane shows where the flow goes.</summary>
public enum FlowStyle
{
    /// <summary>Evenly spread lines with arrowheads.</summary>
    StreamLines,

    /// <summary>Arrows of one length on a grid.</summary>
    Arrows,

    /// <summary>Not at all: nullclines alone.</summary>
    None,
}

/// <summary>How a phase plane is drawn; a new one has the usual settings.</summary>
public sealed record PhasePlaneOptions
{
    /// <summary>How the flow is shown.</summary>
    public FlowStyle Flow { get; init; } = FlowStyle.StreamLines;

    /// <summary>The ink of the curve on which x rests; that of excitation unless set.</summary>
    public Ink XNullcline { get; init; } = Palette.Excitatory;

    /// <summary>The ink of the curve on which y rests; that of inhibition unless set.</summary>
    public Ink YNullcline { get; init; } = Palette.Inhibitory;

    /// <summary>The name in the legend of the curve on which x rests.</summary>
    public string XNullclineName { get; init; } = "x rests";

    /// <summary>The name in the legend of the curve on which y rests.</summary>
    public string YNullclineName { get; init; } = "y rests";

    /// <summary>How many samples along each side the nullclines are found from, 8 to 1000.</summary>
    public int Resolution { get; init; } = 181;
}

public static partial class Plot
{
    /// <summary>
    /// The flow of a planar system with its two nullclines. Lay <see cref="Trajectory"/> and <see cref="Equilibria"/> over it.
    /// </summary>
    /// <param name="field">The velocity (dx/dt, dy/dt) at a point; NaN where it is not defined.</param>
    /// <param name="x">The range shown, rising.</param>
    /// <param name="y">The range shown, rising.</param>
    /// <param name="options">How it is drawn.</param>
    /// <remarks>
    /// Nullclines are linear between samples (marching squares): exact for piecewise linear fields but in the cell of a kink.
    /// </remarks>
    public static Figure PhasePlane(Func<double, double, (double X, double Y)> field, (double From, double To) x,
        (double From, double To) y,
        PhasePlaneOptions? options = null)
    {
        options ??= new PhasePlaneOptions();
        Frame frame = FrameOf(field, x, y);
        Require.InRange(options.Resolution, 8, 1000, nameof(options.Resolution));

        Figure flow = options.Flow switch
        {
            FlowStyle.Arrows => VectorField(field, x, y),
            FlowStyle.StreamLines => StreamLines(field, x, y),
            _ => Framed(Figure.Flat(), frame),
        };

        double[] xs = frame.Columns(options.Resolution), ys = frame.Rows(options.Resolution);
        double[,] alongX = new double[xs.Length, ys.Length], alongY = new double[xs.Length, ys.Length];
        for (int i = 0; i < xs.Length; i++)
            for (int j = 0; j < ys.Length; j++)
                (alongX[i, j], alongY[i, j]) = field(xs[i], ys[j]);
        return flow.With(
            Nullcline(ZeroContour.Trace(xs, ys, alongX), options.XNullclineName, options.XNullcline),
            Nullcline(ZeroContour.Trace(xs, ys, alongY), options.YNullclineName, options.YNullcline));
    }

    private static Figure Nullcline(List<List<(double X, double Y)>> curves, string name, Ink ink)
    {
        var xs = new List<double>();
        var ys = new List<double>();
        foreach (List<(double X, double Y)> curve in curves)
        {
            if (xs.Count > 0)
            {
                xs.Add(double.NaN);
                ys.Add(double.NaN);
            }
            xs.AddRange(curve.Select(point => point.X));
            ys.AddRange(curve.Select(point => point.Y));
        }
        return Figure.Flat(TraceParts.Inked(ink, drawn => [TraceParts.Curve(name, [.. xs], [.. ys], drawn).OfKind("nullclines")]));
    }

    /// <summary>A path through a plane: a dot where it starts and arrows along the way.</summary>
    /// <param name="x">First coordinate along the path, finite.</param>
    /// <param name="y">Second coordinate, one for each of <paramref name="x"/>, finite.</param>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="ink">How it is drawn; dark unless given.</param>
    /// <param name="arrows">How many arrows, 0 to 20.</param>
    public static Figure Trajectory(IEnumerable<double> x, IEnumerable<double> y, string? name = null, Ink? ink = null, int arrows = 2)
    {
        (double[] xs, double[] ys) = Pairs(x, y);
        Require.AllFinite(xs, "x");
        Require.AllFinite(ys, "y");
        Require.InRange(arrows, 0, 20);
        ink ??= Palette.Data;

        ink.Check();
        JsonObject start = TraceParts.Scatter(null, "markers", xs[..1], ys[..1]).OfKind("start");
        start["marker"] = new Marker(Size: 6.0).ToJson(ink.Color);
        Figure path = Line(xs, ys, name, ink).With(Figure.Flat(Layer.Of(start)));
        foreach ((int tail, int head) in AlongTheWay(xs, ys, arrows))
            path = path.WithArrow((xs[tail], ys[tail]), (xs[head], ys[head]), color: ink.Color);
        return path;
    }

    /// <summary>
    /// Heads at equal parts of the path's length, measured in the path's own frame, and tails far enough behind to give the arrow a
    /// direction.
    /// </summary>
    private static IEnumerable<(int Tail, int Head)> AlongTheWay(double[] xs, double[] ys, int count)
    {
        const double ArrowLength = 0.03;

        Frame frame = Around(xs, ys);
        double[] lengths = new double[xs.Length];
        for (int i = 1; i < xs.Length; i++)
            lengths[i] = lengths[i - 1] + Math.Sqrt(Math.Pow((xs[i] - xs[i - 1]) / frame.Width, 2.0)
                + Math.Pow((ys[i] - ys[i - 1]) / frame.Height, 2.0));
        if (lengths[^1] == 0.0) yield break;

        for (int k = 1; k <= count; k++)
        {
            // A hair less than the goal, so that rounding in the sum of lengths does not skip the point that lies on it.
            double goal = lengths[^1] * k / (count + 1) * (1.0 - 1e-9);
            int head = Math.Max(1, Array.FindIndex(lengths, length => length >= goal));
            int tail = Math.Max(0, Array.FindLastIndex(lengths, length => length <= lengths[head] - ArrowLength));
            if ((xs[tail], ys[tail]) != (xs[head], ys[head])) yield return (tail, head);
        }
    }

    /// <summary>Rest states in a plane: filled where stable, open where unstable.</summary>
    /// <param name="points">Where they are, and whether small disturbances die out.</param>
    /// <param name="color">Their colour; dark unless given.</param>
    public static Figure Equilibria(IEnumerable<(double X, double Y, bool Stable)> points, Color? color = null)
    {
        Require.NotNull(points);
        (double X, double Y, bool Stable)[] all = [.. points];
        if (all.Length == 0) throw new ArgumentException("points is empty: expected at least one rest state.", nameof(points));

        IEnumerable<Figure> kinds = all.GroupBy(point => point.Stable).OrderByDescending(kind => kind.Key).Select(kind => Scatter(
            kind.Select(point => point.X), kind.Select(point => point.Y), kind.Key ? "stable" : "unstable", color ?? Palette.Data,
            new Marker(Size: 10.0, Open: !kind.Key)));
        return Overlay(kinds);
    }
}
