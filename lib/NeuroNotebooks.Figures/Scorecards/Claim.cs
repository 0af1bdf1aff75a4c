using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>What became of a claim.</summary>
public enum Verdict
{
    /// <summary>What was computed agrees with the paper, within the tolerance.</summary>
    Held,

    /// <summary>It does not.</summary>
    Failed,

    /// <summary>It could not be tested in this profile.</summary>
    Untested,
}

/// <summary>One statement of a paper held against what was just computed. Made by a <see cref="ClaimSheet"/>.</summary>
/// <param name="Id">A short name, unique within a paper.</param>
/// <param name="Source">Where the paper says it: section, figure or table.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Paper">The paper's value.</param>
/// <param name="Ours">The computed value; null where it was not tested.</param>
/// <param name="Check">When the two agree; null where it was not tested.</param>
/// <param name="Reason">Why this tolerance, or why it was not tested.</param>
/// <param name="Verdict">What became of it.</param>
[TypeFormatterSource(typeof(ClaimFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
public sealed record Claim(string Id, string Source, string Statement, ClaimValue Paper, ClaimValue? Ours, Check? Check, string Reason,
    Verdict Verdict)
{
    internal string Symbol => Verdict switch { Verdict.Held => "✓", Verdict.Failed => "✗", _ => "–" };

    internal string Word => Verdict switch { Verdict.Held => "held", Verdict.Failed => "failed", _ => "untested" };

    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["source"] = Source,
        ["statement"] = Statement,
        ["paper"] = Paper.ToJson(),
        ["ours"] = Ours?.ToJson(),
        ["tolerance"] = Check is null ? null : Check.Distance is { } distance && Check.NeedsPaper ? JsonValue.Create(distance)
            : JsonValue.Create(Check.Description),
        ["reason"] = Reason,
        ["verdict"] = Word,
    };

    /// <summary>The claim on one line.</summary>
    public override string ToString() => Ours is { } ours
        ? $"{Symbol} {Word}: {Statement} ({Source}; paper: {Paper}; ours: {ours}; {Check}; {Reason})"
        : $"{Symbol} {Word}: {Statement} ({Source}; paper: {Paper}; {Reason})";
}
