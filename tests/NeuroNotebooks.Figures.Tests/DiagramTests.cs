using System.Text.Json.Nodes;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Figures.Tests;

public class DiagramTests
{
    private static readonly Block[] Pair = [new("E", 0, 0), new("I", 1, 0)];

    private static JsonObject[] Notes(Figure figure) =>
        [.. JsonNode.Parse(figure.ToJson())!["layout"]!["annotations"]!.AsArray().Select(note => note!.AsObject())];

    private static double Number(JsonObject note, string key) => note[key]!.GetValue<double>();

    [Fact]
    public void Every_box_is_named_and_arrows_run_between_the_borders()
    {
        JsonObject[] notes = Notes(Plot.Diagram(Pair, [new("E", "I", "w")]));
        Assert.Equal(["E", "I", "", "w"], notes.Select(note => note["text"]!.GetValue<string>()));
        JsonObject arrow = notes[2];
        Assert.InRange(Number(arrow, "ax"), 0.3, 0.4);
        Assert.InRange(Number(arrow, "x"), 0.6, 0.7);
        Close.To(0.0, Number(arrow, "y"), 1e-12);
    }

    [Fact]
    public void An_arrow_and_its_answer_run_side_by_side()
    {
        JsonObject[] arrows = [.. Notes(Plot.Diagram(Pair, [new("E", "I"), new("I", "E")])).Where(note => note["axref"] is not null)];
        Assert.Equal(2, arrows.Length);
        Assert.True(Number(arrows[0], "y") > 0.05 && Number(arrows[1], "y") < -0.05);
    }

    [Fact]
    public void A_diagram_says_its_boxes_and_no_axis() =>
        Assert.Equal("areas: boxes (E, I).", Plot.Diagram(Pair, []).Titled("areas").ToString());

    [Fact]
    public void Wrong_boxes_and_links_are_named()
    {
        Assert.Throws<ArgumentException>("blocks", () => Plot.Diagram([], []));
        Assert.Contains("E", Assert.Throws<ArgumentException>("blocks", () => Plot.Diagram([Pair[0], new("E", 2, 2)], [])).Message);
        Assert.Throws<ArgumentException>("blocks", () => Plot.Diagram([Pair[0], new("X", 0, 0)], []));
        Assert.Contains("\"O\"; the boxes are E, I", Assert.Throws<ArgumentException>("links", () => Plot.Diagram(Pair, [new("E", "O")])).Message);
        Assert.Throws<ArgumentException>("links", () => Plot.Diagram(Pair, [new("E", "E")]));
    }
}
