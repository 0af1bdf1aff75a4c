using NeuroNotebooks.Figures;

namespace NeuroNotebooks.Figures.Tests;

/// <summary>One example of every builder and modifier, for laws that all figures keep.</summary>
internal static class Gallery
{
    private static readonly double[] X = [0.0, 0.5, 1.0, 1.5];
    private static readonly double[] Y = [1.0, double.NaN, 3.25, 0.1 + 0.2];
    private static readonly double[,] Z = { { 1.0, 2.0, -3.0 }, { 0.5, double.NaN, 7.125 }, { 0.0, 1.0, 2.0 } };

    public static (double X, double Y) WilsonCowan(double e, double i) =>
        (-e + Math.Max(0.0, 0.5 * e - i + 1.0), -i + Math.Max(0.0, e - 0.5 * i + 0.2));

    public static readonly IReadOnlyDictionary<string, Func<Figure>> All = new Dictionary<string, Func<Figure>>
    {
        ["line"] = () => Plot.Line(X, Y, "v", Palette.Data.Dashed),
        ["lines"] = () => Plot.Lines(X, ("a", X), ("b", Y)),
        ["lines with inks"] = () => Plot.Lines(X, ("E", X, Palette.Excitatory), ("I", Y, Palette.Inhibitory.Dotted)),
        ["family"] = () => Plot.Family("w", [0.1, 0.2, 0.3], X, w => X.Select(x => w * x)),
        ["step"] = () => Plot.Step(X, [1, 2, 3, 4]),
        ["scatter"] = () => Plot.Scatter(X, Y, "points", marker: new Marker(Symbol.Diamond, 9.0, Open: true)),
        ["error bars"] = () => Plot.ErrorBars(X, [1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4], "mean"),
        ["unlike error bars"] = () => Plot.ErrorBars(X, [1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4], [1, 1, 1, 1], "median"),
        ["band"] = () => Plot.Band(X, [0, 1, 2, 3], [1, 2, 3, 4], "spread"),
        ["bar of names"] = () => Plot.Bar(["p", "q"], [1.5, -2.0], "score", errors: [0.1, 0.2]),
        ["bar of numbers"] = () => Plot.Bar([1, 2, 3], [4, 5, 6]),
        ["histogram"] = () => Plot.Histogram([1, 2, 2, 3, 3, 3, double.NaN], "counts", height: HistogramHeight.Density),
        ["box"] = () => Plot.Box(("a", [1, 2, 3, 10]), ("b", [2, 3, 4])),
        ["violin"] = () => Plot.Violin(("a", [1, 2, 3, 10]), ("b", [2, 2, 2])),
        ["heat map"] = () => Plot.HeatMap(Z, [0, 1, 2], [10, 20, 30], "rate (Hz)"),
        ["matrix"] = () => Plot.Matrix(Z, "weight"),
        ["contour"] = () => Plot.Contour(Z, style: ContourStyle.Filled),
        ["contour lines"] = () => Plot.Contour(Z, levels: 4),
        ["quiver"] = () => Plot.Quiver([0, 1, 0, 1], [0, 0, 1, 1], [1, 0, -1, 0], [0, 1, 0, -1], "flow"),
        ["vector field"] = () => Plot.VectorField(WilsonCowan, (0, 2), (0, 2), arrows: 5),
        ["stream lines"] = () => Plot.StreamLines(WilsonCowan, (0, 2), (0, 2), density: 8),
        ["phase plane"] = () => Plot.PhasePlane(WilsonCowan, (0, 2), (0, 2),
            new PhasePlaneOptions { Resolution = 20, Flow = FlowStyle.Arrows })
            .With(Plot.Trajectory([2, 1, 0.8], [0, 0.4, 0.6], "path"), Plot.Equilibria([(0.743, 0.629, true), (0, 0, false)])),
        ["diagram"] = () => Plot.Diagram([new("E", 0, 0, Palette.Excitatory), new("I", 1, 0, Palette.Inhibitory), new("out", 1, 1)],
            [new("E", "I", "w"), new("I", "E", "−k w"), new("E", "out")]).Titled("areas"),
        ["raster"] = () => Plot.SpikeRaster([[1.0, 2.0], [], [1.5]], name: "cells"),
        ["empty raster"] = () => Plot.SpikeRaster([], Array.Empty<int>()),
        ["spectrum"] = () => Plot.Spectrum([0, 1, 10, 100], [5, 1, 0.1, 0.01], "LFP"),
        ["line in space"] = () => Plot.Line3D(X, X, X, "path").ZAxis("z", "mV"),
        ["points in space"] = () => Plot.Scatter3D(X, X, X, "points"),
        ["surface"] = () => Plot.Surface(Z, colorTitle: "height"),
        ["grid"] = () => Plot.Grid(2, SharedAxes.Both, Plot.Line(X, Y, "v", Palette.Data).Titled("left"),
            Plot.Line(X, X, "v", Palette.Data),
            Plot.Scatter(X, X).Captioned("third")),
        ["grid of kinds"] = () => Plot.Row(Plot.HeatMap(Z), Plot.Surface(Z), Plot.Line(X, X).WithVerticalLine(0.5, "on")),
        ["nested grid"] = () => Plot.Column(Plot.Row(Plot.Line(X, X), Plot.Line(X, X)), Plot.Line3D(X, X, X)),
        ["slider"] = () => Plot.Slider("w_EE", [0.5, 1.0, 1.5], w =>
            Plot.Line(X, X.Select(x => w * x), "rate").Titled($"w = {w.ToString(System.Globalization.CultureInfo.InvariantCulture)}"),
            "mV", start: 1),
        ["everything described"] = () => Plot.Line(X, X, "a").With(Plot.Line(X, Y, "b"))
            .XAxis("time", "ms", (0.0, 2.0), ticks: [0, 1, 2], tickLabels: ["start", "middle", "end"]).YAxis("rate", "Hz")
            .WithText(1, 1, "here").WithCallout(1, 2, "look", color: Palette.Model).WithArrow((0, 0), (1, 1), "go")
            .WithVerticalLine(0.5, "on").WithHorizontalLine(1, "threshold", Palette.Reference.Dotted)
            .WithVerticalBand(0.2, 0.4, "stimulus", Palette.Excitatory).WithHorizontalBand(1, 2, "normal").WithRegion((0, 1), (0, 1), "box")
            .Legend(LegendPlace.Below).Sized(500, 300).Titled("Figure 1 <b>x</b>").Captioned("Look at \"this\" & <that>."),
    };

    public static TheoryData<string> Names => new(All.Keys);
}
