using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>Traces that belong together and share a colour, such as a band and its line. The nodes are never changed once made.</summary>
internal sealed class Layer
{
    private readonly Func<Color, JsonObject[]>? paint;
    private readonly Color? painted;

    private Layer(ImmutableArray<JsonObject> traces, Color? chosen, Func<Color, JsonObject[]>? paint, Color? painted)
    {
        Traces = traces;
        Chosen = chosen;
        this.paint = paint;
        this.painted = painted;
    }

    public ImmutableArray<JsonObject> Traces { get; }

    /// <summary>The colour the author asked for; null if the figure picks one or the traces carry several.</summary>
    public Color? Chosen { get; }

    /// <summary>Traces that bring their colours along.</summary>
    public static Layer Of(params JsonObject[] traces) => new([.. traces], null, null, null);

    /// <summary>Traces in one colour: the author's, or one that the figure picks so that its layers differ.</summary>
    public static Layer Painted(Color? color, Func<Color, JsonObject[]> paint) => color is { } chosen
        ? new Layer([.. paint(chosen)], chosen, null, chosen)
        : new Layer([.. paint(Palette.Sequence[0])], null, paint, Palette.Sequence[0]);

    /// <summary>Gives every layer without a colour of its own the next one that no author has chosen.</summary>
    public static ImmutableArray<Layer> Colored(ImmutableArray<Layer> layers)
    {
        if (layers.All(layer => layer.paint is null)) return layers;

        Color[] free = [.. Palette.Sequence.Except(layers.Select(layer => layer.Chosen).OfType<Color>())];
        if (free.Length == 0) free = [.. Palette.Sequence];

        int next = 0;
        return [.. layers.Select(layer => layer.paint is null ? layer : layer.In(free[next++ % free.Length]))];
    }

    private Layer In(Color color) => color == painted ? this : new Layer([.. paint!(color)], null, paint, color);
}
