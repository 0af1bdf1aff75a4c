namespace NeuroNotebooks.Figures;

public sealed partial class Table
{
    private const int RowsShown = 40;

    /// <summary>The table as HTML: units in the headings, numbers aligned on the right; of a long table the first and last rows.</summary>
    public string ToHtml()
    {
        string caption = Caption.Length == 0 ? ""
            : Html.Element("caption", "caption-side:top;text-align:left;padding:2px 10px 6px;color:#333333", Html.Escape(Caption));
        string head = string.Concat(Columns.Select(column => Html.Element(
            "th", $"padding:4px 10px;border-bottom:2px solid #4d4d4d;{Html.OnWhite}text-align:{Side(column)}", Html.Escape(column.Heading),
            "scope=\"col\"")));
        string body = string.Concat(ShownRows().Select(row =>
            Html.Element("tr", "background:#ffffff", row is { } index ? Cells(index) : Gap())));
        string table = Html.Element(
            "table", $"border-collapse:collapse;{Html.OnWhite}font:14px/1.4 {Html.Fonts};font-variant-numeric:tabular-nums",
            $"{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>");
        return Html.Element("div", $"max-width:100%;overflow-x:auto;margin:0 0 1em;padding:4px;{Html.OnWhite}", table);
    }

    private const string CellStyle = "padding:3px 10px;border-bottom:1px solid #e0e0e0;";

    private static string Side(Column column) => column.Type is ColumnType.Number or ColumnType.Integer ? "right" : "left";

    private string Cells(int row) => string.Concat(Columns.Select(column => Html.Element(
        "td", $"{CellStyle}color:#1a1a1a;text-align:{Side(column)}", Html.Escape(Column.Shown(column.Cells[row])))));

    private string Gap() => Html.Element("td", CellStyle + Html.Quiet, GapText(), $"colspan=\"{Columns.Length}\"");

    private string GapText() => $"… {RowCount - RowsShown} more rows …";

    /// <summary>Row numbers, and null for those left out.</summary>
    private IEnumerable<int?> ShownRows()
    {
        if (RowCount <= RowsShown) return Enumerable.Range(0, RowCount).Select(row => (int?)row);
        const int Half = RowsShown / 2;
        IEnumerable<int> first = Enumerable.Range(0, Half), last = Enumerable.Range(RowCount - Half, Half);
        return [.. first.Select(row => (int?)row), null, .. last.Select(row => (int?)row)];
    }

    /// <summary>The table as text in columns, numbers aligned on the right; of a long table the first and last rows.</summary>
    public override string ToString()
    {
        string[] headings = [.. Columns.Select(column => OneLine(column.Heading))];
        string[]?[] cells = [.. ShownRows().Select(row => row is { } index ? Texts(index) : null)];
        int[] widths = [.. headings.Select((heading, i) => cells.Select(row => row?[i].Length ?? 0).Append(heading.Length).Max())];

        var lines = new List<string>();
        if (Caption.Length > 0) lines.Add(Caption);
        lines.Add(Line(headings, widths));
        lines.Add(string.Join("  ", widths.Select(width => new string('-', width))));
        lines.AddRange(cells.Select(row => row is null ? GapText() : Line(row, widths)));
        return string.Join("\n", lines);
    }

    private string[] Texts(int row) => [.. Columns.Select(column => OneLine(Column.Shown(column.Cells[row])))];

    private string Line(string[] cells, int[] widths) => string.Join("  ",
        cells.Select((cell, i) => Side(Columns[i]) == "right" ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();

    private static string OneLine(string cell) => cell.ReplaceLineEndings(" ");
}
