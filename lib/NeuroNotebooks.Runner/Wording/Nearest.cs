namespace NeuroNotebooks.Runner.Wording;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate that is the fewest typing slips away; null when none is near.</summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(candidate => (candidate, slips: Slips(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(c => c.slips <= Math.Max(1, Math.Min(name.Length, c.candidate.Length) / 3) || IsPart(name, c.candidate))
            .OrderBy(c => c.slips).ThenBy(c => c.candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.candidate;
    }

    /// <summary><c> Did you mean "seed"?</c>, with its leading space, or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        To(name, candidates) is { } near ? $" Did you mean \"{near}\"?" : "";

    private static bool IsPart(string name, string candidate) =>
        name.Length >= 3 && candidate.Contains(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>How many letters must be put in, left out, changed, or swapped with their neighbour.</summary>
    internal static int Slips(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(change, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
