using System.Text.RegularExpressions;

namespace NeuroNotebooks.Runner.Documents;

/// <summary>A heading of a notebook.</summary>
/// <param name="Cell">The index of its cell.</param>
/// <param name="Level">1 for the title, 2 for a section, and so on.</param>
/// <param name="Text">Its words, without marks.</param>
internal sealed record Heading(int Cell, int Level, string Text);

/// <summary>Where a cell stands, in a reader's words.</summary>
internal static partial class Sections
{
    /// <summary>Every heading in the text cells, in order; lines inside code fences are no headings.</summary>
    public static IReadOnlyList<Heading> Headings(NotebookDocument notebook)
    {
        var headings = new List<Heading>();
        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            if (notebook.Cells[i].Kind != CellKind.Markdown) continue;
            bool fenced = false;
            foreach (string line in notebook.Cells[i].Source.Split('\n'))
            {
                if (Fence().IsMatch(line)) fenced = !fenced;
                else if (!fenced && HeadingLine().Match(line) is { Success: true } m)
                    headings.Add(new(i, m.Groups[1].Length, Plain(m.Groups[2].Value)));
            }
        }
        return headings;
    }

    /// <summary>The notebook's first heading, else its name.</summary>
    public static string Title(NotebookDocument notebook) => Headings(notebook) is [var first, ..] ? first.Text : notebook.Name;

    /// <summary>The nearest heading above a cell; null before the first one.</summary>
    public static string? SectionOf(NotebookDocument notebook, int cell) => Headings(notebook).LastOrDefault(h => h.Cell < cell)?.Text;

    /// <summary>The cell's number among the code cells, from 1, which is the number that front ends show beside it.</summary>
    public static int CodeNumber(NotebookDocument notebook, int cell) => notebook.Cells.Take(cell + 1).Count(c => c.Kind == CellKind.Code);

    /// <summary>What messages call a cell: <c>cell [3] in "2. A cell that tires"</c>.</summary>
    public static string Place(NotebookDocument notebook, int cell)
    {
        string number = $"cell [{CodeNumber(notebook, cell)}]";
        return SectionOf(notebook, cell) is { } section ? $"{number} in \"{section}\"" : number;
    }

    private static string Plain(string heading) => Marks().Replace(Link().Replace(heading, "$1"), "").Trim();

    [GeneratedRegex(@"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")]
    private static partial Regex HeadingLine();

    [GeneratedRegex(@"^\s{0,3}(```|~~~)")]
    private static partial Regex Fence();

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[*`]|(?<!\w)_|_(?!\w)|\$")]
    private static partial Regex Marks();
}
