using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Writes palette images as PNG.</summary>
/// <remarks>Source: Portable Network Graphics (PNG) Specification, W3C, second edition (2003), sections 5, 9 and 11.</remarks>
internal static class PngEncoder
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOf((uint)n))];

    /// <summary>Encodes an image of palette indices, row by row from the top.</summary>
    /// <param name="indices">One palette index a pixel, <paramref name="width"/> × <paramref name="height"/>.</param>
    /// <param name="palette">At most 256 colours; their alpha is kept.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> indices, IReadOnlyList<Rgba> palette)
    {
        using var stream = new MemoryStream();
        stream.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;      // bits a sample
        header[9] = 3;      // colours from the palette
        WriteChunk(stream, "IHDR", header);
        WriteChunk(stream, "PLTE", [.. palette.SelectMany(c => new[] { c.R, c.G, c.B })]);
        WriteChunk(stream, "tRNS", [.. palette.Select(c => (byte)Math.Round(255.0 * c.A))]);
        WriteChunk(stream, "IDAT", Deflate(width, height, indices));
        WriteChunk(stream, "IEND", []);
        return stream.ToArray();
    }

    private static byte[] Deflate(int width, int height, ReadOnlySpan<byte> indices)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            for (int row = 0; row < height; row++)
            {
                zlib.WriteByte(0);      // no filter: right for palette images (section 12.8 of the specification)
                zlib.Write(indices.Slice(row * width, width));
            }
        return packed.ToArray();
    }

    private static void WriteChunk(MemoryStream stream, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);

        byte[] name = Encoding.ASCII.GetBytes(type);
        stream.Write(name);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, name), data));
        stream.Write(number);
    }

    private static uint Crc(uint crc, byte[] data)
    {
        foreach (byte b in data) crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    private static uint CrcOf(uint value)
    {
        for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
        return value;
    }
}
