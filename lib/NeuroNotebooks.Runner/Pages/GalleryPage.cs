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

/// <summary>The page that opens a reproduction: a card for each paper, then every claim.</summary>
internal static partial class GalleryPage
{
    /// <summary>Renders the page.</summary>
    /// <param name="entries">The papers in order.</param>
    /// <param name="profile">quick or full.</param>
    /// <param name="backEnd">The linear algebra in use, in words; null when the library does not say.</param>
    public static string Render(IReadOnlyList<GalleryEntry> entries, string profile, string? backEnd)
    {
        int held = entries.Sum(e => e.Run.Count(Verdict.Held)), failed = entries.Sum(e => e.Run.Count(Verdict.Failed));
        int untested = entries.Sum(e => e.Run.Count(Verdict.Untested));
        var body = new StringBuilder(
            "<main id=\"content\"><header class=\"hero\"><p class=\"label\">NeuroNotebooks</p><h1>Papers, recomputed</h1>");
        body.Append($"<p class=\"lead\">{Words.Plural(entries.Count, "paper")} of computational neuroscience as C# notebooks: each "
            + $"teaches its paper, draws its figures again, and holds its claims against what was just computed.</p>");
        body.Append("<dl class=\"numbers\">");
        Number(body, $"{held}", "claims held", "good");
        Number(body, $"{failed}", "failed", failed > 0 ? "bad" : "");
        Number(body, $"{untested}", "not testable in this profile", "");
        Number(body, Words.Duration(TimeSpan.FromTicks(entries.Sum(e => e.Run.Elapsed.Ticks))),
            $"in the {HtmlText.Encode(profile)} profile", "");
        body.Append("</dl>");
        if (backEnd is not null) body.Append($"<p class=\"backend\">Linear algebra: {HtmlText.Encode(backEnd)}.</p>");
        body.Append("</header>\n<section aria-label=\"Papers\" class=\"cards\">\n");
        foreach (GalleryEntry entry in entries) body.Append(Card(entry));
        body.Append("</section>\n");

        var rows = entries.SelectMany(e => e.Run.Claims.Select(claim => (Sections.Title(e.Run.Notebook), e.Slug + ".html", claim)))
            .ToList();
        if (rows.Count > 0) body.Append("<section class=\"all-claims\"><h2>Every claim</h2>")
            .Append(PageParts.ClaimsTable(rows, withPaper: entries.Count > 1)).Append("</section>\n");
        return PageFrame.Page("NeuroNotebooks: papers, recomputed", "gallery", body.Append("</main>").ToString());
    }

    private static void Number(StringBuilder body, string number, string words, string kind) =>
        body.Append($"<div class=\"{kind}\"><dt>{words}</dt><dd>{number}</dd></div>");

    private static string Card(GalleryEntry entry)
    {
        NotebookRun run = entry.Run;
        string title = HtmlText.Encode(Sections.Title(run.Notebook)), page = HtmlText.Encode(entry.Slug + ".html");
        var html = new StringBuilder($"<article class=\"card\"><div class=\"thumbnail\">{Thumbnail(run.Notebook)}</div>");
        html.Append("<div class=\"words\">");
        html.Append($"<h2><a href=\"{page}\">{title}</a></h2>");
        if (Question(run.Notebook) is { } question) html.Append($"<div class=\"question\">{question}</div>");
        html.Append(PageParts.ClaimsBar(run));
        string state = run.Complete ? $"{Words.Duration(run.Elapsed)}, {Words.Plural(run.CellsRun, "cell")}"
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
    internal static string? Question(NotebookDocument notebook)
    {
        var paragraphs = notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Take(3)
            .SelectMany(cell => cell.Source.Split("\n\n")).Select(p => p.Trim()).ToList();
        string? asked = paragraphs.FirstOrDefault(p => QuestionMark().IsMatch(p));
        string? chosen = asked is not null ? QuestionMark().Replace(asked, "") : paragraphs.FirstOrDefault(IsProse);
        return chosen is null ? null : new MarkdownHtml(".").ToHtml(chosen);
    }

    private static bool IsProse(string paragraph) =>
        paragraph.Length >= 60 && !"#>|-*`<$".Contains(paragraph[0]) && !paragraph.Contains("doi.org", StringComparison.OrdinalIgnoreCase)
        && !paragraph.Contains("DOI", StringComparison.Ordinal);

    [GeneratedRegex(@"<svg\b.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();

    [GeneratedRegex(@"^\*\*(?:The )?[Qq]uestions?[.:]?\*\*[.:]?\s*")]
    private static partial Regex QuestionMark();
}
