namespace NeuroNotebooks.Figures.Svg;

/// <summary>Places for a text beside a point: first where it was asked for, then the other sides.</summary>
internal static class LabelPlaces
{
    private static readonly string[] Sides =
        ["top center", "bottom center", "middle right", "middle left", "top right", "top left", "bottom right", "bottom left"];

    public static IEnumerable<(double X, double Y, Across Across, Along Along)> Around(Point at, string position, double away)
    {
        yield return Place(at, position, away);
        if (position == "middle center") yield break;
        foreach (string side in Sides)
            if (side != position) yield return Place(at, side, away);
    }

    private static (double, double, Across, Along) Place(Point at, string position, double away)
    {
        bool left = position.Contains("left", StringComparison.Ordinal), right = position.Contains("right", StringComparison.Ordinal);
        bool top = position.Contains("top", StringComparison.Ordinal), bottom = position.Contains("bottom", StringComparison.Ordinal);
        double aside = top || bottom ? 0.7 * away : away;
        return (at.X + (left ? -aside : right ? aside : 0.0), at.Y + (top ? -away : bottom ? away : 0.0),
            left ? Across.End : right ? Across.Start : Across.Middle, top ? Along.Bottom : bottom ? Along.Top : Along.Middle);
    }
}
