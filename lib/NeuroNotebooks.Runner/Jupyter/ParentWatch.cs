using System.Diagnostics;
using System.Globalization;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>Ends a kernel whose starter is gone without having shut it down, so that none is left behind.</summary>
internal static class ParentWatch
{
    /// <summary>Where Jupyter leaves the number of the process that starts kernels; on Windows it is a handle, which is not watched.</summary>
    private const string Variable = "JPY_PARENT_PID";

    private static readonly TimeSpan Distance = TimeSpan.FromSeconds(2);

    /// <summary>Looks after the starter from time to time, until the timer is disposed of.</summary>
    /// <param name="gone">Called once, when it is gone.</param>
    /// <returns>The timer, or null when there is nobody to watch.</returns>
    public static IDisposable? Begin(Action gone)
    {
        if (OperatingSystem.IsWindows()
            || !int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int parent) || parent <= 1) return null;

        int told = 0;
        return new Timer(_ =>
        {
            if (!Lives(parent) && Interlocked.Exchange(ref told, 1) == 0) gone();
        }, null, Distance, Distance);
    }

    private static bool Lives(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
