using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>What a cell can call without a <c>using</c>. Names and places are those of .NET Interactive, so that a notebook runs in both.</summary>
public static class Kernel
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">Any value; null is shown as such.</param>
    /// <param name="mimeTypes">The MIME types to show it in; those its type prefers when none is given.</param>
    /// <returns>A handle through which the display can be updated, from this cell or a later one.</returns>
    [SuppressMessage("Style", "IDE1006", Justification = "The name that notebooks call.")]
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);

    /// <summary>Marks a text as HTML, to be shown as it is.</summary>
    /// <param name="content">The HTML.</param>
    /// <returns>The HTML as a value that a cell can return or display.</returns>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Shows an HTML style sheet, which takes effect where the front end allows it.</summary>
    /// <param name="content">The style sheet.</param>
    public static void CSS(string content) => HTML($"<style>{content}</style>").Display(HtmlFormatter.MimeType);

    /// <summary>Shows an HTML script element, which runs where the front end allows it.</summary>
    /// <param name="scriptContent">The script.</param>
    public static void Javascript(string scriptContent) =>
        HTML($"<script type=\"text/javascript\">{scriptContent}</script>").Display(HtmlFormatter.MimeType);
}
