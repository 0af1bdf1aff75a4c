using NeuroNotebooks.Data;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Data;

public class IdxArrayTests
{
    /// <summary>Two images of 2 x 3 pixels.</summary>
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    [Fact]
    public void Dimensions_and_values_are_those_of_the_file_without_a_copy()
    {
        byte[] file = [.. Images];
        var images = IdxArray.Read(file);
        Assert.Equal([2, 2, 3], images.Dimensions.ToArray());
        Assert.Equal(2, images.Count);
        Assert.Equal([7, 8, 9, 10, 11, 12], images[1].ToArray());
        Assert.Equal(12, images.Values.Length);
        Assert.Equal("2 x 2 x 3 bytes", images.ToString());
        Assert.True(images.Values.Overlaps(file));
    }

    [Fact]
    public void Labels_and_nothing_at_all_are_arrays_too()
    {
        Assert.Equal([9], IdxArray.Read(new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 7, 9 })[1].ToArray());
        Assert.Equal(0, IdxArray.Read(new byte[] { 0, 0, 8, 2, 0, 0, 0, 0, 127, 255, 255, 255 }).Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void An_item_that_is_not_there_is_refused(int index) =>
        Assert.Contains("expected 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => IdxArray.Read(Images)[index].Length).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[0], "no IDX file")]
    [InlineData(new byte[] { 0, 0, 8 }, "no IDX file")]
    [InlineData(new byte[] { 1, 0, 8, 1 }, "no IDX file")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "packed with gzip")]
    [InlineData(new byte[] { 0, 0, 0x0D, 1, 0, 0, 0, 0 }, "type 0x0D: expected 0x08")]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "no dimensions")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1 }, "after 8 of 12 bytes")]
    [InlineData(new byte[] { 0, 0, 8, 1, 255, 255, 255, 255 }, "dimension 0 is 4294967295")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 1, 0, 0, 0, 1, 0, 0 }, "multiply to more than")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 1, 2 }, "2 bytes of values: its header says 3")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1, 2 }, "2 bytes of values: its header says 1")]
    public void What_is_no_idx_file_is_refused_with_its_reason(byte[] file, string expected)
    {
        string message = Assert.Throws<FormatException>(() => IdxArray.Read(file, "digits")).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.StartsWith("digits ", message.Replace("digits:", "digits ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Five_thousand_damaged_files_are_read_or_refused_and_nothing_else()
    {
        var random = new Philox(Seed: 1);
        int read = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5000; i++)
        {
            byte[] file = Damaged(random, 3 * (ulong)i);
            try
            {
                var array = IdxArray.Read(file);
                Assert.Equal(array.Values.Length, array.Dimensions.Aggregate(1L, (product, size) => product * size));
                for (int item = 0; item < Math.Min(array.Count, 20); item++) _ = array[item].Length;
                read++;
            }
            catch (FormatException)
            {
                // what a damaged file deserves
            }
        }
        Assert.InRange(read, 500, 4500);     // both happen: bytes of values may change freely, the header may not
        // whatever size a damaged header claims, no memory is taken for what is not there
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5000 * 64 * 1024);
    }

    /// <summary>A byte changed, a piece cut off, or bytes added.</summary>
    private static byte[] Damaged(Philox random, ulong at)
    {
        byte[] file = [.. Images];
        int place = (int)(random.Uniform(at) * file.Length);
        switch ((int)(random.Uniform(at + 1) * 4))
        {
            case 0: return file[..place];
            case 1: return [.. file, .. file[place..]];
            default:
                file[place] = (byte)(random.Uniform(at + 2) * 256);
                return file;
        }
    }
}
