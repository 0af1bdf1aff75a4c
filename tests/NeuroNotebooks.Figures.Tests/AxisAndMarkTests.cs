using System.Text.Json.Nodes;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Figures.Tests;

public class AxisAndMarkTests
{
    private static readonly Figure Base = Plot.Line([1, 10, 100], [2, 20, 200], "a");

    private static JsonNode Layout(Figure figure) => JsonNode.Parse(figure.ToJson())!["layout"]!;

    private static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(item => item!.GetValue<double>())];

    [Fact]
    public void An_axis_says_what_it_measures_and_in_which_unit()
    {
        JsonNode layout = Layout(Base.XAxis("time", "ms").YAxis("contrast"));
        Assert.Equal("time (ms)", layout["xaxis"]!["title"]!["text"]!.GetValue<string>());
        Assert.Equal("contrast", layout["yaxis"]!["title"]!["text"]!.GetValue<string>());
    }

    [Fact]
    public void What_is_left_out_stays_as_it_was()
    {
        JsonNode axis = Layout(Base.XAxis("time", "ms", (1, 50)).XAxis(ticks: [1, 25]))["xaxis"]!;
        Assert.Equal("time (ms)", axis["title"]!["text"]!.GetValue<string>());
        Assert.Equal([1, 50], Numbers(axis["range"]));
        Assert.Equal(["1", "25"], axis["ticktext"]!.AsArray().Select(text => text!.GetValue<string>()));
    }

    [Fact]
    public void A_range_on_a_log_axis_is_kept_as_logarithms_whichever_came_first()
    {
        Figure together = Base.XAxis(range: (1, 100), scale: AxisScale.Log);
        Assert.Equal([0, 2], Numbers(Layout(together)["xaxis"]!["range"]));
        Assert.Equal(together, Base.XAxis(range: (1, 100)).XAxis(scale: AxisScale.Log));
        Assert.Equal(together, Base.XAxis(scale: AxisScale.Log).XAxis(range: (1, 100)));
        double[] back = Numbers(Layout(together.XAxis(scale: AxisScale.Linear))["xaxis"]!["range"]);
        Close.All([1, 100], back, absolute: 1e-12);
    }

    [Fact]
    public void Text_on_a_log_axis_stays_on_its_number_whichever_came_first()
    {
        Figure logFirst = Base.XAxis(scale: AxisScale.Log).WithText(100, 2, "here").WithArrow((1, 2), (10, 20));
        JsonArray notes = Layout(logFirst)["annotations"]!.AsArray();
        Assert.Equal(2.0, notes[0]!["x"]!.GetValue<double>());
        Assert.Equal(2.0, notes[0]!["y"]!.GetValue<double>());
        Assert.Equal((0.0, 1.0), (notes[1]!["ax"]!.GetValue<double>(), notes[1]!["x"]!.GetValue<double>()));
        Assert.Equal(logFirst, Base.WithText(100, 2, "here").WithArrow((1, 2), (10, 20)).XAxis(scale: AxisScale.Log));
        double back = Layout(logFirst.XAxis(scale: AxisScale.Linear))["annotations"]![0]!["x"]!.GetValue<double>();
        Close.To(100.0, back, absolute: 1e-12);
    }

    [Fact]
    public void Lines_and_bands_keep_their_numbers_on_a_log_axis_but_their_labels_do_not()
    {
        JsonNode layout = Layout(Base.XAxis(scale: AxisScale.Log).WithVerticalLine(10, "on"));
        Assert.Equal(10.0, layout["shapes"]![0]!["x0"]!.GetValue<double>());
        Assert.Equal(1.0, layout["annotations"]![0]!["x"]!.GetValue<double>());
    }

    [Fact]
    public void Bands_span_the_panel_where_they_have_no_edge()
    {
        JsonArray shapes = Layout(Base.WithVerticalBand(1, 2).WithHorizontalBand(3, 4).WithRegion((1, 2), (3, 4))
            .WithHorizontalLine(5))["shapes"]!.AsArray();
        Assert.Equal(["x/paper", "paper/y", "x/y", "paper/y"], shapes.Select(shape => $"{shape!["xref"]}/{shape["yref"]}"));
        Assert.Equal(["rect", "rect", "rect", "line"], shapes.Select(shape => shape!["type"]!.GetValue<string>()));
        Assert.All(shapes, shape => Assert.Equal("below", shape!["layer"]!.GetValue<string>()));
    }

    [Fact]
    public void A_callout_points_from_the_given_side()
    {
        JsonNode note = Layout(Base.WithCallout(10, 20, "look", right: 30, up: 50))["annotations"]![0]!;
        Assert.Equal((30.0, -50.0), (note["ax"]!.GetValue<double>(), note["ay"]!.GetValue<double>()));
        Assert.True(note["showarrow"]!.GetValue<bool>());
    }

    public static TheoryData<string, Action> Wrong => new()
    {
        { "unit is \"ms\" but title is missing", () => Base.XAxis(unit: "ms") },
        { "tickLabels has 1 entries: expected 2", () => Base.XAxis(ticks: [1, 2], tickLabels: ["a"]) },
        { "tickLabels has 1 entries: expected 0", () => Base.XAxis(tickLabels: ["a"]) },
        { "ticks is empty", () => Base.XAxis(ticks: []) },
        { "range runs from 1 to 1", () => Base.XAxis(range: (1, 1)) },
        { "range runs from 0 to NaN", () => Base.XAxis(range: (0, double.NaN)) },
        { "range runs from 0 to 1: a log axis", () => Base.XAxis(range: (0, 1), scale: AxisScale.Log) },
        { "range runs from -1 to 1: a log axis", () => Base.XAxis(scale: AxisScale.Log).XAxis(range: (-1, 1)) },
        { "ticks holds 0: a log axis", () => Base.XAxis(scale: AxisScale.Log, ticks: [0, 1]) },
        { "x axis begins at or below zero", () => Base.XAxis(range: (0, 1)).XAxis(scale: AxisScale.Log) },
        { "y[1] of \"b\" is 0: a log axis", () => Plot.Line([1, 2], [1, 0], "b").YAxis(scale: AxisScale.Log) },
        { "y[0] of \"the unnamed trace\" is -1", () => Plot.Line([1], [-1]).YAxis(scale: AxisScale.Log) },
        { "x is NaN", () => Base.WithText(double.NaN, 1, "a") },
        { "x is 0: a log axis has places only above zero", () => Base.XAxis(scale: AxisScale.Log).WithText(0, 1, "a") },
        { "y is -1: a log axis", () => Base.YAxis(scale: AxisScale.Log).WithHorizontalLine(-1) },
        { "from.X is NaN", () => Base.WithArrow((double.NaN, 1), (1, 1)) },
        { "right is Infinity", () => Base.WithCallout(1, 1, "a", right: double.PositiveInfinity) },
        { "from to runs from 2 down to 1", () => Base.WithVerticalBand(2, 1) },
        { "y runs from 1 to 1", () => Base.WithRegion((0, 1), (1, 1)) },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_argument_is_named_with_what_came(string expected, Action code) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(code).Message, StringComparison.Ordinal);

    [Fact]
    public void Figures_in_space_take_a_z_axis_but_no_marks()
    {
        Figure space = Plot.Line3D([1, 2], [1, 2], [1, 2]);
        Assert.Equal("z (mV)", Layout(space.ZAxis("z", "mV"))["scene"]!["zaxis"]!["title"]!["text"]!.GetValue<string>());
        Assert.Equal("x", Layout(space.XAxis("x"))["scene"]!["xaxis"]!["title"]!["text"]!.GetValue<string>());
        Assert.Contains("in space", Assert.Throws<InvalidOperationException>(() =>
            space.WithText(1, 1, "a")).Message, StringComparison.Ordinal);
        Assert.Contains("no z axis", Assert.Throws<InvalidOperationException>(() => Base.ZAxis("z")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Axes_are_described_before_figures_are_put_together()
    {
        Figure grid = Plot.Row(Base, Base);
        Assert.Contains("2 panels", Assert.Throws<InvalidOperationException>(() => grid.XAxis("time")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => grid.WithVerticalLine(1));
        Assert.Throws<InvalidOperationException>(() => grid.With(Base));
        Assert.Throws<InvalidOperationException>(() => Base.With(grid));
    }

    [Theory, InlineData(null), InlineData(""), InlineData(" ")]
    public void An_axis_without_a_unit_has_no_brackets(string? unit) =>
        Assert.Equal("distance", Layout(Base.YAxis("distance", unit))["yaxis"]!["title"]!["text"]!.GetValue<string>());

    [Fact]
    public void An_overlay_keeps_the_lower_axes_and_fills_in_what_they_lack()
    {
        Figure lower = Base.XAxis("time", "ms").Titled("lower");
        Figure upper = Plot.Scatter([1, 2], [3, 4], "b").XAxis("other").YAxis("rate", "Hz", (0, 300)).WithVerticalLine(2, "on")
            .Titled("upper").Captioned("c");
        JsonNode layout = Layout(lower.With(upper));
        Assert.Equal("time (ms)", layout["xaxis"]!["title"]!["text"]!.GetValue<string>());
        Assert.Equal("rate (Hz)", layout["yaxis"]!["title"]!["text"]!.GetValue<string>());
        Assert.Equal([0, 300], Numbers(layout["yaxis"]!["range"]));
        Assert.Equal("lower", layout["title"]!["text"]!.GetValue<string>());
        Assert.Single(layout["shapes"]!.AsArray());
        Assert.Single(layout["annotations"]!.AsArray());
        Assert.Null(layout["meta"]);
        Assert.Null(Layout(Base.With(upper))["title"]);
    }

    [Fact]
    public void An_overlay_takes_over_a_log_scale_and_moves_text_and_range_along()
    {
        Figure log = Plot.Line([1, 10], [1, 10]).XAxis(scale: AxisScale.Log).WithText(10, 1, "b");
        JsonNode layout = Layout(Base.XAxis(range: (1, 1000)).WithText(100, 2, "a").With(log));
        Assert.Equal("log", layout["xaxis"]!["type"]!.GetValue<string>());
        Assert.Equal([0, 3], Numbers(layout["xaxis"]!["range"]));
        Assert.Equal([2.0, 1.0], layout["annotations"]!.AsArray().Select(note => note!["x"]!.GetValue<double>()));
    }

    [Fact]
    public void Overlays_that_make_no_sense_are_refused()
    {
        Figure log = Base.YAxis(scale: AxisScale.Log), linear = Base.YAxis(scale: AxisScale.Linear);
        Assert.Contains("linear below and log above", Assert.Throws<ArgumentException>(() =>
            linear.With(log)).Message, StringComparison.Ordinal);
        Assert.Contains("is 0: a log axis", Assert.Throws<ArgumentException>(() =>
            log.With(Plot.Line([1], [0]))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot share axes", Assert.Throws<ArgumentException>(() =>
            Base.With(Plot.Line3D([1], [1], [1]))).Message, StringComparison.Ordinal);
        Figure slider = Plot.Slider("a", [1, 2], a => Plot.Line([1], [a]));
        Assert.Contains("takes no overlay", Assert.Throws<ArgumentException>(() => Base.With(slider)).Message, StringComparison.Ordinal);
        Assert.Contains("takes no overlay", Assert.Throws<ArgumentException>(() => slider.With(Base)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Overlays_in_space_share_a_log_axis() =>
        Assert.Equal("log", Layout(Plot.Line3D([1], [1], [1]).With(Plot.Line3D([1], [1], [2])
            .ZAxis(scale: AxisScale.Log)))["scene"]!["zaxis"]!["type"]!.GetValue<string>());
}
