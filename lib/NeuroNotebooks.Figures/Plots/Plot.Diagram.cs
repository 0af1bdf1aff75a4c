using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>A box of a block diagram.</summary>
/// <param name="Name">What is written in it, and what links refer to it by.</param>
/// <param name="X">Column of its centre; neighbours stand 1 apart.</param>
/// <param name="Y">Row of its centre, upwards; neighbours stand 1 apart.</param>
/// <param name="Color">Its colour; that of a model unless given.</param>
public sealed record Block(string Name, double X, double Y, Color? Color = null);

/// <summary>An arrow from one box of a block diagram to another.</summary>
/// <param name="From">Name of a box.</param>
/// <param name="To">Name of another.</param>
/// <param name="Text">What is written beside it; nothing unless given.</param>
/// <param name="Color">Its colour; dark unless given.</param>
public sealed record Link(string From, string To, string Text = "", Color? Color = null);

public static partial class Plot
{
    private const double HalfWidth = 0.32, HalfHeight = 0.26, Lane = 0.09;

    /// <summary>Boxes joined by arrows; two arrows between the same boxes run side by side.</summary>
    /// <param name="blocks">At least one, all of different names.</param>
    /// <param name="links">The arrows.</param>
    /// <exception cref="ArgumentException">Two boxes share a name or a place, or a link names a box that is not there, or one box twice.</exception>
    public static Figure Diagram(IEnumerable<Block> blocks, IEnumerable<Link> links)
    {
        Require.NotNull(blocks);
        Require.NotNull(links);
        Block[] all = [.. blocks];
        Link[] arrows = [.. links];
        Check(all);
        Check(arrows, all);

        var traces = all.Select(Box).ToArray();
        return Figure.Flat(traces).WithLayout(layout =>
        {
            layout["xaxis"] = Hidden(all.Min(block => block.X) - 0.5, all.Max(block => block.X) + 0.5);
            layout["yaxis"] = Hidden(all.Min(block => block.Y) - 0.5, all.Max(block => block.Y) + 0.5);
            foreach (Block block in all) layout.List("annotations").Add((JsonNode)Words(block.X, block.Y, block.Name, null));
            foreach (Link link in arrows) AddArrow(layout.List("annotations"), link, all, arrows);
        });
    }

    private static void Check(Block[] blocks)
    {
        if (blocks.Length == 0) throw new ArgumentException("blocks is empty: expected at least one.", nameof(blocks));
        for (int i = 0; i < blocks.Length; i++)
        {
            Require.NotNull(blocks[i]);
            Require.Text(blocks[i].Name, "what to write in the box");
            Require.Finite(blocks[i].X);
            Require.Finite(blocks[i].Y);
            Block here = blocks[i];
            if (blocks[..i].FirstOrDefault(block => block.Name == here.Name || (block.X == here.X && block.Y == here.Y)) is { } other)
                throw new ArgumentException($"\"{other.Name}\" and \"{here.Name}\" share a name or a place: expected different ones.", nameof(blocks));
        }
    }

    private static void Check(Link[] links, Block[] blocks)
    {
        foreach (Link link in links)
        {
            Require.NotNull(link, nameof(links));
            Require.NotNull(link.Text, nameof(links));
            foreach (string end in (string[])[link.From, link.To])
                if (blocks.All(block => block.Name != end))
                    throw new ArgumentException(
                        $"A link names \"{end}\"; the boxes are {string.Join(", ", blocks.Select(block => block.Name))}.", nameof(links));
            if (link.From == link.To)
                throw new ArgumentException($"A link leads from \"{link.From}\" to itself: expected two boxes.", nameof(links));
        }
    }

    private static Layer Box(Block block) => Layer.Painted(block.Color ?? Palette.Model, color =>
    {
        double left = block.X - HalfWidth, right = block.X + HalfWidth, low = block.Y - HalfHeight, high = block.Y + HalfHeight;
        JsonObject box = TraceParts.Curve(block.Name, [left, right, right, left, left], [low, low, high, high, low], color).OfKind("boxes");
        box["showlegend"] = false;
        box["fill"] = "toself";
        box["fillcolor"] = color.Rgba(0.12);
        box["hoverinfo"] = "skip";
        return [box];
    });

    private static void AddArrow(JsonArray notes, Link link, Block[] all, Link[] arrows)
    {
        Block from = all.First(block => block.Name == link.From), to = all.First(block => block.Name == link.To);
        double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt(dx * dx + dy * dy);
        (double X, double Y) side = (-dy / length, dx / length);
        bool answered = arrows.Any(other => other.From == link.To && other.To == link.From);
        double lane = answered ? Lane : 0.0;
        // where the centre line leaves a box, as a part of the way between the centres
        double edge = Math.Min(HalfWidth / Math.Abs(dx), HalfHeight / Math.Abs(dy)) + 0.02 / length;
        (double X, double Y) At(double part, double aside) => (from.X + part * dx + aside * side.X, from.Y + part * dy + aside * side.Y);

        var (tail, head, middle) = (At(edge, lane), At(1.0 - edge, lane), At(0.5, lane + 0.1));
        JsonObject arrow = Words(head.X, head.Y, "", null);
        (arrow["showarrow"], arrow["arrowhead"], arrow["arrowwidth"]) = (true, 2, 1.5);
        arrow["arrowcolor"] = (link.Color ?? Theme.Frame).Hex;
        (arrow["axref"], arrow["ayref"], arrow["ax"], arrow["ay"]) = ("x", "y", tail.X, tail.Y);
        notes.Add((JsonNode)arrow);
        if (link.Text.Length > 0) notes.Add((JsonNode)Words(middle.X, middle.Y, link.Text, link.Color));
    }

    private static JsonObject Words(double x, double y, string text, Color? color) => new()
    {
        ["x"] = x,
        ["y"] = y,
        ["xref"] = "x",
        ["yref"] = "y",
        ["text"] = text,
        ["showarrow"] = false,
        ["font"] = Theme.Font(Theme.SmallSize, color),
    };

    private static JsonObject Hidden(double from, double to) => new() { ["visible"] = false, ["range"] = Json.Numbers([from, to]) };
}
