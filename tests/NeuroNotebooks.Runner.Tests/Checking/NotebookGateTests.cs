using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Checking;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Checking;

public class NotebookGateTests
{
    private const string Opening = """
        # A paper

        A. Author. [doi:10.1000/xyz.1](https://doi.org/10.1000/xyz.1)

        **What you will learn**: things.

        Running time: quick 20 s, full 4 min.

        ```bibtex
        @article{a2024, title={A paper}}
        ```
        """;

    private const string Choices = "## Where we had to choose\n\nNothing: $\\alpha$.";

    [Fact]
    public void A_good_notebook_passes() => Assert.Empty(NotebookGate.Check(Good()));

    /// <summary>For every rule, what breaks it.</summary>
    private static readonly Dictionary<string, Action<NotebookDocument>> Breaches = new()
    {
        ["title"] = n => n.Cells[0].Source = Opening[3..],
        ["doi"] = n => Replace(n, "10.1000/xyz.1", "a link"),
        ["bibtex"] = n => Replace(n, "@article", "article"),
        ["goals"] = n => Replace(n, "What you will learn", "Things"),
        ["times"] = n => Replace(n, "full 4 min", "full: long"),
        ["choices"] = n => n.Cells[7].Source = "## Open points",
        ["exercise"] = n => n.Cells[9].Metadata.Remove("jupyter"),
        ["equations"] = n => n.Cells[7].Source = Choices.Replace("\\alpha", "\\unheard", StringComparison.Ordinal),
        ["setup"] = n => n.Cells[2].Source = "// no check",
        ["parameters"] = n => n.Cells[4].Source = "int size = 1;",
        ["loops"] = n => n.Cells[6].Source = "var x = 0;\nwhile (x < 9) x++;",
        ["length"] = n => n.Cells[6].Source = string.Join('\n', Enumerable.Repeat("x();", 26)),
        ["metadata"] = n => n.Cells[6].Metadata["execution"] = new JsonObject(),
        ["executed"] = n => n.Cells[6].ExecutionCount = 7,
        ["errors"] = n => n.Cells[6].Outputs = [Make.Figure(), Make.Error("boom")],
        ["figures"] = n => n.Cells[6].Outputs = [Make.Figure(svg: "<p>no drawing</p>")],
        ["numbers"] = n =>
        {
            n.Cells[5].Source = "## Results";
            n.Cells[6].Outputs = [Make.Figure("Rates")];
        },
        ["axes"] = n => ((JsonObject)Layout(n)["xaxis"]!).Remove("title"),
        ["decimals"] = n => n.Cells[6].Outputs = [Make.Figure(svg: "<svg><text>0,5</text></svg>")],
        ["scripts"] = n => n.Cells[6].Outputs = [Make.Figure(), Make.Html("<script src='https://cdn/x.js'></script>")],
        ["paths"] = n => n.Cells[6].Outputs = [Make.Figure(), Make.Stream("wrote /home/ann/data.csv")],
        ["scorecard"] = n => n.Cells[11].Outputs = [],
    };

    public static TheoryData<string> RuleNames => [.. NotebookGate.Rules.Select(rule => rule.Name)];

    [Theory, MemberData(nameof(RuleNames))]
    public void Each_rule_can_fail_and_nothing_else_complains(string rule)
    {
        NotebookDocument notebook = Good();
        Breaches[rule](notebook);
        var found = NotebookGate.Check(notebook);
        Assert.NotEmpty(found);
        Assert.All(found, difference => Assert.StartsWith($"{rule}: ", difference.Message));
    }

    [Theory]
    [InlineData("<text>0,5</text>", false)]
    [InlineData("<text>−12,25 mV</text>", false)]
    [InlineData("<text>3,1416</text>", false)]
    [InlineData("<rect x=\"1,5\"/>", false)]
    [InlineData("<text>1,000 trials</text>", true)]
    [InlineData("<text>from (0,3) to (2,0)</text>", true)]
    [InlineData("<text>0.5, 1.5</text>", true)]
    [InlineData("<polyline points=\"1,5 2,25\"/>", true)]
    public void A_decimal_comma_is_told_from_other_commas(string drawing, bool fine)
    {
        NotebookDocument notebook = Good();
        notebook.Cells[6].Outputs = [Make.Figure(svg: $"<svg>{drawing}</svg>")];
        Assert.Equal(fine, NotebookGate.Check(notebook).Count == 0);
    }

    [Theory]
    [InlineData("foreach (var c in claims) Add(c);", true)]
    [InlineData("// for ever", true)]
    [InlineData("var s = \"while (true)\";", true)]
    [InlineData("for (int i = 0; i < 9; i++) Step();", false)]
    [InlineData("do Step(); while (go);", false)]
    [InlineData("void F() { for (;;) ; }", false)]
    public void Loops_are_found_in_the_syntax_not_in_the_words(string code, bool fine)
    {
        NotebookDocument notebook = Good();
        notebook.Cells[6].Source = code;
        Assert.Equal(fine, NotebookGate.Check(notebook).Count == 0);
    }

    [Theory]
    [InlineData("![x](https://elsewhere/x.png)")]
    [InlineData("<img src=\"//elsewhere/x.png\">")]
    public void Text_fetches_nothing_either(string text)
    {
        NotebookDocument notebook = Good();
        notebook.Cells[7].Source = Choices + "\n\n" + text;
        Assert.Contains(NotebookGate.Check(notebook), d => d.ToString() == "text cell 8: scripts: the text fetches something from elsewhere.");
    }

    [Theory]
    [InlineData(1, "before the first code cell stands the text:\n**Set-up.**")]
    [InlineData(2, "the first code cell is the check of the set-up:\n// Says in one sentence")]
    [InlineData(3, "the second code cell starts with:\n#r ")]
    public void A_set_up_that_is_not_everybodys_is_told_with_what_it_should_be(int cell, string message)
    {
        NotebookDocument notebook = Good();
        notebook.Cells[cell].Source = "1";
        Assert.Contains(message, Assert.Single(NotebookGate.Check(notebook)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guide_need_not_keep_the_rules_about_papers()
    {
        NotebookDocument guide = Good();
        guide.Cells[0].Source = "# A guide\n\n**What you will learn**: things.";
        guide.Cells[5].Source = "## Results";
        guide.Cells[6].Outputs = [Make.Figure("Rates")];
        guide.Cells[7].Source = "Words.";
        guide.Cells[9].Metadata.Remove("jupyter");
        Assert.NotEmpty(NotebookGate.Check(guide));
        guide.Metadata["neuronotebooks"] = new JsonObject { ["kind"] = "guide" };
        Assert.Empty(NotebookGate.Check(guide));
        guide.Metadata["neuronotebooks"] = new JsonObject { ["kind"] = "novel" };
        Assert.Contains(NotebookGate.Check(guide), d => d.Message == "metadata: kind is \"novel\": expected paper or guide.");
    }

    [Theory]
    [InlineData("**No DOI:** a conference poster, known by its title from the author's list of publications.", true)]
    [InlineData("No DOI: a thesis of 1987, in the university's library.", true)]
    [InlineData("No DOI.", false)]
    [InlineData("No DOI: unknown.", false)]
    [InlineData("It has no DOI and nobody says where it comes from.", false)]
    public void A_work_without_a_DOI_says_what_is_known_of_it_instead(string line, bool passes)
    {
        NotebookDocument notebook = Good();
        Replace(notebook, "[doi:10.1000/xyz.1](https://doi.org/10.1000/xyz.1)", line);
        Assert.Equal(passes, NotebookGate.Check(notebook).Count == 0);
        if (!passes) Assert.Contains("doi: no DOI", NotebookGate.Check(notebook).Single().Message);
    }

    [Fact]
    public void Several_breaches_are_all_told()
    {
        var found = NotebookGate.Check(Make.Notebook(Make.Code(""))).Select(d => d.Message.Split(':')[0]).Distinct().ToList();
        foreach (string rule in (string[])["title", "doi", "bibtex", "goals", "times", "choices", "exercise", "parameters", "executed", "figures", "numbers", "scorecard"])
            Assert.Contains(rule, found);
    }

    [Fact]
    public void Injected_parameters_scripts_repairs_and_broken_scorecards_are_told()
    {
        NotebookDocument notebook = Good();
        notebook.Insert(5, Make.Code("profile = \"full\";", "injected-parameters").Number(4));
        notebook.Cells[12].Outputs = [Make.Scorecard(Make.Claim("a", 1, 1, "maybe"))];
        notebook.Cells[7].Outputs = [Make.Figure(), Make.Display(("application/javascript", "alert(1)"))];
        string all = string.Join('\n', NotebookGate.Check(notebook));
        Assert.Contains("saved with injected parameters", all);
        Assert.Contains("verdict \"maybe\"", all);
        Assert.Contains("an output is a script", all);
        JsonObject claim = Make.Claim("a", 1, 1);
        claim["reason"] = "";
        NotebookDocument reasonless = Good();
        reasonless.Cells[11].Outputs = [Make.Scorecard(claim)];
        Assert.Contains("lacks its reason", NotebookGate.Check(reasonless)[0].Message);
    }

    internal static NotebookDocument Good()
    {
        NotebookCell answer = Make.Code("41 + 1", "answer").Number(5).With(Make.Display(("text/plain", "42")));
        answer.Metadata["jupyter"] = new JsonObject { ["source_hidden"] = true };
        NotebookDocument notebook = Make.Notebook(
            Make.Text(Opening),
            Make.Text(SetUpCells.Text),
            Make.Code(SetUpCells.Check).Number(1),
            Make.Code(SetUpCells.References + "\n\nusing NeuroNotebooks.Figures;").Number(2),
            Make.Code("string profile = \"quick\"; // quick or full", "parameters").Number(3),
            Make.Text("## Figure 1"),
            Make.Code("Plot.Line(x)").Number(4).With(Make.Figure(y: [1, 2, 3])),
            Make.Text(Choices),
            Make.Text("## Exercise\n\nHow much is it?"),
            answer,
            Make.Text("## Scorecard"),
            Make.Code("claims").Number(6).With(Make.Scorecard(Make.Claim("a", 1, 1))));
        return NotebookDocument.Parse(notebook.ToText());
    }

    private static void Replace(NotebookDocument notebook, string old, string now) =>
        notebook.Cells[0].Source = Opening.Replace(old, now, StringComparison.Ordinal);

    private static JsonObject Layout(NotebookDocument notebook) =>
        (JsonObject)OutputBundle.Data(notebook.Cells[6].Outputs[0])![OutputBundle.Plotly]!["layout"]!;
}
