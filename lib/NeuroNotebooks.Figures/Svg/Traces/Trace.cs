using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>A trace's description and what its place in the figure gives it.</summary>
internal sealed record TraceSpec(JsonObject Json, int Index, string Type, FigureContext Figure)
{
    public string Name => Json.Text("name") ?? $"trace {Index}";

    public Rgba Color => Figure.ColorOf(Index);

    public double Opacity => Math.Clamp(Json.Number("opacity", 1.0), 0.0, 1.0);
}

/// <summary>One trace, ready to be measured and drawn.</summary>
internal abstract class Trace(TraceSpec spec)
{
    public TraceSpec Spec { get; } = spec;

    public JsonObject Json => Spec.Json;

    /// <summary>Maps from values to colours that want a colour bar.</summary>
    public virtual IEnumerable<ColorMap> ColorMaps => [];

    /// <summary>Whether the trace has a legend entry if it says nothing about it.</summary>
    public virtual bool InLegend => true;

    /// <summary>The key beside the trace's name in the legend.</summary>
    public virtual void DrawKey(Canvas canvas, Box box) => canvas.Rect(KeySquare(box), Paint.Filled(Spec.Color.Fade(Spec.Opacity)));

    protected static Box KeySquare(Box box) => new(box.CenterX - 7.0, box.CenterY - 5.5, box.CenterX + 7.0, box.CenterY + 5.5);
}

/// <summary>A trace in a pair of axes.</summary>
internal abstract class CartesianTrace(TraceSpec spec, Axis x, Axis y) : Trace(spec)
{
    public Axis X { get; } = x;

    public Axis Y { get; } = y;

    /// <summary>Order of drawing, as Plotly stacks its kinds: heat maps 0, contours 1, bars 2, boxes 3, lines and markers 4.</summary>
    public abstract int Layer { get; }

    /// <summary>Tells both axes what they have to show.</summary>
    public abstract void Extend();

    /// <summary>Draws what lies below every other trace of this kind: filled areas.</summary>
    public virtual void DrawBelow(Plot plot) { }

    public abstract void Draw(Plot plot);

    protected Point At(double x, double y) => new(X.Scale.Pixel(x), Y.Scale.Pixel(y));
}

/// <summary>The rectangle that traces draw into, and a record of which parts of the page they covered.</summary>
internal sealed record Plot(Canvas Canvas, Box Rect, Occupancy Occupancy, FigureContext Figure)
{
    /// <summary>Texts of the traces, drawn above all of them and not cut off at the plot's edge.</summary>
    public List<Label> Labels { get; } = [];
}

/// <summary>A text beside a mark: drawn at the first of its places where it covers no other text, or not at all.</summary>
internal sealed record Label(TextBlock Block, string Role, IReadOnlyList<(double X, double Y, Across Across, Along Along)> Places);
