using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Values to colours: a scale over a range that is given or found from the values seen.</summary>
internal sealed class ColorMap
{
    private readonly ColorScale _scale;
    private readonly double? _low, _high, _mid;
    private double _least = double.PositiveInfinity, _most = double.NegativeInfinity;

    /// <param name="spec">Holds colorscale, reversescale, showscale, colorbar and the range under <paramref name="prefix"/>.</param>
    /// <param name="prefix">"c" for cmin, cmax, cmid; "z" for zmin, zmax, zmid.</param>
    /// <param name="fallback">The scale if the trace names none.</param>
    public ColorMap(JsonNode? spec, string prefix, ColorScale fallback, bool showByDefault)
    {
        var scale = ColorScale.Read(spec.At("colorscale")) ?? fallback;
        _scale = spec.Flag("reversescale") ?? false ? scale.Reversed() : scale;
        (_low, _high, _mid) = (spec.Number(prefix + "min"), spec.Number(prefix + "max"), spec.Number(prefix + "mid"));
        Bar = spec.At("colorbar");
        ShowBar = spec.Flag("showscale") ?? showByDefault;
    }

    /// <summary>The colour bar's description, as Plotly has it.</summary>
    public JsonNode? Bar { get; }

    public bool ShowBar { get; }

    /// <summary>What the bar belongs to: the subplot of the trace, unless traces share it.</summary>
    public string? Panel { get; init; }

    /// <summary>Contour levels to paint as bands; none for a continuous scale.</summary>
    public double[] Levels { get; set; } = [];

    public ColorScale Scale => _scale;

    public double Low => Range().Low;

    public double High => Range().High;

    public void Observe(IEnumerable<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value)) continue;
            _least = Math.Min(_least, value);
            _most = Math.Max(_most, value);
        }
    }

    public Rgba this[double value]
    {
        get
        {
            var (low, high) = Range();
            return _scale.At(high > low ? Math.Clamp(value / (high - low) - low / (high - low), 0.0, 1.0) : value * 0.0 + 0.5);
        }
    }

    private (double Low, double High) Range()
    {
        double low = _low ?? _least, high = _high ?? _most;
        if (!(low <= high) || !double.IsFinite(low) || !double.IsFinite(high)) return (0.0, 1.0);
        if (_mid is { } mid && _low is null && _high is null)
        {
            double reach = Math.Max(high - mid, mid - low);
            if (double.IsFinite(mid + reach) && double.IsFinite(mid - reach)) (low, high) = (mid - reach, mid + reach);
        }
        if (low == high) (low, high) = (low - 0.5 * Math.Max(1.0, Math.Abs(low)), high + 0.5 * Math.Max(1.0, Math.Abs(high)));
        return double.IsFinite(high - low) ? (low, high) : (low / 4.0, high / 4.0);
    }
}
