using System.Security.Cryptography;
using NeuroNotebooks.ComboNets;
using NeuroNotebooks.Data;
using NeuroNotebooks.Learning;

namespace NeuroNotebooks.Architecture;

internal static partial class Samples
{
    /// <summary>The one tape that all sample variables are on, because those of two tapes cannot be combined.</summary>
    private static Tape<double> OnTape => Shared.Tape;

    private static string SavedLearning()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "learned.training");
        Of<Training<double>>().Save(path);
        return path;
    }

    private static string SavedNet()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "combo.net");
        ComboFile.Save(path, Of<ComboClassifier<double>>());
        return path;
    }

    /// <summary>A data set like MNIST with two images in each part.</summary>
    private static Dataset TinyMnist()
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[2 * 28 * 28]], labels = [0, 0, 8, 1, 0, 0, 0, 2, 5, 6];
        string cache = Path.Combine(AppContext.BaseDirectory, "tiny"), folder = Directory.CreateDirectory(Path.Combine(cache, "tiny")).FullName;
        var files = new List<string>();
        foreach (string part in (string[])["train", "t10k"])
            foreach ((string name, byte[] bytes) in new[] { ($"{part}-images-idx3-ubyte", images), ($"{part}-labels-idx1-ubyte", labels) })
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
                files.Add($$"""{"name": "{{name}}", "remote": "r", "size": {{bytes.Length}}, "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(bytes))}}"}""");
            }
        return Dataset.Open(DatasetCatalogue.Parse($$"""
            {"schema": 1, "datasets": [{"name": "tiny", "title": "t", "about": "a", "citation": "c", "page": "p", "licence": "l", "addresses": [],
              "files": [{{string.Join(", ", files)}}]}]}
            """)[0], cache);
    }

    private static class Shared
    {
        public static readonly Tape<double> Tape = new();
    }

    /// <summary>A step that does nothing.</summary>
    public sealed class Nothing : Operation<double>
    {
        /// <inheritdoc/>
        protected override void Forward() { }

        /// <inheritdoc/>
        protected override void Backward() { }
    }
}
