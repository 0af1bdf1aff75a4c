using System.Xml.Linq;
using NeuroNotebooks.Figures.Svg;

namespace NeuroNotebooks.Figures.Tests.Svg;

public class TextTests
{
    private static string Runs(string source) => string.Join('|', RichText.Parse(source).Lines.Select(line =>
        string.Concat(line.Select(run => $"{(run.Bold ? "b" : "")}{(run.Italic ? "i" : "")}{run.Script switch { > 0 => "^", < 0 => "_", _ => "" }}{run.Color}[{run.Text}]"))));

    [Theory]
    [InlineData("plain", "[plain]")]
    [InlineData("<b>a</b>c", "b[a][c]")]
    [InlineData("x<sub>1</sub><sup>2</sup>", "[x]_[1]^[2]")]
    [InlineData("<i>w<sub>EE</sub></i>", "i[w]i_[EE]")]
    [InlineData("a<br>b<br/>c", "[a]|[b]|[c]")]
    [InlineData("1 < 2 and 3 > 2", "[1 < 2 and 3 > 2]")]
    [InlineData("<script>x</script>", "[<script>x</script>]")]
    [InlineData("a &amp; b &lt; &mu;", "[a & b < μ]")]
    [InlineData("<span style=\"color: red;font-size:9px\">r</span>s", "#ff0000[r][s]")]
    [InlineData("<a href='x'>link</a>", "[link]")]
    [InlineData("<b>open", "b[open]")]
    [InlineData("</b>closed", "[closed]")]
    [InlineData("tab\tand\nline", "[tab and line]")]
    [InlineData("$\\tau_{m}$ (ms)", "[τ]i_[m][ (ms)]")]
    public void Pseudo_html_becomes_styled_runs(string source, string expected) => Assert.Equal(expected, Runs(source));

    [Theory]
    [InlineData("$\\frac{1}{\\sqrt{x}}$", "1/√x")]
    [InlineData("$\\mathrm{Ca}^{2+}$", "Ca2+")]
    [InlineData("$a \\leq b$", "a ≤ b")]
    [InlineData("$\\left(x\\right)$", "(x)")]
    [InlineData("costs 5$ or so", "costs 5$ or so")]
    [InlineData("$x<y$", "x<y")]
    [InlineData("$\\unknown\\,\\%$", "unknown %")]
    [InlineData("$-\\mathbf{w}\\quad$", "−w ")]
    [InlineData("$}$", "")]
    public void Simple_tex_reads_as_text(string source, string expected) => Assert.Equal(expected, RichText.Parse(source).Plain);

    [Fact]
    public void Deep_tex_comes_to_an_end() => Assert.NotNull(RichText.Parse("$" + new string('{', 500) + "^^^^___" + new string('\\', 301) + "$"));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public void Nothing_is_empty(string? source) => Assert.True(RichText.Parse(source).IsEmpty);

    [Fact]
    public void Lines_wrap_at_spaces_and_keep_their_words()
    {
        var text = RichText.Parse("a rather long title with <b>bold words</b> in the middle of it");
        var wrapped = text.Wrap(120.0, 13.0, bold: false);
        Assert.True(wrapped.Lines.Length > 2);
        Assert.All(wrapped.Lines, line => Assert.True(line.Sum(run => run.Width(13.0, false)) <= 125.0));
        Assert.Equal(text.Plain.Replace(" ", ""), wrapped.Plain.Replace(" ", ""));
        Assert.Contains(wrapped.Lines.SelectMany(line => line), run => run.Bold);
    }

    [Fact]
    public void A_word_wider_than_the_line_stays_whole() => Assert.Equal(2, RichText.Parse("a Donaudampfschiffahrtsgesellschaft").Wrap(20.0, 13.0, false).Lines.Length);

    [Fact]
    public void An_endless_text_is_cut() => Assert.True(RichText.Parse(new string('x', 100_000)).Plain.Length < 2100);

    [Fact]
    public void Widths_follow_the_letters()
    {
        Assert.True(TextMetrics.Width("iii", 12.0) < TextMetrics.Width("mmm", 12.0));
        Assert.Equal(2.0 * TextMetrics.Width("abc", 12.0), TextMetrics.Width("abc", 24.0), precision: 9);
        Assert.True(TextMetrics.Width("abc", 12.0, bold: true) > TextMetrics.Width("abc", 12.0));
        Assert.Equal(0.0, TextMetrics.Width("\u200B\u0301\n", 12.0));
        Assert.True(TextMetrics.Width("神経", 12.0) >= 24.0);
        Assert.True(TextMetrics.Width("−×α🧠→é–·\u00A0", 12.0) > 50.0);
        // Helvetica's digits are 0.556 of the size wide (Adobe Font Metrics); ours are at most a tenth wider
        Assert.InRange(TextMetrics.Width("0123456789", 10.0), 55.6, 61.2);
    }

    [Fact]
    public void A_superscript_rises_and_the_line_comes_back_down()
    {
        var picture = Samples.Draw("", """{"title":{"text":"10<sup>3</sup> units"},"xaxis":{"visible":false},"yaxis":{"visible":false}}""");
        var spans = picture.All("text").First().Elements().ToList();
        Assert.StartsWith("-", (string)spans[0].Attribute("dy")!, StringComparison.Ordinal);
        NeuroNotebooks.TestSupport.Close.To(0.0, spans.Sum(s => SvgPicture.Number(s, "dy")), 0.011);     // each written to a hundredth
    }

    [Fact]
    public void A_script_in_a_title_stays_text()
    {
        var picture = Samples.DrawJson("""{"data":[],"layout":{"title":{"text":"<script>alert(1)</script> & \"x\""}}}""");
        Assert.Empty(picture.All("script"));
        Assert.Contains(picture.Texts, t => t.Says == "<script>alert(1)</script> & \"x\"");
    }

    [Fact]
    public void Hostile_names_and_fonts_stay_inside_their_attributes()
    {
        string svg = SvgRenderer.Render(System.Text.Json.Nodes.JsonNode.Parse(
            """{"data":[{"name":"\" onload=\"x","y":[1,2],"line":{"dash":"\"><script>","color":"\"/><script>"}},{"y":[2,1]}],"layout":{"font":{"family":"a\" onclick=\"b"}}}""")!.AsObject(),
            "<t> & \"q\"", "]]>\u0001");
        var picture = new SvgPicture(svg);
        Assert.Empty(picture.All("script"));
        Assert.DoesNotContain(picture.Root.DescendantsAndSelf().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Equal("<t> & \"q\"", picture.All("title").Single().Value);
        Assert.Equal("]]>\uFFFD", picture.All("desc").Single().Value);
    }

    [Theory]
    [InlineData(0.004, "0")]
    [InlineData(-0.004, "0")]
    [InlineData(1234.567, "1234.57")]
    [InlineData(double.NaN, "0")]
    [InlineData(double.PositiveInfinity, "100000")]
    [InlineData(-0.5, "-0.5")]
    public void Numbers_in_svg_are_short(double value, string expected) => Assert.Equal(expected, Fixed.Text(value));

    [Fact]
    public void A_texttemplate_is_filled_in() => Assert.Equal("x = 0.50, y = 3, ?: , %{open",
        TextTemplate.Fill("x = %{x:.2f}, y = %{y}, ?: %{z}, %{open", name => name switch { "x" => 0.5, "y" => 3.0, _ => null }));
}
