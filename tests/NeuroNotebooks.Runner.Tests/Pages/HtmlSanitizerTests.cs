using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Pages;

namespace NeuroNotebooks.Runner.Tests.Pages;

public partial class HtmlSanitizerTests
{
    [Theory]
    [InlineData("a < b & c", "a &lt; b & c")]
    [InlineData("<p>one<p>two", "<p>one<p>two")]
    [InlineData("<b>open", "<b>open</b>")]
    [InlineData("</div></main>text", "text")]
    [InlineData("<div><b>x</div>y", "<div><b>x</b></div>y")]
    [InlineData("<script>alert(1)</script>x", "x")]
    [InlineData("<SCRIPT src=x>y</ScRiPt >z", "z")]
    [InlineData("<script>never closed", "")]
    [InlineData("<style>body{}</style>x", "x")]
    [InlineData("<iframe src=x></iframe><object>y</object>", "")]
    [InlineData("<form><input type=text><b>x</b></form>", "<b>x</b>")]
    [InlineData("<input type=\"checkbox\" disabled checked>", "<input type=\"checkbox\" disabled=\"\" checked=\"\">")]
    [InlineData("<b onclick=alert(1) ONLOAD='x' class=k>x</b>", "<b class=\"k\">x</b>")]
    [InlineData("<a href='javascript:alert(1)'>x</a>", "<a>x</a>")]
    [InlineData("<a href='java\nscript:alert(1)'>x</a>", "<a>x</a>")]
    [InlineData("<a href='&#106;avascript:x'>x</a>", "<a>x</a>")]
    [InlineData("<a href='data:text/html,x'>x</a>", "<a>x</a>")]
    [InlineData("<a href=\"https://x.org/?a=1&amp;b=2\">x</a>", "<a href=\"https://x.org/?a=1&amp;b=2\">x</a>")]
    [InlineData("<a href='other.html#part'>x</a>", "<a href=\"other.html#part\">x</a>")]
    [InlineData("<img src=\"https://x.org/a.png\" alt=\"a\">", "<img alt=\"a\">")]
    [InlineData("<img src=\"data:image/png;base64,AA==\">", "<img src=\"data:image/png;base64,AA==\">")]
    [InlineData("<p style=\"color:red\">x</p>", "<p style=\"color:red\">x</p>")]
    [InlineData("<p style=\"background:url(https://x)\">x</p>", "<p>x</p>")]
    [InlineData("<p style=\"position:fixed\">x</p>", "<p>x</p>")]
    [InlineData("<!-- <script> --><?php x ?><!DOCTYPE html>x", "x")]
    [InlineData("<details open><summary>s</summary>t</details>", "<details open=\"\"><summary>s</summary>t</details>")]
    [InlineData("<br/><hr>", "<br><hr>")]
    [InlineData("<svg><style>*{}</style><script>x</script><path d=\"M0 0\" fill=\"url(#g)\"/></svg>", "<svg><path d=\"M0 0\" fill=\"url(#g)\"/></svg>")]
    [InlineData("<svg><path fill=\"url(https://x)\"/><use href=\"#a\"/><use href=\"https://x#a\"/></svg>", "<svg><path/><use href=\"#a\"/><use/></svg>")]
    [InlineData("<svg><a href=\"https://x\"><text>t</text></a></svg>", "<svg><a><text>t</text></a></svg>")]
    [InlineData("<svg><foreignObject><b>x</b></foreignObject></svg>", "<svg><b>x</b></svg>")]
    [InlineData("<svg onload=\"x\" viewBox=\"0 0 1 1\"><g/></svg>", "<svg viewBox=\"0 0 1 1\"><g/></svg>")]
    [InlineData("<path d=\"M0\"/>", "")]
    [InlineData("<b", "&lt;b")]
    [InlineData("<b x='1", "&lt;b x='1")]
    [InlineData("<b x=", "&lt;b x=")]
    [InlineData("<td>x</td>", "<td>x</td>")]
    [InlineData("<img srcset='https://x 2x' src=x>", "<img>")]
    [InlineData("<math><mi>x</mi></math>", "<math><mi>x</mi></math>")]
    public void Only_what_shows_something_is_left(string html, string expected) => Assert.Equal(expected, HtmlSanitizer.Clean(html));

    [Fact]
    public void A_figure_of_our_own_is_left_as_it_is()
    {
        const string figure = """<figure style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-labelledby="t"><title id="t">T</title><desc>D</desc><defs><clipPath id="c"><rect x="0" y="0" width="9" height="9"/></clipPath><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs><g clip-path="url(#c)"><polyline points="0,1 2,3.5" stroke-dasharray="2 1"/></g><text x="1" y="2" transform="rotate(-90)" font-family="Arial,sans-serif">a &lt; b</text></svg><figcaption>C</figcaption></figure>""";
        Assert.Equal(figure, HtmlSanitizer.Clean(figure));
    }

    /// <summary>Random cuts and joins of harmful pieces: no script, handler or address survives, and tags balance.</summary>
    [Fact]
    public void No_mixture_of_harmful_pieces_gets_through()
    {
        string[] pieces = ["<script>", "</script>", "<b onclick=", "\"", "'", ">", "<", "/", "<svg>", "</svg>", "<img src=", "https://x", "javascript:", "<style>", "<a href=", " ", "x", "<!--", "-->", "</div>", "<p>", "=", "onload", "<math>", "<iframe", "\t"];
        for (int seed = 0; seed < 5000; seed++)
        {
            var random = new Random(seed);
            string html = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            string clean = HtmlSanitizer.Clean(html);
            Assert.DoesNotContain("<script", clean);
            Assert.DoesNotContain("<iframe", clean);
            MatchCollection tags = Tag().Matches(clean);
            Assert.True(clean.Count(c => c == '<') == tags.Count, $"seed {seed}: {clean}");       // every sign opens a whole tag
            foreach (Capture attribute in tags.SelectMany(tag => tag.Groups[1].Captures))
            {
                Assert.DoesNotMatch(@"^\s*on", attribute.Value);
                Assert.DoesNotMatch(@"^\s*(href|src)=""\s*javascript", attribute.Value);
                Assert.DoesNotMatch(@"^\s*src=""https?:", attribute.Value);
            }
            Assert.Equal(clean, HtmlSanitizer.Clean(clean));
        }
    }

    [GeneratedRegex(@"</?[A-Za-z][\w-]*(\s+[\w:.-]+=""[^""]*"")*\s*/?>")]
    private static partial Regex Tag();
}
