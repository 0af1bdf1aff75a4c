using System.Globalization;

namespace NeuroNotebooks.Runner.Wording;

/// <summary>Numbers as people say them.</summary>
internal static class Words
{
    /// <summary>A time: 0.4 s, 41 s, 2 min 5 s.</summary>
    public static string Duration(TimeSpan time)
    {
        if (time < TimeSpan.FromSeconds(10))
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(time.TotalSeconds, 0.1):0.0} s");
        int seconds = (int)Math.Round(time.TotalSeconds);
        return seconds < 60 ? $"{seconds} s" : seconds % 60 == 0 ? $"{seconds / 60} min" : $"{seconds / 60} min {seconds % 60} s";
    }

    /// <summary>1 claim, 2 claims.</summary>
    public static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
