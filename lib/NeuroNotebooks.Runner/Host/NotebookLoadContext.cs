using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace NeuroNotebooks.Runner.Host;

/// <summary>
/// Where the cells and the libraries that they name with <c>#r</c> live: apart from the engine's own assemblies, so that a notebook gets the
/// very files it asked for even when the engine was built with other copies of them.
/// </summary>
internal sealed class NotebookLoadContext() : AssemblyLoadContext("notebook")
{
    private readonly Dictionary<string, string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _folders = [];

    /// <summary>Offers a file, and its folder for what it depends on.</summary>
    public void Offer(string simpleName, string path)
    {
        _files[simpleName] = path;
        string folder = Path.GetDirectoryName(path)!;
        if (!_folders.Contains(folder)) _folders.Add(folder);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name!;
        if (Platform.Provides(name)) return null;     // null: left to the default context
        if (_files.TryGetValue(name, out string? path)) return LoadFromAssemblyPath(path);

        path = _folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (string folder in _folders)
        {
            string native = Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
            foreach (string place in new[] { folder, native })
                foreach (string file in FileNames(unmanagedDllName))
                    if (NativeLibrary.TryLoad(Path.Combine(place, file), out nint handle)) return handle;
        }
        return 0;
    }

    private static IEnumerable<string> FileNames(string name) =>
        OperatingSystem.IsWindows() ? [name, name + ".dll"]
        : OperatingSystem.IsMacOS() ? [name, $"lib{name}.dylib", name + ".dylib"]
        : [name, $"lib{name}.so", name + ".so"];
}

/// <summary>The assemblies of the runtime, and the one with what cells can call without a <c>using</c>.</summary>
internal static class Platform
{
    private static readonly Dictionary<string, string> Files = Find();

    /// <summary>Their files.</summary>
    public static IReadOnlyCollection<string> Paths => Files.Values;

    /// <summary>Whether an assembly is among them.</summary>
    public static bool Provides(string simpleName) => Files.ContainsKey(simpleName);

    private static Dictionary<string, string> Find()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator))
            if (Path.GetDirectoryName(path) == runtime) files[Path.GetFileNameWithoutExtension(path)] = path;

        string cells = typeof(Microsoft.DotNet.Interactive.Kernel).Assembly.Location;
        files[Path.GetFileNameWithoutExtension(cells)] = cells;
        return files;
    }
}
