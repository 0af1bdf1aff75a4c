using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace NeuroNotebooks.Runner.Host;

/// <summary>Finds the documentation of symbols: in the XML files beside their assemblies, for .NET itself in the SDK's, for cells in their comments.</summary>
internal sealed class Documentation(Compilation compilation, DocumentationFiles files)
{
    private const int DeepestInheritance = 8;

    /// <summary>The documentation of a symbol, or null.</summary>
    public XElement? Of(ISymbol symbol) => Of(symbol, depth: 0);

    private XElement? Of(ISymbol symbol, int depth)
    {
        if (depth > DeepestInheritance) return null;
        var original = (symbol is IMethodSymbol { ReducedFrom: { } whole } ? whole : symbol).OriginalDefinition;
        var found = Written(original) ?? OfRecordParameter(original);
        if (found is null && original is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor) return Of(constructor.ContainingType, depth + 1);
        if (found?.Element("inheritdoc") is null) return found;
        return Bases(original).Select(parent => Of(parent, depth + 1)).FirstOrDefault(inherited => inherited is not null);
    }

    private XElement? Written(ISymbol symbol)
    {
        if (symbol.GetDocumentationCommentXml() is { Length: > 0 } comment && TryParse(comment) is { } own) return own;
        return symbol.GetDocumentationCommentId() is { } id
            ? FilesOf(symbol).Select(file => files.Read(file).GetValueOrDefault(id)).FirstOrDefault(found => found is not null)
            : null;
    }

    /// <summary>A property that a record declares by its parameter is documented there.</summary>
    private XElement? OfRecordParameter(ISymbol symbol)
    {
        if (symbol is not IPropertySymbol { ContainingType.IsRecord: true }) return null;
        var parameter = Written(symbol.ContainingType.OriginalDefinition)?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == symbol.Name);
        return parameter is null ? null : new XElement("member", new XElement("summary", parameter.Nodes()));
    }

    private static IEnumerable<ISymbol> Bases(ISymbol symbol)
    {
        ISymbol? overridden = symbol switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            INamedTypeSymbol type => type.BaseType,
            _ => null,
        };
        if (overridden is not null) yield return overridden;
        if (symbol is INamedTypeSymbol || symbol.ContainingType is not { } owner) yield break;
        foreach (var member in owner.AllInterfaces.SelectMany(i => i.GetMembers(symbol.Name)))
            if (SymbolEqualityComparer.Default.Equals(owner.FindImplementationForInterfaceMember(member), symbol)) yield return member;
    }

    private IEnumerable<string> FilesOf(ISymbol symbol)
    {
        if (symbol.ContainingAssembly is not { } assembly) return [];
        if (compilation.GetMetadataReference(assembly) is not PortableExecutableReference { FilePath: { } path }) return [];
        string beside = Path.ChangeExtension(path, ".xml");
        return File.Exists(beside) ? [beside] : SdkFiles(path, assembly.Name, symbol.ContainingNamespace?.ToDisplayString() ?? "");
    }

    /// <summary>The documentation of .NET comes with the SDK, by the names of the assemblies that one compiles against.</summary>
    private static IEnumerable<string> SdkFiles(string assemblyPath, string assembly, string space)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        if (Path.GetDirectoryName(assemblyPath) != runtime) return [];
        string packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs)) return [];

        string[] names = [assembly, space, "System.Runtime", "System.Collections", "System.Linq", "System.Console", "System.Threading"];
        return Directory.EnumerateDirectories(packs).OrderDescending(StringComparer.Ordinal).Take(1)
            .SelectMany(version => Directory.EnumerateDirectories(Path.Combine(version, "ref")))
            .SelectMany(folder => names.Distinct().Select(name => Path.Combine(folder, name + ".xml")))
            .Where(File.Exists);
    }

    private static XElement? TryParse(string comment)
    {
        try
        {
            return XElement.Parse(comment, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
