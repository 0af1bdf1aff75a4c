using NeuroNotebooks.Runner.Commands;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Terminal;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new(), error = new();
    private FakeCells cells = new(request => FakeCells.Ok(Make.Stream(request.Code)));

    public CommandLineTests()
    {
        folder.Write("notebooks/competition-ei.ipynb", Notebook("One").ToText());
        folder.Write("notebooks/short-term-memory.ipynb", Notebook("Two").ToText());
        folder.Write("notebooks/index.ipynb", Notebook("Index").ToText());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Reproduce_writes_notebooks_pages_and_a_gallery_and_prints_the_claims()
    {
        Claim("held");
        Assert.Equal(ExitCode.Fine, await RunAsync("reproduce", "--jobs", "2"));
        string[] files = [.. Directory.GetFiles(folder.File("artifacts/reproduction")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        Assert.Equal(["competition-ei.html", "competition-ei.ipynb", "index.html", "short-term-memory.html", "short-term-memory.ipynb"], files);
        string said = output.ToString();
        Assert.Contains("competition-ei [1/2] One", said);
        Assert.Contains("held", said);
        Assert.Contains("claim a", said);
        Assert.Contains("short-term-memory: 1 of 1 claim held, 2.0 s", said);
        Assert.Contains($"Gallery: {Path.Combine("artifacts", "reproduction", "index.html")}", said);
        Assert.Equal(2, NotebookDocument.Read(folder.File("artifacts/reproduction/competition-ei.ipynb")).Cells[2].ExecutionCount);
    }

    [Fact]
    public async Task Reproduce_finds_the_repository_from_below_and_takes_papers_and_a_folder()
    {
        Claim("held");
        string below = Directory.CreateDirectory(folder.File("notebooks/deep")).FullName;
        Assert.Equal(ExitCode.Fine, await RunInAsync(below, "reproduce", "short-term-memory", "--out", "site"));
        Assert.True(File.Exists(Path.Combine(below, "site", "short-term-memory.html")));
        Assert.False(File.Exists(Path.Combine(below, "site", "competition-ei.html")));
    }

    [Theory]
    [InlineData("held", ExitCode.Fine)]
    [InlineData("untested", ExitCode.Fine)]
    [InlineData("failed", ExitCode.ClaimFailed)]
    public async Task The_exit_code_tells_of_claims(string verdict, int code)
    {
        Claim(verdict);
        Assert.Equal(code, await RunAsync("reproduce", "competition-ei"));
    }

    [Fact]
    public async Task Skipped_cells_are_counted_and_named_and_neither_fail_nor_pass_in_silence()
    {
        cells = new FakeCells(_ => FakeCells.Result(CellStatus.Skipped, "cell [1]: skipped", Make.Skip()));
        Assert.Equal(ExitCode.Fine, await RunAsync("reproduce", "competition-ei"));
        Assert.Contains("passed with 2 cells skipped", output.ToString());
        Assert.Contains("competition-ei [1/2] skipped", output.ToString());
        Assert.Contains("competition-ei, cell [1] in \"One\": Skipped. This cell needs the package Deedle.", error.ToString());
        Assert.DoesNotContain("cells ran", error.ToString());
        Assert.Contains("Skipped.", File.ReadAllText(folder.File("artifacts/reproduction/competition-ei.html")));

        Assert.Equal(ExitCode.Fine, await RunAsync("run", "notebooks/competition-ei.ipynb", "--in-place"));
        Assert.Contains("2 cells in 2.0 s, no scorecard, passed with 2 cells skipped.", output.ToString());
        Assert.Contains("vnd.neuronotebooks.skipped+json", File.ReadAllText(folder.File("notebooks/competition-ei.ipynb")));
        Assert.Equal(ExitCode.Fine, await RunAsync("check", "competition-ei"));
    }

    [Fact]
    public async Task A_failed_claim_is_told_beside_skipped_cells()
    {
        cells = new FakeCells(r => r.Code.Contains("profile", StringComparison.Ordinal)
            ? FakeCells.Result(CellStatus.Skipped, "skipped", Make.Skip())
            : FakeCells.Ok(Make.Scorecard(Make.Claim("a", 1, 2, "failed"))));
        Assert.Equal(ExitCode.ClaimFailed, await RunAsync("reproduce", "competition-ei"));
        Assert.Contains("0 of 1 claim held, 1 failed, 1 cell skipped", output.ToString());
    }

    [Theory]
    [InlineData(CellStatus.Error, ExitCode.CellFailed)]
    [InlineData(CellStatus.Died, ExitCode.CellFailed)]
    [InlineData(CellStatus.TimedOut, ExitCode.CellFailed)]
    [InlineData(CellStatus.Interrupted, ExitCode.Interrupted)]
    public async Task A_run_that_does_not_reach_its_end_is_told_and_written(CellStatus status, int code)
    {
        cells = new FakeCells(_ => FakeCells.Result(status, "something happened", Make.Stream("kept")));
        Assert.Equal(code, await RunAsync("reproduce", "competition-ei"));
        Assert.Contains("competition-ei, cell [1] in \"One\": something happened", error.ToString());
        Assert.Contains("1 of 2 cells ran", error.ToString());
        Assert.Contains("kept", File.ReadAllText(folder.File("artifacts/reproduction/competition-ei.ipynb")));
        Assert.Contains("did not reach its end", File.ReadAllText(folder.File("artifacts/reproduction/competition-ei.html")));
    }

    [Theory]
    [InlineData("There is no command \"reprodcue\". Did you mean \"reproduce\"?", "reprodcue")]
    [InlineData("There is no option \"--profil\" of reproduce. Did you mean \"--profile\"?", "reproduce", "--profil", "quick")]
    [InlineData("There is no profile \"ful\": expected quick or full. Did you mean \"full\"?", "reproduce", "--profile", "ful")]
    [InlineData("No notebook is called \"competiton-ei\". Did you mean \"competition-ei\"? List them all with: list", "reproduce", "competiton-ei")]
    [InlineData("No notebook is called \"xyz\". List them all", "check", "xyz")]
    [InlineData("--jobs is 0: expected at least 1", "reproduce", "--jobs", "0")]
    [InlineData("--limit is \"soon\": expected a time above zero, such as 90s, 10m or 2h", "reproduce", "--limit", "soon")]
    [InlineData("no parameter \"seeed\". Did you mean \"seed\"? It takes: profile, seed.", "run", "notebooks/competition-ei.ipynb", "-p", "seeed=1")]
    [InlineData("expected -p name=value", "run", "notebooks/competition-ei.ipynb", "-p", "seed")]
    [InlineData("there is no such file", "run", "notebooks/none.ipynb")]
    [InlineData("--in-place and --out exclude each other", "run", "notebooks/index.ipynb", "--in-place", "--out", "x")]
    [InlineData("Required argument missing", "run")]
    public async Task What_was_not_understood_is_answered_with_what_was_meant(string answer, params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(args));
        Assert.Contains(answer, error.ToString());
        Assert.DoesNotContain("   at ", error.ToString());
        Assert.Empty(cells.Requests);
    }

    [Fact]
    public async Task Outside_a_repository_and_without_notebooks_the_program_says_so()
    {
        using var elsewhere = new TemporaryFolder();
        Assert.Equal(ExitCode.Usage, await RunInAsync(elsewhere.Path, "reproduce"));
        Assert.Contains("No folder \"notebooks\"", error.ToString());
        Directory.CreateDirectory(elsewhere.File("notebooks"));
        Assert.Equal(ExitCode.Usage, await RunInAsync(elsewhere.Path, "list"));
        Assert.Contains("There is no notebook in", error.ToString());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_an_error_of_the_system()
    {
        folder.Write("file", "");
        Assert.Equal(ExitCode.System, await RunAsync("reproduce", "--out", "file/inside"));
        Assert.Contains("could not be made", error.ToString());
    }

    [Fact]
    public async Task Run_writes_beside_the_notebook_or_over_it_or_where_told()
    {
        Claim("held");
        string file = folder.File("notebooks/competition-ei.ipynb"), before = File.ReadAllText(file);
        Assert.Equal(ExitCode.Fine, await RunAsync("run", "notebooks/competition-ei.ipynb", "-p", "seed=7", "--profile", "full"));
        string executed = File.ReadAllText(folder.File("notebooks/competition-ei.executed.ipynb"));
        Assert.Contains("seed = 7UL;", executed);
        Assert.Contains("profile = \\\"full\\\";", executed);
        Assert.Equal(before, File.ReadAllText(file));
        Assert.DoesNotContain("executed", string.Join(' ', new NotebookCollection(folder.Path).Papers.Select(p => p.Slug)));

        Assert.Equal(ExitCode.Fine, await RunAsync("run", "notebooks/competition-ei.ipynb", "--in-place"));
        Assert.Contains("scorecard", File.ReadAllText(file));
        Assert.Equal(ExitCode.Fine, await RunAsync("run", "notebooks/competition-ei.ipynb", "--out", "copy.ipynb"));
        Assert.True(File.Exists(folder.File("copy.ipynb")));
    }

    [Fact]
    public async Task Limits_reach_the_cells()
    {
        await RunAsync("run", "notebooks/competition-ei.ipynb", "--cell-limit", "1.5m", "--limit", "2h");
        Assert.Equal(TimeSpan.FromSeconds(90), cells.Requests[0].Limit);
        await RunAsync("run", "notebooks/competition-ei.ipynb", "--profile", "full");
        Assert.Equal(TimeSpan.FromHours(6), cells.Requests[^1].Limit);
    }

    [Fact]
    public async Task Check_finds_what_a_run_no_longer_gives()
    {
        Claim("held");
        await RunAsync("run", "notebooks/competition-ei.ipynb", "--in-place");
        Assert.Equal(ExitCode.Fine, await RunAsync("check", "competition-ei"));
        Assert.Contains("competition-ei: the saved outputs are what a run gives.", output.ToString());

        cells = new FakeCells(_ => FakeCells.Ok(Make.Stream("other")));
        Assert.Equal(ExitCode.Differs, await RunAsync("check", "competition-ei"));
        Assert.Contains("2 differences", output.ToString());

        cells = new FakeCells(_ => FakeCells.Result(CellStatus.Error, "boom", Make.Error("boom")));
        Assert.Equal(ExitCode.CellFailed, await RunAsync("check"));
    }

    [Fact]
    public async Task The_gate_names_each_rule_that_is_broken()
    {
        Assert.Equal(ExitCode.Differs, await RunAsync("check", "--gate", "competition-ei"));
        Assert.Contains("  doi: no DOI", output.ToString());
        Assert.Empty(cells.Requests);
        File.WriteAllText(folder.File("notebooks/competition-ei.ipynb"), Checking.NotebookGateTests.Good().ToText());
        Assert.Equal(ExitCode.Fine, await RunAsync("check", "--gate", "competition-ei"));
        Assert.Contains("keeps all 22 rules", output.ToString());
    }

    [Fact]
    public async Task Export_list_and_clean_run_no_cell()
    {
        Assert.Equal(ExitCode.Fine, await RunAsync("export", "notebooks/competition-ei.ipynb", "--out", "page.html"));
        Assert.Contains("<h1 id=\"one\">One</h1>", File.ReadAllText(folder.File("page.html")));
        Assert.Equal(ExitCode.Fine, await RunAsync("list"));
        Assert.Matches(@"competition-ei +One +none", output.ToString());

        Claim("held");
        await RunAsync("run", "notebooks/competition-ei.ipynb", "--in-place");
        await RunAsync("list");
        Assert.Matches(@"One +1 of 1 claim held \(quick\)", output.ToString());
        int before = cells.Requests.Count;
        Assert.Equal(ExitCode.Fine, await RunAsync("clean", "notebooks/competition-ei.ipynb"));
        Assert.Equal(Notebook("One").ToText().Length, File.ReadAllText(folder.File("notebooks/competition-ei.ipynb")).Length, 8.0);
        Assert.Equal(before, cells.Requests.Count);
    }

    [Theory]
    [InlineData("Exit codes:")]
    [InlineData("Examples:", "reproduce")]
    [InlineData("-p seed=7 -p neurons=40", "run")]
    [InlineData("--gate", "check")]
    [InlineData("needs no network", "export")]
    [InlineData("list", "list")]
    [InlineData("in place", "clean")]
    public async Task Help_has_examples(string fragment, params string[] command)
    {
        Assert.Equal(ExitCode.Fine, await RunAsync([.. command, "--help"]));
        Assert.Contains(fragment, output.ToString());
        Assert.Empty(error.ToString());
    }

    [Fact]
    public async Task Repairs_are_told_once()
    {
        folder.Write("notebooks/old.ipynb", """{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":2}""");
        await RunAsync("export", "notebooks/old.ipynb");
        Assert.Contains("old: format 4.2 was brought to 4.5", error.ToString());
    }

    private Task<int> RunAsync(params string[] args) => RunInAsync(folder.Path, args);

    private Task<int> RunInAsync(string where, params string[] args)
    {
        var executor = new NotebookExecutor((_, _) => Task.FromResult<ICellRunner>(cells));
        return CommandLine.RunAsync(args, new CommandContext(Screen.Plain(output, error), where, executor), CancellationToken.None);
    }

    private void Claim(string verdict) =>
        cells = new FakeCells(request => request.Code == "2" ? FakeCells.Ok(Make.Scorecard(Make.Claim("a", 1, 1, verdict))) : FakeCells.Ok());

    private static NotebookDocument Notebook(string title) =>
        Make.Notebook(Make.Text($"# {title}"), Make.Code("string profile = \"quick\";\nulong seed = 1;", "parameters"), Make.Code("2"));
}
