using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>The folder by which Jupyter finds a kernel: how to start it, what it is called, its logos, and a script for the classic notebook.</summary>
internal static class KernelSpec
{
    /// <summary>The kernel's name, also that of its folder.</summary>
    public const string Name = "neuronotebooks-csharp";

    /// <summary>The kernel's name as people see it.</summary>
    public const string DisplayName = "C# (NeuroNotebooks)";

    private const string PlotlyFile = "plotly.min.js";
    private const string PlotlySwitch = "/* plotly */ false";
    private static readonly string[] Resources = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];

    /// <summary>The kernel's folder below one of Jupyter's data folders.</summary>
    public static string FolderIn(string dataFolder) => Path.Combine(dataFolder, "kernels", Name);

    /// <summary>The data folder of this user.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static string UserDataFolder(Func<string, string?> variable)
    {
        if (variable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen) return chosen;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
        string data = variable("XDG_DATA_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(home, ".local", "share");
        return Path.Combine(data, "jupyter");
    }

    /// <summary>The data folder of a Python installation or environment.</summary>
    public static string PrefixDataFolder(string prefix) => Path.Combine(prefix, "share", "jupyter");

    /// <summary>The data folder for who names none: that of the active Python environment, else the user's.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static string StandardDataFolder(Func<string, string?> variable) =>
        (variable("VIRTUAL_ENV") ?? variable("CONDA_PREFIX")) is { Length: > 0 } environment
            ? PrefixDataFolder(environment)
            : UserDataFolder(variable);

    /// <summary>Writes the kernel's folder, over an earlier one.</summary>
    /// <param name="dataFolder">One of Jupyter's data folders.</param>
    /// <param name="plotly">The script of Plotly, with which the classic notebook shows figures that move; null for none.</param>
    /// <returns>The kernel's folder.</returns>
    /// <exception cref="SaveException">It cannot be written.</exception>
    public static string Install(string dataFolder, byte[]? plotly)
    {
        Uninstall(dataFolder);
        string folder = FolderIn(dataFolder);
        AtomicFile.MakeFolder(folder);
        foreach (string resource in Resources) AtomicFile.Write(Path.Combine(folder, resource), Resource(resource));
        if (plotly is not null) AtomicFile.Write(Path.Combine(folder, PlotlyFile), plotly);

        string script = Encoding.UTF8.GetString(Resource("kernel.js"));
        if (plotly is not null) script = script.Replace(PlotlySwitch, "true", StringComparison.Ordinal);
        AtomicFile.Write(Path.Combine(folder, "kernel.js"), script);
        AtomicFile.Write(Path.Combine(folder, "kernel.json"), JsonText.Write(Description()) + "\n");
        return folder;
    }

    /// <summary>Removes the kernel's folder.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="SaveException">It cannot be removed.</exception>
    public static bool Uninstall(string dataFolder)
    {
        string folder = FolderIn(dataFolder);
        if (!Directory.Exists(folder)) return false;
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SaveException($"{folder} could not be removed: {error.Message}", error);
        }
    }

    /// <summary>What <c>kernel.json</c> says.</summary>
    public static JsonObject Description() => new()
    {
        ["argv"] = new JsonArray(
            [.. HostProcess.ThisProgram.Concat(["kernel", "run", "--connection-file", "{connection_file}"]).Select(word => JsonValue.Create(word))]),
        ["display_name"] = DisplayName,
        ["language"] = "C#",
        ["interrupt_mode"] = "message",
        ["metadata"] = new JsonObject { ["debugger"] = false },
    };

    private static byte[] Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("kernelspec/" + name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
