using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace NeuroNotebooks;

/// <summary>Files that are there whole or not at all, and binary ones that know whether they were changed.</summary>
internal static class WholeFile
{
    /// <summary>Writes contents sealed with their checksum.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes the contents.</param>
    public static void Write(string path, Action<BinaryWriter> write)
    {
        using var memory = new MemoryStream();
        Sealed(memory, write);
        Write(path, memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    /// <summary>
    /// Writes a file by way of a neighbour that is flushed to the disk and renamed, so that whoever reads it, and whenever this process ends,
    /// finds the old one or the new. A link stays a link, and the rights of the old file stay.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="bytes">The contents.</param>
    /// <param name="open">Opens the neighbour; for tests of what can go wrong.</param>
    /// <exception cref="IOException">It could not be written; the old file is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is read-only; the old file is untouched.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, Func<string, FileStream>? open = null)
    {
        string target = Target(path);
        string neighbour = Path.Combine(Path.GetDirectoryName(target)!, string.Create(CultureInfo.InvariantCulture,
            $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp"));
        try
        {
            RemoveLeftovers(target);
            using (FileStream stream = open is null ? new(neighbour, FileMode.Create, FileAccess.Write, FileShare.None) : open(neighbour))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(neighbour, File.GetUnixFileMode(target));
            File.Move(neighbour, target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(neighbour);
            throw;
        }
    }

    /// <summary>The file itself when the path is a link to it, so that the link stays a link.</summary>
    public static string Target(string path)
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

    /// <summary>Writes contents and, after them, their SHA-256.</summary>
    public static void Sealed(Stream target, Action<BinaryWriter> write)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true)) write(writer);
        var contents = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        target.Write(contents);
        target.Write(SHA256.HashData(contents));
    }

    /// <summary>Reads what <see cref="Sealed"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is cut short or changed, or more follows.</exception>
    public static T Opened<T>(Stream source, string what, Func<BinaryReader, T> read)
    {
        using var memory = new MemoryStream();
        source.CopyTo(memory);
        var all = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        if (all.Length < SHA256.HashSizeInBytes)
            throw new InvalidDataException($"This is no {what}: it has {all.Length} bytes, fewer than a checksum.");
        var contents = all[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(contents).AsSpan().SequenceEqual(all[^SHA256.HashSizeInBytes..]))
            throw new InvalidDataException($"This is no {what}, or it is cut short or changed: its checksum does not fit.");
        memory.SetLength(contents.Length);
        memory.Position = 0;
        using var reader = new BinaryReader(memory);
        try
        {
            return read(reader);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"This is no {what}: it ends too soon.");
        }
    }

    public static void WriteArray<T>(this BinaryWriter writer, ReadOnlySpan<T> values) where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
    }

    public static T[] ReadArray<T>(this BinaryReader reader) where T : unmanaged
    {
        int length = reader.ReadInt32();
        if (length < 0) throw new InvalidDataException($"A list of {length} entries: the file is damaged.");
        var values = new T[length];
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan());
        reader.BaseStream.ReadExactly(bytes);
        return values;
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
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It could not even be deleted: the error that led here is the one to tell.
        }
    }
}
