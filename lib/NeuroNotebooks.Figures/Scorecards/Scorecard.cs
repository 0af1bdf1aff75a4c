namespace NeuroNotebooks.Figures;

/// <summary>Claims as HTML: one table, every colour written out, so that it reads the same in light and dark pages and on paper.</summary>
internal static class Scorecard
{
    private const string Cell = $"padding:6px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere;{Figures.Html.OnWhite}";

    public static string Html(Claims claims)
    {
        string color = claims.Failed > 0 ? Strong(Verdict.Failed) : "#1a1a1a";
        string summary = Element("strong", $"font-size:17px;color:{color}", Safe(claims.Summary));
        string which = Element("span", Figures.Html.Quiet, $"{Safe(claims.Paper)}, {Safe(claims.Profile)} profile");
        string caption = Element("caption", "caption-side:top;text-align:left;padding:4px 8px 8px", $"{summary}<br>{which}");
        string head = string.Concat(((string[])["Verdict", "Claim", "Paper and ours"])
            .Select(heading => Element("th", $"{Cell}border-bottom:2px solid #4d4d4d", heading, "scope=\"col\"")));
        return Framed($"{caption}<thead><tr>{head}</tr></thead><tbody>{string.Concat(claims.All.Select(Row))}</tbody>");
    }

    public static string Html(Claim claim) => Framed($"<tbody>{Row(claim)}</tbody>");

    private static string Framed(string rows) => Element("div", $"max-width:60em;margin:0 0 1em;padding:4px;{Figures.Html.OnWhite}",
        Element("table", $"border-collapse:collapse;width:100%;{Figures.Html.OnWhite}font:14px/1.4 {Figures.Html.Fonts}", rows));

    private static string Row(Claim claim)
    {
        const string Line = $"{Cell}border-bottom:1px solid #e0e0e0;";
        const string Small = $"{Figures.Html.Quiet}font-size:13px";

        string statement = Element("div", "", Safe(claim.Statement))
            + Element("div", Small, $"{Safe(claim.Source)} · {Safe(claim.Reason)}");
        string values = Value("paper", claim.Paper)
            + (claim.Ours is { } ours ? Value("ours", ours) : "")
            + (claim.Check is { } check ? Element("div", Small, Safe(check.Description)) : "");
        return Element("tr", "break-inside:avoid;background:#ffffff",
            Element("td", $"{Line}width:6.5em", Badge(claim)) + Element("td", Line, statement) + Element("td", $"{Line}width:30%", values));
    }

    /// <summary>The outline keeps a verdict apart where a printer leaves out the ground.</summary>
    private static string Badge(Claim claim) => Element("span",
        $"display:inline-block;padding:1px 8px;border-radius:9px;white-space:nowrap;font-weight:bold;color:{Strong(claim.Verdict)};" +
        $"border:{(claim.Verdict == Verdict.Failed ? 2 : 1)}px solid {Strong(claim.Verdict)};background:{Pale(claim.Verdict)}",
        $"{claim.Symbol} {claim.Word}");

    private static string Strong(Verdict verdict) => verdict switch
    {
        Verdict.Held => "#0b5c3b",
        Verdict.Failed => "#a81c07",
        _ => "#4d4d4d",
    };

    private static string Pale(Verdict verdict) => verdict switch
    {
        Verdict.Held => "#e3f4ec",
        Verdict.Failed => "#fde4df",
        _ => "#f0f0f0",
    };

    private static string Value(string who, ClaimValue value) => Element("div", "",
        Element("span", Figures.Html.Quiet, who) + " " + Element("span", "font-variant-numeric:tabular-nums", Safe(value.ToString())));

    private static string Element(string name, string style, string content, string attributes = "") =>
        Figures.Html.Element(name, style, content, attributes);

    private static string Safe(string text) => Figures.Html.Escape(text);
}
