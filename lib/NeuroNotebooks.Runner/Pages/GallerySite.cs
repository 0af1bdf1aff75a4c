using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>A gallery on the disk: an index, a page and the executed notebook for each paper, and what they use beside them.</summary>
internal static class GallerySite
{
    /// <summary>Where the index stands in the folder.</summary>
    public const string Index = "index.html";

    /// <summary>Writes the site.</summary>
    /// <param name="folder">Where; it is there.</param>
    /// <param name="entries">The papers in order.</param>
    /// <param name="notebooks">The folder of the notebooks, for the pictures in their texts.</param>
    /// <param name="about">What the index says of the whole.</param>
    /// <param name="packages">Where scripts and fonts come from.</param>
    /// <returns>What stands beside the pages, and why something does not.</returns>
    /// <exception cref="SaveException">A file could not be written.</exception>
    public static SiteAssets Write(
        string folder, IReadOnlyList<GalleryEntry> entries, string notebooks, GalleryFacts about, PackageCache packages)
    {
        SiteAssets assets = SiteAssets.Write(folder, packages);
        using var katex = KatexProcess.Start(assets.Katex);
        for (int i = 0; i < entries.Count; i++)
        {
            var (slug, run) = entries[i];
            run.Notebook.Save(Path.Combine(folder, slug + ".ipynb"));
            var context = new PageContext
            {
                Folder = notebooks,
                Gallery = Index,
                Download = slug + ".ipynb",
                Run = run,
                BackEnd = about.BackEnd,
                Assets = assets,
                Katex = katex,
                Previous = i > 0 ? PageLink.To(entries[i - 1]) : null,
                Next = i + 1 < entries.Count ? PageLink.To(entries[i + 1]) : null,
            };
            AtomicFile.Write(Path.Combine(folder, slug + ".html"), NotebookPage.Render(run.Notebook, context));
        }
        AtomicFile.Write(Path.Combine(folder, Index), GalleryPage.Render(entries, about, assets, katex));
        return assets;
    }
}
