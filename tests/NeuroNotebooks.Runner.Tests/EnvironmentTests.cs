using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroNotebooks.Data;
using NeuroNotebooks.Runner.Checking;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests;

/// <summary>What the repository says about front ends is what its files and messages are.</summary>
public class EnvironmentTests
{
    private static readonly string Guide = File.ReadAllText(In("environment.md"));

    [Theory]
    [InlineData(".vscode/extensions.json", "recommendations")]
    [InlineData(".vscode/settings.json", "jupyter.notebookFileRoot")]
    [InlineData(".vscode/tasks.json", "tasks")]
    [InlineData(".devcontainer/devcontainer.json", "image")]
    public void The_files_for_front_ends_are_json_with_comments(string file, string entry)
    {
        JsonNode? json = JsonNode.Parse(File.ReadAllText(In(file)), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        Assert.NotNull(json?[entry]);
    }

    /// <summary>Each row of the table of errors quotes the message that readers see.</summary>
    [Theory]
    [InlineData("The library is not built: there is nothing in artifacts/lib.")]
    [InlineData("but the library needs .NET 10.")]
    [InlineData("This notebook runs outside the repository, in ")]
    public void The_table_of_errors_quotes_the_set_up(string words)
    {
        Assert.Contains(words, SetUpCells.Check, StringComparison.Ordinal);
        Assert.Contains(words, Guide, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_errors_quotes_what_is_said_about_a_wrong_kernel_and_about_data()
    {
        Assert.Contains("SyntaxError", SetUpCells.Text, StringComparison.Ordinal);
        Assert.Contains("`SyntaxError: invalid syntax`", Guide, StringComparison.Ordinal);
        using var empty = new TemporaryFolder();
        string message = Assert.Throws<DatasetException>(() => Dataset.Open("mnist", empty.Path)).Message;
        foreach (string words in (string[])["The data set mnist is not fetched: there is no file ", "dotnet run --project lib/NeuroNotebooks.Runner -- data fetch mnist"])
        {
            Assert.Contains(words, message, StringComparison.Ordinal);
            Assert.Contains(words, Guide, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_readme_lists_every_notebook()
    {
        string readme = File.ReadAllText(In("README.md"));
        foreach (string notebook in Directory.GetFiles(In("notebooks"), "*.ipynb").Where(file => !file.EndsWith(".executed.ipynb", StringComparison.Ordinal)))
            Assert.Contains($"(notebooks/{Path.GetFileName(notebook)})", readme, StringComparison.Ordinal);
    }

    private static string In(string path) => Path.Combine(Repository.Root, path);
}
