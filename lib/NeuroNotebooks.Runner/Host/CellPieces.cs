namespace NeuroNotebooks.Runner.Host;

/// <summary>A part of a cell between two magic commands.</summary>
/// <param name="Line">The line of the cell on which it starts, 0-based.</param>
internal abstract record CellPiece(int Line);

/// <summary>C#, with blank lines in front so that its lines are those of the cell.</summary>
internal sealed record CSharpPiece(int Line, string Code) : CellPiece(Line);

/// <summary>Text to be shown under a MIME type.</summary>
internal sealed record TextPiece(int Line, string MimeType, string Text) : CellPiece(Line);

/// <summary>A file to be run at this point.</summary>
internal sealed record ImportPiece(int Line, string Path) : CellPiece(Line);

/// <summary>A directive or magic command that cannot be obeyed.</summary>
internal sealed class CellSyntaxException(int line, string message) : Exception(message)
{
    /// <summary>The line, 0-based.</summary>
    public int Line { get; } = line;
}

/// <summary>Takes a cell apart at its magic commands, lines that start with <c>#!</c>.</summary>
internal static class CellPieces
{
    private const string Markdown = "text/markdown";
    private const string Html = "text/html";

    private static readonly string[] Known =
        ["#!csharp", "#!c#", "#!markdown", "#!html", "#!import", "#!time"];

    public static IReadOnlyList<CellPiece> Of(string cell, out bool isTimed)
    {
        isTimed = false;
        var pieces = new List<CellPiece>();
        string[] lines = cell.ReplaceLineEndings("\n").Split('\n');
        string? mimeType = null;     // null while in C#
        int start = 0;

        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("#!", StringComparison.Ordinal)) continue;
            Close(i);
            start = i + 1;

            (string magic, string argument) = Split(lines[i]);
            switch (magic.ToLowerInvariant())
            {
                case "#!csharp" or "#!c#": mimeType = null; break;
                case "#!markdown" or "#!md": mimeType = Markdown; break;
                case "#!html": mimeType = Html; break;
                case "#!time": isTimed = true; break;
                case "#!import" when argument.Length > 0: pieces.Add(new ImportPiece(i, argument)); break;
                case "#!import": throw new CellSyntaxException(i, "#!import needs the path of a file: #!import helpers.csx");
                default:
                    throw new CellSyntaxException(i,
                        $"The magic command {magic} is not known here. This engine takes {string.Join(", ", Known)}; a cell of its own for each.");
            }
        }
        Close(lines.Length);
        return pieces;

        void Close(int end)
        {
            string text = string.Join('\n', lines[start..end]);
            if (string.IsNullOrWhiteSpace(text)) return;
            pieces.Add(mimeType is null ? new CSharpPiece(start, new string('\n', start) + text) : new TextPiece(start, mimeType, text));
        }
    }

    private static (string Magic, string Argument) Split(string line)
    {
        int space = line.IndexOfAny([' ', '\t']);
        return space < 0 ? (line.Trim(), "") : (line[..space], line[space..].Trim().Trim('"'));
    }
}
