using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>One paper on the gallery's first page.</summary>
/// <param name="Slug">The notebook's name, and its page's.</param>
/// <param name="Run">Its run.</param>
internal sealed record GalleryEntry(string Slug, NotebookRun Run);

/// <summary>What the gallery says of the whole.</summary>
/// <param name="Profile">quick or full.</param>
/// <param name="BackEnd">The linear algebra in use, in words; null when the library does not say.</param>
internal sealed record GalleryFacts(string Profile, string? BackEnd);

/// <summary>The page that opens a reproduction: a card for each paper, then every claim.</summary>
internal static partial class GalleryPage
{
    /// <summary>Renders the page.</summary>
    /// <param name="entries">The papers in order.</param>
    /// <param name="about">What the page says of the whole.</param>
    /// <param name="assets">What stands beside the page.</param>
    /// <param name="katex">Sets equations; null to write MathML.</param>
    public static string Render(
        IReadOnlyList<GalleryEntry> entries, GalleryFacts about, SiteAssets? assets = null, KatexProcess? katex = null)
    {
        var body = new StringBuilder("<main id=\"content\">").Append(Hero(entries, about));
        body.Append("<section aria-label=\"Papers\" class=\"cards\">\n");
        foreach (GalleryEntry entry in entries) body.Append(Card(entry, new MarkdownHtml(".", null, katex)));
        body.Append("</section>\n");

        List<GalleryEntry> scored = [.. entries.Where(entry => entry.Run.Claims.Count > 0)];
        if (scored.Count > 0) body.Append("<section class=\"all-claims\"><h2>Every claim, beside what was computed</h2>\n");
        foreach (GalleryEntry entry in scored) body.Append(ClaimsOf(entry));
        if (scored.Count > 0) body.Append("</section>\n");
        body.Append("</main>\n");
        (string, string)[] rows = about.BackEnd is { } backEnd ? [("Linear algebra", HtmlText.Encode(backEnd))] : [];
        body.Append(PageFacts.Foot("Each page stands alone and asks nothing of the network.", rows, assets ?? SiteAssets.None));
        return PageFrame.Page("NeuroNotebooks: papers, recomputed", "gallery", assets ?? SiteAssets.None, home: null, body.ToString());
    }

    private static string Hero(IReadOnlyList<GalleryEntry> entries, GalleryFacts about)
    {
        int held = entries.Sum(e => e.Run.Count(Verdict.Held)), failed = entries.Sum(e => e.Run.Count(Verdict.Failed));
        int untested = entries.Sum(e => e.Run.Count(Verdict.Untested));
        var html = new StringBuilder("<header class=\"hero\"><h1>Papers, recomputed</h1>");
        int papers = entries.Count(entry => NotebookKind.Of(entry.Run.Notebook) == NotebookKind.Paper);
        string count = papers == 1 ? "A paper of computational neuroscience as a C# notebook. It"
            : $"{papers} papers of computational neuroscience as C# notebooks. Each";
        html.Append($"<p class=\"lead\">{count} teaches its paper, draws its figures again, and holds its claims against what was just "
            + "computed.</p>");
        html.Append("<dl class=\"numbers\">");
        Number(html, $"{held}<small> of {held + failed}</small>", "claims held", failed > 0 ? "" : "good");
        if (failed > 0) Number(html, $"{failed}", "failed", "bad");
        if (untested > 0) Number(html, $"{untested}", "not testable in this profile", "");
        Number(html, Words.Duration(TimeSpan.FromTicks(entries.Sum(e => e.Run.Elapsed.Ticks))),
            $"in the {HtmlText.Encode(about.Profile)} profile", "");
        return html.Append("</dl></header>\n").ToString();
    }

    private static string ClaimsOf(GalleryEntry entry)
    {
        string title = Sections.Title(entry.Run.Notebook);
        return $"<details><summary><span>{HtmlText.Encode(title)}</span> <span class=\"count\">"
            + $"{HtmlText.Encode(entry.Run.ClaimsInWords())}</span></summary>"
            + $"{PageParts.ClaimsTable(entry.Run.Claims, $"Claims of {title}")}</details>\n";
    }

    private static void Number(StringBuilder body, string number, string words, string kind) =>
        body.Append($"<div class=\"{kind}\"><dt>{words}</dt><dd>{number}</dd></div>");

    private static string Card(GalleryEntry entry, MarkdownHtml markdown)
    {
        NotebookRun run = entry.Run;
        string title = HtmlText.Encode(Sections.Title(run.Notebook)), page = HtmlText.Encode(PageLink.To(entry).Address);
        var html = new StringBuilder($"<article class=\"card\"><div class=\"thumbnail\">{Thumbnail(run.Notebook)}</div>");
        html.Append("<div class=\"words\">");
        if (NotebookKind.Of(run.Notebook) == NotebookKind.Guide) html.Append("<p class=\"label\">Guide</p>");
        html.Append($"<h2><a href=\"{page}\">{title}</a></h2>");
        if (Authors(run.Notebook) is { } authors) html.Append($"<p class=\"authors\">{HtmlText.Encode(authors)}</p>");
        if (Question(run.Notebook, markdown) is { } question) html.Append($"<div class=\"question\">{question}</div>");
        html.Append(PageParts.ClaimsBar(run.Claims, run.ClaimsInWords()));
        string profile = Provenance.SavedProfile(run.Notebook) is { } saved ? $", {HtmlText.Encode(saved)} profile" : "";
        string state = run.Complete ? $"{Words.Duration(run.Elapsed)}{profile}, {Words.Plural(run.CellsRun, "cell")}"
            : HtmlText.Encode(run.Failures.Count > 0 ? run.Failures[0].Message : "did not run to its end");
        html.Append($"<p class=\"state{(run.Complete ? "" : " bad")}\">{state}</p></div></article>\n");
        return html.ToString();
    }

    /// <summary>The first figure, as a picture of its own so that its names cannot meet those of another.</summary>
    internal static string Thumbnail(NotebookDocument notebook)
    {
        foreach (JsonObject output in notebook.Cells.SelectMany(cell => cell.Outputs))
        {
            string face = OutputBundle.Face(output, "image/svg+xml") ?? OutputBundle.Face(output, "text/html") ?? "";
            if (Svg().Match(face) is not { Success: true } svg) continue;
            string drawing = HtmlSanitizer.Clean(svg.Value);
            if (!drawing.Contains("xmlns=", StringComparison.Ordinal)) drawing = drawing.Insert(4, " xmlns=\"http://www.w3.org/2000/svg\"");
            string description = OutputBundle.Face(output, "text/plain") ?? "The first figure";
            string data = Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing));
            return $"<img alt=\"{HtmlText.Encode(description)}\" src=\"data:image/svg+xml;base64,{data}\">";
        }
        return "<span class=\"none\" aria-hidden=\"true\">no figure</span>";
    }

    /// <summary>The paragraph that opens with a bold "Question"; else the first real paragraph under the title.</summary>
    internal static string? Question(NotebookDocument notebook, MarkdownHtml markdown)
    {
        var paragraphs = notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Take(3)
            .SelectMany(cell => cell.Source.Split("\n\n")).Select(p => p.Trim()).ToList();
        string? asked = paragraphs.FirstOrDefault(p => QuestionMark().IsMatch(p));
        string? chosen = asked is not null ? QuestionMark().Replace(asked, "") : paragraphs.FirstOrDefault(IsProse);
        return chosen is null ? null : markdown.ToHtml(chosen);
    }

    /// <summary>Who wrote the paper and when, from the line in bold type under the title; null when there is none.</summary>
    internal static string? Authors(NotebookDocument notebook)
    {
        Match line = notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Take(1)
            .Select(cell => AuthorLine().Match(cell.Source)).FirstOrDefault(Match.Empty);
        return line.Success ? $"{line.Groups[1].Value} ({line.Groups[2].Value})" : null;
    }

    private static bool IsProse(string paragraph) =>
        paragraph.Length >= 60 && !"#>|-*`<$".Contains(paragraph[0]) && !paragraph.Contains("doi.org", StringComparison.OrdinalIgnoreCase)
        && !paragraph.Contains("DOI", StringComparison.Ordinal);

    [GeneratedRegex(@"^\*\*([^*\n]+)\*\* \((\d{4})\)", RegexOptions.Multiline)]
    private static partial Regex AuthorLine();

    [GeneratedRegex(@"<svg\b.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();

    [GeneratedRegex(@"^\*\*(?:The )?[Qq]uestions?[.:]?\*\*[.:]?\s*")]
    private static partial Regex QuestionMark();
}
