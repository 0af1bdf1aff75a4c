using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

public sealed partial class ImageStreams
{
    private const int DigitsToLearn = 1437;

    /// <summary>
    /// The test part of Optical Recognition of Handwritten Digits, 1797 images of 8 × 8 pixels, shuffled: 1437 to learn from and 360 to test on.
    /// </summary>
    /// <param name="test">Whether those to test on.</param>
    /// <param name="order">How an image becomes a sequence.</param>
    /// <remarks>Source: E. Alpaydin and C. Kaynak, UCI Machine Learning Repository (1998), CC BY 4.0; comes with the library.</remarks>
    public static ImageStreams Digits(bool test, PixelOrder order = PixelOrder.Sequential)
    {
        using Stream file = typeof(ImageStreams).Assembly.GetManifestResourceStream("digits-8x8.csv.gz")!;
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        new Philox(1).Shuffle(0, lines.AsSpan());
        string[] chosen = test ? lines[DigitsToLearn..] : lines[..DigitsToLearn];
        float[][] numbers = [.. chosen.Select(line => line.Split(',').Select(field => float.Parse(field, CultureInfo.InvariantCulture)).ToArray())];
        return Of([.. numbers.SelectMany(image => image[..^1].Select(pixel => pixel / 16f))], [.. numbers.Select(image => (byte)image[^1])], 8, order,
            new Philox(1), "handwritten digits at 8 × 8");
    }

    /// <summary>Digits of a seven-segment display on 8 × 8 pixels, at random places, with noise: a set whose classes are known by design.</summary>
    /// <param name="count">How many, above zero.</param>
    /// <param name="random">The numbers.</param>
    /// <param name="order">How an image becomes a sequence; the permutation is the same for every seed.</param>
    /// <param name="shift">Largest shift to the right, 0 to 3; down by 0 or 1.</param>
    public static ImageStreams SevenSegment(int count, Philox random, PixelOrder order = PixelOrder.Sequential, int shift = 3)
    {
        Require.Positive(count);
        Require.InRange(shift, 0, 3);
        const int Side = 8;
        var pixels = new float[count * Side * Side];
        var labels = new byte[count];
        for (int image = 0; image < count; image++)
        {
            Philox own = random.Child((ulong)image);
            labels[image] = (byte)own.Integer(0, Classes);
            int right = own.Integer(1, shift + 1), down = own.Integer(2, 2);
            double intensity = 0.7 + 0.3 * own.Uniform(3);
            Span<float> canvas = pixels.AsSpan(image * Side * Side, Side * Side);
            foreach (char segment in Segments[labels[image]])
                foreach ((int row, int column) in PixelsOf(segment)) canvas[(row + down) * Side + column + right] = (float)intensity;
            for (int k = 0; k < canvas.Length; k++) canvas[k] = (float)Math.Clamp(canvas[k] + 0.1 * own.Substream(1).Normal((ulong)k), 0.0, 1.0);
        }
        return Of(pixels, labels, Side, order, new Philox(1), "seven-segment digits");
    }

    private static ImmutableArray<string> Segments { get; } =
        ["abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg"];

    private static IEnumerable<(int Row, int Column)> PixelsOf(char segment) => segment switch
    {
        'a' => Enumerable.Range(0, 5).Select(k => (0, k)),
        'g' => Enumerable.Range(0, 5).Select(k => (3, k)),
        'd' => Enumerable.Range(0, 5).Select(k => (6, k)),
        'f' => Enumerable.Range(0, 4).Select(k => (k, 0)),
        'b' => Enumerable.Range(0, 4).Select(k => (k, 4)),
        'e' => Enumerable.Range(3, 4).Select(k => (k, 0)),
        _ => Enumerable.Range(3, 4).Select(k => (k, 4)),
    };
}
