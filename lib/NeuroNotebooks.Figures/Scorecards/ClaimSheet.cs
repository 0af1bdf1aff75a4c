using System.Text;

namespace NeuroNotebooks.Figures;

/// <summary>Collects a notebook's claims, cell by cell; shown, it is the scorecard.</summary>
/// <example>
/// <code>
/// var claims = new ClaimSheet("competition-ei", profile);
/// claims.Add("The pair settles", source: "Section 3", paper: 0.742857, ours: rest[0], holdsIf: Is.Within(1e-9),
///            because: "the rest state is computed exactly");
/// claims.Untested("Forty seeds agree", source: "Figure 6", paper: "all", because: "needs 20 minutes");
/// claims
/// </code>
/// </example>
[TypeFormatterSource(typeof(ClaimSheetFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text, MimeTypes.Claims])]
public sealed class ClaimSheet
{
    private const int LongestId = 60;

    private readonly string paper, profile;
    private readonly List<Claim> claims = [];

    /// <summary>An empty sheet.</summary>
    /// <param name="paper">The paper's slug, such as <c>competition-ei</c>.</param>
    /// <param name="profile">The profile that runs: quick or full.</param>
    public ClaimSheet(string paper, string profile)
    {
        Require.Text(paper, "the paper's slug, such as competition-ei");
        Require.Text(profile, "the profile: quick or full");
        this.paper = paper;
        this.profile = profile;
    }

    /// <summary>The claims so far.</summary>
    public Claims Claims => new(paper, profile, [.. claims]);

    /// <summary>Holds what was computed against what the paper says.</summary>
    /// <param name="statement">What the paper says, in a line.</param>
    /// <param name="source">Where: section, figure or table.</param>
    /// <param name="paper">The paper's value: a number where it prints one, else words.</param>
    /// <param name="ours">The computed value.</param>
    /// <param name="holdsIf">When the two agree.</param>
    /// <param name="because">Why this check and tolerance are the right ones.</param>
    /// <param name="id">A short name; made from the statement unless given.</param>
    /// <returns>
    /// The claim with its verdict. A statement made again, as when a cell is run again, takes the place of the earlier one.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Statement, source or reason are missing; the check needs a number from the paper; or another source made the same statement.
    /// </exception>
    public Claim Add(string statement, string source, ClaimValue paper, ClaimValue ours, Check holdsIf, string because, string? id = null)
    {
        Require.NotNull(holdsIf);
        Require.Text(because, "the reason for this check and tolerance");
        RequireValue(ours, nameof(ours));
        if (holdsIf.NeedsPaper && !(paper.Number is { } number && double.IsFinite(number)))
            throw new ArgumentException(
                $"paper is \"{paper}\", but \"{holdsIf}\" compares with a finite number of the paper's: " +
                "give one, or use Is.Within(tolerance, of: number).", nameof(paper));
        Verdict verdict = holdsIf.Holds(ours, paper) ? Verdict.Held : Verdict.Failed;
        return Put(statement, source, paper, ours, holdsIf, because, verdict, id);
    }

    /// <summary>Declares a claim that this profile cannot test.</summary>
    /// <param name="statement">What the paper says, in a line.</param>
    /// <param name="source">Where: section, figure or table.</param>
    /// <param name="paper">The paper's value: a number where it prints one, else words.</param>
    /// <param name="because">Why it cannot be tested, and what it would take.</param>
    /// <param name="id">A short name; made from the statement unless given.</param>
    /// <exception cref="ArgumentException">Statement, source or reason are missing, or another source made the same statement.</exception>
    public Claim Untested(string statement, string source, ClaimValue paper, string because, string? id = null)
    {
        Require.Text(because, "why this profile cannot test it");
        return Put(statement, source, paper, null, null, because, Verdict.Untested, id);
    }

    private Claim Put(string statement, string source, ClaimValue paper, ClaimValue? ours, Check? check, string because, Verdict verdict,
        string? id)
    {
        Require.Text(statement, "what the paper says");
        Require.Text(source, "where the paper says it: section, figure or table");
        RequireValue(paper, nameof(paper));
        id ??= Slug(statement);
        Require.Text(id, "a short name, since the statement has no letter or digit");

        var claim = new Claim(id, source, statement, paper, ours, check, because, verdict);
        int at = claims.FindIndex(other => other.Id == id);
        if (at < 0)
        {
            claims.Add(claim);
        }
        else if (claims[at].Source != source || claims[at].Statement != statement)
        {
            throw new ArgumentException(
                $"Two claims are called \"{id}\": \"{claims[at].Statement}\" ({claims[at].Source}) and \"{statement}\" ({source}). " +
                "Give one an id of its own.", nameof(id));
        }
        else
        {
            claims[at] = claim;
        }
        return claim;
    }

    private static void RequireValue(ClaimValue value, string name)
    {
        if (value == default) throw new ArgumentException($"{name} is missing: expected a number or words.", name);
    }

    /// <summary>A statement in small letters, digits and hyphens.</summary>
    private static string Slug(string statement)
    {
        var slug = new StringBuilder();
        foreach (char c in statement.ToLowerInvariant())
        {
            if (slug.Length == LongestId) break;
            if (char.IsLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().Trim('-');
    }
}
