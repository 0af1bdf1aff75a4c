using System.Text.Json.Nodes;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Figures.Tests;

public class BuilderTests
{
    private static JsonArray Data(Figure figure) => JsonNode.Parse(figure.ToJson())!["data"]!.AsArray();

    private static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(item => item?.GetValue<double>() ?? double.NaN)];

    [Fact]
    public void A_line_holds_its_points_its_name_and_its_ink()
    {
        JsonNode trace = Assert.Single(Data(Plot.Line([1, 2, 3], [4, double.NaN, 6], "v", Palette.Model.Dashed)))!;
        Assert.Equal([1, 2, 3], Numbers(trace["x"]));
        Assert.Equal([4, double.NaN, 6], Numbers(trace["y"]));
        Assert.Equal("v", trace["name"]!.GetValue<string>());
        Assert.Equal(Palette.Model.Hex, trace["line"]!["color"]!.GetValue<string>());
        Assert.Equal("dash", trace["line"]!["dash"]!.GetValue<string>());
    }

    [Fact]
    public void Layers_without_a_colour_get_different_ones_that_no_author_chose()
    {
        Figure figure = Plot.Line([1], [1], "a").With(Plot.Line([1], [2], "b", Palette.Sequence[1]), Plot.Line([1], [3], "c"),
            Plot.Scatter([1], [4], "d"));
        string[] colors = [.. Data(figure).Select(trace => (trace!["line"]?["color"] ?? trace["marker"]!["color"])!.GetValue<string>())];
        Assert.Equal(Palette.Sequence[0].Hex, colors[0]);
        Assert.Equal(Palette.Sequence[1].Hex, colors[1]);
        Assert.Equal(4, colors.Distinct().Count());
    }

    [Fact]
    public void More_curves_than_colours_begin_again()
    {
        Figure many = Plot.Lines([1], [.. Enumerable.Range(0, 9).Select(i => ($"c{i}", (IEnumerable<double>)[1.0]))]);
        string[] colors = [.. Data(many).Select(trace => trace!["line"]!["color"]!.GetValue<string>())];
        Assert.Equal(colors[0], colors[7]);
        Assert.Equal(7, colors.Distinct().Count());

        Figure all = Palette.Sequence.Aggregate(Plot.Line([1], [1]), (figure, color) => figure.With(Plot.Line([1], [1], ink: color)));
        Assert.Equal(8, Data(all).Count);
    }

    [Fact]
    public void A_legend_appears_with_the_second_name()
    {
        static bool Shown(Figure figure) => JsonNode.Parse(figure.ToJson())!["layout"]!["showlegend"]!.GetValue<bool>();
        Figure one = Plot.Line([1], [1], "a").With(Plot.Line([1], [1]));
        Assert.False(Shown(one));
        Assert.True(Shown(one.With(Plot.Line([1], [1], "b"))));
        Assert.False(Shown(one.With(Plot.Line([1], [1], "b")).Legend(LegendPlace.None)));
        Assert.True(Shown(one.Legend(LegendPlace.TopLeft)));
        Assert.DoesNotContain("\"legend\":", one.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_legend_below_clears_the_axis_title_whatever_the_size_and_whichever_came_first()
    {
        Figure line = Plot.Line([1], [1], "a");
        Assert.Equal(line.Sized(400, 200).Titled("t").Legend(LegendPlace.Below), line.Legend(LegendPlace.Below).Titled("t").Sized(400, 200));
        JsonNode layout = JsonNode.Parse(line.Sized(400, 200).Legend(LegendPlace.Below).ToJson())!["layout"]!;
        double plot = 200.0 - layout["margin"]!["t"]!.GetValue<double>() - layout["margin"]!["b"]!.GetValue<double>();
        // The axis title ends 50 pixels below the plot.
        Assert.True(-layout["legend"]!["y"]!.GetValue<double>() * plot > 50.0);
    }

    [Fact]
    public void Each_place_of_a_legend_is_another_one() =>
        Assert.Equal(7, Enum.GetValues<LegendPlace>().Where(place => place != LegendPlace.None)
        .Select(place => JsonNode.Parse(Plot.Line([1], [1]).Legend(place).ToJson())!["layout"]!["legend"]!.ToJsonString()).Distinct()
            .Count());

    [Fact]
    public void A_family_runs_along_the_colour_scale_and_names_its_values()
    {
        JsonArray data = Data(Plot.Family("w", [0.25, 0.5], [1, 2], w => [w, 2 * w]));
        Assert.Equal(["w = 0.25", "w = 0.5"], data.Select(trace => trace!["name"]!.GetValue<string>()));
        Assert.Equal(ColorScale.Sequential.Steps(2).Select(color => color.Hex), data.Select(trace =>
            trace!["line"]!["color"]!.GetValue<string>()));
        Assert.Equal([0.5, 1.0], Numbers(data[1]!["y"]));
    }

    [Fact]
    public void A_band_runs_out_along_its_lower_edge_and_back_along_its_upper()
    {
        JsonNode trace = Assert.Single(Data(Plot.Band([1, 2], [10, 20], [11, 22])))!;
        Assert.Equal([1, 2, 2, 1], Numbers(trace["x"]));
        Assert.Equal([10, 20, 22, 11], Numbers(trace["y"]));
        Assert.Equal("toself", trace["fill"]!.GetValue<string>());
    }

    [Fact]
    public void Error_bars_go_down_and_up_as_asked()
    {
        JsonNode even = Data(Plot.ErrorBars([1], [2], [0.5]))[0]!["error_y"]!;
        Assert.True(even["symmetric"]!.GetValue<bool>());
        Assert.Equal([0.5], Numbers(even["array"]));
        JsonNode uneven = Data(Plot.ErrorBars([1], [2], [0.5], [0.75]))[0]!["error_y"]!;
        Assert.Equal([0.5], Numbers(uneven["arrayminus"]));
        Assert.Equal([0.75], Numbers(uneven["array"]));
    }

    [Fact]
    public void A_step_holds_its_value_until_the_next_abscissa() =>
        Assert.Equal("hv", Data(Plot.Step([1, 2], [3, 4]))[0]!["line"]!["shape"]!.GetValue<string>());

    [Theory]
    [InlineData(HistogramHeight.Count, 7.0)]
    [InlineData(HistogramHeight.Fraction, 1.0)]
    public void Heights_of_a_histogram_add_up_to_all_values(HistogramHeight height, double total)
    {
        JsonNode trace = Data(Plot.Histogram([0, 1, 2, 3, 4, 4, 10, double.NaN], bins: 5, height: height))[0]!;
        Assert.Equal([1, 3, 5, 7, 9], Numbers(trace["x"]));
        // Seven heights of at most a few bits each: their sum is exact to the last bit but one.
        Close.To(total, Numbers(trace["y"]).Sum(), absolute: 1e-15);
    }

    [Fact]
    public void The_area_of_a_density_is_one()
    {
        JsonNode trace = Data(Plot.Histogram([0, 1, 2, 3, 4, 4, 10], height: HistogramHeight.Density))[0]!;
        Close.To(1.0, Numbers(trace["y"]).Zip(Numbers(trace["width"]), (y, w) => y * w).Sum(), absolute: 1e-14);
    }

    [Fact]
    public void Values_outside_the_range_of_a_histogram_are_not_shown_and_its_right_edge_is()
    {
        JsonNode trace = Data(Plot.Histogram([-1, 0, 1, 2, 2, 3], bins: 2, range: (0, 2)))[0]!;
        Assert.Equal([1, 3], Numbers(trace["y"]));
    }

    [Fact]
    public void Equal_values_make_one_bin_of_width_one()
    {
        JsonNode trace = Data(Plot.Histogram([3, 3, 3, 3], bins: 1))[0]!;
        Assert.Equal([3], Numbers(trace["x"]));
        Assert.Equal([4], Numbers(trace["y"]));
        Assert.Equal([1], Numbers(trace["width"]));
    }

    [Fact]
    public void The_rule_of_Freedman_and_Diaconis_sets_the_bins()
    {
        // 0, 1, ..., 999: IQR 499.5, width 2 · 499.5 / 10 = 99.9, so 999 / 99.9 = 10 bins.
        Assert.Equal(10, Data(Plot.Histogram(Enumerable.Range(0, 1000).Select(i => (double)i)))[0]!["x"]!.AsArray().Count);
    }

    [Fact]
    public void A_violin_carries_the_bandwidth_of_Silverman()
    {
        // 1, 2, 3, 4, 5: s = √2.5 = 1.5811, IQR / 1.34 = 2 / 1.34 = 1.4925 (the smaller); 0.9 · 1.4925 · 5^(-1/5) = 0.97360.
        Close.To(0.97360, Data(Plot.Violin(("a", [1, 2, 3, 4, 5])))[0]!["bandwidth"]!.GetValue<double>(), absolute: 1e-4);
        Assert.True(Data(Plot.Violin(("a", [2, 2])))[0]!["bandwidth"]!.GetValue<double>() > 0.0);
        Assert.True(Data(Plot.Violin(("a", [2])))[0]!["bandwidth"]!.GetValue<double>() > 0.0);
    }

    [Fact]
    public void A_heat_map_gives_the_ends_of_its_scale()
    {
        JsonNode trace = Data(Plot.HeatMap(new[,] { { 1.0, -2.0 }, { double.NaN, 5.0 } }))[0]!;
        Assert.Equal((-2.0, 5.0), (trace["zmin"]!.GetValue<double>(), trace["zmax"]!.GetValue<double>()));
        Assert.Equal("[[1,-2],[null,5]]", trace["z"]!.ToJsonString());

        JsonNode diverging = Data(Plot.HeatMap(new[,] { { 1.0, -2.0 } }, scale: ColorScale.Diverging))[0]!;
        Assert.Equal((-2.0, 2.0), (diverging["zmin"]!.GetValue<double>(), diverging["zmax"]!.GetValue<double>()));

        JsonNode asked = Data(Plot.HeatMap(new[,] { { 1.0, -2.0 } }, range: (0, 10)))[0]!;
        Assert.Equal((0.0, 10.0), (asked["zmin"]!.GetValue<double>(), asked["zmax"]!.GetValue<double>()));

        JsonNode flat = Data(Plot.HeatMap(new[,] { { 3.0 } }))[0]!;
        Assert.Equal((2.5, 3.5), (flat["zmin"]!.GetValue<double>(), flat["zmax"]!.GetValue<double>()));
    }

    [Fact]
    public void A_matrix_has_its_first_row_at_the_top() => Assert.Equal("[1.5,-0.5]",
        JsonNode.Parse(Plot.Matrix(new[,] { { 1.0, 2.0, 3.0 }, { 4.0, 5.0, 6.0 } })
            .ToJson())!["layout"]!["yaxis"]!["range"]!.ToJsonString());

    [Theory]
    [InlineData(0.0, 10.0, 10, 1.0)]
    [InlineData(0.0, 1.0, 7, 0.2)]
    [InlineData(-3.0, 8.0, 4, 5.0)]
    [InlineData(0.0, 9.9, 10, 1.0)]
    [InlineData(0.0, 6.0, 1, 10.0)]
    public void Contours_fall_on_round_numbers(double low, double high, int levels, double size)
    {
        JsonNode contours = Data(Plot.Contour(new[,] { { low, high }, { low, high } }, levels: levels))[0]!["contours"]!;
        Close.To(size, contours["size"]!.GetValue<double>(), absolute: 1e-12);
        double start = contours["start"]!.GetValue<double>();
        Assert.True(start >= low && start < low + size);
        Close.To(Math.Round(start / size), start / size, absolute: 1e-9);
    }

    [Fact]
    public void A_leading_zero_frequency_is_left_out_of_a_spectrum()
    {
        JsonNode figure = JsonNode.Parse(Plot.Spectrum([0, 1, 2], [0, 4, 5]).ToJson())!;
        Assert.Equal([1, 2], Numbers(figure["data"]![0]!["x"]));
        Assert.Equal("log", figure["layout"]!["xaxis"]!["type"]!.GetValue<string>());
        Assert.Equal("log", figure["layout"]!["yaxis"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public void A_raster_lists_each_spike_on_the_row_of_its_neuron()
    {
        JsonNode trace = Data(Plot.SpikeRaster([[0.5, 1.5], [], [1.0]], firstNeuron: 10))[0]!;
        Assert.Equal([0.5, 1.5, 1.0], Numbers(trace["x"]));
        Assert.Equal([10, 10, 12], Numbers(trace["y"]));
        Assert.Equal("line-ns-open", trace["marker"]!["symbol"]!.GetValue<string>());
        JsonNode crowd = Data(Plot.SpikeRaster(Enumerable.Range(0, 5000).Select(_ => (double[])[1.0])))[0]!;
        Assert.Equal(2.0, crowd["marker"]!["size"]!.GetValue<double>());
    }

    [Fact]
    public void Stable_rest_states_are_filled_and_unstable_ones_open()
    {
        JsonArray data = Data(Plot.Equilibria([(0, 0, false), (1, 1, true), (2, 2, false)]));
        Assert.Equal(["stable", "unstable"], data.Select(trace => trace!["name"]!.GetValue<string>()));
        Assert.Equal([Palette.Data.Hex, "#FFFFFF"], data.Select(trace => trace!["marker"]!["color"]!.GetValue<string>()));
        Assert.Equal([0, 2], Numbers(data[1]!["x"]));
    }

    [Fact]
    public void A_trajectory_starts_with_a_dot_and_points_along_its_way()
    {
        double[] x = [.. Enumerable.Range(0, 101).Select(i => (double)i)];
        JsonNode figure = JsonNode.Parse(Plot.Trajectory(x, x, "path", arrows: 3).ToJson())!;
        Assert.Equal(["lines", "markers"], figure["data"]!.AsArray().Select(trace => trace!["mode"]!.GetValue<string>()));
        JsonArray arrows = figure["layout"]!["annotations"]!.AsArray();
        Assert.Equal([25, 50, 75], arrows.Select(arrow => arrow!["x"]!.GetValue<double>()));
        Assert.All(arrows, arrow => Assert.True(arrow!["ax"]!.GetValue<double>() < arrow["x"]!.GetValue<double>()));
        Assert.DoesNotContain("annotations", Plot.Trajectory([1, 1], [2, 2]).ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Quiver_arrows_point_along_their_vectors_on_one_scale()
    {
        JsonNode trace = Data(Plot.Quiver([0, 1], [0, 1], [1, 2], [0, 0]))[0]!;
        double[] x = Numbers(trace["x"]), y = Numbers(trace["y"]);
        // Each arrow is a shaft (tail, tip), a gap, a head of three points, a gap.
        Close.To(2.0 * (x[1] - x[0]), x[8] - x[7], absolute: 1e-12);
        Assert.Equal(y[0], y[1]);
        Assert.True(x[1] > x[0]);
    }

    [Fact]
    public void Symbols_have_names_of_their_own() => Assert.Equal(Enum.GetValues<Symbol>().Length, Enum.GetValues<Symbol>()
        .Select(symbol => Data(Plot.Scatter([1], [1], marker: new Marker(symbol)))[0]!["marker"]!["symbol"]!.GetValue<string>()).Distinct()
            .Count());

    [Fact]
    public void Dashes_have_names_of_their_own() => Assert.Equal(Enum.GetValues<Dash>().Length, Enum.GetValues<Dash>()
        .Select(dash => Data(Plot.Line([1], [1], ink: new Ink(Palette.Data, Dash: dash)))[0]!["line"]!["dash"]!.GetValue<string>())
            .Distinct().Count());

    [Fact]
    public void A_faint_ink_is_written_with_its_opacity() => Assert.Equal("rgba(26,26,26,0.25)",
        Data(Plot.Line([1], [1], ink: new Ink(Palette.Data, Opacity: 0.25)))[0]!["line"]!["color"]!.GetValue<string>());
}
