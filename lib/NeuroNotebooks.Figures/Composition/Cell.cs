using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>A panel's rectangle within a figure, in parts of the plot area, and the new numbers of the panel's axes.</summary>
internal sealed class Cell(double left, double width, double bottom, double height, int flatBefore, int spacesBefore, JsonObject layout,
    IReadOnlyList<JsonObject> traces)
{
    private readonly int[] flat = Numbers(layout, traces, "xaxis", trace => Panels.IsSpace(trace) ? null : Panels.AxisOf(trace, "x"))
        .Union(Numbers(layout, traces, "yaxis", trace => Panels.IsSpace(trace) ? null : Panels.AxisOf(trace, "y"))).Order().ToArray();

    private readonly int[] spaces = [.. Numbers(layout, traces, "scene", trace => Panels.IsSpace(trace) ? Panels.SceneOf(trace) : null)];

    public int FlatCount => flat.Length;

    public int SpaceCount => spaces.Length;

    public double Left => left;

    public double Top => bottom + height;

    private static IEnumerable<int> Numbers(
        JsonObject layout, IReadOnlyList<JsonObject> traces, string stem, Func<JsonObject, string?> used) =>
        layout.Select(entry => entry.Key).Where(key => Panels.IsAxis(key, stem))
            .Concat(traces.Select(used).OfType<string>())
            .Select(Panels.Number).Distinct().Order();

    /// <summary>The axes of the panel moved into the cell, under their new keys.</summary>
    public IEnumerable<(string Key, JsonObject Axis)> Axes()
    {
        foreach (int number in flat)
            foreach (string letter in (string[])["x", "y"])
            {
                JsonObject axis = (layout[Panels.Name(letter + "axis", number)] as JsonObject)?.Copy() ?? [];
                axis["domain"] = Inside(axis["domain"], letter);
                axis["anchor"] = Json.Text(axis["anchor"]) is { } anchor
                    ? Renamed(anchor)
                    : Renamed(Panels.Name(letter == "x" ? "y" : "x", number));
                foreach (string link in (string[])["overlaying", "matches", "scaleanchor"])
                    if (Json.Text(axis[link]) is { } other) axis[link] = Renamed(other);
                if (Json.Double(axis["position"]) is { } position) axis["position"] = Inside(position, letter == "x" ? "y" : "x");
                yield return (Panels.LayoutKey(Renamed(Panels.Name(letter, number))), axis);
            }
        foreach (int number in spaces)
        {
            JsonObject scene = (layout[Panels.Name("scene", number)] as JsonObject)?.Copy() ?? [];
            JsonObject domain = scene.Child("domain");
            domain["x"] = Inside(domain["x"], "x");
            domain["y"] = Inside(domain["y"], "y");
            yield return (Panels.Name("scene", spacesBefore + Array.IndexOf(spaces, number) + 1), scene);
        }
    }

    /// <summary>A trace tied to the panel's new axes, its colour bar beside the cell.</summary>
    public JsonObject Moved(JsonObject trace)
    {
        JsonObject copy = trace.Copy();
        if (Panels.IsSpace(trace))
        {
            copy["scene"] = Panels.Name("scene", spacesBefore + Array.IndexOf(spaces, Panels.Number(Panels.SceneOf(trace))) + 1);
        }
        else
        {
            copy["xaxis"] = Renamed(Panels.AxisOf(trace, "x"));
            copy["yaxis"] = Renamed(Panels.AxisOf(trace, "y"));
        }
        foreach (JsonObject? holder in (JsonObject?[])[copy, copy["marker"] as JsonObject])
            if (holder?["colorbar"] is JsonObject bar) MoveBar(bar);
        return copy;
    }

    private void MoveBar(JsonObject bar)
    {
        bar["x"] = Inside(Json.Double(bar["x"]) ?? 1.02, "x");
        bar["xanchor"] = Json.Text(bar["xanchor"]) ?? "left";
        bar["y"] = Inside(Json.Double(bar["y"]) ?? 0.5, "y");
        bar["yanchor"] = Json.Text(bar["yanchor"]) ?? "middle";
        bar["lenmode"] = "fraction";
        bar["len"] = (Json.Double(bar["len"]) ?? 1.0) * height;
    }

    /// <summary>
    /// An annotation, shape or image moved with the panel: paper positions into the cell, axis references to the new axes.
    /// </summary>
    public JsonObject MovedMark(JsonObject mark)
    {
        JsonObject copy = mark.Copy();
        foreach (string letter in (string[])["x", "y"])
        {
            string reference = Json.Text(copy[letter + "ref"]) ?? (copy.ContainsKey("type") ? letter : "paper");
            if (reference == "paper")
            {
                foreach (string key in (string[])[letter, letter + "0", letter + "1"])
                    if (Json.Double(copy[key]) is { } place) copy[key] = Inside(place, letter);
                copy[letter + "ref"] = "paper";
            }
            else
            {
                copy[letter + "ref"] = Renamed(reference);
            }
            if (Json.Text(copy[$"a{letter}ref"]) is { } tail && tail != "pixel") copy[$"a{letter}ref"] = Renamed(tail);
        }
        return copy;
    }

    /// <summary>The new name of <c>x2</c> or <c>x2 domain</c>; other words, such as <c>free</c>, stay.</summary>
    private string Renamed(string axis)
    {
        string bare = axis.EndsWith(" domain", StringComparison.Ordinal) ? axis[..^7] : axis;
        if (!Panels.IsAxis(bare, "x") && !Panels.IsAxis(bare, "y")) return axis;
        int rank = Array.IndexOf(flat, Panels.Number(bare));
        return Panels.Name(bare[..1], flatBefore + rank + 1) + axis[bare.Length..];
    }

    private JsonArray Inside(JsonNode? domain, string letter)
    {
        double[] ends = [.. Json.Doubles(domain as JsonArray ?? [])];
        if (ends.Length != 2) ends = [0.0, 1.0];
        return Json.Numbers(ends.Select(end => Inside(end, letter)));
    }

    private double Inside(double part, string letter) => Math.Round(letter == "x" ? left + part * width : bottom + part * height, 6);
}
