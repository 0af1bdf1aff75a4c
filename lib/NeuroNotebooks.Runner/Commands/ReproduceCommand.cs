using NeuroNotebooks.Numerics;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Pages;
using NeuroNotebooks.Runner.Terminal;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>Runs the collection, writes the executed notebooks and the gallery, prints the claims.</summary>
internal static class ReproduceCommand
{
    /// <summary>Does it.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="slugs">Which papers; all when empty.</param>
    /// <param name="settings">Profile and limits.</param>
    /// <param name="outFolder">Where to write; null for <c>artifacts/reproduction</c>.</param>
    /// <param name="jobs">How many notebooks at a time.</param>
    /// <param name="interrupt">Ctrl-C.</param>
    public static async Task<int> RunAsync(
        CommandContext context, IReadOnlyList<string> slugs, RunSettings settings, string? outFolder, int jobs, CancellationToken interrupt)
    {
        if (jobs < 1) throw new UsageException($"--jobs is {jobs}: expected at least 1.");
        NotebookCollection repository = NotebookCollection.Find(context.Folder);
        var papers = repository.Choose(slugs).Select(paper => (Paper: paper, Notebook: NotebookRunner.Read(context, paper.Path))).ToList();
        string folder = outFolder is null ? Path.Combine(repository.Root, "artifacts", "reproduction") : context.FullPath(outFolder);
        AtomicFile.MakeFolder(folder);

        string backEnd = LinearAlgebra.InUse.ToString();
        context.Screen.Say($"Linear algebra: {backEnd}");
        NotebookRun[] runs = await ProgressBoard.RunAsync(context.Screen, observers => RunAllAsync(papers.Count, jobs, i =>
        {
            var (paper, notebook) = papers[i];
            var options = settings.For(notebook, repository.Root, profileRequired: false) with
            {
                Checkpoint = unfinished => unfinished.Save(Path.Combine(folder, paper.Slug + ".ipynb")),
            };
            return context.Executor.RunAsync(notebook, repository.Notebooks, options, observers(paper.Slug), interrupt);
        }));

        var entries = papers.Zip(runs, (paper, run) => new GalleryEntry(paper.Paper.Slug, run)).ToList();
        var about = new GalleryFacts(settings.Profile ?? "quick", backEnd);
        SiteAssets assets = GallerySite.Write(folder, entries, repository.Notebooks, about, context.Packages);
        Report(context, entries, Path.Combine(folder, GallerySite.Index));
        foreach (string reason in assets.Missing) context.Screen.Say($"The pages do without: {reason}");
        return NotebookRunner.ExitCodeOf(runs);
    }

    /// <summary>Runs at most <paramref name="jobs"/> at a time; the results stand in the papers' order.</summary>
    private static async Task<NotebookRun[]> RunAllAsync(int count, int jobs, Func<int, Task<NotebookRun>> run)
    {
        using var places = new SemaphoreSlim(jobs);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            await places.WaitAsync();
            try
            {
                return await run(i);
            }
            finally
            {
                places.Release();
            }
        }));
    }

    private static void Report(CommandContext context, List<GalleryEntry> entries, string index)
    {
        Screen screen = context.Screen;
        ClaimsView.Print(screen, [.. entries.SelectMany(e => e.Run.Claims.Select(claim => (e.Slug, claim)))]);
        foreach (GalleryEntry entry in entries)
        {
            string state = entry.Run.Complete ? "" : ", did not reach its end";
            screen.Say($"{entry.Slug}: {entry.Run.ClaimsInWords()}, {Words.Duration(entry.Run.Elapsed)}{state}");
            NotebookRunner.Complain(context, entry.Run);
        }
        screen.Say($"Gallery: {context.Shown(index)}");
    }
}
