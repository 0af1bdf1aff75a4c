using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>A Plotly figure made plain: a copy of its own, the active frame put in, template defaults filled in.</summary>
/// <param name="Text">The figure as it came, as canonical JSON text.</param>
internal sealed record FigureSource(string Text, JsonObject Layout, IReadOnlyList<JsonObject> Traces, SliderState? Slider)
{
    private static readonly JsonSerializerOptions Writing = new()
    {
        MaxDepth = 1000,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static FigureSource Read(JsonObject figure)
    {
        string text = figure.ToJsonString(Writing);
        JsonNode copy = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!;
        var layout = copy.Map("layout")?.DeepClone().AsObject() ?? [];
        var traces = (copy.List("data")?.OfType<JsonObject>() ?? []).Select(trace => trace.DeepClone().AsObject()).ToList();

        var slider = SliderState.Read(layout);
        if (slider?.FrameName is { } name)
            foreach (var frame in copy.Maps("frames").Where(frame => frame.Text("name") == name).Take(1))
                Apply(frame, layout, traces);

        var template = layout.Map("template");
        return new FigureSource(text, WithDefaults(layout, template), WithDefaults(traces, template), slider);
    }

    /// <summary>What the axis or scene says, over what the template says of all of them.</summary>
    public JsonObject Part(string name)
    {
        string kind = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var own = Layout.Map(name)?.DeepClone().AsObject() ?? [];
        if (Layout.Map("template.layout." + kind) is { } defaults) Fill(own, defaults);
        return own;
    }

    private static void Apply(JsonObject frame, JsonObject layout, List<JsonObject> traces)
    {
        if (frame.Map("layout") is { } changes) Overwrite(layout, changes);
        double[]? targets = frame.Numbers("traces");
        int place = 0;
        foreach (var change in frame.Maps("data"))
        {
            double target = targets is null ? place : place < targets.Length ? targets[place] : -1.0;
            place++;
            if (target >= 0.0 && target < traces.Count) Overwrite(traces[(int)target], change);
        }
    }

    private static JsonObject WithDefaults(JsonObject layout, JsonObject? template)
    {
        if (template.Map("layout") is not { } defaults) return layout;
        foreach (string list in (string[])["annotation", "shape"])
            if (defaults.Map(list + "defaults") is { } each)
                foreach (var item in layout.Maps(list + "s")) Fill(item, each);
        foreach (var (name, value) in defaults)
            if (!name.StartsWith("xaxis", StringComparison.Ordinal) && !name.StartsWith("yaxis", StringComparison.Ordinal)
                && !name.StartsWith("scene", StringComparison.Ordinal))
                FillOne(layout, name, value);
        return layout;
    }

    private static List<JsonObject> WithDefaults(List<JsonObject> traces, JsonObject? template)
    {
        var seen = new Dictionary<string, int>();
        foreach (var trace in traces)
        {
            string type = trace.Text("type") ?? "scatter";
            if (template.Map("data") is not { } data || !data.ContainsKey(type)) continue;
            JsonObject[] defaults = [.. data.Maps(type)];
            int turn = seen.GetValueOrDefault(type);
            seen[type] = turn + 1;
            if (defaults.Length > 0) Fill(trace, defaults[turn % defaults.Length]);
        }
        return traces;
    }

    private static void Fill(JsonObject own, JsonObject defaults)
    {
        foreach (var (name, value) in defaults) FillOne(own, name, value);
    }

    private static void FillOne(JsonObject own, string name, JsonNode? value)
    {
        if (value is null) return;
        own.TryGetPropertyValue(name, out var present);
        if (present is JsonObject inner && value is JsonObject more) Fill(inner, more);
        else if (present is null) own[name] = value.DeepClone();
        else if (name == "title" && present is JsonValue && value is JsonObject titleDefaults)     // title: "text", written short
        {
            var long_ = titleDefaults.DeepClone().AsObject();
            long_["text"] = present.DeepClone();
            own[name] = long_;
        }
    }

    private static void Overwrite(JsonObject own, JsonObject changes)
    {
        foreach (var (name, value) in changes)
            if (value is JsonObject more && own.TryGetPropertyValue(name, out var present) && present is JsonObject inner) Overwrite(inner, more);
            else own[name] = value?.DeepClone();
    }
}
