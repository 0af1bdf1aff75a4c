using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>The shape of a point.</summary>
public enum Symbol
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>A triangle that points up.</summary>
    Triangle,

    /// <summary>A slanted cross.</summary>
    Cross,

    /// <summary>An upright cross.</summary>
    Plus,
}

/// <summary>How points are drawn, apart from their colour.</summary>
/// <param name="Symbol">Their shape.</param>
/// <param name="Size">Their diameter, pixels.</param>
/// <param name="Open">An outline filled with white rather than a filled shape, as for an unstable equilibrium.</param>
/// <param name="Opacity">0 (invisible) to 1 (opaque); useful where many points lie on each other.</param>
public sealed record Marker(Symbol Symbol = Symbol.Circle, double Size = 7.0, bool Open = false, double Opacity = 1.0)
{
    internal void Check()
    {
        Require.Positive(Size, nameof(Size));
        Require.InRange(Opacity, 0.0, 1.0, nameof(Opacity));
    }

    private string SymbolName => Symbol switch
    {
        Symbol.Square => "square",
        Symbol.Diamond => "diamond",
        Symbol.Triangle => "triangle-up",
        Symbol.Cross => "x",
        Symbol.Plus => "cross",
        _ => "circle",
    };

    internal JsonObject ToJson(Color color) => new()
    {
        ["color"] = Open ? "#FFFFFF" : color.Hex,
        ["size"] = Size,
        ["symbol"] = SymbolName,
        ["opacity"] = Opacity,
        ["line"] = new JsonObject { ["color"] = color.Hex, ["width"] = Open ? 1.5 : 0.0 },
    };
}
