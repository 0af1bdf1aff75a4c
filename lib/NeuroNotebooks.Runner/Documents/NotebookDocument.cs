using System.Text;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Documents;

/// <summary>
/// A Jupyter notebook (nbformat 4.5) over its JSON tree: what this program does not know survives a read and a save,
/// and a notebook that Jupyter saved is saved again byte for byte.
/// </summary>
public sealed class NotebookDocument
{
    private readonly JsonObject json;
    private readonly List<NotebookCell> cells;

    private NotebookDocument(JsonObject json, string name, IReadOnlyList<string> notes)
    {
        this.json = json;
        Name = name;
        Notes = notes;
        cells = [.. ((JsonArray)json["cells"]!).Select(cell => new NotebookCell((JsonObject)cell!))];
    }

    /// <summary>What messages call the notebook: its file name without the ending.</summary>
    public string Name { get; }

    /// <summary>What was repaired while reading, a sentence each: missing ids, sources without line ends, an older format.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The cells in order.</summary>
    public IReadOnlyList<NotebookCell> Cells => cells;

    /// <summary>The notebook's metadata, unknown entries included.</summary>
    public JsonObject Metadata => (JsonObject)json["metadata"]!;

    /// <summary>A notebook without cells, for C#.</summary>
    /// <param name="name">What messages call it.</param>
    public static NotebookDocument New(string name) => new(
        new JsonObject
        {
            ["cells"] = new JsonArray(),
            ["metadata"] = KernelMetadata.ForNotebook(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        },
        name, []);

    /// <summary>Reads a notebook file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NotebookFormatException">The file is missing, cannot be read, or is not a notebook of format 4.</exception>
    public static NotebookDocument Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : Directory.Exists(path) ? "it is a folder" : e.Message;
            throw new NotebookFormatException($"{path} cannot be read: {reason}.");
        }
        return Parse(bytes, path);
    }

    /// <summary>Reads a notebook from its text.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="path">What errors call it.</param>
    /// <exception cref="NotebookFormatException">The text is not a notebook of format 4.</exception>
    public static NotebookDocument Parse(string text, string path = "notebook.ipynb") => Parse(Encoding.UTF8.GetBytes(text), path);

    internal static NotebookDocument Parse(byte[] bytes, string path)
    {
        string file = Path.GetFileName(path);
        var notes = new List<string>();
        JsonObject json = NotebookReading.Normalise(JsonText.Parse(bytes, file), file, notes);
        return new(json, Path.GetFileNameWithoutExtension(path), notes);
    }

    /// <summary>The file's text: indented by one space, line feeds, one at the end.</summary>
    public string ToText() => JsonText.Write(json) + "\n";

    /// <summary>Writes the notebook whole or not at all.</summary>
    /// <param name="path">The file; what was there before is replaced.</param>
    /// <exception cref="SaveException">The folder is missing or read-only, the disk is full, the file is locked.</exception>
    public void Save(string path) => AtomicFile.Write(path, ToText());

    /// <summary>A copy that shares nothing with this notebook.</summary>
    public NotebookDocument Clone() => new((JsonObject)json.DeepClone(), Name, Notes);

    /// <summary>Puts a cell in.</summary>
    /// <param name="index">Where it will stand.</param>
    /// <param name="cell">A cell that belongs to no notebook yet.</param>
    public void Insert(int index, NotebookCell cell)
    {
        ((JsonArray)json["cells"]!).Insert(index, cell.Json);
        cells.Insert(index, cell);
    }

    /// <summary>Takes a cell out.</summary>
    /// <param name="index">Which.</param>
    public void RemoveAt(int index)
    {
        ((JsonArray)json["cells"]!).RemoveAt(index);
        cells.RemoveAt(index);
    }

    /// <summary>Strips every output and execution count, and what the last run wrote into the metadata.</summary>
    public void Clean()
    {
        for (int i = cells.Count - 1; i >= 0; i--)
        {
            if (cells[i].HasTag("injected-parameters")) RemoveAt(i);
            else if (cells[i].Kind == CellKind.Code)
            {
                cells[i].Outputs = [];
                cells[i].ExecutionCount = null;
                cells[i].Metadata.Remove("execution");
            }
        }
        Metadata.Remove("neuronotebooks");
    }
}
