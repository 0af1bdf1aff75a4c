using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Tests.Support;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Tests.Execution;

public class NotebookExecutorTests
{
    private readonly RecordingObserver observer = new();

    [Fact]
    public async Task Cells_run_in_order_and_keep_what_they_show()
    {
        var cells = new FakeCells(request => FakeCells.Ok(Make.Stream(request.Code)));
        NotebookDocument source = Make.Notebook(Make.Text("## Part one"), Make.Code("a"), Make.Code("  \n"), Make.Code("b").With(Make.Stream("old")));
        NotebookRun run = await RunAsync(cells, source);

        Assert.Equal(["cell [1] in \"Part one\"", "cell [3] in \"Part one\""], cells.Requests.Select(r => r.Name));
        Assert.Equal(["a", "b"], run.Notebook.Cells.SelectMany(c => c.Outputs).Select(o => OutputBundle.Text(o["text"])));
        Assert.Equal([null, 1, null, 2], run.Notebook.Cells.Select(c => c.ExecutionCount));
        Assert.Equal(["1/2 Part one", "OutputAdded", "1 Ok", "2/2 Part one", "OutputAdded", "2 Ok"], observer.Log);
        Assert.True(run.Complete);
        Assert.Equal(TimeSpan.FromSeconds(2), run.Elapsed);
        Assert.True(cells.Disposed);
        Assert.Equal("old", OutputBundle.Text(source.Cells[3].Outputs[0]["text"]));     // the source is not changed
    }

    [Fact]
    public async Task A_failing_cell_ends_the_run_and_no_old_output_stays_below_it()
    {
        var cells = new FakeCells(r => r.Code == "bad" ? FakeCells.Result(CellStatus.Error, "cell threw", Make.Stream("before"), Make.Error("boom")) : FakeCells.Ok());
        NotebookRun run = await RunAsync(cells, Make.Notebook(Make.Code("a"), Make.Text("# Here"), Make.Code("bad"), Make.Code("c").With(Make.Stream("old")).Number(9)));
        CellFailure failure = Assert.Single(run.Failures);
        Assert.Equal("cell [2] in \"Here\": cell threw", failure.Message);
        Assert.False(run.Complete);
        Assert.Equal((2, 3), (run.CellsRun, run.CellsInAll));
        Assert.Equal(2, run.Notebook.Cells[2].Outputs.Count);
        Assert.Empty(run.Notebook.Cells[3].Outputs);
        Assert.Null(run.Notebook.Cells[3].ExecutionCount);
    }

    [Fact]
    public async Task Keep_going_runs_the_rest_and_still_tells_of_the_failure()
    {
        var cells = new FakeCells(r => r.Code == "bad" ? FakeCells.Result(CellStatus.Error, null, Make.Error("boom")) : FakeCells.Ok());
        NotebookRun run = await RunAsync(cells, Make.Notebook(Make.Code("bad"), Make.Code("b")), new() { KeepGoing = true });
        Assert.Equal(2, run.CellsRun);
        Assert.Single(run.Failures);
        Assert.False(run.Complete);
    }

    [Fact]
    public async Task A_cell_tagged_raises_exception_may_fail()
    {
        var cells = new FakeCells(r => r.Code == "bad" ? FakeCells.Result(CellStatus.Error, "x", Make.Error("boom")) : FakeCells.Ok());
        NotebookRun run = await RunAsync(cells, Make.Notebook(Make.Code("bad", "raises-exception"), Make.Code("b")));
        Assert.True(run.Complete);
        Assert.Equal("error", OutputBundle.Type(run.Notebook.Cells[0].Outputs[0]));
    }

    [Theory]
    [InlineData(CellStatus.Died, "Process ended")]
    [InlineData(CellStatus.TimedOut, "Time limit")]
    [InlineData(CellStatus.Interrupted, "Interrupted")]
    public async Task A_session_that_ends_keeps_what_was_shown_and_says_why_in_the_notebook(CellStatus status, string name)
    {
        var cells = new FakeCells(r => r.Code == "bad" ? FakeCells.Result(status, "cell went", Make.Stream("so far")) : FakeCells.Ok());
        NotebookRun run = await RunAsync(cells, Make.Notebook(Make.Code("bad", "raises-exception"), Make.Code("b")), new() { KeepGoing = true });
        Assert.Equal(1, run.CellsRun);
        Assert.Equal(status == CellStatus.Interrupted, run.Interrupted);
        var outputs = run.Notebook.Cells[0].Outputs;
        Assert.Equal("so far", OutputBundle.Text(outputs[0]["text"]));
        Assert.Equal(name, (string)outputs[1]["ename"]!);
        Assert.Equal("cell went", (string)outputs[1]["evalue"]!);
    }

    [Fact]
    public async Task A_cell_gets_what_is_left_of_the_notebooks_time()
    {
        var cells = new FakeCells(r => r.Limit < TimeSpan.FromSeconds(1) ? FakeCells.Result(CellStatus.TimedOut, "too long") : FakeCells.Ok());
        var options = new ExecutionOptions { CellLimit = TimeSpan.FromSeconds(2), NotebookLimit = TimeSpan.FromSeconds(2.5) };
        NotebookRun run = await RunAsync(cells, Make.Notebook(Make.Code("a"), Make.Code("b"), Make.Code("c")), options);
        Assert.Equal([2.0, 1.5, 0.5], cells.Requests.Select(r => r.Limit.TotalSeconds));
        Assert.Contains("The limit of the whole notebook was what ran out.", run.Failures[0].Message);
    }

    [Fact]
    public async Task A_cell_for_which_no_time_is_left_is_not_begun()
    {
        var cells = new FakeCells(_ => FakeCells.Ok());
        NotebookRun run = await RunAsync(cells, Make.Notebook(Make.Code("a"), Make.Code("b")), new() { NotebookLimit = TimeSpan.FromSeconds(1) });
        Assert.Single(cells.Requests);
        Assert.Contains("cell [2] was not begun: the notebook's time was up.", run.Failures[0].Message);
    }

    [Fact]
    public async Task Ctrl_C_between_cells_stops_before_the_next_one()
    {
        using var stop = new CancellationTokenSource();
        var cells = new FakeCells(_ =>
        {
            stop.Cancel();
            return FakeCells.Ok(Make.Stream("kept"));
        });
        NotebookRun run = await cells.Executor.RunAsync(Make.Notebook(Make.Code("a"), Make.Code("b")), ".", new(), observer, stop.Token);
        Assert.True(run.Interrupted);
        Assert.Single(run.Notebook.Cells[0].Outputs);
        Assert.Contains("stopped before it began", run.Failures[0].Message);
    }

    [Fact]
    public async Task A_later_cell_may_update_what_an_earlier_one_displayed()
    {
        var cells = new FakeCells(r => r.Code == "show"
            ? FakeCells.Ok(Make.Stream("x"), Make.Html("old")) with { DisplayIds = [null, "d1"] }
            : FakeCells.Ok() with { Updates = [new DisplayUpdated("d1", new JsonObject { ["text/html"] = "new" }, []), new DisplayUpdated("other", [], [])] });
        NotebookRun run = await RunAsync(cells, Make.Notebook(Make.Code("show"), Make.Code("update")));
        Assert.Equal("new", OutputBundle.Face(run.Notebook.Cells[0].Outputs[1], "text/html"));
    }

    [Fact]
    public async Task Parameters_go_into_the_copy_and_the_profile_into_its_metadata()
    {
        var cells = new FakeCells(_ => FakeCells.Ok());
        NotebookDocument source = Make.Notebook(Make.Code("string profile = \"quick\";", "parameters"));
        var options = new ExecutionOptions { Parameters = new Dictionary<string, string> { ["profile"] = "full" } };
        NotebookRun run = await RunAsync(cells, source, options);
        Assert.Equal(2, run.Notebook.Cells.Count);
        Assert.Single(source.Cells);
        Assert.Equal("full", Provenance.SavedProfile(run.Notebook));
        Assert.Equal("quick", Provenance.SavedProfile((await RunAsync(cells, source)).Notebook));
    }

    [Fact]
    public async Task A_notebook_for_another_kernel_is_refused_before_anything_runs()
    {
        NotebookDocument notebook = Make.Notebook(Make.Code("print(1)"));
        ((JsonObject)notebook.Metadata["kernelspec"]!)["name"] = "python3";
        var error = await Assert.ThrowsAsync<UsageException>(() => RunAsync(new FakeCells(_ => FakeCells.Ok()), notebook));
        Assert.Contains("is for the kernel \"python3\"", error.Message);
    }

    [Fact]
    public async Task A_cell_in_another_language_is_handed_over_with_its_name()
    {
        var cells = new FakeCells(_ => FakeCells.Ok());
        NotebookCell html = Make.Code("<b>x</b>"), named = Make.Code("#!markdown\n# x");
        html.Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = "html" };
        named.Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = "markdown" };
        await RunAsync(cells, Make.Notebook(html, named));
        Assert.Equal(["#!html\n<b>x</b>", "#!markdown\n# x"], cells.Requests.Select(r => r.Code));
    }

    [Fact]
    public async Task A_session_that_does_not_start_is_a_failure_of_its_notebook_alone()
    {
        async Task<NotebookRun> StartAsync(Exception error) => await new NotebookExecutor((_, _) => Task.FromException<ICellRunner>(error))
            .RunAsync(Make.Notebook(Make.Code("a")), ".", new(), observer, CancellationToken.None);
        NotebookRun dead = await StartAsync(new SessionStartException("no dotnet")), stopped = await StartAsync(new OperationCanceledException());
        Assert.Equal("cell [1] was not begun: no dotnet", dead.Failures[0].Message);
        Assert.False(dead.Complete);
        Assert.True(stopped.Interrupted);
    }

    [Fact]
    public async Task A_scorecard_that_cannot_be_read_fails_the_run_and_keeps_its_outputs()
    {
        var cells = new FakeCells(_ => FakeCells.Ok(Make.Scorecard(Make.Claim("a", 1, 1, "perhaps"))));
        NotebookRun run = await RunAsync(cells, Make.Notebook(Make.Code("a")));
        Assert.Contains("verdict \"perhaps\"", Assert.Single(run.Failures).Message);
        Assert.Single(run.Notebook.Cells[0].Outputs);
    }

    [Fact]
    public async Task A_long_run_is_saved_on_its_way()
    {
        var saved = new List<int>();
        var cells = new FakeCells(_ => FakeCells.Ok() with { Elapsed = TimeSpan.FromSeconds(6) });
        var options = new ExecutionOptions { Checkpoint = notebook => saved.Add(notebook.Cells.Count(c => c.ExecutionCount is not null)) };
        await RunAsync(cells, Make.Notebook([.. Enumerable.Range(0, 5).Select(i => Make.Code($"{i}"))]), options);
        Assert.Equal([2, 4], saved);
    }

    [Fact]
    public async Task A_notebook_without_code_starts_no_session()
    {
        var executor = new NotebookExecutor((_, _) => throw new InvalidOperationException("started"));
        Assert.True((await executor.RunAsync(Make.Notebook(Make.Text("words")), ".", new(), observer, CancellationToken.None)).Complete);
    }

    [Fact]
    public async Task Running_twice_gives_the_same_file()
    {
        var source = Make.Notebook(Make.Code("a"));
        string first = (await RunAsync(new FakeCells(_ => FakeCells.Ok(Make.Stream("x"))), source)).Notebook.ToText();
        string second = (await RunAsync(new FakeCells(_ => FakeCells.Ok(Make.Stream("x"))), source)).Notebook.ToText();
        Assert.Equal(first, second);
    }

    private Task<NotebookRun> RunAsync(FakeCells cells, NotebookDocument notebook, ExecutionOptions? options = null) =>
        cells.Executor.RunAsync(notebook, ".", options ?? new(), observer, CancellationToken.None);
}
