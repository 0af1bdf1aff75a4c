using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace NeuroNotebooks.Data;

/// <summary>An array as NumPy saves it (.npy, or one entry of an .npz): its shape, and its entries row after row.</summary>
/// <remarks>
/// Reads versions 1 to 3 of the format; booleans, integers and floats of 1 to 8 bytes in either byte order, and fixed-width unicode text.
/// Source: NumPy Enhancement Proposal 1.
/// </remarks>
public sealed partial class NpyArray
{
    private const int LargestHeader = 1 << 20;

    private readonly double[]? numbers;
    private readonly string[]? texts;

    private NpyArray(ImmutableArray<int> shape, double[]? numbers, string[]? texts) =>
        (Shape, this.numbers, this.texts) = (shape, numbers, texts);

    /// <summary>Length of each dimension; none for a single value.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Number of entries.</summary>
    public int Count => numbers?.Length ?? texts!.Length;

    /// <summary>The entries as numbers, row after row.</summary>
    /// <exception cref="InvalidOperationException">The array holds text.</exception>
    public ReadOnlySpan<double> Numbers => numbers ?? throw new InvalidOperationException("This array holds text, not numbers.");

    /// <summary>The entries as text; numbers are written out.</summary>
    public IReadOnlyList<string> Texts => texts ?? [.. numbers!.Select(number => number.ToString("R", CultureInfo.InvariantCulture))];

    /// <summary>Reads a .npy file.</summary>
    /// <param name="source">Its bytes.</param>
    /// <exception cref="InvalidDataException">It is no .npy file, is cut short, or holds entries of another kind.</exception>
    public static NpyArray Read(Stream source)
    {
        Require.NotNull(source);
        var header = ReadHeader(source);
        string type = Field(header, "descr", QuotedValue()), order = Field(header, "fortran_order", WordValue());
        const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        ImmutableArray<int> shape = [.. Field(header, "shape", TupleValue()).Split(',', Trimmed).Select(Length)];
        if (order != "False" && shape.Length > 1)
            throw new InvalidDataException("The array lies column after column (fortran_order): save it with numpy.ascontiguousarray.");
        long count = shape.Aggregate(1L, (product, length) => checked(product * length));
        var (kind, size, bigEndian) = Kind(type);
        if (count * size > int.MaxValue)
            throw new InvalidDataException($"The array has {count} entries of {size} bytes: at most 2 GiB can be read.");
        var bytes = new byte[count * size];
        int found = source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (found < bytes.Length) throw new InvalidDataException($"The file is cut short: {found} of {bytes.Length} bytes of data.");
        return kind == 'U'
            ? new NpyArray(shape, null, Decode(bytes, size, (int)count, bigEndian))
            : new NpyArray(shape, Decode(bytes, kind, size, (int)count, bigEndian), null);
    }

    /// <summary>Reads a .npz file: named arrays in a zip archive.</summary>
    /// <param name="source">Its bytes; must be able to seek.</param>
    /// <exception cref="InvalidDataException">It is no .npz file, or an array in it cannot be read.</exception>
    public static IReadOnlyDictionary<string, NpyArray> ReadArchive(Stream source)
    {
        Require.NotNull(source);
        using var archive = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
        var arrays = new Dictionary<string, NpyArray>();
        foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".npy", StringComparison.Ordinal)))
        {
            using var stream = entry.Open();
            arrays[entry.Name[..^4]] = Read(stream);
        }
        return arrays;
    }

    private static string ReadHeader(Stream source)
    {
        Span<byte> start = stackalloc byte[8];
        if (source.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !IsMagic(start))
            throw new InvalidDataException("This is no .npy file: it does not begin with \\x93NUMPY.");
        bool old = start[6] == 1;
        Span<byte> length = stackalloc byte[old ? 2 : 4];
        if (source.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
            throw new InvalidDataException("The file is cut short in its header.");
        uint size = old ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (start[6] is < 1 or > 3 || size > LargestHeader)
            throw new InvalidDataException($"This .npy file has version {start[6]} and a header of {size} bytes: expected version 1 to 3.");
        var header = new byte[size];
        if (source.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw new InvalidDataException("The file is cut short in its header.");
        return Encoding.UTF8.GetString(header);
    }

    private static bool IsMagic(ReadOnlySpan<byte> start) => start[0] == 0x93 && start[1..6].SequenceEqual("NUMPY"u8);

    private static string Field(string header, string name, Regex value)
    {
        int at = header.IndexOf($"'{name}':", StringComparison.Ordinal);
        var match = at < 0 ? Match.Empty : value.Match(header, at + name.Length + 3);
        return match.Success ? match.Groups[1].Value : throw new InvalidDataException($"The header of the .npy file has no {name}.");
    }

    private static int Length(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
        ? length
        : throw new InvalidDataException($"The header of the .npy file has \"{text}\" as a length.");

    private static (char Kind, int Size, bool BigEndian) Kind(string type)
    {
        bool known = type.Length >= 3 && "<>|=".Contains(type[0], StringComparison.Ordinal)
            && int.TryParse(type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (known)
        {
            int size = int.Parse(type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);
            bool fits = type[1] switch
            {
                'b' => size == 1,
                'i' or 'u' => size is 1 or 2 or 4 or 8,
                'f' => size is 4 or 8,
                'U' => size is > 0 and < 4096,
                _ => false,
            };
            if (fits) return (type[1], type[1] == 'U' ? 4 * size : size, type[0] == '>');
        }
        throw new InvalidDataException(
            $"Entries of type \"{type}\" cannot be read: expected booleans, integers, floats of 4 or 8 bytes, or text.");
    }

    private static double[] Decode(byte[] bytes, char kind, int size, int count, bool bigEndian)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            var entry = bytes.AsSpan(i * size, size);
            if (bigEndian) entry.Reverse();
            values[i] = (kind, size) switch
            {
                ('f', 8) => BinaryPrimitives.ReadDoubleLittleEndian(entry),
                ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(entry),
                ('i', 1) => (sbyte)entry[0],
                ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(entry),
                ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(entry),
                ('i', 8) => BinaryPrimitives.ReadInt64LittleEndian(entry),
                ('u', 2) => BinaryPrimitives.ReadUInt16LittleEndian(entry),
                ('u', 4) => BinaryPrimitives.ReadUInt32LittleEndian(entry),
                ('u', 8) => BinaryPrimitives.ReadUInt64LittleEndian(entry),
                _ => entry[0],
            };
        }
        return values;
    }

    private static string[] Decode(byte[] bytes, int size, int count, bool bigEndian)
    {
        var encoding = new UTF32Encoding(bigEndian, byteOrderMark: false);
        return [.. Enumerable.Range(0, count).Select(i => encoding.GetString(bytes, i * size, size).TrimEnd('\0'))];
    }

    [GeneratedRegex(@"\G\s*'([^']*)'")]
    private static partial Regex QuotedValue();

    [GeneratedRegex(@"\G\s*(\w+)")]
    private static partial Regex WordValue();

    [GeneratedRegex(@"\G\s*\(([^)]*)\)")]
    private static partial Regex TupleValue();
}
