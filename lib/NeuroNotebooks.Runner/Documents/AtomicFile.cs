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

/// <summary>Files written whole or not at all, and errors that say why one could not be.</summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text in UTF-8.</summary>
    /// <exception cref="SaveException">The folder is missing or read-only, the disk is full, the file is locked.</exception>
    public static void Write(string path, string text) => Write(path, Utf8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    /// <exception cref="SaveException">The folder is missing or read-only, the disk is full, the file is locked.</exception>
    public static void Write(string path, byte[] bytes) => Write(path, bytes, open: null);

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

    internal static void Write(string path, byte[] bytes, Func<string, FileStream>? open)
    {
        try
        {
            WholeFile.Write(path, bytes, open);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SaveException(
                $"{path} could not be written: {Reason(e, WholeFile.Target(path))}. The file that was there before is untouched.", e);
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
}
