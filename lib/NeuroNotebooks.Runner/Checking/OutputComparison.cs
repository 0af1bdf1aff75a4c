using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;

namespace NeuroNotebooks.Runner.Checking;

/// <summary>
/// Compares fresh outputs with saved ones: texts exactly, figures by the numbers they draw, claims within their own tolerances. Outputs of
/// cells tagged <c>timing</c> (or nbval's <c>nbval-ignore-output</c>) are not compared: clocks differ.
/// </summary>
internal static class OutputComparison
{
    private static readonly string[] ExemptTags = ["timing", "nbval-ignore-output"];

    /// <summary>Every difference, in the notebook's order; empty when the saved outputs are what a run gives.</summary>
    public static IReadOnlyList<Difference> Compare(NotebookDocument saved, NotebookDocument fresh)
    {
        int[] before = CodeCells(saved), now = CodeCells(fresh);
        if (before.Length != now.Length) return [new("", $"the saved notebook has {before.Length} code cells, the run {now.Length}.")];
        return [.. before.Zip(now).SelectMany(pair => CompareCell(saved, pair.First, fresh.Cells[pair.Second]))];
    }

    private static int[] CodeCells(NotebookDocument notebook) =>
        [.. Enumerable.Range(0, notebook.Cells.Count)
            .Where(i => notebook.Cells[i].Kind == CellKind.Code && !notebook.Cells[i].HasTag("injected-parameters"))];

    private static IEnumerable<Difference> CompareCell(NotebookDocument saved, int index, NotebookCell fresh)
    {
        NotebookCell cell = saved.Cells[index];
        if (ExemptTags.Any(cell.HasTag)) return [];
        string place = Sections.Place(saved, index);
        bool wasSkipped = SkippedCells.Reason(cell) is not null;
        if (wasSkipped != (SkippedCells.Reason(fresh) is not null))
            return [new(place, wasSkipped ? "it was skipped when it was saved; now it runs." : "its saved outputs cannot be checked: here it is skipped.")];
        var before = MergeStreams(cell.Outputs);
        var now = MergeStreams(fresh.Outputs);
        if (before.Count != now.Count)
            return [new(place, $"{Count(before.Count)} saved, {Count(now.Count)} now ({Kinds(before)}; {Kinds(now)}).")];
        return before.Zip(now).SelectMany(pair => CompareOutput(pair.First, pair.Second)).Select(message => new Difference(place, message));
    }

    private static IEnumerable<string> CompareOutput(JsonObject saved, JsonObject fresh)
    {
        string type = OutputBundle.Type(saved);
        if (type != OutputBundle.Type(fresh)) return [$"a {type} is saved where now comes a {OutputBundle.Type(fresh)}."];
        switch (type)
        {
            case "stream":
                string name = OutputBundle.Text(saved["name"]) ?? "";
                if (name != (OutputBundle.Text(fresh["name"]) ?? ""))
                    return [$"text printed to {name} is saved, now it goes to {OutputBundle.Text(fresh["name"])}."];
                return Texts("printed text", OutputBundle.Text(saved["text"]), OutputBundle.Text(fresh["text"]));
            case "error":
                return Texts("error", OutputBundle.Text(saved["evalue"]), OutputBundle.Text(fresh["evalue"]));
            default:
                return CompareBundle(OutputBundle.Data(saved) ?? [], OutputBundle.Data(fresh) ?? []);
        }
    }

    private static IEnumerable<string> CompareBundle(JsonObject saved, JsonObject fresh)
    {
        string[] before = [.. saved.Select(face => face.Key).Order(StringComparer.Ordinal)],
            now = [.. fresh.Select(face => face.Key).Order(StringComparer.Ordinal)];
        if (!before.SequenceEqual(now)) return [$"faces {string.Join(", ", before)} are saved, now come {string.Join(", ", now)}."];

        // A figure's picture and a scorecard's table follow from their data, which is compared with the tolerance they deserve.
        if (saved[OutputBundle.Plotly] is { } figure) return FigureComparison.Compare(figure, fresh[OutputBundle.Plotly]);
        if (saved[OutputBundle.Claims] is JsonObject card) return ClaimsComparison.Compare(card, fresh[OutputBundle.Claims] as JsonObject);
        return before.SelectMany(mime => saved[mime] is { } face && Lines.Join(face) is { } text
            ? Texts(mime, text, Lines.Join(fresh[mime]))
            : JsonNode.DeepEquals(saved[mime], fresh[mime]) ? [] : [$"{mime} differs."]);     // Jupyter writes keys in another order
    }

    private static string[] Texts(string what, string? saved, string? fresh)
    {
        if (saved == fresh) return [];
        string[] before = (saved ?? "").Split('\n'), now = (fresh ?? "").Split('\n');
        int line = 0;
        while (line < before.Length && line < now.Length && before[line] == now[line]) line++;
        return [$"{what} differs in line {line + 1}: saved {Quote(before, line)}, now {Quote(now, line)}."];
    }

    private static string Quote(string[] lines, int line)
    {
        if (line >= lines.Length) return "nothing";
        string text = lines[line].TrimEnd('\r');
        return $"\"{(text.Length > 120 ? text[..117] + "..." : text)}\"";
    }

    /// <summary>Whether a text came in one piece or in several is an accident of buffering.</summary>
    private static List<JsonObject> MergeStreams(IReadOnlyList<JsonObject> outputs)
    {
        var merged = new List<JsonObject>();
        foreach (JsonObject output in outputs)
        {
            if (OutputBundle.Type(output) == "stream" && merged is [.., var last] && OutputBundle.Type(last) == "stream"
                && OutputBundle.Text(last["name"]) == OutputBundle.Text(output["name"]))
            {
                var joined = (JsonObject)last.DeepClone();
                joined["text"] = OutputBundle.Text(last["text"]) + OutputBundle.Text(output["text"]);
                merged[^1] = joined;
            }
            else
            {
                merged.Add(output);
            }
        }
        return merged;
    }

    private static string Count(int outputs) => outputs == 1 ? "1 output" : $"{outputs} outputs";

    private static string Kinds(List<JsonObject> outputs) =>
        outputs.Count == 0 ? "none" : string.Join(", ", outputs.Select(OutputBundle.Type));
}
