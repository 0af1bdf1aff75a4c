using System.Collections.Immutable;
using NeuroNotebooks.Data;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>How a network that comes with the repository was trained on MNIST, so that anybody can do it again.</summary>
/// <param name="Name">Its name, and its file's without the ending <c>.net</c>.</param>
/// <param name="Design">The network.</param>
/// <param name="Order">How an image becomes a sequence.</param>
/// <param name="Shrink">Side of the squares of pixels that are averaged into one.</param>
/// <param name="Epochs">Times that each of the 60 000 images is seen.</param>
/// <param name="Rate">Step size of Adam.</param>
/// <param name="Smooth">Whether the step size falls along half a cosine; otherwise in two steps.</param>
public sealed record ComboRecipe(string Name, ComboDesign Design, PixelOrder Order, int Shrink, int Epochs, double Rate, bool Smooth = false)
{
    private static readonly Philox Seed = new(1);

    private static readonly ComboDesign PixelByPixel = new()
    {
        Modules = 8, Units = 16, Density = 0.05, Alpha = 0.03, Stepping = ComboStepping.Rotation, SelfExcitation = 0.97, InputScale = 2.0,
        FeedbackScale = 0.4, FeedbackPace = 0.15, Epsilon = 0.01,
    };

    /// <summary>The recipes of all networks that come with the repository.</summary>
    public static ImmutableArray<ComboRecipe> All { get; } =
    [
        new("rows-sparse", new() { Modules = 8, Units = 16, Density = 0.05, Channels = 28, Alpha = 0.1 }, PixelOrder.Rows, 1, 8, 5e-3),
        new("rows-svd", new() { Kind = ComboKind.Svd, Modules = 6, Units = 16, Channels = 28, Alpha = 0.1 }, PixelOrder.Rows, 1, 6, 5e-3),
        new("pixels-sparse", PixelByPixel with { FeedbackScale = 1.0, Period = 28 }, PixelOrder.Sequential, 1, 12, 3e-3, Smooth: true),
        new("permuted-sparse", PixelByPixel, PixelOrder.Permuted, 1, 12, 3e-3, Smooth: true),
        new("pixels-svd", PixelByPixel with { Kind = ComboKind.Svd, Period = 28 }, PixelOrder.Sequential, 1, 6, 3e-3, Smooth: true),
        new("permuted-svd", PixelByPixel with { Kind = ComboKind.Svd }, PixelOrder.Permuted, 1, 6, 3e-3, Smooth: true),
    ];

    /// <summary>The recipe of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static ComboRecipe Find(string name)
    {
        Require.NotNull(name);
        return All.FirstOrDefault(recipe => recipe.Name == name) ?? throw new ArgumentException(
            $"No network is called \"{name}\". There are: {string.Join(", ", All.Select(recipe => recipe.Name))}.", nameof(name));
    }

    /// <summary>The images to learn from, or those to test on.</summary>
    /// <param name="mnist">The data set.</param>
    /// <param name="test">Whether those to test on.</param>
    /// <exception cref="DatasetException">A file was removed or changed since the data set was opened.</exception>
    public ImageStreams Images(Dataset mnist, bool test) => ImageStreams.Mnist(mnist, test, Order, Seed, Shrink);

    /// <summary>Trains the network from its seed.</summary>
    /// <param name="mnist">The data set.</param>
    /// <param name="file">A file to keep the state in: if it exists, the training goes on from there.</param>
    /// <param name="progress">Told after every update.</param>
    /// <param name="cancellation">Stops between two updates.</param>
    /// <exception cref="DatasetException">A file was removed or changed since the data set was opened.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or belongs to another training.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public (ComboClassifier<float> Classifier, ComboTraining Training) Train(
        Dataset mnist, string? file = null, IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        Require.NotNull(mnist);
        var classifier = new ComboClassifier<float>(Design, Seed);
        ComboTraining training = new ComboLearner<float>(classifier, Images(mnist, test: false)).Train(
            Epochs, Rate, batchSize: 128, Seed.Child(1), Images(mnist, test: true), file, progress, Smooth, cancellation);
        return (classifier, training);
    }
}
