using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using NeuroNotebooks.Data;
using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Assets;

/// <summary>
/// Pinned npm packages in a folder of the user. The tarballs themselves are kept, and their hash is checked at every use, so that a
/// damaged or foreign file is never used: it is fetched anew. Several processes may work with one folder at once.
/// </summary>
/// <param name="folder">Where the tarballs are kept; it is made when the first one is.</param>
/// <param name="fetch">Fetches a tarball; <see cref="NpmClient.Fetch"/> unless a test puts its own in its place.</param>
internal sealed class PackageCache(string folder, Func<PinnedPackage, byte[]> fetch)
{
    /// <summary>The user's own cache, filled by the npm client.</summary>
    public static PackageCache OfUser() => new(Path.Combine(CacheFolder.OfUser(), "npm"), NpmClient.Fetch);

    /// <summary>Obtains nothing: pages stand without scripts and fonts of others.</summary>
    public static PackageCache None { get; } =
        new("", _ => throw new PackageException("No packages were asked for."));

    /// <summary>The wanted files of a package: from the cache, else from the registry.</summary>
    public ObtainedPackage Obtain(PinnedPackage package)
    {
        string file = Path.Combine(folder, $"{package.Name.TrimStart('@').Replace('/', '-')}-{package.Version}.tgz");
        if (Read(file) is { } kept && Matches(package, kept)) return Unpack(package, kept);
        byte[] tarball;
        try
        {
            tarball = fetch(package);
        }
        catch (PackageException e)
        {
            return ObtainedPackage.Missing(e.Message);
        }
        if (!Matches(package, tarball))
            return ObtainedPackage.Missing($"What the registry calls {package.Specifier} is not the file that this program was made with "
                + "(its SHA-512 differs), so it is not used.");
        Keep(file, tarball);
        return Unpack(package, tarball);
    }

    private static bool Matches(PinnedPackage package, byte[] tarball) =>
        Convert.ToBase64String(SHA512.HashData(tarball)) == package.Sha512;

    private static byte[]? Read(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllBytes(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Keep(string file, byte[] tarball)
    {
        try
        {
            AtomicFile.MakeFolder(folder);
            AtomicFile.Write(file, tarball);
        }
        catch (SaveException)
        {
            // A cache that cannot be written costs a second fetch next time and nothing else.
        }
    }

    private static ObtainedPackage Unpack(PinnedPackage package, byte[] tarball)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using var zipped = new GZipStream(new MemoryStream(tarball), CompressionMode.Decompress);
        using var tar = new TarReader(zipped);
        while (tar.GetNextEntry() is { } entry)
        {
            string path = entry.Name[(entry.Name.IndexOf('/') + 1)..];       // every tarball of npm has one folder at its root
            if (entry.DataStream is not { } data || !package.Wants(path)) continue;
            using var content = new MemoryStream();
            data.CopyTo(content);
            files[path] = content.ToArray();
        }
        return new(files, null);
    }
}
