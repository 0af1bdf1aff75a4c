using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>An equation taken out of a text.</summary>
/// <param name="Latex">Without its delimiters; environments keep their <c>\begin</c> and <c>\end</c>.</param>
/// <param name="Display">On a line of its own.</param>
internal sealed record ExtractedMath(string Latex, bool Display);

/// <summary>
/// Takes the equations out of Markdown before it is read, as Jupyter does, so that Markdown cannot take their underscores for emphasis
/// and their backslashes for escapes; puts the set equations in afterwards. Code is left alone.
/// </summary>
internal static partial class MathExtraction
{
    // Characters of the private use area: no text has them, and Markdown and the sanitizer pass them through.
    private const char Open = '\uE0F0', Close = '\uE0F1';

    /// <summary>The text with a mark in the place of each equation.</summary>
    public static string TakeOut(string markdown, List<ExtractedMath> equations)
    {
        markdown = markdown.Replace(Open, ' ').Replace(Close, ' ');
        var text = new StringBuilder(markdown.Length);
        int at = 0;
        while (at < markdown.Length)
        {
            int skip = CodeEnd(markdown, at);
            if (skip < 0 && markdown[at] == '\\' && at + 1 < markdown.Length && markdown[at + 1] is '$' or '\\'
                && Delimited(markdown, at) is null) skip = at + 2;
            if (skip >= 0)
            {
                text.Append(markdown, at, skip - at);
                at = skip;
            }
            else if (Delimited(markdown, at) is { } found)
            {
                text.Append(Open).Append(equations.Count.ToString(CultureInfo.InvariantCulture)).Append(Close);
                equations.Add(found.Math);
                at = found.End;
            }
            else
            {
                text.Append(markdown[at++]);
            }
        }
        return text.ToString();
    }

    /// <summary>The HTML with each mark replaced.</summary>
    public static string PutBack(string html, Func<int, string> set) =>
        Mark().Replace(html, mark => set(int.Parse(mark.Groups[1].Value, CultureInfo.InvariantCulture)));

    /// <summary>Where a fenced block or a code span that starts here ends; -1 when none does.</summary>
    private static int CodeEnd(string text, int at)
    {
        bool lineStart = at == 0 || text[at - 1] == '\n';
        if (lineStart && Fence().Match(text, at) is { Success: true } fence && fence.Index == at)
        {
            var close = new Regex($@"^[ ]{{0,3}}{Regex.Escape(fence.Groups[1].Value)}+[ \t]*$", RegexOptions.Multiline);
            Match end = close.Match(text, at + fence.Length);
            return end.Success ? end.Index + end.Length : text.Length;
        }
        if (text[at] != '`') return -1;
        int ticks = at;
        while (ticks < text.Length && text[ticks] == '`') ticks++;
        string run = text[at..ticks];
        for (int i = ticks; (i = text.IndexOf(run, i, StringComparison.Ordinal)) >= 0;)
        {
            int end = i;
            while (end < text.Length && text[end] == '`') end++;
            if (end - i == run.Length) return end;
            i = end;
        }
        return ticks;
    }

    private static (ExtractedMath Math, int End)? Delimited(string text, int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        if (rest.StartsWith("$$")) return Between(text, at, "$$", "$$", display: true);
        if (rest.StartsWith(@"\\[")) return Between(text, at, @"\\[", @"\\]", display: true);
        if (rest.StartsWith(@"\\(")) return Between(text, at, @"\\(", @"\\)", display: false);
        if (rest.StartsWith(@"\begin{") && Environment().Match(text, at) is { Success: true } m && m.Index == at)
            return (new(m.Value, Display: true), at + m.Length);
        if (rest is ['$', not (' ' or '\n' or '\t' or '$'), ..] && Inline().Match(text, at) is { Success: true } inline
            && inline.Index == at)
            return (new(inline.Groups[1].Value, Display: false), at + inline.Length);
        return null;
    }

    private static (ExtractedMath, int)? Between(string text, int at, string open, string close, bool display)
    {
        int start = at + open.Length, end = text.IndexOf(close, start, StringComparison.Ordinal);
        if (end <= start || text.AsSpan(start, end - start).Contains("\n\n", StringComparison.Ordinal)) return null;
        return (new(text[start..end], display), end + close.Length);
    }

    [GeneratedRegex(@"\G[ ]{0,3}(`{3,}|~{3,})[^\n]*")]
    private static partial Regex Fence();

    [GeneratedRegex(@"\G\\begin\{((?:equation|align|alignat|gather|multline|eqnarray)\*?)\}.*?\\end\{\1\}", RegexOptions.Singleline)]
    private static partial Regex Environment();

    // A price is no equation: "$5 and $6" has a space before its second sign, "$5-$6" a digit after it.
    [GeneratedRegex(@"\G\$((?:[^$\\\n]|\\.|\n(?!\s*\n))+?)(?<!\s)\$(?!\d)")]
    private static partial Regex Inline();

    [GeneratedRegex("\uE0F0(\\d+)\uE0F1")]
    private static partial Regex Mark();
}
