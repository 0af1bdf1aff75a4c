using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>Shows one output of a cell by the best of its faces that needs no script.</summary>
internal static partial class OutputHtml
{
    /// <summary>The output as HTML.</summary>
    /// <param name="output">An nbformat output.</param>
    /// <param name="markdown">Renders Markdown and LaTeX faces.</param>
    /// <param name="live">Write the data of figures too, for the script that draws them.</param>
    public static string Render(JsonObject output, MarkdownHtml markdown, bool live = false)
    {
        switch (OutputBundle.Type(output))
        {
            case "stream":
                bool errors = OutputBundle.Text(output["name"]) == "stderr";
                string text = Plain(OutputBundle.Text(output["text"]) ?? "");
                return errors ? Pre(text, "output stderr", "Messages") : Pre(text, "output stream", "Printed text");
            case "error":
                return Error(output);
            default:
                return Bundle(output, markdown, live);
        }
    }

    private static string Bundle(JsonObject output, MarkdownHtml markdown, bool live)
    {
        string? alternative = OutputBundle.Face(output, "text/plain");
        var plotly = OutputBundle.Data(output)?[OutputBundle.Plotly] as JsonObject;
        if (Claims.Card(output) is { } card) return Scorecard(card);
        if (OutputBundle.Data(output)?.ContainsKey(CellSkip.MimeType) == true)
            return $"<p class=\"output skipped\" role=\"note\">{HtmlText.Encode(alternative ?? "Skipped.")}</p>";
        if (OutputBundle.Face(output, "text/html") is { } html)
        {
            string clean = HtmlSanitizer.Clean(html);
            if (clean.Trim().Length > 0)
                return plotly is not null ? FigureHtml.Render(clean, alternative ?? "A figure", live ? plotly : null) : Rich(clean);
        }
        if (OutputBundle.Face(output, "image/svg+xml") is { } svg)
            return FigureHtml.Render(HtmlSanitizer.Clean(svg), alternative ?? "A figure", live ? plotly : null);
        foreach (string type in (string[])["image/png", "image/jpeg", "image/gif", "image/webp"])
            if (OutputBundle.Face(output, type) is { } image)
                return Picture(type, image.ReplaceLineEndings(""), alternative ?? "A picture without a description");
        if (OutputBundle.Face(output, "text/markdown") is { } text) return $"<div class=\"output rich\">{markdown.ToHtml(text)}</div>";
        if (OutputBundle.Face(output, "text/latex") is { } latex) return $"<div class=\"output rich\">{markdown.ToHtml(latex)}</div>";
        if (alternative is not null) return Pre(Plain(alternative), "output result", "Result");
        if (OutputBundle.Data(output)?["application/json"] is { } json) return Pre(JsonText.Write(json), "output result", "Result");
        string types = string.Join(", ", OutputBundle.Data(output)?.Select(face => face.Key) ?? []);
        return types is "" or OutputBundle.Claims ? ""
            : $"<p class=\"output missing\">An output of type {HtmlText.Encode(types)}, which a page cannot show.</p>";
    }

    private static string Picture(string type, string data, string alternative) => Base64.IsValid(data)
        ? FigureHtml.Render($"<img alt=\"{HtmlText.Encode(alternative)}\" src=\"data:{type};base64,{data}\">", alternative, null)
        : $"<p class=\"output missing\">A picture whose data are damaged: {HtmlText.Encode(alternative)}</p>";

    /// <summary>Tables of the library bring a white ground for pages that know nothing of them; here they take the page's.</summary>
    private static string Rich(string clean) =>
        $"<div class=\"output rich{(clean.Contains("background:#ffffff", StringComparison.Ordinal) ? " own" : "")}\">{clean}</div>";

    private static string Scorecard(JsonObject card)
    {
        IReadOnlyList<Claim> claims = Claims.Read(card, "The scorecard");
        return $"<section class=\"output scorecard\" aria-label=\"Scorecard\">{PageParts.ClaimsBar(claims, claims.InWords())}"
            + $"{PageParts.ClaimsTable(claims, "Claims")}</section>";
    }

    private static string Error(JsonObject output)
    {
        string name = OutputBundle.Text(output["ename"]) ?? "Error", value = OutputBundle.Text(output["evalue"]) ?? "";
        var trace = (output["traceback"] as JsonArray)?.Select(line => Plain(OutputBundle.Text(line) ?? "")) ?? [];
        string details = string.Join('\n', trace).Trim();
        var html = new StringBuilder("<div class=\"output error\" role=\"group\" aria-label=\"Error\"><p><strong>");
        html.Append(HtmlText.Encode(name)).Append("</strong> ").Append(HtmlText.Encode(Plain(value))).Append("</p>");
        if (details.Length > 0 && details != value) html.Append(Pre(details, "trace", "Where it happened"));
        return html.Append("</div>").ToString();
    }

    private static string Pre(string text, string kind, string label) =>
        $"<pre class=\"{kind}\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">{HtmlText.Encode(text)}</pre>";

    /// <summary>Text without the escape codes by which terminals colour.</summary>
    private static string Plain(string text) => Escapes().Replace(text, "");

    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\^_])")]
    private static partial Regex Escapes();
}
