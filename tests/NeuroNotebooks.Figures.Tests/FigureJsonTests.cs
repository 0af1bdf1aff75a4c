using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Tests;

public class FigureJsonTests
{
    [Fact]
    public void Numbers_keep_their_full_precision_and_gaps_become_null()
    {
        double[] values = [0.1 + 0.2, 1e-308, double.MaxValue, double.Epsilon, -0.0, double.NaN, double.PositiveInfinity,
            double.NegativeInfinity];
        JsonArray y = JsonNode.Parse(Plot.Line(values, values).ToJson())!["data"]![0]!["y"]!.AsArray();
        for (int i = 0; i < 5; i++) Assert.Equal(BitConverter.DoubleToInt64Bits(values[i]),
            BitConverter.DoubleToInt64Bits(y[i]!.GetValue<double>()));
        Assert.All(y.Skip(5), Assert.Null);
    }

    // The form in which Plotly.NET 5 writes a chart: titles as objects, no config, numbers with a point.
    private const string FromPlotlyNet = """
        {"data":[{"type":"scatter","mode":"lines","x":[1.0,2.0],"y":[5.0,10.0],"marker":{},"line":{}}],
         "layout":{"width":600,"height":600,"template":{"layout":{"title":{"x":0.05},"font":{"color":"rgba(42, 63, 95, 1.0)"}},"data":{}},
         "title":{"text":"Hello world!"},"xaxis":{"title":{"text":"xAxis"}}},"config":{"responsive":true}}
        """;

    [Fact]
    public void A_chart_of_another_library_comes_back_with_the_same_content()
    {
        Figure figure = Figure.FromJson(FromPlotlyNet);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(FromPlotlyNet), JsonNode.Parse(figure.ToJson())));
        Assert.Contains("\"x\":[1.0,2.0]", figure.ToJson(), StringComparison.Ordinal);
        Assert.Equal("Hello world!", figure.Title);
    }

    [Fact]
    public void Traces_that_the_drawing_does_not_know_stay_in_the_json_and_are_named_beside_those_it_knows()
    {
        Figure figure = Figure.FromJson("""
            {"data":[{"type":"scatter","mode":"lines","y":[1,3,2]},{"type":"sankey","name":"flow","node":{"pad":15}}],"layout":{}}
            """);
        Assert.Contains("\"node\":{\"pad\":15}", figure.ToJson(), StringComparison.Ordinal);
        Assert.Contains("is a sankey trace", figure.ToSvg(), StringComparison.Ordinal);
        Assert.Contains("<path", figure.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_read_and_written_again_is_the_same_bytes_frames_and_strange_attributes_included()
    {
        string json = Figure.FromJson("""
            {"data":[{"type":"bar","x":["2020-01-01"],"y":[1.50],"strange":{"a":[1,null,"x"]}}],"layout":{"new":true,"title":{"text":"t"}},
             "config":{"locale":"de"},"frames":[{"name":"1","data":[{"y":[2]}],"layout":{"title":{"text":"u"}}}]}
            """).ToJson();
        Assert.Contains("\"strange\":{\"a\":[1,null,\"x\"]}", json, StringComparison.Ordinal);
        Assert.Equal(json, Figure.FromJson(json).ToJson());
    }

    [Fact]
    public void A_list_of_traces_is_a_figure_too() =>
        Assert.Equal("""{"data":[{"y":[1,2]}],"layout":{}}""", Figure.FromJson("""[{"y":[1,2]}]""").ToJson());

    [Fact]
    public void Keys_that_are_not_ours_survive()
    {
        const string Json = """{"data":[],"layout":{},"config":{"scrollZoom":true},"version":"7","frames":[{"name":"a","data":[]}]}""";
        Assert.Equal(Json, Figure.FromJson(Json).ToJson());
    }

    [Fact]
    public void Titles_written_as_text_become_objects()
    {
        JsonNode figure = JsonNode.Parse(Figure.FromJson("""
            {"data":[{"type":"heatmap","z":[[1]],"colorbar":{"title":"Hz"}}],
             "layout":{"title":"T","xaxis":{"title":"time"},"scene":{"zaxis":{"title":"z"}},"meta":{"title":"kept"}}}
            """).ToJson())!;
        Assert.Equal("T", figure["layout"]!["title"]!["text"]!.GetValue<string>());
        Assert.Equal("time", figure["layout"]!["xaxis"]!["title"]!["text"]!.GetValue<string>());
        Assert.Equal("z", figure["layout"]!["scene"]!["zaxis"]!["title"]!["text"]!.GetValue<string>());
        Assert.Equal("Hz", figure["data"]![0]!["colorbar"]!["title"]!["text"]!.GetValue<string>());
        Assert.Equal("kept", figure["layout"]!["meta"]!["title"]!.GetValue<string>());
    }

    [Fact]
    public void Words_for_nan_in_number_lists_become_null_and_other_words_stay()
    {
        string json = Figure.FromJson("""{"data":[{"y":[1,"NaN","Infinity","-Infinity",null],"x":["NaN","b"],"text":["NaN"]}]}""").ToJson();
        Assert.Equal("""{"data":[{"y":[1,null,null,null,null],"x":["NaN","b"],"text":["NaN"]}],"layout":{}}""", json);
    }

    public static TheoryData<string, byte[], double[]> Packed => new()
    {
        { "i1", [0xFF, 0x02], [-1, 2] },
        { "u1", [0xFF, 0x02], [255, 2] },
        { "u1c", [0xFF], [255] },
        { "i2", BitConverter.GetBytes((short)-2), [-2] },
        { "u2", BitConverter.GetBytes((ushort)65535), [65535] },
        { "i4", BitConverter.GetBytes(-3), [-3] },
        { "u4", BitConverter.GetBytes(uint.MaxValue), [4294967295] },
        { "f4", BitConverter.GetBytes(0.5f), [0.5] },
        { "f8", [.. BitConverter.GetBytes(0.1), .. BitConverter.GetBytes(double.NaN)], [0.1, double.NaN] },
    };

    [Theory, MemberData(nameof(Packed))]
    public void Packed_numbers_are_unpacked(string dtype, byte[] bytes, double[] expected)
    {
        string packed = $$$"""{"dtype":"{{{dtype}}}","bdata":"{{{Convert.ToBase64String(bytes)}}}"}""";
        string json = Figure.FromJson($$"""[{"y":{{packed}}}]""").ToJson();
        double[] read = [.. JsonNode.Parse(json)!["data"]![0]!["y"]!.AsArray().Select(item => item?.GetValue<double>() ?? double.NaN)];
        Assert.Equal(expected, read);
    }

    [Fact]
    public void A_packed_matrix_becomes_rows()
    {
        string packed = Convert.ToBase64String([1, 2, 3, 4, 5, 6]);
        string json = Figure.FromJson($$$"""[{"z":{"dtype":"u1","bdata":"{{{packed}}}","shape":"2, 3"}}]""").ToJson();
        Assert.Contains("\"z\":[[1,2,3],[4,5,6]]", json, StringComparison.Ordinal);
        string empty = Figure.FromJson("""[{"z":{"dtype":"u1","bdata":"","shape":"0, 3"}}]""").ToJson();
        Assert.Contains("\"z\":[]", empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("""{"data":[],"data":[]}""", "twice")]
    [InlineData("7", "single value")]
    [InlineData("null", "single value")]
    [InlineData("{}", "no list under \"data\"")]
    [InlineData("""{"data":[1]}""", "data[0] is not an object")]
    [InlineData("""{"data":[],"layout":[]}""", "\"layout\" is not an object")]
    [InlineData("""{"data":[],"frames":{}}""", "\"frames\" is not a list")]
    [InlineData("""[{"y":{"dtype":"f2","bdata":""}}]""", "dtype \"f2\"")]
    [InlineData("""[{"y":{"dtype":"f8","bdata":"?"}}]""", "not base64")]
    [InlineData("""[{"y":{"dtype":"f8","bdata":"AAA="}}]""", "2 bytes: expected a multiple of 8")]
    [InlineData("""[{"y":{"dtype":"u1","bdata":"AAA=","shape":"3"}}]""", "shape \"3\"")]
    [InlineData("""[{"y":{"dtype":"u1","bdata":"AAA=","shape":"a"}}]""", "shape \"a\"")]
    public void What_is_no_figure_is_refused_with_the_place(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Figure.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Null_is_refused() => Assert.Throws<ArgumentNullException>(() => Figure.FromJson(null!));

    [Fact]
    public void The_caption_is_drawn_in_the_plotly_face_alone()
    {
        Figure figure = Plot.Line([1, 2], [3, 4]).Captioned("Look for the <second> point, " + new string('x', 200)
            + " and more words after it.");
        JsonNode face = JsonNode.Parse(figure.ToPlotlyOutput())!;
        JsonNode note = Assert.Single(face["layout"]!["annotations"]!.AsArray())!;
        Assert.Contains("Look for the &lt;second> point", note["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("<br>", note["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(face["layout"]!["height"]!.GetValue<double>() > Theme.Height);
        Assert.Empty(PlotlySchema.Complaints(figure.ToPlotlyOutput()));
        Assert.DoesNotContain("annotations", figure.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("second", Figure.FromJson(figure.ToPlotlyOutput()).ToSvg(), StringComparison.Ordinal);
        Assert.Contains("<figcaption", figure.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("&lt;second&gt;", figure.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_caption_survives_json() => Assert.Equal("c", Figure.FromJson(Plot.Line([1], [1]).Captioned("c").ToJson()).Caption);
}
