namespace NeuroNotebooks.Figures.Svg;

/// <summary>Makes the traces of a figure, ready to be measured.</summary>
internal sealed class TraceReader(FigureContext figure, AxisSet axes, SceneSet scenes)
{
    public List<Trace> Read()
    {
        var traces = new List<Trace>();
        int index = 0;
        foreach (var json in figure.Source.Traces)
        {
            var spec = new TraceSpec(json, index++, json.Text("type") ?? "scatter", figure);
            if (json.Flag("visible") == false || json.Text("visible") == "legendonly") continue;
            traces.Add(Make(spec));
        }
        LinkAreas(traces);
        ArrangeBars(traces);
        ArrangeSamples(traces);
        foreach (var trace in traces.OfType<CartesianTrace>()) trace.Extend();
        return traces;
    }

    private Trace Make(TraceSpec spec)
    {
        switch (spec.Type)
        {
            case "scatter3d" or "surface" or "mesh3d": return scenes.Add(spec);
            case "scatter" or "scattergl": return new ScatterTrace(spec, X(spec), Y(spec));
            case "bar": return new BarTrace(spec, X(spec), Y(spec));
            case "histogram": return new HistogramTrace(spec, X(spec), Y(spec));
            case "box": return new BoxTrace(spec, X(spec), Y(spec));
            case "violin": return new ViolinTrace(spec, X(spec), Y(spec));
            case "heatmap" or "heatmapgl" or "histogram2d": return new HeatmapTrace(spec, X(spec), Y(spec));
            case "contour": return new ContourTrace(spec, X(spec), Y(spec));
            default: return new UnknownTrace(spec);
        }
    }

    private Axis X(TraceSpec spec) => axes.Get(spec.Json.Text("xaxis"), 'x');

    private Axis Y(TraceSpec spec) => axes.Get(spec.Json.Text("yaxis"), 'y');

    private static void LinkAreas(List<Trace> traces)
    {
        var last = new Dictionary<(Axis, Axis), ScatterTrace>();
        foreach (var trace in traces.OfType<ScatterTrace>())
        {
            trace.Before = last.GetValueOrDefault((trace.X, trace.Y));
            last[(trace.X, trace.Y)] = trace;
        }
    }

    private void ArrangeBars(List<Trace> traces)
    {
        foreach (var group in traces.OfType<BarTrace>().GroupBy(t => (t.X, t.Y, t.IsFlat)))
            BarArrangement.Arrange([.. group], BarOptions.Read(figure.Layout, group.All(t => t is HistogramTrace)));
    }

    private void ArrangeSamples(List<Trace> traces)
    {
        foreach (string kind in (string[])["box", "violin"])
            foreach (var group in traces.OfType<SampleTrace>().Where(t => t.Spec.Type == kind).GroupBy(t => (t.X, t.Y, t.IsFlat)))
                SampleTrace.Arrange([.. group], figure.Layout.Text(kind + "mode") ?? "overlay",
                    Math.Clamp(figure.Layout.Number(kind + "gap", 0.3), 0.0, 0.95), Math.Clamp(figure.Layout.Number(kind + "groupgap", 0.3), 0.0, 0.95));
    }
}
