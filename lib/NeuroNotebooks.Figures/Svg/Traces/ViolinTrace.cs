namespace NeuroNotebooks.Figures.Svg;

/// <summary>violin: a Gaussian kernel density on one or both sides of its place, with an inner box if asked for.</summary>
internal sealed class ViolinTrace(TraceSpec spec, Axis x, Axis y) : SampleTrace(spec, x, y)
{
    private const int Pieces = 80;

    private (double[] At, double[] Density)[]? _curves;

    protected override string Points => Json.Flag("points") is not null ? "false" : Json.Text("points") ?? "false";

    private (double[] At, double[] Density)[] Curves => _curves ??= [.. Samples.Select(Density)];

    public override void Extend()
    {
        base.Extend();
        foreach (var (at, _) in Curves)
        {
            Values.Finder.Include(at[0]);
            Values.Finder.Include(at[^1]);
        }
    }

    public override void Draw(Plot plot)
    {
        double widest = Curves.Length == 0 ? 1.0 : Curves.Max(c => c.Density.Max());
        for (int k = 0; k < Samples.Count; k++)
        {
            double scale = Json.Text("scalemode") == "count"
                ? Slot.Half / widest * Samples[k].Sorted.Length / Math.Max(1, Samples.Max(s => s.Sorted.Length))
                : Slot.Half / Curves[k].Density.Max();
            Draw(plot, Samples[k], Curves[k], scale);
        }
    }

    private void Draw(Plot plot, Sample sample, (double[] At, double[] Density) curve, double scale)
    {
        double place = sample.Place + Slot.Shift;
        double left = Json.Text("side") == "positive" ? 0.0 : -1.0, right = Json.Text("side") == "negative" ? 0.0 : 1.0;
        var outline = new List<Point>();
        for (int i = 0; i < curve.At.Length; i++) outline.Add(At2(place + right * scale * curve.Density[i], curve.At[i]));
        for (int i = curve.At.Length - 1; i >= 0; i--) outline.Add(At2(place + left * scale * curve.Density[i], curve.At[i]));
        plot.Canvas.Path(new PathData().Polyline([.. outline], close: true).ToString(), Line);
        plot.Occupancy.Mark([.. outline]);

        if (Json.Map("box") is { } box && (box.Flag("visible") ?? true)) DrawBox(plot, sample, left, right);
        if (Json.Map("meanline") is { } line && (line.Flag("visible") ?? true) && sample.Mean is { } mean)
        {
            double at = Values.Coordinate(mean), wide = scale * Interpolated(curve, at);
            plot.Canvas.Path(new PathData().Polyline([At2(place + left * wide, at), At2(place + right * wide, at)]).ToString(),
                Line with { Fill = null, Dash = "4,3" });
        }
        DrawPoints(plot, sample);
    }

    private void DrawBox(Plot plot, Sample sample, double left, double right)
    {
        double place = sample.Place + Slot.Shift, half = Slot.Half * Math.Clamp(Json.Number("box.width", 0.25), 0.02, 1.0);
        double q1 = Values.Coordinate(sample.Q1), median = Values.Coordinate(sample.Median), q3 = Values.Coordinate(sample.Q3);
        var path = new PathData()
            .Polyline([At2(place + left * half, q1), At2(place + right * half, q1), At2(place + right * half, q3), At2(place + left * half, q3)], close: true)
            .Polyline([At2(place + left * half, median), At2(place + right * half, median)])
            .Polyline([At2(place, q1), At2(place, Values.Coordinate(sample.LowerFence))])
            .Polyline([At2(place, q3), At2(place, Values.Coordinate(sample.UpperFence))]);
        plot.Canvas.Path(path.ToString(), Line with { Fill = Rgba.White.Fade(0.75), Width = Math.Max(1.0, 0.8 * Line.Width) });
    }

    /// <summary>Kernel density along the value axis, with Silverman's bandwidth (1986, eq. 3.31) unless one is given.</summary>
    private (double[] At, double[] Density) Density(Sample sample)
    {
        double[] values = [.. sample.Sorted.Select(Values.Coordinate)];
        if (values.Length == 0) values = [Values.Coordinate(sample.Median)];
        double mean = values.Average(), deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Length - 1));
        double spread = values.Length < 4 ? deviation : Math.Min(deviation, Math.Max((values[3 * values.Length / 4] - values[values.Length / 4]) / 1.349, 0.3 * deviation));
        double width = Json.Number("bandwidth") is { } given and > 0.0 ? given : 1.059 * spread * Math.Pow(values.Length, -0.2);
        if (!(width > 1e-12 * Math.Max(1.0, Math.Abs(mean)))) width = Math.Max(1e-3 * Math.Abs(mean), 1e-3);

        bool hard = Json.Text("spanmode") == "hard";
        double from = values[0] - (hard ? 0.0 : 2.0 * width), to = values[^1] + (hard ? 0.0 : 2.0 * width);
        double[] thinned = values.Length <= 2000 ? values : [.. Enumerable.Range(0, 2000).Select(i => values[(int)((i + 0.5) * values.Length / 2000.0)])];
        double[] at = [.. Enumerable.Range(0, Pieces + 1).Select(i => from + (to - from) * i / Pieces)];
        return (at, [.. at.Select(a => Math.Max(1e-9, thinned.Sum(v => Math.Exp(-0.5 * (a - v) / width * ((a - v) / width)))))]);
    }

    private static double Interpolated((double[] At, double[] Density) curve, double at)
    {
        int above = Array.FindIndex(curve.At, a => a >= at);
        return above <= 0 ? curve.Density[Math.Max(0, above)] : curve.Density[above];
    }
}
