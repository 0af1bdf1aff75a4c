using System.Collections.Immutable;

namespace NeuroNotebooks.Data;

/// <summary>A data set in the catalogue: what it is, where it comes from, and what its files must be.</summary>
public sealed class DatasetInfo
{
    internal DatasetInfo() { }

    /// <summary>Its name in commands and cells: small letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What is in it, in a sentence.</summary>
    public required string About { get; init; }

    /// <summary>The publication to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>The address of its official page.</summary>
    public required string Page { get; init; }

    /// <summary>Its licence, in words.</summary>
    public required string Licence { get; init; }

    /// <summary>Addresses of folders that hold the files, tried in order; each ends in a slash.</summary>
    public required ImmutableArray<string> Addresses { get; init; }

    /// <summary>An npm package that carries the files too; null when there is none.</summary>
    public DatasetPackage? Package { get; init; }

    /// <summary>The files, at least one.</summary>
    public required ImmutableArray<DatasetFile> Files { get; init; }

    /// <summary>The size of all files together, bytes.</summary>
    public long Size => Files.Sum(file => file.Size);

    /// <summary>Name, title and size.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Title}, {Size / 1e6:0.#} MB");
}

/// <summary>An npm package that carries the files of a data set.</summary>
public sealed class DatasetPackage
{
    internal DatasetPackage() { }

    /// <summary>Its name in the registry.</summary>
    public required string Name { get; init; }

    /// <summary>The one version.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-512 of its tarball, in base64.</summary>
    public required string Sha512 { get; init; }

    /// <summary>The folder in the package that holds the files.</summary>
    public required string Folder { get; init; }
}
