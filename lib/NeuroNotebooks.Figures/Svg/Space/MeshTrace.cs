namespace NeuroNotebooks.Figures.Svg;

/// <summary>mesh3d with its triangles given by i, j and k.</summary>
internal sealed class MeshTrace : SpatialTrace
{
    private const int MostTriangles = 3000;

    private readonly double[] _x, _y, _z;
    private readonly double[]? _intensity;
    private readonly ColorMap? _colors;
    private readonly Rgba _color;

    public MeshTrace(TraceSpec spec, Scene scene) : base(spec, scene)
    {
        _x = scene.Axes[0].Coordinates(Json.At("x"));
        _y = scene.Axes[1].Coordinates(Json.At("y"));
        _z = scene.Axes[2].Coordinates(Json.At("z"));
        _color = Rgba.Parse(Json.Text("color")) ?? spec.Color;
        if (Json.Numbers("intensity") is { } intensity && intensity.Any(double.IsFinite))
        {
            _intensity = intensity;
            _colors = spec.Figure.ColorMap(Json, "c", showByDefault: true, scene.Id);
            _colors.Observe(intensity);
        }
        Extend(_x, _y, _z, padded: false);
    }

    public override bool HasFaces => true;

    public override bool InLegend => Json.Flag("showlegend") == true;

    public override IEnumerable<ColorMap> ColorMaps => _colors is null ? [] : [_colors];

    public override IEnumerable<Piece> Pieces(SpaceView view)
    {
        double[] i = Json.Numbers("i") ?? [], j = Json.Numbers("j") ?? [], k = Json.Numbers("k") ?? [];
        int count = Math.Min(MostTriangles, Math.Min(i.Length, Math.Min(j.Length, k.Length)));
        for (int t = 0; t < count; t++)
            if (Triangle(view, [i[t], j[t], k[t]]) is { } piece) yield return piece;
    }

    private Piece? Triangle(SpaceView view, ReadOnlySpan<double> corners)
    {
        Span<Vector3> at = stackalloc Vector3[3];
        double value = 0.0;
        for (int c = 0; c < 3; c++)
        {
            if (!(corners[c] >= 0.0 && corners[c] < Math.Min(_x.Length, Math.Min(_y.Length, _z.Length)))) return null;
            int p = (int)corners[c];
            if (!view.Shows(_x[p], _y[p], _z[p])) return null;
            at[c] = view.Place(_x[p], _y[p], _z[p]);
            value += _intensity is not null && p < _intensity.Length ? _intensity[p] / 3.0 : double.NaN;
        }
        return Face(view, at, double.IsFinite(value) ? _colors![value] : _color, Spec.Opacity);
    }
}
