using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>What boxes and violins share: samples at places, side by side or over one another.</summary>
internal abstract class SampleTrace : CartesianTrace
{
    protected SampleTrace(TraceSpec spec, Axis x, Axis y) : base(spec, x, y)
    {
        IsFlat = IsLying(Json) ?? (Json.At("x").IsSeries() && Y.Kind == AxisKind.Category && X.Kind != AxisKind.Category);
        Samples = ReadSamples();
        var color = Rgba.Parse(Json.Text("line.color")) ?? Rgba.Parse(Json.Text("marker.color")) ?? spec.Color;
        Line = new Paint(Rgba.Parse(Json.Text("fillcolor")) ?? color.Fade(0.4), color, Math.Clamp(Json.Number("line.width", 1.6), 0.0, 20.0), Opacity: spec.Opacity);
    }

    public override int Layer => 3;

    /// <summary>Whether boxes lie along x, as far as the description says; null if only the axes can tell.</summary>
    public static bool? IsLying(JsonObject trace) => trace.Text("orientation") is { } given ? given == "h"
        : trace.At("q1").IsSeries() ? trace.At("y").IsSeries() && !trace.At("x").IsSeries() : trace.At("y").IsSeries() ? null : trace.At("x").IsSeries();

    public bool IsFlat { get; }

    public Axis Places => IsFlat ? Y : X;

    public Axis Values => IsFlat ? X : Y;

    public IReadOnlyList<Sample> Samples { get; }

    /// <summary>Distance from the place to the middle of this trace's slot, and half the slot's width; in place coordinates.</summary>
    public (double Shift, double Half) Slot { get; set; } = (0.0, 0.35);

    protected Paint Line { get; }

    /// <summary>Gives traces in one pair of axes their slots, as boxmode or violinmode says.</summary>
    public static void Arrange(IReadOnlyList<SampleTrace> traces, string mode, double gap, double groupGap)
    {
        double[] places = [.. traces.SelectMany(t => t.Samples).Select(s => s.Place).Distinct().Order()];
        double pitch = places.Length < 2 ? 1.0 : places.Zip(places.Skip(1), (a, b) => b - a).Min();
        bool grouped = mode == "group" && traces.Count > 1;
        double slot = pitch * (1.0 - gap) / (grouped ? traces.Count : 1);
        for (int k = 0; k < traces.Count; k++)
        {
            double half = traces[k].Json.Number("width") is { } given and > 0.0 ? 0.5 * given : 0.5 * slot * (1.0 - groupGap);
            traces[k].Slot = (grouped ? (k - 0.5 * (traces.Count - 1)) * slot : 0.0, half);
        }
    }

    public override void Extend()
    {
        foreach (var sample in Samples)
        {
            double edge = Slot.Half * 1.25, points = Points == "false" ? 0.0 : PointPlace.Offset, spread = 0.6 * PointPlace.Spread;
            Places.Finder.Include(sample.Place + Slot.Shift - Math.Max(edge, spread - points), padded: false);
            Places.Finder.Include(sample.Place + Slot.Shift + Math.Max(edge, spread + points), padded: false);
        }
    }

    public override void DrawKey(Canvas canvas, Box box) => canvas.Rect(KeySquare(box), Line);

    /// <summary>A page point from a place coordinate and a value coordinate.</summary>
    protected Point At2(double place, double value) => IsFlat ? At(value, place) : At(place, value);

    /// <summary>Which points are drawn: all, outliers or false.</summary>
    protected abstract string Points { get; }

    /// <summary>From the middle of the slot to the middle of the points, and how far these are spread; in place coordinates.</summary>
    private (double Offset, double Spread) PointPlace => (
        Slot.Half * Math.Clamp(Json.Number("pointpos", Points == "all" ? -1.5 : 0.0), -2.0, 2.0),
        2.0 * Slot.Half * Math.Clamp(Json.Number("jitter", Points == "all" ? 0.3 : 0.0), 0.0, 1.0));

    /// <summary>Points beside a sample, spread by a fixed sequence instead of chance.</summary>
    protected void DrawPoints(Plot plot, Sample sample)
    {
        if (Points == "false") return;
        var look = new MarkerStyle(Json.At("marker"), Line.Stroke ?? Spec.Color, plot.Figure, X.Id + Y.Id).Look(0);
        var (offset, spread) = PointPlace;
        var points = new List<(Point, MarkerLook)>();
        foreach (double value in Points == "all" ? sample.Sorted : sample.Outliers)
        {
            double jitter = (Halton(points.Count + 1) - 0.5) * spread;
            points.Add((At2(sample.Place + Slot.Shift + offset + jitter, Values.Coordinate(value)), look));
        }
        MarkerPainter.Paint(plot.Canvas, points, Spec.Opacity);
    }

    /// <summary>van der Corput's sequence in base two: evenly spread in 0 to 1, and always the same.</summary>
    private static double Halton(int index)
    {
        double value = 0.0;
        for (double part = 0.5; index > 0; index >>= 1, part *= 0.5) value += part * (index & 1);
        return value;
    }

    private List<Sample> ReadSamples()
    {
        string letter = IsFlat ? "x" : "y", other = IsFlat ? "y" : "x", method = Json.Text("quartilemethod") ?? "linear";
        if (Json.Numbers("q1") is { } q1 && Json.Numbers("q3") is { } q3 && Json.Numbers("median") is { } median) return Precomputed(q1, median, q3, other);

        double[] values = Json.Numbers(letter) ?? [];
        double[]? places = Json.At(other).IsSeries() ? Places.Coordinates(Json.At(other)) : null;
        double single = places is not null ? 0.0 : DefaultPlace(other);
        return [.. Enumerable.Range(0, values.Length)
            .Where(i => double.IsFinite(Values.Coordinate(values[i])) && (places is null || (i < places.Length && double.IsFinite(places[i]))))
            .GroupBy(i => places is null ? single : places[i], i => values[i])
            .OrderBy(group => group.Key)
            .Select(group => Sample.Of(group.Key, group, method))];
    }

    private List<Sample> Precomputed(double[] q1, double[] median, double[] q3, string other)
    {
        double[]? low = Json.Numbers("lowerfence"), high = Json.Numbers("upperfence"), mean = Json.Numbers("mean"), sd = Json.Numbers("sd");
        double[] places = Json.At(other).IsSeries() ? Places.Coordinates(Json.At(other)) : [DefaultPlace(other)];
        static double Pick(double[]? list, int i, double fallback) => list is not null && i < list.Length && double.IsFinite(list[i]) ? list[i] : fallback;
        return [.. Enumerable.Range(0, Math.Min(places.Length, Math.Min(q1.Length, Math.Min(median.Length, q3.Length))))
            .Where(i => double.IsFinite(places[i] + q1[i] + median[i] + q3[i]))
            .Select(i => new Sample(places[i], [], q1[i], median[i], q3[i], Pick(low, i, q1[i]), Pick(high, i, q3[i]))
            {
                Mean = mean is not null && i < mean.Length && double.IsFinite(mean[i]) ? mean[i] : null,
                Deviation = sd is not null && i < sd.Length && double.IsFinite(sd[i]) ? sd[i] : null,
            })];
    }

    private double DefaultPlace(string letter) =>
        Places.Kind == AxisKind.Category ? Places.CategoryIndex(Json.Text(letter + "0") ?? Spec.Name)
        : Json.Number(letter + "0") is { } given ? Places.Coordinate(given) : Spec.Index;
}
