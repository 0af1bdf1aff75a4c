using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>A notebook as one self-contained page.</summary>
internal static class NotebookPage
{
    /// <summary>Renders a notebook with the outputs it holds.</summary>
    public static string Render(NotebookDocument notebook, PageContext context)
    {
        var markdown = new MarkdownHtml(context.Folder, RewriteLink(context), context.Katex);
        string cells = WithSummary(Cells(notebook, markdown, context.Assets.Plotly is not null), PageFacts.Summary(notebook, context));
        string contents = Contents(markdown.Headings);

        var body = new StringBuilder("<div class=\"layout\">\n");
        if (contents.Length > 0)
        {
            body.Append("<nav class=\"contents\" aria-label=\"Contents\"><details class=\"narrow\"><summary>Contents</summary>")
                .Append(contents)
                .Append("</details><div class=\"wide\"><p class=\"label\">Contents</p>").Append(contents).Append("</div></nav>\n");
        }
        body.Append("<main id=\"content\">\n").Append(Warning(context)).Append("<article>\n").Append(cells)
            .Append("</article>\n").Append(PageFacts.Neighbours(context)).Append("</main>\n</div>\n")
            .Append(PageFacts.Provenance(notebook, context));
        return PageFrame.Page(Sections.Title(notebook), "notebook", context.Assets, context.Gallery, body.ToString());
    }

    /// <summary>Links between notebooks become links between their pages.</summary>
    private static Func<string, string> RewriteLink(PageContext context) => address =>
        context.Gallery is not null && address.Split('#')[0].EndsWith(".ipynb", StringComparison.Ordinal)
            ? address.Replace(".ipynb", ".html", StringComparison.Ordinal) : address;

    /// <summary>The facts stand under the title; before everything when there is none.</summary>
    private static string WithSummary(string cells, string summary)
    {
        const string End = "</h1>";
        int title = cells.IndexOf(End, StringComparison.Ordinal);
        return title < 0 ? summary + cells : cells.Insert(title + End.Length, summary);
    }

    private static string Warning(PageContext context) =>
        context.Run is { Failures: [var first, ..] }
            ? $"<p class=\"warning\" role=\"note\"><strong>This run did not reach its end.</strong> {HtmlText.Encode(first.Message)}</p>\n"
            : "";

    private static string Contents(IReadOnlyList<PageHeading> headings)
    {
        var listed = headings.Where(h => h.Level is 2 or 3).ToList();
        if (listed.Count < 2) return "";
        var html = new StringBuilder("<ol>");
        foreach (PageHeading heading in listed)
            html.Append($"<li class=\"level{heading.Level}\"><a href=\"#{heading.Id}\">{heading.Html}</a></li>");
        return html.Append("</ol>").ToString();
    }

    private static string Cells(NotebookDocument notebook, MarkdownHtml markdown, bool live)
    {
        var html = new StringBuilder();
        bool scored = false;
        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            NotebookCell cell = notebook.Cells[i];
            if (cell.HasTag("remove-cell") || cell.HasTag("remove_cell")) continue;
            bool answer = IsAnswer(cell);
            if (answer && (i == 0 || !IsAnswer(notebook.Cells[i - 1])))
                html.Append("<details class=\"answer\"><summary>Show the answer</summary>\n");
            if (!scored && cell.Outputs.Any(output => Claims.Card(output) is not null))
            {
                scored = true;
                html.Append("<div id=\"scorecard\"></div>");
            }
            html.Append(Cell(cell, markdown, live));
            if (answer && (i + 1 == notebook.Cells.Count || !IsAnswer(notebook.Cells[i + 1]))) html.Append("</details>\n");
        }
        return html.ToString();
    }

    private static bool IsAnswer(NotebookCell cell) => cell.HasTag("answer") || cell.HasTag("solution") || cell.HasTag("hide-cell");

    private static string Cell(NotebookCell cell, MarkdownHtml markdown, bool live) => cell.Kind switch
    {
        CellKind.Markdown => Prose(cell, markdown),
        CellKind.Code => Code(cell, markdown, live),
        _ => "<pre class=\"cell raw\" tabindex=\"0\" role=\"group\" aria-label=\"Text as it stands\">"
            + $"{HtmlText.Encode(cell.Source)}</pre>\n",
    };

    private static string Prose(NotebookCell cell, MarkdownHtml markdown) =>
        $"<section class=\"cell text\">{markdown.ToHtml(cell.Source, cell.Json["attachments"] as JsonObject)}</section>\n";

    private static string Code(NotebookCell cell, MarkdownHtml markdown, bool live)
    {
        var html = new StringBuilder("<div class=\"cell code\">");
        if (!string.IsNullOrWhiteSpace(cell.Source) && !cell.HasTag("remove-input"))
        {
            string number = cell.ExecutionCount is { } n ? $"<span class=\"number\" aria-hidden=\"true\">{n}</span>" : "";
            bool csharp = KernelMetadata.Language(cell) == "csharp";
            string code = csharp ? CSharpHighlighter.ToHtml(cell.Source) : HtmlText.Encode(cell.Source);
            string input = $"<div class=\"input\">{number}"
                + $"<pre tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code>{code}</code></pre></div>";
            html.Append(InputHidden(cell) ? $"<details class=\"folded\"><summary>Show the code</summary>{input}</details>" : input);
        }
        string outputs = string.Concat(cell.Outputs.Select(output => OutputHtml.Render(output, markdown, live)));
        if (outputs.Length > 0 && !cell.HasTag("remove-output"))
            html.Append(OutputsHidden(cell) ? $"<details class=\"folded\"><summary>Show the output</summary>{outputs}</details>" : outputs);
        return html.Append("</div>\n").ToString();
    }

    private static bool InputHidden(NotebookCell cell) =>
        cell.HasTag("hide-input") || cell.HasTag("hide_input") || IsTrue((cell.Metadata["jupyter"] as JsonObject)?["source_hidden"]);

    private static bool OutputsHidden(NotebookCell cell) =>
        cell.HasTag("hide-output") || IsTrue((cell.Metadata["jupyter"] as JsonObject)?["outputs_hidden"])
            || IsTrue(cell.Metadata["collapsed"]);

    private static bool IsTrue(JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;
}
