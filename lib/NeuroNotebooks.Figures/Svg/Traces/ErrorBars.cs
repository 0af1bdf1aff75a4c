using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Error bars of one trace along one axis: how far each point reaches down and up, in data units.</summary>
internal sealed class ErrorBars
{
    private readonly JsonNode _spec;
    private readonly string _type;
    private readonly double[] _plus, _minus;
    private readonly bool _symmetric;

    private ErrorBars(JsonNode spec)
    {
        _spec = spec;
        _plus = spec.Numbers("array") ?? [];
        _minus = spec.Numbers("arrayminus") ?? [];
        _type = spec.Text("type") ?? (_plus.Length > 0 ? "data" : "percent");
        _symmetric = spec.Flag("symmetric") ?? (_type == "data" ? _minus.Length == 0 : spec.At("valueminus") is null);
    }

    public static ErrorBars? Read(JsonNode? trace, string name) =>
        trace.Map(name) is { } spec && spec.Flag("visible") != false ? new ErrorBars(spec) : null;

    /// <summary>Lowest and highest data value of a point's bar.</summary>
    public (double Low, double High) Span(double value, int point)
    {
        double plus = Reach(value, point, _plus, "value"), minus = _symmetric ? plus : Reach(value, point, _minus, "valueminus");
        return (value - minus, value + plus);
    }

    /// <summary>Draws the bar of every point with its caps.</summary>
    /// <param name="along">The axis along which the values err.</param>
    public void Draw(Canvas canvas, Axis along, IReadOnlyList<(double Value, double Across, int Point)> points, Rgba color)
    {
        var path = new PathData();
        double cap = Math.Clamp(_spec.Number("width", points.Count > 60 ? 0.0 : 4.0), 0.0, 30.0);
        foreach (var (value, across, point) in points)
        {
            var (low, high) = Span(value, point);
            if (!(high > low)) continue;
            // below zero a logarithm has no place: the bar runs out of the plot
            double end = double.IsNaN(along.Coordinate(low)) ? along.Scale.Start + Math.Sign(along.Scale.Start - along.Scale.End) * 100.0 : along.Pixel(low);
            double top = along.Pixel(high);
            path.MoveTo(Place(along, end, across)).LineTo(Place(along, top, across));
            if (cap <= 0.0) continue;
            foreach (double at in (double[])[end, top])
                path.MoveTo(Place(along, at, across - cap)).LineTo(Place(along, at, across + cap));
        }
        canvas.Path(path.ToString(), Paint.Stroked(Rgba.Parse(_spec.Text("color")) ?? color, Math.Clamp(_spec.Number("thickness", 1.5), 0.0, 20.0)));
    }

    private double Reach(double value, int point, double[] list, string constant) => Math.Max(0.0, _type switch
    {
        "data" => point < list.Length && double.IsFinite(list[point]) ? list[point] : 0.0,
        "percent" => Math.Abs(value) * 0.01 * _spec.Number(constant, 10.0),
        "sqrt" => Math.Sqrt(Math.Abs(value)),
        _ => _spec.Number(constant, 0.0),
    });

    private static Point Place(Axis along, double pixel, double across) => along.IsX ? new Point(pixel, across) : new Point(across, pixel);
}
