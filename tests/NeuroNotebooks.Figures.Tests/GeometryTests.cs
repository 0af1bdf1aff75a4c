using System.Text.Json.Nodes;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Figures.Tests;

public class GeometryTests
{
    private static double[] Places(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from + (to - from) * i / (count - 1))];

    private static double[,] Sample(double[] x, double[] y, Func<double, double, double> f)
    {
        double[,] values = new double[x.Length, y.Length];
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j < y.Length; j++)
                values[i, j] = f(x[i], y[j]);
        return values;
    }

    [Fact]
    public void The_zero_contour_of_a_circle_is_one_closed_curve_on_it()
    {
        double[] x = Places(-2, 2, 80), y = Places(-2, 2, 90);
        List<(double X, double Y)> curve = Assert.Single(ZeroContour.Trace(x, y, Sample(x, y, (a, b) => a * a + b * b - 1.0)));
        Assert.Equal(curve[0], curve[^1]);
        // Linear interpolation of x² over a step h = 4/79 is off by at most h²/4 in value, half of that in radius: 3.21e-4.
        Assert.All(curve, point => Close.To(1.0, Math.Sqrt(point.X * point.X + point.Y * point.Y), absolute: 3.3e-4));
        double length = curve.Zip(curve.Skip(1), (a, b) => Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2))).Sum();
        Close.To(2.0 * Math.PI, length, absolute: 0.01);
    }

    [Fact]
    public void The_zero_contour_of_a_plane_is_one_straight_line_from_side_to_side()
    {
        double[] x = Places(0, 3, 7), y = Places(0, 2, 5);
        List<(double X, double Y)> curve = Assert.Single(ZeroContour.Trace(x, y, Sample(x, y, (a, b) => b - 0.5 * a - 0.1)));
        Assert.All(curve, point => Close.To(0.5 * point.X + 0.1, point.Y, absolute: 1e-12));
        Close.All([0.0, 3.0], [.. new[] { curve[0].X, curve[^1].X }.Order()], absolute: 1e-12);
    }

    [Fact]
    public void A_saddle_is_split_the_way_its_middle_says()
    {
        double[] two = [0, 1];
        // Corners + − + −: two curves; with a positive middle they cut off the negative corners, with a negative one the positive corners.
        List<List<(double X, double Y)>> positive = ZeroContour.Trace(two, two, new[,] { { 2.0, -1.0 }, { -1.0, 2.0 } });
        List<List<(double X, double Y)>> negative = ZeroContour.Trace(two, two, new[,] { { 1.0, -2.0 }, { -2.0, 1.0 } });
        Assert.Equal((2, 2), (positive.Count, negative.Count));
        static bool CutsOff(List<List<(double X, double Y)>> curves, (double X, double Y) corner) =>
            curves.Any(curve => curve.All(point => Math.Abs(point.X - corner.X) + Math.Abs(point.Y - corner.Y) < 1.0));
        Assert.True(CutsOff(positive, (0, 1)) && CutsOff(positive, (1, 0)));
        Assert.True(CutsOff(negative, (0, 0)) && CutsOff(negative, (1, 1)));
    }

    [Fact]
    public void Cells_without_a_value_are_left_out()
    {
        double[] x = Places(-1, 1, 11);
        List<List<(double X, double Y)>> curves = ZeroContour.Trace(x, x, Sample(x, x, (a, b) =>
            Math.Abs(b) < 0.05 ? double.NaN : a + 0.03));
        Assert.Equal(2, curves.Count);
        Assert.All(curves.SelectMany(curve => curve), point => Close.To(-0.03, point.X, absolute: 1e-12));
    }

    [Fact]
    public void A_function_without_a_zero_has_no_contour() =>
        Assert.Empty(ZeroContour.Trace([0, 1], [0, 1], new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } }));

    [Fact]
    public void Stream_lines_of_a_rotation_stay_on_circles_and_in_the_frame()
    {
        var frame = new Frame((-1, 1), (-1, 1));
        (List<double> x, List<double> y) = FlowLines.Trace(frame, (a, b) => (-b, a), 16);
        Assert.Equal(x.Count, y.Count);
        double start = double.NaN;
        int onCircles = 0;
        for (int i = 0; i < x.Count; i++)
        {
            if (double.IsNaN(x[i]))
            {
                start = double.NaN;
                continue;
            }
            Assert.InRange(x[i], -1.1, 1.1);
            Assert.InRange(y[i], -1.1, 1.1);
            double radius = Math.Sqrt(x[i] * x[i] + y[i] * y[i]);
            if (double.IsNaN(start)) start = radius;
            // Heads (three points off the line) aside, second-order steps of 1/32 keep a circle within a few thousandths over its length.
            if (Math.Abs(radius - start) < 0.01) onCircles++;
        }
        Assert.True(onCircles > 0.8 * x.Count(value => !double.IsNaN(value)),
            $"{onCircles} of {x.Count} points keep their distance from the centre");
    }

    [Fact]
    public void A_field_that_is_zero_or_undefined_has_no_stream_lines()
    {
        var frame = new Frame((0, 1), (0, 1));
        Assert.Empty(FlowLines.Trace(frame, (_, _) => (0, 0), 10).X);
        Assert.Empty(FlowLines.Trace(frame, (_, _) => (double.NaN, 1), 10).X);
    }

    [Fact]
    public void The_nullclines_of_a_linear_pair_are_its_two_lines()
    {
        Figure figure = Plot.PhasePlane(Gallery.WilsonCowan, (0, 2), (0, 2),
            new PhasePlaneOptions { Flow = FlowStyle.None, Resolution = 41 });
        JsonArray data = JsonNode.Parse(figure.ToJson())!["data"]!.AsArray();
        Assert.Equal(["x rests", "y rests"], data.Select(trace => trace!["name"]!.GetValue<string>()));
        // x rests where x = max(0, 0.5 x − y + 1), so y = 1 − 0.5 x while that is above zero.
        double[] x = [.. data[0]!["x"]!.AsArray().Select(item => item?.GetValue<double>() ?? double.NaN)];
        double[] y = [.. data[0]!["y"]!.AsArray().Select(item => item?.GetValue<double>() ?? double.NaN)];
        var line = x.Zip(y).Where(point => point.First > 0.1 && point.First < 1.9).ToList();
        Assert.NotEmpty(line);
        Assert.All(line, point => Close.To(1.0 - 0.5 * point.First, point.Second, absolute: 1e-9));
    }

    [Fact]
    public void Curves_of_a_nullcline_are_separated_by_gaps()
    {
        Figure figure = Plot.PhasePlane((x, y) =>
            (x * x - 0.25, 1), (-1, 1), (-1, 1), new PhasePlaneOptions { Flow = FlowStyle.None, Resolution = 20 });
        JsonArray places = JsonNode.Parse(figure.ToJson())!["data"]![0]!["x"]!.AsArray();
        Assert.Single(places, place => place is null);
    }

    [Fact]
    public void Quantiles_are_interpolated_linearly()
    {
        double[] sorted = [1, 2, 3, 4];
        Assert.Equal(1.0, Bins.Quantile(sorted, 0.0));
        Assert.Equal(1.75, Bins.Quantile(sorted, 0.25));
        Assert.Equal(2.5, Bins.Quantile(sorted, 0.5));
        Assert.Equal(4.0, Bins.Quantile(sorted, 1.0));
    }
}
