using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>Another page of the gallery.</summary>
/// <param name="Title">Its title, in plain text.</param>
/// <param name="Address">Its address beside this page.</param>
internal sealed record PageLink(string Title, string Address)
{
    /// <summary>The page of a paper.</summary>
    public static PageLink To(GalleryEntry entry) => new(Sections.Title(entry.Run.Notebook), Uri.EscapeDataString(entry.Slug) + ".html");
}

/// <summary>What stands around a notebook's page.</summary>
internal sealed record PageContext
{
    /// <summary>Where the notebook's pictures lie.</summary>
    public required string Folder { get; init; }

    /// <summary>The gallery's address; null for a page on its own.</summary>
    public string? Gallery { get; init; }

    /// <summary>The executed notebook's file name beside the page; null for a page on its own.</summary>
    public string? Download { get; init; }

    /// <summary>The run behind the page; null when saved outputs are shown.</summary>
    public NotebookRun? Run { get; init; }

    /// <summary>The linear algebra that was in use, in words; null when unknown.</summary>
    public string? BackEnd { get; init; }

    /// <summary>What stands beside the page.</summary>
    public SiteAssets Assets { get; init; } = SiteAssets.None;

    /// <summary>Sets equations; null to write MathML.</summary>
    public KatexProcess? Katex { get; init; }

    /// <summary>The page before this one in the gallery.</summary>
    public PageLink? Previous { get; init; }

    /// <summary>The page after this one in the gallery.</summary>
    public PageLink? Next { get; init; }
}
