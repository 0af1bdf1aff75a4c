using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Checking;

/// <summary>A rule that every notebook of the collection keeps.</summary>
/// <param name="Name">A short name that messages carry.</param>
/// <param name="Says">The rule in a sentence.</param>
/// <param name="Check">Finds where a notebook breaks it.</param>
/// <param name="OfPapers">Whether it is about papers, so that guides need not keep it.</param>
internal sealed record GateRule(string Name, string Says, Func<NotebookDocument, IEnumerable<Difference>> Check, bool OfPapers = false);

/// <summary>The gate for notebooks: what a reader may expect of each of them, checked on the saved file with its outputs.</summary>
internal static class NotebookGate
{
    /// <summary>All rules.</summary>
    public static IReadOnlyList<GateRule> Rules { get; } =
    [
        new("title", "opens with a text cell that has a first-level heading", TextRules.Title),
        new("doi", "names the paper's DOI before the first code cell, or says \"No DOI:\" and what is known of it instead", TextRules.Doi, OfPapers: true),
        new("bibtex", "gives a BibTeX entry before the first code cell", TextRules.BibTex, OfPapers: true),
        new("goals", "lists learning goals before the first code cell", TextRules.Goals),
        new("times", "states the quick and the full running time before the first code cell", TextRules.Times, OfPapers: true),
        new("choices", "has a part \"Where we had to choose\"", TextRules.Choices, OfPapers: true),
        new("exercise", "has an exercise whose answer is folded (tag answer, jupyter.source_hidden) and was executed", TextRules.Exercise, OfPapers: true),
        new("equations", "uses only LaTeX that its page can set", TextRules.Equations),
        new("setup", "begins with the set-up cells that all notebooks share", SetUpCells.Rule),
        new("parameters", "has one cell tagged parameters that declares profile", CodeRules.Parameters),
        new("loops", "has no for, while or do in a cell: loops over time live in the library", CodeRules.Loops),
        new("length", "has no code cell over 25 lines", CodeRules.Length),
        new("metadata", "carries the kernel metadata of VS Code's Polyglot Notebooks and nothing of a machine or a clock",
            CodeRules.Metadata),
        new("executed", "was executed from top to bottom: every code cell has its number in order", OutputRules.Executed),
        new("errors", "shows no error", OutputRules.Errors),
        new("figures", "shows figures, each with its data, a drawing and a sentence", OutputRules.Figures),
        new("numbers", "names its figures by the paper's figure numbers, or N1, N2 where it has none", OutputRules.FigureNumbers, OfPapers: true),
        new("axes", "names the axes of every figure", OutputRules.AxisTitles),
        new("decimals", "writes numbers in figures with a decimal point", OutputRules.DecimalPoints),
        new("scripts", "fetches nothing: no script, style sheet or picture from elsewhere", OutputRules.NothingFetched),
        new("paths", "shows no folder of the machine it ran on", OutputRules.NoMachinePaths),
        new("scorecard", "ends in a scorecard", OutputRules.Scorecard),
    ];

    /// <summary>The rules that a notebook has to keep: all, or for a guide those that are not about papers.</summary>
    public static IReadOnlyList<GateRule> RulesFor(NotebookDocument notebook) =>
        NotebookKind.Of(notebook) == NotebookKind.Guide ? [.. Rules.Where(rule => !rule.OfPapers)] : Rules;

    /// <summary>Every place where a notebook breaks a rule; empty when it may pass.</summary>
    public static IReadOnlyList<Difference> Check(NotebookDocument notebook) =>
        [.. RulesFor(notebook).SelectMany(rule => rule.Check(notebook).Select(found => found with { Message = $"{rule.Name}: {found.Message}" }))];

    /// <summary>A breach of the notebook as a whole.</summary>
    internal static Difference Whole(string message) => new("", message);

    /// <summary>A breach in a cell.</summary>
    internal static Difference At(NotebookDocument notebook, int cell, string message)
    {
        string place = notebook.Cells[cell].Kind == CellKind.Code ? Sections.Place(notebook, cell) : $"text cell {cell + 1}";
        return new(place, message);
    }
}
