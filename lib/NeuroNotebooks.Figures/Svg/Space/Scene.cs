using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>One three-dimensional plot: a box with three axes, and the traces in it.</summary>
internal sealed class Scene
{
    private readonly JsonObject _spec;
    private readonly List<SpatialTrace> _traces = [];

    public Scene(string id, JsonObject spec, FigureContext figure)
    {
        (Id, _spec) = (id, spec);
        Axes = [.. "xyz".Select(letter => MakeAxis(letter, figure))];
        DomainX = Domain("x");
        DomainY = Domain("y");
    }

    public string Id { get; }

    /// <summary>The axes x, y and z; their scales run from -1 to 1 over the box.</summary>
    public IReadOnlyList<Axis> Axes { get; }

    public (double Low, double High) DomainX { get; }

    public (double Low, double High) DomainY { get; }

    public bool HasFaces => _traces.Any(t => t.HasFaces);

    public void Add(SpatialTrace trace) => _traces.Add(trace);

    public void Draw(Canvas canvas, Box rect, Occupancy occupancy)
    {
        foreach (var axis in Axes)
        {
            var (from, to) = axis.FindRange(500.0);
            axis.Scale = new Scale(from, to, -1.0, 1.0);
        }
        var projection = new Projection3D(_spec.At("camera"), Aspect());
        var frame = new SceneFrame(Axes, projection);
        frame.FitInto(rect);

        frame.DrawBack(canvas);
        var pieces = _traces.SelectMany(t => t.Pieces(new SpaceView(this, projection))).ToList();
        canvas.Open(" stroke-linejoin=\"round\"");
        foreach (var piece in pieces.OrderByDescending(p => p.Depth)) piece.Draw(canvas);
        canvas.Shut();
        frame.DrawAxes(canvas);
        occupancy.Mark(frame.Seen);
    }

    private Vector3 Aspect()
    {
        double[] spans = [.. Axes.Select(a => Math.Abs(a.Scale.To - a.Scale.From))];
        double mean = Math.Cbrt(spans[0]) * Math.Cbrt(spans[1]) * Math.Cbrt(spans[2]);
        string mode = _spec.Text("aspectmode") ?? (_spec.At("aspectratio") is JsonObject ? "manual" : "auto");
        if (mode == "manual")
        {
            double Edge(string name) => Math.Clamp(_spec.Number("aspectratio." + name, 1.0), 0.05, 20.0);
            return new Vector3(Edge("x"), Edge("y"), Edge("z"));
        }
        bool even = spans.Max() <= 4.0 * spans.Min() && double.IsFinite(mean) && mean > 0.0;
        return mode == "cube" || (mode == "auto" && !even) || !double.IsFinite(mean) || !(mean > 0.0)
            ? new Vector3(1.0, 1.0, 1.0)
            : new Vector3(Math.Clamp(spans[0] / mean, 0.05, 20.0), Math.Clamp(spans[1] / mean, 0.05, 20.0), Math.Clamp(spans[2] / mean, 0.05, 20.0));
    }

    private Axis MakeAxis(char letter, FigureContext figure)
    {
        var spec = _spec.Map($"{letter}axis")?.DeepClone().AsObject() ?? [];
        spec.Remove("domain");
        spec["title"] ??= letter.ToString();
        var kind = spec.Text("type") switch { "log" => AxisKind.Log, "category" => AxisKind.Category, _ => AxisKind.Linear };
        return new Axis(letter.ToString(), spec, kind, figure.Font with { Size = figure.Font.Size - 1.0 });
    }

    private (double, double) Domain(string letter)
    {
        double[]? given = _spec.Numbers($"domain.{letter}");
        return given is [var low, var high] && high - low > 1e-6 ? (Math.Clamp(low, 0.0, 1.0), Math.Clamp(high, 0.0, 1.0)) : (0.0, 1.0);
    }
}

/// <summary>The scenes of a figure, made as traces ask for them.</summary>
internal sealed class SceneSet(FigureContext figure)
{
    private readonly Dictionary<string, Scene> _scenes = [];

    public IEnumerable<Scene> All => _scenes.Values;

    public SpatialTrace Add(TraceSpec spec)
    {
        string id = spec.Json.Text("scene") is { } name && name.StartsWith("scene", StringComparison.Ordinal) && name.Length < 9 ? name : "scene";
        if (!_scenes.TryGetValue(id, out var scene)) _scenes[id] = scene = new Scene(id, figure.Source.Part(id), figure);
        SpatialTrace trace = spec.Type switch
        {
            "surface" => new SurfaceTrace(spec, scene),
            "mesh3d" => new MeshTrace(spec, scene),
            _ => new Scatter3DTrace(spec, scene),
        };
        scene.Add(trace);
        return trace;
    }
}
