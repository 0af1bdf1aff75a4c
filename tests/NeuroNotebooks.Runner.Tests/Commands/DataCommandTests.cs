using NeuroNotebooks.Data;
using NeuroNotebooks.Runner.Commands;
using NeuroNotebooks.Runner.Datasets;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Terminal;
using NeuroNotebooks.Runner.Tests.Datasets;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Commands;

public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new(), error = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_data_set_is_fetched_verified_and_listed()
    {
        Assert.Equal(ExitCode.Fine, await RunAsync("data", "list"));
        Assert.Contains("not fetched", output.ToString());
        File.WriteAllBytes(folder.File("digits"), DatasetFetcherTests.Content);
        Assert.Equal(ExitCode.Fine, await RunAsync("data", "fetch", "digits", "--from", "."));
        Assert.Contains("digits: 0.6 MB from", output.ToString());
        Assert.Contains("verified", output.ToString());
        Assert.Contains("licence: free", output.ToString());
        Assert.Equal(ExitCode.Fine, await RunAsync("data", "verify"));
        Assert.Contains("digits: every file is what it should be.", output.ToString());
        Assert.Equal(ExitCode.Fine, await RunAsync("data", "fetch", "digits"));
        Assert.Contains("here already", output.ToString());
    }

    [Fact]
    public async Task What_could_not_be_fetched_is_told_source_by_source_with_the_way_by_hand()
    {
        Assert.Equal(ExitCode.NoData, await RunAsync("data", "fetch", "digits", "--from", "."));
        Assert.Contains($"digits, digits: {folder.Path}", error.ToString());
        Assert.Contains("it has no such file", error.ToString());
        Assert.Contains("data fetch digits --from FOLDER", error.ToString());
    }

    [Fact]
    public async Task A_damaged_file_is_found()
    {
        Directory.CreateDirectory(folder.File("cache/digits"));
        folder.Write("cache/digits/digits", "short");
        Assert.Equal(ExitCode.NoData, await RunAsync("data", "verify"));
        Assert.Contains("has 5 bytes instead of 600000", error.ToString());
        Assert.Contains("1 file of 1 cannot be used; run: data fetch digits", output.ToString());
        Assert.Equal(ExitCode.Fine, await RunAsync("data", "list"));
        Assert.Contains("incomplete", output.ToString());
    }

    [Fact]
    public async Task Nothing_fetched_is_nothing_wrong()
    {
        Assert.Equal(ExitCode.Fine, await RunAsync("data", "verify"));
        Assert.Contains("No data set is fetched.", output.ToString());
    }

    [Fact]
    public async Task Stopped_it_says_so()
    {
        Assert.Equal(ExitCode.Interrupted, await CommandLine.RunAsync(["data", "fetch", "digits"], Context, new CancellationToken(canceled: true)));
        Assert.Contains("digits: stopped.", error.ToString());
    }

    [Theory]
    [InlineData("No data set is called \"digit\". Did you mean \"digits\"? List them all with: data list", "data", "fetch", "digit")]
    [InlineData("there is no such folder", "data", "fetch", "digits", "--from", "nowhere")]
    [InlineData("There is no command \"fech\" of data. Did you mean \"fetch\"?", "data", "fech")]
    [InlineData("Required command was not provided", "data")]
    public async Task What_was_not_understood_is_answered_with_what_was_meant(string answer, params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(args));
        Assert.Contains(answer, error.ToString());
    }

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args, Context, CancellationToken.None);

    private CommandContext Context => new(Screen.Plain(output, error), folder.Path, NotebookExecutor.InChildProcess)
    {
        Catalogue = [DatasetFetcherTests.Info],
        Fetcher = from => new DatasetFetcher(folder.File("cache"), _ => from is null ? [new DatasetFetcherTests.Place("nowhere", null)] : [new FolderSource(from)]),
    };
}
