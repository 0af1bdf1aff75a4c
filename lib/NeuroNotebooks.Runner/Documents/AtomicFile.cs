using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace NeuroNotebooks.Runner.Documents;

/// <summary>A file that could not be written; the one that was there before is still whole.</summary>
public sealed class SaveException : Exception
{
    /// <summary>A file that could not be written.</summary>
    /// <param name="message">Which file, and why.</param>
    /// <param name="inner">What the system said.</param>
    public SaveException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>
/// Files written whole or not at all: a temporary file beside the target, flushed to the disk, then renamed over it.
/// </summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text in UTF-8.</summary>
    /// <exception cref="SaveException">The folder is missing or read-only, the disk is full, the file is locked.</exception>
    public static void Write(string path, string text) => Write(path, Utf8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    /// <exception cref="SaveException">The folder is missing or read-only, the disk is full, the file is locked.</exception>
    public static void Write(string path, byte[] bytes) => Write(path, bytes, Open);

    /// <summary>Makes a folder with those above it, where they are missing.</summary>
    /// <exception cref="SaveException">It could not be made.</exception>
    public static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SaveException($"The folder {folder} could not be made: {e.Message}", e);
        }
    }

    internal static void Write(string path, byte[] bytes, Func<string, FileStream> open)
    {
        string target = Target(path);
        string temporary = Path.Combine(Path.GetDirectoryName(target)!,
            string.Create(CultureInfo.InvariantCulture,
                $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp"));
        try
        {
            RemoveLeftovers(target);
            using (FileStream stream = open(temporary))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new SaveException($"{path} could not be written: {Reason(e, target)}. The file that was there before is untouched.", e);
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.None);

    /// <summary>The file itself when the path is a link to it, so that the link stays a link.</summary>
    private static string Target(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;        // nothing there yet, or a circle of links: opening it says so better
        }
    }

    private static string Reason(Exception e, string target)
    {
        const int NoSpaceUnix = 28, DiskFullWindows = unchecked((int)0x80070070), HandleDiskFullWindows = unchecked((int)0x80070027);
        const int SharingViolation = unchecked((int)0x80070020), LockViolation = unchecked((int)0x80070021);
        return e switch
        {
            _ when Directory.Exists(target) => "a folder has that name",
            DirectoryNotFoundException => $"the folder {Path.GetDirectoryName(target)} does not exist",
            UnauthorizedAccessException => "the file or its folder is read-only for you",
            { HResult: NoSpaceUnix or DiskFullWindows or HandleDiskFullWindows } => "the disk is full",
            { HResult: SharingViolation or LockViolation } => "another program has it open",
            _ => e.Message.TrimEnd('.'),
        };
    }

    /// <summary>Removes what a save left that was killed half-way; a save of a process that still runs is left alone.</summary>
    private static void RemoveLeftovers(string target)
    {
        string prefix = $".{Path.GetFileName(target)}.";
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, $"{prefix}*.tmp"))
        {
            string process = Path.GetFileName(file)[prefix.Length..].Split('-')[0];
            if (int.TryParse(process, CultureInfo.InvariantCulture, out int id) && id != Environment.ProcessId && !Runs(id))
                TryDelete(file);
        }
    }

    private static bool Runs(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It could not even be deleted: the error that led here is the one to tell.
        }
    }
}
