using System.Runtime.InteropServices;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>The few things about processes that .NET leaves to the system. Each does nothing where the system does not know it.</summary>
internal static class NativeProcess
{
    private const int Kill = 9;

    /// <summary>
    /// Makes this process the leader of its own session and group: Ctrl-C at the terminal goes to the parent alone, and what a cell starts
    /// can be ended together with it.
    /// </summary>
    public static void LeadOwnGroup()
    {
        if (!OperatingSystem.IsWindows()) _ = setsid();
    }

    /// <summary>Ends this process and everything it started, at once.</summary>
    public static void KillOwnGroup()
    {
        if (!OperatingSystem.IsWindows()) _ = kill(0, Kill);
    }

    /// <summary>Ends what is left of the group that a process led, after its own death.</summary>
    public static void KillGroupOf(int process)
    {
        if (!OperatingSystem.IsWindows()) _ = kill(-process, Kill);
    }

    /// <summary>Hands over what native code has printed and the C library still holds.</summary>
    public static void FlushStandardOutput()
    {
        if (!OperatingSystem.IsWindows()) _ = fflush(0);
    }

#pragma warning disable SYSLIB1054 // three plain integers need no generated marshalling
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setsid();

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fflush(nint stream);
#pragma warning restore SYSLIB1054
}
