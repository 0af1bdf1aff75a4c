using System.Text.Json.Nodes;
using NeuroNotebooks.Figures;
using Plotly.NET;
using Figure = NeuroNotebooks.Figures.Figure;

namespace NeuroNotebooks.Interop.Tests;

public class PlotlyChartsTests
{
    private static readonly Figure Sample = Plot.Lines([0.0, 0.5, 1.0], ("model", [1.0, double.NaN, 1e-3]), ("data", [1.0, 2.0, 4.0]))
        .XAxis("time", "ms").YAxis("rate", "Hz").Titled("Rates");

    [Fact]
    public void A_chart_has_the_traces_layout_and_config_of_its_figure()
    {
        GenericChart chart = Sample.ToPlotlyNet();
        JsonNode json = JsonNode.Parse(Sample.ToJson())!;
        Assert.Equal(["model", "data"], chart.Traces.Select(trace => trace.Properties["name"]));
        Assert.All(chart.Traces, trace => Assert.Equal("scatter", trace.type));
        Assert.All(chart.Traces, trace => Assert.DoesNotContain("type", trace.Properties.Keys));
        Assert.Equal(json["layout"]!.AsObject().Select(entry => entry.Key), chart.Layout.Properties.Keys);
        Assert.Equal(json["config"]!.AsObject().Select(entry => entry.Key), chart.Config.Properties.Keys);
    }

    [Fact]
    public void A_figure_comes_back_with_the_same_traces_and_layout()
    {
        JsonNode before = JsonNode.Parse(Sample.ToJson())!, after = JsonNode.Parse(Sample.ToPlotlyNet().ToFigure().ToJson())!;
        Assert.True(JsonNode.DeepEquals(before["data"], after["data"]));
        Assert.True(JsonNode.DeepEquals(before["layout"], after["layout"]));
        Assert.Null(after["config"]);
    }

    [Fact]
    public void Texts_that_look_like_dates_stay_texts() => Assert.Contains("2020-01-01T00:00:00Z",
        Figure.FromJson("""{"data":[{"type":"bar","x":["2020-01-01T00:00:00Z"],"y":[1]}]}""").ToPlotlyNet().ToFigure().ToJson(),
        StringComparison.Ordinal);

    [Fact]
    public void A_figure_without_traces_becomes_an_empty_chart() =>
        Assert.Single(Figure.FromJson("""{"data":[]}""").ToPlotlyNet().Traces);

    [Fact]
    public void A_chart_of_the_package_becomes_a_figure_with_a_drawing()
    {
        var trace = new Trace("heatmap");
        trace.SetValue("z", new[] { new[] { 1.0, 2.0 }, [3.0, 4.0] });
        Assert.Contains("<svg", GenericChart.ofTraceObject(false, trace).ToFigure().ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => ((Figure)null!).ToPlotlyNet());
        Assert.Throws<ArgumentNullException>(() => ((GenericChart)null!).ToFigure());
    }
}
