using System.Globalization;
using System.Text;

namespace NeuroNotebooks.Figures;

public sealed partial class Table
{
    private const int RowsShown = 40;

    /// <summary>The table as HTML: units in the headings, numbers aligned on the right; of a long table the first and last rows.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<div style=\"max-width:100%;overflow-x:auto;margin:0 0 1em;padding:4px;background:#ffffff;color:#1a1a1a\">");
        html.Append(CultureInfo.InvariantCulture,
            $"<table style=\"border-collapse:collapse;background:#ffffff;color:#1a1a1a;font:14px/1.4 {Html.Fonts};font-variant-numeric:tabular-nums\">");
        if (Caption.Length > 0)
            html.Append(CultureInfo.InvariantCulture,
                $"<caption style=\"caption-side:top;text-align:left;padding:2px 10px 6px;color:#333333\">{Html.Escape(Caption)}</caption>");
        html.Append("<thead><tr>");
        foreach (Column column in Columns)
            html.Append(CultureInfo.InvariantCulture,
                $"<th scope=\"col\" style=\"padding:4px 10px;border-bottom:2px solid #4d4d4d;text-align:{Side(column)};background:#ffffff;color:#1a1a1a\">{Html.Escape(column.Heading)}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (int? row in ShownRows()) html.Append(row is { } index ? RowHtml(index) : GapHtml());
        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Side(Column column) => column.Type is ColumnType.Number or ColumnType.Integer ? "right" : "left";

    private string RowHtml(int row) => "<tr style=\"background:#ffffff\">" + string.Concat(Columns.Select(column =>
        $"<td style=\"padding:3px 10px;border-bottom:1px solid #e0e0e0;text-align:{Side(column)};color:#1a1a1a\">{Html.Escape(Column.Shown(column.Cells[row]))}</td>")) + "</tr>";

    private string GapHtml() =>
        $"<tr style=\"background:#ffffff\"><td colspan=\"{Columns.Length}\" style=\"padding:3px 10px;border-bottom:1px solid #e0e0e0;color:#595959\">{GapText()}</td></tr>";

    private string GapText() => $"… {RowCount - RowsShown} more rows …";

    /// <summary>Row numbers, and null for those left out.</summary>
    private IEnumerable<int?> ShownRows()
    {
        if (RowCount <= RowsShown) return Enumerable.Range(0, RowCount).Select(row => (int?)row);
        const int Half = RowsShown / 2;
        return [.. Enumerable.Range(0, Half).Select(row => (int?)row), null, .. Enumerable.Range(RowCount - Half, Half).Select(row => (int?)row)];
    }

    /// <summary>The table as text in columns, numbers aligned on the right; of a long table the first and last rows.</summary>
    public override string ToString()
    {
        string[] headings = [.. Columns.Select(column => OneLine(column.Heading))];
        int?[] rows = [.. ShownRows()];
        List<string[]?> cells = [.. rows.Select(row => row is { } index ? Columns.Select(column => OneLine(Column.Shown(column.Cells[index]))).ToArray() : null)];
        int[] widths = [.. headings.Select((heading, i) => cells.OfType<string[]>().Select(row => row[i].Length).Append(heading.Length).Max())];

        var lines = new List<string>();
        if (Caption.Length > 0) lines.Add(Caption);
        lines.Add(Line(headings, widths));
        lines.Add(string.Join("  ", widths.Select(width => new string('-', width))));
        lines.AddRange(cells.Select(row => row is null ? GapText() : Line(row, widths)));
        return string.Join("\n", lines);
    }

    private string Line(string[] cells, int[] widths) => string.Join("  ",
        cells.Select((cell, i) => Side(Columns[i]) == "right" ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();

    private static string OneLine(string cell) => cell.ReplaceLineEndings(" ");
}
