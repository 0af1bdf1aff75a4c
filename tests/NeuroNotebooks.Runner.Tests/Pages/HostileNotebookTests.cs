using System.Text.Json.Nodes;
using Microsoft.Playwright;
using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Pages;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Pages;

/// <summary>Notebooks that try to act on the reader's machine, wherever text of theirs comes on a page.</summary>
public class HostileNotebookTests(Browser browser) : IClassFixture<Browser>
{
    // Each would set window.hacked or ask an address if it got through.
    private static readonly string[] Payloads =
    [
        "<script>window.hacked = 1</script>",
        "</script><script>window.hacked = 1</script>",
        "</style><script>window.hacked = 1</script>",
        "\"><img src=x onerror=\"window.hacked = 1\">",
        "'><svg onload='window.hacked = 1'>",
        "<svg><script>window.hacked = 1</script><a xlink:href='javascript:window.hacked=1'><text>x</text></a></svg>",
        "<svg><animate onbegin='window.hacked = 1' attributeName=x dur=1s><set attributeName=href to='javascript:window.hacked=1'/></svg>",
        "<svg><foreignObject><iframe srcdoc='<script>parent.hacked=1</script>'></iframe></foreignObject></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=window.hacked=1>'></math>",
        "<a href='javascript:window.hacked=1'>a</a><a href='data:text/html,<script>opener.hacked=1</script>'>b</a>",
        "<a href=' java\nscript:window.hacked=1'>c</a><form action='javascript:window.hacked=1'><button>go</button></form>",
        "<img src='https://outside.example/a.png'><img srcset='https://outside.example/b.png 2x'>",
        "<div style='background:url(https://outside.example/c.png)'>d</div><div style=\"background:image-set('https://outside.example/d.png' 1x)\">e</div>",
        "<style>@import 'https://outside.example/e.css'; body { display: none }</style>",
        "<link rel=stylesheet href='https://outside.example/f.css'><base href='https://outside.example/'><meta http-equiv=refresh content='0;https://outside.example/'>",
        "<object data='https://outside.example/g'></object><embed src='https://outside.example/h'><video src='https://outside.example/i' autoplay></video>",
        "<template><script>window.hacked = 1</script></template><noscript><p title='</noscript><img src=x onerror=window.hacked=1>'></noscript>",
        "\u2028window.hacked = 1\u2029",
    ];

    [FactWith("chromium", "packages")]
    public async Task Nothing_runs_and_nothing_is_asked_wherever_the_text_stands()
    {
        using var folder = new TemporaryFolder();
        string slug = OperatingSystem.IsWindows() ? "it's & #1 %41" : "it's \"><img src=x onerror=alert(1)> & #1 %41";
        GalleryEntry[] entries = [SavedGallery.Entry(slug, Hostile()), SavedGallery.Entry("second", Make.Notebook(Make.Text("# Second")))];
        SavedGallery.Write(folder.Path, PackageCache.OfUser(), entries);

        await using WatchedPage page = await browser.OpenAsync();
        page.Page.Dialog += (_, dialog) => Assert.Fail($"a dialog: {dialog.Message}");
        await page.GoToFileAsync(folder.File("index.html"));
        Assert.Equal(2, await page.Page.Locator(".card").CountAsync());
        await Unharmed(page);

        await page.Page.Locator(".card h2 a").First.ClickAsync();
        await page.Page.WaitForURLAsync(address => !address.EndsWith("index.html", StringComparison.Ordinal));
        await page.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => details.open = true)");
        ILocator figures = page.Page.Locator(".output.figure[data-description]");
        Assert.Equal(Payloads.Length, await figures.CountAsync());
        for (int i = 0; i < Payloads.Length; i++)
        {
            await figures.Nth(i).ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(figures.Nth(i)).ToHaveClassAsync("output figure is-live");
        }
        foreach (ILocator link in await page.Page.Locator("main a[href^='#']").AllAsync()) await link.DispatchEventAsync("click");
        const string acting = "main :is(script:not([type='application/json']), iframe, object, embed, style, link, form, base)";
        Assert.Equal(0, await page.Page.Locator(acting).CountAsync());
        await Unharmed(page);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Next paper Second" })).ToBeVisibleAsync();
    }

    [Fact]
    public void The_data_of_a_figure_cannot_end_its_element()
    {
        foreach (string payload in Payloads)
        {
            string html = FigureHtml.Render("<svg></svg>", payload, (JsonObject)Figure(payload)["data"]![OutputBundle.Plotly]!);
            string data = html.Split("<script type=\"application/json\">")[1].Split("</script>")[0];
            Assert.DoesNotContain('<', data);
            Assert.Equal(payload, JsonNode.Parse(data)!["layout"]!["title"]!["text"]!.GetValue<string>());
        }
    }

    [Fact]
    public void An_output_that_calls_itself_a_figure_brings_no_script_of_its_own()
    {
        const string fake = "<figure class=\"output figure\" data-description=\"x\"><div class=\"plate\"><svg></svg></div>"
            + "<script type=\"application/json\">{\"data\":[]}</script></figure>";
        Assert.DoesNotContain("<script", HtmlSanitizer.Clean(fake));
    }

    private static async Task Unharmed(WatchedPage page)
    {
        Assert.False(await page.Page.EvaluateAsync<bool>("() => 'hacked' in window"));
        Assert.Empty(page.OutsideRequests);
        Assert.True(page.Complaints.Count == 0, string.Join('\n', page.Complaints.Distinct()));
    }

    private static NotebookDocument Hostile()
    {
        string top = $"# Title {Payloads[0]} {Payloads[3]}\n\n**A. {Payloads[3]}** (2025)\n\n**Question.** {Payloads[4]}";
        var cells = new List<NotebookCell> { Make.Text(top) };
        foreach (string payload in Payloads)
        {
            cells.Add(Make.Text($"## Section {payload}\n\n{payload}\n\n| {payload} | $x$ |\n|---|---|\n| `{payload}` | $\\text{{{payload}}}$ |\n\n"
                + $"[link](javascript:window.hacked=1) ![p]({payload}) $\\href{{javascript:window.hacked=1}}{{y}}$"));
            cells.Add(Make.Code($"// {payload}\nvar s = \"{payload}\";", "answer").With(
                Make.Stream(payload), Make.Stream(payload, "stderr"), Make.Error(payload), Make.Html(payload), Figure(payload),
                Make.Display(("text/markdown", payload)), Make.Display(("image/svg+xml", $"<svg>{payload}</svg>"), ("text/plain", payload)),
                Make.Display(("image/png", payload), ("text/plain", payload)), Make.Display((payload, "x"))));
        }
        cells.Add(Make.Code("1").With(Make.Scorecard([.. Payloads.Select(payload => Claim(payload))])));
        return Make.Notebook([.. cells]);
    }

    private static JsonObject Claim(string payload) => new()
    {
        ["id"] = payload, ["source"] = payload, ["statement"] = payload, ["paper"] = payload, ["ours"] = payload,
        ["tolerance"] = payload, ["reason"] = payload, ["verdict"] = "held",
    };

    private static JsonObject Figure(string payload)
    {
        JsonObject Step(string name) => new() { ["label"] = payload + name, ["method"] = "animate", ["args"] = new JsonArray(new JsonArray(name)) };
        var plotly = new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject
            {
                ["type"] = "scatter", ["name"] = payload, ["x"] = new JsonArray(1, 2), ["y"] = new JsonArray(1, 2), ["text"] = payload,
                ["mode"] = "lines+text",
            }),
            ["layout"] = new JsonObject
            {
                ["title"] = new JsonObject { ["text"] = payload },
                ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = payload } },
                ["annotations"] = new JsonArray(new JsonObject { ["text"] = payload, ["x"] = 1, ["y"] = 1 }),
                ["sliders"] = new JsonArray(new JsonObject
                {
                    ["steps"] = new JsonArray(Step("a"), Step("b")), ["currentvalue"] = new JsonObject { ["prefix"] = payload, ["suffix"] = payload },
                }),
            },
        };
        string picture = $"<figure><svg viewBox=\"0 0 700 300\"><text>x</text></svg><figcaption>{payload}</figcaption></figure>";
        return Make.Display((OutputBundle.Plotly, plotly), ("text/html", picture), ("text/plain", payload));
    }
}
