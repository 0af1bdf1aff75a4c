using System.Diagnostics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>A peer in Python: one of the scripts beside this program, run by Debian's interpreter, whose packages it needs.</summary>
internal static class PythonPeer
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">Its file name.</param>
    /// <param name="arguments">What follows the name, separated by blanks.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="blasThreads">Threads of its linear algebra; its own choice if left out.</param>
    /// <param name="threads">Threads of OpenMP; its own choice if left out.</param>
    /// <returns>The lines it printed; null if the interpreter or a package is not there, or the script failed.</returns>
    public static string[]? Ask(string script, string arguments = "", string? input = null, int? blasThreads = null, int? threads = null)
    {
        if (!File.Exists(Interpreter)) return null;
        var start = new ProcessStartInfo(Interpreter, $"{Path.Combine(AppContext.BaseDirectory, script)} {arguments}")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        if (blasThreads is not null) start.Environment["OPENBLAS_NUM_THREADS"] = $"{blasThreads}";
        if (threads is not null) start.Environment["OMP_NUM_THREADS"] = $"{threads}";
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (input is not null) process.StandardInput.Write(input);
        process.StandardInput.Close();
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0 && lines.Length > 0 ? lines : null;
    }
}
