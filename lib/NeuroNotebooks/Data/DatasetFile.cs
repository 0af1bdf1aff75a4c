using System.Security.Cryptography;

namespace NeuroNotebooks.Data;

/// <summary>A file of a data set, as it is read: unpacked.</summary>
public sealed class DatasetFile
{
    internal DatasetFile() { }

    /// <summary>Its name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Its name at the official addresses; one that ends in <c>.gz</c> is packed there.</summary>
    public string RemoteName { get; internal init; } = "";

    /// <summary>Its size, bytes.</summary>
    public long Size { get; internal init; }

    /// <summary>Its SHA-256, 64 hexadecimal digits in small letters.</summary>
    public string Sha256 { get; internal init; } = "";

    /// <summary>Why the file in a folder is not to be used, in a few words: missing, truncated, damaged; null when it is whole.</summary>
    /// <param name="folder">The folder.</param>
    /// <remarks>Reads the whole file: about a second for 1 GB.</remarks>
    public string? ProblemIn(string folder)
    {
        Require.NotNull(folder);
        return TryRead(folder, out _);
    }

    /// <summary>The file's bytes, or why there are none that can be used.</summary>
    internal string? TryRead(string folder, out byte[] bytes)
    {
        bytes = [];
        string path = Path.Combine(folder, Name);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return $"there is no file {path}";
            if (file.Length != Size) return $"{path} has {file.Length} bytes instead of {Size}";
            byte[] read = File.ReadAllBytes(path);
            if (Convert.ToHexStringLower(SHA256.HashData(read)) != Sha256) return $"{path} is damaged: its SHA-256 is not {Sha256}";
            bytes = read;
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {error.Message}";
        }
    }
}
