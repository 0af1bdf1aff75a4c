using NeuroNotebooks.Runner.Checking;
using NeuroNotebooks.Runner.Commands;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests;

/// <summary>Every notebook of the collection: its saved file keeps the rules, runs in the quick profile, and shows again what it saved.</summary>
public class NotebooksTests
{
    private static readonly NotebookCollection? Collection = NotebookCollection.TryFind(AppContext.BaseDirectory);

    public static TheoryData<string> Papers => [.. Collection?.Papers.Select(paper => paper.Slug) ?? []];

    [Fact]
    public void There_is_at_least_one_notebook() => Assert.NotEmpty(Collection?.Papers ?? []);

    [Theory, MemberData(nameof(Papers))]
    public void A_saved_notebook_passes_the_gate(string slug)
    {
        var found = NotebookGate.Check(Read(slug));
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory, MemberData(nameof(Papers))]
    public async Task A_notebook_runs_and_shows_again_what_it_saved(string slug)
    {
        NotebookDocument saved = Read(slug);
        var options = new RunSettings("quick").For(saved, Collection!.Root, profileRequired: false);
        NotebookRun run = await NotebookExecutor.InChildProcess.RunAsync(saved, Collection!.Notebooks, options, new RecordingObserver(), CancellationToken.None);
        Assert.True(run.Complete, string.Join('\n', run.Failures.Select(f => f.Message)));
        var differences = OutputComparison.Compare(saved, run.Notebook);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static NotebookDocument Read(string slug) => NotebookDocument.Read(Path.Combine(Collection!.Notebooks, slug + ".ipynb"));
}
