using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Parameters;

/// <summary>
/// A notebook's parameters by Papermill's conventions: the cell tagged <c>parameters</c> declares them with their defaults; values from
/// outside go into a cell tagged <c>injected-parameters</c> right after it, in the executed copy only.
/// </summary>
internal static class NotebookParameters
{
    public const string DeclaringTag = "parameters";
    public const string InjectedTag = "injected-parameters";

    /// <summary>The variables declared in the cell tagged <c>parameters</c>; none when there is no such cell.</summary>
    public static IReadOnlyList<ParameterDeclaration> Declared(NotebookDocument notebook)
    {
        int index = DeclaringCell(notebook);
        return index < 0 ? [] : Declarations(notebook.Cells[index].Source);
    }

    /// <summary>Sets parameters in a notebook: replaces the injected cell of an earlier run, or adds one.</summary>
    /// <param name="notebook">The copy that will run.</param>
    /// <param name="values">Texts by name, as typed in a terminal.</param>
    /// <exception cref="UsageException">A name is unknown, a text is no value of its type, or a value is out of bounds.</exception>
    public static void Inject(NotebookDocument notebook, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0) return;
        int at = DeclaringCell(notebook);
        if (at < 0)
            throw new UsageException($"Notebook {notebook.Name} takes no parameters: none of its cells is tagged \"{DeclaringTag}\".");

        var declared = Declarations(notebook.Cells[at].Source);
        var lines = new List<string> { "// Parameters of this run" };
        foreach (var (name, text) in values)
        {
            ParameterDeclaration declaration = declared.FirstOrDefault(d => d.Name == name) ?? throw Unknown(notebook, name, declared);
            string literal = declaration.Type.LiteralOrThrow(name, text);
            declaration.Bounds.Check(name, text);
            lines.Add($"{name} = {literal};");
        }
        RemoveInjected(notebook);
        at = DeclaringCell(notebook);
        string source = string.Join('\n', lines);
        string id = NotebookReading.NewId(at + 1, source, notebook.Cells.Select(cell => cell.Id).ToHashSet());
        notebook.Insert(at + 1, NotebookCell.NewCode(id, source, InjectedTag));
    }

    /// <summary>Reads <c>name=value</c> pairs as they come from the command line.</summary>
    /// <exception cref="UsageException">A pair has no equals sign, or a name comes twice.</exception>
    public static Dictionary<string, string> ReadPairs(IEnumerable<string> pairs)
    {
        var values = new Dictionary<string, string>();
        foreach (string pair in pairs)
        {
            int equals = pair.IndexOf('=');
            if (equals < 1) throw new UsageException($"-p {pair} has no value: expected -p name=value, such as -p seed=7.");
            if (!values.TryAdd(pair[..equals].Trim(), pair[(equals + 1)..]))
                throw new UsageException($"Parameter {pair[..equals].Trim()} is given twice.");
        }
        return values;
    }

    internal static IReadOnlyList<ParameterDeclaration> Declarations(string source)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script);
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source, options).GetRoot();
        var declarations = new List<ParameterDeclaration>();
        foreach (VariableDeclarationSyntax variables in root.Members.OfType<FieldDeclarationSyntax>().Select(field => field.Declaration))
        {
            foreach (VariableDeclaratorSyntax variable in variables.Variables)
            {
                if (variable.Initializer is null || TypeOf(variables.Type, variable.Initializer.Value) is not { } type) continue;
                string comment = Comment(variables);
                declarations.Add(new(variable.Identifier.Text, type, variable.Initializer.Value.ToString(), comment,
                    ParameterBounds.FromComment(comment, type)));
            }
        }
        return declarations;
    }

    private static int DeclaringCell(NotebookDocument notebook)
    {
        for (int i = 0; i < notebook.Cells.Count; i++)
            if (notebook.Cells[i].Kind == CellKind.Code && notebook.Cells[i].HasTag(DeclaringTag)) return i;
        return -1;
    }

    private static void RemoveInjected(NotebookDocument notebook)
    {
        for (int i = notebook.Cells.Count - 1; i >= 0; i--)
            if (notebook.Cells[i].HasTag(InjectedTag)) notebook.RemoveAt(i);
    }

    /// <summary>The declared type, or that of a literal behind <c>var</c>.</summary>
    private static ParameterType? TypeOf(TypeSyntax declared, ExpressionSyntax value)
    {
        if (!declared.IsVar) return ParameterType.Named(declared.ToString().Replace(" ", "", StringComparison.Ordinal));
        ExpressionSyntax literal = value is PrefixUnaryExpressionSyntax sign ? sign.Operand : value;
        return literal is not LiteralExpressionSyntax { Token.Value: { } constant } ? null : ParameterType.Named(constant switch
        {
            int => "int", long => "long", uint => "uint", ulong => "ulong", double => "double", float => "float", decimal => "decimal",
            bool => "bool", string => "string", _ => "",
        });
    }

    private static string Comment(VariableDeclarationSyntax variables)
    {
        string trivia = variables.Parent!.GetTrailingTrivia().ToFullString().Trim();
        return trivia.StartsWith("//", StringComparison.Ordinal) ? trivia.TrimStart('/').Trim() : "";
    }

    private static UsageException Unknown(NotebookDocument notebook, string name, IReadOnlyList<ParameterDeclaration> declared)
    {
        var names = declared.Select(d => d.Name).ToList();
        string takes = names.Count == 0 ? "It takes none" : $"It takes: {string.Join(", ", names)}";
        return new($"Notebook {notebook.Name} has no parameter \"{name}\".{Nearest.Hint(name, names)} {takes}.");
    }
}
