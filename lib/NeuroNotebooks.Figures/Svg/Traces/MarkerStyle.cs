using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>How one marker looks. Equal looks are drawn together.</summary>
internal readonly record struct MarkerLook(string Symbol, double Size, Rgba Fill, Rgba Outline, double OutlineWidth, double Opacity);

/// <summary>Reads a Plotly marker: one look for all points, or lists of sizes, colours, symbols and opacities.</summary>
internal sealed class MarkerStyle
{
    private readonly JsonNode? _marker;
    private readonly double[]? _sizes, _opacities, _values, _outlineWidths;
    private readonly IList<JsonNode?> _colors, _symbols, _outlines;
    private readonly Rgba _color;

    public MarkerStyle(JsonNode? marker, Rgba color, FigureContext figure, string panel)
    {
        _marker = marker;
        _color = Rgba.Parse(marker.Text("color")) ?? color;
        _sizes = marker.Numbers("size");
        _opacities = marker.Numbers("opacity");
        _outlineWidths = marker.Numbers("line.width");
        _colors = marker.At("color").Entries();
        _symbols = marker.At("symbol").Entries();
        _outlines = marker.At("line.color").Entries();
        if (marker.Numbers("color") is { } values && values.Any(double.IsFinite))
        {
            _values = values;
            Colors = figure.ColorMap(marker, "c", marker.At("colorbar") is not null || marker.At("coloraxis") is not null, panel);
            Colors.Observe(values);
        }
    }

    /// <summary>The map from numbers to colours, when colours are given as numbers.</summary>
    public ColorMap? Colors { get; }

    public double LargestSize => Enumerable.Range(0, Math.Max(1, _sizes?.Length ?? 1)).Max(Size);

    public double Size(int point)
    {
        double size = Pick(_sizes, point) ?? _marker.Number("size", 6.0);
        if (_sizes is not null)
        {
            double reference = _marker.Number("sizeref") is { } given and > 0.0 ? given : 1.0;
            size = _marker.Text("sizemode") == "area" ? 2.0 * Math.Sqrt(Math.Max(0.0, size) / reference / 2.0) : size / reference;
            size = Math.Max(size, _marker.Number("sizemin", 0.0));
        }
        return Math.Clamp(size, 0.0, 400.0);
    }

    public MarkerLook Look(int point)
    {
        string symbol = _symbols.Count > 0 ? _symbols[point % _symbols.Count].AsText() : _marker.Text("symbol") ?? "circle";
        double opacity = Math.Clamp(Pick(_opacities, point) ?? _marker.Number("opacity", 1.0), 0.0, 1.0);
        var fill = ColorAt(point);
        bool thin = Symbol.Read(symbol).Closed.Length == 0 && !Symbol.Read(symbol).IsCircle;
        double width = Math.Clamp(Pick(_outlineWidths, point) ?? _marker.Number("line.width") ?? (thin ? 1.0 : 0.0), 0.0, 40.0);
        var outline = Rgba.Parse((point < _outlines.Count ? _outlines[point] : null).AsText()) ?? Rgba.Parse(_marker.Text("line.color"));
        return new MarkerLook(symbol, Size(point), fill, outline ?? (thin ? fill : Rgba.White), width, opacity);
    }

    public Rgba ColorAt(int point)
    {
        if (point >= _colors.Count) return _color;
        if (_values is not null && double.IsFinite(_values[point])) return Colors![_values[point]];
        return Rgba.Parse(_colors[point].AsText()) ?? _color;
    }

    private static double? Pick(double[]? list, int point) => list is not null && point < list.Length && double.IsFinite(list[point]) ? list[point] : null;
}
