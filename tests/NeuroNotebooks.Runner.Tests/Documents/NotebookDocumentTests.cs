using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Documents;

public class NotebookDocumentTests
{
    // Written as Jupyter writes: keys in its order, one space, line arrays, the file's own digits, text as it is.
    private const string Saved = """
        {
         "cells": [
          {
           "attachments": {
            "cat.png": {
             "image/png": "iVBORw0KGgo="
            }
           },
           "cell_type": "markdown",
           "id": "intro",
           "metadata": {
            "zebra": {
             "b": 1e5,
             "a": 12345678901234567890123
            }
           },
           "source": [
            "# Títle 🧠 \u0001 \"quoted\" \\alpha\n",
            "second line"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 3,
           "id": "c-1",
           "metadata": {
            "dotnet_interactive": {
             "language": "csharp"
            },
            "polyglot_notebook": {
             "kernelName": "csharp"
            },
            "tags": []
           },
           "outputs": [
            {
             "data": {
              "application/x-own+json": {
               "x": [
                1.0,
                -0.0,
                1.5E-300
               ]
              },
              "text/html": [
               "<b>one</b>\n",
               "two"
              ]
             },
             "metadata": {},
             "output_type": "display_data"
            },
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "line\n"
             ]
            }
           ],
           "source": []
          }
         ],
         "metadata": {
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "unknown": null
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    [Fact]
    public void A_notebook_saved_by_Jupyter_is_saved_again_byte_for_byte()
    {
        NotebookDocument notebook = NotebookDocument.Parse(Saved);
        Assert.Empty(notebook.Notes);
        Assert.Equal(Saved, notebook.ToText());
        Assert.Equal(Saved, notebook.Clone().ToText());
    }

    [Fact]
    public void The_comparison_of_texts_sees_a_changed_byte() =>
        Assert.NotEqual(Saved, NotebookDocument.Parse(Saved.Replace("1e5", "1E5", StringComparison.Ordinal)).ToText());

    [Fact]
    public void Cells_show_their_source_tags_and_number()
    {
        NotebookDocument notebook = NotebookDocument.Parse(Saved);
        Assert.Equal("# Títle 🧠 \u0001 \"quoted\" \\alpha\nsecond line", notebook.Cells[0].Source);
        Assert.Equal(CellKind.Markdown, notebook.Cells[0].Kind);
        Assert.Equal("c-1", notebook.Cells[1].Id);
        Assert.Equal(3, notebook.Cells[1].ExecutionCount);
        Assert.Empty(notebook.Cells[1].Tags);
        Assert.Equal(2, notebook.Cells[1].Outputs.Count);
    }

    [Fact]
    public void A_source_is_saved_as_lines_that_keep_their_ends()
    {
        NotebookCell cell = Make.Code("a\r\nb\rc\n\n");
        cell.Source = "a\r\nb\rc\n\n";
        Assert.Equal("""["a\n","b\n","c\n","\n"]""", cell.Json["source"]!.ToJsonString());
        Assert.Equal("a\nb\nc\n\n", cell.Source);
    }

    [Fact]
    public void Outputs_are_saved_as_Jupyter_saves_them()
    {
        JsonObject output = Make.Display(("text/plain", "a\nb"), ("image/png", "AAAA\nBBBB"), ("application/json", "text"), ("image/svg+xml", "<svg>\n</svg>"));
        output["transient"] = new JsonObject { ["display_id"] = "x" };
        NotebookCell cell = Make.Code("1").With(output);
        JsonObject data = OutputBundle.Data(cell.Outputs[0])!;
        Assert.Equal("""["a\n","b"]""", data["text/plain"]!.ToJsonString());
        Assert.Equal(2, ((JsonArray)data["image/svg+xml"]!).Count);
        Assert.Equal("text", (string)data["application/json"]!);        // JSON faces and pictures stay what they are
        Assert.Equal("AAAA\nBBBB", (string)data["image/png"]!);
        Assert.False(cell.Outputs[0].ContainsKey("transient"));
    }

    [Fact]
    public void A_new_notebook_carries_the_metadata_that_VS_Code_writes()
    {
        NotebookDocument notebook = Make.Notebook(Make.Code("1"));
        Assert.Equal(
            """{"kernelspec":{"display_name":".NET (C#)","language":"C#","name":".net-csharp"},"language_info":{"name":"polyglot-notebook"},"polyglot_notebook":{"kernelInfo":{"defaultKernelName":"csharp","items":[{"aliases":[],"languageName":"csharp","name":"csharp"}]}}}""",
            Compact(notebook.Metadata));
        Assert.Equal("""{"dotnet_interactive":{"language":"csharp"},"polyglot_notebook":{"kernelName":"csharp"}}""", Compact(notebook.Cells[0].Metadata));
    }

    [Fact]
    public void Cleaning_strips_outputs_numbers_injected_cells_and_the_last_runs_entry()
    {
        NotebookDocument notebook = Make.Notebook(Make.Text("# T"), Make.Code("1").With(Make.Stream("x")).Number(4), Make.Code("2", "injected-parameters"));
        notebook.Metadata["neuronotebooks"] = new JsonObject { ["profile"] = "quick" };
        notebook.Cells[1].Metadata["execution"] = new JsonObject { ["iopub.status.busy"] = "2024" };
        notebook.Clean();
        Assert.Equal(2, notebook.Cells.Count);
        Assert.Empty(notebook.Cells[1].Outputs);
        Assert.Null(notebook.Cells[1].ExecutionCount);
        Assert.False(notebook.Metadata.ContainsKey("neuronotebooks"));
        Assert.False(notebook.Cells[1].Metadata.ContainsKey("execution"));
    }

    [Fact]
    public void Ids_given_to_an_old_notebook_depend_on_its_text_alone()
    {
        const string old = """{"cells":[{"cell_type":"code","metadata":{},"source":"1","outputs":[],"execution_count":null},{"cell_type":"code","metadata":{},"source":"1","outputs":[],"execution_count":null}],"metadata":{},"nbformat":4,"nbformat_minor":2}""";
        NotebookDocument first = NotebookDocument.Parse(old), second = NotebookDocument.Parse(old);
        Assert.Equal(first.ToText(), second.ToText());
        Assert.Equal(2, first.Cells.Select(cell => cell.Id).Distinct().Count());
        Assert.Contains("\"nbformat_minor\": 5", first.ToText());
        Assert.Equal(first.ToText(), NotebookDocument.Parse(first.ToText()).ToText());
    }

    [Fact]
    public void Messages_name_a_cell_by_its_number_and_the_heading_above_it()
    {
        NotebookDocument notebook = Make.Notebook(
            Make.Code("0"), Make.Text("# Title\n\n## 2. A *cell* that `tires` $x$\n```\n# no heading\n```\nwords"), Make.Code("1"), Make.Text("no heading"), Make.Code("2"));
        Assert.Equal("cell [1]", Sections.Place(notebook, 0));
        Assert.Equal("cell [2] in \"2. A cell that tires x\"", Sections.Place(notebook, 2));
        Assert.Equal("cell [3] in \"2. A cell that tires x\"", Sections.Place(notebook, 4));
        Assert.Equal("Title", Sections.Title(notebook));
        Assert.Equal("paper", Sections.Title(Make.Notebook()));
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no such file", Assert.Throws<NotebookFormatException>(() => NotebookDocument.Read(folder.File("no.ipynb"))).Message);
        Assert.Contains("it is a folder", Assert.Throws<NotebookFormatException>(() => NotebookDocument.Read(folder.Path)).Message);
    }

    [Theory]
    [InlineData("{\n \"cells\": [\n  }\n", 3, 3)]
    [InlineData("{\n \"é🧠\": x}", 2, 9)]
    public void An_error_names_its_line_and_column(string text, int line, int column)
    {
        var error = Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse(text, "some/folder/broken.ipynb"));
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.StartsWith($"broken.ipynb, line {line}, column {column}: ", error.Message);
    }

    private static string Compact(JsonNode node) => System.Text.RegularExpressions.Regex.Replace(JsonText.Write(node), "\n *", "").Replace("\": ", "\":", StringComparison.Ordinal);
}
