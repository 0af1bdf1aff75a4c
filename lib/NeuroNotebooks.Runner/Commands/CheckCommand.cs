using NeuroNotebooks.Runner.Checking;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Terminal;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>Runs notebooks and holds fresh outputs against the saved ones; or holds the saved files against the gate.</summary>
internal static class CheckCommand
{
    /// <summary>Runs and compares.</summary>
    public static async Task<int> CompareAsync(
        CommandContext context, IReadOnlyList<string> slugs, RunSettings settings, CancellationToken interrupt)
    {
        NotebookCollection repository = NotebookCollection.Find(context.Folder);
        int worst = ExitCode.Fine;
        foreach (PaperFile paper in repository.Choose(slugs))
        {
            NotebookDocument saved = NotebookRunner.Read(context, paper.Path);
            if (Provenance.Stale(saved, repository.Root) is { } reason) context.Screen.Say($"{paper.Slug}: {reason}.");
            var own = settings with { Profile = settings.Profile ?? Provenance.SavedProfile(saved) };
            NotebookRun run = await ProgressBoard.RunAsync(context.Screen, observers => context.Executor.RunAsync(
                saved, repository.Notebooks, own.For(saved, repository.Root, profileRequired: false), observers(paper.Slug), interrupt));

            NotebookRunner.Complain(context, run);
            int code = NotebookRunner.ExitCodeOf([run]);
            if (code is ExitCode.Fine or ExitCode.ClaimFailed)
            {
                var differences = OutputComparison.Compare(saved, run.Notebook);
                Tell(context, paper, differences, "the saved outputs are what a run gives");
                if (differences.Count > 0) code = ExitCode.Differs;
            }
            worst = Worse(worst, code);
            if (code == ExitCode.Interrupted) break;
        }
        return worst;
    }

    /// <summary>Checks the saved files by the rules for all notebooks, without running them.</summary>
    public static int Gate(CommandContext context, IReadOnlyList<string> slugs)
    {
        bool broken = false;
        foreach (PaperFile paper in NotebookCollection.Find(context.Folder).Choose(slugs))
        {
            NotebookDocument notebook = NotebookRunner.Read(context, paper.Path);
            var found = NotebookGate.Check(notebook);
            Tell(context, paper, found, $"keeps all {NotebookGate.RulesFor(notebook).Count} rules");
            broken |= found.Count > 0;
        }
        return broken ? ExitCode.Differs : ExitCode.Fine;
    }

    private static void Tell(CommandContext context, PaperFile paper, IReadOnlyList<Difference> found, string fine)
    {
        context.Screen.Say(found.Count == 0 ? $"{paper.Slug}: {fine}."
            : $"{paper.Slug}: {(found.Count == 1 ? "1 difference" : $"{found.Count} differences")}");
        foreach (Difference difference in found) context.Screen.Say($"  {difference}");
    }

    private static int Worse(int a, int b)
    {
        int[] order = [ExitCode.Fine, ExitCode.ClaimFailed, ExitCode.Differs, ExitCode.CellFailed, ExitCode.Interrupted];
        return Array.IndexOf(order, a) >= Array.IndexOf(order, b) ? a : b;
    }
}
