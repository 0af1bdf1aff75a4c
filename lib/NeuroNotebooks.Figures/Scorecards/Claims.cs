using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>A paper's scorecard: its claims, each with its verdict.</summary>
/// <param name="Paper">The paper's slug.</param>
/// <param name="Profile">The profile that was run: quick or full.</param>
/// <param name="All">The claims, in the order in which they were made.</param>
[TypeFormatterSource(typeof(ClaimsFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text, MimeTypes.Claims])]
public sealed record Claims(string Paper, string Profile, ImmutableArray<Claim> All)
{
    /// <summary>The claims, in the order in which they were made.</summary>
    public ImmutableArray<Claim> All { get; init; } = !All.IsDefault ? All
        : throw new ArgumentException("All is no array: expected the claims, or an empty array.", nameof(All));

    /// <summary>How many held.</summary>
    public int Held => All.Count(claim => claim.Verdict == Verdict.Held);

    /// <summary>How many failed.</summary>
    public int Failed => All.Count(claim => claim.Verdict == Verdict.Failed);

    /// <summary>How many could not be tested in this profile.</summary>
    public int Untested => All.Count(claim => claim.Verdict == Verdict.Untested);

    /// <summary>The counts in a sentence: <c>23 held, 1 failed, 2 not testable in the quick profile</c>.</summary>
    public string Summary
    {
        get
        {
            if (All.IsEmpty) return "no claims";
            string summary = $"{Held} held, {Failed} failed";
            return Untested == 0 ? summary : $"{summary}, {Untested} not testable in the {Profile} profile";
        }
    }

    /// <summary>The scorecard as HTML: verdicts with symbol and word, fit for a phone and for print.</summary>
    public string ToHtml() => Scorecard.Html(this);

    /// <summary>
    /// The scorecard as JSON: <c>{"schema": 1, "paper", "profile", "claims": [{"id", "source", "statement", "paper", "ours", "tolerance",
    /// "reason", "verdict"}]}</c>. A tolerance is a number where it is a distance from the paper's number, else the check in words; numbers
    /// that are not finite are written as words.
    /// </summary>
    public string ToJson() => Json.Write(new JsonObject
    {
        ["schema"] = 1,
        ["paper"] = Paper,
        ["profile"] = Profile,
        ["claims"] = new JsonArray([.. All.Select(claim => claim.ToJson())]),
    });

    /// <summary>Equal when slug, profile and all claims are.</summary>
    public bool Equals(Claims? other) =>
        other is not null && Paper == other.Paper && Profile == other.Profile && All.SequenceEqual(other.All);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Paper, Profile, All.Length);

    /// <summary>The summary, then one line per claim.</summary>
    public override string ToString() => string.Join("\n", All.Select(claim => claim.ToString()).Prepend($"{Paper}: {Summary}"));
}
