using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Host;

/// <summary>Writes declarations and XML documentation as plain text and as HTML.</summary>
internal static partial class DescriptionText
{
    /// <summary>A paragraph: prose, in which `code` stands between backticks, or lines of code.</summary>
    private sealed record Paragraph(string Text, bool IsCode, string Title = "");

    /// <summary>The description.</summary>
    /// <param name="declarations">One a line.</param>
    /// <param name="documentation">The <c>member</c> element, or null.</param>
    public static Description Of(IReadOnlyList<string> declarations, XElement? documentation)
    {
        var plain = new StringBuilder(string.Join('\n', declarations)).Append('\n');
        var html = new StringBuilder($"<pre>{HtmlText.Encode(string.Join('\n', declarations))}</pre>");
        bool wasListed = false;
        foreach (var (title, isListed, paragraphs) in Parts(documentation))
        {
            if (paragraphs.Count == 0) continue;
            if (!(isListed && wasListed)) plain.Append('\n');
            wasListed = isListed;
            if (title.Length > 0) paragraphs[0] = paragraphs[0] with { Title = title };
            foreach (var paragraph in paragraphs)
            {
                plain.Append(Plain(paragraph)).Append('\n');
                html.Append(Html(paragraph));
            }
        }
        return new Description(plain.ToString().TrimEnd(), html.ToString());
    }

    private static string Plain(Paragraph paragraph)
    {
        string title = paragraph.Title.Length > 0 ? paragraph.Title + ":" : "";
        if (!paragraph.IsCode) return $"{title} {paragraph.Text.Replace("`", "", StringComparison.Ordinal)}".TrimStart();
        string indented = string.Join('\n', paragraph.Text.Split('\n').Select(line => "    " + line));
        return title.Length > 0 ? $"{title}\n{indented}" : indented;
    }

    private static string Html(Paragraph paragraph)
    {
        string title = paragraph.Title.Length > 0 ? $"<b>{HtmlText.Encode(paragraph.Title)}:</b>" : "";
        if (!paragraph.IsCode) return $"<p>{title} {Code().Replace(HtmlText.Encode(paragraph.Text), "<code>$1</code>")}</p>".Replace("<p> ", "<p>", StringComparison.Ordinal);
        return $"{(title.Length > 0 ? $"<p>{title}</p>" : "")}<pre>{HtmlText.Encode(paragraph.Text)}</pre>";
    }

    /// <summary>The parts in the order in which they are read; those that belong to a list follow each other without a gap.</summary>
    private static IEnumerable<(string Title, bool IsListed, List<Paragraph> Paragraphs)> Parts(XElement? documentation)
    {
        if (documentation is null) yield break;
        foreach (var element in documentation.Elements("summary")) yield return ("", false, Read(element));
        foreach (var element in documentation.Elements("typeparam")) yield return ((string?)element.Attribute("name") ?? "", true, Read(element));
        foreach (var element in documentation.Elements("param")) yield return ((string?)element.Attribute("name") ?? "", true, Read(element));
        foreach (var element in documentation.Elements("returns")) yield return ("Returns", false, Read(element));
        foreach (var element in documentation.Elements("value")) yield return ("Value", false, Read(element));
        foreach (var element in documentation.Elements("exception")) yield return ("Throws " + ShortName(element), true, Read(element));
        foreach (var element in documentation.Elements("remarks")) yield return ("Remarks", false, Read(element));
    }

    private static List<Paragraph> Read(XElement element)
    {
        var paragraphs = new List<Paragraph>();
        var line = new StringBuilder();
        Walk(element);
        Close();
        return paragraphs;

        void Walk(XElement parent)
        {
            foreach (var node in parent.Nodes())
            {
                if (node is XText text) line.Append(text.Value);
                else if (node is XElement child) Add(child);
            }
        }

        void Add(XElement child)
        {
            switch (child.Name.LocalName)
            {
                case "para" or "list" or "item" or "listheader":
                    Close();
                    if (child.Name.LocalName == "item") line.Append("- ");
                    Walk(child);
                    Close();
                    break;
                case "code":
                    Close();
                    paragraphs.Add(new Paragraph(Dedented(child.Value), IsCode: true));
                    break;
                case "c" or "tt": line.Append('`').Append(child.Value).Append('`'); break;
                case "see" or "seealso" when child.IsEmpty: line.Append('`').Append(ShortName(child)).Append('`'); break;
                case "paramref" or "typeparamref": line.Append('`').Append((string?)child.Attribute("name")).Append('`'); break;
                case "br": Close(); break;
                default: Walk(child); break;
            }
        }

        void Close()
        {
            string text = Blanks().Replace(line.ToString(), " ").Trim();
            if (text.Length > 0) paragraphs.Add(new Paragraph(text, IsCode: false));
            line.Clear();
        }
    }

    /// <summary>The last part of what an element refers to: T:A.B becomes B, M:A.B.C(System.Int32) becomes C.</summary>
    private static string ShortName(XElement element)
    {
        string target = (string?)element.Attribute("cref") ?? (string?)element.Attribute("langword") ?? (string?)element.Attribute("href") ?? "";
        if (element.Attribute("cref") is null) return target;
        string name = target.Split('(')[0];
        name = name[(name.LastIndexOfAny(['.', ':']) + 1)..];
        int arity = name.IndexOf('`', StringComparison.Ordinal);
        return arity < 0 ? name : name[..arity];
    }

    private static string Dedented(string code)
    {
        var lines = code.ReplaceLineEndings("\n").Split('\n').SkipWhile(string.IsNullOrWhiteSpace).Reverse().SkipWhile(string.IsNullOrWhiteSpace).Reverse().ToList();
        int margin = lines.Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(l => l.Length >= margin ? l[margin..].TrimEnd() : ""));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
