using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Tests.Engine;

/// <summary>Cells whose packages cannot be had: skipped with a word, neither passed nor failed.</summary>
public sealed class CellSkipTests(FolderSession shared) : IClassFixture<FolderSession>
{
    [Fact]
    public async Task A_cell_that_asks_for_a_package_is_skipped_and_says_which_and_what_to_do()
    {
        await using var session = await TestSession.StartAsync(shared.Folder);
        var result = await session.RunAsync("#r \"nuget: Plotly.NET, 5.1.0\"\n#r \"nuget:Deedle\"\nConsole.WriteLine(\"not reached\");", "cell 4");

        Assert.Equal(CellStatus.Skipped, result.Status);
        Assert.Equal("cell 4: skipped, as the packages Plotly.NET 5.1.0 and Deedle cannot be obtained here.", result.Message);
        Assert.Equal(["display_data"], result.Types());
        Assert.Equal(1, result.ExecutionCount);
        var shown = result.Data();
        Assert.Contains("needs the packages Plotly.NET 5.1.0 and Deedle", (string?)shown["text/plain"], StringComparison.Ordinal);
        Assert.Contains(".NET Interactive", (string?)shown["text/plain"], StringComparison.Ordinal);
        Assert.Contains("#r \"path/Plotly.NET.dll\"", (string?)shown["text/plain"], StringComparison.Ordinal);
        Assert.StartsWith("<p><strong>Skipped.</strong>", (string?)shown["text/html"], StringComparison.Ordinal);
        Assert.Equal("""{"schema":1,"packages":["Plotly.NET 5.1.0","Deedle"]}""", shown[CellSkip.MimeType]!.ToJsonString());
    }

    [Fact]
    public async Task What_only_the_package_could_define_is_skipped_too_and_everything_else_fails_as_ever()
    {
        await using var session = await TestSession.StartAsync(shared.Folder);
        Assert.Equal(CellStatus.Error, (await session.RunAsync("Frame.FromColumns(1)")).Status);     // no package was asked for yet
        Assert.Equal(CellStatus.Skipped, (await session.RunAsync("#r \"nuget: Deedle, 7.0.1\"")).Status);

        var unresolved = await session.RunAsync("using Deedle;\nvar frame = Frame.FromColumns(1);\nframe.RowCount", "cell 3");
        Assert.Equal(CellStatus.Skipped, unresolved.Status);
        Assert.Equal("cell 3: skipped, as the package Deedle 7.0.1 cannot be obtained here and Deedle, Frame are unknown without.", unresolved.Message);
        Assert.Equal(CellStatus.Skipped, (await session.RunAsync("frame.RowCount")).Status);
        Assert.Equal(CellStatus.Skipped, (await session.RunAsync("new[] { 1.0 }.ToDeedle()")).Status);

        Assert.Equal(CellStatus.Error, (await session.RunAsync("int wrong = \"text\";")).Status);
        Assert.Equal(CellStatus.Error, (await session.RunAsync("int wrong = \"text\"; Frame.FromColumns(wrong)")).Status);
        Assert.Equal(CellStatus.Error, (await session.RunAsync("throw new InvalidOperationException();")).Status);
        Assert.Equal("2", (await session.OkAsync("1 + 1")).Value());
    }

    [Fact]
    public async Task A_skipped_cell_is_reported_as_it_happens()
    {
        await using var session = await TestSession.StartAsync(shared.Folder);
        var seen = new List<CellEvent>();
        await session.RunAsync(new CellRequest("#r \"nuget: Deedle\"", "cell 1", TestSession.Limit), new Seen(seen));
        var added = Assert.IsType<OutputAdded>(Assert.Single(seen));
        Assert.True(added.Output["data"]!.AsObject().ContainsKey(CellSkip.MimeType));
    }

    [Fact]
    public async Task A_package_without_a_name_is_a_mistake_of_the_cell() =>
        Assert.Contains("names no package", (await shared.Session.RunAsync("#r \"nuget: \"")).Message, StringComparison.Ordinal);

    private sealed class Seen(List<CellEvent> events) : IProgress<CellEvent>
    {
        public void Report(CellEvent value) => events.Add(value);
    }
}
