using System.Text.Json.Nodes;
using NeuroNotebooks.TestSupport;
using NeuroNotebooks.Runner.Checking;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Checking;

public class OutputComparisonTests
{
    [Fact]
    public void Equal_outputs_have_no_difference() =>
        Assert.Empty(Compare([Make.Stream("a\n"), Make.Figure(y: [1, 2]), Make.Scorecard(Make.Claim("a", 1, 1)), Make.Html("<b>x</b>")]));

    [Fact]
    public void A_saved_skip_equals_a_fresh_one_and_nothing_else()
    {
        Assert.Empty(Compare([Make.Skip()], [Make.Skip()]));
        Assert.Contains(Compare([Make.Skip()], [Make.Skip("Plotly.NET")]), found => found.Message.Contains("Plotly.NET", StringComparison.Ordinal));
        Assert.Contains("skipped when it was saved; now it runs", Only([Make.Skip()], [Make.Stream("ran")]));
        Assert.Contains("cannot be checked: here it is skipped", Only([Make.Stream("ran")], [Make.Skip()]));
    }

    [Fact]
    public void Data_is_the_same_in_any_order_of_its_keys_and_different_when_a_value_is()
    {
        static JsonObject Face(string json) => Make.Display(("application/json", JsonNode.Parse(json)));
        Assert.Empty(Compare([Face("""{"a": 1, "b": [2, 3]}""")], [Face("""{"b": [2, 3], "a": 1}""")]));
        Assert.Contains("application/json differs", Only([Face("""{"a": 1, "b": [2, 3]}""")], [Face("""{"a": 1, "b": [3, 2]}""")]));
    }

    [Fact]
    public void Text_is_compared_exactly_and_the_line_is_named() =>
        Assert.Equal("cell [1] in \"Here\": printed text differs in line 2: saved \"b\", now \"c\".", Only([Make.Stream("a\nb\n")], [Make.Stream("a\nc\n")]));

    [Fact]
    public void Text_that_ends_early_is_told() =>
        Assert.Contains("line 2: saved \"b\", now nothing", Only([Make.Stream("a\nb")], [Make.Stream("a")]));

    [Fact]
    public void Text_in_two_pieces_is_the_same_text() =>
        Assert.Empty(Compare([Make.Stream("ab")], [Make.Stream("a"), Make.Stream("b")]));

    [Theory]
    [InlineData(2.0, 2.0000019, true)]          // 1e-6 of the largest value, 2
    [InlineData(2.0, 2.0000021, false)]
    [InlineData(1e-9, 3e-7, true)]              // small beside its neighbour of 2: less than a pixel
    public void Figures_are_compared_by_their_numbers(double saved, double fresh, bool same)
    {
        var differences = Compare([Make.Figure(svg: "<svg>a</svg>", y: [saved, 2.0])], [Make.Figure(svg: "<svg>b</svg>", y: [fresh, 2.0])]);
        Assert.Equal(same, differences.Count == 0);
        if (!same) Assert.Contains("figure, data[0].y[0] was 2, is 2.0000021 (allowed: ± 2e-06)", differences[0].Message);
    }

    [Fact]
    public void A_figures_words_and_shape_are_compared_exactly()
    {
        Assert.Contains("layout.title.text was \"A\", is \"B\"", Only([Make.Figure("A")], [Make.Figure("B")]));
        Assert.Contains("data[0].y has 1 values saved, 2 now", Only([Make.Figure(y: [1])], [Make.Figure(y: [1, 2])]));
        JsonObject more = Make.Figure(y: [1]);
        ((JsonObject)OutputBundle.Data(more)![OutputBundle.Plotly]!["data"]![0]!)["name"] = "new";
        Assert.Contains("data[0].name is new", Only([Make.Figure(y: [1])], [more]));
        Assert.Contains("data[0].name is gone", Only([more], [Make.Figure(y: [1])]));
    }

    [Fact]
    public void A_tolerance_may_be_written_in_another_way_but_not_be_another()
    {
        static JsonObject Card(string tolerance) =>
            new() { ["claims"] = new JsonArray(Make.Claim("a", 1, 1, tolerance: JsonNode.Parse(tolerance))) };
        Assert.Empty(ClaimsComparison.Compare(Card("1E-05"), Card("1e-05")));
        Assert.NotEmpty(ClaimsComparison.Compare(Card("1E-05"), Card("1e-06")));
    }

    [Theory]
    [InlineData(1.0, 1.009, true)]
    [InlineData(1.0, 1.011, false)]
    public void Claims_are_compared_within_their_tolerance(double saved, double fresh, bool same) =>
        Assert.Equal(same, Compare([Make.Scorecard(Make.Claim("a", 1, saved))], [Make.Scorecard(Make.Claim("a", 1, fresh))]).Count == 0);

    [Fact]
    public void A_changed_verdict_and_missing_or_new_claims_are_told()
    {
        Assert.Contains("claim \"a\": verdict was \"held\", is \"failed\"", Only([Make.Scorecard(Make.Claim("a", 1, 1))], [Make.Scorecard(Make.Claim("a", 1, 1, "failed"))]));
        var differences = Compare([Make.Scorecard(Make.Claim("a", 1, 1))], [Make.Scorecard(Make.Claim("b", 1, 1))]);
        Assert.Equal(["claim \"a\" is gone.", "claim \"b\" is new."], differences.Select(d => d.Message));
        JsonObject words = Make.Claim("a", 1, 1);
        words["ours"] = "a cycle";
        Assert.Contains("ours was 1", Only([Make.Scorecard(Make.Claim("a", 1, 1))], [Make.Scorecard(words)]).Replace("1.0", "1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("± 0.5 Hz", 10, 0.5)]
    [InlineData("2 %", 50, 1)]
    [InlineData("within 1 %", 50, 0.5)]
    [InlineData("within 0.01 of 3", 50, 0.01)]
    [InlineData("exact", 10, 1e-5)]
    [InlineData("above 1.05", 10, 1e-5)]
    public void A_tolerance_in_words_is_read(string tolerance, double value, double allowed) =>
        Close.To(allowed, ClaimsComparison.Allowed(JsonValue.Create(tolerance), value), absolute: 1e-12);

    [Fact]
    public void Outputs_of_other_number_kind_or_faces_differ()
    {
        Assert.Contains("1 output saved, 0 outputs now (stream; none)", Only([Make.Stream("a")], []));
        Assert.Contains("a stream is saved where now comes a error", Only([Make.Stream("a")], [Make.Error("x")]));
        Assert.Contains("printed to stdout is saved, now it goes to stderr", Only([Make.Stream("a")], [Make.Stream("a", "stderr")]));
        Assert.Contains("faces text/html are saved, now come text/plain", Only([Make.Html("a")], [Make.Display(("text/plain", "a"))]));
        Assert.Contains("text/html differs in line 1", Only([Make.Html("a")], [Make.Html("b")]));
        Assert.Contains("application/json differs", Only([Make.Display(("application/json", 1))], [Make.Display(("application/json", 2))]));
        Assert.Contains("error differs", Only([Make.Error("x")], [Make.Error("y")]));
    }

    [Theory]
    [InlineData("timing")]
    [InlineData("nbval-ignore-output")]
    public void Cells_that_show_clock_times_are_not_compared(string tag) =>
        Assert.Empty(OutputComparison.Compare(Make.Notebook(Make.Code("1", tag).With(Make.Stream("1 s"))), Make.Notebook(Make.Code("1", tag).With(Make.Stream("2 s")))));

    [Fact]
    public void An_injected_cell_is_no_difference_but_another_cell_is()
    {
        NotebookDocument saved = Make.Notebook(Make.Code("1")), injected = Make.Notebook(Make.Code("p", "injected-parameters"), Make.Code("1"));
        Assert.Empty(OutputComparison.Compare(saved, injected));
        Assert.Contains("1 code cells, the run 2", OutputComparison.Compare(saved, Make.Notebook(Make.Code("1"), Make.Code("2")))[0].Message);
    }

    private static IReadOnlyList<Difference> Compare(JsonObject[] saved, JsonObject[]? fresh = null) => OutputComparison.Compare(
        Make.Notebook(Make.Text("# Here"), Make.Code("1").With(saved)), Make.Notebook(Make.Text("# Here"), Make.Code("1").With(fresh ?? saved)));

    private static string Only(JsonObject[] saved, JsonObject[] fresh) => Assert.Single(Compare(saved, fresh)).ToString();
}
