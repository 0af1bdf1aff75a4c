using System.Diagnostics;
using System.Globalization;

namespace NeuroNotebooks.TestSupport;

/// <summary>These tests as another process that trains, tells each update on a line, and can be killed with no chance to tidy up.</summary>
internal static class KilledProcess
{
    /// <summary>Starts a training that is killed (SIGKILL) once it has told an update.</summary>
    public static async Task TrainAndKillAsync(string verb, string file, int updates, int atUpdate)
    {
        using Process process = Start(verb, file, updates);
        bool died = true;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (int.Parse(line, CultureInfo.InvariantCulture) < atUpdate) continue;
            process.Kill();
            died = false;
            break;
        }
        Assert.False(died, "the training ended before it was killed");
        await process.WaitForExitAsync();
        Assert.NotEqual(0, process.ExitCode);
    }

    /// <summary>Starts a training and lets it end.</summary>
    public static async Task TrainAsync(string verb, string file, int updates)
    {
        using Process process = Start(verb, file, updates);
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string verb, string file, int updates) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(KilledProcess).Assembly.Location, verb, file, updates.ToString(CultureInfo.InvariantCulture) },
        })!;
}
