using System.Globalization;
using CsvHelper;

namespace NeuroNotebooks.Figures;

public sealed partial class Table
{
    /// <summary>
    /// The table as CSV: commas, a heading row with units, numbers in full precision with a point, missing cells empty, lines end in LF.
    /// </summary>
    public string ToCsv()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (CsvWriter csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace }))
        {
            csv.WriteRecord([.. Columns.Select(column => column.Heading)]);
            for (int row = 0; row < RowCount; row++) csv.WriteRecord([.. Columns.Select(column => Column.Exact(column.Cells[row]))]);
        }
        return text.ToString();
    }

    /// <summary>A table from CSV: commas, quotes where needed, a heading row; a heading such as <c>time (ms)</c> has a unit.</summary>
    /// <param name="csv">The text.</param>
    /// <param name="types">
    /// The types of columns by name. A column not listed is taken for whole numbers, numbers or truth values if each of its cells reads as
    /// one,
    /// else for words; numbers with leading zeros, such as 007, are words.
    /// </param>
    /// <param name="source">What error messages call the text: the file's name.</param>
    /// <exception cref="FormatException">
    /// No heading, a row of another length, or a cell that is not of its column's type; the message names line and column.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="types"/> names a column that the text lacks.</exception>
    public static Table FromCsv(string csv, IReadOnlyDictionary<string, ColumnType>? types = null, string source = "CSV")
    {
        Require.NotNull(csv);
        Require.NotNull(source);
        (string[] headings, List<(int Line, string[] Cells)> rows) = Read(csv, source);

        Column[] named = [.. headings.Select(heading => Column.Of(heading, (string[])[]))];
        foreach (string name in types?.Keys ?? [])
            if (!named.Any(column => column.Name == name))
                throw new ArgumentException(
                    $"{source} has no column \"{name}\". It has: {string.Join(", ", named.Select(column => column.Name))}.", nameof(types));
        return new Table([.. named.Select((column, i) => Parsed(column, i, rows, TypeOf(column.Name, i), source))]);

        ColumnType TypeOf(string name, int index) => types is not null && types.TryGetValue(name, out ColumnType type)
            ? type
            : CellParser.Infer(rows.Select(row => row.Cells[index]));
    }

    /// <summary>A table from a CSV file in UTF-8; see <see cref="FromCsv"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="types">The types of columns by name; inferred where not given.</param>
    public static Table ReadCsv(string path, IReadOnlyDictionary<string, ColumnType>? types = null) =>
        FromCsv(File.ReadAllText(path), types, Path.GetFileName(path));

    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',',
        HasHeader = false,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    private static (string[] Headings, List<(int Line, string[] Cells)> Rows) Read(string csv, string source)
    {
        using CsvReader reader = CsvReader.FromText(csv.TrimStart('\uFEFF'), Strict);
        string[]? headings = null;
        var rows = new List<(int, string[])>();
        try
        {
            while (reader.Read())
            {
                int line = (int)reader.LineNumber;
                string[] cells = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
                if (headings is null)
                {
                    headings = Headings(cells, source);
                    continue;
                }
                if (cells.Length != headings.Length)
                    throw new FormatException($"{source}, line {line}: {cells.Length} cells, expected {headings.Length}, one per heading.");
                rows.Add((line, cells));
            }
        }
        catch (CsvFormatException error)
        {
            throw new FormatException(
                $"{source}, line {error.LineNumber}: a quote stands where none may; quote the whole cell and double the quotes in it.",
                    error);
        }
        return (headings ?? throw new FormatException($"{source} is empty: expected a heading row."), rows);
    }

    private static string[] Headings(string[] cells, string source)
    {
        for (int i = 0; i < cells.Length; i++)
            if (string.IsNullOrWhiteSpace(cells[i])) throw new FormatException($"{source}, line 1, column {i + 1}: the heading is empty.");
        string[] names = [.. cells.Select(cell => Column.Of(cell, (string[])[]).Name)];
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new FormatException($"{source}, line 1: two columns are called \"{twice.Key}\".");
        return cells;
    }

    private static Column Parsed(Column column, int index, List<(int Line, string[] Cells)> rows, ColumnType type, string source)
    {
        object?[] cells = new object?[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            string text = rows[row].Cells[index];
            if (!CellParser.TryParse(text, type, out cells[row]))
                throw new FormatException(
                    $"{source}, line {rows[row].Line}, column {index + 1} \"{column.Heading}\": " +
                    $"\"{text}\" is not {CellParser.Expected(type)}.");
        }
        return Column.OfCells(column.Name, column.Unit, type, cells);
    }
}

/// <summary>Cells of CSV text read as values.</summary>
internal static class CellParser
{
    private static readonly ColumnType[] MostSpecificFirst = [ColumnType.Integer, ColumnType.Number, ColumnType.Truth];

    public static ColumnType Infer(IEnumerable<string> cells)
    {
        string[] present = [.. cells.Where(cell => cell.Length > 0)];
        if (present.Length == 0 || present.Any(LooksLikeACode)) return ColumnType.Text;
        foreach (ColumnType type in MostSpecificFirst)
            if (present.All(cell => TryParse(cell, type, out _))) return type;
        return ColumnType.Text;
    }

    /// <summary>007 is the name of a subject rather than the number seven.</summary>
    private static bool LooksLikeACode(string cell) => cell.Length > 1 && cell[0] == '0' && char.IsAsciiDigit(cell[1]);

    public static bool TryParse(string text, ColumnType type, out object? cell)
    {
        cell = null;
        if (text.Length == 0) return true;
        switch (type)
        {
            case ColumnType.Integer when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole):
                cell = whole;
                return true;
            case ColumnType.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number):
                cell = number;
                return true;
            case ColumnType.Truth when bool.TryParse(text, out bool truth):
                cell = truth;
                return true;
            case ColumnType.Text:
                cell = text;
                return true;
            default:
                return false;
        }
    }

    public static string Expected(ColumnType type) => type switch
    {
        ColumnType.Integer => "a whole number; expected one such as 42",
        ColumnType.Number => "a number; expected one such as 0.4125",
        _ => "a truth value; expected true or false",
    };
}
