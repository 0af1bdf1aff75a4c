using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using NeuroNotebooks.Data;
using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Assets;

public class PackageCacheTests
{
    private static readonly byte[] Tarball = Pack(
        ("package/a.js", "one"), ("package/fonts/f.woff2", "two"), ("package/fonts/f.ttf", "no"), ("package/src/a.js", "no"));

    private static readonly PinnedPackage Package =
        new("small", "1.2.3", Convert.ToBase64String(SHA512.HashData(Tarball)), ["a.js", "fonts/*.woff2"]);

    [Fact]
    public void Only_the_wanted_files_are_unpacked_and_the_second_use_fetches_nothing()
    {
        using var folder = new TemporaryFolder();
        int fetched = 0;
        var cache = new PackageCache(folder.File("cache"), _ => { fetched++; return Tarball; });
        for (int use = 0; use < 2; use++)
        {
            ObtainedPackage package = cache.Obtain(Package);
            Assert.Null(package.Reason);
            Assert.Equal(["a.js", "fonts/f.woff2"], package.Files.Keys);
            Assert.Equal("one", Encoding.UTF8.GetString(package.Files["a.js"]));
        }
        Assert.Equal(1, fetched);
        Assert.Equal(["small-1.2.3.tgz"], Directory.GetFiles(folder.File("cache")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_tarball_with_another_hash_is_refused_and_not_kept()
    {
        using var folder = new TemporaryFolder();
        ObtainedPackage package = new PackageCache(folder.Path, _ => Pack(("package/a.js", "other"))).Obtain(Package);
        Assert.Contains("SHA-512 differs", package.Reason);
        Assert.Empty(package.Files);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_damaged_file_in_the_cache_is_fetched_anew()
    {
        using var folder = new TemporaryFolder();
        string kept = folder.Write("small-1.2.3.tgz", "half a tarb");
        Assert.Null(new PackageCache(folder.Path, _ => Tarball).Obtain(Package).Reason);
        Assert.Equal(Tarball, File.ReadAllBytes(kept));
    }

    [Fact]
    public void A_package_that_cannot_be_fetched_says_why()
    {
        using var folder = new TemporaryFolder();
        ObtainedPackage package = new PackageCache(folder.Path, _ => throw new PackageException("no npm here")).Obtain(Package);
        Assert.Equal("no npm here", package.Reason);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_done_without()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("cache", "a file, not a folder");
        Assert.Equal(2, new PackageCache(file, _ => Tarball).Obtain(Package).Files.Count);
    }

    [Fact]
    public void Many_at_once_leave_one_whole_file()
    {
        using var folder = new TemporaryFolder();
        Parallel.For(0, 16, _ => Assert.Null(new PackageCache(folder.Path, _ => Tarball).Obtain(Package).Reason));
        Assert.Equal(Tarball, File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.Path))));
    }

    [Fact]
    public void Files_are_copied_under_the_names_asked_for()
    {
        using var folder = new TemporaryFolder();
        ObtainedPackage package = new PackageCache(folder.File("cache"), _ => Tarball).Obtain(Package);
        package.CopyTo(folder.File("out"), path => path == "a.js" ? "deep/b.js" : null);
        string copy = Assert.Single(Directory.GetFiles(folder.File("out"), "*", SearchOption.AllDirectories));
        Assert.EndsWith(Path.Combine("deep", "b.js"), copy);
        DateTime before = File.GetLastWriteTimeUtc(copy);
        package.CopyTo(folder.File("out"), path => path == "a.js" ? "deep/b.js" : null);
        Assert.Equal(before, File.GetLastWriteTimeUtc(copy));
    }

    [Fact]
    public void The_cache_lies_where_the_user_wants_it()
    {
        string root = Path.GetPathRoot(Environment.CurrentDirectory)!;
        string mine = Path.Combine(root, "mine"), xdg = Path.Combine(root, "xdg");
        Assert.Equal(mine, CacheFolder.OfUser(name => name == CacheFolder.Variable ? mine : xdg));
        if (!OperatingSystem.IsLinux()) return;
        Assert.Equal(Path.Combine(xdg, "neuronotebooks"), CacheFolder.OfUser(name => name == "XDG_CACHE_HOME" ? xdg : null));
        Assert.EndsWith(Path.Combine(".cache", "neuronotebooks"), CacheFolder.OfUser(_ => null));
        Assert.EndsWith(Path.Combine(".cache", "neuronotebooks"), CacheFolder.OfUser(name => name == "XDG_CACHE_HOME" ? "relative" : null));
    }

    [FactWith("packages")]
    public void The_pinned_packages_are_what_the_registry_gives()
    {
        ObtainedPackage plotly = PackageCache.OfUser().Obtain(PinnedPackage.Plotly), katex = PackageCache.OfUser().Obtain(PinnedPackage.Katex);
        Assert.Null(plotly.Reason);
        Assert.Null(katex.Reason);
        Assert.Equal(["LICENSE", "plotly-strict.min.js"], plotly.Files.Keys);
        Assert.Equal(20, katex.Files.Keys.Count(path => path.EndsWith(".woff2", StringComparison.Ordinal)));
    }

    [FactWith("npm")]
    public void A_package_that_npm_does_not_find_says_so() =>
        Assert.Contains("npm could not fetch Not A Name@1.0.0: ",
            Assert.Throws<PackageException>(() => NpmClient.Fetch(new("Not A Name", "1.0.0", "", []))).Message);

    private static byte[] Pack(params (string Path, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip))
            foreach (var (path, text) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return bytes.ToArray();
    }
}
