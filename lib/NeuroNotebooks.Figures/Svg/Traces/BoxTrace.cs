namespace NeuroNotebooks.Figures.Svg;

/// <summary>box: median, quartiles, whiskers to the last value within 1.5 times the quartiles' distance, and the points beyond.</summary>
internal sealed class BoxTrace(TraceSpec spec, Axis x, Axis y) : SampleTrace(spec, x, y)
{
    protected override string Points => Json.Flag("boxpoints") == false ? "false" : Json.Text("boxpoints") ?? "outliers";

    public override void Extend()
    {
        base.Extend();
        foreach (var sample in Samples)
        {
            Values.Finder.Include(Values.Coordinate(sample.LowerFence));
            Values.Finder.Include(Values.Coordinate(sample.UpperFence));
            if (Points == "false" || sample.Sorted.Length == 0) continue;
            Values.Finder.Include(Values.Coordinate(sample.Sorted[0]), pixels: 4.0);
            Values.Finder.Include(Values.Coordinate(sample.Sorted[^1]), pixels: 4.0);
        }
    }

    public override void Draw(Plot plot)
    {
        foreach (var sample in Samples)
        {
            Draw(plot, sample, Slot.Half, Line);
            DrawPoints(plot, sample);
        }
    }

    private void Draw(Plot plot, Sample sample, double half, Paint paint)
    {
        double place = sample.Place + Slot.Shift, notch = half;
        bool notched = Json.Flag("notched") ?? false;
        double q1 = V(sample.Q1), median = V(sample.Median), q3 = V(sample.Q3);
        var box = new PathData();
        if (notched && sample.Sorted.Length > 0)
        {
            double reach = 1.57 * (sample.Q3 - sample.Q1) / Math.Sqrt(sample.Sorted.Length);     // McGill, Tukey and Larsen (1978)
            double low = V(sample.Median - reach), high = V(sample.Median + reach);
            notch = half * 0.5;
            box.Polyline([P(-half, q1), P(half, q1), P(half, low), P(notch, median), P(half, high), P(half, q3),
                P(-half, q3), P(-half, high), P(-notch, median), P(-half, low)], close: true);
        }
        else box.Polyline([P(-half, q1), P(half, q1), P(half, q3), P(-half, q3)], close: true);
        plot.Canvas.Path(box.ToString(), paint);

        var strokes = new PathData();
        strokes.Polyline([P(-notch, median), P(notch, median)]);
        foreach (var (from, to) in ((double, double)[])[(q1, V(sample.LowerFence)), (q3, V(sample.UpperFence))])
            strokes.Polyline([P(0.0, from), P(0.0, to)]).Polyline([P(-0.5 * half, to), P(0.5 * half, to)]);
        plot.Canvas.Path(strokes.ToString(), paint with { Fill = null });
        DrawMean(plot, sample, P, half, paint);
        plot.Occupancy.Mark([P(-half, V(sample.LowerFence)), P(half, V(sample.UpperFence)), P(half, q1), P(-half, q3)]);

        Point P(double aside, double value) => At2(place + aside, value);
        double V(double value) => Values.Coordinate(value) is var c && double.IsNaN(c) ? Values.Scale.Low : c;
    }

    private void DrawMean(Plot plot, Sample sample, Func<double, double, Point> at, double half, Paint paint)
    {
        if (Json.At("boxmean") is null || Json.Flag("boxmean") == false || sample.Mean is not { } mean) return;
        var path = new PathData().Polyline([at(-half, Values.Coordinate(mean)), at(half, Values.Coordinate(mean))]);
        if (Json.Text("boxmean") == "sd" && sample.Deviation is { } sd)
            path.Polyline([at(0.0, Values.Coordinate(mean - sd)), at(-half, Values.Coordinate(mean)), at(0.0, Values.Coordinate(mean + sd)),
                at(half, Values.Coordinate(mean))], close: true);
        plot.Canvas.Path(path.ToString(), paint with { Fill = null, Dash = "4,3", Width = Math.Max(1.0, 0.7 * paint.Width) });
    }
}
