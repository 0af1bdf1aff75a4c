using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>What several commands do with a notebook.</summary>
internal static class NotebookRunner
{
    /// <summary>Reads a file and says what had to be repaired.</summary>
    public static NotebookDocument Read(CommandContext context, string path)
    {
        NotebookDocument notebook = NotebookDocument.Read(path);
        foreach (string note in notebook.Notes) context.Screen.Complain($"{notebook.Name}: {note}");
        return notebook;
    }

    /// <summary>The code that a run of notebooks ends with: the worst of them.</summary>
    public static int ExitCodeOf(IEnumerable<NotebookRun> runs)
    {
        var all = runs.ToList();
        if (all.Any(run => run.Interrupted)) return ExitCode.Interrupted;
        if (all.Any(run => !run.Complete)) return ExitCode.CellFailed;
        return all.Any(run => run.Count(Verdict.Failed) > 0) ? ExitCode.ClaimFailed : ExitCode.Fine;
    }

    /// <summary>Tells of cells that did not run to their ends, or not at all.</summary>
    public static void Complain(CommandContext context, NotebookRun run)
    {
        foreach (CellFailure failure in run.Failures) context.Screen.Complain($"{run.Notebook.Name}, {failure.Message}");
        foreach (int cell in SkippedCells.In(run.Notebook))
            context.Screen.Complain($"{run.Notebook.Name}, {Sections.Place(run.Notebook, cell)}: {SkippedCells.Reason(run.Notebook.Cells[cell])}");
        if (run.CellsRun < run.CellsInAll) context.Screen.Complain($"{run.Notebook.Name}: {run.CellsRun} of {run.CellsInAll} cells ran.");
    }
}
