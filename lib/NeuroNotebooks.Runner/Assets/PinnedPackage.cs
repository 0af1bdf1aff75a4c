using System.Collections.Immutable;

namespace NeuroNotebooks.Runner.Assets;

/// <summary>An npm package in one version, of which a few files are wanted.</summary>
/// <param name="Name">Its name in the registry.</param>
/// <param name="Version">The one version.</param>
/// <param name="Sha512">SHA-512 of its tarball in base64, as package-lock files write it.</param>
/// <param name="Files">
/// The files wanted, by their paths in the package; a path that ends in <c>*.woff2</c> means all such files of its folder.
/// </param>
internal sealed record PinnedPackage(string Name, string Version, string Sha512, ImmutableArray<string> Files)
{
    /// <summary>Draws the interactive figures. The strict bundle builds no code from text, so a page can forbid that.</summary>
    public static PinnedPackage Plotly { get; } = new("plotly.js-strict-dist-min", "4.1.1",
        "/M2gRAF8LeqafKIO/bUU+DQk7RlonVbwpPb2G/jZsfqCl/DttBfvF+wQfZ6vT9y9EKy47eDI/zfIWC/uA1L6TQ==",
        ["plotly-strict.min.js", "LICENSE"]);

    /// <summary>Sets equations.</summary>
    public static PinnedPackage Katex { get; } = new("katex", "0.19.1",
        "jG8uKntjSEcm2EpQOh0XturpPuuC9r3Sq5HLHdsFdWZT27E672SF19QEi+of0/YeOy15lDgRhKvr5614uRrEfA==",
        ["dist/katex.min.js", "dist/katex.min.css", "dist/fonts/*.woff2", "LICENSE"]);

    /// <summary>The face of the text, with Greek for the symbols in it.</summary>
    public static PinnedPackage Serif { get; } = new("@fontsource-variable/source-serif-4", "5.3.1",
        "4Rtay22SC4lMvw11r/+9kxANB6P3M0X8s1NudBC2v0J1KU2y3DcMoNcT3lBoZ/CqLirzf+StlO6UlJilyrvaUg==",
        [
            "wght.css", "wght-italic.css", "files/source-serif-4-latin-wght-normal.woff2", "files/source-serif-4-latin-wght-italic.woff2",
            "files/source-serif-4-latin-ext-wght-normal.woff2", "files/source-serif-4-greek-wght-normal.woff2", "LICENSE",
        ]);

    /// <summary>The face of labels, tables and captions.</summary>
    public static PinnedPackage Sans { get; } = new("@fontsource-variable/source-sans-3", "5.3.0",
        "dpi0GZk7EQe2tYpg6Q0Fx0OmUgnuGu+0rHPgtXqtKhglYmJuP7jZ12Mu1uN+NfRaJRY1Emn8AQJEWzmoZ4wa9g==",
        [
            "wght.css", "files/source-sans-3-latin-wght-normal.woff2", "files/source-sans-3-latin-ext-wght-normal.woff2",
            "files/source-sans-3-greek-wght-normal.woff2", "LICENSE",
        ]);

    /// <summary>Name and version, as the npm client takes them.</summary>
    public string Specifier => $"{Name}@{Version}";

    /// <summary>Whether a file of the package is wanted.</summary>
    public bool Wants(string path) => Files.Any(wanted => wanted == path || (wanted.EndsWith("*.woff2", StringComparison.Ordinal)
        && path.EndsWith(".woff2", StringComparison.Ordinal) && Folder(path) == Folder(wanted)));

    private static string Folder(string path) => path[..(path.LastIndexOf('/') + 1)];
}
