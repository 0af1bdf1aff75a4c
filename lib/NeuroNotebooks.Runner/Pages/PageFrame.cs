using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>What all pages share: one file each, no script, nothing fetched from anywhere.</summary>
internal static class PageFrame
{
    // The browser itself then refuses whatever slipped through: no script runs and no address is asked.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private static readonly Lazy<string> Style = new(() =>
    {
        using Stream stream = typeof(PageFrame).Assembly.GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>A whole page.</summary>
    /// <param name="title">For the tab, in plain text.</param>
    /// <param name="kind">The class of the body.</param>
    /// <param name="body">HTML with a <c>main</c> whose id is <c>content</c>.</param>
    public static string Page(string title, string kind, string body) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="NeuroNotebooks">
        <title>{HtmlText.Encode(title)}</title>
        <style>
        {Style.Value}</style>
        </head>
        <body class="{kind}">
        <a class="skip" href="#content">Skip to the content</a>
        {body}
        </body>
        </html>

        """.ReplaceLineEndings("\n");
}
