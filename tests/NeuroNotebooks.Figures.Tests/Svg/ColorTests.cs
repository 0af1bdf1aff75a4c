using System.Text.Json.Nodes;
using NeuroNotebooks.Figures.Svg;

namespace NeuroNotebooks.Figures.Tests.Svg;

public class ColorTests
{
    [Theory]
    [InlineData("#f80", "#ff8800", 1.0)]
    [InlineData("#F808", "#ff8800", 0.533)]
    [InlineData("#12345680", "#123456", 0.502)]
    [InlineData("rgb(1, 2, 3)", "#010203", 1.0)]
    [InlineData("rgba(255,0,0,0.25)", "#ff0000", 0.25)]
    [InlineData("rgb(100%,50%,0%)", "#ff8000", 1.0)]
    [InlineData("hsl(120,100%,25%)", "#008000", 1.0)]
    [InlineData("hsla(-120,100%,50%,.5)", "#0000ff", 0.5)]
    [InlineData("hsv(0,100%,100%)", "#ff0000", 1.0)]
    [InlineData("SteelBlue", "#4682b4", 1.0)]
    [InlineData("transparent", "#000000", 0.0)]
    public void Css_colours_are_read(string text, string hex, double opacity)
    {
        var color = Rgba.Parse(text);
        Assert.Equal(hex, color?.Hex);
        NeuroNotebooks.TestSupport.Close.To(opacity, color!.Value.A, 0.001);     // written with three decimals above
    }

    [Theory]
    [InlineData("#12")]
    [InlineData("#xyzxyz")]
    [InlineData("rgb(1,2)")]
    [InlineData("rgb(a,b,c)")]
    [InlineData("rgb(NaN,1,1)")]
    [InlineData("cmyk(1,2,3)")]
    [InlineData("no colour")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_colour_is_none(string? text) => Assert.Null(Rgba.Parse(text));

    [Fact]
    public void A_scale_passes_through_its_stops()
    {
        var scale = NeuroNotebooks.Figures.Svg.ColorScale.Read(JsonNode.Parse("""[[0,"#000000"],[0.5,"#ff0000"],[1,"#ffffff"]]"""))!;
        Assert.Equal("#000000", scale.At(-1.0).Hex);
        Assert.Equal("#800000", scale.At(0.25).Hex);
        Assert.Equal("#ff0000", scale.At(0.5).Hex);
        Assert.Equal("#ffffff", scale.At(2.0).Hex);
        Assert.Equal(0.0, scale.At(double.NaN).A);
        Assert.Equal("#ffffff", scale.Reversed().At(0.0).Hex);
    }

    [Fact]
    public void Scales_have_names_and_reverses()
    {
        Assert.Equal("#440154", NeuroNotebooks.Figures.Svg.ColorScale.Read(JsonValue.Create("Viridis"))!.At(0.0).Hex);
        Assert.Equal("#fde725", NeuroNotebooks.Figures.Svg.ColorScale.Read(JsonValue.Create("viridis_r"))!.At(0.0).Hex);
        Assert.Equal("#00ff00", NeuroNotebooks.Figures.Svg.ColorScale.Read(JsonNode.Parse("""["red","lime","blue"]"""))!.At(0.5).Hex);
        Assert.Null(NeuroNotebooks.Figures.Svg.ColorScale.Read(JsonValue.Create("no such scale")));
        Assert.Null(NeuroNotebooks.Figures.Svg.ColorScale.Read(JsonNode.Parse("[]")));
        Assert.Null(NeuroNotebooks.Figures.Svg.ColorScale.Read(JsonNode.Parse("""[[2,"red"]]""")));
    }

    [Theory]
    [InlineData("""{"cmin":0,"cmax":4}""", 0.0, 4.0)]
    [InlineData("""{"cmid":0}""", -3.0, 3.0)]
    [InlineData("{}", 1.0, 3.0)]
    public void The_range_of_colours_is_given_or_found(string spec, double low, double high)
    {
        var map = new ColorMap(JsonNode.Parse(spec), "c", NeuroNotebooks.Figures.Svg.ColorScale.Default, showByDefault: true);
        map.Observe([1.0, double.NaN, 3.0]);
        Assert.Equal((low, high), (map.Low, map.High));
        Assert.Equal(NeuroNotebooks.Figures.Svg.ColorScale.Default.At(0.5), map[0.5 * (low + high)]);
    }

    [Fact]
    public void One_value_alone_gets_the_middle_colour()
    {
        var map = new ColorMap(null, "c", NeuroNotebooks.Figures.Svg.ColorScale.Default, showByDefault: false);
        map.Observe([5.0]);
        Assert.Equal(NeuroNotebooks.Figures.Svg.ColorScale.Default.At(0.5), map[5.0]);
        Assert.Equal((0.0, 1.0), (new ColorMap(null, "c", NeuroNotebooks.Figures.Svg.ColorScale.Default, false).Low, new ColorMap(null, "c", NeuroNotebooks.Figures.Svg.ColorScale.Default, false).High));
    }

    [Fact]
    public void Ink_on_a_colour_can_be_read()
    {
        Assert.Equal(Rgba.White, new Rgba(0, 0, 128).Ink);
        Assert.NotEqual(Rgba.White, new Rgba(255, 255, 0).Ink);
        Assert.NotEqual(Rgba.White, new Rgba(0, 0, 0, 0.1).Ink);
    }
}
