using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Pages;
using NeuroNotebooks.Runner.Tests.Support;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Tests.Pages;

public class PageTests
{
    [Fact]
    public void A_page_has_a_strict_policy_landmarks_and_no_script_but_its_own()
    {
        string page = Page(Make.Text("# Title\n\n## One\n\n## Two"), Make.Code("1").With(Make.Html("<script>x</script><b>bold</b>")));
        Assert.Matches("content=\"default-src 'none'; script-src 'sha256-[^']*'; style-src 'unsafe-inline'; font-src data:; img-src data: blob:;", page);
        Assert.Contains("<main id=\"content\">", page);
        Assert.Contains("<nav class=\"contents\" aria-label=\"Contents\">", page);
        Assert.Contains("href=\"#content\">Skip to the content", page);
        Assert.Contains("<title>Title</title>", page);
        Assert.Contains("<li class=\"level2\"><a href=\"#one\">One</a></li>", page);
        Assert.Contains("<b>bold</b>", page);
        Assert.Single(Regex.Matches(page, "<script"));
        Assert.DoesNotContain("<script>x", page);
        Assert.DoesNotContain("\r", page);
    }

    [Theory]
    [InlineData("hide-input", "Show the code")]
    [InlineData("hide-output", "Show the output")]
    [InlineData("answer", "Show the answer")]
    public void Tags_fold_cells(string tag, string summary)
    {
        string page = Page(Make.Code("1", tag).With(Make.Stream("x")));
        Assert.Contains($"<summary>{summary}</summary>", page);
        Assert.DoesNotContain("<summary>", Page(Make.Code("1").With(Make.Stream("x"))));
    }

    [Fact]
    public void Metadata_of_Jupyter_folds_and_removes()
    {
        NotebookCell source = Make.Code("1"), outputs = Make.Code("2").With(Make.Stream("x")), collapsed = Make.Code("3").With(Make.Stream("x"));
        source.Metadata["jupyter"] = new JsonObject { ["source_hidden"] = true };
        outputs.Metadata["jupyter"] = new JsonObject { ["outputs_hidden"] = true };
        collapsed.Metadata["collapsed"] = true;
        string page = Page(source, outputs, collapsed, Make.Code("removed", "remove-cell"), Make.Code("unseen", "remove-input").With(Make.Stream("unheard")), Make.Code("4", "remove-output").With(Make.Stream("silent")));
        Assert.Equal(2, page.Split("Show the code").Length);
        Assert.Equal(3, page.Split("Show the output").Length);
        Assert.DoesNotContain("removed", page);
        Assert.DoesNotContain("unseen", page);
        Assert.Contains("unheard", page);
        Assert.DoesNotContain("silent", page);
    }

    [Fact]
    public void An_answer_of_several_cells_is_folded_once()
    {
        NotebookCell words = Make.Text("because");
        words.Metadata["tags"] = new JsonArray("answer");
        string page = Page(Make.Code("1", "answer"), words, Make.Text("after"));
        Assert.Equal(2, page.Split("Show the answer").Length);
        Assert.Matches("(?s)<details class=\"answer\">.*because.*</details>.*after", page);
    }

    [Fact]
    public void Outputs_are_shown_by_their_best_face()
    {
        string page = Page(Make.Code("1").With(
            Make.Stream("\u001b[31mred\u001b[0m <text>"), Make.Stream("careful", "stderr"), Make.Error("boom & bust"),
            Make.Figure(), Make.Display(("image/svg+xml", "<svg><g/></svg>")), Make.Display(("image/png", "AA\nAA"), ("text/plain", "a picture")),
            Make.Display(("text/markdown", "**fat**")), Make.Display(("text/latex", "$x^2$")), Make.Display(("text/plain", "1 < 2")),
            Make.Display(("application/json", new JsonObject { ["a"] = 1 })), Make.Display(("application/x", "?")), Make.Html("<script>x</script>")));
        Assert.Contains(">red &lt;text&gt;</pre>", page);
        Assert.Contains("class=\"output stderr\"", page);
        Assert.Contains("<strong>Error</strong> boom &amp; bust", page);
        Assert.Contains("<figure class=\"output figure\"><div class=\"plate\"><svg xmlns", page);
        Assert.Contains("<img alt=\"a picture\" src=\"data:image/png;base64,AAAA\">", page);
        Assert.Contains("<strong>fat</strong>", page);
        Assert.Contains("<msup><mi>x</mi><mn>2</mn></msup>", page);
        Assert.Contains("1 &lt; 2", page);
        Assert.Contains("&quot;a&quot;: 1", page);
        Assert.Contains("An output of type application/x, which a page cannot show.", page);
    }

    [Fact]
    public void Errors_show_where_they_happened()
    {
        JsonObject error = Make.Error("boom");
        error["traceback"] = new JsonArray("\u001b[0;31mat cell [1], line 2");
        Assert.Contains(">at cell [1], line 2</pre>", Page(Make.Code("1").With(error)));
    }

    [Fact]
    public void Equations_survive_Markdown()
    {
        string page = Page(Make.Text("""
            Inline $a_1 * b_2 * c_3$ and \$5 and `$code$` and $$x_1
            = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$$

            \begin{align}
            a &= b_1 \\ c &= d_2
            \end{align}

            | a | b |
            |---|---|
            | $|x|$ | \\(y\\) |

            ```
            $not_math$
            ```
            Prices: $5 and $6, $7-$8.
            """));
        Assert.DoesNotContain("<em>", page);
        Assert.Contains("<code>$code$</code>", page);
        Assert.Contains("<code>$not_math$</code>", page);
        Assert.Contains("$5 and <code>", page);
        Assert.Contains("Prices: $5 and $6, $7-$8.", page);
        Assert.Equal(2, page.Split("class=\"equations\"").Length);
        Assert.Contains("<td><math>", page);
        Assert.Equal(5, page.Split("<math").Length - 1);
        Assert.DoesNotContain('\uE0F0', page);
    }

    [Fact]
    public void Headings_get_anchors_of_their_own()
    {
        var markdown = new MarkdownHtml(".");
        markdown.ToHtml("## Same\n## Same\n## 1. The [link](https://x.org) of $\\alpha$\n## ***");
        Assert.Equal(["same", "same-2", "s-1-the-link-of-alpha", "section"], markdown.Headings.Select(h => h.Id).Take(4));
        Assert.DoesNotContain("<a ", markdown.Headings[2].Html);
        Assert.Contains("<math", markdown.Headings[2].Html);
    }

    [Fact]
    public void Pictures_beside_or_inside_the_notebook_become_part_of_the_page()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("cat 1.png"), [1, 2, 3]);
        var markdown = new MarkdownHtml(folder.Path, address => address.Replace(".ipynb", ".html", StringComparison.Ordinal));
        var attachments = new JsonObject { ["dog.png"] = new JsonObject { ["image/png"] = "AAAA" } };
        string html = markdown.ToHtml("![cat](cat%201.png) ![dog](attachment:dog.png) ![gone](none.png) ![far](https://x/y.png) [two](other.ipynb) [far](https://x/y.ipynb)", attachments);
        Assert.Contains("src=\"data:image/png;base64,AQID\" alt=\"cat\"", html);
        Assert.Contains("src=\"data:image/png;base64,AAAA\" alt=\"dog\"", html);
        Assert.Contains("<img alt=\"far\">", html);
        Assert.Contains("href=\"other.html\"", html);
        Assert.Contains("href=\"https://x/y.ipynb\"", html);
    }

    [Fact]
    public void Raw_HTML_in_text_is_reduced_to_what_shows()
    {
        string html = new MarkdownHtml(".").ToHtml("a<sub>1</sub> <script>x()</script><b onclick='x'>b</b>\n\n<details><summary>s</summary>\n\n*t*\n\n</details>");
        Assert.Contains("a<sub>1</sub>", html);
        Assert.Contains("<b>b</b>", html);
        Assert.Contains("<em>t</em>", html);
        Assert.DoesNotContain("script", html);
    }

    [Fact]
    public void CSharp_is_coloured_and_every_character_kept()
    {
        const string code = "#r \"x.dll\"\n// note <b>\nvar a = new List<double>(3); string s = $\"x{a.Count}\"; Math.Sqrt(2e-3);\nstatic int F(Figure f) => f is Plot p ? 1 : 'c';\n\"\"\"raw\"\"\" #!magic §";
        string html = CSharpHighlighter.ToHtml(code);
        Assert.Equal(code, System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "</?span[^>]*>", "")));
        foreach (string span in (string[])["\"c\">// note &lt;b&gt;", "\"k\">var", "\"k\">new", "\"t\">List", "\"k\">double", "\"n\">3", "\"t\">Math", "\"m\">Sqrt", "\"t\">Figure", "\"m\">F", "\"t\">Plot"])
            Assert.Contains($"<span class={span}</span>", html);
    }

    [Fact]
    public void The_gallery_shows_a_card_a_paper_and_every_claim()
    {
        NotebookDocument notebook = Make.Notebook(
            Make.Text("# Paper <One>\n\nA. Author, doi.org/10.1/x and a long line of other words beside it.\n\n**Question.** Why $x$?"),
            Make.Code("1").With(Make.Figure(svg: "<figure><svg viewBox=\"0 0 1 1\"><script>x</script><g/></svg></figure>")),
            Make.Code("2").With(Make.Scorecard(Make.Claim("a", 1, 1), Make.Claim("b", 1, 2, "failed"), Make.Claim("c", 1, 2, "untested"))));
        var run = new NotebookRun(notebook, [], Claims.In(notebook), TimeSpan.FromSeconds(65), 2, 2);
        string page = GalleryPage.Render([new("paper-one", run)], new("quick", "OpenBLAS 0.3 <2 threads>"));
        Assert.Contains("<a href=\"paper-one.html\">Paper &lt;One&gt;</a>", page);
        Assert.Contains("<p>Why <math>", page);
        Assert.Contains("1 of 2 claims held, 1 failed, 1 not testable in this profile", page);
        Assert.Contains("<p class=\"state\">1 min 5 s, 2 cells</p>", page);
        Assert.Contains("<dt>Linear algebra</dt><dd>OpenBLAS 0.3 &lt;2 threads&gt;</dd>", page);
        Assert.Equal(3, page.Split("class=\"verdict ").Length - 1);
        string drawing = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(page.Split("base64,")[1].Split('"')[0]));
        Assert.Equal("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><g/></svg>", drawing);
    }

    [Fact]
    public void A_card_without_figure_question_or_end_still_says_something()
    {
        NotebookDocument notebook = Make.Notebook(Make.Text("# P"));
        var run = new NotebookRun(notebook, [new(1, "cell [1]", Runner.Engine.CellStatus.Error, "cell [1]: boom")], [], TimeSpan.Zero, 1, 2);
        string page = GalleryPage.Render([new("p", run), new("q", run)], new("full", null));
        Assert.Contains("no figure", page);
        Assert.Contains("<p class=\"claims-line\">no scorecard</p>", page);
        Assert.Contains("<p class=\"state bad\">cell [1]: boom</p>", page);
        Assert.Contains("This run did not reach its end", NotebookPage.Render(notebook, new() { Folder = ".", Run = run }));
    }

    [Fact]
    public void A_skipped_cell_says_so_and_its_card_counts_it()
    {
        NotebookDocument notebook = Make.Notebook(Make.Text("# Guide"), Make.Code("1").With(Make.Skip("Deedle")));
        notebook.Metadata["neuronotebooks"] = new JsonObject { ["kind"] = "guide" };
        var run = new NotebookRun(notebook, [], [], TimeSpan.FromSeconds(1), 1, 1);
        Assert.Contains("<p class=\"output skipped\" role=\"note\">Skipped. This cell needs the package Deedle.</p>", NotebookPage.Render(notebook, new() { Folder = ".", Run = run }));
        string gallery = GalleryPage.Render([new("guide", run)], new("quick", null));
        Assert.Contains("<p class=\"label\">Guide</p>", gallery);
        Assert.Contains("no scorecard, passed with 1 cell skipped", gallery);
    }

    [Theory]
    [InlineData(0.04, "0.1 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(41.2, "41 s")]
    [InlineData(120, "2 min")]
    [InlineData(125, "2 min 5 s")]
    public void Times_are_said_as_people_say_them(double seconds, string said) => Assert.Equal(said, Words.Duration(TimeSpan.FromSeconds(seconds)));

    private static string Page(params NotebookCell[] cells) => NotebookPage.Render(Make.Notebook(cells), new PageContext { Folder = "." });
}
