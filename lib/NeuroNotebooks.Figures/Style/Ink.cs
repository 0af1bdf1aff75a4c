using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>How a line is broken.</summary>
public enum Dash
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>Long strokes.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,

    /// <summary>Strokes and dots in turn.</summary>
    DashDotted,
}

/// <summary>How a line is drawn. A <see cref="Figures.Color"/> is an ink too: solid, of the usual width.</summary>
/// <param name="Color">Its colour.</param>
/// <param name="Width">Its width, pixels.</param>
/// <param name="Dash">How it is broken.</param>
/// <param name="Opacity">0 (invisible) to 1 (opaque); useful where many lines lie on each other.</param>
public sealed record Ink(Color Color, double Width = Theme.LineWidth, Dash Dash = Dash.Solid, double Opacity = 1.0)
{
    /// <summary>A solid line of the usual width.</summary>
    public static implicit operator Ink(Color color) => new(color);

    /// <summary>A solid line of the usual width.</summary>
    public static Ink FromColor(Color color) => new(color);

    internal void Check()
    {
        Require.Positive(Width, nameof(Width));
        Require.InRange(Opacity, 0.0, 1.0, nameof(Opacity));
    }

    internal string DashName => Dash switch
    {
        Dash.Dashed => "dash",
        Dash.Dotted => "dot",
        Dash.DashDotted => "dashdot",
        _ => "solid",
    };

    internal JsonObject ToLine() => new()
    {
        ["color"] = Opacity < 1.0 ? Color.Rgba(Opacity) : Color.Hex,
        ["width"] = Width,
        ["dash"] = DashName,
    };
}
