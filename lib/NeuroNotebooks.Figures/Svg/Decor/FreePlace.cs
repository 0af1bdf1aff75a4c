namespace NeuroNotebooks.Figures.Svg;

/// <summary>Moves a text a little when it would lie on another one.</summary>
internal static class FreePlace
{
    private const double Furthest = 90.0;

    private static readonly Point[] Directions =
        [new(0.0, -1.0), new(0.0, 1.0), new(1.0, 0.0), new(-1.0, 0.0), new(0.8, -0.8), new(-0.8, -0.8), new(0.8, 0.8), new(-0.8, 0.8)];

    /// <summary>The shortest shift that frees a box from all others inside a room; none if there is no such shift nearby.</summary>
    public static Point Near(Box box, IReadOnlyList<Box> others, Box room)
    {
        Box[] close = [.. others.Where(o => o.Overlaps(box, 2.0 * Furthest))];
        if (!close.Any(o => o.Overlaps(box))) return default;
        for (double away = 3.0; away <= Furthest; away += 3.0)
            foreach (var direction in Directions)
            {
                var moved = box.Shift(direction.X * away, direction.Y * away);
                bool inside = moved.Left >= room.Left && moved.Right <= room.Right && moved.Top >= room.Top && moved.Bottom <= room.Bottom;
                if (inside && !close.Any(o => o.Overlaps(moved))) return direction * away;
            }
        return default;
    }
}
