using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NeuroNotebooks.Runner.Documents;

/// <summary>Brings a JSON value to notebook format 4.5, or says why it is no notebook. What is in order is not touched.</summary>
internal static partial class NotebookReading
{
    public static JsonObject Normalise(JsonNode? root, string file, List<string> notes)
    {
        if (root is not JsonObject notebook)
            throw new NotebookFormatException(
                $"{file} holds {Kind(root)}: a notebook is a JSON object with \"cells\", \"metadata\" and \"nbformat\".");

        RequireFormat4(notebook, file, notes);
        if (notebook["cells"] is not JsonArray cells)
            throw new NotebookFormatException(
                $"{file} has {(notebook.ContainsKey("cells") ? "\"cells\" that are no list" : "no \"cells\"")}: it is not a notebook.");
        if (notebook["metadata"] is null) notebook["metadata"] = new JsonObject();
        if (notebook["metadata"] is not JsonObject)
            throw new NotebookFormatException($"{file}: \"metadata\" holds {Kind(notebook["metadata"])}: expected an object.");

        for (int i = 0; i < cells.Count; i++) NormaliseCell(cells[i], i + 1, file, notes);
        GiveIds(cells, notes);
        return notebook;
    }

    private static void RequireFormat4(JsonObject notebook, string file, List<string> notes)
    {
        if (!TryInteger(notebook["nbformat"], out int major))
            throw new NotebookFormatException($"{file} has no \"nbformat\" number: it is not a notebook.");
        if (major < 4)
            throw new NotebookFormatException(
                $"{file} is in notebook format {major}, which was replaced in 2015. Convert it first: jupyter nbconvert --to notebook "
                    + $"--nbformat 4 {file}");
        if (major > 4)
            throw new NotebookFormatException($"{file} is in notebook format {major}, newer than this program: it reads format 4.");

        if (!TryInteger(notebook["nbformat_minor"], out int minor) || minor < 5)
        {
            notes.Add($"format 4.{minor} was brought to 4.5, which gives each cell an id.");
            notebook["nbformat_minor"] = 5;
        }
        else if (minor > 5)
        {
            notes.Add($"format 4.{minor} is newer than the 4.5 this program knows; what it does not know is kept.");
        }
    }

    private static void NormaliseCell(JsonNode? node, int number, string file, List<string> notes)
    {
        if (node is not JsonObject cell)
            throw new NotebookFormatException($"{file}, cell {number}: holds {Kind(node)}: expected an object.");
        string? type = OutputBundle.Text(cell["cell_type"]);
        if (type is not ("code" or "markdown" or "raw"))
            throw new NotebookFormatException(
                $"{file}, cell {number}: cell_type {(type is null ? "is missing" : $"\"{type}\" is unknown")}: "
                + "expected code, markdown or raw.");

        if (cell["metadata"] is null) cell["metadata"] = new JsonObject();
        if (cell["metadata"] is not JsonObject)
            throw new NotebookFormatException($"{file}, cell {number}: \"metadata\" holds {Kind(cell["metadata"])}: expected an object.");

        NormaliseSource(cell, number, file, notes);
        if (type == "code") NormaliseOutputs(cell, number, file);
        else if (cell.Remove("outputs") | cell.Remove("execution_count"))
            notes.Add($"cell {number} is {type} but held outputs: they were dropped.");
    }

    private static void NormaliseSource(JsonObject cell, int number, string file, List<string> notes)
    {
        if (cell["source"] is null) cell["source"] = new JsonArray();
        if (Lines.Join(cell["source"]) is not { } text)
            throw new NotebookFormatException(
                $"{file}, cell {number}: \"source\" holds {Kind(cell["source"])}: expected a text or a list of lines.");
        if (Lines.LackEnds(cell["source"]))
            notes.Add($"cell {number}: the lines of its source had no ends: they were joined line by line.");
        if (text.Contains('\r')) notes.Add($"cell {number}: Windows line ends were replaced by line feeds.");
        if (Lines.Normalised(cell["source"]) is { } lines) cell["source"] = lines;
    }

    private static void NormaliseOutputs(JsonObject cell, int number, string file)
    {
        if (!cell.ContainsKey("execution_count")) cell["execution_count"] = null;
        if (cell["outputs"] is null) cell["outputs"] = new JsonArray();
        if (cell["outputs"] is not JsonArray outputs)
            throw new NotebookFormatException($"{file}, cell {number}: \"outputs\" holds {Kind(cell["outputs"])}: expected a list.");

        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] is not JsonObject output)
                throw new NotebookFormatException($"{file}, cell {number}, output {i + 1}: holds {Kind(outputs[i])}: expected an object.");
            if (OutputBundle.Type(output) is not ("stream" or "display_data" or "execute_result" or "error"))
                throw new NotebookFormatException(
                    $"{file}, cell {number}, output {i + 1}: output_type \"{OutputBundle.Type(output)}\" is unknown: "
                    + "expected stream, display_data, execute_result or error.");
            if (OutputBundle.Data(output) is not null || Lines.Normalised(output["text"]) is not null)
                outputs[i] = OutputBundle.Saved(output);
        }
    }

    /// <summary>Ids that depend on the cell's place and text alone, so that the same old file always becomes the same new one.</summary>
    private static void GiveIds(JsonArray cells, List<string> notes)
    {
        var taken = cells.Select(cell => OutputBundle.Text(cell!["id"])).OfType<string>().Where(id => ValidId().IsMatch(id)).ToHashSet();
        var seen = new HashSet<string>();
        int missing = 0, doubled = 0, invalid = 0;
        for (int i = 0; i < cells.Count; i++)
        {
            var cell = (JsonObject)cells[i]!;
            string? id = OutputBundle.Text(cell["id"]);
            if (id is not null && ValidId().IsMatch(id) && seen.Add(id)) continue;

            if (id is null) missing++; else if (seen.Contains(id)) doubled++; else invalid++;
            string made = NewId(i, Lines.Join(cell["source"])!, taken);
            taken.Add(made);
            seen.Add(made);
            SetId(cell, made);
        }
        if (missing > 0) notes.Add($"{Cells(missing)} without an id: given one.");
        if (doubled > 0) notes.Add($"{Cells(doubled)} with the id of an earlier cell: given another.");
        if (invalid > 0) notes.Add($"{Cells(invalid)} with an id that is not 1 to 64 letters, digits, '-' and '_': given another.");
    }

    internal static string NewId(int place, string source, IReadOnlySet<string> taken)
    {
        for (int attempt = 0; ; attempt++)
        {
            byte[] hash = SHA256.HashData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{place}:{attempt}:{source}")));
            string id = Convert.ToHexStringLower(hash)[..8];
            if (!taken.Contains(id)) return id;
        }
    }

    private static void SetId(JsonObject cell, string id)
    {
        if (cell.ContainsKey("id")) cell["id"] = id;
        else cell.Insert(cell.IndexOf("metadata"), "id", JsonValue.Create(id));      // Jupyter writes keys in the alphabet's order
    }

    private static string Cells(int count) => count == 1 ? "1 cell" : $"{count} cells";

    private static bool TryInteger(JsonNode? node, out int value)
    {
        value = 0;
        return node is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue(out value);
    }

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "nothing",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex ValidId();
}
