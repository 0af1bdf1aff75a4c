using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeuroNotebooks.Figures.Svg;

namespace NeuroNotebooks.Figures.Tests.Svg;

/// <summary>Whatever a figure says, well or ill, a picture comes out: well-formed and of bounded size.</summary>
public class FuzzTests
{
    private static readonly string[] Types =
    [
        "scatter", "scattergl", "bar", "histogram", "box", "violin", "heatmap", "histogram2d", "contour", "scatter3d", "surface", "mesh3d", "pie", "sankey", "",
    ];

    private static readonly string[] Odd =
    [
        "null", "true", "\"\"", "\"x\"", "-1", "0", "1e308", "-1e308", "1e-320", "\"NaN\"", "\"Infinity\"", "[]", "{}", "[null]", "[[]]", "[1,\"a\",null,{}]", "\"<b>open\"",
        "\"&amp;<script>\"", "\"#ff\"", "\"rgba(1,2\"", "{\"text\":{}}", "[[1,2],[3]]", "[1e308,-1e308]", "12345678901234567890", "\"y2\"", "\"paper\"", "\"log\"", "\"category\"", "\"h\"",
        "{\"dtype\":\"f8\",\"bdata\":\"AAA\"}", "{\"dtype\":\"f4\",\"bdata\":\"AACAPwAAAEA=\"}", "\"$\\\\frac{1}{x^{2}}$\"", "\"<sub><sup><i>\"", "[0.5,0.1]", "\"D2\"", "\"%{y:.2f}\"", "\"\\u0000\\uffff\"",
    ];

    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 10).Select(seed => new object[] { seed });

    [Theory, MemberData(nameof(Seeds))]
    public void A_mutated_sample_is_drawn(int seed)
    {
        var random = new Random(seed);
        string[] names = [.. Samples.Names];
        for (int k = 0; k < 40; k++)
        {
            var figure = Samples.Read(names[random.Next(names.Length)]);
            for (int change = random.Next(1, 6); change > 0; change--) Mutate(figure, random);
            Check(figure, $"seed {seed}, mutation {k}");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_random_figure_is_drawn(int seed)
    {
        var random = new Random(1000 + seed);
        for (int k = 0; k < 40; k++) Check(RandomFigure(random), $"seed {seed}, figure {k}");
    }

    private static void Check(JsonObject figure, string context)
    {
        string json = figure.ToJsonString();
        string? svg = null;
        var error = Record.Exception(() => svg = SvgRenderer.Render(figure, "t", "d"));
        Assert.True(error is null, $"{context}: {error}\n{(json.Length < 4000 ? json : json[..4000])}");
        Assert.True(svg!.Length < 400_000, $"{context}: {svg.Length} characters");
        var malformed = Record.Exception(() => System.Xml.Linq.XDocument.Parse(svg));
        Assert.True(malformed is null, $"{context}: {malformed}\n{json}");
        string drawn = Regex.Replace(svg, "base64,[^\"]*", "");
        Assert.False(Regex.IsMatch(drawn, "[\"( ,]-?(NaN|∞|Infinity)") && !Regex.IsMatch(json, "NaN|Infinity"), $"{context}: a number is missing near {Regex.Match(drawn, ".{0,80}(NaN|∞|Infinity).{0,20}").Value}\n{json}");
    }

    private static void Mutate(JsonObject figure, Random random)
    {
        var places = new List<(JsonNode Parent, object Key)>();
        Collect(figure, places, depth: 0);
        var (parent, key) = places[random.Next(places.Count)];
        var value = random.Next(4) == 0 && places[random.Next(places.Count)] is var (otherParent, otherKey)
            ? (otherKey is string name ? otherParent[name] : otherParent[(int)otherKey])?.DeepClone()
            : JsonNode.Parse(Odd[random.Next(Odd.Length)]);
        if (key is string property) parent[property] = value; else parent[(int)key] = value;
    }

    private static void Collect(JsonNode node, List<(JsonNode, object)> places, int depth)
    {
        if (node is JsonObject map)
            foreach (var (name, value) in map)
            {
                places.Add((map, name));
                if (value is not null) Collect(value, places, depth + 1);
            }
        else if (node is JsonArray list)
            for (int i = 0; i < Math.Min(list.Count, 4); i++)
            {
                places.Add((list, i));
                if (list[i] is { } value && depth < 12) Collect(value, places, depth + 1);
            }
    }

    private static JsonObject RandomFigure(Random random)
    {
        var data = new JsonArray();
        for (int t = random.Next(0, 4); t > 0; t--)
        {
            var trace = new JsonObject { ["type"] = Types[random.Next(Types.Length)] };
            foreach (string name in (string[])["x", "y", "z", "text", "mode", "fill", "name", "orientation", "marker", "line", "error_y", "width", "base", "xaxis", "yaxis", "i", "j", "k", "colorbar", "contours"])
                if (random.Next(2) == 0) trace[name] = Value(name, random);
            data.Add(trace);
        }
        var layout = new JsonObject();
        foreach (string name in (string[])["xaxis", "yaxis", "xaxis2", "yaxis2", "title", "legend", "annotations", "shapes", "width", "height", "margin", "barmode", "grid", "sliders", "scene", "font", "template", "coloraxis"])
            if (random.Next(3) == 0) layout[name] = Value(name, random);
        return new JsonObject { ["data"] = data, ["layout"] = layout };
    }

    private static JsonNode? Value(string name, Random random)
    {
        if (random.Next(6) == 0) return JsonNode.Parse(Odd[random.Next(Odd.Length)]);
        return name switch
        {
            "x" or "y" or "base" => Series(random),
            "i" or "j" or "k" => new JsonArray([.. Enumerable.Range(0, 5).Select(_ => (JsonNode)random.Next(-1, 8))]),
            "z" => random.Next(2) == 0 ? Series(random) : new JsonArray([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Series(random))]),
            "mode" => (string[])["lines", "markers", "lines+markers", "text", "none"] is var modes ? modes[random.Next(5)] : null,
            "fill" => (string[])["tozeroy", "tonexty", "toself", "tozerox", "tonextx"] is var fills ? fills[random.Next(5)] : null,
            "xaxis" or "yaxis" or "xaxis2" or "yaxis2" => new JsonObject
            {
                ["type"] = random.Next(3) == 0 ? "log" : null,
                ["title"] = Odd[random.Next(Odd.Length)],
                ["range"] = random.Next(3) == 0 ? Series(random) : null,
                ["domain"] = random.Next(3) == 0 ? new JsonArray(random.NextDouble(), random.NextDouble()) : null,
                ["tickangle"] = random.Next(3) == 0 ? random.Next(-400, 400) : null,
                ["overlaying"] = random.Next(3) == 0 ? name[..1] : null,
                ["scaleanchor"] = random.Next(4) == 0 ? "x" : null,
                ["side"] = random.Next(3) == 0 ? "right" : null,
            },
            "annotations" or "shapes" => new JsonArray([.. Enumerable.Range(0, 3).Select(_ => new JsonObject
            {
                ["x"] = Number(random), ["y"] = Number(random), ["x0"] = Number(random), ["x1"] = Number(random), ["y0"] = Number(random), ["y1"] = Number(random),
                ["text"] = "note", ["xref"] = random.Next(2) == 0 ? "paper" : "x", ["ax"] = Number(random), ["textangle"] = Number(random),
            })]),
            "width" or "height" => Number(random),
            "marker" or "line" => new JsonObject { ["size"] = Series(random), ["color"] = Series(random), ["width"] = Number(random), ["symbol"] = random.Next(-3, 400), ["dash"] = "5px,2" },
            "barmode" => (string[])["stack", "relative", "overlay", "group"] is var bars ? bars[random.Next(4)] : null,
            "grid" => new JsonObject { ["rows"] = random.Next(0, 4), ["columns"] = random.Next(0, 4), ["pattern"] = "independent" },
            "legend" => new JsonObject { ["x"] = 3.0 * random.NextDouble() - 1.0, ["y"] = 3.0 * random.NextDouble() - 1.0, ["orientation"] = random.Next(2) == 0 ? "h" : "v" },
            _ => JsonNode.Parse(Odd[random.Next(Odd.Length)]),
        };
    }

    private static JsonArray Series(Random random) => new([.. Enumerable.Range(0, random.Next(0, 12)).Select(_ => random.Next(8) == 0 ? JsonNode.Parse(Odd[random.Next(Odd.Length)]) : Number(random))]);

    private static JsonValue Number(Random random) => JsonValue.Create(random.Next(10) switch
    {
        0 => 0.0,
        1 => 1e300 * (random.NextDouble() - 0.5),
        2 => 1e-300,
        3 => random.Next(-5, 5),
        _ => double.Parse((random.NextDouble() * 20.0 - 10.0).ToString("g3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
    });
}
