namespace NeuroNotebooks.Figures.Tests;

public class BuilderErrorTests
{
    private static readonly double[,] Square = { { 1.0, 2.0 }, { 3.0, 4.0 } };

    public static TheoryData<string, Action> Wrong => new()
    {
        { "x is empty", () => Plot.Line([], []) },
        { "y has 1 entries, but x has 2", () => Plot.Line([1, 2], [1]) },
        { "curves is empty", () => Plot.Lines([1], ((string, IEnumerable<double>)[])[]) },
        { "curves is empty", () => Plot.Lines([1], ((string, IEnumerable<double>, Ink)[])[]) },
        { "values is empty", () => Plot.Family("w", [], [1], w => [w]) },
        { "Width is 0", () => Plot.Line([1], [1], ink: new Ink(Palette.Data, Width: 0.0)) },
        { "Opacity is 2", () => Plot.Line([1], [1], ink: new Ink(Palette.Data, Opacity: 2.0)) },
        { "Size is -1", () => Plot.Scatter([1], [1], marker: new Marker(Size: -1.0)) },
        { "Opacity is NaN", () => Plot.Scatter3D([1], [1], [1], marker: new Marker(Opacity: double.NaN)) },
        { "error[1] is -0.5: expected a length", () => Plot.ErrorBars([1, 2], [1, 2], [0.5, -0.5]) },
        { "above has 1 entries, but y has 2", () => Plot.ErrorBars([1, 2], [1, 2], [0.5, 0.5], [1]) },
        { "low has 1 entries, but x has 2", () => Plot.Band([1, 2], [1], [1, 2]) },
        { "high has 3 entries, but x has 2", () => Plot.Band([1, 2], [1, 2], [1, 2, 3]) },
        { "high[1] is NaN: expected a finite", () => Plot.Band([1, 2], [1, 2], [1, double.NaN]) },
        { "heights has 1 entries, but labels has 2", () => Plot.Bar(["a", "b"], [1]) },
        { "labels holds \"a\" 2 times", () => Plot.Bar(["a", "a"], [1, 2]) },
        { "errors has 1 entries, but y has 2", () => Plot.Bar([1, 2], [1, 2], errors: [1]) },
        { "values holds no finite number", () => Plot.Histogram([double.NaN]) },
        { "bins is 0: expected a number from 1 to 2000", () => Plot.Histogram([1], bins: 0) },
        { "range runs from 2 down to 1: swap", () => Plot.Histogram([1], range: (2, 1)) },
        { "groups is empty", () => Plot.Box() },
        { "without a name", () => Plot.Box((" ", [1])) },
        { "groups (\"a\") holds no finite number", () => Plot.Violin(("a", [double.PositiveInfinity])) },
        { "z is 0 × 3: expected at least one cell", () => Plot.HeatMap(new double[0, 3]) },
        { "z holds no finite number", () => Plot.HeatMap(new[,] { { double.NaN } }) },
        { "x has 3 entries: expected 2, one per column of z", () => Plot.HeatMap(Square, x: [1, 2, 3]) },
        { "y has 1 entries: expected 2, one per row of z", () => Plot.HeatMap(Square, y: [1]) },
        { "x[1] is 1 after 1: cells need rising places", () => Plot.HeatMap(Square, x: [1, 1]) },
        { "range runs from 1 to 1", () => Plot.HeatMap(Square, range: (1, 1)) },
        { "entries is 0 × 0", () => Plot.Matrix(new double[0, 0]) },
        { "contours need at least 2 × 2", () => Plot.Contour(new[,] { { 1.0, 2.0 } }) },
        { "levels is 0", () => Plot.Contour(Square, levels: 0) },
        { "a surface needs at least 2 × 2", () => Plot.Surface(new[,] { { 1.0, 2.0 } }) },
        { "z has 1 entries, but x has 2", () => Plot.Line3D([1, 2], [1, 2], [1]) },
        { "u and v are zero everywhere", () => Plot.Quiver([1], [1], [0], [0]) },
        { "v has 2 entries, but x has 1", () => Plot.Quiver([1], [1], [0], [0, 1]) },
        { "u[0] is Infinity", () => Plot.Quiver([1], [1], [double.PositiveInfinity], [0]) },
        { "stretch is 0", () => Plot.Quiver([1], [1], [1], [1], stretch: 0.0) },
        { "arrows is 1", () => Plot.VectorField(Gallery.WilsonCowan, (0, 1), (0, 1), arrows: 1) },
        { "x runs from 1 down to 0", () => Plot.VectorField(Gallery.WilsonCowan, (1, 0), (0, 1)) },
        { "density is 200", () => Plot.StreamLines(Gallery.WilsonCowan, (0, 1), (0, 1), density: 200) },
        { "Resolution is 2", () => Plot.PhasePlane(Gallery.WilsonCowan, (0, 1), (0, 1), new PhasePlaneOptions { Resolution = 2 }) },
        { "x[0] is NaN", () => Plot.Trajectory([double.NaN], [1]) },
        { "arrows is 21", () => Plot.Trajectory([1], [1], arrows: 21) },
        { "points is empty", () => Plot.Equilibria([]) },
        { "neurons has 1 entries, but times has 0", () => Plot.SpikeRaster([], [1]) },
        { "times[0] is NaN", () => Plot.SpikeRaster([double.NaN], [1]) },
        { "power[1] is 0: a log axis", () => Plot.Spectrum([1, 2], [1, 0]) },
        { "frequency[1] is -2", () => Plot.Spectrum([1, -2], [1, 1]) },
        { "frequency holds the mean alone", () => Plot.Spectrum([0], [1]) },
        { "power has 1 entries, but frequency has 2", () => Plot.Spectrum([1, 2], [1]) },
        { "title is empty", () => Plot.Line([1], [1]).Titled(" ") },
        { "caption is empty", () => Plot.Line([1], [1]).Captioned("") },
        { "width is 50: expected a number from 100 to 4000", () => Plot.Line([1], [1]).Sized(50, 200) },
        { "height is NaN", () => Plot.Line([1], [1]).Sized(200, double.NaN) },
        { "\"red\" is not a colour", () => Color.FromHex("red") },
        { "\"#12345G\" is not a colour", () => Color.FromHex("#12345G") },
        { "opacity is 1.5", () => Palette.Data.Rgba(1.5) },
        { "part is -1", () => Palette.Data.Mix(Palette.Model, -1.0) },
        { "hexStops has 1 colours", () => ColorScale.Of("#000000") },
        { "position is 2", () => ColorScale.Greys.At(2.0) },
        { "count is 0", () => ColorScale.Greys.Steps(0) },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_argument_is_named_with_what_came(string expected, Action code)
    {
        Exception error = Assert.ThrowsAny<ArgumentException>(code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Action> Missing => new()
    {
        () => Plot.Line(null!, [1]),
        () => Plot.Line([1], null!),
        () => Plot.Lines([1], ((string, IEnumerable<double>)[])null!),
        () => Plot.Family("w", [1], [1], null!),
        () => Plot.Family(null!, [1], [1], w => [w]),
        () => Plot.Bar((IEnumerable<string>)null!, [1]),
        () => Plot.Box(null!),
        () => Plot.HeatMap(null!),
        () => Plot.HeatMap(Square, colorTitle: null!),
        () => Plot.Surface(Square, colorTitle: null!),
        () => Plot.StreamLines(null!, (0, 1), (0, 1)),
        () => Plot.Equilibria(null!),
        () => Plot.SpikeRaster(null!),
        () => Plot.SpikeRaster(null!, [1]),
        () => Plot.SpikeRaster([1], null!),
        () => Plot.Line([1], [1]).With(null!),
        () => Plot.Line([1], [1]).With([null!]),
        () => Plot.Grid(2, (Figure[])null!),
        () => Plot.Grid(2, (Figure)null!),
        () => Plot.Row(null!),
        () => Plot.Slider("a", [1], null!),
        () => Plot.Slider("a", [1], _ => Plot.Line([1], [1]), unit: null!),
        () => Color.FromHex(null!),
        () => ColorScale.Of(null!),
        () => Plot.Line([1], [1]).WithText(1, 1, null!),
        () => Plot.Line([1], [1]).WithVerticalLine(1, null!),
    };

    [Theory, MemberData(nameof(Missing))]
    public void A_missing_argument_is_refused(Action code) => Assert.Throws<ArgumentNullException>(code);
}
