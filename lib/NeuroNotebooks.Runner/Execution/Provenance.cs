using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Parameters;

namespace NeuroNotebooks.Runner.Execution;

/// <summary>
/// What saved outputs were made from: a hash of the cells' sources and one of the library's, and the profile. No clock time and no
/// machine's name, so that the same run saves the same file.
/// </summary>
internal static class Provenance
{
    public const string Entry = "neuronotebooks";

    /// <summary>Writes the entry into a notebook that is about to run.</summary>
    public static void Stamp(NotebookDocument notebook, ExecutionOptions options)
    {
        var entry = new JsonObject();
        if (NotebookKind.Of(notebook) is var kind && kind != NotebookKind.Paper) entry[NotebookKind.Entry] = kind;
        if (LibraryHash(options.Repository) is { } library) entry["library"] = library;
        if (Profile(notebook, options) is { } profile) entry["profile"] = profile;
        entry["source"] = SourceHash(notebook);
        notebook.Metadata[Entry] = entry;
    }

    /// <summary>The profile that saved outputs were made in; null when the notebook does not say.</summary>
    public static string? SavedProfile(NotebookDocument notebook) => Saved(notebook, "profile");

    /// <summary>Why the saved outputs may be out of date, in a sentence; null when nothing changed since.</summary>
    public static string? Stale(NotebookDocument notebook, string? repository)
    {
        if (Saved(notebook, "source") is not { } source) return "its outputs were not made by this program";
        if (source != SourceHash(notebook)) return "a cell was changed after the last run";
        return Saved(notebook, "library") is { } library && LibraryHash(repository) is { } now && library != now
            ? "the library was changed after the last run" : null;
    }

    /// <summary>A hash of the code cells in order.</summary>
    public static string SourceHash(NotebookDocument notebook)
    {
        var text = new StringBuilder();
        foreach (NotebookCell cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code)) text.Append(cell.Source).Append('\0');
        return Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>A hash of the sources of the two libraries that notebooks load: equal on every machine, unlike the built files.</summary>
    public static string? LibraryHash(string? repository)
    {
        if (repository is null) return null;
        string[] folders = [Path.Combine(repository, "lib", "NeuroNotebooks"), Path.Combine(repository, "lib", "NeuroNotebooks.Figures")];
        var files = folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Select(file => (Name: Path.GetRelativePath(repository, file).Replace('\\', '/'), file))
            .OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
        if (files.Count == 0) return null;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, file) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\0"));
            hash.AppendData(Encoding.UTF8.GetBytes(Lines.WithLineFeeds(File.ReadAllText(file)) + "\0"));
        }
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static string? Profile(NotebookDocument notebook, ExecutionOptions options)
    {
        if (options.Parameters.TryGetValue("profile", out string? given)) return given;
        string? declared = NotebookParameters.Declared(notebook).FirstOrDefault(p => p.Name == "profile")?.Default;
        return declared?.Trim('"');
    }

    private static string Hash(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

    /// <summary>One part of the entry: library, profile or source; null when the notebook does not say.</summary>
    public static string? Saved(NotebookDocument notebook, string name) =>
        OutputBundle.Text((notebook.Metadata[Entry] as JsonObject)?[name]);
}
