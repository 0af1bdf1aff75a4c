using NeuroNotebooks.Data;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>How an image becomes a sequence.</summary>
public enum PixelOrder
{
    /// <summary>One pixel a moment, row after row.</summary>
    Sequential,

    /// <summary>One pixel a moment, in a random order that is the same for all images.</summary>
    Permuted,

    /// <summary>One row of pixels a moment.</summary>
    Rows,
}

/// <summary>Images as sequences, with the digit that each shows.</summary>
public sealed partial class ImageStreams
{
    private readonly float[] values;
    private readonly byte[] labels;

    private ImageStreams(float[] values, byte[] labels, int moments, int channels, string name) =>
        (this.values, this.labels, Moments, Channels, Name) = (values, labels, moments, channels, name);

    /// <summary>Number of images.</summary>
    public int Count => labels.Length;

    /// <summary>Moments in each sequence.</summary>
    public int Moments { get; }

    /// <summary>Numbers that come at one moment.</summary>
    public int Channels { get; }

    /// <summary>Where they come from.</summary>
    public string Name { get; }

    /// <summary>Classes there are.</summary>
    public static int Classes => 10;

    /// <summary>The digit of an image.</summary>
    /// <param name="image">Which image.</param>
    public int Label(int image)
    {
        Require.InRange(image, 0, Count - 1);
        return labels[image];
    }

    /// <summary>The sequence of an image, moment after moment, from 0 (background) to 1.</summary>
    /// <param name="image">Which image.</param>
    public ReadOnlySpan<float> Stream(int image)
    {
        Require.InRange(image, 0, Count - 1);
        return values.AsSpan(image * Moments * Channels, Moments * Channels);
    }

    /// <summary>Some consecutive images.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many, above zero.</param>
    public ImageStreams From(int first, int count)
    {
        Require.Positive(count);
        Require.InRange(first, 0, Count - count);
        int length = Moments * Channels;
        return new ImageStreams(values[(first * length)..((first + count) * length)], labels[first..(first + count)], Moments, Channels, Name);
    }

    /// <summary>Images of one size as sequences.</summary>
    /// <param name="pixels">Image after image, each row after row, from 0 to 1.</param>
    /// <param name="labels">One digit an image.</param>
    /// <param name="width">Pixels in a row, above zero.</param>
    /// <param name="order">How an image becomes a sequence.</param>
    /// <param name="random">The permutation, if there is one.</param>
    /// <param name="name">Where they come from.</param>
    /// <exception cref="ArgumentException">Pixels and labels do not fit, or a label is no digit.</exception>
    public static ImageStreams Of(
        ReadOnlySpan<float> pixels, ReadOnlySpan<byte> labels, int width, PixelOrder order = PixelOrder.Sequential, Philox random = default,
        string name = "images")
    {
        Require.Positive(width);
        Require.NotNull(name);
        Require.Defined(order);
        if (labels.IsEmpty) throw new ArgumentException("labels is empty: expected at least one image.", nameof(labels));
        for (int i = 0; i < labels.Length; i++)
            if (labels[i] >= Classes) throw new ArgumentException($"labels[{i}] is {labels[i]}: expected 0 to 9.", nameof(labels));
        int size = pixels.Length / labels.Length;
        if (size == 0 || size * labels.Length != pixels.Length || size % width != 0)
            throw new ArgumentException($"pixels has {pixels.Length} entries: expected the same number for each of {labels.Length} images, in rows of {width}.", nameof(pixels));
        float[] values = pixels.ToArray();
        if (order == PixelOrder.Permuted)
        {
            int[] places = random.Permutation(0, size);
            for (int image = 0; image < labels.Length; image++)
                for (int k = 0; k < size; k++) values[image * size + k] = pixels[image * size + places[k]];
        }
        int channels = order == PixelOrder.Rows ? width : 1;
        return new ImageStreams(values, labels.ToArray(), size / channels, channels, $"{name}, {order.ToString().ToLowerInvariant()}");
    }

    /// <summary>MNIST: 60 000 images to learn from or 10 000 to test on, 28 × 28.</summary>
    /// <param name="mnist">The data set.</param>
    /// <param name="test">Whether the images to test on.</param>
    /// <param name="order">How an image becomes a sequence.</param>
    /// <param name="random">The permutation, if there is one.</param>
    /// <param name="shrink">Side of the squares of pixels that are averaged into one; divides 28.</param>
    /// <param name="count">The first so many images; all if null.</param>
    /// <exception cref="DatasetException">A file was removed or changed since the data set was opened.</exception>
    public static ImageStreams Mnist(
        Dataset mnist, bool test, PixelOrder order = PixelOrder.Sequential, Philox random = default, int shrink = 1, int? count = null)
    {
        Require.NotNull(mnist);
        Require.Positive(shrink);
        string part = test ? "t10k" : "train";
        if (mnist.Info.Files.All(file => file.Name != $"{part}-images-idx3-ubyte"))
            throw new ArgumentException($"mnist is the data set {mnist.Info.Name}, which has no file {part}-images-idx3-ubyte.", nameof(mnist));
        IdxArray images = IdxArray.Read(mnist.Read($"{part}-images-idx3-ubyte"), $"{part} images");
        IdxArray labels = IdxArray.Read(mnist.Read($"{part}-labels-idx1-ubyte"), $"{part} labels");
        int number = count ?? images.Count, side = images.Dimensions[1], small = side / shrink;
        Require.InRange(number, 1, images.Count, nameof(count));
        if (side % shrink != 0) throw new ArgumentOutOfRangeException(nameof(shrink), shrink, $"shrink is {shrink}: expected a divisor of {side}.");
        var pixels = new float[number * small * small];
        float scale = 1f / (255f * shrink * shrink);
        for (int image = 0; image < number; image++)
        {
            ReadOnlySpan<byte> from = images[image];
            Span<float> to = pixels.AsSpan(image * small * small, small * small);
            for (int k = 0; k < from.Length; k++) to[k / side / shrink * small + k % side / shrink] += scale * from[k];
        }
        return Of(pixels, labels.Values[..number], small, order, random, shrink == 1 ? "MNIST" : $"MNIST at {small} × {small}");
    }
}
