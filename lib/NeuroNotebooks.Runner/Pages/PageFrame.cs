using System.Security.Cryptography;
using System.Text;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>What all pages share: their own style and script inside, and nothing fetched but what stands beside them.</summary>
internal static class PageFrame
{
    private static readonly string Style = Resource("page.css"), Script = Resource("page.js");

    // The browser itself then refuses whatever slipped through: no other script runs and no outside address is asked.
    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    /// <summary>A whole page.</summary>
    /// <param name="title">For the tab, in plain text.</param>
    /// <param name="kind">The class of the body.</param>
    /// <param name="assets">What stands beside the page.</param>
    /// <param name="home">The gallery's address; null for a page on its own, or the gallery itself.</param>
    /// <param name="body">HTML with a <c>main</c> whose id is <c>content</c>.</param>
    public static string Page(string title, string kind, SiteAssets assets, string? home, string body)
    {
        string plotly = assets.Plotly is { } address ? $" data-plotly=\"{HtmlText.Encode(address)}\"" : "";
        string sheets = string.Concat(assets.Sheets.Select(sheet => $"<link rel=\"stylesheet\" href=\"{HtmlText.Encode(sheet)}\">\n"));
        string brand = home is null ? "<span class=\"home\">NeuroNotebooks</span>"
            : $"<a class=\"home\" href=\"{HtmlText.Encode(home)}\"><span aria-hidden=\"true\">←</span> All papers</a>";
        return $"""
            <!DOCTYPE html>
            <html lang="en"{plotly}>
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy(assets)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="NeuroNotebooks">
            <meta name="referrer" content="no-referrer">
            <title>{HtmlText.Encode(title)}</title>
            {sheets}<style>
            {Style}</style>
            <script>{Script}</script>
            </head>
            <body class="{kind}">
            <a class="skip" href="#content">Skip to the content</a>
            <header class="top">{brand}
            <button class="theme" type="button" aria-pressed="false" hidden>{Moon}<span>Dark</span></button></header>
            {body}
            <p class="said" role="status"></p>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private const string Moon =
        "<svg viewBox=\"0 0 24 24\" width=\"15\" height=\"15\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"9\" fill=\"none\" "
        + "stroke=\"currentColor\" stroke-width=\"2\"/><path d=\"M12 3a9 9 0 0 1 0 18z\" fill=\"currentColor\"/></svg>";

    /// <summary>Files beside the page are allowed only where there are some; of the scripts inside it, its own by the hash.</summary>
    private static string Policy(SiteAssets assets)
    {
        string beside = assets.Plotly is null ? "" : "'self' ", sheets = assets.Sheets.IsEmpty ? "" : "'self' ";
        return $"default-src 'none'; script-src {beside}'sha256-{ScriptHash}'; style-src {sheets}'unsafe-inline'; "
            + "font-src data:; img-src data: blob:; base-uri 'none'; form-action 'none'";
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(PageFrame).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
