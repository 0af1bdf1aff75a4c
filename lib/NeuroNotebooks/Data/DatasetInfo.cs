using System.Collections.Immutable;

namespace NeuroNotebooks.Data;

/// <summary>A data set in the catalogue: what it is, where it comes from, and what its files must be.</summary>
public sealed class DatasetInfo
{
    internal DatasetInfo() { }

    /// <summary>Its name in commands and cells: small letters, digits and hyphens.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Its title.</summary>
    public string Title { get; internal init; } = "";

    /// <summary>What is in it, in a sentence.</summary>
    public string About { get; internal init; } = "";

    /// <summary>The publication to cite.</summary>
    public string Citation { get; internal init; } = "";

    /// <summary>The address of its official page.</summary>
    public string Page { get; internal init; } = "";

    /// <summary>Its licence, in words.</summary>
    public string Licence { get; internal init; } = "";

    /// <summary>Addresses of folders that hold the files, tried in order; each ends in a slash.</summary>
    public ImmutableArray<string> Addresses { get; internal init; } = [];

    /// <summary>An npm package that carries the files too; null when there is none.</summary>
    public DatasetPackage? Package { get; internal init; }

    /// <summary>The files, at least one.</summary>
    public ImmutableArray<DatasetFile> Files { get; internal init; } = [];

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
    public string Name { get; internal init; } = "";

    /// <summary>The one version.</summary>
    public string Version { get; internal init; } = "";

    /// <summary>SHA-512 of its tarball, in base64.</summary>
    public string Sha512 { get; internal init; } = "";

    /// <summary>The folder in the package that holds the files.</summary>
    public string Folder { get; internal init; } = "";
}
