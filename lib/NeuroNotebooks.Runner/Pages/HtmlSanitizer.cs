using System.Net;
using System.Text;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>
/// Lets through HTML, SVG and MathML that only show something: no script, no style sheet, no frame, no form, no address to fetch from.
/// What is left is balanced, so that an output can never close the page around it.
/// </summary>
internal static class HtmlSanitizer
{
    /// <summary>The same fragment without anything that could act.</summary>
    public static string Clean(string html)
    {
        var output = new StringBuilder(html.Length);
        var open = new Stack<string>();
        int at = 0;
        while (at < html.Length)
        {
            int tag = html.IndexOf('<', at);
            if (tag < 0) tag = html.Length;
            output.Append(html, at, tag - at);
            if (tag == html.Length) break;
            at = CopyTag(html, tag, output, open);
        }
        while (open.TryPop(out string? name)) output.Append("</").Append(name).Append('>');
        return output.ToString();
    }

    /// <summary>Handles what starts with '&lt;' at <paramref name="at"/>.</summary>
    /// <returns>Where the rest begins.</returns>
    private static int CopyTag(string html, int at, StringBuilder output, Stack<string> open)
    {
        if (html.AsSpan(at).StartsWith("<!--")) return After(html, "-->", at + 4);
        if (at + 1 < html.Length && html[at + 1] is '!' or '?') return After(html, ">", at + 1);
        if (HtmlTag.Read(html, at) is not { } tag)
        {
            output.Append("&lt;");
            return at + 1;
        }

        bool foreign = open.Contains("svg") || open.Contains("math");
        if (tag.Closing)
        {
            Close(tag, output, open);
            return tag.End;
        }
        if (!HtmlRules.Allows(tag.Name, foreign))
            return HtmlRules.HoldsNoText(tag.Name) ? AfterElement(html, tag) : tag.End;
        if (tag.Name.Equals("input", StringComparison.OrdinalIgnoreCase)
            && !tag.Attributes.Any(a => a is { Name: "type", Value: "checkbox" }))
            return tag.End;

        output.Append('<').Append(tag.Name);
        foreach (var (name, value) in tag.Attributes)
            if (HtmlRules.Allows(tag.Name, name, value, foreign || tag.Name is "svg" or "math"))
                output.Append(' ').Append(name).Append("=\"").Append(HtmlText.Encode(value)).Append('"');
        bool empty = tag.SelfClosing && (foreign || tag.Name is "svg" or "math");
        output.Append(empty ? "/>" : ">");
        if (!empty && !HtmlRules.IsVoid(tag.Name) && !HtmlRules.ClosesItself(tag.Name)) open.Push(tag.Name);
        return tag.End;
    }

    private static void Close(HtmlTag tag, StringBuilder output, Stack<string> open)
    {
        if (HtmlRules.ClosesItself(tag.Name) && !open.Contains("svg"))
        {
            output.Append("</").Append(tag.Name).Append('>');
            return;
        }
        if (!open.Contains(tag.Name, StringComparer.OrdinalIgnoreCase)) return;
        string closed;
        do
        {
            closed = open.Pop();
            output.Append("</").Append(closed).Append('>');
        }
        while (!closed.Equals(tag.Name, StringComparison.OrdinalIgnoreCase));
    }

    private static int AfterElement(string html, HtmlTag tag)
    {
        if (tag.SelfClosing) return tag.End;
        int close = html.IndexOf("</" + tag.Name, tag.End, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? html.Length : After(html, ">", close);
    }

    private static int After(string html, string end, int from)
    {
        int found = html.IndexOf(end, Math.Min(from, html.Length), StringComparison.Ordinal);
        return found < 0 ? html.Length : found + end.Length;
    }
}

/// <summary>A start or end tag.</summary>
/// <param name="Name">As written.</param>
/// <param name="Attributes">Names in lower case unless they are SVG's mixed ones, values decoded.</param>
/// <param name="Closing">An end tag.</param>
/// <param name="SelfClosing">Ends in a slash.</param>
/// <param name="End">Where the text goes on.</param>
internal sealed record HtmlTag(string Name, IReadOnlyList<(string Name, string Value)> Attributes, bool Closing, bool SelfClosing, int End)
{
    /// <summary>Reads the tag that starts at a '&lt;'; null when it is only a sign in the text, or never ends.</summary>
    public static HtmlTag? Read(string html, int at)
    {
        int i = at + 1;
        bool closing = i < html.Length && html[i] == '/';
        if (closing) i++;
        int start = i;
        if (i >= html.Length || !char.IsAsciiLetter(html[i])) return null;
        while (i < html.Length && !IsSpace(html[i]) && html[i] is not ('/' or '>')) i++;
        string name = html[start..i];

        var attributes = new List<(string, string)>();
        bool selfClosing = false;
        while (true)
        {
            while (i < html.Length && (IsSpace(html[i]) || html[i] == '/')) selfClosing = html[i++] == '/';
            if (i >= html.Length) return null;
            if (html[i] == '>') return new(name, attributes, closing, selfClosing, i + 1);
            selfClosing = false;
            (string Name, string Value)? attribute = ReadAttribute(html, ref i);
            if (attribute is null) return null;
            if (!attributes.Any(a => a.Item1.Equals(attribute.Value.Name, StringComparison.OrdinalIgnoreCase)))
                attributes.Add(attribute.Value);
        }
    }

    private static (string, string)? ReadAttribute(string html, ref int i)
    {
        int start = i++;
        while (i < html.Length && !IsSpace(html[i]) && html[i] is not ('/' or '>' or '=')) i++;
        string name = html[start..i];
        int afterName = i;
        while (i < html.Length && IsSpace(html[i])) i++;
        if (i >= html.Length || html[i] != '=')
        {
            i = afterName;
            return (name, "");
        }
        i++;
        while (i < html.Length && IsSpace(html[i])) i++;
        if (i >= html.Length) return null;

        string value;
        if (html[i] is '"' or '\'')
        {
            int close = html.IndexOf(html[i], i + 1);
            if (close < 0) return null;
            value = html[(i + 1)..close];
            i = close + 1;
        }
        else
        {
            start = i;
            while (i < html.Length && !IsSpace(html[i]) && html[i] != '>') i++;
            value = html[start..i];
        }
        return (name, WebUtility.HtmlDecode(value));
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
