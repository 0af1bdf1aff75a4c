namespace NeuroNotebooks.Figures.Svg;

/// <summary>A piece of a scene: drawn from the furthest to the nearest.</summary>
internal readonly record struct Piece(double Depth, Action<Canvas> Draw);

/// <summary>From axis coordinates to the page, through a scene's box.</summary>
internal sealed record SpaceView(Scene Scene, Projection3D Projection)
{
    public Vector3 Place(double x, double y, double z) =>
        Projection.Inside(Scene.Axes[0].Scale.Pixel(x), Scene.Axes[1].Scale.Pixel(y), Scene.Axes[2].Scale.Pixel(z));

    /// <summary>Whether a point lies in the box: what lies outside its axes' ranges is not drawn.</summary>
    public bool Shows(double x, double y, double z) =>
        Scene.Axes[0].Scale.Shows(x) && Scene.Axes[1].Scale.Shows(y) && Scene.Axes[2].Scale.Shows(z);
}

/// <summary>A trace in a scene.</summary>
internal abstract class SpatialTrace(TraceSpec spec, Scene scene) : Trace(spec)
{
    protected Scene Scene { get; } = scene;

    /// <summary>Whether the trace hides what lies behind it.</summary>
    public abstract bool HasFaces { get; }

    public abstract IEnumerable<Piece> Pieces(SpaceView view);

    protected void Extend(double[] x, double[] y, double[] z, bool padded)
    {
        for (int i = 0; i < Math.Min(x.Length, Math.Min(y.Length, z.Length)); i++)
        {
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]) || !double.IsFinite(z[i])) continue;
            Scene.Axes[0].Finder.Include(x[i], padded);
            Scene.Axes[1].Finder.Include(y[i], padded);
            Scene.Axes[2].Finder.Include(z[i], padded);
        }
    }

    /// <summary>A filled polygon, shaded by how it faces the viewer, with an edge of its own colour to close the seams.</summary>
    protected static Piece Face(SpaceView view, ReadOnlySpan<Vector3> corners, Rgba color, double opacity)
    {
        var middle = new Vector3(0.0, 0.0, 0.0);
        foreach (var corner in corners) middle += corner * (1.0 / corners.Length);
        var normal = (corners[1] - corners[0]).Cross(corners[^1] - corners[0]).Unit;
        double facing = Math.Abs(normal.Dot(view.Projection.Forward));
        var shaded = color.Mix(Rgba.Black with { A = color.A }, 0.22 * (1.0 - facing));

        var path = new PathData(1);
        Span<Point> page = stackalloc Point[corners.Length];
        for (int i = 0; i < corners.Length; i++) page[i] = view.Projection.Page(corners[i]);
        string data = path.Polyline(page, close: true).ToString();
        var paint = opacity < 1.0 ? Paint.Filled(shaded.Fade(opacity)) : new Paint(shaded, shaded, 0.7);
        return new Piece(view.Projection.Depth(middle), canvas => canvas.Path(data, paint));
    }
}
