using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Host;

internal sealed partial class CellCompiler
{
    private readonly DocumentationFiles _documentation = new();

    /// <summary>Answers a question about a cell that is being written, in the light of those that ran. Nothing is run, loaded or kept.</summary>
    public Answer Answer(Question question) => question switch
    {
        Complete q => new Completed(q.Number, Draft(q.Code) is { } draft ? Completer.At(draft, q.Cursor) : new Completions(q.Cursor, [])),
        Describe q => new Described(q.Number, Draft(q.Code) is { } draft ? Describer.At(draft, q.Cursor) : null),
        Judge q => Judged(q),
        _ => throw new InvalidDataException($"A parent does not ask {question.GetType().Name}."),
    };

    /// <summary>The cell as the next link of the chain, with every directive and magic command blanked out; null if it holds no C#.</summary>
    private CellDraft? Draft(string code)
    {
        char[] text = code.ToCharArray();
        int start = 0;
        foreach (string line in code.Split('\n'))
        {
            if (line.StartsWith("#!markdown", StringComparison.Ordinal) || line.StartsWith("#!html", StringComparison.Ordinal)) return null;
            bool isDirective = line.StartsWith("#!", StringComparison.Ordinal)
                || line.TrimStart().StartsWith("#r", StringComparison.Ordinal) || line.TrimStart().StartsWith("#i", StringComparison.Ordinal);
            if (isDirective) text.AsSpan(start, line.Length).Fill(' ');
            start += line.Length + 1;
        }

        var tree = Parse(new string(text), "draft");
        var compilation = CSharpCompilation.CreateScriptCompilation("Draft", tree, [.. references.All], Options(_count + 1), _previous, typeof(object));
        return new CellDraft(compilation, tree, _documentation);
    }

    private static Judged Judged(Judge question)
    {
        try
        {
            foreach (var piece in CellPieces.Of(question.Code, out _).OfType<CSharpPiece>())
            {
                var tree = Parse(piece.Code, "draft");
                if (!SyntaxFactory.IsCompleteSubmission(tree)) return new Judged(question.Number, Completeness.Incomplete, NextIndent(piece.Code));
                if (tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error && !IsOfDirective(d, tree)))
                    return new Judged(question.Number, Completeness.Invalid, "");
            }
            return new Judged(question.Number, Completeness.Complete, "");
        }
        catch (CellSyntaxException)
        {
            return new Judged(question.Number, Completeness.Invalid, "");
        }
    }

    /// <summary>What is wrong with a directive is said when the cell runs: <c>#i</c> is no C#, and yet obeyed.</summary>
    private static bool IsOfDirective(Diagnostic diagnostic, SyntaxTree tree) =>
        tree.GetRoot().FindTrivia(diagnostic.Location.SourceSpan.Start).IsDirective;

    /// <summary>The blanks of the last line, and four more if it opens a block.</summary>
    private static string NextIndent(string code)
    {
        string last = code.TrimEnd().Split('\n')[^1].TrimEnd('\r');
        string blanks = last[..^last.TrimStart().Length];
        return last.EndsWith('{') || last.EndsWith('(') || last.EndsWith('[') ? blanks + "    " : blanks;
    }
}
