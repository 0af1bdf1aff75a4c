using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Terminal;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>Runs one notebook file.</summary>
internal static class RunCommand
{
    /// <summary>Does it.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="path">The notebook.</param>
    /// <param name="settings">Parameters, profile and limits.</param>
    /// <param name="outFile">Where to write; null for <c>NAME.executed.ipynb</c> beside it.</param>
    /// <param name="inPlace">Write over the notebook itself.</param>
    /// <param name="interrupt">Ctrl-C.</param>
    public static async Task<int> RunAsync(
        CommandContext context, string path, RunSettings settings, string? outFile, bool inPlace, CancellationToken interrupt)
    {
        if (inPlace && outFile is not null)
            throw new UsageException("--in-place and --out exclude each other: the first writes over the notebook itself.");
        string file = context.FullPath(path);
        NotebookDocument notebook = NotebookRunner.Read(context, file);
        string folder = Path.GetDirectoryName(file)!;
        string target = inPlace ? file : outFile is not null ? context.FullPath(outFile)
            : Path.Combine(folder, notebook.Name + ".executed.ipynb");
        var options = settings.For(notebook, NotebookCollection.TryFind(folder)?.Root, profileRequired: true) with
        {
            Checkpoint = inPlace ? null : unfinished => unfinished.Save(target),    // half a run must not replace a whole one
        };

        NotebookRun run = await ProgressBoard.RunAsync(context.Screen,
            observers => context.Executor.RunAsync(notebook, folder, options, observers(notebook.Name), interrupt));

        run.Notebook.Save(target);
        ClaimsView.Print(context.Screen, [.. run.Claims.Select(claim => (notebook.Name, claim))]);
        NotebookRunner.Complain(context, run);
        context.Screen.Say($"{Words.Plural(run.CellsRun, "cell")} in {Words.Duration(run.Elapsed)}, {run.ClaimsInWords()}.");
        context.Screen.Say($"Written: {context.Shown(target)}");
        return NotebookRunner.ExitCodeOf([run]);
    }
}
