using NeuroNotebooks.Data;
using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Datasets;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Terminal;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>What a command works with, so that tests can put their own in its place.</summary>
/// <param name="Screen">Where it speaks.</param>
/// <param name="Folder">The current folder.</param>
/// <param name="Executor">Runs notebooks.</param>
internal sealed record CommandContext(Screen Screen, string Folder, NotebookExecutor Executor)
{
    /// <summary>The data sets there are.</summary>
    public IReadOnlyList<DatasetInfo> Catalogue { get; init; } = DatasetCatalogue.All;

    /// <summary>Fetches data sets, from the folder given first.</summary>
    public Func<string?, DatasetFetcher> Fetcher { get; init; } = DatasetFetcher.OfUser;

    /// <summary>Where the pages' scripts and fonts come from.</summary>
    public PackageCache Packages { get; init; } = PackageCache.None;

    /// <summary>The real ones.</summary>
    public static CommandContext OfProcess() =>
        new(Screen.OfProcess(), Directory.GetCurrentDirectory(), NotebookExecutor.InChildProcess) { Packages = PackageCache.OfUser() };

    /// <summary>A path as the user typed it, made whole.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Folder);

    /// <summary>A path as the user would type it.</summary>
    public string Shown(string path)
    {
        string relative = Path.GetRelativePath(Folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
