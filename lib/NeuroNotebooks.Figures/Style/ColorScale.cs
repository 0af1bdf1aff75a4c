using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>Colours along a number from 0 to 1: straight lines in sRGB between stops at equal distances.</summary>
public sealed class ColorScale
{
    private ColorScale(ImmutableArray<Color> stops) => Stops = stops;

    /// <summary>From dark blue to light yellow: for amounts. Its lightness rises evenly, in colour, in grey and for dichromats.</summary>
    public static ColorScale Sequential { get; } =
        Of("#1E0F50", "#0F2C77", "#03517B", "#066F86", "#0A8F90", "#03B18E", "#59CF73", "#B9DF66", "#FFED86");

    /// <summary>
    /// From blue over white to orange: for numbers on both sides of a middle, such as weights (inhibitory, none, excitatory).
    /// </summary>
    public static ColorScale Diverging { get; } =
        Of("#0C3993", "#3B68BF", "#7798D4", "#B5C6E6", "#F7F7F7", "#E4C0AE", "#D08C68", "#B65412", "#7C3502");

    /// <summary>From white to near black: for spike counts, masks and pictures.</summary>
    public static ColorScale Greys { get; } = Of("#FFFFFF", "#1A1A1A");

    /// <summary>The colours at equal distances, the first at 0 and the last at 1.</summary>
    public ImmutableArray<Color> Stops { get; }

    /// <summary>A scale of one's own.</summary>
    /// <param name="hexStops">Two or more colours such as <c>#0B4FC4</c>, placed at equal distances.</param>
    /// <exception cref="ArgumentException">Fewer than two stops, or one that is not a colour.</exception>
    public static ColorScale Of(params string[] hexStops)
    {
        Require.NotNull(hexStops);
        if (hexStops.Length < 2)
            throw new ArgumentException($"hexStops has {hexStops.Length} colours: a scale needs at least two.", nameof(hexStops));
        foreach (string stop in hexStops) Require.NotNull(stop, nameof(hexStops));
        return new ColorScale([.. hexStops.Select(Color.FromHex)]);
    }

    /// <summary>The same colours from the other end.</summary>
    public ColorScale Reversed => new([.. Stops.Reverse()]);

    /// <summary>The colour at a place of the scale.</summary>
    /// <param name="position">0 to 1.</param>
    public Color At(double position)
    {
        Require.InRange(position, 0.0, 1.0);
        double place = position * (Stops.Length - 1);
        int below = Math.Min((int)place, Stops.Length - 2);
        return Stops[below].Mix(Stops[below + 1], place - below);
    }

    /// <summary>
    /// Colours at equal distances, for a family of curves ordered by a parameter. Leaves out the palest fifth, which white paper swallows.
    /// </summary>
    /// <param name="count">How many, at least one.</param>
    public ImmutableArray<Color> Steps(int count)
    {
        Require.InRange(count, 1, 1000);
        return [.. Enumerable.Range(0, count).Select(i => At(count == 1 ? 0.4 : 0.8 * i / (count - 1)))];
    }

    internal JsonArray ToJson()
    {
        var stops = new JsonArray();
        for (int i = 0; i < Stops.Length; i++) stops.Add(new JsonArray((double)i / (Stops.Length - 1), Stops[i].Hex));
        return stops;
    }
}
