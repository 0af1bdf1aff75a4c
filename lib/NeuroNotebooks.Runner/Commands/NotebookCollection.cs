using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>A notebook of the collection.</summary>
/// <param name="Slug">Its file name without the ending, which is the paper's name here.</param>
/// <param name="Path">The file.</param>
internal sealed record PaperFile(string Slug, string Path);

/// <summary>The folder that holds <c>notebooks/</c>: here, or the nearest one above.</summary>
/// <param name="Root">The folder.</param>
internal sealed record NotebookCollection(string Root)
{
    /// <summary>Where the notebooks lie.</summary>
    public string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>The notebooks of papers in the alphabet's order; the index and executed copies are none.</summary>
    public IReadOnlyList<PaperFile> Papers =>
    [
        .. Directory.EnumerateFiles(Notebooks, "*.ipynb")
            .Select(path => new PaperFile(Path.GetFileNameWithoutExtension(path), path))
            .Where(paper => paper.Slug != "index" && !paper.Slug.StartsWith('.')
                && !paper.Slug.EndsWith(".executed", StringComparison.Ordinal))
            .OrderBy(paper => paper.Slug, StringComparer.Ordinal),
    ];

    /// <summary>Looks here, then upwards.</summary>
    /// <exception cref="UsageException">No folder on the way holds one.</exception>
    public static NotebookCollection Find(string folder) =>
        TryFind(folder) ?? throw new UsageException(
            $"No folder \"notebooks\" in {folder} or above it. Start this program inside the repository, or name a file: run NOTEBOOK.");

    /// <summary>Looks here, then upwards; null when there is none.</summary>
    public static NotebookCollection? TryFind(string folder)
    {
        for (DirectoryInfo? here = new(Path.GetFullPath(folder)); here is not null; here = here.Parent)
            if (Directory.Exists(Path.Combine(here.FullName, "notebooks"))) return new(here.FullName);
        return null;
    }

    /// <summary>The papers asked for by name; all when none is named.</summary>
    /// <exception cref="UsageException">There is no such paper, or none at all.</exception>
    public IReadOnlyList<PaperFile> Choose(IReadOnlyList<string> slugs)
    {
        var papers = Papers;
        if (papers.Count == 0) throw new UsageException($"There is no notebook in {Notebooks}.");
        if (slugs.Count == 0) return papers;
        return [.. slugs.Select(slug => Named(slug, papers)).Distinct()];
    }

    private static PaperFile Named(string slug, IReadOnlyList<PaperFile> papers)
    {
        string name = slug.EndsWith(".ipynb", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(slug) : slug;
        return papers.FirstOrDefault(paper => paper.Slug == name)
            ?? throw new UsageException(
                $"No notebook is called \"{slug}\".{Nearest.Hint(name, papers.Select(p => p.Slug))} List them all with: list");
    }
}
