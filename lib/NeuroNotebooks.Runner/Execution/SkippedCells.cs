using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Execution;

/// <summary>Cells that were not run because a package that they need cannot be had, as a notebook's outputs tell of them.</summary>
internal static class SkippedCells
{
    /// <summary>Their indices.</summary>
    public static IReadOnlyList<int> In(NotebookDocument notebook) =>
        [.. Enumerable.Range(0, notebook.Cells.Count).Where(i => Reason(notebook.Cells[i]) is not null)];

    /// <summary>Why an executed or saved cell was skipped, in words; null when it was not.</summary>
    public static string? Reason(NotebookCell cell) =>
        cell.Outputs.FirstOrDefault(output => OutputBundle.Data(output)?.ContainsKey(CellSkip.MimeType) == true) is { } skip
            ? OutputBundle.Face(skip, "text/plain") ?? "Skipped."
            : null;

    /// <summary><c>passed with 2 cells skipped</c>; null when none was.</summary>
    public static string? InWords(NotebookRun run)
    {
        if (run.CellsSkipped == 0) return null;
        string skipped = $"{Words.Plural(run.CellsSkipped, "cell")} skipped";
        return run.Complete && run.Count(Verdict.Failed) == 0 ? $"passed with {skipped}" : skipped;
    }
}
