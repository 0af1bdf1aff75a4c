using System.Text;
using NeuroNotebooks.Runner.Execution;
using static NeuroNotebooks.Runner.Wording.HtmlText;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>Small pieces that several pages show.</summary>
internal static class PageParts
{
    /// <summary>What became of the claims, as a bar and in words.</summary>
    public static string ClaimsBar(NotebookRun run)
    {
        if (run.Claims.Count == 0) return "<p class=\"claims-line\">No scorecard was shown.</p>";
        var bar = new StringBuilder("<span class=\"bar\" aria-hidden=\"true\">");
        foreach (Claim claim in run.Claims.OrderBy(c => c.Verdict)) bar.Append($"<i class=\"{claim.Verdict.Word()}\"></i>");
        return $"<p class=\"claims-line\">{bar}</span> {run.ClaimsInWords()}</p>";
    }

    /// <summary>The claims as a table.</summary>
    public static string ClaimsTable(IEnumerable<(string Paper, string Link, Claim Claim)> rows, bool withPaper)
    {
        var html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Claims\">");
        html.Append("<table class=\"claims\"><thead><tr>");
        if (withPaper) html.Append("<th scope=\"col\">Notebook</th>");
        foreach (string column in (string[])["Verdict", "Claim", "Source", "Paper", "Ours", "Tolerance and why"])
            html.Append($"<th scope=\"col\">{column}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var (paper, link, claim) in rows)
        {
            html.Append("<tr>");
            if (withPaper) html.Append($"<td><a href=\"{Encode(link)}\">{Encode(paper)}</a></td>");
            html.Append($"<td><span class=\"verdict {claim.Verdict.Word()}\">{claim.Verdict.Word()}</span></td>");
            html.Append($"<th scope=\"row\">{Encode(claim.Statement)}</th>");
            html.Append($"<td>{Encode(claim.Source)}</td><td class=\"number\">{Encode(claim.Paper)}</td>");
            html.Append($"<td class=\"number\">{Encode(claim.Ours)}</td>");
            html.Append($"<td>{Encode(Joined(claim.Tolerance, claim.Reason))}</td></tr>\n");
        }
        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Joined(string tolerance, string reason) =>
        (tolerance.Length, reason.Length) switch { (0, _) => reason, (_, 0) => tolerance, _ => $"{tolerance}: {reason}" };
}
