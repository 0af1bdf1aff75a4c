using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Parameters;

namespace NeuroNotebooks.Runner.Checking;

/// <summary>Rules about a notebook's cells and metadata.</summary>
internal static class CodeRules
{
    public const int MaxLines = 25;

    private static readonly string[] CellEntries =
        ["dotnet_interactive", "polyglot_notebook", "tags", "jupyter", "collapsed", "name", "neuronotebooks", "slideshow"];
    private static readonly string[] NotebookEntries =
        ["kernelspec", "language_info", "polyglot_notebook", "neuronotebooks", "title", "authors"];

    public static IEnumerable<Difference> Parameters(NotebookDocument notebook)
    {
        int cells = notebook.Cells.Count(cell => cell.Kind == CellKind.Code && cell.HasTag(NotebookParameters.DeclaringTag));
        if (cells != 1) yield return NotebookGate.Whole($"{cells} code cells are tagged \"parameters\": expected one.");
        else if (!NotebookParameters.Declared(notebook).Any(p => p is { Name: "profile", Type.Name: "string" }))
            yield return NotebookGate.Whole("the parameters cell declares no string profile.");
        if (notebook.Cells.Any(cell => cell.HasTag(NotebookParameters.InjectedTag)))
            yield return NotebookGate.Whole("it was saved with injected parameters: run it with its own.");
    }

    public static IEnumerable<Difference> Loops(NotebookDocument notebook)
    {
        foreach (int i in CodeCells(notebook))
        {
            var options = new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script);
            SyntaxTree tree = CSharpSyntaxTree.ParseText(notebook.Cells[i].Source, options);
            foreach (SyntaxNode loop in tree.GetRoot().DescendantNodes()
                .Where(n => n is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax))
            {
                int line = tree.GetLineSpan(loop.Span).StartLinePosition.Line + 1;
                yield return NotebookGate.At(
                    notebook, i, $"line {line} is a loop ({loop.GetFirstToken().Text}): give the library a function for it.");
            }
        }
    }

    public static IEnumerable<Difference> Length(NotebookDocument notebook)
    {
        foreach (int i in CodeCells(notebook))
        {
            int lines = notebook.Cells[i].Source.TrimEnd().Split('\n').Length;
            if (lines > MaxLines) yield return NotebookGate.At(
                notebook, i, $"{lines} lines: at most {MaxLines} fit beside what is said about them.");
        }
    }

    public static IEnumerable<Difference> Metadata(NotebookDocument notebook)
    {
        foreach (var (key, expected) in KernelMetadata.ForNotebook())
            if (!Holds(notebook.Metadata[key], expected))
                yield return NotebookGate.Whole(
                    $"\"{key}\" is {notebook.Metadata[key]?.ToJsonString() ?? "missing"}: expected {expected!.ToJsonString()}.");
        foreach (string key in notebook.Metadata.Select(entry => entry.Key).Except(NotebookEntries))
            yield return NotebookGate.Whole($"unexpected metadata \"{key}\".");
        if (!NotebookKind.All.Contains(NotebookKind.Of(notebook)))
            yield return NotebookGate.Whole($"kind is \"{NotebookKind.Of(notebook)}\": expected {string.Join(" or ", NotebookKind.All)}.");
        foreach (string note in notebook.Notes) yield return NotebookGate.Whole($"the file had to be repaired: {note}");

        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            NotebookCell cell = notebook.Cells[i];
            foreach (string key in cell.Metadata.Select(entry => entry.Key).Except(CellEntries))
                yield return NotebookGate.At(notebook, i, $"unexpected metadata \"{key}\".");
            if (cell.Kind == CellKind.Code
                && OutputBundle.Text((cell.Metadata["polyglot_notebook"] as JsonObject)?["kernelName"]) != "csharp")
                yield return NotebookGate.At(notebook, i, "no \"polyglot_notebook\": {\"kernelName\": \"csharp\"}.");
        }
    }

    internal static IEnumerable<int> CodeCells(NotebookDocument notebook) =>
        Enumerable.Range(0, notebook.Cells.Count).Where(i => notebook.Cells[i].Kind == CellKind.Code);

    /// <summary>Whether a value has all that is expected; VS Code may have added more, such as other kernels.</summary>
    private static bool Holds(JsonNode? actual, JsonNode? expected) => (actual, expected) switch
    {
        (JsonObject a, JsonObject e) => e.All(entry => Holds(a[entry.Key], entry.Value)),
        (JsonArray a, JsonArray e) => e.All(item => a.Any(candidate => Holds(candidate, item))),
        _ => JsonNode.DeepEquals(actual, expected),
    };
}
