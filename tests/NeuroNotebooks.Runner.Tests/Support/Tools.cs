using System.Diagnostics;
using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Jupyter;

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

    /// <summary>A Python that has all of some modules; null when none has. The first on the path may be a bare one beside the system's.</summary>
    public static string? Python(params IReadOnlyCollection<string> modules)
    {
        string[] pythons = [.. new[] { "/usr/bin/python3", Find("python3"), Find("python") }.OfType<string>().Where(File.Exists).Distinct()];
        return pythons.FirstOrDefault(python => Succeeds(python, "-c", "import " + string.Join(", ", modules)));
    }

    /// <summary>
    /// What is missing of the programs, in words; null when nothing is. "packages" are the npm packages of the pages, "axe" is axe-core,
    /// "libzmq" is the system's ZeroMQ library, "python:nbclient" a Python with that module.
    /// </summary>
    public static string? Missing(IReadOnlyCollection<string> wanted)
    {
        string[] missing = [.. wanted.Where(IsMissing)];
        if (missing.Length > 0) return $"needs {string.Join(" and ", missing)}, not installed here";
        return (wanted.Contains("packages") ? NoPackages.Value : null) ?? (wanted.Contains("axe") ? Axe.Missing : null);
    }

    private static bool IsMissing(string name) => name switch
    {
        "packages" or "axe" => false,
        "chromium" => Chromium is null,
        "libzmq" => !LibZmq.IsInstalled,
        _ when name.StartsWith("python:", StringComparison.Ordinal) => Python(name["python:".Length..]) is null,
        _ => Find(name) is null,
    };

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
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
