using System.Text.Json;
using System.Text.Json.Nodes;
using Figure = NeuroNotebooks.Figures.Figure;
using PlotlyChart = Plotly.NET.GenericChart;
using PlotlyConfig = Plotly.NET.Config;
using PlotlyLayout = Plotly.NET.Layout;
using PlotlyTrace = Plotly.NET.Trace;

namespace NeuroNotebooks.Interop;

/// <summary>Figures as Plotly.NET charts and back, by the JSON that both are written in.</summary>
public static class PlotlyCharts
{
    /// <summary>The figure as a Plotly.NET chart, with the same traces, layout and config.</summary>
    /// <param name="figure">The figure. Plotly.NET knows no frames: those of a slider are left out, and the chart stands at its start.</param>
    /// <returns>The chart; of a figure without traces, one with an empty scatter trace, as Plotly.NET has no chart without.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="figure"/> is null.</exception>
    public static PlotlyChart ToPlotlyNet(this Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        JsonObject json = JsonNode.Parse(figure.ToJson())!.AsObject();

        var traces = json["data"]!.AsArray().Select(trace => Trace(trace!.AsObject())).DefaultIfEmpty(new PlotlyTrace("scatter"));
        PlotlyChart chart = PlotlyChart.combine(traces.Select(trace => PlotlyChart.ofTraceObject(useDefaults: false, trace)));
        var layout = new PlotlyLayout();
        Fill((name, value) => layout.SetValue(name, value), json["layout"]);
        var config = new PlotlyConfig();
        Fill((name, value) => config.SetValue(name, value), json["config"]);
        return PlotlyChart.setConfig(config, PlotlyChart.setLayout(layout, chart));
    }

    /// <summary>The chart as a figure, with the same traces and layout; its config stays behind.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="chart"/> is null.</exception>
    public static Figure ToFigure(this PlotlyChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return Figure.FromJson(PlotlyChart.toFigureJson(chart));
    }

    private static PlotlyTrace Trace(JsonObject json)
    {
        var trace = new PlotlyTrace((string?)json["type"] ?? "scatter");
        json.Remove("type");     // a member of the class, which SetValue would shadow
        Fill((name, value) => trace.SetValue(name, value), json);
        return trace;
    }

    private static void Fill(Action<string, object?> set, JsonNode? properties)
    {
        foreach (var (name, value) in properties?.AsObject() ?? []) set(name, Plain(value));
    }

    /// <summary>JSON in the types that Plotly.NET's serialiser writes as they are.</summary>
    private static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => map.ToDictionary(entry => entry.Key, entry => Plain(entry.Value)),
        JsonArray list => list.Select(Plain).ToArray(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => value.TryGetValue(out int whole) ? whole : value.GetValue<double>(),
            _ => value.GetValue<string>(),
        },
        _ => throw new InvalidOperationException($"JSON of an unknown kind: {node.GetType()}."),
    };
}
