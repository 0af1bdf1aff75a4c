using System.Text.Json.Nodes;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Figures.Tests;

public class CompositionTests
{
    private static readonly Figure A = Plot.Line([0, 1], [0, 10], "v", Palette.Data).XAxis("time", "ms").YAxis("rate", "Hz").Titled("first")
        .Captioned("One.");
    private static readonly Figure B = Plot.Line([0, 2], [5, 20], "v", Palette.Data).XAxis("time", "ms").YAxis("rate", "Hz")
        .Captioned("Two.");

    private static JsonNode Read(Figure figure) => JsonNode.Parse(figure.ToJson())!;

    private static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(item => item!.GetValue<double>())];

    [Fact]
    public void Panels_lie_in_cells_that_do_not_overlap_and_rows_run_downwards()
    {
        JsonNode layout = Read(Plot.Grid(2, A, B, A))["layout"]!;
        double[] x1 = Numbers(layout["xaxis"]!["domain"]), x2 = Numbers(layout["xaxis2"]!["domain"]),
            x3 = Numbers(layout["xaxis3"]!["domain"]);
        double[] y1 = Numbers(layout["yaxis"]!["domain"]), y3 = Numbers(layout["yaxis3"]!["domain"]);
        Assert.True(x1[0] == 0.0 && x1[1] < x2[0] && x2[1] <= 1.0);
        Assert.Equal(x1, x3);
        Assert.True(y3[0] == 0.0 && y3[1] < y1[0] && y1[1] == 1.0);
        Assert.Equal(["y", "y2", "y3"], new[] { "xaxis", "xaxis2", "xaxis3" }.Select(key => layout[key]!["anchor"]!.GetValue<string>()));
    }

    [Fact]
    public void Panels_are_lettered_keep_their_titles_and_join_their_captions()
    {
        JsonNode layout = Read(Plot.Row(A, B))["layout"]!;
        Assert.Equal(["<b>a</b>  first", "<b>b</b>"], layout["annotations"]!.AsArray().Select(note => note!["text"]!.GetValue<string>()));
        Assert.Equal("(a) One. (b) Two.", layout["meta"]!["caption"]!.GetValue<string>());
        Assert.Equal("of all", Plot.Row(A, B).Captioned("of all").Caption);
    }

    [Fact]
    public void After_panel_z_comes_aa() => Assert.Equal(["a", "z", "aa", "ab"], new[] { 0, 25, 26, 27 }.Select(Description.Letter));

    [Fact]
    public void A_name_that_returns_in_the_same_colour_is_in_the_legend_once()
    {
        Figure other = Plot.Line([0, 1], [0, 1], "v", Palette.Model);
        JsonArray data = Read(Plot.Row(A, B, other))["data"]!.AsArray();
        Assert.Equal([true, false, true], data.Select(trace => trace!["showlegend"]?.GetValue<bool>() ?? true));
        Assert.Equal(data[0]!["legendgroup"]!.GetValue<string>(), data[1]!["legendgroup"]!.GetValue<string>());
        Assert.NotEqual(data[0]!["legendgroup"]!.GetValue<string>(), data[2]!["legendgroup"]!.GetValue<string>());
    }

    [Fact]
    public void Shared_axes_have_one_range_that_shows_everything_and_one_set_of_labels()
    {
        JsonNode layout = Read(Plot.Grid(2, SharedAxes.Both, A, B))["layout"]!;
        double[] x = Numbers(layout["xaxis"]!["range"]), y = Numbers(layout["yaxis"]!["range"]);
        Assert.True(x[0] < 0.0 && x[1] > 2.0 && y[0] < 0.0 && y[1] > 20.0);
        Assert.Equal(x, Numbers(layout["xaxis2"]!["range"]));
        Assert.Equal("x", layout["xaxis2"]!["matches"]!.GetValue<string>());
        Assert.Equal("y", layout["yaxis2"]!["matches"]!.GetValue<string>());
        Assert.Null(layout["xaxis"]!["matches"]);
        Assert.False(layout["yaxis2"]!["showticklabels"]!.GetValue<bool>());
        Assert.Null(layout["yaxis2"]!["title"]);
        Assert.NotNull(layout["xaxis2"]!["title"]);

        JsonNode column = Read(Plot.Column(SharedAxes.X, A, B))["layout"]!;
        Assert.Null(column["xaxis"]!["title"]);
        Assert.NotNull(column["xaxis2"]!["title"]);
        Assert.NotNull(column["yaxis2"]!["title"]);
        Assert.Null(column["yaxis"]!["range"]);
    }

    [Fact]
    public void Shared_ranges_respect_what_was_asked_for_logs_bars_and_directions()
    {
        static double[] Shared(params Figure[] panels) => Numbers(Read(Plot.Row(SharedAxes.Y, panels))["layout"]!["yaxis"]!["range"]);
        Assert.Equal([-5, 50], Shared(A.YAxis(range: (0, 50)), B.YAxis(range: (-5, 1))));
        Assert.Equal([50, -5], Shared(A.YAxis(range: (50, 0)), B.YAxis(range: (-5, 1))));
        double[] log = Shared(Plot.Line([1, 2], [1, 10]).YAxis(scale: AxisScale.Log),
            Plot.Line([1, 2], [10, 1000]).YAxis(scale: AxisScale.Log));
        Assert.True(log[0] is < 0.0 and > -0.5 && log[1] is > 3.0 and < 3.5);
        Assert.Equal(0.0, Shared(Plot.Bar([1, 2], [3, 4]), Plot.Bar([1, 2], [1, 2]))[0]);
        Assert.Equal([-0.5, 1.5], Shared(Plot.HeatMap(new double[2, 2]), Plot.HeatMap(new double[2, 2])));
        Assert.Equal([2.5, 3.5], Shared(Plot.Scatter([1], [3]), Plot.Scatter([1], [3])));

        JsonNode names = Read(Plot.Row(SharedAxes.X, Plot.Bar(["a", "b"], [1, 2]), Plot.Bar(["a", "b"], [1, 2])))["layout"]!;
        Assert.Null(names["xaxis"]!["range"]);
        Assert.Equal("x", names["xaxis2"]!["matches"]!.GetValue<string>());
    }

    [Fact]
    public void Marks_colour_bars_and_scenes_move_with_their_panel()
    {
        Figure map = Plot.HeatMap(new[,] { { 1.0, 2.0 } }).WithVerticalBand(0, 1, "here").WithArrow((0, 0), (1, 0));
        Figure space = Plot.Surface(new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } });
        JsonNode figure = Read(Plot.Row(A, map, space));
        JsonNode layout = figure["layout"]!, shape = layout["shapes"]![0]!;
        Assert.Equal(("x2", "paper"), (shape["xref"]!.GetValue<string>(), shape["yref"]!.GetValue<string>()));
        JsonNode arrow = layout["annotations"]!.AsArray().Single(note => note!["axref"] is not null)!;
        Assert.Equal(("x2", "y2", "x2"), (arrow["xref"]!.GetValue<string>(), arrow["yref"]!.GetValue<string>(),
            arrow["axref"]!.GetValue<string>()));

        double right = Numbers(layout["xaxis2"]!["domain"])[1], next = Numbers(layout["scene"]!["domain"]!["x"])[0];
        double bar = figure["data"]![1]!["colorbar"]!["x"]!.GetValue<double>();
        Assert.True(right < bar && bar < next, $"the bar at {bar} is not between {right} and {next}");
        Assert.Equal("scene", figure["data"]![2]!["scene"]!.GetValue<string>());
    }

    [Fact]
    public void Grids_nest_and_paper_positions_stay_inside_the_cell()
    {
        Figure inner = Plot.Row(A, B.WithHorizontalLine(7));
        JsonNode layout = Read(Plot.Column(inner, A))["layout"]!;
        double[] bottomOfInner = Numbers(layout["yaxis2"]!["domain"]);
        Assert.True(bottomOfInner[0] > Numbers(layout["yaxis3"]!["domain"])[1]);
        JsonNode line = Assert.Single(layout["shapes"]!.AsArray())!;
        Close.All(Numbers(layout["xaxis2"]!["domain"]), [line["x0"]!.GetValue<double>(), line["x1"]!.GetValue<double>()], absolute: 1e-5);
        Assert.Equal("y2", line["yref"]!.GetValue<string>());
    }

    [Fact]
    public void Figures_with_second_axes_are_renumbered_as_a_whole()
    {
        Figure twin = Figure.FromJson("""
            {"data":[{"y":[1,2]},{"y":[3,4],"yaxis":"y2"}],
             "layout":{"xaxis":{"position":0.5},"yaxis2":{"overlaying":"y","side":"right","anchor":"free","position":1},
                       "images":[{"xref":"x domain","yref":"y2","x":0,"y":1}],"annotations":[{"x":0.5,"y":1}]}}
            """);
        JsonNode figure = Read(Plot.Row(A, twin)), layout = figure["layout"]!;
        Assert.Equal("y3", figure["data"]![2]!["yaxis"]!.GetValue<string>());
        Assert.Equal("y2", layout["yaxis3"]!["overlaying"]!.GetValue<string>());
        Assert.Equal("free", layout["yaxis3"]!["anchor"]!.GetValue<string>());
        Assert.Equal(Numbers(layout["xaxis2"]!["domain"])[1], layout["yaxis3"]!["position"]!.GetValue<double>());
        Assert.Equal("x2 domain", layout["images"]![0]!["xref"]!.GetValue<string>());
        double x = layout["annotations"]!.AsArray().First(note => note!["text"] is null)!["x"]!.GetValue<double>();
        Close.To(Numbers(layout["xaxis2"]!["domain"]).Average(), x, absolute: 1e-5);
    }

    public static TheoryData<string, Action> Wrong => new()
    {
        { "panels is empty", () => Plot.Grid(2) },
        { "panels is empty", () => Plot.Row() },
        { "columns is 0", () => Plot.Grid(0, A) },
        { "panels[1] has a slider", () => Plot.Row(A, Plot.Slider("a", [1], _ => A)) },
        { "panels[0] holds a \"pie\" trace", () => Plot.Row(Figure.FromJson("""[{"type":"pie","values":[1]}]""")) },
        { "panels[0] has a colour axis", () => Plot.Row(Figure.FromJson("""{"data":[],"layout":{"coloraxis":{}}}""")) },
        { "y axes have different scales", () => Plot.Row(SharedAxes.Y, A, Plot.Line([1], [1]).YAxis(scale: AxisScale.Log)) },
        { "parameter is empty", () => Plot.Slider("", [1], _ => A) },
        { "values is empty", () => Plot.Slider("a", [], _ => A) },
        { "values[0] is NaN", () => Plot.Slider("a", [double.NaN], _ => A) },
        { "start is 3: expected a number from 0 to 1", () => Plot.Slider("a", [1, 2], _ => A, start: 3) },
        { "values holds 1 2 times", () => Plot.Slider("a", [1, 1], _ => A) },
        { "a slider needs the same traces at every value", () => Plot.Slider("a", [1, 2], a => a > 1 ? A : A.With(B)) },
        { "has a slider of its own", () => Plot.Slider("a", [1], _ => Plot.Slider("b", [1], _ => A)) },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_cannot_be_composed_is_refused_with_the_reason(string expected, Action code) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(code).Message, StringComparison.Ordinal);

    [Fact]
    public void A_slider_has_a_step_and_a_frame_per_value_and_shows_the_start()
    {
        JsonNode figure = Read(Plot.Slider("w", [0.5, 1, 2], w => Plot.Line([0, 1], [0, w], "rate"), "mV", start: 1));
        JsonNode slider = Assert.Single(figure["layout"]!["sliders"]!.AsArray())!;
        Assert.Equal(1, slider["active"]!.GetValue<double>());
        Assert.Equal(("w = ", " mV"), (slider["currentvalue"]!["prefix"]!.GetValue<string>(),
            slider["currentvalue"]!["suffix"]!.GetValue<string>()));
        string[] frames = [.. figure["frames"]!.AsArray().Select(frame => frame!["name"]!.GetValue<string>())];
        Assert.Equal(["0.5", "1", "2"], frames);
        Assert.Equal(frames, slider["steps"]!.AsArray().Select(step => step!["args"]![0]![0]!.GetValue<string>()));
        Assert.Equal([0, 1], Numbers(figure["data"]![0]!["y"]));
        Assert.Equal([0, 2], Numbers(figure["frames"]![2]!["data"]![0]!["y"]));
    }

    [Fact]
    public void Frames_hold_only_what_moves_and_the_axes_hold_still()
    {
        JsonNode figure = Read(Plot.Slider("w", [1, 2], w => Plot.Line([0, 1], [0, w])));
        Assert.All(figure["frames"]!.AsArray(), frame => Assert.Equal("""{"y":[0,""", frame!["data"]![0]!.ToJsonString()[..8]));
        Assert.All(figure["frames"]!.AsArray(), frame => Assert.Null(frame!["layout"]));
        double[] range = Numbers(figure["layout"]!["yaxis"]!["range"]);
        Assert.True(range[0] < 0.0 && range[1] > 2.0);
        Assert.Equal([0, 5], Numbers(Read(Plot.Slider("w", [1, 2], w =>
            Plot.Line([0, 1], [0, w]).YAxis(range: (0, 5))))["layout"]!["yaxis"]!["range"]));
    }

    [Fact]
    public void A_mark_that_comes_and_goes_is_emptied_where_it_is_absent()
    {
        JsonNode figure = Read(Plot.Slider("w", [1, 2], w =>
            w > 1 ? Plot.Line([0, 1], [0, 1]).WithHorizontalLine(1) : Plot.Line([0, 1], [0, 1])));
        Assert.Empty(figure["frames"]![0]!["layout"]!["shapes"]!.AsArray());
        Assert.Single(figure["frames"]![1]!["layout"]!["shapes"]!.AsArray());
    }

    [Fact]
    public void A_slider_goes_around_a_grid() =>
        Assert.Equal(2, Read(Plot.Slider("w", [1, 2], w => Plot.Row(A, Plot.Line([0, 1], [0, w]))))["frames"]!.AsArray().Count);
}
