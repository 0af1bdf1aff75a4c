using System.Security.Cryptography;

namespace NeuroNotebooks;

/// <summary>Binary files that are there whole or not at all, and that know whether they were changed.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file by way of a neighbour, so that whoever reads it, and whenever this process ends, finds the old one or the new.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes the contents.</param>
    public static void Write(string path, Action<BinaryWriter> write)
    {
        string full = Path.GetFullPath(path), neighbour = $"{full}.{Environment.ProcessId}.part";
        try
        {
            using (var stream = new FileStream(neighbour, FileMode.Create, FileAccess.Write))
            {
                Sealed(stream, write);
                stream.Flush(flushToDisk: true);
            }
            File.Move(neighbour, full, overwrite: true);
        }
        finally
        {
            File.Delete(neighbour);
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
}
