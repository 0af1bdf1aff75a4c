using System.Collections.Immutable;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>A stretch of text in one style.</summary>
/// <param name="Script">Depth above (positive) or below the line: superscripts and subscripts.</param>
internal readonly record struct Run(string Text, bool Bold = false, bool Italic = false, int Script = 0, string? Color = null)
{
    /// <summary>Plotly's size of a script, relative to its line.</summary>
    public const double ScriptSize = 0.7;

    public double Size(double size) => Script == 0 ? size : size * ScriptSize;

    public double Width(double size, bool bold) => TextMetrics.Width(Text, Size(size), bold || Bold);
}

/// <summary>Text in Plotly's pseudo-HTML (b, i, sub, sup, br, span, a), as lines of styled runs. Unknown tags stay text.</summary>
internal sealed record RichText(ImmutableArray<ImmutableArray<Run>> Lines)
{
    /// <summary>Nothing on the page reads longer than this; the rest is cut with an ellipsis.</summary>
    private const int Longest = 2000;

    private const int MostLines = 60;

    public static RichText Empty { get; } = new([]);

    public bool IsEmpty => Lines.IsEmpty;

    public string Plain => string.Join(' ', Lines.Select(line => string.Concat(line.Select(run => run.Text))));

    public double Width(double size, bool bold) => Lines.IsEmpty ? 0.0 : Lines.Max(line => line.Sum(run => run.Width(size, bold)));

    public static RichText Parse(string? source)
    {
        if (string.IsNullOrWhiteSpace(source)) return Empty;
        if (source.Length > Longest) source = source[..Longest] + "…";
        return new RichTextParser(MostLines).Parse(LatexText.ToMarkup(source));
    }

    /// <summary>The same text in lines no wider than asked, broken at spaces; a single longer word keeps its line.</summary>
    public RichText Wrap(double widest, double size, bool bold)
    {
        if (Width(size, bold) <= widest) return this;
        var lines = ImmutableArray.CreateBuilder<ImmutableArray<Run>>();
        foreach (var line in Lines)
        {
            var current = ImmutableArray.CreateBuilder<Run>();
            double width = 0.0;
            foreach (var word in line.SelectMany(Words))
            {
                double wide = (word with { Text = word.Text.TrimEnd() }).Width(size, bold);
                if (current.Count > 0 && width + wide > widest && current[^1].Text.EndsWith(' '))
                {
                    lines.Add(current.ToImmutable());
                    current.Clear();
                    width = 0.0;
                }
                current.Add(word);
                width += word.Width(size, bold);
            }
            lines.Add(Joined(current));
        }
        return new RichText([.. lines.Take(MostLines).Select(line => Joined(line))]);
    }

    private static IEnumerable<Run> Words(Run run)
    {
        int start = 0;
        while (start < run.Text.Length)
        {
            int space = run.Text.IndexOf(' ', start);
            int end = space < 0 ? run.Text.Length : space + 1;
            yield return run with { Text = run.Text[start..end] };
            start = end;
        }
    }

    private static ImmutableArray<Run> Joined(IEnumerable<Run> runs)
    {
        var joined = ImmutableArray.CreateBuilder<Run>();
        foreach (var run in runs)
            if (joined.Count > 0 && joined[^1] with { Text = "" } == run with { Text = "" })
                joined[^1] = joined[^1] with { Text = joined[^1].Text + run.Text };
            else joined.Add(run);
        return joined.ToImmutable();
    }
}
