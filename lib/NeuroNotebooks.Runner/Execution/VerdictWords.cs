using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Execution;

/// <summary>Verdicts in words.</summary>
internal static class VerdictWords
{
    /// <summary>held, failed or untested.</summary>
    public static string Word(this Verdict verdict) =>
        verdict switch { Verdict.Held => "held", Verdict.Failed => "failed", _ => "untested" };

    /// <summary>12 of 13 claims held, 1 failed, passed with 2 cells skipped.</summary>
    public static string ClaimsInWords(this NotebookRun run) =>
        run.Claims.InWords() + (SkippedCells.InWords(run) is { } skipped ? ", " + skipped : "");

    /// <summary>12 of 13 claims held, 1 failed.</summary>
    public static string InWords(this IReadOnlyList<Claim> claims)
    {
        int held = Count(Verdict.Held), failed = Count(Verdict.Failed), untested = Count(Verdict.Untested);
        if (claims.Count == 0) return "no scorecard";
        string text = $"{held} of {Words.Plural(held + failed, "claim")} held";
        if (failed > 0) text += $", {failed} failed";
        if (untested > 0) text += $", {untested} not testable in this profile";
        return text;

        int Count(Verdict verdict) => claims.Count(claim => claim.Verdict == verdict);
    }
}
