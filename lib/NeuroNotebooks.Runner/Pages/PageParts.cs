using System.Text;
using NeuroNotebooks.Runner.Execution;
using static NeuroNotebooks.Runner.Wording.HtmlText;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>Small pieces that several pages show.</summary>
internal static class PageParts
{
    /// <summary>What became of the claims, as a bar and in words.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="words">The same in words.</param>
    public static string ClaimsBar(IReadOnlyList<Claim> claims, string words)
    {
        var bar = new StringBuilder();
        foreach (var same in claims.GroupBy(c => c.Verdict).OrderBy(g => g.Key))
            bar.Append($"<i class=\"{same.Key.Word()}\" style=\"flex-grow:{same.Count()}\"></i>");
        string shown = bar.Length > 0 ? $"<span class=\"bar\" aria-hidden=\"true\">{bar}</span> " : "";
        return $"<p class=\"claims-line\">{shown}{Encode(words)}</p>";
    }

    /// <summary>The claims as a table.</summary>
    /// <param name="claims">The claims in order.</param>
    /// <param name="name">What the table is called.</param>
    public static string ClaimsTable(IEnumerable<Claim> claims, string name)
    {
        var html = new StringBuilder($"<div class=\"scroll\" role=\"group\" aria-label=\"{Encode(name)}\">");
        html.Append("<table class=\"claims\"><thead><tr>");
        foreach (string column in (string[])["Verdict", "Claim", "Paper and ours"]) html.Append($"<th scope=\"col\">{column}</th>");
        html.Append("</tr></thead><tbody>\n");
        foreach (Claim claim in claims)
        {
            string note = Encode(string.Join(" · ", new[] { claim.Source, claim.Reason }.Where(part => part.Length > 0)));
            html.Append($"<tr><td><span class=\"verdict {claim.Verdict.Word()}\">{claim.Verdict.Word()}</span></td>");
            html.Append($"<th scope=\"row\">{Encode(claim.Statement)}<small>{note}</small></th><td class=\"values\">");
            html.Append(Value("paper", claim.Paper)).Append(Value("ours", claim.Ours));
            if (claim.Tolerance.Length > 0) html.Append($"<small>{Encode(Allowed(claim.Tolerance))}</small>");
            html.Append("</td></tr>\n");
        }
        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Value(string who, string value) =>
        value.Length == 0 ? "" : $"<div><span>{who}</span> {Encode(value)}</div>";

    /// <summary>A tolerance that is a number alone says what it allows.</summary>
    private static string Allowed(string tolerance) =>
        tolerance.All(c => char.IsAsciiDigit(c) || ".e+-".Contains(c)) ? $"± {tolerance}" : tolerance;
}
