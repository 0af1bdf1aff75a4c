using Microsoft.Playwright;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Pages;

/// <summary>The gallery in Chromium, opened from the file system with the network off.</summary>
public class GalleryInBrowserTests(GalleryFixture gallery) : IClassFixture<GalleryFixture>
{
    private const string Live = ".output.figure[data-description]", Slider = ".range input";

    private string Index => Path.Combine(gallery.Full, "index.html");

    private string Paper => Path.Combine(gallery.Full, GalleryFixture.Paper + ".html");

    private string BarePaper => Path.Combine(gallery.Bare, GalleryFixture.Paper + ".html");

    [FactWith("chromium", "packages")]
    public async Task Every_figure_comes_alive_and_nothing_is_asked_from_the_network()
    {
        await using WatchedPage page = await gallery.Browser.OpenAsync();
        await page.GoToFileAsync(Index);
        await page.Page.GetByRole(AriaRole.Heading, new() { Level = 2 }).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.Page.WaitForURLAsync($"**/{GalleryFixture.Paper}.html");

        ILocator figures = page.Page.Locator(Live);
        int count = await figures.CountAsync();
        Assert.True(count >= 10, $"{count} figures");
        for (int i = 0; i < count; i++)
        {
            await figures.Nth(i).ScrollIntoViewIfNeededAsync();
            await page.Page.Locator($"{Live}.is-live").Nth(i).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }
        Assert.Empty(await page.Page.EvaluateAsync<string[]>($$"""
            () => [...document.querySelectorAll('{{Live}} .live')].filter(live => !live._fullLayout || live.querySelectorAll('.main-svg').length === 0
              || live.offsetWidth > live.closest('.plate').clientWidth).map(live => live.ariaLabel)
            """));
        Assert.Empty(page.Complaints);
        Assert.Empty(page.OutsideRequests);
        Assert.Contains(page.Requests, address => address.EndsWith("/assets/plotly.min.js", StringComparison.Ordinal));
    }

    [FactWith("chromium", "packages")]
    public async Task Figures_far_away_wait_until_they_are_scrolled_to()
    {
        await using WatchedPage page = await gallery.Browser.OpenAsync();
        await page.GoToFileAsync(Paper);
        await page.Page.WaitForLoadStateAsync();
        Assert.DoesNotContain(page.Requests, address => address.EndsWith("plotly.min.js", StringComparison.Ordinal));
    }

    [FactWith("chromium", "packages")]
    public async Task The_tab_key_reaches_a_slider_and_the_arrow_keys_change_the_trace()
    {
        await using WatchedPage page = await gallery.Browser.OpenAsync();
        await page.GoToFileAsync(Paper);
        for (int i = 0; i < 200 && !await page.Page.EvaluateAsync<bool>($"() => document.activeElement.matches('{Slider}')"); i++)
            await page.Page.Keyboard.PressAsync("Tab");
        ILocator slider = page.Page.Locator(Slider).First;
        await Assertions.Expect(slider).ToBeFocusedAsync();
        await page.Page.Locator(".output.figure.is-live:has(.range)").First.WaitForAsync();

        const string data = "() => JSON.stringify(document.querySelector('.figure:has(.range) .live')._fullData.map(t => [t._input.x, t._input.y]))";
        string before = await page.Page.EvaluateAsync<string>(data);
        string? said = await slider.GetAttributeAsync("aria-valuetext");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.WaitForFunctionAsync($"before => ({data})() !== before", before);
        Assert.NotEqual(said, await slider.GetAttributeAsync("aria-valuetext"));
        Assert.Equal(await slider.GetAttributeAsync("aria-valuetext"), await page.Page.Locator(".range output").First.TextContentAsync());
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await page.Page.WaitForFunctionAsync($"before => ({data})() === before", before);
        Assert.Empty(page.Complaints);
    }

    [FactWith("chromium", "packages")]
    public async Task Pictures_and_equations_stand_without_script()
    {
        await using WatchedPage page = await gallery.Browser.OpenAsync(new() { JavaScriptEnabled = false });
        await page.GoToFileAsync(Paper);
        ILocator pictures = page.Page.Locator($"{Live} .plate > svg");
        Assert.True(await pictures.CountAsync() >= 10);
        await Assertions.Expect(pictures.First).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(Slider).First).ToBeHiddenAsync();
        await Assertions.Expect(page.Page.Locator(".katex-display .katex-html").First).ToBeVisibleAsync();
        Assert.DoesNotContain("$$", await page.Page.Locator("main").InnerTextAsync());
        Assert.Empty(page.Complaints);
    }

    [FactWith("chromium")]
    public async Task Pictures_and_MathML_stand_where_npm_is_missing()
    {
        await using WatchedPage page = await gallery.Browser.OpenAsync();
        await page.GoToFileAsync(BarePaper);
        ILocator pictures = page.Page.Locator(".output.figure .plate > svg");
        Assert.True(await pictures.CountAsync() >= 10);
        await pictures.Nth(3).ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(pictures.Nth(3)).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator("math[display=block]").First).ToBeVisibleAsync();
        Assert.Equal(0, await page.Page.Locator(".range").CountAsync());
        Assert.Equal([new Uri(BarePaper).AbsoluteUri], page.Requests);
        Assert.Empty(page.Complaints);
    }

    public static TheoryData<string, ColorScheme, int> Views()
    {
        var views = new TheoryData<string, ColorScheme, int>();
        foreach (string name in (string[])["index", GalleryFixture.Paper])
            foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
                foreach (int width in (int[])[1280, 360]) views.Add(name, scheme, width);
        return views;
    }

    [TheoryWith("chromium", "packages", "axe"), MemberData(nameof(Views))]
    public async Task Axe_finds_nothing_serious(string name, ColorScheme scheme, int width)
    {
        await using WatchedPage page = await gallery.Browser.OpenAsync(
            new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = width, Height = 900 } });
        await page.Page.AddInitScriptAsync(Axe.Script);
        await page.GoToFileAsync(Path.Combine(gallery.Full, name + ".html"));
        await page.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => details.open = true)");
        if (name != "index")
        {
            await page.Page.Locator(".range").First.ScrollIntoViewIfNeededAsync();
            await page.Page.Locator(".is-live:has(.range)").First.WaitForAsync();
        }
        IReadOnlyList<string> found = await Axe.ViolationsAsync(page.Page);
        Assert.True(found.Count == 0, string.Join('\n', found));
        // Reading at this width needs no scrolling sideways.
        Assert.Equal(width, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [FactWith("chromium", "axe")]
    public async Task Axe_sees_a_page_that_is_wrong()
    {
        using var folder = new TemporaryFolder();
        await using WatchedPage page = await gallery.Browser.OpenAsync();
        await page.Page.AddInitScriptAsync(Axe.Script);
        await page.GoToFileAsync(folder.Write("bad.html", "<title>t</title><p style='color:#ccc;background:#fff'>pale</p><img src='data:,'>"));
        IReadOnlyList<string> found = await Axe.ViolationsAsync(page.Page);
        foreach (string rule in (string[])["color-contrast", "html-has-lang", "image-alt"])
            Assert.Contains(found, line => line.StartsWith(rule, StringComparison.Ordinal));
    }

    [FactWith("chromium", "packages")]
    public async Task The_theme_is_switched_and_kept()
    {
        await using WatchedPage page = await gallery.Browser.OpenAsync(new() { ColorScheme = ColorScheme.Light });
        await page.GoToFileAsync(Paper);
        const string ground = "() => getComputedStyle(document.body).backgroundColor";
        string light = await page.Page.EvaluateAsync<string>(ground);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        string dark = await page.Page.EvaluateAsync<string>(ground);
        Assert.NotEqual(light, dark);
        await page.GoToFileAsync(Index);
        Assert.Equal(dark, await page.Page.EvaluateAsync<string>(ground));
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Dark" })).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        Assert.Equal(light, await page.Page.EvaluateAsync<string>(ground));
    }

    [FactWith("chromium", "packages")]
    public async Task The_contents_follow_the_reader_and_code_can_be_copied()
    {
        await using WatchedPage page = await gallery.Browser.OpenAsync(new()
        {
            Permissions = ["clipboard-read", "clipboard-write"], ViewportSize = new() { Width = 1280, Height = 900 }, ReducedMotion = ReducedMotion.Reduce,
        });
        await page.GoToFileAsync(Paper);
        ILocator current = page.Page.Locator(".contents .wide a[aria-current=location]");
        Assert.Equal(0, await current.CountAsync());
        await page.Page.Locator(".contents .wide a").Nth(4).ClickAsync();
        await Assertions.Expect(current).ToHaveTextAsync(await page.Page.Locator(".contents .wide a").Nth(4).InnerTextAsync());
        await page.Page.Locator(".score").ClickAsync();
        await Assertions.Expect(page.Page.Locator("section.scorecard")).ToBeInViewportAsync();

        ILocator listing = page.Page.Locator(".input").First;
        await listing.HoverAsync();
        await listing.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".said")).ToHaveTextAsync("Copied");
        Assert.Equal(await listing.Locator("pre").TextContentAsync(), await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }

    [FactWith("chromium", "packages")]
    public async Task On_paper_the_pictures_stand_for_the_live_figures()
    {
        await using WatchedPage page = await gallery.Browser.OpenAsync();
        await page.GoToFileAsync(Paper);
        ILocator figure = page.Page.Locator(Live).First;
        await figure.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(figure.Locator(".main-svg").First).ToBeVisibleAsync();
        await Assertions.Expect(figure.Locator(".plate > svg")).ToBeHiddenAsync();
        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(figure.Locator(".plate > svg")).ToBeVisibleAsync();
        await Assertions.Expect(figure.Locator(".main-svg").First).ToBeHiddenAsync();
        await Assertions.Expect(page.Page.Locator(".top")).ToBeHiddenAsync();
    }
}
