using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NeuroNotebooks.Figures.Tests.Svg;

/// <summary>What holds for every picture, whatever it shows.</summary>
public class EverySampleTests
{
    public static IEnumerable<object[]> Names => Samples.Names.Select(name => new object[] { name });

    [Fact]
    public void There_are_samples() => Assert.True(Samples.Names.Count() >= 38);

    [Theory, MemberData(nameof(Names))]
    public void No_two_texts_touch(string name)
    {
        var texts = Samples.Draw(name).Texts;
        var touching = from i in Enumerable.Range(0, texts.Count)
                       from j in Enumerable.Range(0, i)
                       where texts[i].Overlaps(texts[j])
                       select $"{texts[i].Role} “{texts[i].Says}” and {texts[j].Role} “{texts[j].Says}”";
        Assert.Empty(touching);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_text_lies_on_the_page(string name)
    {
        var picture = Samples.Draw(name);
        Assert.All(picture.Texts, text => Assert.All(text.Corners, corner =>
            Assert.True(corner.X >= 0.0 && corner.X <= picture.Width && corner.Y >= 0.0 && corner.Y <= picture.Height, $"“{text.Says}” at {corner}")));
    }

    [Theory, MemberData(nameof(Names))]
    public void Equal_figures_give_equal_bytes(string name) => Assert.Equal(Samples.Render(name), Samples.Render(name));

    [Theory, MemberData(nameof(Names))]
    public void A_comma_culture_changes_nothing(string name)
    {
        string expected = Samples.Render(name);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, Samples.Render(name));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        string[] names = [.. Samples.Names];
        string[] alone = [.. names.Select(Samples.Render)];
        var together = new string[names.Length];
        Parallel.For(0, names.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Samples.Render(names[i]));
        Assert.Equal(alone, together);
    }

    [Theory, MemberData(nameof(Names))]
    public void It_asks_for_nothing_from_outside_and_runs_nothing(string name)
    {
        string svg = Samples.Render(name);
        Assert.Single(Regex.Matches(svg, "http", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("<script", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<style", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<foreignObject", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", svg, StringComparison.Ordinal);
        var picture = Samples.Draw(name);
        Assert.All(picture.Root.Descendants().Attributes("href"), href => Assert.StartsWith("data:image/png;base64,", href.Value, StringComparison.Ordinal));
        Assert.DoesNotContain(picture.Root.DescendantsAndSelf().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_screen_reader_finds_title_and_description(string name)
    {
        var root = Samples.Draw(name).Root;
        Assert.Equal("img", (string?)root.Attribute("role"));
        string[] labels = ((string)root.Attribute("aria-labelledby")!).Split(' ');
        Assert.Equal($"Sample {name}", root.Elements().Single(e => (string?)e.Attribute("id") == labels[0]).Value);
        Assert.Equal("A figure for tests.", root.Elements().Single(e => (string?)e.Attribute("id") == labels[1]).Value);
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_numbers_are_short_and_plain(string name)
    {
        var picture = Samples.Draw(name);
        foreach (var attribute in picture.Root.Descendants().Attributes().Where(a => a.Name.LocalName is "d" or "x" or "y" or "width" or "cx" or "cy" or "r"))
        {
            Assert.DoesNotMatch("NaN|Infinity|[0-9]e|E", attribute.Value);
            Assert.DoesNotMatch(@"\.\d{4}", attribute.Value);
        }
    }

    [Fact]
    public void Several_figures_share_a_page_because_their_ids_differ()
    {
        var ids = Samples.Names.SelectMany(name => Samples.Draw(name).Root.DescendantsAndSelf().Attributes("id").Select(id => id.Value)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Every_clip_that_is_used_is_there()
    {
        foreach (string name in Samples.Names)
        {
            var picture = Samples.Draw(name);
            var known = picture.All("clipPath").Select(c => $"url(#{(string)c.Attribute("id")!})").ToHashSet();
            Assert.All(picture.Root.Descendants().Attributes("clip-path"), clip => Assert.Contains(clip.Value, known));
        }
    }

    [Fact]
    public void Every_sample_is_small()
    {
        foreach (string name in Samples.Names)
            Assert.True(Encoding.UTF8.GetByteCount(Samples.Render(name)) < 200_000, name);
    }
}
