using NeuroNotebooks.Runner.Assets;

namespace NeuroNotebooks.Runner.Tests.Support;

/// <summary>Programs of the system that some tests need.</summary>
internal static class Tools
{
    /// <summary>The browser; null when none is installed.</summary>
    public static string? Chromium => Find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge");

    /// <summary>Why the packages that pages use cannot be had here; null when they can.</summary>
    private static readonly Lazy<string?> NoPackages = new(() =>
    {
        var cache = PackageCache.OfUser();
        return cache.Obtain(PinnedPackage.Plotly).Reason ?? cache.Obtain(PinnedPackage.Katex).Reason;
    });

    /// <summary>A program on the path, by the first of its names that is there; null when none is.</summary>
    public static string? Find(params string[] names)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return (from name in names from folder in folders from ending in endings
                let file = Path.Combine(folder, name + ending) where File.Exists(file) select file).FirstOrDefault();
    }

    /// <summary>What is missing of the programs, in words; null when nothing is. "packages" are the npm packages of the pages.</summary>
    public static string? Missing(IReadOnlyCollection<string> wanted)
    {
        string[] missing = [.. wanted.Where(name => name != "packages" && (name == "chromium" ? Chromium : Find(name)) is null)];
        if (missing.Length > 0) return $"needs {string.Join(" and ", missing)}, not installed here";
        return wanted.Contains("packages") ? NoPackages.Value : null;
    }
}

/// <summary>A test that needs programs of the system; it is skipped, and says which is missing, where one is.</summary>
internal sealed class FactWithAttribute : FactAttribute
{
    public FactWithAttribute(params string[] wanted) => Skip = Tools.Missing(wanted);
}

/// <summary>A theory that needs programs of the system; it is skipped, and says which is missing, where one is.</summary>
internal sealed class TheoryWithAttribute : TheoryAttribute
{
    public TheoryWithAttribute(params string[] wanted) => Skip = Tools.Missing(wanted);
}
