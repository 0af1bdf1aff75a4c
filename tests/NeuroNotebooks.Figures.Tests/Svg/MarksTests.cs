using System.Globalization;
using NeuroNotebooks.Figures.Svg;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Figures.Tests.Svg;

/// <summary>Marks stand where a reader, going by the tick labels alone, would look for them.</summary>
public class MarksTests
{
    /// <summary>Coordinates are written to a hundredth of a pixel, labels' places likewise.</summary>
    private const double Pixel = 0.06;

    private const string Plain = """{"showlegend":false}""";

    [Fact]
    public void Circles_stand_at_their_data()
    {
        double[] x = [1.0, 2.0, 3.5, 7.0], y = [-2.0, 0.5, 10.0, 4.0];
        var picture = Samples.Draw("""{"mode":"markers","x":[1,2,3.5,7],"y":[-2,0.5,10,4],"marker":{"color":"#ff0000"}}""", Plain);
        var circles = picture.Circles("#ff0000");
        var (toX, toY) = (picture.XScale("2", "6"), picture.YScale("0", "10"));
        Close.All([.. x.Select(toX)], [.. circles.Select(c => c.X)], Pixel);
        // a label's letters stand a little above its middle: compare differences
        Close.All([.. y.Select(v => toY(v) - toY(-2.0))], [.. circles.Select(c => c.Y - circles[0].Y)], Pixel);
    }

    [Fact]
    public void A_tick_label_stands_level_with_its_tick()
    {
        var picture = Samples.Draw("lines");
        var label = picture.Role("tick").Single(t => t.Says == "0.5");
        var ticks = picture.All("path").Where(p => ((string?)p.Attribute("stroke")) == "#444444").SelectMany(p => SvgPicture.Runs((string)p.Attribute("d")!));
        Assert.Contains(ticks, t => t.Length == 2 && t[0].Y == t[1].Y && Math.Abs(t[0].Y - label.Corners.Average(c => c.Y)) < 2.0);
    }

    [Fact]
    public void A_line_stops_at_a_gap_unless_gaps_are_bridged()
    {
        const string data = "\"x\":[0,1,2,3,4],\"y\":[1,2,null,2,1],\"mode\":\"lines\",\"line\":{\"color\":\"#ff0000\"}";
        Assert.Equal([2, 2], Samples.Draw($"{{{data}}}", Plain).Strokes("#ff0000").Select(run => run.Length));
        Assert.Equal([4], Samples.Draw($"{{{data},\"connectgaps\":true}}", Plain).Strokes("#ff0000").Select(run => run.Length));
    }

    [Fact]
    public void On_log_axes_equal_factors_are_equal_distances()
    {
        var picture = Samples.Draw("""{"mode":"markers","x":[1,10,100,1000],"y":[0.01,1,100,-5],"marker":{"color":"#ff0000"}}""",
            """{"xaxis":{"type":"log"},"yaxis":{"type":"log"}}""");
        var circles = picture.Circles("#ff0000");
        Assert.Equal(3, circles.Length);        // a negative number has no logarithm
        Close.To(circles[1].X - circles[0].X, circles[2].X - circles[1].X, Pixel);
        Close.To(circles[1].Y - circles[0].Y, circles[2].Y - circles[1].Y, Pixel);
        var toX = picture.XScale("1", "100", Math.Log10);
        Close.To(toX(10.0), circles[1].X, Pixel);
    }

    [Theory]
    [InlineData("hv", 1)]
    [InlineData("vh", 1)]
    [InlineData("hvh", 2)]
    [InlineData("vhv", 2)]
    [InlineData("linear", 0)]
    public void A_step_line_turns_square_corners(string shape, int corners)
    {
        var run = Samples.Draw($$$"""{"mode":"lines","x":[0,1,2],"y":[0,1,5],"line":{"shape":"{{{shape}}}","color":"#ff0000"}}""", Plain).Strokes("#ff0000").Single();
        Assert.Equal(3 + 2 * corners, run.Length);
        if (corners > 0)
            for (int i = 1; i < run.Length; i++) Assert.True(run[i].X == run[i - 1].X || run[i].Y == run[i - 1].Y);
    }

    [Fact]
    public void A_spline_passes_through_its_points()
    {
        var picture = Samples.Draw("""{"mode":"lines+markers","x":[0,1,2,3],"y":[0,1,5,2],"line":{"shape":"spline","color":"#ff0000"},"marker":{"color":"#00ff00"}}""", Plain);
        var run = picture.Strokes("#ff0000").Single();
        var circles = picture.Circles("#00ff00");
        Close.All([.. circles.Select(c => c.X)], [.. run.Select(p => p.X)], Pixel);
        Close.All([.. circles.Select(c => c.Y)], [.. run.Select(p => p.Y)], Pixel);
        Assert.Contains("c", picture.All("path").First(p => (string?)p.Attribute("stroke") == "#ff0000").Attribute("d")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_reach_from_zero_to_their_value_and_stand_side_by_side()
    {
        var picture = Samples.Draw("""{"type":"bar","x":["a","b"],"y":[2,4],"marker":{"color":"#ff0000"}},{"type":"bar","x":["a","b"],"y":[1,-1],"marker":{"color":"#00ff00"}}""", Plain);
        var toY = picture.YScale("0", "4");
        Box[] red = picture.Rects("#ff0000"), green = picture.Rects("#00ff00");
        Close.To(toY(0.0) - toY(2.0), red[0].Height, Pixel);
        Close.To(toY(0.0) - toY(4.0), red[1].Height, Pixel);
        Close.To(green[1].Top, red[1].Bottom, Pixel);       // down from the line that the other goes up from
        Close.To(red[0].Right, green[0].Left, Pixel);
        Close.To(0.8 * (red[1].Left - red[0].Left), green[0].Right - red[0].Left, Pixel);       // a fifth of each place is gap
        double middle = 0.5 * (red[0].Left + green[0].Right);
        Close.To(picture.Role("tick").Single(t => t.Says == "a").X, middle, Pixel);
    }

    [Fact]
    public void Stacked_bars_stand_on_one_another()
    {
        var picture = Samples.Draw("""{"type":"bar","y":[2],"marker":{"color":"#ff0000"}},{"type":"bar","y":[3],"marker":{"color":"#00ff00"}},{"type":"bar","y":[-1],"marker":{"color":"#0000ff"}}""",
            """{"barmode":"relative","showlegend":false}""");
        Box red = picture.Rects("#ff0000").Single(), green = picture.Rects("#00ff00").Single(), blue = picture.Rects("#0000ff").Single();
        Close.To(red.Top, green.Bottom, Pixel);
        Close.To(1.5 * red.Height, green.Height, Pixel);
        Close.To(red.Bottom, blue.Top, Pixel);
    }

    [Fact]
    public void Stacks_can_be_parts_of_a_whole()
    {
        var picture = Samples.Draw("""{"type":"bar","y":[2,1],"marker":{"color":"#ff0000"}},{"type":"bar","y":[2,3],"marker":{"color":"#00ff00"}}""",
            """{"barmode":"stack","barnorm":"percent","showlegend":false}""");
        Box[] red = picture.Rects("#ff0000"), green = picture.Rects("#00ff00");
        Close.To(red[0].Height, green[0].Height, Pixel);
        Close.To(3.0 * red[1].Height, green[1].Height, 2.0 * Pixel);
        Close.To(green[0].Top, green[1].Top, Pixel);
    }

    [Fact]
    public void Lying_bars_swap_the_axes()
    {
        var picture = Samples.Draw("""{"type":"bar","orientation":"h","x":[2,4],"y":["a","b"],"width":0.5,"marker":{"color":"#ff0000"}}""", Plain);
        var bars = picture.Rects("#ff0000");
        Close.To(2.0 * bars[0].Width, bars[1].Width, 2.0 * Pixel);
        Assert.True(bars[0].Top > bars[1].Top);
        Close.To(0.5 * (bars[0].Top - bars[1].Top), bars[0].Height, Pixel);
    }

    [Fact]
    public void Bars_may_float_and_be_shifted()
    {
        var picture = Samples.Draw("""{"type":"bar","x":[1,2],"y":[2,2],"base":[1,-1],"offset":0,"width":[0.5,0.5],"marker":{"color":"#ff0000"}}""", Plain);
        var toY = picture.YScale("0", "1");
        var bars = picture.Rects("#ff0000");
        Close.To(toY(0.0) - toY(2.0), bars[0].Bottom - bars[1].Top + (toY(0.0) - toY(2.0)), 2.0 * Pixel);
        Close.To(0.5 * (bars[1].Left - bars[0].Left), bars[0].Width, Pixel);
    }

    [Fact]
    public void Error_bars_reach_as_far_as_their_errors()
    {
        var picture = Samples.Draw("""{"mode":"markers","x":[1,2],"y":[5,5],"marker":{"color":"#00ff00"},"error_y":{"array":[1,2],"arrayminus":[0.5,1],"color":"#ff0000","width":0},"error_x":{"type":"constant","value":0.2,"color":"#0000ff","width":0}}""", Plain);
        var toY = picture.YScale("4", "6");
        var runs = picture.Strokes("#ff0000");
        Close.To(toY(0.0) - toY(1.5), runs[0].Max(p => p.Y) - runs[0].Min(p => p.Y), Pixel);
        Close.To(toY(0.0) - toY(3.0), runs[1].Max(p => p.Y) - runs[1].Min(p => p.Y), Pixel);
        var circle = picture.Circles("#00ff00")[0];
        Close.To(circle.X, picture.Strokes("#0000ff")[0].Average(p => p.X), Pixel);
    }

    [Theory]
    [InlineData("""{"type":"percent","value":20}""", 2.0)]
    [InlineData("""{"type":"sqrt"}""", 6.3245553)]
    [InlineData("""{"type":"constant","value":1,"valueminus":2}""", 3.0)]
    [InlineData("""{"type":"constant","value":1,"symmetric":true}""", 2.0)]
    public void Errors_come_in_kinds(string kind, double expected)
    {
        var bars = ErrorBars.Read(System.Text.Json.Nodes.JsonNode.Parse($$"""{"e":{{kind}}}"""), "e")!;
        double value = kind.Contains("percent", StringComparison.Ordinal) ? 5.0 : 10.0;
        var (low, high) = bars.Span(value, 0);
        Close.To(expected, high - low, 1e-7);
    }

    [Fact]
    public void An_error_that_reaches_below_zero_leaves_a_log_plot_at_its_foot()
    {
        var picture = Samples.Draw("""{"mode":"markers","x":[1,2],"y":[1,100],"error_y":{"array":[3,3],"color":"#ff0000","width":0}}""", """{"yaxis":{"type":"log"}}""");
        Assert.True(picture.Strokes("#ff0000")[0].Max(p => p.Y) > picture.Height - 60.0);
    }

    [Fact]
    public void An_area_is_filled_down_to_zero_or_to_the_line_before()
    {
        var picture = Samples.Draw(
            """{"mode":"lines","x":[0,1],"y":[2,2],"fill":"tozeroy","fillcolor":"#ff0000"},{"mode":"lines","x":[0,1],"y":[3,4],"fill":"tonexty","fillcolor":"#00ff00"}""", Plain);
        var toY = picture.YScale("0", "4");
        Point[] red = picture.Fills("#ff0000").Single(), green = picture.Fills("#00ff00").Single();
        Close.To(toY(0.0) - toY(2.0), red.Max(p => p.Y) - red.Min(p => p.Y), Pixel);
        Close.To(toY(2.0) - toY(4.0), green.Max(p => p.Y) - green.Min(p => p.Y), Pixel);
        Close.To(red.Min(p => p.Y), green.Max(p => p.Y), Pixel);
    }

    [Fact]
    public void An_area_may_lie_beside_the_upright_axis_or_close_on_itself()
    {
        var picture = Samples.Draw(
            """{"mode":"lines","x":[2,3],"y":[0,1],"fill":"tozerox","fillcolor":"#ff0000"},{"mode":"lines","x":[4,5,5],"y":[0,0,1],"fill":"toself","fillcolor":"#00ff00"},{"mode":"none","x":[1,1],"y":[0,1],"fill":"tonextx","fillcolor":"#0000ff"}""", Plain);
        Assert.Equal(4, picture.Fills("#ff0000").Single().Length);
        Assert.Equal(3, picture.Fills("#00ff00").Single().Length);
        Assert.Equal(5, picture.Fills("#0000ff").Single().Length);
    }

    [Fact]
    public void Histogram_bars_count()
    {
        var picture = Samples.Draw("""{"type":"histogram","x":[0.1,0.2,0.3,1.5,1.6,2.5,null,"a"],"xbins":{"start":0,"end":3,"size":1},"marker":{"color":"#ff0000"}}""", Plain);
        var toY = picture.YScale("0", "3");
        var bars = picture.Rects("#ff0000");
        Close.All([3.0, 2.0, 1.0], [.. bars.Select(b => b.Height / (toY(0.0) - toY(1.0)))], 0.005);
        Close.To(bars[0].Right, bars[1].Left, Pixel);
    }

    [Theory]
    [InlineData("\"histnorm\":\"percent\"", 50.0)]
    [InlineData("\"histnorm\":\"probability\"", 0.5)]
    [InlineData("\"histnorm\":\"density\"", 1.0)]
    [InlineData("\"histnorm\":\"probability density\"", 0.25)]
    [InlineData("\"cumulative\":{\"enabled\":true}", 2.0)]
    [InlineData("\"histfunc\":\"sum\",\"y\":[5,6,7,8]", 11.0)]
    [InlineData("\"histfunc\":\"avg\",\"y\":[5,6,7,8]", 5.5)]
    [InlineData("\"histfunc\":\"min\",\"y\":[5,6,7,8]", 5.0)]
    [InlineData("\"histfunc\":\"max\",\"y\":[5,6,7,8]", 6.0)]
    public void Histograms_are_normalised_as_asked(string how, double expected)
    {
        var picture = Samples.Draw($$$"""{"type":"histogram","orientation":"v","x":[0,1,2,3],"xbins":{"start":0,"end":4,"size":2},{{{how}}},"marker":{"color":"#ff0000"}}""",
            """{"showlegend":false,"yaxis":{"tickvals":[0,60],"range":[0,60]}}""");
        var toY = picture.YScale("0", "60");
        Close.To(expected, picture.Rects("#ff0000")[0].Height / (toY(0.0) - toY(1.0)), 0.015);
    }

    [Fact]
    public void Words_are_counted_too()
    {
        var picture = Samples.Draw("""{"type":"histogram","y":["a","b","a","a"],"marker":{"color":"#ff0000"}}""", Plain);
        var bars = picture.Rects("#ff0000");
        Close.To(3.0, bars[0].Width / bars[1].Width, 0.01);
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData(null, null, null, 7.0)]
    [InlineData(0.0, 10.0, 0.5, null)]
    [InlineData(null, null, 1e-9, null)]
    public void Every_value_between_the_ends_has_a_bin(double? start, double? end, double? size, double? most)
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(i => 5.0 + 4.9 * Math.Sin(i * 1.7))];
        var bins = NeuroNotebooks.Figures.Svg.Bins.Choose(values, start, end, size, most);
        Assert.All(values, v => Assert.NotNull(bins.IndexOf(v)));
        Assert.InRange(bins.Count, 1, 5000);
        Assert.Null(bins.IndexOf(-1e9));
    }

    [Fact]
    public void A_box_shows_median_quartiles_and_outliers()
    {
        var picture = Samples.Draw("""{"type":"box","y":[1,2,3,4,5,6,7,8,9,30],"name":"b","line":{"color":"#ff0000"},"marker":{"color":"#00ff00"},"fillcolor":"#0000ff"}""", Plain);
        var toY = picture.YScale("0", "10");
        double scale = toY(0.0) - toY(1.0);
        var box = picture.Fills("#0000ff").Single();
        // quartiles by linear interpolation at n p - 1/2: 3 and 8
        Close.To(5.0, (box.Max(p => p.Y) - box.Min(p => p.Y)) / scale, 0.01);
        Close.To(30.0, (toY(0.0) - picture.Circles("#00ff00").Single().Y) / scale, 0.2);
        var strokes = picture.Strokes("#ff0000");
        Assert.Contains(strokes, s => s.Length == 2 && Math.Abs((box.Max(p => p.Y) - s[0].Y) / scale - 2.5) < 0.01);      // the median, 5.5
    }

    [Theory]
    [InlineData("linear", 2.0, 6.0)]        // as Plotly's documentation defines them, for the numbers 1 to 7
    [InlineData("exclusive", 2.0, 6.0)]
    [InlineData("inclusive", 2.5, 5.5)]
    public void Quartiles_have_their_methods(string method, double q1, double q3)
    {
        var sample = Sample.Of(0.0, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], method);
        if (method == "linear") (q1, q3) = (2.25, 5.75);
        Assert.Equal((q1, 4.0, q3), (sample.Q1, sample.Median, sample.Q3));
    }

    [Fact]
    public void A_precomputed_box_is_drawn_as_given()
    {
        var picture = Samples.Draw("""{"type":"box","q1":[1,2],"median":[2,3],"q3":[3,5],"lowerfence":[0,1],"upperfence":[4,9],"mean":[2.2,3],"sd":[0.3,0.4],"boxmean":"sd","x":["a","b"],"fillcolor":"#0000ff"}""", Plain);
        var boxes = picture.Fills("#0000ff");
        Close.To(1.5, (boxes[1].Max(p => p.Y) - boxes[1].Min(p => p.Y)) / (boxes[0].Max(p => p.Y) - boxes[0].Min(p => p.Y)), 0.01);
    }

    [Fact]
    public void Lying_boxes_and_violins_swap_the_axes()
    {
        var picture = Samples.Draw("""{"type":"box","x":[1,2,3,4],"name":"box","fillcolor":"#0000ff"},{"type":"violin","x":[1,2,3,4],"name":"violin","fillcolor":"#ff0000","side":"negative","scalemode":"count","spanmode":"hard"}""", Plain);
        Assert.True(picture.Fills("#0000ff").Single().Average(p => p.Y) > picture.Fills("#ff0000").Single().Average(p => p.Y));
        Assert.Contains(picture.Role("tick"), t => t.Says == "violin");
    }

    [Fact]
    public void A_symmetric_sample_has_a_symmetric_violin()
    {
        var outline = Samples.Draw("""{"type":"violin","y":[-2,-1,0,1,2],"fillcolor":"#ff0000"}""", Plain).Fills("#ff0000").Single();
        Close.To(0.5 * (outline.Max(p => p.X) + outline.Min(p => p.X)), outline.Average(p => p.X), 0.1);
        var widest = outline.MaxBy(p => p.X);
        Close.To(0.5 * (outline.Max(p => p.Y) + outline.Min(p => p.Y)), widest.Y, 3.0);     // one of 81 steps
    }

    [Theory]
    [InlineData("mode", "text", 3)]
    [InlineData("mode", "markers+text", 3)]
    public void Points_carry_texts(string name, string mode, int expected)
    {
        var picture = Samples.Draw($$"""{"{{name}}":"{{mode}}","x":[0,1,2],"y":[0,1,0],"text":["first","second","third"],"textposition":"top center"}""", Plain);
        Assert.Equal(expected, picture.Role("label").Count());
        Assert.Equal("second", picture.Role("label").MinBy(t => t.Y)!.Says);
    }

    [Fact]
    public void Of_texts_that_would_touch_some_move_or_give_way()
    {
        string many = string.Join(',', Enumerable.Range(0, 60).Select(i => (0.001 * i).ToString(CultureInfo.InvariantCulture)));
        string texts = string.Join(',', Enumerable.Range(0, 60).Select(i => $"\"label {i}\""));
        var labels = Samples.Draw($$"""{"mode":"markers+text","x":[{{many}}],"y":[{{many}}],"text":[{{texts}}],"textposition":"top center"}""",
            """{"xaxis":{"range":[-1,1]},"yaxis":{"range":[-1,1]}}""").Role("label").ToList();
        Assert.InRange(labels.Count, 2, 30);
        for (int i = 0; i < labels.Count; i++)
            for (int j = 0; j < i; j++) Assert.False(labels[i].Overlaps(labels[j]));
    }

    [Theory]
    [InlineData("outside")]
    [InlineData("inside")]
    [InlineData("auto")]
    public void A_bars_text_stands_where_asked(string position)
    {
        var picture = Samples.Draw($$$"""{"type":"bar","x":["a","b"],"y":[10,9],"text":["ten","nine"],"textposition":"{{{position}}}","marker":{"color":"#ff0000"}}""", Plain);
        var bar = picture.Rects("#ff0000")[0];
        var text = picture.Text("ten");
        Assert.Equal(position == "outside", text.Y < bar.Top);
    }
}
