using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Corpus;

/// <summary>Notebooks whose sessions end with them: each starts its own.</summary>
public sealed class SessionEndingNotebooksTests
{
    public static TheoryData<string> Names => FailingNotebookCheck.Names(endsSession: true);

    [Theory, MemberData(nameof(Names))]
    public Task A_notebook_meets_its_verdict(string name) => FailingNotebookCheck.RunAsync(name, StartAsync);

    private static async Task<ICellRunner> StartAsync(string folder, CancellationToken cancellation) =>
        new ChildProcessRunner(await CellSession.StartAsync(new SessionOptions { WorkingFolder = folder, MaxMemoryMegabytes = 400 }, cancellation));
}

/// <summary>Notebooks that leave their session alive: they share one, which saves a minute.</summary>
public sealed class FailingNotebooksTests : IAsyncLifetime
{
    private static readonly Lazy<Task<CellSession>> Shared = new(() => CellSession.StartAsync(new SessionOptions { WorkingFolder = AppContext.BaseDirectory }));

    public static TheoryData<string> Names => FailingNotebookCheck.Names(endsSession: false);

    public Task InitializeAsync() => Shared.Value;

    public Task DisposeAsync() => Task.CompletedTask;       // the child ends with the tests

    [Theory, MemberData(nameof(Names))]
    public Task A_notebook_meets_its_verdict(string name) => FailingNotebookCheck.RunAsync(name, async (_, _) => new Borrowed(await Shared.Value));

    private sealed class Borrowed(CellSession session) : ICellRunner
    {
        public bool Alive => session.Alive;

        public Task<CellResult> RunAsync(CellRequest request, IProgress<CellEvent>? live, CancellationToken interrupt) => session.RunAsync(request, live, interrupt);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

internal static class FailingNotebookCheck
{
    public static TheoryData<string> Names(bool endsSession) => [.. FailingNotebooks.All.Where(n => n.EndsSession == endsSession).Select(n => n.Name)];

    public static async Task RunAsync(string name, Func<string, CancellationToken, Task<ICellRunner>> start)
    {
        FailingNotebook expected = FailingNotebooks.All.Single(n => n.Name == name);
        NotebookDocument notebook = Make.Notebook([Make.Text("## The section"), .. expected.Cells.Select(code => Make.Code(code))]);
        using var folder = new TemporaryFolder();

        // The cells that never end get 8 s, enough for the one before them on a busy machine; the others end by themselves.
        var limit = TimeSpan.FromSeconds(expected.Verdict == CellStatus.TimedOut ? 8 : 120);
        NotebookRun run = await new NotebookExecutor(start).RunAsync(
            notebook, folder.Path, new() { CellLimit = limit }, new RecordingObserver(), CancellationToken.None);

        Assert.Contains(run.Notebook.Cells.SelectMany(cell => cell.Outputs), output => OutputBundle.Text(output["text"]) == "kept\n");
        if (expected.Verdict == CellStatus.Ok)
        {
            Assert.True(run.Complete, run.Failures.Count > 0 ? run.Failures[0].Message : "");
            return;
        }
        CellFailure failure = Assert.Single(run.Failures);
        Assert.Equal(expected.Verdict, failure.Status);
        Assert.Equal($"cell [{expected.Cell}] in \"The section\"", failure.Place);
        string told = failure.Message + string.Concat(run.Notebook.Cells[expected.Cell].Outputs.Select(o => $"\n{OutputBundle.Text(o["ename"])} {OutputBundle.Text(o["evalue"])}"));
        Assert.Contains(expected.Message, told);
        Assert.Contains(failure.Place, failure.Message);
        Assert.Equal("error", OutputBundle.Type(run.Notebook.Cells[expected.Cell].Outputs[^1]));
    }
}
