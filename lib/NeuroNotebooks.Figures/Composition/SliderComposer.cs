using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>Figures that differ in one parameter, as Plotly frames under a slider; a frame holds only what differs somewhere.</summary>
internal static class SliderComposer
{
    private const double Room = 84.0;

    public static Figure Compose(string parameter, string unit, string[] labels, Figure[] figures, int start)
    {
        Check(parameter, labels, figures);
        JsonObject[] layouts = [.. figures.Select(figure => figure.Layout.Copy())];
        JsonObject[][] traces = [.. figures.Select(figure => figure.Traces.ToArray())];
        HoldRanges(layouts, traces);

        string[][] moving = [.. Enumerable.Range(0, traces[0].Length).Select(i => Differing([.. traces.Select(each => each[i])]))];
        string[] movingLayout = Differing(layouts);
        var frames = new JsonArray();
        for (int k = 0; k < figures.Length; k++) frames.Add((JsonNode)Frame(labels[k], traces[k], moving, layouts[k], movingLayout));

        JsonObject layout = layouts[start];
        layout["sliders"] = new JsonArray(Slider(parameter, unit, labels, start));
        JsonObject margin = layout.Child("margin");
        margin["b"] = (Json.Double(margin["b"]) ?? Theme.BottomMargin) + Room;
        layout["height"] = (Json.Double(layout["height"]) ?? Theme.Height) + Room;
        return Figure.Composed(traces[start].Select(trace => trace.Copy()), layout, frames);
    }

    private static void Check(string parameter, string[] values, Figure[] figures)
    {
        if (values.GroupBy(label => label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"values holds {twice.Key} {twice.Count()} times: expected different values.", nameof(values));
        string[] first = Types(figures[0]);
        for (int k = 0; k < figures.Length; k++)
        {
            if (figures[k].HasFrames)
                throw new ArgumentException($"The figure at {parameter} = {values[k]} has a slider of its own: expected one without.",
                    nameof(figures));
            string[] types = Types(figures[k]);
            if (!types.SequenceEqual(first))
                throw new ArgumentException(
                    $"The figure at {parameter} = {values[k]} has the traces {Listed(types)}, that at {values[0]} {Listed(first)}: " +
                    "a slider needs the same traces at every value; draw an absent one with NaN.", nameof(figures));
        }
    }

    private static string Listed(string[] types) => $"[{string.Join(", ", types)}]";

    private static string[] Types(Figure figure) => [.. figure.Traces.Select(trace => Json.Text(trace["type"]) ?? "scatter")];

    /// <summary>Axes without a range of their own get one that fits every frame, so that only the data moves.</summary>
    private static void HoldRanges(JsonObject[] layouts, JsonObject[][] traces)
    {
        foreach (string letter in (string[])["x", "y"])
            foreach (string key in layouts[0].Select(entry => entry.Key).Where(key => Panels.IsAxis(key, letter + "axis")).ToList())
            {
                (JsonObject Axis, JsonObject[] Traces)[] users = [.. layouts.Select((layout, k) => (layout.Child(key),
                    traces[k].Where(trace => Panels.IsOn(trace, letter, key)).ToArray()))];
                if (users.All(user => user.Axis.ContainsKey("range")) || CommonRange.Of(users, letter) is not { } range) continue;
                foreach ((JsonObject axis, _) in users) axis["range"] = Json.Numbers(range);
            }
    }

    /// <summary>Keys whose content is not the same in all.</summary>
    private static string[] Differing(JsonObject[] objects) => [.. objects.SelectMany(each => each.Select(entry => entry.Key)).Distinct()
        .Where(key => objects.Any(each => !JsonNode.DeepEquals(each[key], objects[0][key])))];

    private static JsonObject Frame(string label, JsonObject[] traces, string[][] moving, JsonObject layout, string[] movingLayout)
    {
        var data = new JsonArray();
        for (int i = 0; i < traces.Length; i++) data.Add((JsonNode)Picked(traces[i], moving[i]));
        var frame = new JsonObject
        {
            ["name"] = label,
            ["data"] = data,
            ["traces"] = new JsonArray([.. Enumerable.Range(0, traces.Length).Select(i => JsonValue.Create((double)i))]),
        };
        if (movingLayout.Length > 0) frame["layout"] = Json.Sorted(Picked(layout, movingLayout));
        return frame;
    }

    private static JsonObject Picked(JsonObject from, string[] keys)
    {
        var picked = new JsonObject();
        // A list that this frame lacks must be emptied, or that of the frame before would stay.
        foreach (string key in keys)
            picked[key] = from.ContainsKey(key) ? from[key]?.DeepClone() : key is "annotations" or "shapes" ? new JsonArray() : null;
        return picked;
    }

    private static JsonObject Slider(string parameter, string unit, string[] labels, int start) => new()
    {
        ["active"] = (double)start,
        ["x"] = 0.0,
        ["len"] = 1.0,
        ["pad"] = new JsonObject { ["t"] = 56.0, ["b"] = 8.0 },
        ["currentvalue"] = new JsonObject
        {
            ["prefix"] = parameter + " = ",
            ["suffix"] = unit.Length == 0 ? "" : " " + unit,
            ["visible"] = true,
            ["xanchor"] = "left",
            ["font"] = Theme.Font(Theme.FontSize),
        },
        ["font"] = Theme.Font(Theme.SmallSize - 1.0),
        ["steps"] = new JsonArray([.. labels.Select(label => new JsonObject
        {
            ["label"] = label,
            ["method"] = "animate",
            ["args"] = new JsonArray(new JsonArray(label), new JsonObject
            {
                ["mode"] = "immediate",
                ["frame"] = new JsonObject { ["duration"] = 0.0, ["redraw"] = true },
                ["transition"] = new JsonObject { ["duration"] = 0.0 },
            }),
        })]),
    };
}
