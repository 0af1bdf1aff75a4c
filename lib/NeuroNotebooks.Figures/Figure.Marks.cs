using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

public sealed partial class Figure
{
    /// <summary>The same figure with words at a point.</summary>
    /// <param name="x">Where, data units.</param>
    /// <param name="y">Where, data units.</param>
    /// <param name="text">What to write.</param>
    /// <param name="color">The words' colour; dark unless given.</param>
    /// <exception cref="InvalidOperationException">The figure has several panels, or is one in space.</exception>
    public Figure WithText(double x, double y, string text, Color? color = null) => WithNote(x, y, text, color, note =>
    {
        note["showarrow"] = false;
        note["xanchor"] = "left";
        note["yanchor"] = "bottom";
        note["xshift"] = 4.0;
        note["yshift"] = 3.0;
    });

    /// <summary>The same figure with words beside a point and an arrow from them to it.</summary>
    /// <param name="x">The point, data units.</param>
    /// <param name="y">The point, data units.</param>
    /// <param name="text">What to write.</param>
    /// <param name="right">How far right of the point the words stand, pixels.</param>
    /// <param name="up">How far above the point the words stand, pixels.</param>
    /// <param name="color">Colour of words and arrow; dark unless given.</param>
    /// <inheritdoc cref="WithText" path="/exception"/>
    public Figure WithCallout(double x, double y, string text, double right = 40.0, double up = 40.0, Color? color = null)
    {
        Require.Finite(right);
        Require.Finite(up);
        return WithNote(x, y, text, color, note =>
        {
            Arrowhead(note, color);
            note["ax"] = right;
            note["ay"] = -up;
        });
    }

    /// <summary>The same figure with an arrow between two points.</summary>
    /// <param name="from">Its tail, data units.</param>
    /// <param name="to">Its head, data units.</param>
    /// <param name="text">Words at the tail; none unless given.</param>
    /// <param name="color">Colour of words and arrow; dark unless given.</param>
    /// <inheritdoc cref="WithText" path="/exception"/>
    public Figure WithArrow((double X, double Y) from, (double X, double Y) to, string text = "", Color? color = null)
    {
        Require.Finite(from.X);
        Require.Finite(from.Y);
        Require.Finite(to.X);
        Require.Finite(to.Y);
        return WithNote(to.X, to.Y, text, color, note =>
        {
            Arrowhead(note, color);
            note["axref"] = "x";
            note["ayref"] = "y";
            note["ax"] = AnnotationPlaces.Place(from.X, IsLog(layout, "x"), "x");
            note["ay"] = AnnotationPlaces.Place(from.Y, IsLog(layout, "y"), "y");
        });
    }

    /// <summary>The same figure with an upright line across it, such as an onset.</summary>
    /// <param name="x">Where, data units.</param>
    /// <param name="label">Words at its upper end; none unless given.</param>
    /// <param name="ink">How it is drawn; a dashed <see cref="Palette.Reference"/> unless given.</param>
    /// <inheritdoc cref="WithText" path="/exception"/>
    public Figure WithVerticalLine(double x, string label = "", Ink? ink = null)
    {
        Require.Finite(x);
        return WithShape("line", (x, x), null, ink, null, label);
    }

    /// <summary>The same figure with a level line across it, such as a threshold.</summary>
    /// <param name="y">Where, data units.</param>
    /// <param name="label">Words at its right end; none unless given.</param>
    /// <param name="ink">How it is drawn; a dashed <see cref="Palette.Reference"/> unless given.</param>
    /// <inheritdoc cref="WithText" path="/exception"/>
    public Figure WithHorizontalLine(double y, string label = "", Ink? ink = null)
    {
        Require.Finite(y);
        return WithShape("line", null, (y, y), ink, null, label);
    }

    /// <summary>The same figure with a tinted band from bottom to top, such as a stimulus.</summary>
    /// <param name="from">Left edge, data units.</param>
    /// <param name="to">Right edge, data units.</param>
    /// <param name="label">Words at its upper end; none unless given.</param>
    /// <param name="color">Its colour; <see cref="Palette.Reference"/> unless given.</param>
    /// <inheritdoc cref="WithText" path="/exception"/>
    public Figure WithVerticalBand(double from, double to, string label = "", Color? color = null)
    {
        Require.Ascending((from, to), "from to");
        return WithShape("rect", (from, to), null, null, color, label);
    }

    /// <summary>The same figure with a tinted band from left to right, such as a confidence range.</summary>
    /// <param name="from">Lower edge, data units.</param>
    /// <param name="to">Upper edge, data units.</param>
    /// <param name="label">Words at its right end; none unless given.</param>
    /// <param name="color">Its colour; <see cref="Palette.Reference"/> unless given.</param>
    /// <inheritdoc cref="WithText" path="/exception"/>
    public Figure WithHorizontalBand(double from, double to, string label = "", Color? color = null)
    {
        Require.Ascending((from, to), "from to");
        return WithShape("rect", null, (from, to), null, color, label);
    }

    /// <summary>The same figure with a tinted rectangle.</summary>
    /// <param name="x">Left and right edge, data units.</param>
    /// <param name="y">Lower and upper edge, data units.</param>
    /// <param name="label">Words in its upper right corner; none unless given.</param>
    /// <param name="color">Its colour; <see cref="Palette.Reference"/> unless given.</param>
    /// <inheritdoc cref="WithText" path="/exception"/>
    public Figure WithRegion((double From, double To) x, (double From, double To) y, string label = "", Color? color = null)
    {
        Require.Ascending(x);
        Require.Ascending(y);
        return WithShape("rect", x, y, null, color, label);
    }

    private Figure WithNote(double x, double y, string text, Color? color, Action<JsonObject> finish)
    {
        RequireOneFlatPanel();
        Require.Finite(x);
        Require.Finite(y);
        Require.NotNull(text);
        var note = new JsonObject
        {
            ["x"] = AnnotationPlaces.Place(x, IsLog(layout, "x"), "x"),
            ["y"] = AnnotationPlaces.Place(y, IsLog(layout, "y"), "y"),
            ["xref"] = "x",
            ["yref"] = "y",
            ["text"] = text,
            ["font"] = Theme.Font(Theme.SmallSize, color),
        };
        finish(note);
        return Changed(copy => copy.List("annotations").Add((JsonNode)note));
    }

    private static void Arrowhead(JsonObject note, Color? color)
    {
        note["showarrow"] = true;
        note["arrowhead"] = 2;
        note["arrowwidth"] = 1.5;
        note["arrowcolor"] = (color ?? Theme.Frame).Hex;
    }

    /// <summary>A line or rectangle below the curves; where an extent is missing it spans the panel.</summary>
    private Figure WithShape(string type, (double From, double To)? x, (double From, double To)? y, Ink? ink, Color? fill, string label)
    {
        RequireOneFlatPanel();
        Require.NotNull(label);
        ink ??= Palette.Reference.Dashed;
        ink.Check();
        if (x is { } across) RequirePlaces(across, "x");
        if (y is { } along) RequirePlaces(along, "y");

        var shape = new JsonObject
        {
            ["type"] = type,
            ["layer"] = "below",
            ["xref"] = x is null ? "paper" : "x",
            ["x0"] = x?.From ?? 0.0,
            ["x1"] = x?.To ?? 1.0,
            ["yref"] = y is null ? "paper" : "y",
            ["y0"] = y?.From ?? 0.0,
            ["y1"] = y?.To ?? 1.0,
            ["line"] = type == "line" ? ink.ToLine() : new JsonObject { ["width"] = 0.0 },
        };
        if (type == "rect") shape["fillcolor"] = (fill ?? Palette.Reference).Rgba(0.18);

        return Changed(copy =>
        {
            copy.List("shapes").Add((JsonNode)shape);
            if (label.Length > 0) copy.List("annotations").Add((JsonNode)ShapeLabel(x, y, label, type == "line" ? ink.Color : fill));
        });
    }

    private void RequirePlaces((double From, double To) extent, string letter)
    {
        bool log = IsLog(layout, letter);
        AnnotationPlaces.Place(extent.From, log, letter);
        AnnotationPlaces.Place(extent.To, log, letter);
    }

    /// <summary>The label stands inside at the upper right end of the shape, or just right of an upright line.</summary>
    private JsonObject ShapeLabel((double From, double To)? x, (double From, double To)? y, string label, Color? color) => new()
    {
        ["text"] = label,
        ["showarrow"] = false,
        ["font"] = Theme.Font(Theme.SmallSize, (color ?? Palette.Reference).Mix(Theme.Text, 0.35)),
        ["xref"] = x is null ? "paper" : "x",
        ["x"] = x is { } across ? AnnotationPlaces.Place(y is null ? across.From : across.To, IsLog(layout, "x"), "x") : 1.0,
        ["xanchor"] = x is not null && y is null ? "left" : "right",
        ["xshift"] = x is not null && y is null ? 4.0 : -4.0,
        ["yref"] = y is null ? "paper" : "y",
        ["y"] = y is { } along ? AnnotationPlaces.Place(along.To, IsLog(layout, "y"), "y") : 1.0,
        ["yanchor"] = y is { } level && level.From == level.To ? "bottom" : "top",
    };

    private void RequireOneFlatPanel()
    {
        if (layout["scene"] is not null)
            throw new InvalidOperationException("This figure is one in space: text, arrows, lines and bands belong to flat figures.");
        RequireOnePanel();
    }
}
