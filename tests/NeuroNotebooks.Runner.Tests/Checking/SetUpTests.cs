using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NeuroNotebooks.Runner.Checking;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Tests.Engine;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Checking;

/// <summary>What a reader sees when a notebook cannot find what it needs: a sentence with the way out, from the set-up that all share.</summary>
public sealed class SetUpTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_library_that_is_not_built_is_told()
    {
        folder.Write("lib/NeuroNotebooks/NeuroNotebooks.csproj", "");
        string message = await FailureAsync();
        Assert.Contains("The library is not built", message, StringComparison.Ordinal);
        Assert.Contains("Run \"dotnet build\" in the repository's folder", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_outside_the_repository_is_told()
    {
        string message = await FailureAsync();
        Assert.Contains("outside the repository, in " + Path.Combine(folder.Path, "notebooks"), message, StringComparison.Ordinal);
        Assert.Contains("Clone the repository", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_on_an_older_dotnet_is_told()
    {
        // stands in for the platform's class of that name, as a kernel on .NET 8 has it
        string message = await FailureAsync("static class Environment { public static Version Version => new(8, 0, 11); }");
        Assert.Contains("runs on .NET 8.0.11, but the library needs .NET 10", message, StringComparison.Ordinal);
        Assert.Contains("1.0.712001", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_said_when_nothing_is_missing()
    {
        folder.Write("lib/NeuroNotebooks/NeuroNotebooks.csproj", "");
        folder.Write("artifacts/lib/NeuroNotebooks.Figures.dll", "");
        await using var session = await TestSession.StartAsync(Directory.CreateDirectory(folder.File("notebooks")).FullName);
        Assert.Empty((await session.OkAsync(SetUpCells.Check)).Outputs);
    }

    [Fact]
    public void An_older_kernel_understands_the_check()
    {
        // .NET 8 brings C# 12
        var tree = CSharpSyntaxTree.ParseText(SetUpCells.Check, new CSharpParseOptions(LanguageVersion.CSharp12, kind: SourceCodeKind.Script));
        Assert.Empty(tree.GetDiagnostics());
        Assert.DoesNotContain(tree.GetRoot().DescendantTrivia(), trivia => trivia.IsDirective);     // which would be obeyed first
    }

    [Fact]
    public void The_text_beside_it_names_the_kernels_and_the_sign_of_a_wrong_one()
    {
        foreach (string word in (string[])[".NET Interactive", ".NET (C#)", "C# (NeuroNotebooks)", "SyntaxError", "Python", "environment.md"])
            Assert.Contains(word, SetUpCells.Text, StringComparison.Ordinal);
    }

    private async Task<string> FailureAsync(string before = "")
    {
        await using var session = await TestSession.StartAsync(Directory.CreateDirectory(folder.File("notebooks")).FullName);
        if (before.Length > 0) await session.OkAsync(before);
        var result = await session.RunAsync(SetUpCells.Check);
        Assert.Equal(CellStatus.Error, result.Status);
        return (string)result.Outputs[^1]["evalue"]!;
    }
}
