using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace NeuroNotebooks.Runner.Host;

/// <summary>A package that this engine would have to fetch, which it does not do.</summary>
internal sealed class PackageNotObtainableException(string package) : FileNotFoundException($"The package {package} cannot be obtained here.")
{
    /// <summary>Its name, and its version if one was asked for.</summary>
    public string Package { get; } = package;
}

/// <summary>What cells are compiled against: the platform, and what they name with <c>#r</c>.</summary>
internal sealed class References(NotebookLoadContext context, string folder) : MetadataReferenceResolver
{
    private readonly Dictionary<string, PortableExecutableReference> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MetadataReference> _all = [.. Platform.Paths.Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>All of them, in the order in which they came.</summary>
    public IReadOnlyList<MetadataReference> All => _all;

    /// <summary>Adds what a <c>#r</c> names.</summary>
    /// <param name="reference">What stands between the quotes.</param>
    /// <param name="baseFile">The file with the directive; null or not an absolute path for a cell.</param>
    /// <returns>The reference, or null when the platform holds it anyway.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or the package is not among the references. The message is for the reader.</exception>
    /// <exception cref="BadImageFormatException">The file is no assembly.</exception>
    public PortableExecutableReference? Add(string reference, string? baseFile)
    {
        if (reference.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase)) return Package(reference["nuget:".Length..]);
        if (Platform.Provides(reference)) return null;

        string from = Path.IsPathRooted(baseFile) ? Path.GetDirectoryName(baseFile)! : folder;
        string path = Path.GetFullPath(Path.Combine(from, reference));
        if (!File.Exists(path)) throw new FileNotFoundException(Missing(reference, path), path);

        string name;
        try
        {
            name = AssemblyName.GetAssemblyName(path).Name!;
        }
        catch (BadImageFormatException error)
        {
            throw new BadImageFormatException($"#r \"{reference}\": {path} is not a .NET assembly.", error);
        }
        if (Platform.Provides(name)) return null;
        if (_named.TryGetValue(name, out var known)) return known;

        context.Offer(name, path);
        var added = MetadataReference.CreateFromFile(path);
        _named.Add(name, added);
        _all.Add(added);
        return added;
    }

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        try
        {
            return Add(reference, baseFilePath) is { } added ? [added] : [];
        }
        catch (Exception error) when (error is FileNotFoundException or BadImageFormatException)
        {
            return [];     // in a loaded file: the compiler reports it with its place
        }
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private PortableExecutableReference? Package(string package)
    {
        string[] parts = package.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) throw new FileNotFoundException("#r \"nuget:\" names no package; expected #r \"nuget: Name, Version\".");
        if (Platform.Provides(parts[0])) return null;
        if (_named.TryGetValue(parts[0], out var known)) return known;
        throw new PackageNotObtainableException(string.Join(' ', parts));
    }

    private static string Missing(string reference, string path) =>
        $"#r \"{reference}\": there is no file {path}."
        + (path.Contains("artifacts", StringComparison.Ordinal)
            ? " If the library is not built, run \"dotnet build\" in the repository's folder, then this cell again." : "");
}
