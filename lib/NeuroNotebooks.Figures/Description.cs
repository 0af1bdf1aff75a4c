using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>A figure in one sentence, for readers who do not see it: what is plotted, the axes and their ranges.</summary>
internal static class Description
{
    private const int NamesListed = 6;

    public static string Of(Figure figure)
    {
        var panels = figure.Traces.GroupBy(PanelOf).ToList();
        string title = figure.Title.Length == 0 ? "" : Html.Plain(figure.Title) + ": ";
        if (panels.Count == 0) return title + "an empty figure.";

        string slider = figure.Layout["sliders"] is JsonArray { Count: > 0 } sliders && sliders[0]?["steps"] is JsonArray steps
            ? $"; a slider sets {Html.Plain(Json.Text(sliders[0]?["currentvalue"]?["prefix"]) ?? "a value").Trim(' ', '=', ':')} " +
              $"from {Json.Text(steps[0]?["label"])} to {Json.Text(steps[^1]?["label"])}"
            : "";
        string body = panels.Count == 1
            ? OfPanel(figure.Layout, panels[0].Key, [.. panels[0]])
            : $"{panels.Count} panels: " + string.Join("; ",
                panels.Select((panel, i) => $"({Letter(i)}) {OfPanel(figure.Layout, panel.Key, [.. panel])}"));
        return title + body + slider + ".";
    }

    public static string Letter(int index) => index < 26 ? ((char)('a' + index)).ToString() : Letter(index / 26 - 1) + Letter(index % 26);

    private static (bool Space, string X, string Y) PanelOf(JsonObject trace) => Panels.IsSpace(trace)
        ? (true, Panels.SceneOf(trace), "")
        : (false, Panels.AxisOf(trace, "x"), Panels.AxisOf(trace, "y"));

    private static string OfPanel(JsonObject layout, (bool Space, string X, string Y) panel, JsonObject[] traces)
    {
        var parts = new List<string> { Kinds(traces) };
        JsonObject axes = panel.Space ? layout[panel.X] as JsonObject ?? [] : layout;
        parts.Add(Axis(axes[panel.Space ? "xaxis" : Panels.LayoutKey(panel.X)], "x", traces));
        parts.Add(Axis(axes[panel.Space ? "yaxis" : Panels.LayoutKey(panel.Y)], "y", traces));
        if (panel.Space) parts.Add(Axis(axes["zaxis"], "z", traces));
        else if (traces.FirstOrDefault(trace => trace["z"] is JsonArray) is { } map) parts.Add(Heights(map));
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static string Kinds(JsonObject[] traces) => string.Join(", ", traces
        .GroupBy(KindOf)
        .Select(kind =>
        {
            string[] names = [.. kind.Select(trace => Html.Plain(Json.Text(trace["name"]) ?? ""))
                .Where(name => name.Length > 0).Distinct()];
            string more = names.Length > NamesListed ? $" and {names.Length - NamesListed} more" : "";
            return names.Length == 0 ? kind.Key : $"{kind.Key} ({string.Join(", ", names.Take(NamesListed))}{more})";
        }));

    private static string KindOf(JsonObject trace)
    {
        if (trace["meta"] is JsonObject meta && Json.Text(meta["kind"]) is { } kind) return kind;
        string mode = Json.Text(trace["mode"]) ?? "";
        return Json.Text(trace["type"]) switch
        {
            null or "scatter" or "scattergl" => mode == "markers" ? "points" : "lines",
            "scatter3d" => mode == "markers" ? "points in space" : "lines in space",
            "heatmap" => "heat map",
            "bar" => "bars",
            { } other => other,
        };
    }

    private static string Axis(JsonNode? axis, string letter, JsonObject[] traces)
    {
        if (Json.IsFalse((axis as JsonObject)?["visible"])) return "";
        string title = Html.Plain(Json.Text((axis as JsonObject)?["title"]?["text"]) ?? "");
        string name = title.Length == 0 ? letter : $"{letter}: {title}";
        double[] ends = [.. Json.Doubles((axis as JsonObject)?["range"] as JsonArray ?? [])];
        bool log = Figure.IsLog(axis);
        if (ends.Length == 2 && ends.All(double.IsFinite))
            return Ranged(name, log ? Math.Pow(10.0, ends[0]) : ends[0], log ? Math.Pow(10.0, ends[1]) : ends[1], log);
        if (Extents.Of(traces, letter) is { } extent) return Ranged(name, extent.Low, extent.High, log);
        int names = traces.Max(trace => (trace[letter] as JsonArray)?.Count ?? 0);
        return names > 0 ? $"{name} ({names} categories)" : name;
    }

    private static string Heights(JsonObject map) => Extents.Of([map], "z") is { } extent
        ? Ranged(Html.Plain(Json.Text(map["colorbar"]?["title"]?["text"]) is { Length: > 0 } title ? $"colour: {title}" : "colour"),
            extent.Low, extent.High, log: false)
        : "";

    private static string Ranged(string name, double low, double high, bool log) =>
        $"{name} from {Html.Number(low, 4)} to {Html.Number(high, 4)}{(log ? " (log)" : "")}";
}
