using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Execution;

public class ClaimsAndProvenanceTests
{
    [Fact]
    public void Claims_are_collected_once_each_as_last_shown()
    {
        var notebook = Make.Notebook(
            Make.Code("1").With(Make.Scorecard(Make.Claim("a", 1, 1), Make.Claim("b", 2, 9, "failed"))),
            Make.Code("2").With(Make.Stream("x"), Make.Scorecard(Make.Claim("b", 2, 2.0000001), Make.Claim("c", 0, 0, "untested"))));
        var claims = Claims.In(notebook);
        Assert.Equal([Verdict.Held, Verdict.Held, Verdict.Untested], claims.Select(c => c.Verdict));
        Assert.Equal(("paper/b", "Figure 1", "claim b", "2", "2", "0.01", "reading error"),
            (claims[1].Id, claims[1].Source, claims[1].Statement, claims[1].Paper, claims[1].Ours, claims[1].Tolerance, claims[1].Reason));
    }

    [Fact]
    public void Values_are_shown_as_people_write_them()
    {
        JsonObject claim = Make.Claim("a", 1e-7, 123456.789);
        claim["paper"] = null;
        claim["tolerance"] = 1e-7;
        claim["reason"] = new JsonArray(1, 2);
        Claim read = Claims.In(Make.Notebook(Make.Code("1").With(Make.Scorecard(claim))))[0];
        Assert.Equal(("", "123457", "1e-07", "[1,2]"), (read.Paper, read.Ours, read.Tolerance, read.Reason));
    }

    [Fact]
    public void A_scorecard_in_another_form_is_refused()
    {
        JsonObject future = Make.Scorecard(Make.Claim("a", 1, 1)), listless = Make.Scorecard(), verdict = Make.Scorecard(Make.Claim("a", 1, 1, "perhaps"));
        Claims.Card(future)!["schema"] = 2;
        Claims.Card(listless)!.Remove("claims");
        Assert.Contains("schema 2", Refusal(future));
        Assert.Contains("no list of claims", Refusal(listless));
        Assert.Contains("claim a has verdict \"perhaps\": expected held, failed or untested", Refusal(verdict));
    }

    [Fact]
    public void Saved_outputs_are_stale_when_a_cell_or_the_library_changed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("lib/NeuroNotebooks/A.cs", "class A;\n");
        folder.Write("lib/NeuroNotebooks.Figures/B.cs", "class B;\n");
        NotebookDocument notebook = Make.Notebook(Make.Text("words"), Make.Code("1"));
        Assert.Contains("not made by this program", Provenance.Stale(notebook, folder.Path));

        Provenance.Stamp(notebook, new() { Repository = folder.Path });
        Assert.Null(Provenance.Stale(notebook, folder.Path));
        notebook.Cells[0].Source = "other words";
        Assert.Null(Provenance.Stale(notebook, folder.Path));

        folder.Write("lib/NeuroNotebooks/A.cs", "class A;\r\n");
        Assert.Null(Provenance.Stale(notebook, folder.Path));               // line ends are no change
        folder.Write("lib/NeuroNotebooks/A.cs", "class A2;\n");
        Assert.Contains("library was changed", Provenance.Stale(notebook, folder.Path));
        notebook.Cells[1].Source = "2";
        Assert.Contains("a cell was changed", Provenance.Stale(notebook, folder.Path));
    }

    [Fact]
    public void Without_a_repository_there_is_no_hash_of_the_library()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(Provenance.LibraryHash(null));
        Assert.Null(Provenance.LibraryHash(folder.Path));
    }

    private static string Refusal(JsonObject output) =>
        Assert.Throws<NotebookFormatException>(() => Claims.In(Make.Notebook(Make.Code("1").With(output)))).Message;
}
