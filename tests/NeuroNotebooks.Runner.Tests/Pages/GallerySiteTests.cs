using System.Text;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Pages;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Pages;

public class GallerySiteTests
{
    [FactWith("packages")]
    public void The_same_runs_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        string[] sites = [folder.File("one"), folder.File("two")];
        foreach (string site in sites)
        {
            Directory.CreateDirectory(site);
            SavedGallery.Write(site, PackageCache.OfUser(), SavedGallery.Paper("competition-ei"));
        }
        string[] files = [.. Files(sites[0])];
        Assert.Contains(Path.Combine("assets", "plotly.min.js"), files);
        Assert.Equal(files, Files(sites[1]));
        foreach (string file in files)
        {
            byte[] one = File.ReadAllBytes(Path.Combine(sites[0], file)), two = File.ReadAllBytes(Path.Combine(sites[1], file));
            Assert.True(one.AsSpan().SequenceEqual(two), file);
        }
    }

    [Fact]
    public void Without_packages_the_pages_stand_alone_and_the_reason_is_told()
    {
        using var folder = new TemporaryFolder();
        SiteAssets assets = SavedGallery.Write(folder.Path, PackageCache.None, Paper("one"), Paper("two"), Paper("three"));
        Assert.Single(assets.Missing);
        Assert.Equal(["index.html", "one.html", "one.ipynb", "three.html", "three.ipynb", "two.html", "two.ipynb"], Files(folder.Path));
        string page = File.ReadAllText(folder.File("two.html"));
        Assert.DoesNotContain("assets/", page);
        Assert.DoesNotContain("<script type", page);
        Assert.Contains("rel=\"prev\" href=\"one.html\"", page);
        Assert.Contains("rel=\"next\" href=\"three.html\"", page);
        Assert.Contains("href=\"two.ipynb\" download", page);
        Assert.DoesNotContain("rel=\"prev\"", File.ReadAllText(folder.File("one.html")));
    }

    [Fact]
    public void A_slider_carries_its_labels_and_stands_at_its_start()
    {
        JsonObject figure = Json("""
            {"data": [], "layout": {"sliders": [{"active": 1, "currentvalue": {"prefix": "gain = ", "suffix": " Hz"},
              "steps": [{"label": "0.5"}, {"label": "1"}, {"label": "2"}]}]}}
            """);
        string html = FigureHtml.Render("<svg></svg>", "d", figure);
        Assert.Contains("<span>gain</span><input type=\"range\" min=\"0\" max=\"2\" step=\"1\" value=\"1\"", html);
        Assert.Contains("aria-valuetext=\"1 Hz\"", html);
        Assert.DoesNotContain("class=\"range\"", FigureHtml.Render("<svg></svg>", "d", Json("""{"layout": {"sliders": [{}]}}""")));
    }

    [Fact]
    public void A_sheet_holds_the_fonts_that_were_obtained_and_no_others()
    {
        var package = new ObtainedPackage(new Dictionary<string, byte[]>
        {
            ["dist/a.css"] = Encoding.UTF8.GetBytes("/* c */@font-face{font-family:A;src:url(fonts/a.woff2) format(\"woff2\"),url(fonts/a.woff) format(\"woff\")}"
                + "@font-face { font-family: B; src: url('./fonts/b.woff2') format('woff2-variations'); unicode-range: U+0-FF; } .x{color:red}"
                + "@font-face{font-family:C;src:url(fonts/c.woff2)}"),
            ["dist/fonts/a.woff2"] = [1],
            ["dist/fonts/b.woff2"] = [2],
        }, null);
        Assert.Equal("@font-face{font-family:A;src:url(data:font/woff2;base64,AQ==) format(\"woff2\")}"
            + "@font-face { font-family: B; src:url(data:font/woff2;base64,Ag==) format(\"woff2\"); unicode-range: U+0-FF; } .x{color:red}\n",
            FontSheet.Inline(package, "dist/a.css"));
    }

    [FactWith("packages", "node")]
    public void KaTeX_sets_equations_and_leaves_what_it_does_not_know()
    {
        using var katex = KatexProcess.Start(PackageCache.OfUser().Obtain(PinnedPackage.Katex))!;
        Assert.Contains("class=\"katex-display\"", katex.Set("\\begin{align} a &= b \\\\ c &= d \\end{align}", display: true));
        Assert.DoesNotContain("eqn-num", katex.Set("\\begin{align} a &= b \\\\ c &= d \\end{align}", display: true));
        Assert.Contains("<math", katex.Set("x'", display: false));
        Assert.Null(katex.Set("\\noSuchCommand", display: false));
        Assert.Null(katex.Set("\\href{javascript:alert(1)}{x", display: false));
        Assert.Contains("<merror>", new MarkdownHtml(".", null, katex).ToHtml("$\\noSuchCommand$"));
        Assert.Contains("katex", new MarkdownHtml(".", null, katex).ToHtml("$\\alpha$"));
    }

    [Fact]
    public void Without_KaTeX_there_is_no_process() => Assert.Null(KatexProcess.Start(null));

    private static GalleryEntry Paper(string slug) =>
        SavedGallery.Entry(slug, Make.Notebook(Make.Text($"# {slug}"), Make.Code("1").With(Make.Figure(y: [1, 2]))));

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
