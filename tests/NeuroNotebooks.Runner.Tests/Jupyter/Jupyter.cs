using System.Diagnostics;
using NeuroNotebooks.Runner.Jupyter;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Jupyter;

/// <summary>Jupyter's own programs, with our kernel installed in folders that are theirs for one test.</summary>
internal sealed class JupyterFolders : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private readonly TemporaryFolder _folder = new();

    /// <param name="plotly">The script of Plotly to install with the kernel, or null.</param>
    public JupyterFolders(byte[]? plotly = null)
    {
        foreach (string name in new[] { "config", "runtime", "home" }) Directory.CreateDirectory(_folder.File(name));
        KernelSpec.Install(_folder.File("data"), plotly);
    }

    public string File(string name) => _folder.File(name);

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>How to start a program of Jupyter's.</summary>
    public ProcessStartInfo Start(string program, string workingFolder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["JUPYTER_DATA_DIR"] = _folder.File("data");
        start.Environment["JUPYTER_CONFIG_DIR"] = _folder.File("config");
        start.Environment["JUPYTER_RUNTIME_DIR"] = _folder.File("runtime");
        start.Environment["IPYTHONDIR"] = _folder.File("home");
        start.Environment["HOME"] = _folder.File("home");
        start.Environment["DOTNET_CLI_HOME"] = _folder.File("home");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return start;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code and all it printed.</returns>
    public async Task<(int Code, string Said)> RunAsync(string program, string workingFolder, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(Start(program, workingFolder, arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await error);
    }

    public void Dispose() => _folder.Dispose();
}
