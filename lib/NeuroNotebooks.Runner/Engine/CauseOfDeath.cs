using System.Globalization;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>Puts into words how a child process ended.</summary>
internal static class CauseOfDeath
{
    private static readonly Dictionary<int, (string Name, string Meaning)> Signals = new()
    {
        [4] = ("SIGILL", "an illegal instruction"),
        [6] = ("SIGABRT", "an abort"),
        [7] = ("SIGBUS", "a bus error in native code"),
        [8] = ("SIGFPE", "an arithmetic error in native code"),
        [9] = ("SIGKILL", "a kill from outside, as the system does to the largest process when memory runs out"),
        [11] = ("SIGSEGV", "a memory access violation in native code"),
        [15] = ("SIGTERM", "a request from outside to end"),
    };

    private static readonly Dictionary<uint, string> WindowsCodes = new()
    {
        [0xC00000FD] = "stack overflow",
        [0xC0000005] = "a memory access violation in native code",
        [0x80131623] = "a call of Environment.FailFast",
        [0xC0000017] = "too little memory",
    };

    /// <summary>A phrase that goes after "the process ended by".</summary>
    /// <param name="exitCode">The process's exit code, on Unix 128 + signal if a signal ended it; null if it cannot be had.</param>
    /// <param name="farewell">What the child said before it left, if anything.</param>
    /// <param name="stderr">The end of its stderr.</param>
    public static string Of(int? exitCode, Leaving? farewell, string stderr)
    {
        if (farewell is { UnhandledException: { } unhandled }) return $"an exception that nothing caught on a thread of its own: {FirstLine(unhandled)}";
        if (farewell is { ExitCode: { } code }) return string.Create(CultureInfo.InvariantCulture, $"a call of Environment.Exit({code})");
        if (exitCode is not { } ended) return "an unknown cause";

        string how = Signal(ended);
        if (stderr.Contains("Stack overflow", StringComparison.Ordinal)) return $"stack overflow{how}";
        if (stderr.Contains("Out of memory", StringComparison.Ordinal)) return $"lack of memory{how}";
        if (stderr.Contains("AccessViolationException", StringComparison.Ordinal)) return $"a memory access violation{how}";
        if (Line(stderr, "Process terminated.") is { } words)
            return $"a call of Environment.FailFast{how}{(words.Length > 0 ? ": " + words : "")}";
        if (Line(stderr, "Unhandled exception.") is { } exception) return $"an exception that nothing caught: {exception}";

        if (OperatingSystem.IsWindows() && WindowsCodes.TryGetValue((uint)ended, out string? meaning)) return meaning;
        return ended > 128 && Signals.TryGetValue(ended - 128, out var signal)
            ? $"{signal.Meaning} ({signal.Name})"
            : string.Create(CultureInfo.InvariantCulture, $"an exit with code {ended}");
    }

    private static string Signal(int exitCode) =>
        exitCode > 128 && Signals.TryGetValue(exitCode - 128, out var signal) ? $" ({signal.Name})" : "";

    /// <summary>What follows a heading on its line, or stands on the next one.</summary>
    private static string? Line(string text, string heading)
    {
        int at = text.LastIndexOf(heading, StringComparison.Ordinal);
        return at < 0 ? null : FirstLine(text[(at + heading.Length)..].TrimStart());
    }

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0].Trim();
}
