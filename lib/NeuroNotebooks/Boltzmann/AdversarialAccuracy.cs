using System.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Nearest-neighbour test of generated words: is the word closest to a word, by number of differing neurons, of its own kind?</summary>
/// <param name="Data">Share of data words whose nearest other word is data.</param>
/// <param name="Generated">Share of generated words whose nearest other word is generated.</param>
/// <remarks>
/// Both ½ for a perfect model; <see cref="Generated"/> near 1 for a model that repeats itself; both near 0 for one that copies the data.
/// Ties count by shares. Source: Yale et al., Neurocomputing 416:244 (2020).
/// </remarks>
public sealed record AdversarialAccuracy(double Data, double Generated)
{
    /// <summary>Compares as many data words as generated ones.</summary>
    /// <param name="data">Data words, at least 2.</param>
    /// <param name="generated">As many generated words of as many neurons.</param>
    /// <exception cref="ArgumentException">The numbers of words or of neurons differ, or there are fewer than 2 words.</exception>
    /// <remarks>(2 n)² comparisons of N / 64 words.</remarks>
    public static AdversarialAccuracy Of(BinaryPatterns data, BinaryPatterns generated)
    {
        Require.NotNull(data);
        Require.NotNull(generated);
        BinaryPatterns.RequireUnits(generated, data.Units, nameof(generated));
        Require.Length(data.Count, generated.Count, nameof(generated), "word of data");
        if (data.Count < 2) throw new ArgumentException($"data has {data.Count} words: expected at least 2.", nameof(data));

        ulong[][] words = [.. Packed(data), .. Packed(generated)];
        int n = data.Count;
        var own = new double[2 * n];
        Parallel.For(0, 2 * n, i => own[i] = ShareOfOwnKind(words, i, n));
        return new AdversarialAccuracy(own.Take(n).Average(), own.Skip(n).Average());
    }

    private static double ShareOfOwnKind(ulong[][] words, int i, int n)
    {
        int nearest = int.MaxValue, same = 0, ties = 0;
        for (int j = 0; j < words.Length; j++)
        {
            if (j == i) continue;
            int distance = 0;
            for (int k = 0; k < words[i].Length; k++) distance += BitOperations.PopCount(words[i][k] ^ words[j][k]);
            if (distance > nearest) continue;
            if (distance < nearest) (nearest, same, ties) = (distance, 0, 0);
            ties++;
            if (i < n == j < n) same++;
        }
        return (double)same / ties;
    }

    private static IEnumerable<ulong[]> Packed(BinaryPatterns patterns) => Enumerable.Range(0, patterns.Count).Select(t =>
    {
        var packed = new ulong[(patterns.Units + 63) / 64];
        var word = patterns[t];
        for (int i = 0; i < word.Length; i++) packed[i / 64] |= (ulong)word[i] << (i % 64);
        return packed;
    });
}
