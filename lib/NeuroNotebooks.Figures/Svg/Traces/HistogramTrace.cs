namespace NeuroNotebooks.Figures.Svg;

/// <summary>histogram: counts of values in bins, as bars.</summary>
internal sealed class HistogramTrace : BarTrace
{
    private readonly double[] _samples, _weights;
    private readonly double _binWidth;

    public HistogramTrace(TraceSpec spec, Axis x, Axis y) : base(spec, x, y)
    {
        _samples = Places.Coordinates(Json.At(IsFlat ? "y" : "x"));
        _weights = Json.Numbers(IsFlat ? "x" : "y") ?? [];
        (Bars, _binWidth) = Places.Kind == AxisKind.Category ? (Count(), 1.0) : Bin();
    }

    public override bool IsFlat => Json.Text("orientation") is { } given ? given == "h" : !Json.At("x").IsSeries() && Json.At("y").IsSeries();

    /// <summary>The width of a bin: its bar takes all of it that the layout's gap leaves.</summary>
    public override double? Pitch => _binWidth;

    private (IReadOnlyList<Bar>, double) Bin()
    {
        double[] values = [.. _samples.Where(double.IsFinite)];
        if (values.Length == 0) return ([], 1.0);
        string letter = IsFlat ? "y" : "x";
        var bins = Bins.Choose(values, Json.Number($"{letter}bins.start"), Json.Number($"{letter}bins.end"), Json.Number($"{letter}bins.size"),
            Json.Number("nbins" + letter));

        var inside = new List<double>[bins.Count];
        for (int i = 0; i < _samples.Length; i++)
            if (double.IsFinite(_samples[i]) && bins.IndexOf(_samples[i]) is { } k) (inside[k] ??= []).Add(i < _weights.Length ? _weights[i] : double.NaN);
        double[] sizes = [.. inside.Select(weights => weights is null ? 0.0 : Summary(weights))];
        sizes = Normalised(sizes, bins.Size);
        return ([.. sizes.Select((size, k) => new Bar(bins.Start + (k + 0.5) * bins.Size, size, 0.0, 0.0, 0.0, k))
            .Where(bar => bar.Size != 0.0 || Json.Flag("cumulative.enabled") == true)], bins.Size);
    }

    private List<Bar> Count()
    {
        double[] sizes = new double[Places.Categories.Count];
        for (int i = 0; i < _samples.Length; i++)
            if (double.IsFinite(_samples[i])) sizes[(int)_samples[i]] += Json.Text("histfunc") == "sum" && i < _weights.Length ? _weights[i] : 1.0;
        return [.. Normalised(sizes, 1.0).Select((size, k) => new Bar(k, size, 0.0, 0.0, 0.0, k))];
    }

    private double Summary(List<double> weights)
    {
        double[] known = [.. weights.Where(double.IsFinite)];
        return Json.Text("histfunc") switch
        {
            "sum" => known.Sum(),
            "avg" => known.Length == 0 ? 0.0 : known.Average(),
            "min" => known.Length == 0 ? 0.0 : known.Min(),
            "max" => known.Length == 0 ? 0.0 : known.Max(),
            _ => weights.Count,
        };
    }

    private double[] Normalised(double[] sizes, double width)
    {
        double total = sizes.Sum();
        double scale = Json.Text("histnorm") switch
        {
            "percent" => 100.0 / total,
            "probability" => 1.0 / total,
            "density" => 1.0 / width,
            "probability density" => 1.0 / (total * width),
            _ => 1.0,
        };
        if (double.IsFinite(scale)) sizes = [.. sizes.Select(size => size * scale)];
        if (Json.Flag("cumulative.enabled") != true) return sizes;
        double sum = 0.0;
        bool density = Json.Text("histnorm") is "density" or "probability density";
        return [.. sizes.Select(size => sum += density ? size * width : size)];
    }
}
