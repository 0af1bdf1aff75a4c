using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Tests;

public class ClaimTests
{
    private static Verdict Judge(ClaimValue paper, ClaimValue ours, Check check) =>
        new ClaimSheet("slug", "quick").Add("statement", "Figure 1", paper, ours, check, "a reason").Verdict;

    public static TheoryData<Check, double, bool> Numbers => new()
    {
        { Is.Within(0.5), 10.5, true },
        { Is.Within(0.5), 9.5, true },
        { Is.Within(0.5), 10.51, false },
        { Is.Within(0.0), 10.0, true },
        { Is.Within(0.1, of: 3.0), 3.05, true },
        { Is.Within(0.1, of: 3.0), 10.0, false },
        { Is.WithinPercent(5), 10.5, true },
        { Is.WithinPercent(5), 9.4, false },
        { Is.WithinPercent(5), -10.0, false },
        { Is.Above(10), 10.1, true },
        { Is.Above(10), 10.0, false },
        { Is.Below(10), 9.9, true },
        { Is.Below(10), 10.0, false },
        { Is.Between(9, 11), 9.0, true },
        { Is.Between(9, 11), 11.0, true },
        { Is.Between(9, 11), 11.1, false },
        { Is.Exactly(10), 10.0, true },
        { Is.Exactly(10), 10.5, false },
    };

    [Theory, MemberData(nameof(Numbers))]
    public void A_number_holds_when_it_is_where_the_check_says(Check check, double ours, bool holds) =>
        Assert.Equal(holds ? Verdict.Held : Verdict.Failed, Judge(10.0, ours, check));

    public static TheoryData<Check> NumberChecks => new(
        Is.Within(1e9), Is.Within(1e9, of: 0), Is.WithinPercent(99), Is.Above(-1e300), Is.Below(1e300), Is.Between(-1e300, 1e300),
            Is.Exactly(0));

    [Theory, MemberData(nameof(NumberChecks))]
    public void NaN_infinity_and_words_never_hold(Check check)
    {
        Assert.Equal(Verdict.Failed, Judge(1.0, double.NaN, check));
        Assert.Equal(Verdict.Failed, Judge(1.0, "ten", check));
        Assert.Equal(Verdict.Failed, Judge(1.0, double.PositiveInfinity, check));
    }

    [Fact]
    public void Words_and_truths_hold_when_they_are_the_same()
    {
        Assert.Equal(Verdict.Held, Judge("saddle", "saddle", Is.Exactly("saddle")));
        Assert.Equal(Verdict.Failed, Judge("saddle", "Saddle", Is.Exactly("saddle")));
        Assert.Equal(Verdict.Failed, Judge("1", 1, Is.Exactly("1")));
        Assert.Equal(Verdict.Held, Judge("unique", true, Is.True));
        Assert.Equal(Verdict.Failed, Judge("unique", false, Is.True));
        Assert.Equal(Verdict.Failed, Judge("unique", 1, Is.True));
        Assert.Equal(Verdict.Held, Judge("unique", false, Is.False));
        Assert.Equal(Verdict.Failed, Judge("unique", "no idea", Is.False));
    }

    public static TheoryData<string, Action> Refused => new()
    {
        { "tolerance is Infinity: expected a finite number, zero or above, so that the claim can fail", () =>
            Is.Within(double.PositiveInfinity) },
        { "tolerance is NaN", () => Is.Within(double.NaN) },
        { "tolerance is -1", () => Is.Within(-1.0, of: 0.0) },
        { "of is NaN", () => Is.Within(1.0, of: double.NaN) },
        { "percent is 100", () => Is.WithinPercent(100) },
        { "percent is 0", () => Is.WithinPercent(0) },
        { "percent is NaN", () => Is.WithinPercent(double.NaN) },
        { "bound is -Infinity", () => Is.Above(double.NegativeInfinity) },
        { "bound is NaN", () => Is.Below(double.NaN) },
        { "high is Infinity", () => Is.Between(0, double.PositiveInfinity) },
        { "low is NaN", () => Is.Between(double.NaN, 0) },
        { "low is 2, high 1: swap", () => Is.Between(2, 1) },
        { "expected is empty", () => Is.Exactly(" ") },
        { "because is empty", () => Sheet().Add("s", "Figure 1", 1, 1, Is.Within(1), "") },
        { "statement is empty", () => Sheet().Add("", "Figure 1", 1, 1, Is.Within(1), "r") },
        { "source is empty", () => Sheet().Add("s", " ", 1, 1, Is.Within(1), "r") },
        { "ours is missing", () => Sheet().Add("s", "Figure 1", 1, default, Is.Above(1), "r") },
        { "paper is missing", () => Sheet().Add("s", "Figure 1", default, 1, Is.Above(1), "r") },
        { "paper is \"many\", but \"within 1\" compares with a finite number", () =>
            Sheet().Add("s", "Figure 1", "many", 1, Is.Within(1), "r") },
        { "paper is \"NaN\"", () => Sheet().Add("s", "Figure 1", double.NaN, 1, Is.WithinPercent(1), "r") },
        { "text is empty", () => Sheet().Add("s", "Figure 1", "", 1, Is.Above(1), "r") },
        { "id is empty", () => Sheet().Add("!!!", "Figure 1", 1, 1, Is.Above(1), "r") },
        { "because is empty", () => Sheet().Untested("s", "Figure 1", 1, " ") },
        { "Two claims are called \"s\"", () =>
            { ClaimSheet sheet = Sheet(); sheet.Untested("s", "Figure 1", 1, "r"); sheet.Untested("s", "Figure 2", 1, "r"); } },
        { "Two claims are called \"x\"", () =>
            { ClaimSheet sheet = Sheet(); sheet.Untested("s", "Figure 1", 1, "r", id: "x"); sheet.Untested("t", "Figure 1", 1, "r",
            id: "x"); } },
        { "paper is empty", () => _ = new ClaimSheet("", "quick") },
        { "profile is empty", () => _ = new ClaimSheet("slug", "") },
    };

    private static ClaimSheet Sheet() => new("slug", "quick");

    [Theory, MemberData(nameof(Refused))]
    public void A_claim_without_its_parts_and_a_check_that_cannot_fail_are_refused(string expected, Action code) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(code).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_check_is_refused() => Assert.Throws<ArgumentNullException>(() => Sheet().Add("s", "Figure 1", 1, 1, null!, "r"));

    private static Claims Sample()
    {
        var sheet = new ClaimSheet("competition-ei", "quick");
        sheet.Add("Figure 2, RS: the cell tires", source: "Figure 2, panel RS", paper: "gaps widen", ours: 1.25, holdsIf: Is.Above(1.05),
            because: "one step of 0.25 ms cannot change the ratio by more than 0.05");
        sheet.Add("The rest state <x>", source: "Table 1", paper: 0.742857, ours: 0.8, holdsIf: Is.Within(1e-3), because: "exact");
        sheet.Untested("Forty seeds agree", source: "Figure 6", paper: 40, because: "needs the full profile");
        return sheet.Claims;
    }

    [Fact]
    public void The_json_follows_the_schema()
    {
        JsonNode json = JsonNode.Parse(Sample().ToJson())!;
        Assert.Equal((1, "competition-ei", "quick"), (json["schema"]!.GetValue<int>(), json["paper"]!.GetValue<string>(),
            json["profile"]!.GetValue<string>()));
        JsonArray claims = json["claims"]!.AsArray();
        Assert.All(claims, claim => Assert.Equal(["id", "source", "statement", "paper", "ours", "tolerance", "reason", "verdict"],
            claim!.AsObject().Select(entry => entry.Key)));
        Assert.Equal(["held", "failed", "untested"], claims.Select(claim => claim!["verdict"]!.GetValue<string>()));
        Assert.Equal("figure-2-rs-the-cell-tires", claims[0]!["id"]!.GetValue<string>());
        Assert.Equal("gaps widen", claims[0]!["paper"]!.GetValue<string>());
        Assert.Equal("above 1.05", claims[0]!["tolerance"]!.GetValue<string>());
        Assert.Equal(0.742857, claims[1]!["paper"]!.GetValue<double>());
        Assert.Equal(0.8, claims[1]!["ours"]!.GetValue<double>());
        Assert.Equal(0.001, claims[1]!["tolerance"]!.GetValue<double>());
        Assert.Null(claims[2]!["ours"]);
        Assert.Null(claims[2]!["tolerance"]);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_written_as_words()
    {
        ClaimSheet sheet = Sheet();
        sheet.Add("s", "Figure 1", 1, double.NaN, Is.Within(1), "r");
        sheet.Add("t", "Figure 1", 1, double.PositiveInfinity, Is.Above(1), "r");
        JsonArray claims = JsonNode.Parse(sheet.Claims.ToJson())!["claims"]!.AsArray();
        Assert.Equal(["NaN", "∞"], claims.Select(claim => claim!["ours"]!.GetValue<string>()));
    }

    [Fact]
    public void The_summary_counts_all_three_verdicts()
    {
        Assert.Equal("1 held, 1 failed, 1 not testable in the quick profile", Sample().Summary);
        Assert.Equal("no claims", Sheet().Claims.Summary);
        ClaimSheet sheet = new("slug", "full");
        sheet.Add("s", "Figure 1", 1, 1, Is.Within(0), "r");
        Assert.Equal("1 held, 0 failed", sheet.Claims.Summary);
        Assert.Equal((1, 0, 0), (sheet.Claims.Held, sheet.Claims.Failed, sheet.Claims.Untested));
    }

    [Fact]
    public void A_cell_run_again_replaces_its_claim()
    {
        ClaimSheet sheet = Sheet();
        sheet.Add("a", "Figure 1", 1, 2, Is.Within(0.5), "r");
        sheet.Add("b", "Figure 1", 1, 1, Is.Within(0.5), "r");
        Claims before = sheet.Claims;
        sheet.Add("a", "Figure 1", 1, 1.1, Is.Within(0.5), "r");
        Assert.Equal(["a", "b"], sheet.Claims.All.Select(claim => claim.Id));
        Assert.Equal(2, sheet.Claims.Held);
        Assert.Equal(1, before.Held);
        Assert.NotEqual(before, sheet.Claims);
    }

    [Fact]
    public void A_long_statement_has_a_short_id() => Assert.Equal(60, Sheet().Untested(new string('x', 200), "Figure 1", 1, "r").Id.Length);

    [Fact]
    public void Html_says_each_verdict_in_symbol_and_word_and_escapes_words()
    {
        string html = Sample().ToHtml();
        foreach (string part in (string[])["✓ held", "✗ failed", "– untested", "1 held, 1 failed, 1 not testable in the quick profile",
            "The rest state &lt;x&gt;", "within 0.001"])
            Assert.Contains(part, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<x>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.Equal(html, Commas.Run(() => Sample().ToHtml()));
        Assert.Equal(Sample().ToJson(), Commas.Run(() => Sample().ToJson()));
    }

    [Fact]
    public void Text_has_a_line_per_claim()
    {
        string[] lines = Sample().ToString().Split('\n');
        Assert.Equal("competition-ei: 1 held, 1 failed, 1 not testable in the quick profile", lines[0]);
        Assert.Equal("✗ failed: The rest state <x> (Table 1; paper: 0.742857; ours: 0.8; within 0.001; exact)", lines[2]);
        Assert.Equal("– untested: Forty seeds agree (Figure 6; paper: 40; needs the full profile)", lines[3]);
    }

    [Fact]
    public void Claims_are_equal_when_all_their_parts_are()
    {
        Claims claims = Sample();
        Assert.Equal(claims, claims with { });
        Assert.Equal(claims.GetHashCode(), (claims with { }).GetHashCode());
        Assert.NotEqual(claims, claims with { Profile = "full" });
        Assert.NotEqual(claims, claims with { All = claims.All.RemoveAt(0) });
    }

    [Fact]
    public void Claims_with_equal_parts_are_equal_in_their_json() => Assert.Equal(Sample().ToJson(), Sample().ToJson());
}
