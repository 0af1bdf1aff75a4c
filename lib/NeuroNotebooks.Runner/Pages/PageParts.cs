using System.Globalization;
using System.Net;
using System.Text;
using NeuroNotebooks.Runner.Execution;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>Small pieces that several pages show.</summary>
internal static class PageParts
{
    /// <summary>A time as a person says it: 41 s, 2 min 5 s.</summary>
    public static string Duration(TimeSpan time)
    {
        if (time < TimeSpan.FromSeconds(10)) return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(time.TotalSeconds, 0.1):0.0} s");
        int seconds = (int)Math.Round(time.TotalSeconds);
        return seconds < 60 ? $"{seconds} s" : seconds % 60 == 0 ? $"{seconds / 60} min" : $"{seconds / 60} min {seconds % 60} s";
    }

    /// <summary>What became of the claims, as a bar and in words.</summary>
    public static string ClaimsBar(NotebookRun run)
    {
        if (run.Claims.Count == 0) return "<p class=\"claims-line\">No scorecard was shown.</p>";
        var bar = new StringBuilder("<span class=\"bar\" aria-hidden=\"true\">");
        foreach (Claim claim in run.Claims.OrderBy(c => c.Verdict)) bar.Append($"<i class=\"{Word(claim.Verdict)}\"></i>");
        return $"<p class=\"claims-line\">{bar}</span> {WebUtility.HtmlEncode(ClaimsInWords(run))}</p>";
    }

    /// <summary>12 of 13 claims held, 1 failed.</summary>
    public static string ClaimsInWords(NotebookRun run)
    {
        int held = run.Count(Verdict.Held), failed = run.Count(Verdict.Failed), untested = run.Count(Verdict.Untested);
        if (run.Claims.Count == 0) return "no scorecard";
        string text = $"{held} of {Plural(held + failed, "claim")} held";
        if (failed > 0) text += $", {failed} failed";
        if (untested > 0) text += $", {untested} not testable in this profile";
        return text;
    }

    /// <summary>The claims as a table.</summary>
    public static string ClaimsTable(IEnumerable<(string Paper, string Link, Claim Claim)> rows, bool withPaper)
    {
        var html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Claims\"><table class=\"claims\"><thead><tr>");
        if (withPaper) html.Append("<th scope=\"col\">Notebook</th>");
        html.Append("<th scope=\"col\">Verdict</th><th scope=\"col\">Claim</th><th scope=\"col\">Source</th><th scope=\"col\">Paper</th><th scope=\"col\">Ours</th><th scope=\"col\">Tolerance and why</th></tr></thead><tbody>");
        foreach (var (paper, link, claim) in rows)
        {
            html.Append("<tr>");
            if (withPaper) html.Append($"<td><a href=\"{Attribute(link)}\">{Text(paper)}</a></td>");
            html.Append($"<td><span class=\"verdict {Word(claim.Verdict)}\">{Word(claim.Verdict)}</span></td><th scope=\"row\">{Text(claim.Statement)}</th>");
            html.Append($"<td>{Text(claim.Source)}</td><td class=\"number\">{Text(claim.Paper)}</td><td class=\"number\">{Text(claim.Ours)}</td>");
            html.Append($"<td>{Text(Joined(claim.Tolerance, claim.Reason))}</td></tr>\n");
        }
        return html.Append("</tbody></table></div>").ToString();
    }

    public static string Word(Verdict verdict) => verdict switch { Verdict.Held => "held", Verdict.Failed => "failed", _ => "untested" };

    public static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static string Attribute(string text) => WebUtility.HtmlEncode(text);

    private static string Joined(string tolerance, string reason) =>
        (tolerance.Length, reason.Length) switch { (0, _) => reason, (_, 0) => tolerance, _ => $"{tolerance}: {reason}" };
}
