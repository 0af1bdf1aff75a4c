using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace NeuroNotebooks.Runner.Host;

/// <summary>A cell that does not compile.</summary>
internal sealed class CellCompilationException(IReadOnlyList<Diagnostic> errors) : Exception(errors[0].ToString())
{
    /// <summary>The compiler's errors, at least one.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; } = errors;
}

/// <summary>A cell that needs packages which cannot be had: it asks for them, or for names that only they could define.</summary>
internal sealed class MissingPackagesException(IReadOnlyList<string> packages, IReadOnlyList<string> unresolved)
    : Exception($"Packages that cannot be obtained here: {string.Join(", ", packages)}.")
{
    /// <summary>The packages.</summary>
    public IReadOnlyList<string> Packages { get; } = packages;

    /// <summary>The names; empty when the cell asks for the packages itself.</summary>
    public IReadOnlyList<string> Unresolved { get; } = unresolved;
}

/// <summary>A compiled cell, ready to run: it leaves its variables in the array, and gives its value if it has one.</summary>
internal sealed record CompiledCell(Func<object?[], Task<object>>? Run, bool HasValue);

/// <summary>Compiles cells into a chain in which each sees the declarations and usings of those before it.</summary>
internal sealed partial class CellCompiler(References references, NotebookLoadContext context, string folder)
{
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive.Kernel",
    ];

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);
    /// <summary>Errors about a name that nothing defines: no such name, type, namespace, member, assembly.</summary>
    private static readonly HashSet<string> UnknownNames = ["CS0103", "CS0246", "CS0234", "CS0400", "CS1061", "CS0012"];

    private readonly FileSources _files = new(folder);
    private readonly List<string> _missingPackages = [];
    private CSharpCompilation? _previous;
    private int _count;

    /// <summary>The number of cells so far: the array of variables needs one place more.</summary>
    public int Count => _count;

    /// <summary>Compiles and loads one.</summary>
    /// <param name="code">The source.</param>
    /// <param name="name">What places in it are called in messages and stack traces.</param>
    /// <exception cref="CellCompilationException">It does not compile.</exception>
    /// <exception cref="CellSyntaxException">A directive names what is not there.</exception>
    /// <exception cref="MissingPackagesException">
    /// It names packages that cannot be had; or such packages were named before, and unknown names are all that is wrong with it.
    /// </exception>
    public CompiledCell Compile(string code, string name)
    {
        var tree = Parse(TakeDirectives(code, name), name);
        var compilation = CSharpCompilation.CreateScriptCompilation(
            $"NotebookCell{_count + 1}", tree, references.All, Options(_count + 1), _previous, typeof(object));

        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Diagnostic[] errors = [.. emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0 && _missingPackages.Count > 0 && errors.All(error => UnknownNames.Contains(error.Id)))
            throw new MissingPackagesException([.. _missingPackages], NamesIn(errors));
        if (errors.Length > 0) throw new CellCompilationException(errors);

        _previous = compilation;
        _count++;
        if (!emitted.Success || compilation.GetEntryPoint(default) is not { } entry)
            return new CompiledCell(null, HasValue: false);     // nothing to run: comments, usings

        assembly.Position = symbols.Position = 0;
        var factory = context.LoadFromStream(assembly, symbols)
            .GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)!;
        return new CompiledCell(factory.CreateDelegate<Func<object?[], Task<object>>>(), HasValue(compilation, tree));
    }

    private CSharpCompilationOptions Options(int number) => new(
        OutputKind.DynamicallyLinkedLibrary,
        scriptClassName: $"Submission#{number}",
        usings: Imports,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        concurrentBuild: true,
        sourceReferenceResolver: _files,
        metadataReferenceResolver: references,
        assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);

    private static SyntaxTree Parse(string code, string name) =>
        CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), Parsing, name);

    /// <summary>Obeys every <c>#r</c> of a cell, wherever it stands, ignores <c>#i</c>, and blanks both out.</summary>
    private string TakeDirectives(string code, string name)
    {
        if (!code.Contains("#r", StringComparison.Ordinal) && !code.Contains("#i", StringComparison.Ordinal)) return code;

        var tree = Parse(code, name);
        var text = new StringBuilder(code);
        var missing = new List<string>();
        foreach (var trivia in tree.GetRoot().DescendantTrivia().Where(t => t.IsDirective))
        {
            if (trivia.GetStructure() is ReferenceDirectiveTriviaSyntax { File.IsMissing: false } directive)
                Reference(directive, tree, name, missing);
            else if (!trivia.ToString().StartsWith("#i ", StringComparison.Ordinal)) continue;
            for (int i = trivia.SpanStart; i < trivia.Span.End; i++)
                if (text[i] is not ('\n' or '\r')) text[i] = ' ';
        }
        if (missing.Count > 0)
        {
            _missingPackages.AddRange(missing.Except(_missingPackages));
            throw new MissingPackagesException(missing, []);
        }
        return text.ToString();
    }

    private void Reference(ReferenceDirectiveTriviaSyntax directive, SyntaxTree tree, string name, List<string> missing)
    {
        try
        {
            references.Add(directive.File.ValueText, baseFile: name);
        }
        catch (PackageNotObtainableException error)
        {
            missing.Add(error.Package);
        }
        catch (Exception error) when (error is FileNotFoundException or BadImageFormatException)
        {
            throw new CellSyntaxException(tree.GetLineSpan(directive.Span).StartLinePosition.Line, error.Message);
        }
    }

    /// <summary>The names that errors point at, each once.</summary>
    private static string[] NamesIn(IEnumerable<Diagnostic> errors) =>
        [.. errors.Where(error => error.Location.IsInSource).Select(error => error.Location.SourceTree!.GetText().ToString(error.Location.SourceSpan)).Distinct()];

    /// <summary>Whether a cell ends in an expression with a value, without a semicolon, or returns one.</summary>
    private static bool HasValue(CSharpCompilation compilation, SyntaxTree tree)
    {
        var root = tree.GetCompilationUnitRoot();
        bool returns = root.DescendantNodes(node => node is CompilationUnitSyntax or GlobalStatementSyntax or StatementSyntax)
            .Any(node => node is ReturnStatementSyntax);
        if (returns) return true;

        return root.Members.OfType<GlobalStatementSyntax>().LastOrDefault()?.Statement
                is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last
            && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType is { SpecialType: not SpecialType.System_Void };
    }

    /// <summary>Files named by <c>#load</c>, relative to the file that names them, in a cell to the notebook's folder.</summary>
    private sealed class FileSources(string folder) : SourceReferenceResolver
    {
        public override string? ResolveReference(string path, string? baseFilePath)
        {
            string from = Path.IsPathRooted(baseFilePath) ? Path.GetDirectoryName(baseFilePath)! : folder;
            string full = Path.GetFullPath(Path.Combine(from, path));
            return File.Exists(full) ? full : null;
        }

        public override string NormalizePath(string path, string? baseFilePath) => path;

        public override Stream OpenRead(string resolvedPath) => File.OpenRead(resolvedPath);

        public override bool Equals(object? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
    }
}
