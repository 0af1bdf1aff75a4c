using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>How an axis looks: thin grey grid, dark line with outward ticks, unless the description says otherwise.</summary>
internal sealed class AxisStyle(JsonObject spec, Font font)
{
    private static readonly Rgba GridGrey = new(230, 230, 230), ZeroGrey = new(170, 170, 170), LineGrey = new(68, 68, 68);

    public bool Visible { get; } = spec.Flag("visible") ?? true;

    public bool ShowLabels => Visible && (spec.Flag("showticklabels") ?? true);

    public Font TickFont { get; } = (font with { Size = Math.Min(font.Size, 12.0), Color = Rgba.Parse(spec.Text("color")) ?? font.Color }).With(spec.At("tickfont"));

    public TextBlock Title { get; } = new(
        spec.Flag("visible") == false ? null : spec.At("title") is JsonObject ? spec.Text("title.text") : spec.Text("title"),
        (font with { Size = font.Size + 1.0, Color = Rgba.Parse(spec.Text("color")) ?? font.Color }).With(spec.At("title.font") ?? spec.At("titlefont")));

    public double TitleGap => Math.Clamp(spec.Number("title.standoff", 6.0), 0.0, 60.0);

    /// <summary>Length of a tick, pixels: above zero outside, below zero inside, zero for none.</summary>
    public double TickLength => !Visible ? 0.0 : spec.Text("ticks") switch
    {
        "inside" => -Size("ticklen", 5.0),
        "outside" => Size("ticklen", 5.0),
        _ => spec.At("ticks") is not null || spec.Flag("showline") == false ? 0.0 : Size("ticklen", 4.0),
    };

    public Paint TickPaint => Crisp(ColorOr("tickcolor", LineGrey), Size("tickwidth", 1.0));

    public bool ShowGrid(bool category) => Visible && (spec.Flag("showgrid") ?? !category);

    public Paint GridPaint => Crisp(Rgba.Parse(spec.Text("gridcolor")) ?? GridGrey, Size("gridwidth", 1.0)) with { Dash = Paint.DashOf(spec.Text("griddash"), 1.0) };

    public bool ShowZero => Visible && (spec.Flag("zeroline") ?? true);

    public Paint ZeroPaint => Crisp(Rgba.Parse(spec.Text("zerolinecolor")) ?? ZeroGrey, Size("zerolinewidth", 1.0));

    public bool ShowLine => Visible && (spec.Flag("showline") ?? true);

    public Paint LinePaint => Crisp(ColorOr("linecolor", LineGrey), Size("linewidth", 1.0));

    /// <summary>Whether the axis line is repeated on the far side, and whether its ticks are.</summary>
    public (bool Line, bool Ticks) Mirror => spec.At("mirror").AsText() switch
    {
        "true" or "all" => (true, spec.Text("mirror") == "all"),
        "ticks" or "allticks" => (true, true),
        _ => (false, false),
    };

    public double? TickAngle => spec.Number("tickangle") is { } angle ? Math.Clamp(angle % 360.0 > 180.0 ? angle % 360.0 - 360.0 : angle % 360.0, -90.0, 90.0) : null;

    /// <summary>Upright and level lines fall on whole pixels, so that they stay thin and equal on a screen.</summary>
    private static Paint Crisp(Rgba color, double width) => Paint.Stroked(color, width) with { Extra = " shape-rendering=\"crispEdges\"" };

    private double Size(string name, double fallback) => Math.Clamp(spec.Number(name, fallback), 0.0, 30.0);

    private Rgba ColorOr(string name, Rgba fallback) => Rgba.Parse(spec.Text(name)) ?? Rgba.Parse(spec.Text("color")) ?? fallback;
}
