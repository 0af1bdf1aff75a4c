using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NeuroNotebooks.Figures.Svg;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Figures.Tests.Svg;

/// <summary>Heat maps, contours and images.</summary>
public class GridPictureTests
{
    private const string Grey = "\"colorscale\":[[0,\"#000000\"],[1,\"#ffffff\"]]";

    [Fact]
    public void An_image_decodes_to_what_was_encoded()
    {
        byte[] pixels = [0, 1, 2, 2, 1, 0];
        Rgba[] palette = [Rgba.Clear, new(255, 0, 0), new(0, 0, 255, 0.5)];
        byte[] png = PngEncoder.Encode(3, 2, pixels, palette);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);

        var chunks = Chunks(png);
        Assert.Equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"], chunks.Select(c => c.Type));
        Assert.Equal([0, 0, 0, 255, 0, 0, 0, 0, 255], chunks[1].Data);
        Assert.Equal([0, 255, 128], chunks[2].Data);
        using var zlib = new ZLibStream(new MemoryStream(chunks[3].Data), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        Assert.Equal([0, 0, 1, 2, 0, 2, 1, 0], raw.ToArray());      // each row after its filter, none
    }

    [Fact]
    public void The_checksum_of_the_last_chunk_is_the_known_one()
    {
        byte[] png = PngEncoder.Encode(1, 1, [0], [Rgba.Black]);
        Assert.Equal(0xAE426082u, BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(png.Length - 4)));     // CRC-32 of "IEND", in every PNG file
    }

    [Fact]
    public void A_cell_has_its_colour_at_its_place()
    {
        var picture = Samples.Draw($$"""{"type":"heatmap","z":[[0,1],[null,0.5]],"showscale":false,{{Grey}}}""", "{}");
        Box black = picture.Rects("#000000").Single(), white = picture.Rects("#ffffff").Single(r => r.Width < 500.0), grey = picture.Rects("#808080").Single();
        Assert.True(black.Left < white.Left && Math.Abs(black.Top - white.Top) < 1.1);
        Assert.True(grey.Top < white.Top);        // the first row of z is the lowest
        Close.To(picture.Text("0").X, 0.5 * (black.Left + white.Left), 1.1);        // cells stand about their numbers, and reach a pixel under the next
    }

    [Theory]
    [InlineData("\"x\":[0,1,2]", "0", "2")]
    [InlineData("\"x0\":0,\"dx\":2", "0", "2")]
    [InlineData("\"x\":[3,1]", "1", "3")]
    public void Columns_stand_at_centres_or_between_edges(string x, string first, string second)
    {
        var picture = Samples.Draw($$"""{"type":"heatmap","z":[[0,1]],{{x}},"showscale":false,"ygap":2,{{Grey}}}""", """{"xaxis":{"dtick":1}}""");
        var toX = picture.XScale(first, second);
        var left = picture.Rects("#000000").Single() is var a && picture.Rects("#ffffff").Single(r => r.Width < 400.0 && r.Height < 440.0) is var b && a.Left < b.Left ? a : picture.Rects("#ffffff").Single(r => r.Width < 400.0 && r.Height < 440.0);
        double expected = x.Contains('3', StringComparison.Ordinal) ? 0.0 : x.StartsWith("\"x\"", StringComparison.Ordinal) ? 0.0 : -1.0;
        Close.To(toX(expected), left.Left, 0.06);
    }

    [Fact]
    public void Cells_in_a_list_make_a_table()
    {
        var axes = (new Axis("x", [], AxisKind.Linear, default), new Axis("y", [], AxisKind.Linear, default));
        var grid = GridData.Read(System.Text.Json.Nodes.JsonNode.Parse("""{"x":[1,2,1],"y":[5,5,6],"z":[10,20,30]}""")!.AsObject(), axes.Item1, axes.Item2)!;
        Assert.Equal([10.0, 20.0, 30.0, double.NaN], grid.Values);
        Assert.Equal([0.5, 1.5, 2.5], grid.Edges.X);
        Assert.Null(GridData.Read([], axes.Item1, axes.Item2));
        var turned = GridData.Read(System.Text.Json.Nodes.JsonNode.Parse("""{"z":[[1,2,3]],"transpose":true}""")!.AsObject(), axes.Item1, axes.Item2)!;
        Assert.Equal((3, 1), (turned.Rows, turned.Columns));
    }

    [Fact]
    public void A_large_map_is_one_image_with_the_right_pixels()
    {
        string rows = string.Join(',', Enumerable.Range(0, 40).Select(i => "[" + string.Join(',', Enumerable.Range(0, 40).Select(j => i < 20 ? "0" : j < 20 ? "1" : "null")) + "]"));
        var picture = Samples.Draw($$"""{"type":"heatmap","z":[{{rows}}],"showscale":false,{{Grey}}}""", "{}");
        var image = picture.All("image").Single();
        var (width, height, at) = Decode(Convert.FromBase64String(((string)image.Attribute("href")!).Split(',')[1]));
        Assert.Equal((0, 0, 0, 255), at(width / 4, 3 * height / 4));
        Assert.Equal((255, 255, 255, 255), at(width / 4, height / 4));
        Assert.Equal(0, at(3 * width / 4, height / 4).A);
    }

    [Fact]
    public void A_single_bright_column_among_thousands_is_seen()
    {
        string row = "[" + string.Join(',', Enumerable.Range(0, 6000).Select(j => j == 3000 ? "1000" : "0")) + "]";
        var picture = Samples.Draw($$"""{"type":"heatmap","z":[{{row}}],"showscale":false,"zmax":10,{{Grey}}}""", "{}");
        var (width, height, at) = Decode(Convert.FromBase64String(((string)picture.All("image").Single().Attribute("href")!).Split(',')[1]));
        Assert.Contains(Enumerable.Range(0, width), x => at(x, height / 2).R > 200);
    }

    [Fact]
    public void A_level_line_of_a_cone_is_a_circle()
    {
        const int n = 41;
        var z = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) z[i, j] = -Math.Sqrt((i - 20) * (i - 20) + (j - 20) * (j - 20));
        double[] at = [.. Enumerable.Range(0, n).Select(i => (double)i)];
        var line = MarchingSquares.Lines(z, at, at, -10.0).Single();
        Assert.Equal(line[0], line[^1]);
        // linear interpolation in a cell of side 1 on a circle of radius 10: off by at most 1/80
        Assert.All(line, p => Close.To(10.0, new Point(p.X - 20.0, p.Y - 20.0).Length, 0.013));
        Close.To(Math.PI * 100.0, Math.Abs(Area(MarchingSquares.Regions(z, at, at, -10.0).Single())), 1.5);
    }

    [Fact]
    public void A_region_is_closed_along_the_border_and_around_what_is_missing()
    {
        double[,] z = { { 1.0, 1.0, 1.0 }, { 1.0, double.NaN, 1.0 }, { 1.0, 1.0, 1.0 } };
        var loops = MarchingSquares.Regions(z, [0.0, 1.0, 2.0], [0.0, 1.0, 2.0], 0.5);
        Assert.Equal(2, loops.Count);
        Assert.All(loops, loop => Assert.Equal(loop[0], loop[^1]));
        Close.To(4.0, loops.Max(loop => Math.Abs(Area(loop))), 1e-12);
    }

    [Theory]
    [InlineData(0.6, 2)]
    [InlineData(0.4, 2)]
    public void A_saddle_is_parted_by_its_mean(double level, int lines)
    {
        var parts = MarchingSquares.Lines(new double[,] { { 1.0, 0.0 }, { 0.0, 1.0 } }, [0.0, 1.0], [0.0, 1.0], level);
        Assert.Equal(lines, parts.Count);
        // below the mean of one half the high corners join, so each line cuts off a low corner
        bool joins = parts.All(line => line.All(p => p.X >= 0.5 == p.Y < 0.5 || p.X < 0.5 == p.Y >= 0.5));
        Assert.Equal(level < 0.5, joins);
        double[,] other = { { 0.0, 1.0 }, { 1.0, 0.0 } };
        Assert.Equal(2, MarchingSquares.Lines(other, [0.0, 1.0], [0.0, 1.0], level).Count);
    }

    [Fact]
    public void Contours_come_filled_in_lines_as_a_map_or_at_one_value()
    {
        const string z = "\"z\":[[0,1,2],[1,2,3],[2,3,4]]";
        Assert.True(Samples.Draw($$"""{"type":"contour",{{z}}}""", "{}").All("path").Count(p => (string?)p.Attribute("fill-rule") == "evenodd") >= 8);
        Assert.DoesNotContain(Samples.Draw($$$"""{"type":"contour",{{{z}}},"contours":{"coloring":"lines"}}""", "{}").All("path"), p => (string?)p.Attribute("fill-rule") == "evenodd");
        Assert.Equal(2, Samples.Draw($$$"""{"type":"contour",{{{z}}},"contours":{"coloring":"heatmap","showlines":false}}""", "{}").All("image").Count());
        var one = Samples.Draw($$"""{"type":"contour",{{z}},"contours":{"type":"constraint","value":2},"line":{"color":"#ff0000"},"showlegend":true,"name":"two"}""", "{}");
        Assert.Equal(2, one.All("path").Count(p => (string?)p.Attribute("stroke") == "#ff0000"));      // the line and its legend key
        Assert.NotNull(one.Text("two"));
    }

    [Fact]
    public void A_colour_bar_goes_from_least_to_most_with_its_title()
    {
        var picture = Samples.Draw("""{"type":"heatmap","z":[[0,1],[2,4]],"colorbar":{"title":{"text":"rate"},"tickvals":[0,4],"ticktext":["none","all"]}}""", "{}");
        Assert.True(picture.Text("none").Y > picture.Text("all").Y);
        Assert.NotNull(picture.Text("rate"));
    }

    [Fact]
    public void Traces_share_a_colour_axis_and_its_one_bar()
    {
        var picture = Samples.Draw("""{"type":"heatmap","z":[[0,1],[2,3]],"coloraxis":"coloraxis"},{"type":"heatmap","z":[[0,10],[20,30]],"coloraxis":"coloraxis","xaxis":"x2"}""",
            """{"coloraxis":{"colorbar":{"title":{"text":"shared"}},"colorscale":"Greys"},"xaxis":{"domain":[0,0.4]},"xaxis2":{"domain":[0.6,1]}}""");
        Assert.Single(picture.Texts, t => t.Says == "shared");
        Assert.Contains(picture.Rects("#000000"), r => r.Width > 20.0);       // 0 is the darkest in both
        Assert.Contains(picture.Texts, t => t.Says == "30");
    }

    private static double Area(Point[] loop) => 0.5 * loop.Zip(loop.Skip(1).Append(loop[0]), (a, b) => a.X * b.Y - b.X * a.Y).Sum();

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        return chunks;
    }

    private static (int Width, int Height, Func<int, int, (int R, int G, int B, int A)> At) Decode(byte[] png)
    {
        var chunks = Chunks(png);
        int width = BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data), height = BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data.AsSpan(4));
        using var zlib = new ZLibStream(new MemoryStream(chunks[3].Data), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        byte[] rows = raw.ToArray(), palette = chunks[1].Data, alpha = chunks[2].Data;
        return (width, height, (x, y) => rows[y * (width + 1) + 1 + x] is var k ? (palette[3 * k], palette[3 * k + 1], palette[3 * k + 2], alpha[k]) : default);
    }
}
