using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

public sealed partial class Figure
{
    private static readonly string[] OwnKeys = ["title", "meta", "annotations", "shapes", "margin", "legend", "showlegend"];

    /// <summary>This figure with others laid over it, in the same axes: curves, points, bands, text and marks.</summary>
    /// <param name="others">What to add. Where this figure leaves an axis without title, range or scale, theirs is taken.</param>
    /// <returns>A figure whose uncoloured layers each have a colour of their own.</returns>
    /// <exception cref="ArgumentException">Flat and space figures, different scales, or sliders would be mixed.</exception>
    public Figure With(params Figure[] others)
    {
        Require.NotNull(others);
        foreach (Figure other in others) Require.NotNull(other, nameof(others));
        return others.Aggregate(this, (below, above) => below.Over(above));
    }

    private Figure Over(Figure other)
    {
        RequireOnePanel();
        other.RequireOnePanel();
        if ((layout["scene"] is null) != (other.layout["scene"] is null))
            throw new ArgumentException("A flat figure and one in space cannot share axes: put them side by side with Plot.Row.",
                nameof(other));
        if (HasFrames || other.HasFrames)
            throw new ArgumentException("A figure with a slider takes no overlay: lay figures over each other inside Plot.Slider.",
                nameof(other));

        JsonObject merged = layout.Copy();
        JsonObject theirs = other.layout.Copy();
        foreach (string letter in (string[])["x", "y", "z"])
        {
            if (!IsLogInCommon(letter, other)) continue;
            foreach (JsonObject either in (JsonObject[])[merged, theirs])
            {
                AnnotationPlaces.Rescale(either, letter, IsLog(either, letter), isLog: true);
                SetScale(AxisOf(either, letter), log: true);
            }
            foreach (JsonObject trace in Traces.Concat(other.Traces)) RequireAboveZero(trace, letter);
        }
        Adopt(merged, theirs, top: true);
        foreach (string list in (string[])["annotations", "shapes"])
            foreach (JsonNode? item in theirs[list] as JsonArray ?? [])
                merged.List(list).Add(item!.DeepClone());
        return new Figure(layers.AddRange(other.layers), merged, frames, this.others, legendIsChosen);
    }

    /// <summary>
    /// Whether the common axis is logarithmic: a scale that was asked for wins over none, two different ones are an error.
    /// </summary>
    private bool IsLogInCommon(string letter, Figure other)
    {
        string? ours = ScaleOf(layout, letter), theirs = ScaleOf(other.layout, letter);
        if (ours is not null && theirs is not null && ours != theirs)
            throw new ArgumentException(
                $"The {letter} axis is {ours} below and {theirs} above: give both the same scale before laying one over the other.",
                    nameof(other));
        return (ours ?? theirs) == "log";
    }

    private static string? ScaleOf(JsonObject layout, string letter) =>
        Json.Text((layout["scene"] as JsonObject ?? layout)[letter + "axis"]?["type"]);

    /// <summary>
    /// Fills in what is missing, at any depth; lists are not merged, and a figure keeps its own title, caption and margins.
    /// </summary>
    private static void Adopt(JsonObject ours, JsonObject theirs, bool top = false)
    {
        foreach ((string key, JsonNode? value) in theirs)
        {
            if (top && OwnKeys.Contains(key)) continue;
            if (!ours.ContainsKey(key)) ours[key] = value?.DeepClone();
            else if (ours[key] is JsonObject inner && value is JsonObject outer) Adopt(inner, outer);
        }
    }
}
