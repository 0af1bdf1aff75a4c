using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Equations;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>A heading as the table of contents needs it.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Id">Its anchor on the page.</param>
/// <param name="Html">Its words, equations set.</param>
internal sealed record PageHeading(int Level, string Id, string Html);

/// <summary>Turns a notebook's Markdown into HTML that needs nothing from outside: equations set, pictures as data.</summary>
internal sealed partial class MarkdownHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseGridTables().UseEmphasisExtras().UseAutoLinks().UseTaskLists().UseFootnotes().UseDefinitionLists()
        .Build();

    private readonly string folder;
    private readonly Func<string, string> link;
    private readonly KatexProcess? katex;
    private readonly HashSet<string> ids = [];

    /// <param name="folder">Where pictures with relative addresses lie.</param>
    /// <param name="link">Rewrites relative links, such as those to other notebooks.</param>
    /// <param name="katex">Sets equations; null to write MathML.</param>
    public MarkdownHtml(string folder, Func<string, string>? link = null, KatexProcess? katex = null)
    {
        this.katex = katex;
        this.folder = folder;
        this.link = link ?? (address => address);
    }

    /// <summary>The headings met so far, in order.</summary>
    public List<PageHeading> Headings { get; } = [];

    /// <summary>LaTeX commands that are shown as they were written.</summary>
    public List<string> UnknownCommands { get; } = [];

    /// <summary>One cell's text.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="attachments">The cell's attached pictures by name.</param>
    public string ToHtml(string markdown, JsonObject? attachments = null)
    {
        var equations = new List<ExtractedMath>();
        MarkdownDocument document = Markdig.Markdown.Parse(MathExtraction.TakeOut(markdown, equations), Pipeline);
        string Finish(string html) => MathExtraction.PutBack(HtmlSanitizer.Clean(html), i => Set(equations[i]));
        foreach (LinkInline inline in document.Descendants<LinkInline>()) Embed(inline, attachments);
        foreach (HeadingBlock heading in document.Descendants<HeadingBlock>())
        {
            string id = UniqueId(MathExtraction.PutBack(PlainText(heading.Inline), i => equations[i].Latex));
            heading.GetAttributes().Id = id;
            Headings.Add(new(heading.Level, id, Finish(WithoutLinks().Replace(Render(heading.Inline!), ""))));
            if (heading.Level > 1) heading.Inline!.AppendChild(new HtmlInline(Anchor(id, PlainText(heading.Inline))));
        }
        return Finish(Render(document));
    }

    private static string Render(MarkdownObject node)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.RemoveAll(r => r is CodeBlockRenderer);
        renderer.ObjectRenderers.Add(new ColouredCode());
        renderer.Render(node);
        return writer.ToString();
    }

    private static string Anchor(string id, string words)
    {
        string label = HtmlText.Encode(MathExtraction.PutBack(words, _ => "").Trim());
        return $"<a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to: {label}\">#</a>";
    }

    private string Set(ExtractedMath math)
    {
        if (katex?.Set(math.Latex, math.Display) is { } html) return html;
        Equation equation = Equation.FromLatex(math.Latex, math.Display);
        UnknownCommands.AddRange(equation.Unknown);
        return equation.MathMl;
    }

    private void Embed(LinkInline inline, JsonObject? attachments)
    {
        string address = inline.Url ?? "";
        if (!inline.IsImage)
        {
            if (!address.Contains(':') && !address.StartsWith('#')) inline.Url = link(address);
            return;
        }
        if (address.StartsWith("attachment:", StringComparison.Ordinal))
        {
            var bundle = attachments?[Uri.UnescapeDataString(address["attachment:".Length..])] as JsonObject;
            if (bundle is { Count: > 0 })
                inline.Url = $"data:{bundle.GetAt(0).Key};base64,{Lines.Join(bundle.GetAt(0).Value)?.ReplaceLineEndings("")}";
        }
        else if (!address.Contains(':') && Picture(address) is { } data)
        {
            inline.Url = data;
        }
    }

    private string? Picture(string address)
    {
        string path = Path.Combine(folder, Uri.UnescapeDataString(address));
        string? type = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".webp" => "image/webp",
            ".svg" => "image/svg+xml",
            _ => null,
        };
        return type is not null && File.Exists(path) ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}" : null;
    }

    private string UniqueId(string text)
    {
        string stem = NotAnAnchor().Replace(text.ToLowerInvariant(), "-").Trim('-');
        if (stem.Length == 0 || !char.IsLetter(stem[0])) stem = stem.Length == 0 ? "section" : "s-" + stem;
        string id = stem;
        for (int i = 2; !ids.Add(id); i++) id = $"{stem}-{i}";
        return id;
    }

    private static string PlainText(ContainerInline? inline)
    {
        if (inline is null) return "";
        return string.Concat(inline.Descendants().Select(part => part switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            _ => "",
        }));
    }

    private sealed class ColouredCode : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock block)
        {
            string code = block.Lines.ToString();
            string language = (block as FencedCodeBlock)?.Info ?? "";
            string html = language is "csharp" or "cs" or "c#" ? CSharpHighlighter.ToHtml(code) : HtmlText.Encode(code);
            renderer.Write("<pre tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code>").Write(html).WriteLine("</code></pre>");
        }
    }

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+")]
    private static partial Regex NotAnAnchor();

    [GeneratedRegex(@"</?a\b[^>]*>")]
    private static partial Regex WithoutLinks();
}
