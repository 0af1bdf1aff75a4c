using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Data;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.DataTests;

public class SpikeTableTests
{
    private const string Csv = "unit,area,time_s\na,VISp,0.5\nb,LGd,0.7\na,VISp,1.25\n";

    [Fact]
    public void A_table_of_spikes_is_read_unit_by_unit()
    {
        var table = SpikeTable.ReadCsv(new StringReader(Csv));
        Assert.Equal(["a", "b"], table.Units.ToArray());
        Assert.Equal(["VISp", "LGd"], table.Areas.ToArray());
        Assert.Equal([0.5, 1.25], table.Times[0].ToArray());
        Assert.Equal((0.0, 2.0), (table.Start, table.End));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("unit,time_s\na,1\n", "expected unit, area and time_s")]
    [InlineData("unit,area,time_s\na,V,n/a\n", "spikes.csv, line 2, column 3: \"n/a\" is not a spike time")]
    [InlineData("unit,area,time_s\na,V\n", "line 2: 2 columns")]
    [InlineData("unit,area,time_s\na,V,2\na,V,1\n", "line 3: unit a spikes at 1 s after 2 s")]
    [InlineData("unit,area,time_s\na,V,1\na,W,2\n", "line 3: unit a is in area W, but was in V")]
    [InlineData("unit,area,time_s\n", "holds no spike")]
    public void What_is_no_table_of_spikes_is_refused_with_line_and_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => SpikeTable.ReadCsv(new StringReader(text), "spikes.csv")).Message, StringComparison.Ordinal);

    [Fact]
    public void Spikes_outside_the_session_are_refused() =>
        Assert.Contains("outside the session", Assert.Throws<InvalidDataException>(() =>
            SpikeTable.ReadCsv(new StringReader(Csv), start: 0.6)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_NumPy_archive_gives_the_same_table()
    {
        using var archive = Archive(
            ("unit", Npy("<i4", [3], Bytes(0, 1, 0))), ("time_s", Npy("<f8", [3], Bytes(0.5, 0.7, 1.25))), ("area", Npy("<U4", [2], Text("VISp", "LGd"))));
        var table = SpikeTable.ReadNpz(archive);
        Assert.Equal(["0", "1"], table.Units.ToArray());
        Assert.Equal(["VISp", "LGd"], table.Areas.ToArray());
        Assert.Equal([0.5, 1.25], table.Times[0].ToArray());
    }

    [Fact]
    public void Archives_with_missing_or_unequal_arrays_are_refused()
    {
        using var missing = Archive(("unit", Npy("<i4", [1], Bytes(0))));
        Assert.Contains("expected unit, area and time_s", Assert.Throws<InvalidDataException>(() => SpikeTable.ReadNpz(missing)).Message, StringComparison.Ordinal);
        using var unequal = Archive(
            ("unit", Npy("<i4", [1], Bytes(0))), ("time_s", Npy("<f8", [2], Bytes(0.5, 0.7))), ("area", Npy("<U4", [1], Text("VISp"))));
        Assert.Contains("one each per spike", Assert.Throws<InvalidDataException>(() => SpikeTable.ReadNpz(unequal)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|b1", new byte[] { 1, 0 }, 1.0, 0.0)]
    [InlineData("|i1", new byte[] { 255, 2 }, -1.0, 2.0)]
    [InlineData(">i2", new byte[] { 1, 0, 255, 255 }, 256.0, -1.0)]
    [InlineData("<u2", new byte[] { 1, 0, 255, 255 }, 1.0, 65535.0)]
    [InlineData("<f4", new byte[] { 0, 0, 128, 63, 0, 0, 0, 192 }, 1.0, -2.0)]
    public void Entries_of_every_kind_and_byte_order_are_read(string type, byte[] data, double first, double second) =>
        Assert.Equal([first, second], NpyArray.Read(new MemoryStream(Npy(type, [2], data))).Numbers.ToArray());

    [Fact]
    public void Changed_files_are_read_or_refused_and_never_worse()
    {
        byte[] sound = Npy("<f8", [2, 3], Bytes(1.0, 2.0, 3.0, 4.0, 5.0, 6.0));
        for (ulong seed = 0; seed < 5000; seed++)
        {
            var random = new Philox(seed);
            byte[] changed = random.Uniform(0) < 0.3 ? sound[..random.Integer(1, sound.Length)] : [.. sound];
            for (int k = 0; k < random.Integer(2, 4) && changed.Length > 0; k++)
                changed[random.Integer((ulong)(10 + k), changed.Length)] = (byte)random.Integer((ulong)(20 + k), 256);
            try
            {
                Assert.True(NpyArray.Read(new MemoryStream(changed)).Count >= 0);
            }
            catch (InvalidDataException)
            {
                // a stated error is the other allowed answer
            }
        }
    }

    [Fact]
    public void Spikes_are_binned_and_neurons_outside_the_rates_left_out()
    {
        var text = new StringBuilder("unit,area,time_s\n");
        for (int k = 0; k < 40; k++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a,V,{0.05 * k + 0.001}\na,V,{0.05 * k + 0.002}\n");
        text.Append("b,V,0.5\nc,W,0.0201\n");
        var table = SpikeTable.ReadCsv(new StringReader(text.ToString()), end: 2.0);
        var binned = new SpikeBinner { BinMilliseconds = 20, LeastRate = 0.005, LargestRate = 0.45 }.Bin(table);
        Assert.Equal(100, binned.Words.Count);
        Assert.Equal(0.4, binned.Words.Rates()[0], 12);
        Assert.Equal(1, binned.Words[1][2]);
        Assert.Equal(["V", "W"], binned.AreaNames.ToArray());
        Assert.Equal([0, 0, 1], binned.Areas.ToArray());
        Assert.Equal(["b", "c"], new SpikeBinner { LeastRate = 0.1 }.Bin(table).Dropped.ToArray());
    }

    [Fact]
    public void Bins_that_are_too_wide_or_too_few_are_refused()
    {
        var table = SpikeTable.ReadCsv(new StringReader(Csv));
        Assert.Contains("narrower", Assert.Throws<ArgumentException>(() => new SpikeBinner { BinMilliseconds = 1000 }.Bin(table)).Message, StringComparison.Ordinal);
        Assert.Contains("ten bins a neuron", Assert.Throws<ArgumentException>(() => new SpikeBinner { BinMilliseconds = 200 }.Bin(table)).Message, StringComparison.Ordinal);
        Assert.Contains("No neuron", Assert.Throws<ArgumentException>(() => new SpikeBinner { LeastRate = 0.4 }.Bin(table)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpikeBinner { BinMilliseconds = 0 });
    }

    private static byte[] Npy(string type, int[] shape, byte[] data)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Concat(shape.Select(n => $"{n},"))}), }}\n";
        var bytes = new List<byte>([0x93, .. "NUMPY"u8, 1, 0]);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [.. bytes, .. length, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    private static byte[] Bytes(params int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Bytes(params double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Text(params string[] values) => [.. values.SelectMany(text => Encoding.UTF32.GetBytes(text.PadRight(4, '\0')))];

    private static MemoryStream Archive(params (string Name, byte[] Bytes)[] arrays)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in arrays)
            {
                using var entry = archive.CreateEntry(name + ".npy").Open();
                entry.Write(bytes);
            }
        stream.Position = 0;
        return stream;
    }
}
