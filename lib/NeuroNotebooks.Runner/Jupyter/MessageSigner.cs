using System.Security.Cryptography;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>Signs messages and checks signatures: HMAC-SHA256 over the four JSON parts, written as hexadecimal digits.</summary>
/// <param name="key">The key of the connection file; when it is empty, messages are not signed and any signature will do.</param>
internal sealed class MessageSigner(byte[] key)
{
    private const int DigestBytes = 32;

    /// <summary>The signature of some parts in their order, in lower-case hexadecimal digits; empty without a key.</summary>
    public byte[] Sign(params ReadOnlySpan<byte[]> parts)
    {
        if (key.Length == 0) return [];
        byte[] digits = new byte[2 * DigestBytes];
        Span<byte> digest = stackalloc byte[DigestBytes];
        Digest(parts, digest);
        Convert.TryToHexStringLower(digest, digits, out _);
        return digits;
    }

    /// <summary>Whether a signature is that of the parts. Takes the same time wherever a wrong one differs.</summary>
    public bool Verify(ReadOnlySpan<byte> signature, params ReadOnlySpan<byte[]> parts) =>
        key.Length == 0 || CryptographicOperations.FixedTimeEquals(signature, Sign(parts));

    private void Digest(ReadOnlySpan<byte[]> parts, Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (byte[] part in parts) hash.AppendData(part);
        hash.GetHashAndReset(digest);
    }
}
