using System.Globalization;
using System.Runtime;

namespace NeuroNotebooks.Runner.Host;

/// <summary>
/// The methods that a start needs, noted by the first start and compiled ahead by a second thread in all later ones: the C# compiler comes
/// without native code, and compiling it takes most of the time until the first cell (2.5 s without, 1.5 s with, on two cores).
/// </summary>
internal sealed class StartProfile
{
    private const string FileName = "host.jitprofile";
    private readonly string _folder;
    private readonly string? _recording;

    private StartProfile(string folder, string? recording)
    {
        _folder = folder;
        _recording = recording;
    }

    /// <summary>Plays the profile in a folder, or begins to record one.</summary>
    public static StartProfile Begin(string folder)
    {
        string? recording = File.Exists(Path.Combine(folder, FileName))
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{FileName}.{Environment.ProcessId}");
        ProfileOptimization.SetProfileRoot(folder);
        ProfileOptimization.StartProfile(recording ?? FileName);
        return new StartProfile(folder, recording);
    }

    /// <summary>Keeps what was recorded: whole or not at all, as several hosts may start at once.</summary>
    public void End()
    {
        if (_recording is null) return;     // a played profile stays as it is: nothing is written, as this process ends by a signal
        ProfileOptimization.StartProfile(null!);
        try
        {
            File.Move(Path.Combine(_folder, _recording), Path.Combine(_folder, FileName), overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // a folder that cannot be written to: every start is a first one
        }
    }
}
