namespace NeuroNotebooks.Data;

/// <summary>Where on this machine lies what can be fetched again.</summary>
public static class CacheFolder
{
    /// <summary>The environment variable that puts the cache elsewhere.</summary>
    public const string Variable = "NEURONOTEBOOKS_CACHE";

    /// <summary>The user's cache of this project.</summary>
    /// <param name="environment">Reads a variable of the environment; null for the process's own.</param>
    /// <returns>
    /// The folder that <see cref="Variable"/> names; else <c>neuronotebooks</c> in the cache folder that the system has for the user.
    /// </returns>
    public static string OfUser(Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        if (environment(Variable) is { Length: > 0 } chosen) return Path.GetFullPath(chosen);
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "NeuroNotebooks", "Cache");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Caches", "NeuroNotebooks");
        // The specification of base directories: a relative path in the variable is to be ignored.
        string root = environment("XDG_CACHE_HOME") is { } given && Path.IsPathRooted(given) ? given : Path.Combine(home, ".cache");
        return Path.Combine(root, "neuronotebooks");
    }

    /// <summary>The folder of all data sets, one folder each: <c>data</c> in the user's cache.</summary>
    public static string OfData() => Path.Combine(OfUser(), "data");
}
