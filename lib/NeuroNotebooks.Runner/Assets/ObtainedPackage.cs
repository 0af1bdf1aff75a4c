using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Assets;

/// <summary>The wanted files of a package, or why they could not be had.</summary>
/// <param name="Files">Contents by path in the package; empty when it could not be had.</param>
/// <param name="Reason">Why not, in a sentence that says what would help; null when it was obtained.</param>
internal sealed record ObtainedPackage(IReadOnlyDictionary<string, byte[]> Files, string? Reason)
{
    /// <summary>A package that could not be had.</summary>
    public static ObtainedPackage Missing(string reason) => new(new Dictionary<string, byte[]>(), reason);

    /// <summary>Writes its files into a folder, which is made; files of equal content are left alone.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The path of a file below the folder, from its path in the package; null leaves the file out.</param>
    /// <exception cref="SaveException">A file could not be written.</exception>
    public void CopyTo(string folder, Func<string, string?> name)
    {
        foreach (var (path, bytes) in Files)
        {
            if (name(path) is not { } relative) continue;
            string file = Path.Combine(folder, relative.Replace('/', Path.DirectorySeparatorChar));
            AtomicFile.MakeFolder(Path.GetDirectoryName(file)!);
            if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes)) AtomicFile.Write(file, bytes);
        }
    }
}
