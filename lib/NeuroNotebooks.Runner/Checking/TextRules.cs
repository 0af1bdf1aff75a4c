using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Pages;

namespace NeuroNotebooks.Runner.Checking;

/// <summary>Rules about what a notebook says.</summary>
internal static partial class TextRules
{
    private const string TimePattern = @"[^\n]{0,60}?\d+(\.\d+)?\s*(s|sec|seconds?|min|minutes?|h|hours?)\b";

    public static IEnumerable<Difference> Title(NotebookDocument notebook)
    {
        bool titled = notebook.Cells is [{ Kind: CellKind.Markdown }, ..] && Sections.Headings(notebook) is [{ Cell: 0, Level: 1 }, ..];
        if (!titled) yield return NotebookGate.Whole("the first cell is no text with a heading \"# ...\".");
    }

    public static IEnumerable<Difference> Doi(NotebookDocument notebook) =>
        Require(DoiPattern().IsMatch(Opening(notebook)) || NoDoiPattern().IsMatch(Opening(notebook)),
            "no DOI (10.xxxx/...) before the first code cell; for a work without one, \"No DOI:\" and a sentence on where it is known from.");

    public static IEnumerable<Difference> BibTex(NotebookDocument notebook) =>
        Require(BibTexPattern().IsMatch(Opening(notebook)), "no BibTeX entry (@article{...}) before the first code cell.");

    public static IEnumerable<Difference> Goals(NotebookDocument notebook) =>
        Require(GoalsPattern().IsMatch(Opening(notebook)), "no learning goals (\"What you will learn\") before the first code cell.");

    public static IEnumerable<Difference> Times(NotebookDocument notebook)
    {
        string opening = Opening(notebook);
        foreach (string profile in (string[])["quick", "full"])
            if (!Regex.IsMatch(opening, profile + TimePattern, RegexOptions.IgnoreCase))
                yield return NotebookGate.Whole(
                    $"no running time of the {profile} profile (\"{profile}: 20 s\") before the first code cell.");
    }

    public static IEnumerable<Difference> Choices(NotebookDocument notebook) =>
        Require(notebook.Cells.Any(cell => cell.Kind == CellKind.Markdown && ChoicePattern().IsMatch(cell.Source)),
            "no part \"Where we had to choose\".");

    public static IEnumerable<Difference> Exercise(NotebookDocument notebook)
    {
        if (!Sections.Headings(notebook).Any(h => ExercisePattern().IsMatch(h.Text))
            && !notebook.Cells.Any(c => c.Kind == CellKind.Markdown && BoldExercise().IsMatch(c.Source)))
            yield return NotebookGate.Whole("no exercise.");
        int[] answers = [.. Enumerable.Range(0, notebook.Cells.Count)
            .Where(i => notebook.Cells[i].Kind == CellKind.Code && notebook.Cells[i].HasTag("answer"))];
        if (answers.Length == 0) yield return NotebookGate.Whole("no code cell tagged \"answer\".");
        foreach (int i in answers)
        {
            NotebookCell cell = notebook.Cells[i];
            if ((cell.Metadata["jupyter"] as JsonObject)?["source_hidden"]?.GetValueKind() != JsonValueKind.True)
                yield return NotebookGate.At(
                    notebook, i, "the answer is not folded: its metadata need \"jupyter\": {\"source_hidden\": true}.");
            if (cell.ExecutionCount is null) yield return NotebookGate.At(notebook, i, "the answer was not executed.");
        }
    }

    public static IEnumerable<Difference> Equations(NotebookDocument notebook)
    {
        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            if (notebook.Cells[i].Kind != CellKind.Markdown) continue;
            var page = new MarkdownHtml(".");
            page.ToHtml(notebook.Cells[i].Source);
            foreach (string command in page.UnknownCommands.Distinct())
                yield return NotebookGate.At(notebook, i, $"the equations use {command}, which the page shows as it is written.");
        }
    }

    /// <summary>All text before the first code cell.</summary>
    private static string Opening(NotebookDocument notebook) =>
        string.Join("\n\n", notebook.Cells.TakeWhile(cell => cell.Kind != CellKind.Code).Select(cell => cell.Source));

    private static Difference[] Require(bool kept, string message) => kept ? [] : [NotebookGate.Whole(message)];

    [GeneratedRegex(@"\b10\.\d{4,9}/\S+")]
    private static partial Regex DoiPattern();

    // a bare "No DOI" would be a way round the rule: four words at least
    [GeneratedRegex(@"\bNo DOI:\**([ \t]+\S+){4}")]
    private static partial Regex NoDoiPattern();

    [GeneratedRegex(@"@(article|inproceedings|misc|book|incollection|phdthesis|techreport|unpublished|online)\s*\{",
        RegexOptions.IgnoreCase)]
    private static partial Regex BibTexPattern();

    [GeneratedRegex(@"(learning goals|what you will (learn|see)|you will learn|goals)\W", RegexOptions.IgnoreCase)]
    private static partial Regex GoalsPattern();

    [GeneratedRegex(@"where we had to choose", RegexOptions.IgnoreCase)]
    private static partial Regex ChoicePattern();

    [GeneratedRegex(@"exercise|try it", RegexOptions.IgnoreCase)]
    private static partial Regex ExercisePattern();

    [GeneratedRegex(@"\*\*[^*\n]*exercise[^*\n]*\*\*", RegexOptions.IgnoreCase)]
    private static partial Regex BoldExercise();
}
