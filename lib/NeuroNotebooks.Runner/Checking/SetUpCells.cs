using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Checking;

/// <summary>
/// How every notebook begins: a line of text about the kernel, a cell of plain C# that any .NET kernel runs and that says in a sentence what
/// is missing, and the cell that loads the library. The check comes first, as a front end obeys <c>#r</c> before any C# of the same cell.
/// </summary>
internal static class SetUpCells
{
    /// <summary>The text cell.</summary>
    public const string Text = """
        **Set-up.** Build the library once, with `dotnet build` in the repository's folder, and choose a C# kernel: *.NET Interactive*, *.NET (C#)* or
        *C# (NeuroNotebooks)*. A `SyntaxError` under the next cell means that a Python kernel was chosen. The file environment.md has the steps.
        """;

    /// <summary>The cell that says what is missing; C# 12, as kernels on .NET 8 have it.</summary>
    public const string Check = """
        // Says in one sentence what is missing, if something is.
        if (Environment.Version.Major < 10)
            throw new InvalidOperationException($"This kernel runs on .NET {Environment.Version}, but the library needs .NET 10. "
                + "Install the .NET 10 SDK and .NET Interactive 1.0.712001, or choose the kernel \"C# (NeuroNotebooks)\".");
        if (!System.IO.File.Exists("../lib/NeuroNotebooks/NeuroNotebooks.csproj"))
            throw new InvalidOperationException("This notebook runs outside the repository, in "
                + $"{System.IO.Directory.GetCurrentDirectory()}, where its library cannot be found. "
                + "Clone the repository and open the notebook in its folder \"notebooks\".");
        if (!System.IO.File.Exists("../artifacts/lib/NeuroNotebooks.Figures.dll"))
            throw new InvalidOperationException("The library is not built: there is nothing in artifacts/lib. "
                + "Run \"dotnet build\" in the repository's folder, then this cell again.");
        """;

    /// <summary>How the cell starts that loads the library.</summary>
    public const string References = """
        #r "../artifacts/lib/NeuroNotebooks.dll"
        #r "../artifacts/lib/NeuroNotebooks.Figures.dll"
        """;

    /// <summary>The rule: the first code cells are these, under this text.</summary>
    public static IEnumerable<Difference> Rule(NotebookDocument notebook)
    {
        if (CodeRules.CodeCells(notebook).Take(2).ToArray() is not [var check, var references] || check == 0)
        {
            yield return NotebookGate.Whole("it does not begin with a text cell and the two set-up cells.");
            yield break;
        }
        if (notebook.Cells[check - 1].Source.Trim() != Text)
            yield return NotebookGate.At(notebook, check - 1, $"before the first code cell stands the text:\n{Text}");
        if (notebook.Cells[check].Source.Trim() != Check)
            yield return NotebookGate.At(notebook, check, $"the first code cell is the check of the set-up:\n{Check}");
        if (!notebook.Cells[references].Source.StartsWith(References, StringComparison.Ordinal))
            yield return NotebookGate.At(notebook, references, $"the second code cell starts with:\n{References}");
    }
}
