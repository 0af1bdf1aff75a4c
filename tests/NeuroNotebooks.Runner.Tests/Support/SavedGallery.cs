using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Pages;

namespace NeuroNotebooks.Runner.Tests.Support;

/// <summary>Galleries of notebooks as they were saved, without running them.</summary>
internal static class SavedGallery
{
    public static GalleryFacts About { get; } = new("quick", "OpenBLAS 0.3");

    public static string Notebooks => Path.Combine(Repository.Root, "notebooks");

    /// <summary>A paper of the collection with its saved outputs.</summary>
    public static GalleryEntry Paper(string slug) =>
        Entry(slug, NotebookDocument.Read(Path.Combine(Notebooks, slug + ".ipynb")));

    /// <summary>A notebook as if it had just run.</summary>
    public static GalleryEntry Entry(string slug, NotebookDocument notebook)
    {
        int cells = notebook.Cells.Count(cell => cell.Kind == CellKind.Code);
        return new(slug, new NotebookRun(notebook, [], Claims.In(notebook), TimeSpan.FromSeconds(15), cells, cells));
    }

    public static SiteAssets Write(string folder, PackageCache packages, params GalleryEntry[] entries) =>
        GallerySite.Write(folder, entries, Notebooks, About, packages);
}
