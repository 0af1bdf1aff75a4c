using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Tests.Support;

/// <summary>Small notebooks and outputs for tests.</summary>
internal static class Make
{
    public static NotebookDocument Notebook(params NotebookCell[] cells)
    {
        NotebookDocument notebook = NotebookDocument.New("paper");
        foreach (NotebookCell cell in cells) notebook.Insert(notebook.Cells.Count, cell);
        return notebook;
    }

    public static NotebookCell Text(string source) => NotebookCell.NewMarkdown(NextId(), source);

    public static NotebookCell Code(string source, params string[] tags) => NotebookCell.NewCode(NextId(), source, tags);

    public static NotebookCell With(this NotebookCell cell, params JsonObject[] outputs)
    {
        cell.Outputs = outputs;
        return cell;
    }

    public static NotebookCell Number(this NotebookCell cell, int count)
    {
        cell.ExecutionCount = count;
        return cell;
    }

    public static JsonObject Stream(string text, string name = "stdout") => new() { ["name"] = name, ["output_type"] = "stream", ["text"] = text };

    public static JsonObject Error(string value) =>
        new() { ["ename"] = "Error", ["evalue"] = value, ["output_type"] = "error", ["traceback"] = new JsonArray() };

    public static JsonObject Display(params (string Mime, JsonNode? Face)[] faces)
    {
        var data = new JsonObject();
        foreach (var (mime, face) in faces) data[mime] = face;
        return new JsonObject { ["data"] = data, ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };
    }

    /// <summary>What a cell shows whose package cannot be had.</summary>
    public static JsonObject Skip(string package = "Deedle") => Display(
        ("text/plain", $"Skipped. This cell needs the package {package}."), ("text/html", "<p>Skipped.</p>"),
        (Runner.Engine.CellSkip.MimeType, new JsonObject { ["schema"] = 1, ["packages"] = new JsonArray(package) }));

    public static JsonObject Html(string html) => Display(("text/html", html));

    public static JsonObject Figure(string title = "Figure 1", string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>0.5</text></svg>", params double[] y)
    {
        var layout = new JsonObject { ["title"] = Title(title), ["xaxis"] = new JsonObject { ["title"] = Title("time (ms)") }, ["yaxis"] = new JsonObject { ["title"] = Title("rate (Hz)") } };
        var trace = new JsonObject { ["type"] = "scatter", ["y"] = new JsonArray([.. y.Select(v => JsonValue.Create(v))]) };
        var plotly = new JsonObject { ["data"] = new JsonArray(trace), ["layout"] = layout };
        return Display((OutputBundle.Plotly, plotly), ("text/html", svg), ("text/plain", $"{title}: a line."));
    }

    public static JsonObject Claim(string id, double paper, double ours, string verdict = "held", JsonNode? tolerance = null) => new()
    {
        ["id"] = id, ["source"] = "Figure 1", ["statement"] = $"claim {id}", ["paper"] = paper, ["ours"] = ours,
        ["tolerance"] = tolerance ?? 0.01, ["reason"] = "reading error", ["verdict"] = verdict,
    };

    public static JsonObject Scorecard(params JsonObject[] claims) =>
        Display((OutputBundle.Claims, new JsonObject { ["schema"] = 1, ["paper"] = "paper", ["profile"] = "quick", ["claims"] = new JsonArray([.. claims]) }), ("text/plain", "scorecard"));

    private static int next;

    private static string NextId() => $"cell-{Interlocked.Increment(ref next)}";

    private static JsonObject Title(string text) => new() { ["text"] = text };
}
