using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>The child process of a session and the pipe to it.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly NamedPipeServerStream _pipe;

    private HostProcess(Process process, NamedPipeServerStream pipe)
    {
        _process = process;
        _pipe = pipe;
        Id = process.Id;
        Channel = new MessageChannel(pipe);
    }

    /// <summary>The system's number of the process.</summary>
    public int Id { get; }

    /// <summary>The way to talk to it.</summary>
    public MessageChannel Channel { get; }

    /// <summary>What it prints past <see cref="Console"/>.</summary>
    public Stream StandardOutput => _process.StandardOutput.BaseStream;

    /// <inheritdoc cref="StandardOutput"/>
    public Stream StandardError => _process.StandardError.BaseStream;

    /// <summary>Starts one.</summary>
    public static HostProcess Start(SessionOptions options)
    {
        string pipeName = $"nn-{Guid.NewGuid():N}"[..24];     // on Unix the path of a socket may not be longer than about 100 characters
        var pipe = new NamedPipeServerStream(
            pipeName, PipeDirection.InOut, maxNumberOfServerInstances: 1, PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            var process = Process.Start(StartInfo(options, pipeName))!;
            process.StandardInput.Close();
            return new HostProcess(process, pipe);
        }
        catch (Win32Exception error)
        {
            pipe.Dispose();
            throw new SessionStartException($"The process for the cells could not be started: {error.Message}", error);
        }
    }

    /// <summary>Waits until it has opened its end of the pipe.</summary>
    public Task ConnectAsync(CancellationToken cancellation) => _pipe.WaitForConnectionAsync(cancellation);

    /// <summary>Waits for its end.</summary>
    public Task ExitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>Its exit code, or null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Ends it, and everything it has started.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // it was quicker
        }
        NativeProcess.KillGroupOf(Id);
    }

    public void Dispose()
    {
        Channel.Dispose();
        _process.Dispose();
    }

    /// <summary>The words of a command line that starts this very program: full paths, and no shell needed.</summary>
    public static IReadOnlyList<string> ThisProgram { get; } = typeof(HostProcess).Assembly.Location is { Length: > 0 } program
        ? [DotNet(), "exec", program]
        : [Environment.ProcessPath!];     // published as a single file

    private static ProcessStartInfo StartInfo(SessionOptions options, string pipeName)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = options.WorkingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.FileName = ThisProgram[0];
        foreach (string argument in ThisProgram.Skip(1)) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("host");
        start.ArgumentList.Add(pipeName);

        // Server GC keeps a heap a core and gives nothing back; a notebook shares its machine with others.
        start.Environment["DOTNET_gcServer"] = "0";
        if (options.MaxMemoryMegabytes is { } megabytes)
            start.Environment["DOTNET_GCHeapHardLimit"] = (megabytes * 1_000_000L).ToString("X", CultureInfo.InvariantCulture);
        foreach (var (name, value) in options.Environment) start.Environment[name] = value;
        return start;
    }

    /// <summary>The <c>dotnet</c> that runs this very process, also when its own program is another one, such as a test host.</summary>
    private static string DotNet()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string beside = Path.Combine(root, name);
        if (File.Exists(beside)) return beside;
        return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : name;
    }
}
