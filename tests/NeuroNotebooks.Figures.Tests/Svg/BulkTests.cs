using System.Text;
using System.Text.Json.Nodes;
using NeuroNotebooks.Figures.Svg;

namespace NeuroNotebooks.Figures.Tests.Svg;

/// <summary>Long recordings stay small and keep their shape.</summary>
public class BulkTests
{
    private const int Many = 100_000;

    private const int Small = 200_000;

    private static SvgPicture Draw(JsonObject trace, string layout = "{}") =>
        new(SvgRenderer.Render(new JsonObject { ["data"] = new JsonArray(trace), ["layout"] = JsonNode.Parse(layout) }, "t", "d"));

    private static JsonArray List(Func<int, double> f, int count = Many) => new([.. Enumerable.Range(0, count).Select(i => (JsonNode)Math.Round(f(i), 5))]);

    [Fact]
    public void A_hundred_thousand_noisy_samples_keep_their_peaks()
    {
        var random = new Random(1);
        var values = List(i => i == 54_321 ? 40.0 : random.NextDouble());
        var picture = Draw(new JsonObject { ["mode"] = "lines", ["y"] = values, ["line"] = new JsonObject { ["color"] = "#ff0000" } });
        Assert.True(Encoding.UTF8.GetByteCount(picture.Source) < Small);
        var line = picture.Strokes("#ff0000").Single();
        var peak = line.MinBy(p => p.Y);
        var (toX, toY) = (picture.XScale("0", "80000"), picture.YScale("0", "40"));
        NeuroNotebooks.TestSupport.Close.To(toX(54_321.0), peak.X, 0.2);        // drawn to a tenth of a pixel
        NeuroNotebooks.TestSupport.Close.To(toY(40.0) - toY(0.0), peak.Y - line.Max(p => p.Y), 1.5);
    }

    [Fact]
    public void A_long_smooth_line_is_drawn_within_a_fraction_of_a_pixel()
    {
        Point[] points = [.. Enumerable.Range(0, 50_000).Select(i => new Point(i * 0.01, 100.0 + 80.0 * Math.Sin(i * 0.0003)))];
        var kept = Simplify.Line(points, new Box(0.0, 0.0, 500.0, 200.0));
        Assert.True(kept.Length < 600);
        int k = 0;
        foreach (var p in points)
        {
            while (k + 2 < kept.Length && kept[k + 1].X < p.X) k++;
            double part = (p.X - kept[k].X) / (kept[k + 1].X - kept[k].X);
            Assert.True(Math.Abs(kept[k].Y + part * (kept[k + 1].Y - kept[k].Y) - p.Y) < 0.35, $"at {p}");
        }
    }

    [Fact]
    public void What_happens_far_outside_the_plot_is_left_out()
    {
        Point[] points = [.. Enumerable.Range(0, 10_000).Select(i => new Point(i - 9_000.0, i % 7))];
        var kept = Simplify.Line(points, new Box(0.0, -10.0, 400.0, 10.0));
        Assert.Equal(points[0], kept[0]);
        Assert.Equal(points[^1], kept[^1]);
        Assert.True(kept.Count(p => p.X < -60.0) <= 3);
    }

    [Fact]
    public void A_scribble_of_a_hundred_thousand_points_is_small()
    {
        double x = 0.0, y = 0.0;
        var random = new Random(2);
        var trace = new JsonObject { ["mode"] = "lines", ["x"] = List(_ => x += random.NextDouble() - 0.5), ["y"] = List(_ => y += random.NextDouble() - 0.5) };
        Assert.True(Draw(trace).Source.Length < Small);
    }

    [Theory]
    [InlineData("circle", 1.0)]
    [InlineData("circle", 0.3)]
    [InlineData("line-ns", 1.0)]
    [InlineData("diamond", 1.0)]
    public void A_hundred_thousand_markers_are_small(string symbol, double opacity)
    {
        var random = new Random(3);
        var trace = new JsonObject
        {
            ["mode"] = "markers", ["x"] = List(_ => random.NextDouble()), ["y"] = List(_ => random.NextDouble()),
            ["marker"] = new JsonObject { ["symbol"] = symbol, ["opacity"] = opacity, ["size"] = 3 },
        };
        int length = Draw(trace).Source.Length;
        Assert.True(length < Small, $"{length} characters");
    }

    [Fact]
    public void Many_bars_become_one_path()
    {
        var picture = Draw(new JsonObject { ["type"] = "bar", ["y"] = List(i => 1.0 + i % 3, 2000) });
        Assert.True(picture.All("rect").Count() < 10);
        Assert.True(picture.Source.Length < Small);
    }

    [Fact]
    public void A_long_trajectory_in_space_is_small()
    {
        var trace = new JsonObject
        {
            ["type"] = "scatter3d", ["mode"] = "lines", ["x"] = List(i => Math.Sin(0.01 * i), 20_000), ["y"] = List(i => Math.Cos(0.013 * i), 20_000), ["z"] = List(i => 0.001 * i, 20_000),
            ["line"] = new JsonObject { ["color"] = List(i => i, 20_000) },
        };
        Assert.True(Draw(trace).Source.Length < 400_000);
    }

    [Fact]
    public void A_large_surface_is_small()
    {
        var z = new JsonArray([.. Enumerable.Range(0, 300).Select(i => (JsonNode)List(j => Math.Sin(0.02 * i) * Math.Cos(0.03 * j), 300))]);
        Assert.True(Draw(new JsonObject { ["type"] = "surface", ["z"] = z }).Source.Length < 250_000);
    }
}
