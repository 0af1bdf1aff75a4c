using System.Globalization;
using System.Text;

namespace NeuroNotebooks.Figures;

/// <summary>Claims as HTML: one table, every colour written out, so that it reads the same in light and dark pages and on paper.</summary>
internal static class Scorecard
{
    public static string Html(Claims claims)
    {
        var html = new StringBuilder(Open());
        html.Append(CultureInfo.InvariantCulture,
            $"<caption style=\"caption-side:top;text-align:left;padding:4px 8px 8px;color:#1a1a1a\"><strong style=\"font-size:17px\">{SummaryHtml(claims)}</strong>");
        html.Append(CultureInfo.InvariantCulture,
            $"<br><span style=\"color:#595959\">{Figures.Html.Escape(claims.Paper)}, {Figures.Html.Escape(claims.Profile)} profile</span></caption>");
        html.Append("<thead><tr>");
        foreach (string heading in (string[])["Verdict", "Claim", "Paper and ours"])
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" style=\"{Cell}border-bottom:2px solid #4d4d4d\">{heading}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (Claim claim in claims.All) html.Append(Row(claim));
        return html.Append(Close).ToString();
    }

    public static string Html(Claim claim) => $"{Open()}<tbody>{Row(claim)}{Close}";

    private const string Cell = "padding:6px 8px;text-align:left;vertical-align:top;background:#ffffff;color:#1a1a1a;overflow-wrap:anywhere;";

    private const string Close = "</tbody></table></div>";

    private static string Open() =>
        "<div style=\"max-width:60em;margin:0 0 1em;padding:4px;background:#ffffff;color:#1a1a1a\">" +
        $"<table style=\"border-collapse:collapse;width:100%;background:#ffffff;color:#1a1a1a;font:14px/1.4 {Figures.Html.Fonts}\">";

    private static string SummaryHtml(Claims claims)
    {
        string color = claims.Failed > 0 ? Colors(Verdict.Failed).Text : "#1a1a1a";
        return $"<span style=\"color:{color}\">{Figures.Html.Escape(claims.Summary)}</span>";
    }

    /// <summary>Text and ground of a verdict: contrast 5 : 1 or more, and apart in lightness for readers who do not tell red from green.</summary>
    private static (string Text, string Ground) Colors(Verdict verdict) => verdict switch
    {
        Verdict.Held => ("#0b5c3b", "#e3f4ec"),
        Verdict.Failed => ("#ffffff", "#a81c07"),
        _ => ("#4d4d4d", "#eeeeee"),
    };

    private static string Row(Claim claim)
    {
        (string text, string ground) = Colors(claim.Verdict);
        string badge = $"<span style=\"display:inline-block;padding:1px 8px;border-radius:9px;background:{ground};color:{text};" +
            $"font-weight:bold;white-space:nowrap;print-color-adjust:exact;-webkit-print-color-adjust:exact\">{claim.Symbol} {claim.Word}</span>";
        string statement = $"<div>{Figures.Html.Escape(claim.Statement)}</div>" +
            $"<div style=\"color:#595959;font-size:13px\">{Figures.Html.Escape(claim.Source)}. {Figures.Html.Escape(claim.Reason)}</div>";
        string values = Value("paper", claim.Paper.ToString())
            + (claim.Ours is { } ours ? Value("ours", ours.ToString()) : "")
            + (claim.Check is { } check ? $"<div style=\"color:#595959;font-size:13px\">{Figures.Html.Escape(check.Description)}</div>" : "");
        const string Line = Cell + "border-bottom:1px solid #e0e0e0;";
        return $"<tr style=\"break-inside:avoid;background:#ffffff\"><td style=\"{Line}width:6.5em\">{badge}</td>" +
            $"<td style=\"{Line}\">{statement}</td><td style=\"{Line}width:30%\">{values}</td></tr>";
    }

    private static string Value(string who, string value) =>
        $"<div><span style=\"color:#595959\">{who}</span> <span style=\"font-variant-numeric:tabular-nums\">{Figures.Html.Escape(value)}</span></div>";
}
