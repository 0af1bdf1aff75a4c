using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Host;

/// <summary>A part of an imported file that runs as a cell of its own.</summary>
internal sealed record ImportedCell(string Code, string Name);

/// <summary>Reads what <c>#!import</c> names.</summary>
internal static class ImportedFiles
{
    /// <summary>The cells of a notebook, or a source file as one.</summary>
    /// <exception cref="CellSyntaxException">There is no such file, or it is not of a kind that can be imported.</exception>
    public static IReadOnlyList<ImportedCell> Read(ImportPiece import, string folder)
    {
        string path = Path.GetFullPath(Path.Combine(folder, import.Path));
        if (!File.Exists(path)) throw new CellSyntaxException(import.Line, $"#!import: there is no file {path}.");

        string text = File.ReadAllText(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".cs" or ".csx" => [new ImportedCell(text, path)],
            ".dib" => [new ImportedCell(WithoutMetadata(text), path)],
            ".ipynb" => Notebook(text, path, import.Line),
            var other => throw new CellSyntaxException(import.Line, $"#!import takes .ipynb, .dib, .cs and .csx files, not \"{other}\": {path}"),
        };
    }

    private static List<ImportedCell> Notebook(string text, string path, int line)
    {
        try
        {
            var cells = new List<ImportedCell>();
            var all = JsonNode.Parse(text)!["cells"]!.AsArray();
            for (int i = 0; i < all.Count; i++)
            {
                if ((string?)all[i]!["cell_type"] != "code") continue;
                string code = all[i]!["source"] is JsonArray lines ? string.Concat(lines.Select(l => (string?)l)) : (string?)all[i]!["source"] ?? "";
                cells.Add(new ImportedCell(code, $"{path}, cell {i + 1}"));
            }
            return cells;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new CellSyntaxException(line, $"#!import: {path} is not a notebook that can be read: {error.Message}");
        }
    }

    /// <summary>A <c>.dib</c> is cells with magic commands in front, after a block of metadata.</summary>
    private static string WithoutMetadata(string text)
    {
        var kept = new StringBuilder();
        bool inMetadata = false;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("#!", StringComparison.Ordinal)) inMetadata = line.StartsWith("#!meta", StringComparison.Ordinal);
            kept.Append(inMetadata ? "" : line).Append('\n');
        }
        return kept.ToString();
    }
}
