using System.Data;
using System.Globalization;

namespace NeuroNotebooks.Figures;

public sealed partial class Table
{
    /// <summary>
    /// A table from a data table, such as a Deedle frame's: its column captions are the headings, <see cref="DBNull"/> is missing.
    /// </summary>
    /// <exception cref="ArgumentException">It has no columns, or one whose type is neither a number, a word nor a truth value.</exception>
    public static Table FromDataTable(DataTable data)
    {
        Require.NotNull(data);
        var rows = data.Rows.Cast<DataRow>().ToList();
        return new Table([.. data.Columns.Cast<DataColumn>().Select(column =>
        {
            object?[] cells = [.. rows.Select(row => row[column])];
            return cells.All(cell => cell is DBNull) ? Column.OfEmpty(column.Caption, column.DataType, cells.Length)
                : Column.OfObjects(column.Caption, cells);
        })]);
    }

    /// <summary>
    /// The table as a data table, its column names the names here and its captions the headings; missing cells are <see cref="DBNull"/>.
    /// </summary>
    public DataTable ToDataTable()
    {
        var data = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (Column column in Columns) data.Columns.Add(new DataColumn(column.Name, column.ClrType) { Caption = column.Heading });
        for (int row = 0; row < RowCount; row++) data.Rows.Add([.. Columns.Select(column => column.Cells[row] ?? DBNull.Value)]);
        return data;
    }
}
