using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Documents;

/// <summary>What a cell is for.</summary>
public enum CellKind
{
    /// <summary>Runs.</summary>
    Code,

    /// <summary>Is read.</summary>
    Markdown,

    /// <summary>Is passed on untouched.</summary>
    Raw,
}

/// <summary>One cell of a notebook: a view on its JSON, so that whatever this program does not know survives.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json) => Json = json;

    /// <summary>The cell as saved.</summary>
    public JsonObject Json { get; }

    /// <summary>What the cell is for.</summary>
    public CellKind Kind => (string?)Json["cell_type"] switch
    {
        "code" => CellKind.Code,
        "markdown" => CellKind.Markdown,
        _ => CellKind.Raw,
    };

    /// <summary>The cell's name in the file: 1 to 64 letters, digits, '-' and '_', one of its kind in a notebook.</summary>
    public string Id => (string)Json["id"]!;

    /// <summary>The cell's text, lines separated by single line feeds.</summary>
    public string Source
    {
        get => Lines.Join(Json["source"]) ?? "";
        set => Json["source"] = Lines.Split(Lines.WithLineFeeds(value));
    }

    /// <summary>The cell's metadata, unknown entries included.</summary>
    public JsonObject Metadata => (JsonObject)Json["metadata"]!;

    /// <summary>The cell's tags; empty when it has none.</summary>
    public IReadOnlyList<string> Tags =>
        Metadata["tags"] is JsonArray tags
            ? [.. tags.Where(tag => tag?.GetValueKind() == JsonValueKind.String).Select(tag => tag!.GetValue<string>())]
            : [];

    /// <summary>What a code cell showed; empty for the other kinds.</summary>
    public IReadOnlyList<JsonObject> Outputs
    {
        get => Json["outputs"] is JsonArray outputs ? [.. outputs.OfType<JsonObject>()] : [];
        set => Json["outputs"] = new JsonArray([.. value.Select(output => OutputBundle.Saved(output))]);
    }

    /// <summary>In which place a code cell ran; null when it did not.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"] is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue(out int n) ? n : null;
        set => Json["execution_count"] = value is { } n ? JsonValue.Create(n) : null;
    }

    /// <summary>Whether the cell carries a tag.</summary>
    /// <param name="tag">The tag, exactly.</param>
    public bool HasTag(string tag) => Tags.Contains(tag);

    /// <summary>A new C# cell with the metadata that VS Code's Polyglot Notebooks writes.</summary>
    /// <param name="id">Its name, unique in the notebook.</param>
    /// <param name="source">Its text.</param>
    /// <param name="tags">Its tags, if any.</param>
    public static NotebookCell NewCode(string id, string source, params string[] tags)
    {
        var metadata = KernelMetadata.ForCell();
        if (tags.Length > 0) metadata["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]);
        return new(new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = id,
            ["metadata"] = metadata,
            ["outputs"] = new JsonArray(),
            ["source"] = Lines.Split(source),
        });
    }

    /// <summary>A new text cell.</summary>
    /// <param name="id">Its name, unique in the notebook.</param>
    /// <param name="source">Its Markdown.</param>
    public static NotebookCell NewMarkdown(string id, string source) => new(new JsonObject
    {
        ["cell_type"] = "markdown",
        ["id"] = id,
        ["metadata"] = new JsonObject(),
        ["source"] = Lines.Split(source),
    });
}
