using System.Globalization;

namespace NeuroNotebooks.Figures.Tests;

public class EveryFigureTests
{
    public static TheoryData<string> Names => Gallery.Names;

    [Theory, MemberData(nameof(Names))]
    public void Its_json_is_what_every_plotly_reads(string name) => Assert.Empty(PlotlySchema.Complaints(Gallery.All[name]().ToJson()));

    [Theory, MemberData(nameof(Names))]
    public void Its_json_read_back_is_written_with_the_same_bytes(string name)
    {
        string json = Gallery.All[name]().ToJson();
        Assert.Equal(json, Figure.FromJson(json).ToJson());
    }

    [Theory, MemberData(nameof(Names))]
    public void Made_twice_it_is_equal_and_has_the_same_bytes(string name)
    {
        Figure once = Gallery.All[name](), twice = Gallery.All[name]();
        Assert.Equal(once, twice);
        Assert.Equal(once.GetHashCode(), twice.GetHashCode());
        Assert.Equal(once.ToJson(), twice.ToJson());
    }

    [Theory, MemberData(nameof(Names))]
    public void A_culture_with_commas_changes_nothing(string name)
    {
        Figure figure = Gallery.All[name]();
        Figure made = Commas.Run(Gallery.All[name]);
        Assert.Equal(figure.ToJson(), Commas.Run(made.ToJson));
        Assert.Equal(figure.ToString(), Commas.Run(made.ToString));
        Assert.Equal(figure.ToHtml(), Commas.Run(made.ToHtml));
    }

    [Theory, MemberData(nameof(Names))]
    public void Modifiers_and_faces_leave_it_as_it_was(string name)
    {
        Figure figure = Gallery.All[name]();
        string before = figure.ToJson();
        _ = figure.Titled("t").Captioned("c").Sized(200, 200).Legend(LegendPlace.None);
        _ = figure.ToHtml() + figure.ToSvg() + figure + figure.ToPlotlyOutput();
        _ = Plot.Column(figure.HasFrames ? Plot.Line([1], [1]) : figure);
        Assert.Equal(before, figure.ToJson());
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_sentence_is_one_line_that_ends_in_a_full_stop(string name)
    {
        string sentence = Gallery.All[name]().ToString();
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", sentence, StringComparison.Ordinal);
        Assert.True(sentence.Length > 10, sentence);
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_html_holds_no_script_and_no_address(string name)
    {
        string html = Gallery.All[name]().ToHtml();
        Assert.StartsWith("<figure", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        string elsewhere = html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)
            .Replace("http://www.w3.org/1999/xlink", "", StringComparison.Ordinal);
        Assert.DoesNotContain("http", elsewhere, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(//", elsewhere, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_order_of_modifiers_does_not_matter()
    {
        Figure line = Plot.Line([1, 2], [3, 4], "a");
        Assert.Equal(
            line.Titled("t").Captioned("c").Sized(300, 200).XAxis("x", "ms").YAxis(range: (0, 5)),
            line.YAxis(range: (0, 5)).Sized(300, 200).XAxis("x", "ms").Captioned("c").Titled("t"));
    }

    [Fact]
    public void Figures_that_differ_are_not_equal()
    {
        Figure line = Plot.Line([1, 2], [3, 4]);
        Assert.NotEqual(line, Plot.Line([1, 2], [3, 4.000000000000001]));
        Assert.NotEqual(line, line.Titled("t"));
        Assert.False(line.Equals(null));
        Assert.False(line.Equals((object)"line"));
    }

    [Fact]
    public void The_schema_check_sees_what_it_should_see()
    {
        const string Bad = """
            {"data":[{"type":"scatter","x":[1,"a"],"y":["NaN"]}],"layout":{"title":"t","xaxis":{"range":["1",2]},"plot_bgcolor":"white"}}
            """;
        Assert.Equal(6, PlotlySchema.Complaints(Bad).Count);
    }

    [Fact]
    public void The_culture_check_writes_commas() => Assert.Equal("0,5", Commas.Run(() => 0.5.ToString(CultureInfo.CurrentCulture)));
}
