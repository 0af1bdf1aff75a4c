using System.Buffers.Binary;
using System.Collections.Immutable;

namespace NeuroNotebooks.Data;

/// <summary>An array of bytes from an IDX file, the format of MNIST: a view on the file's bytes, without a copy.</summary>
/// <remarks>
/// <code>
/// 0, 0, type, dimensions | each dimension, 4 bytes, most significant first | the values, last index fastest
/// </code>
/// Type 8 (unsigned bytes) is read; the format's other types, which no data set here uses, are refused. Source: the format's description on
/// the MNIST page.
/// </remarks>
public sealed class IdxArray
{
    private const byte UnsignedByte = 0x08;
    private readonly ReadOnlyMemory<byte> _values;
    private readonly int _itemLength;

    private IdxArray(ImmutableArray<int> dimensions, int itemLength, ReadOnlyMemory<byte> values) =>
        (Dimensions, _itemLength, _values) = (dimensions, itemLength, values);

    /// <summary>The dimensions, at least one: for images their count, rows and columns.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>How many items there are: the first dimension.</summary>
    public int Count => Dimensions[0];

    /// <summary>All values, the last index fastest.</summary>
    public ReadOnlySpan<byte> Values => _values.Span;

    /// <summary>The values of one item, such as the pixels of an image by rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(index), index, $"index is {index}: expected 0 to {Count - 1}.");
            return _values.Span.Slice(index * _itemLength, _itemLength);
        }
    }

    /// <summary>Reads an IDX file.</summary>
    /// <param name="file">Its bytes, unpacked; the array looks at them from then on, so they must not change.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="FormatException">It is not an IDX file of unsigned bytes, or its length is not what its header says.</exception>
    public static IdxArray Read(ReadOnlyMemory<byte> file, string source = "IDX")
    {
        Require.NotNull(source);
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes is [0x1F, 0x8B, ..]) throw new FormatException($"{source} is packed with gzip: unpack it first.");
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0)
            throw new FormatException(
                $"{source} is no IDX file: it does not start with two zero bytes, a type and a number of dimensions.");
        if (bytes[2] != UnsignedByte)
            throw new FormatException($"{source} holds values of IDX type 0x{bytes[2]:X2}: expected 0x08, unsigned bytes.");
        int rank = bytes[3], header = 4 + 4 * rank;
        if (rank == 0) throw new FormatException($"{source} has no dimensions.");
        if (bytes.Length < header) throw new FormatException($"{source} ends within its header, after {bytes.Length} of {header} bytes.");

        int[] dimensions = new int[rank];
        long count = 1;
        for (int i = 0; i < rank; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 + 4 * i)..]);
            if (size > int.MaxValue) throw new FormatException($"{source}: dimension {i} is {size}, too large for an array.");
            dimensions[i] = (int)size;
            count = size == 0 || count <= int.MaxValue / size ? count * size
                : throw new FormatException($"{source}: its dimensions multiply to more than {int.MaxValue}.");
        }
        if (bytes.Length - header != count)
            throw new FormatException($"{source} has {bytes.Length - header} bytes of values: its header says {count}.");
        return new IdxArray([.. dimensions], dimensions[0] == 0 ? 0 : (int)(count / dimensions[0]), file[header..]);
    }

    /// <summary>The dimensions: <c>60000 x 28 x 28 bytes</c>.</summary>
    public override string ToString() => $"{string.Join(" x ", Dimensions)} bytes";
}
