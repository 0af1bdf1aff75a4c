using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Finds the pixel that an annotation or a shape points at: in data, in a subplot's fractions, or in the page's.</summary>
internal sealed class PageReference(AxisSet axes, PageLayout layout)
{
    /// <param name="logarithms">True if numbers on a log axis are logarithms already, as annotations have them.</param>
    /// <returns>The pixel, or null if the value names no place.</returns>
    public double? Pixel(JsonNode? value, string? reference, bool isX, bool logarithms)
    {
        if (reference is null or "paper" || AxisOf(reference, isX) is not { } axis)
            return value.AsNumber() is var part && double.IsFinite(part) ? isX ? layout.PaperX(Near(part)) : layout.PaperY(Near(part)) : null;
        if (reference.EndsWith("domain", StringComparison.Ordinal))
            return value.AsNumber() is var fraction && double.IsFinite(fraction) ? axis.Scale.Start + Near(fraction) * (axis.Scale.End - axis.Scale.Start) : null;
        double at = logarithms && axis.Kind == AxisKind.Log ? value.AsNumber() : axis.CoordinateOf(value);
        return double.IsFinite(at) ? axis.Scale.Pixel(at) : null;
    }

    /// <summary>The axis a reference is about, null for the page.</summary>
    public Axis? AxisOf(string? reference, bool isX) => axes.Find(reference?.Split(' ')[0]) is { } axis && axis.IsX == isX ? axis : null;

    /// <summary>The subplot an x and a y reference share, null if both are the page's.</summary>
    public Panel? PanelOf(string? xReference, string? yReference)
    {
        Axis? x = AxisOf(xReference, isX: true), y = AxisOf(yReference, isX: false);
        if (x is null && y is null) return null;
        return layout.Panels.FirstOrDefault(p => Spans(p, x) && Spans(p, y));
    }

    private static bool Spans(Panel panel, Axis? axis) =>
        axis is null || panel.Axes.Contains(axis) || panel.Traces.Any(t => t.X == axis || t.Y == axis);

    private static double Near(double fraction) => Math.Clamp(fraction, -20.0, 20.0);
}
