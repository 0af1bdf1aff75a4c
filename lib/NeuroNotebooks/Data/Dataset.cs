namespace NeuroNotebooks.Data;

/// <summary>A data set that is not there, or not what it should be; the message names the command that fetches it.</summary>
/// <param name="message">The message.</param>
public sealed class DatasetException(string message) : Exception(message);

/// <summary>A data set on this machine. Its bytes are checked against the catalogue's SHA-256 each time they are read.</summary>
/// <example>
/// <code>
/// Dataset mnist = Dataset.Open("mnist");
/// IdxArray images = IdxArray.Read(mnist.Read("train-images-idx3-ubyte"));
/// </code>
/// </example>
public sealed class Dataset
{
    private Dataset(DatasetInfo info, string folder) => (Info, Folder) = (info, folder);

    /// <summary>Its entry in the catalogue.</summary>
    public DatasetInfo Info { get; }

    /// <summary>The folder that holds its files.</summary>
    public string Folder { get; }

    /// <summary>Opens a data set of the catalogue.</summary>
    /// <param name="name">Its name, such as <c>mnist</c>.</param>
    /// <param name="cache">The folder of all data sets; null for <see cref="CacheFolder.OfData"/>.</param>
    /// <exception cref="ArgumentException">The catalogue has no data set of that name.</exception>
    /// <exception cref="DatasetException">A file is missing or has another size; the message says how to fetch it.</exception>
    public static Dataset Open(string name, string? cache = null) => Open(DatasetCatalogue.Find(name), cache);

    /// <summary>Opens a data set of a catalogue of one's own.</summary>
    /// <param name="info">Its entry.</param>
    /// <param name="cache">The folder of all data sets; null for <see cref="CacheFolder.OfData"/>.</param>
    /// <exception cref="DatasetException">A file is missing or has another size; the message says how to fetch it.</exception>
    public static Dataset Open(DatasetInfo info, string? cache = null)
    {
        Require.NotNull(info);
        string folder = Path.Combine(cache ?? CacheFolder.OfData(), info.Name);
        foreach (DatasetFile file in info.Files)
        {
            var found = new FileInfo(Path.Combine(folder, file.Name));
            if (!found.Exists) throw NotUsable(info, $"is not fetched: there is no file {found.FullName}");
            if (found.Length != file.Size)
                throw NotUsable(info, $"is not whole: {found.FullName} has {found.Length} bytes instead of {file.Size}");
        }
        return new Dataset(info, folder);
    }

    /// <summary>A file's bytes, checked.</summary>
    /// <param name="file">The file's name in the catalogue.</param>
    /// <exception cref="ArgumentException">The data set has no such file; the message lists those it has.</exception>
    /// <exception cref="DatasetException">The file was removed, cut short or changed since: it is not used.</exception>
    public byte[] Read(string file)
    {
        Require.NotNull(file);
        DatasetFile entry = Info.Files.FirstOrDefault(f => f.Name == file) ?? throw new ArgumentException(
            $"{Info.Name} has no file \"{file}\". It has: {string.Join(", ", Info.Files.Select(f => f.Name))}.", nameof(file));
        return entry.TryRead(Folder, out byte[] bytes) is { } problem ? throw NotUsable(Info, $"cannot be used: {problem}") : bytes;
    }

    /// <summary>Name and folder.</summary>
    public override string ToString() => $"{Info.Name} in {Folder}";

    private static DatasetException NotUsable(DatasetInfo info, string what) => new(
        $"The data set {info.Name} {what}. To fetch it, run in the repository's folder: "
        + $"dotnet run --project lib/NeuroNotebooks.Runner -- data fetch {info.Name}");
}
