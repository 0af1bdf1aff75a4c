namespace NeuroNotebooks.Figures.Tests;

public class DescriptionTests
{
    [Fact]
    public void A_sentence_names_title_curves_axes_and_ranges() => Assert.Equal(
        "WC-A settles: lines (E, I), x: time (ms) from 0 to 30, y: rate (Hz) from -1.5 to 4.",
        Plot.Lines([0, 30], ("E", [0, 4]), ("I", [-1.5, 1])).XAxis("time", "ms").YAxis("rate", "Hz").Titled("WC<sub>-</sub>A settles")
            .ToString());

    [Fact]
    public void A_range_set_by_hand_is_told_and_log_axes_are_named() => Assert.Equal(
        "points, x from 1 to 3, y: power from 0.1 to 1000 (log).",
        Plot.Scatter([1, 3], [1, 10]).YAxis("power", range: (0.1, 1000), scale: AxisScale.Log).ToString());

    [Fact]
    public void Bars_start_at_zero_and_names_are_counted() =>
        Assert.Equal("bars, x (3 categories), y from -1 to 2.", Plot.Bar(["a", "b", "c"], [1, 2, -1]).ToString());

    [Fact]
    public void A_map_tells_its_colours_and_reaches_half_a_cell_further() => Assert.Equal(
        "heat map, x from -0.5 to 1.5, y from 5 to 25, colour: rate from 1 to 4.",
        Plot.HeatMap(new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } }, y: [10, 20], colorTitle: "rate").ToString());

    [Fact]
    public void A_contour_plot_reaches_to_its_outer_points() => Assert.Equal(
        "contour, x from 0 to 1, y from 0 to 1, colour from 1 to 4.", Plot.Contour(new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } }).ToString());

    [Fact]
    public void Error_bars_widen_the_range()
    {
        Assert.Equal("points with error bars, x from 1 to 2, y from -1 to 6.", Plot.ErrorBars([1, 2], [1, 5], [2, 1]).ToString());
        Assert.Equal("points with error bars, x from 1 to 2, y from 0.5 to 8.",
            Plot.ErrorBars([1, 2], [1, 5], [0.5, 1], [1, 3]).ToString());
    }

    [Fact]
    public void A_histogram_reaches_from_edge_to_edge() =>
        Assert.Equal("histogram, x from 0 to 4, y: count from 0 to 2.", Plot.Histogram([0, 1, 2, 4], bins: 2).ToString());

    [Fact]
    public void Many_names_are_cut_short()
    {
        Figure many = Plot.Lines([1], [.. Enumerable.Range(1, 9).Select(i => ($"c{i}", (IEnumerable<double>)[1.0]))]);
        Assert.Contains("(c1, c2, c3, c4, c5, c6 and 3 more)", many.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Panels_are_told_one_by_one() => Assert.Equal(
        "All: 2 panels: (a) lines, x from 0 to 1, y from 0 to 1; " +
        "(b) lines in space (path), x from 1 to 2, y from 3 to 4, z: z (mV) from 5 to 6.",
        Plot.Row(Plot.Line([0, 1], [0, 1]), Plot.Line3D([1, 2], [3, 4], [5, 6], "path").ZAxis("z", "mV")).Titled("All").ToString());

    [Fact]
    public void A_slider_tells_its_parameter() => Assert.EndsWith("; a slider sets w_EE from 0.5 to 2.",
        Plot.Slider("w_EE", [0.5, 2], w => Plot.Line([0, 1], [0, w])).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("""[{"y":[1,2]}]""", "lines, x, y from 1 to 2.")]
    [InlineData("""[{"type":"scattergl","mode":"markers","x":[1],"y":[1]}]""", "points, x from 1 to 1, y from 1 to 1.")]
    [InlineData("""[{"type":"heatmap","z":[[1,2]]}]""", "heat map, x from -0.5 to 1.5, y from 0 to 0, colour from 1 to 2.")]
    [InlineData("""[{"type":"bar","orientation":"h","x":[5],"y":["a"]}]""", "bars, x from 0 to 5, y (1 categories).")]
    [InlineData("""[{"type":"bar","x":[1],"y":[5],"width":0.5}]""", "bars, x from 1 to 1, y from 0 to 5.")]
    [InlineData("""[{"type":"pie","values":[1]}]""", "pie, x, y.")]
    [InlineData("""{"data":[],"layout":{"title":"T","meta":7}}""", "T: an empty figure.")]
    public void Foreign_figures_are_told_as_far_as_they_can_be_read(string json, string expected) =>
        Assert.Equal(expected, Figure.FromJson(json).ToString());

    [Theory]
    [InlineData(1e-6, "1e-6")]
    [InlineData(-1.5e20, "-1.5e20")]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(123456.7, "123457")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "-∞")]
    public void Numbers_are_written_for_readers(double value, string expected) => Assert.Equal(expected, Html.Number(value));

    [Theory]
    [InlineData("a<br>b", "a b")]
    [InlineData("w<sub>EE</sub> < 1", "wEE < 1")]
    [InlineData("1 < 2 > 0", "1 < 2 > 0")]
    [InlineData("a <b", "a <b")]
    public void Tags_are_taken_out_of_titles(string marked, string plain) => Assert.Equal(plain, Html.Plain(marked));
}
