using System.Text;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Wording;
using static NeuroNotebooks.Runner.Wording.HtmlText;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>What a page says about its notebook: verdicts at the top, neighbours and provenance at the end.</summary>
internal static class PageFacts
{
    /// <summary>Claims, time, profile and the file to download, for under the title.</summary>
    public static string Summary(NotebookDocument notebook, PageContext context)
    {
        var facts = new List<string>();
        if (context.Run is { } run) facts.Add($"<li>{Words.Duration(run.Elapsed)} to run</li>");
        if (Execution.Provenance.SavedProfile(notebook) is { } profile) facts.Add($"<li>{Encode(profile)} profile</li>");
        if (context.Download is { } file)
            facts.Add($"<li><a href=\"{Encode(Uri.EscapeDataString(file))}\" download>Download the notebook</a></li>");
        IReadOnlyList<Claim> claims = context.Run?.Claims ?? Claims.In(notebook);
        if (claims.Count == 0 && facts.Count == 0) return "";

        var html = new StringBuilder("<div class=\"summary\">");
        string bar = PageParts.ClaimsBar(claims, context.Run?.ClaimsInWords() ?? claims.InWords());
        if (claims.Count > 0) html.Append($"<a class=\"score\" href=\"#scorecard\">{bar}</a>");
        if (facts.Count > 0) html.Append($"<ul class=\"facts\">{string.Concat(facts)}</ul>");
        return html.Append("</div>").ToString();
    }

    /// <summary>The papers before and after, and the way back to all.</summary>
    public static string Neighbours(PageContext context)
    {
        if (context.Gallery is not { } gallery) return "";
        var html = new StringBuilder("<nav class=\"neighbours\" aria-label=\"Papers\">");
        if (context.Previous is { } previous) html.Append(Link(previous, "previous", "Previous paper"));
        html.Append($"<a class=\"all\" href=\"{Encode(gallery)}\"><span class=\"label\">Gallery</span>All papers</a>");
        if (context.Next is { } next) html.Append(Link(next, "next", "Next paper"));
        return html.Append("</nav>\n").ToString();
    }

    /// <summary>What the page was made from and with, for the foot of it.</summary>
    public static string Provenance(NotebookDocument notebook, PageContext context)
    {
        var rows = new List<(string, string)>();
        if (Execution.Provenance.Saved(notebook, "source") is { } source) rows.Add(("Cells", Encode(source)));
        if (Execution.Provenance.Saved(notebook, "library") is { } library) rows.Add(("Library", Encode(library)));
        if (context.BackEnd is { } backEnd) rows.Add(("Linear algebra", Encode(backEnd)));
        return Foot("Every number and figure on this page was computed by the code on it.", rows, context.Assets);
    }

    /// <summary>The foot of a page.</summary>
    /// <param name="sentence">Its first words, in HTML.</param>
    /// <param name="rows">Names and values, values in HTML.</param>
    /// <param name="assets">What stands beside the page, to be credited.</param>
    public static string Foot(string sentence, IReadOnlyList<(string Name, string Value)> rows, SiteAssets assets)
    {
        var html = new StringBuilder($"<footer class=\"foot\"><p>{sentence}</p>");
        string credits = string.Join(", ",
            assets.Credits.Select(credit => $"<a href=\"{Encode(credit.Licence)}\">{Encode(credit.Name)}</a>"));
        var all = credits.Length > 0 ? rows.Append(("Made with", credits)) : rows;
        if (all.Any())
            html.Append($"<dl>{string.Concat(all.Select(row => $"<div><dt>{row.Item1}</dt><dd>{row.Item2}</dd></div>"))}</dl>");
        return html.Append("</footer>").ToString();
    }

    private static string Link(PageLink link, string kind, string label) =>
        $"<a class=\"{kind}\" rel=\"{(kind == "next" ? "next" : "prev")}\" href=\"{Encode(link.Address)}\">"
        + $"<span class=\"label\">{label}</span>{Encode(link.Title)}</a>";
}
