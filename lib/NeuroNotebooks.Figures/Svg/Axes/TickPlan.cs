namespace NeuroNotebooks.Figures.Svg;

/// <summary>The ticks of one axis: labelled ones, unlabelled small ones, and how far the labels are turned.</summary>
/// <param name="Angle">Degrees, clockwise.</param>
internal sealed record TickPlan(IReadOnlyList<(double At, TextBlock Label)> Major, IReadOnlyList<double> Minor, double Angle)
{
    public static TickPlan Empty { get; } = new([], [], 0.0);
}
