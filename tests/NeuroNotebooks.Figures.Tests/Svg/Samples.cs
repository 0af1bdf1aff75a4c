using System.Text.Json.Nodes;
using NeuroNotebooks.Figures.Svg;

namespace NeuroNotebooks.Figures.Tests.Svg;

/// <summary>The sample figures: one for each thing that the renderer draws.</summary>
internal static class Samples
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Svg", "Samples");

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!.AsObject();

    public static string Render(string name) => SvgRenderer.Render(Read(name), $"Sample {name}", "A figure for tests.");

    public static SvgPicture Draw(string name) => new(Render(name));

    /// <summary>Draws a figure written out in a test.</summary>
    public static SvgPicture DrawJson(string json) => new(SvgRenderer.Render(JsonNode.Parse(json)!.AsObject(), "A test", "A figure for tests."));

    /// <summary>Draws traces over a layout, both written as JSON.</summary>
    public static SvgPicture Draw(string data, string layout) => DrawJson($$"""{"data":[{{data}}],"layout":{{layout}}}""");
}
