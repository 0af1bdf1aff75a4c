using System.Diagnostics;
using System.Globalization;

namespace NeuroNotebooks.TestSupport;

/// <summary>These tests as another process: one that trains, tells each update on a line and can be killed with no chance to tidy up, or one with memory of its own.</summary>
internal static class KilledProcess
{
    /// <summary>The last argument of a process that is to be killed.</summary>
    public const string Awaited = "awaited";

    /// <summary>Holds a training that was killed three times on its way against one that was not: their last files are the same, byte for byte.</summary>
    /// <param name="verb">The training in the other process.</param>
    /// <param name="train">The same training in this one.</param>
    /// <param name="updates">How long it is.</param>
    /// <param name="killEvery">Updates until the first kill, and from there to the next.</param>
    public static async Task ComparedWithWholeAsync(string verb, Action<string> train, int updates, int killEvery)
    {
        string folder = Directory.CreateTempSubdirectory("training-").FullName;
        try
        {
            string file = Path.Combine(folder, "training"), whole = Path.Combine(folder, "whole");
            for (int kill = 1; kill <= 3; kill++) await TrainAndKillAsync(verb, file, updates, atUpdate: kill * killEvery);
            await SayAsync(verb, file, updates);

            train(whole);
            Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whether this process is one that is to be killed: then it never ends by itself, however late the kill comes.</summary>
    public static bool IsAwaited { get; set; }

    /// <summary>Tells an update to whoever started this process.</summary>
    public static void Tell(long update, long updates)
    {
        Console.WriteLine(update);
        if (IsAwaited && update == updates) Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Starts a training that is killed (SIGKILL) once it has told an update: then, or any number of updates later.</summary>
    private static async Task TrainAndKillAsync(string verb, string file, int updates, int atUpdate)
    {
        using Process process = Start(verb, file, updates, Awaited);
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

    /// <summary>Lets the other process do something, and hands back the lines that it said.</summary>
    public static async Task<string[]> SayAsync(string verb, string file, int count)
    {
        using Process process = Start(verb, file, count);
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static Process Start(string verb, string file, int updates, params string[] more)
    {
        string dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        string[] words = ["exec", typeof(KilledProcess).Assembly.Location, verb, file, updates.ToString(CultureInfo.InvariantCulture), .. more];
        return Process.Start(new ProcessStartInfo(dotnet, words) { RedirectStandardOutput = true })!;
    }
}
