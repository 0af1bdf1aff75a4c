using System.Collections.Immutable;
using System.Text;
using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Pages;

/// <summary>What stands beside the pages of a site, by addresses relative to them, so that nothing is asked from the network.</summary>
internal sealed record SiteAssets
{
    /// <summary>The folder beside the pages.</summary>
    public const string Folder = "assets";

    /// <summary>Nothing beside them: figures stand still, equations are MathML, text is in the reader's own fonts.</summary>
    public static SiteAssets None { get; } = new();

    /// <summary>plotly.js; null when it could not be obtained.</summary>
    public string? Plotly { get; init; }

    /// <summary>The style sheets.</summary>
    public ImmutableArray<string> Sheets { get; init; } = [];

    /// <summary>The setter of equations; null when it could not be obtained.</summary>
    public ObtainedPackage? Katex { get; init; }

    /// <summary>The packages used, as the pages name them, each with the address of its licence.</summary>
    public ImmutableArray<(string Name, string Licence)> Credits { get; init; } = [];

    /// <summary>Why something could not be obtained, each reason once.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>Obtains what pages use and writes it below the folder of the site.</summary>
    /// <exception cref="SaveException">A file could not be written.</exception>
    public static SiteAssets Write(string site, PackageCache packages)
    {
        string folder = Path.Combine(site, Folder);
        var missing = new List<string>();
        var credits = ImmutableArray.CreateBuilder<(string, string)>();
        ObtainedPackage? Obtain(PinnedPackage package, string name)
        {
            ObtainedPackage obtained = packages.Obtain(package);
            if (obtained.Reason is { } reason)
            {
                missing.Add(reason);
                return null;
            }
            string licence = $"LICENSE-{name.Replace(' ', '-')}.txt";
            obtained.CopyTo(folder, path => path == "LICENSE" ? licence : null);
            credits.Add(($"{name} {package.Version}", $"{Folder}/{licence}"));
            return obtained;
        }

        var sheets = ImmutableArray.CreateBuilder<string>();
        void Sheet(string name, string css)
        {
            AtomicFile.Write(Path.Combine(folder, name), css);
            sheets.Add($"{Folder}/{name}");
        }

        ObtainedPackage? plotly = Obtain(PinnedPackage.Plotly, "plotly.js"), katex = Obtain(PinnedPackage.Katex, "KaTeX");
        plotly?.CopyTo(folder, path => path.EndsWith(".js", StringComparison.Ordinal) ? "plotly.min.js" : null);
        if (katex is not null) Sheet("katex.css", FontSheet.Inline(katex, "dist/katex.min.css"));
        var faces = new StringBuilder();
        if (Obtain(PinnedPackage.Serif, "Source Serif") is { } serif)
            faces.Append(FontSheet.Inline(serif, "wght.css")).Append(FontSheet.Inline(serif, "wght-italic.css"));
        if (Obtain(PinnedPackage.Sans, "Source Sans") is { } sans) faces.Append(FontSheet.Inline(sans, "wght.css"));
        if (faces.Length > 0) Sheet("fonts.css", faces.ToString());
        return new()
        {
            Plotly = plotly is null ? null : $"{Folder}/plotly.min.js",
            Katex = katex,
            Sheets = sheets.ToImmutable(),
            Credits = credits.ToImmutable(),
            Missing = [.. missing.Distinct()],
        };
    }
}
